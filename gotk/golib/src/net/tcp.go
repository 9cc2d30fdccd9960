// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"internal/poll"
	"io"
	"sync"
	"syscall"
	"time"
)

// TCPConn is a TCP connection.
type TCPConn struct {
	conn
}

// TCPListener waits for TCP connections.
type TCPListener struct {
	fd              *socket
	keepAlive       time.Duration
	keepAliveConfig KeepAliveConfig
}

// dualStack tells, once, whether an IPv6 socket can be had that serves IPv4 too.
var dualStack = sync.OnceValue(func() bool {
	var a sockaddr
	a.setIP(familyIPv6, nil, 0, "")
	s, err := newSocket("tcp", familyIPv6, sockStream)
	if err != nil {
		return false
	}
	defer s.Close()
	nativeCall(opSet, s.Sysfd, nil, optV6Only, 0)
	return s.bind(&a) == nil
})

// familyFor returns the family of a socket for the address, and whether it serves both.
func familyFor(network string, ip IP, listen bool) (family int, dual bool) {
	last := network[len(network)-1]
	switch {
	case last == '4':
		return familyIPv4, false
	case last == '6':
		return familyIPv6, false
	case len(ip) == 0 || listen && ip.IsUnspecified() && ip.To4() == nil:
		if listen && dualStack() {
			return familyIPv6, true
		}
		return familyIPv4, false
	case ip.To4() != nil:
		return familyIPv4, false
	}
	return familyIPv6, false
}

// sockaddrOf makes the system's address of an endpoint for a socket of the family.
func sockaddrOf(family int, e endpoint) (*sockaddr, error) {
	a := new(sockaddr)
	if !a.setIP(family, e.ip, e.port, e.zone) {
		kind := "non-IPv4 address"
		if family == familyIPv6 {
			kind = "non-IPv6 address"
		}
		return nil, &AddrError{Err: kind, Addr: e.ip.String()}
	}
	return a, nil
}

// toSelf is where a connection without an address goes.
func toSelf(family int, e endpoint) endpoint {
	if len(e.ip) == 0 || e.ip.IsUnspecified() {
		e.ip = IPv4(127, 0, 0, 1)
		if family == familyIPv6 {
			e.ip = IPv6loopback
		}
	}
	return e
}

func dialInternet(ctx context.Context, deadline time.Time, network string, kind int, local *endpoint, e endpoint) (*socket, error) {
	family, _ := familyFor(network, e.ip, false)
	remote, err := sockaddrOf(family, toSelf(family, e))
	if err != nil {
		return nil, err
	}
	var bound *sockaddr
	if local != nil {
		if bound, err = sockaddrOf(family, *local); err != nil {
			return nil, err
		}
	}
	return dialSocket(ctx, deadline, network, family, kind, bound, remote)
}

func dialTCP(ctx context.Context, deadline time.Time, network string, local *endpoint, e endpoint, keepAlive time.Duration, config KeepAliveConfig) (*TCPConn, error) {
	for tries := 0; ; tries++ {
		s, err := dialInternet(ctx, deadline, network, sockStream, local, e)
		if err != nil {
			return nil, err
		}
		// A free port may be the very port that we dial: such a connection to itself is not meant.
		if mine, ok := s.local.(*TCPAddr); ok && tries < 2 && (local == nil || local.port == 0) {
			if peer, ok := s.remote.(*TCPAddr); ok && mine.Port == peer.Port && mine.IP.Equal(peer.IP) {
				s.Close()
				continue
			}
		}
		return newTCPConn(s, keepAlive, config), nil
	}
}

const defaultIdle = 15 * time.Second

