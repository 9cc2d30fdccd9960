// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"internal/poll"
	"os"
	"sync"
	"syscall"
	"time"
)

// UnixConn is a connection over a Unix socket.
type UnixConn struct {
	conn
}

// UnixListener waits for connections at a path.
type UnixListener struct {
	fd     *socket
	path   string
	once   sync.Once
	unlink bool
}

func unixKind(network string) int {
	switch network {
	case "unixgram":
		return sockDgram
	case "unixpacket":
		return sockPacket
	}
	return sockStream
}

func unixSockaddr(a *UnixAddr) (*sockaddr, error) {
	s := new(sockaddr)
	if errno := s.setUnix(a.Name); errno != 0 {
		return nil, os.NewSyscallError("bind", syscall.Errno(errno))
	}
	return s, nil
}

func dialUnix(ctx context.Context, deadline time.Time, network string, local, remote *UnixAddr) (*UnixConn, error) {
	var l, r *sockaddr
	var err error
	if local != nil && local.Name != "" {
		if l, err = unixSockaddr(local); err != nil {
			return nil, err
		}
	}
	if remote != nil {
		if r, err = unixSockaddr(remote); err != nil {
			return nil, os.NewSyscallError("connect", inner(err))
		}
	}
	s, err := dialSocket(ctx, deadline, network, familyUnix, unixKind(network), l, r)
	if err != nil {
		return nil, err
	}
	if remote != nil && s.remote == nil {
		s.remote = remote
	}
	return &UnixConn{conn{s}}, nil
}

// DialUnix connects from laddr, which may be nil, to raddr.
func DialUnix(network string, laddr, raddr *UnixAddr) (*UnixConn, error) {
	if !isNetwork(network, "unix", "unixgram", "unixpacket") {
		return nil, &OpError{Op: "dial", Net: network, Source: addrOrNil(laddr), Addr: addrOrNil(raddr), Err: UnknownNetworkError(network)}
	}
	c, err := dialUnix(context.Background(), time.Time{}, network, laddr, raddr)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: addrOrNil(laddr), Addr: addrOrNil(raddr), Err: err}
	}
	return c, nil
}

// CloseRead ends the reading side.
func (c *UnixConn) CloseRead() error { return c.shutdown(0) }

// CloseWrite ends the writing side: the other end reads io.EOF after what was sent.
func (c *UnixConn) CloseWrite() error { return c.shutdown(1) }

// ReadFromUnix waits for a datagram.
func (c *UnixConn) ReadFromUnix(b []byte) (int, *UnixAddr, error) {
	if !c.ok() {
		return 0, nil, syscall.EINVAL
	}
	n, from, errno := c.fd.receive(b)
	if errno != 0 {
		return 0, nil, c.fail("read", "recvfrom", errno)
	}
	var addr *UnixAddr
	if name := from.unix(); from.n > 2 {
		addr = &UnixAddr{Name: name, Net: c.fd.net}
	}
	return n, addr, nil
}

// ReadFrom waits for a datagram.
func (c *UnixConn) ReadFrom(b []byte) (int, Addr, error) {
	n, addr, err := c.ReadFromUnix(b)
	return n, addrOrNil(addr), err
}

// WriteToUnix sends a datagram.
func (c *UnixConn) WriteToUnix(b []byte, addr *UnixAddr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	fail := func(err error) (int, error) {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.local, Addr: addrOrNil(addr), Err: err}
	}
	if c.fd.remote != nil {
		return fail(ErrWriteToConnected)
	}
	if addr == nil {
		return fail(errMissingAddress)
	}
	to, err := unixSockaddr(addr)
	if err != nil {
		return fail(os.NewSyscallError("sendto", inner(err)))
	}
	n, errno := c.fd.send(b, to)
	if errno != 0 {
		return fail(callError("sendto", errno))
	}
	return n, nil
}

// WriteTo sends a datagram.
func (c *UnixConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	a, ok := addr.(*UnixAddr)
	if !ok {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.local, Addr: addr, Err: syscall.EINVAL}
	}
	return c.WriteToUnix(b, a)
}

// ListenUnix waits for connections at a path, where it makes the socket's file.
func ListenUnix(network string, laddr *UnixAddr) (*UnixListener, error) {
	fail := func(err error) (*UnixListener, error) {
		return nil, &OpError{Op: "listen", Net: network, Addr: addrOrNil(laddr), Err: err}
	}
	if !isNetwork(network, "unix", "unixpacket") {
		return fail(UnknownNetworkError(network))
	}
	if laddr == nil {
		return fail(errMissingAddress)
	}
	a, err := unixSockaddr(laddr)
	if err != nil {
		return fail(err)
	}
	s, err := listenSocket(network, familyUnix, unixKind(network), a, false)
	if err != nil {
		return fail(err)
	}
	return &UnixListener{fd: s, path: laddr.Name, unlink: true}, nil
}

// ListenUnixgram waits for datagrams at a path.
func ListenUnixgram(network string, laddr *UnixAddr) (*UnixConn, error) {
	fail := func(err error) (*UnixConn, error) {
		return nil, &OpError{Op: "listen", Net: network, Addr: addrOrNil(laddr), Err: err}
	}
	if network != "unixgram" {
		return fail(UnknownNetworkError(network))
	}
	if laddr == nil {
		return fail(errMissingAddress)
	}
	a, err := unixSockaddr(laddr)
	if err != nil {
		return fail(err)
	}
	s, err := listenSocket(network, familyUnix, sockDgram, a, false)
	if err != nil {
		return fail(err)
	}
	return &UnixConn{conn{s}}, nil
}

func (l *UnixListener) ok() bool { return l != nil && l.fd != nil }

// Accept waits for a connection.
func (l *UnixListener) Accept() (Conn, error) {
	c, err := l.AcceptUnix()
	if err != nil {
		return nil, err
	}
	return c, nil
}

// AcceptUnix waits for a connection.
func (l *UnixListener) AcceptUnix() (*UnixConn, error) {
	if !l.ok() {
		return nil, syscall.EINVAL
	}
	s, err := l.fd.accept()
	if err != nil {
		return nil, err
	}
	return &UnixConn{conn{s}}, nil
}

// Close ends the listening, and removes the socket's file unless SetUnlinkOnClose says not to.
func (l *UnixListener) Close() error {
	if !l.ok() {
		return syscall.EINVAL
	}
	l.once.Do(func() {
		if l.path != "" && l.path[0] != '@' && l.unlink {
			os.Remove(l.path)
		}
	})
	if errno := l.fd.Close(); errno != 0 {
		return &OpError{Op: "close", Net: l.fd.net, Addr: l.fd.local, Err: callError("close", errno)}
	}
	return nil
}

// SetUnlinkOnClose sets whether Close removes the socket's file.
func (l *UnixListener) SetUnlinkOnClose(unlink bool) { l.unlink = unlink }

// Addr is where it listens.
func (l *UnixListener) Addr() Addr { return l.fd.local }

// SetDeadline sets when Accepts end with an error that is a time-out; the zero time means never.
func (l *UnixListener) SetDeadline(t time.Time) error {
	if !l.ok() {
		return syscall.EINVAL
	}
	if errno := l.fd.SetDeadline(poll.ReadSide|poll.WriteSide, t); errno != 0 {
		return &OpError{Op: "set", Net: l.fd.net, Addr: l.fd.local, Err: callError("setsockopt", errno)}
	}
	return nil
}
