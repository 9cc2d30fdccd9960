// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"internal/poll"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// Sockets of the system: natives of gotk/native/src/net.c.

//gotk:native sockcall
func nativeCall(op, fd int, address *sockaddr, x, y int) (value, errno int)

// Operations of nativeCall: the enum of net.c.
const (
	opNew = 1 + iota
	opBind
	opConnect
	opListen
	opName
	opPeer
	opShutdown
	opError
	opSet
)

// Options, in net.c's order.
const (
	optReuseAddr = iota
	optNoDelay
	optKeepAlive
	optKeepIdle
	optKeepInterval
	optKeepCount
	optReceiveBuffer
	optSendBuffer
	optV6Only
	optBroadcast
	optLinger
)

const (
	familyUnix  = 1
	familyIPv4  = 2
	familyIPv6  = 10
	sockStream  = 1
	sockDgram   = 2
	sockPacket  = 5
	backlog     = 4096 // as the kernel's default limit
	inProgress  = 115
	isConnected = 106
	already     = 114
)

// sockaddr is struct address of net.c: a length, then the system's form of an address.
type sockaddr struct {
	n int64
	b [120]byte
}

// message is struct message of net.c.
type message struct {
	buf     unsafe.Pointer
	n       int
	address *sockaddr
	flags   int
}

func (a *sockaddr) family() int { return int(a.b[0]) | int(a.b[1])<<8 }

// setIP fills in an IP address for a socket of that family; false if it is not of that family.
func (a *sockaddr) setIP(family int, ip IP, port int, zone string) bool {
	*a = sockaddr{}
	a.b[0] = byte(family)
	a.b[2], a.b[3] = byte(port>>8), byte(port)
	if family == familyIPv4 {
		ip4 := ip.To4()
		if len(ip) == 0 || ip.Equal(IPv6unspecified) {
			ip4 = IPv4zero.To4()
		}
		if ip4 == nil {
			return false
		}
		copy(a.b[4:], ip4)
		a.n = 16
		return true
	}
	if len(ip) == 0 || ip.Equal(IPv4zero) {
		ip = IPv6unspecified
	}
	ip6 := ip.To16()
	if ip6 == nil {
		return false
	}
	copy(a.b[8:], ip6)
	scope := zoneIndex(zone)
	a.b[24], a.b[25], a.b[26], a.b[27] = byte(scope), byte(scope>>8), byte(scope>>16), byte(scope>>24)
	a.n = 28
	return true
}

// ip returns the IP address.
func (a *sockaddr) ip() (ip IP, port int, zone string) {
	port = int(a.b[2])<<8 | int(a.b[3])
	if a.family() == familyIPv4 {
		return IPv4(a.b[4], a.b[5], a.b[6], a.b[7]), port, ""
	}
	ip = make(IP, IPv6len)
	copy(ip, a.b[8:])
	if scope := int(a.b[24]) | int(a.b[25])<<8 | int(a.b[26])<<16 | int(a.b[27])<<24; scope != 0 {
		zone = itoa(scope)
	}
	return ip, port, zone
}

// setUnix fills in a path; one that begins with @ is a name without a file.
func (a *sockaddr) setUnix(name string) (errno int) {
	*a = sockaddr{}
	a.b[0] = familyUnix
	if len(name) > 107 || len(name) == 108 && name[0] != '@' {
		return int(syscall.EINVAL)
	}
	copy(a.b[2:], name)
	a.n = int64(2 + len(name))
	if len(name) > 0 && name[0] == '@' {
		a.b[2] = 0
	} else if len(name) > 0 {
		a.n++
	}
	return 0
}

func (a *sockaddr) unix() string {
	if a.n <= 2 {
		if a.n == 0 {
			return ""
		}
		return "@"
	}
	name := a.b[2:a.n]
	if name[0] == 0 {
		return "@" + string(name[1:])
	}
	for i, c := range name {
		if c == 0 {
			name = name[:i]
			break
		}
	}
	return string(name)
}

// socket is a descriptor with what is known of its ends. All but the descriptor is set before others see it.
type socket struct {
	poll.FD
	net           string
	family, kind  int
	local, remote Addr
}

