// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"syscall"
	"time"
)

// UDPConn sends and receives UDP datagrams.
type UDPConn struct {
	conn
}

func dialUDP(ctx context.Context, network string, local *endpoint, e endpoint) (*UDPConn, error) {
	s, err := dialInternet(ctx, time.Time{}, network, sockDgram, local, e)
	if err != nil {
		return nil, err
	}
	return &UDPConn{conn{s}}, nil
}

func udpEndpoint(a *UDPAddr) *endpoint {
	if a == nil {
		return nil
	}
	return &endpoint{a.IP, a.Zone, a.Port}
}

// DialUDP makes a connection from laddr, which may be nil, to raddr: Write sends there, Read gets what comes from there.
func DialUDP(network string, laddr, raddr *UDPAddr) (*UDPConn, error) {
	fail := func(err error) (*UDPConn, error) {
		return nil, &OpError{Op: "dial", Net: network, Source: addrOrNil(laddr), Addr: addrOrNil(raddr), Err: err}
	}
	if !isNetwork(network, "udp", "udp4", "udp6") {
		return fail(UnknownNetworkError(network))
	}
	if raddr == nil {
		return fail(errMissingAddress)
	}
	c, err := dialUDP(context.Background(), network, udpEndpoint(laddr), *udpEndpoint(raddr))
	if err != nil {
		return fail(err)
	}
	return c, nil
}

func listenUDP(network string, e endpoint) (*UDPConn, error) {
	family, dual := familyFor(network, e.ip, true)
	a, err := sockaddrOf(family, e)
	if err != nil {
		return nil, err
	}
	s, err := listenSocket(network, family, sockDgram, a, dual)
	if err != nil {
		return nil, err
	}
	return &UDPConn{conn{s}}, nil
}

// ListenUDP waits for datagrams at the address; nil means a free port of all addresses.
func ListenUDP(network string, laddr *UDPAddr) (*UDPConn, error) {
	if !isNetwork(network, "udp", "udp4", "udp6") {
		return nil, &OpError{Op: "listen", Net: network, Addr: addrOrNil(laddr), Err: UnknownNetworkError(network)}
	}
	if laddr == nil {
		laddr = &UDPAddr{}
	}
	c, err := listenUDP(network, *udpEndpoint(laddr))
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
	}
	return c, nil
}

// ReadFromUDP waits for a datagram; what does not fit in b is dropped.
func (c *UDPConn) ReadFromUDP(b []byte) (n int, addr *UDPAddr, err error) {
	if !c.ok() {
		return 0, nil, syscall.EINVAL
	}
	n, from, errno := c.fd.receive(b)
	if errno != 0 {
		return 0, nil, c.fail("read", "recvfrom", errno)
	}
	addr, _ = c.fd.makeAddr(from).(*UDPAddr)
	return n, addr, nil
}

// ReadFrom waits for a datagram.
func (c *UDPConn) ReadFrom(b []byte) (int, Addr, error) {
	n, addr, err := c.ReadFromUDP(b)
	return n, addrOrNil(addr), err
}

// WriteToUDP sends a datagram to the address.
func (c *UDPConn) WriteToUDP(b []byte, addr *UDPAddr) (int, error) {
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
	to, err := sockaddrOf(c.fd.family, *udpEndpoint(addr))
	if err != nil {
		return fail(err)
	}
	n, errno := c.fd.send(b, to)
	if errno != 0 {
		return fail(callError("sendto", errno))
	}
	return n, nil
}

// WriteTo sends a datagram to the address.
func (c *UDPConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	a, ok := addr.(*UDPAddr)
	if !ok {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.local, Addr: addr, Err: syscall.EINVAL}
	}
	return c.WriteToUDP(b, a)
}
