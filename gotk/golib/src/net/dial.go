// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"time"
)

// Dialer makes connections.
type Dialer struct {
	Timeout         time.Duration // for all of it; 0: no limit but the system's
	Deadline        time.Time
	LocalAddr       Addr
	DualStack       bool
	FallbackDelay   time.Duration
	KeepAlive       time.Duration // 0: 15 seconds; negative: off
	KeepAliveConfig KeepAliveConfig
	Resolver        *Resolver
	Cancel          <-chan struct{}
}

// KeepAliveConfig says how a connection that is silent is probed.
type KeepAliveConfig struct {
	Enable   bool
	Idle     time.Duration
	Interval time.Duration
	Count    int
}

// Dial connects to the address on the network: "tcp", "udp", with a 4 or 6 for that version only, "unix", "unixgram" or "unixpacket".
func Dial(network, address string) (Conn, error) { return new(Dialer).Dial(network, address) }

// DialTimeout is Dial with a limit of time.
func DialTimeout(network, address string, timeout time.Duration) (Conn, error) {
	return (&Dialer{Timeout: timeout}).Dial(network, address)
}

// Dial connects to the address.
func (d *Dialer) Dial(network, address string) (Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// deadline is the earliest of the limits; zero: none.
func (d *Dialer) deadline(ctx context.Context) (t time.Time) {
	earlier := func(u time.Time) {
		if t.IsZero() || u.Before(t) {
			t = u
		}
	}
	if d.Timeout != 0 {
		earlier(time.Now().Add(d.Timeout))
	}
	if !d.Deadline.IsZero() {
		earlier(d.Deadline)
	}
	if u, ok := ctx.Deadline(); ok {
		earlier(u)
	}
	return t
}

// dialError is the error of a dial for that of a context.
func dialError(err error) error {
	switch err {
	case context.Canceled:
		return errCanceled
	case context.DeadlineExceeded:
		return errTimeout
	}
	return err
}

// DialContext connects to the address until the context is done.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (Conn, error) {
	if ctx == nil {
		panic("nil context")
	}
	deadline := d.deadline(ctx)
	if d.Cancel != nil {
		sub, cancel := context.WithCancel(ctx)
		defer cancel()
		go func() {
			select {
			case <-d.Cancel:
				cancel()
			case <-sub.Done():
			}
		}()
		ctx = sub
	}
	fail := func(addr Addr, err error) error {
		return &OpError{Op: "dial", Net: network, Source: d.LocalAddr, Addr: addr, Err: err}
	}
	switch network {
	case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6":
	case "unix", "unixgram", "unixpacket":
		remote := &UnixAddr{Name: address, Net: network}
		local, ok := d.LocalAddr.(*UnixAddr)
		if d.LocalAddr != nil && !ok {
			return nil, fail(remote, &AddrError{Err: "mismatched local address type", Addr: d.LocalAddr.String()})
		}
		if err := ctx.Err(); err != nil {
			return nil, fail(remote, dialError(err))
		}
		c, err := dialUnix(ctx, deadline, network, local, remote)
		if err != nil {
			return nil, fail(remote, err)
		}
		return c, nil
	default:
		return nil, fail(nil, UnknownNetworkError(network))
	}
	if address == "" {
		return nil, fail(nil, errMissingAddress)
	}
	list, err := resolveEndpoints(ctx, network, address)
	if err != nil {
		return nil, fail(nil, err)
	}
	var first error
	for i, e := range list {
		// Each address has its share of the time that is left.
		until := deadline
		if left := len(list) - i; !deadline.IsZero() && left > 1 {
			until = time.Now().Add(time.Until(deadline) / time.Duration(left))
		}
		c, addr, err := d.dialOne(ctx, until, network, e)
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = fail(addr, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, first
}

func (d *Dialer) dialOne(ctx context.Context, deadline time.Time, network string, e endpoint) (Conn, Addr, error) {
	var addr Addr = &TCPAddr{IP: e.ip, Port: e.port, Zone: e.zone}
	udp := network[0] == 'u'
	if udp {
		addr = &UDPAddr{IP: e.ip, Port: e.port, Zone: e.zone}
	}
	if err := ctx.Err(); err != nil {
		return nil, addr, dialError(err)
	}
	if !deadline.IsZero() && !time.Now().Before(deadline) {
		return nil, addr, errTimeout
	}
	var local *endpoint
	mismatch := false
	switch a := d.LocalAddr.(type) {
	case nil:
	case *TCPAddr:
		if mismatch = udp; a != nil {
			local = &endpoint{a.IP, a.Zone, a.Port}
		}
	case *UDPAddr:
		if mismatch = !udp; a != nil {
			local = &endpoint{a.IP, a.Zone, a.Port}
		}
	default:
		mismatch = true
	}
	if mismatch {
		return nil, addr, &AddrError{Err: "mismatched local address type", Addr: d.LocalAddr.String()}
	}
	if udp {
		c, err := dialUDP(ctx, network, local, e)
		if err != nil {
			return nil, addr, err
		}
		return c, addr, nil
	}
	c, err := dialTCP(ctx, deadline, network, local, e, d.KeepAlive, d.KeepAliveConfig)
	if err != nil {
		return nil, addr, err
	}
	return c, addr, nil
}

// ListenConfig makes listeners.
type ListenConfig struct {
	KeepAlive       time.Duration
	KeepAliveConfig KeepAliveConfig
}

// Listen waits for connections at the address.
func (lc *ListenConfig) Listen(ctx context.Context, network, address string) (Listener, error) {
	fail := func(addr Addr, err error) error {
		return &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
	}
	switch network {
	case "tcp", "tcp4", "tcp6":
		list, err := resolveEndpoints(ctx, network, address)
		if err != nil {
			return nil, fail(nil, err)
		}
		e := preferred(list)
		l, err := listenTCP(network, e)
		if err != nil {
			return nil, fail(&TCPAddr{IP: e.ip, Port: e.port, Zone: e.zone}, err)
		}
		l.keepAlive, l.keepAliveConfig = lc.KeepAlive, lc.KeepAliveConfig
		return l, nil
	case "unix", "unixpacket":
		l, err := ListenUnix(network, &UnixAddr{Name: address, Net: network})
		if err != nil {
			return nil, err
		}
		return l, nil
	}
	return nil, otherNetwork(ctx, network, address)
}

// otherNetwork is the error of listening on a network that is of the other sort, or none.
func otherNetwork(ctx context.Context, network, address string) error {
	var addr Addr
	var err error = UnknownNetworkError(network)
	switch network {
	case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6":
		var list []endpoint
		if list, err = resolveEndpoints(ctx, network, address); err == nil {
			e := preferred(list)
			addr = &TCPAddr{IP: e.ip, Port: e.port, Zone: e.zone}
		}
	case "unix", "unixgram", "unixpacket":
		addr = &UnixAddr{Name: address, Net: network}
	}
	if addr != nil {
		err = &AddrError{Err: "unexpected address type", Addr: address}
	}
	return &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
}

// ListenPacket waits for datagrams at the address.
func (lc *ListenConfig) ListenPacket(ctx context.Context, network, address string) (PacketConn, error) {
	fail := func(addr Addr, err error) error {
		return &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
	}
	switch network {
	case "udp", "udp4", "udp6":
		list, err := resolveEndpoints(ctx, network, address)
		if err != nil {
			return nil, fail(nil, err)
		}
		e := preferred(list)
		c, err := listenUDP(network, e)
		if err != nil {
			return nil, fail(&UDPAddr{IP: e.ip, Port: e.port, Zone: e.zone}, err)
		}
		return c, nil
	case "unixgram":
		c, err := ListenUnixgram(network, &UnixAddr{Name: address, Net: network})
		if err != nil {
			return nil, err
		}
		return c, nil
	}
	return nil, otherNetwork(ctx, network, address)
}

// Listen waits for connections: at "host:port" for "tcp", "tcp4" and "tcp6", at a path for "unix" and "unixpacket". Without a host it
// listens on all addresses, with port 0 on a free port.
func Listen(network, address string) (Listener, error) {
	return new(ListenConfig).Listen(context.Background(), network, address)
}

// ListenPacket waits for datagrams at the address, on "udp", "udp4", "udp6" or "unixgram".
func ListenPacket(network, address string) (PacketConn, error) {
	return new(ListenConfig).ListenPacket(context.Background(), network, address)
}