// makeAddr turns what the system says into an Addr for the socket's network.
func (s *socket) makeAddr(a *sockaddr) Addr {
	switch a.family() {
	case familyIPv4, familyIPv6:
		ip, port, zone := a.ip()
		if s.kind == sockDgram {
			return &UDPAddr{IP: ip, Port: port, Zone: zone}
		}
		return &TCPAddr{IP: ip, Port: port, Zone: zone}
	case familyUnix:
		return &UnixAddr{Name: a.unix(), Net: s.net}
	}
	return nil
}

func (s *socket) read(b []byte) (n, errno int) {
	if len(b) == 0 {
		if !s.Begin() {
			return -1, poll.Closed
		}
		s.End()
		return 0, 0
	}
	return s.FD.Read(unsafe.Pointer(&b[0]), len(b))
}

func (s *socket) write(b []byte) (n, errno int) {
	if len(b) == 0 && s.kind != sockDgram {
		if !s.Begin() {
			return 0, poll.Closed
		}
		s.End()
		return 0, 0
	}
	return s.FD.Write(unsafe.Pointer(unsafe.SliceData(b)), len(b))
}

func (s *socket) option(option, value int) (errno int) {
	if !s.Begin() {
		return poll.Closed
	}
	_, errno = nativeCall(opSet, s.Sysfd, nil, option, value)
	s.End()
	return errno
}

func (s *socket) shutdown(how int) (errno int) {
	if !s.Begin() {
		return poll.Closed
	}
	_, errno = nativeCall(opShutdown, s.Sysfd, nil, how, 0)
	s.End()
	return errno
}

// newSocket makes a socket that the poller does not know yet.
func newSocket(network string, family, kind int) (*socket, error) {
	fd, errno := nativeCall(opNew, family, nil, kind, 0)
	if errno != 0 {
		return nil, os.NewSyscallError("socket", syscall.Errno(errno))
	}
	s := &socket{net: network, family: family, kind: kind}
	s.Init(fd, s.mode())
	return s, nil
}

func (s *socket) mode() int {
	if s.kind == sockStream {
		return poll.Stream | poll.Socket | poll.Alone
	}
	return poll.Plain | poll.Socket
}

func (s *socket) bind(a *sockaddr) error {
	_, errno := nativeCall(opBind, s.Sysfd, a, 0, 0)
	return os.NewSyscallError("bind", errnoOrNil(errno))
}

func errnoOrNil(errno int) error {
	if errno == 0 {
		return nil
	}
	return syscall.Errno(errno)
}

// learnLocal asks the system for our address.
func (s *socket) learnLocal() {
	var a sockaddr
	if _, errno := nativeCall(opName, s.Sysfd, &a, 0, 0); errno == 0 {
		s.local = s.makeAddr(&a)
	}
}

var longAgo = time.Unix(1, 0)

// connect waits for the connection to the address, no longer than the deadline (if it is not zero) or the context allow.
func (s *socket) connect(ctx context.Context, deadline time.Time, a *sockaddr) error {
	_, errno := nativeCall(opConnect, s.Sysfd, a, 0, 0)
	pending := errno == inProgress || errno == already || errno == int(syscall.EINTR)
	if errno != 0 && errno != isConnected && !pending {
		return os.NewSyscallError("connect", syscall.Errno(errno))
	}
	// Known to the poller only now: an unconnected socket would be reported as hung up.
	if errno := s.Open(s.Sysfd, s.mode()); errno != 0 {
		return os.NewSyscallError("epoll_ctl", syscall.Errno(errno))
	}
	if !pending {
		return nil
	}
	if !deadline.IsZero() {
		s.SetDeadline(poll.WriteSide, deadline)
	}
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { s.SetDeadline(poll.WriteSide, longAgo) })
		defer stop()
	}
	for {
		switch errno := s.WaitWrite(); errno {
		case 0:
		case poll.Timeout:
			if err := ctx.Err(); err == context.Canceled {
				return errCanceled
			}
			return errTimeout
		default:
			return callError("connect", errno)
		}
		code, errno := nativeCall(opError, s.Sysfd, nil, 0, 0)
		if errno != 0 {
			return os.NewSyscallError("getsockopt", syscall.Errno(errno))
		}
		switch code {
		case inProgress, already, int(syscall.EINTR):
			continue
		case 0, isConnected:
			var peer sockaddr // the wait may have ended too early
			if _, errno := nativeCall(opPeer, s.Sysfd, &peer, 0, 0); errno != 0 {
				continue
			}
			if !deadline.IsZero() {
				s.SetDeadline(poll.WriteSide, time.Time{})
			}
			return nil
		}
		return os.NewSyscallError("connect", syscall.Errno(code))
	}
}