func newTCPConn(s *socket, keepAlive time.Duration, config KeepAliveConfig) *TCPConn {
	c := &TCPConn{conn{s}}
	nativeCall(opSet, s.Sysfd, nil, optNoDelay, 1)
	if keepAlive == 0 && !config.Enable {
		config = KeepAliveConfig{Enable: true}
	} else if keepAlive > 0 && !config.Enable {
		config = KeepAliveConfig{Enable: true, Idle: keepAlive, Interval: keepAlive}
	}
	if config.Enable {
		c.SetKeepAliveConfig(config)
	}
	return c
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// SetKeepAliveConfig sets how a silent connection is probed; 0 stands for 15 seconds and 9 times, negative values leave things as they are.
func (c *TCPConn) SetKeepAliveConfig(config KeepAliveConfig) error {
	if err := c.SetKeepAlive(config.Enable); err != nil {
		return err
	}
	for _, o := range []struct {
		option int
		value  time.Duration
	}{{optKeepIdle, config.Idle}, {optKeepInterval, config.Interval}} {
		if o.value == 0 {
			o.value = defaultIdle
		}
		if o.value > 0 {
			if err := c.setOption(o.option, seconds(o.value)); err != nil {
				return err
			}
		}
	}
	count := config.Count
	if count == 0 {
		count = 9
	}
	if count > 0 {
		return c.setOption(optKeepCount, count)
	}
	return nil
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

// SetKeepAlive sets whether a silent connection is probed.
func (c *TCPConn) SetKeepAlive(on bool) error { return c.setOption(optKeepAlive, flag(on)) }

// SetKeepAlivePeriod sets the time between probes.
func (c *TCPConn) SetKeepAlivePeriod(d time.Duration) error {
	if d < 0 {
		return nil
	}
	if d == 0 {
		d = defaultIdle
	}
	return c.setOption(optKeepIdle, seconds(d))
}

// SetNoDelay sets whether small pieces are sent at once, which they are unless this is set to false.
func (c *TCPConn) SetNoDelay(on bool) error { return c.setOption(optNoDelay, flag(on)) }

// SetLinger sets what Close does with data that is not sent yet: sends it in the background (negative), drops it (0), or waits for it
// for so many seconds.
func (c *TCPConn) SetLinger(sec int) error { return c.setOption(optLinger, sec) }

// CloseRead ends the reading side.
func (c *TCPConn) CloseRead() error { return c.shutdown(0) }

// CloseWrite ends the writing side: the other end reads io.EOF after what was sent.
func (c *TCPConn) CloseWrite() error { return c.shutdown(1) }

// onlyWriter and onlyReader hide the methods that io.Copy would come back to.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }

// ReadFrom sends what r gives until its end.
func (c *TCPConn) ReadFrom(r io.Reader) (int64, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	return io.Copy(onlyWriter{c}, r)
}

// WriteTo writes to w what arrives until the end of the stream.
func (c *TCPConn) WriteTo(w io.Writer) (int64, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	return io.Copy(w, onlyReader{c})
}

func tcpEndpoint(a *TCPAddr) *endpoint {
	if a == nil {
		return nil
	}
	return &endpoint{a.IP, a.Zone, a.Port}
}

// addrOrNil keeps a nil pointer from becoming an interface that is not nil.
func addrOrNil[T interface {
	Addr
	comparable
}](a T) Addr {
	var none T
	if a == none {
		return nil
	}
	return a
}

// DialTCP connects from laddr, which may be nil, to raddr.
func DialTCP(network string, laddr, raddr *TCPAddr) (*TCPConn, error) {
	fail := func(err error) (*TCPConn, error) {
		return nil, &OpError{Op: "dial", Net: network, Source: addrOrNil(laddr), Addr: addrOrNil(raddr), Err: err}
	}
	if !isNetwork(network, "tcp", "tcp4", "tcp6") {
		return fail(UnknownNetworkError(network))
	}
	if raddr == nil {
		return fail(errMissingAddress)
	}
	c, err := dialTCP(context.Background(), time.Time{}, network, tcpEndpoint(laddr), *tcpEndpoint(raddr), 0, KeepAliveConfig{})
	if err != nil {
		return fail(err)
	}
	return c, nil
}

func listenTCP(network string, e endpoint) (*TCPListener, error) {
	family, dual := familyFor(network, e.ip, true)
	a, err := sockaddrOf(family, e)
	if err != nil {
		return nil, err
	}
	s, err := listenSocket(network, family, sockStream, a, dual)
	if err != nil {
		return nil, err
	}
	return &TCPListener{fd: s}, nil
}

// ListenTCP waits for connections at the address; nil means a free port of all addresses.
func ListenTCP(network string, laddr *TCPAddr) (*TCPListener, error) {
	if !isNetwork(network, "tcp", "tcp4", "tcp6") {
		return nil, &OpError{Op: "listen", Net: network, Addr: addrOrNil(laddr), Err: UnknownNetworkError(network)}
	}
	if laddr == nil {
		laddr = &TCPAddr{}
	}
	l, err := listenTCP(network, *tcpEndpoint(laddr))
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
	}
	return l, nil
}

func (l *TCPListener) ok() bool { return l != nil && l.fd != nil }

// Accept waits for a connection.
func (l *TCPListener) Accept() (Conn, error) {
	c, err := l.AcceptTCP()
	if err != nil {
		return nil, err
	}
	return c, nil
}

// AcceptTCP waits for a connection.
func (l *TCPListener) AcceptTCP() (*TCPConn, error) {
	if !l.ok() {
		return nil, syscall.EINVAL
	}
	s, err := l.fd.accept()
	if err != nil {
		return nil, err
	}
	return newTCPConn(s, l.keepAlive, l.keepAliveConfig), nil
}

// Close ends the listening; connections that were accepted stay.
func (l *TCPListener) Close() error {
	if !l.ok() {
		return syscall.EINVAL
	}
	if errno := l.fd.Close(); errno != 0 {
		return &OpError{Op: "close", Net: l.fd.net, Addr: l.fd.local, Err: callError("close", errno)}
	}
	return nil
}

// Addr is where it listens.
func (l *TCPListener) Addr() Addr { return l.fd.local }

// SetDeadline sets when Accepts end with an error that is a time-out; the zero time means never.
func (l *TCPListener) SetDeadline(t time.Time) error {
	if !l.ok() {
		return syscall.EINVAL
	}
	if errno := l.fd.SetDeadline(poll.ReadSide|poll.WriteSide, t); errno != 0 {
		return &OpError{Op: "set", Net: l.fd.net, Addr: l.fd.local, Err: callError("setsockopt", errno)}
	}
	return nil
}