// dialSocket makes a socket, bound to local if that is not nil, and connects it.
func dialSocket(ctx context.Context, deadline time.Time, network string, family, kind int, local, remote *sockaddr) (*socket, error) {
	s, err := newSocket(network, family, kind)
	if err != nil {
		return nil, err
	}
	if kind == sockDgram && family != familyUnix {
		nativeCall(opSet, s.Sysfd, nil, optBroadcast, 1)
	}
	if local != nil {
		err = s.bind(local)
	}
	if err == nil && remote != nil {
		err = s.connect(ctx, deadline, remote)
	} else if err == nil {
		if errno := s.Open(s.Sysfd, s.mode()); errno != 0 {
			err = os.NewSyscallError("epoll_ctl", syscall.Errno(errno))
		}
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	s.learnLocal()
	if remote != nil {
		var peer sockaddr
		if _, errno := nativeCall(opPeer, s.Sysfd, &peer, 0, 0); errno == 0 && peer.n > 2 {
			s.remote = s.makeAddr(&peer)
		} else {
			s.remote = s.makeAddr(remote)
		}
	}
	return s, nil
}

// listenSocket makes a socket that waits for connections, or for datagrams.
func listenSocket(network string, family, kind int, a *sockaddr, dual bool) (*socket, error) {
	s, err := newSocket(network, family, kind)
	if err != nil {
		return nil, err
	}
	if family == familyIPv6 {
		only := 1
		if dual {
			only = 0
		}
		nativeCall(opSet, s.Sysfd, nil, optV6Only, only)
	}
	if family != familyUnix && kind == sockStream {
		nativeCall(opSet, s.Sysfd, nil, optReuseAddr, 1)
	}
	if kind == sockDgram && family != familyUnix {
		nativeCall(opSet, s.Sysfd, nil, optBroadcast, 1)
	}
	err = s.bind(a)
	if err == nil && kind != sockDgram {
		_, errno := nativeCall(opListen, s.Sysfd, nil, backlog, 0)
		err = os.NewSyscallError("listen", errnoOrNil(errno))
	}
	if err == nil {
		if errno := s.Open(s.Sysfd, poll.Plain|poll.Socket); errno != 0 {
			err = os.NewSyscallError("epoll_ctl", syscall.Errno(errno))
		}
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	s.learnLocal()
	return s, nil
}

// accept waits for a connection.
func (s *socket) accept() (*socket, error) {
	for {
		var a sockaddr
		fd, errno := s.Accept(unsafe.Pointer(&a))
		if errno == int(syscall.ECONNABORTED) {
			continue // gone again while it was waiting
		}
		if errno != 0 {
			return nil, &OpError{Op: "accept", Net: s.net, Addr: s.local, Err: callError("accept4", errno)}
		}
		c := &socket{net: s.net, family: s.family, kind: s.kind}
		c.Init(fd, poll.Plain)
		if errno := c.Open(fd, c.mode()|poll.Known); errno != 0 {
			c.Close()
			return nil, &OpError{Op: "accept", Net: s.net, Addr: s.local, Err: os.NewSyscallError("epoll_ctl", syscall.Errno(errno))}
		}
		c.learnLocal()
		c.remote = c.makeAddr(&a)
		return c, nil
	}
}

// receive waits for a datagram.
func (s *socket) receive(b []byte) (n int, from *sockaddr, errno int) {
	a := new(sockaddr)
	m := &message{buf: unsafe.Pointer(unsafe.SliceData(b)), n: len(b), address: a}
	n, errno = s.Receive(unsafe.Pointer(m))
	return n, a, errno
}

// send sends a datagram.
func (s *socket) send(b []byte, to *sockaddr) (n, errno int) {
	m := &message{buf: unsafe.Pointer(unsafe.SliceData(b)), n: len(b), address: to}
	return s.Send(unsafe.Pointer(m))
}
