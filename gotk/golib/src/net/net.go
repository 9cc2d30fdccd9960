// SPDX-License-Identifier: BSD-3-Clause

// Package net has TCP, UDP and Unix sockets. A goroutine that waits for one is parked and holds no thread. Names are looked up in
// /etc/hosts only.
package net

import (
	"context"
	"errors"
	"internal/poll"
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

// Addr is the address of one end.
type Addr interface {
	Network() string // "tcp", "udp", "unix", …
	String() string
}

// Conn is a connection: a stream of bytes both ways. Its methods may be called by several goroutines at once.
type Conn interface {
	Read(b []byte) (n int, err error)
	Write(b []byte) (n int, err error)
	// Close closes it; Reads and Writes that wait end with ErrClosed.
	Close() error
	LocalAddr() Addr
	RemoteAddr() Addr
	// SetDeadline sets when Reads and Writes, those that wait already included, end with an error that is
	// os.ErrDeadlineExceeded. The zero time means never.
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// PacketConn sends and receives datagrams.
type PacketConn interface {
	ReadFrom(p []byte) (n int, addr Addr, err error)
	WriteTo(p []byte, addr Addr) (n int, err error)
	Close() error
	LocalAddr() Addr
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// Listener waits for connections.
type Listener interface {
	Accept() (Conn, error)
	// Close closes it; Accepts that wait end with ErrClosed.
	Close() error
	Addr() Addr
}

// Error is an error of this package that may be a time-out.
type Error interface {
	error
	Timeout() bool
	Temporary() bool
}

// closedError is the type of ErrClosed.
type closedError struct{}

func (closedError) Error() string   { return "use of closed network connection" }
func (closedError) Timeout() bool   { return false }
func (closedError) Temporary() bool { return false }

// ErrClosed is what calls on a closed connection or listener wrap.
var ErrClosed error = closedError{}

// ErrWriteToConnected is the error of WriteTo on a connection that has its peer already.
var ErrWriteToConnected = errors.New("use of WriteTo with pre-connected connection")

// timeoutError is the error of a dial that takes too long.
type timeoutError struct{}

func (*timeoutError) Error() string        { return "i/o timeout" }
func (*timeoutError) Timeout() bool        { return true }
func (*timeoutError) Temporary() bool      { return true }
func (*timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// canceledError is the error of a dial whose context is canceled.
type canceledError struct{}

func (canceledError) Error() string        { return "operation was canceled" }
func (canceledError) Is(target error) bool { return target == context.Canceled }

var (
	errTimeout        error = &timeoutError{}
	errCanceled             = canceledError{}
	errMissingAddress       = errors.New("missing address")
	errNoSuitable           = errors.New("no suitable address found")
)

// OpError says which operation failed, and between which addresses.
type OpError struct {
	Op     string // "read", "write", "dial", "listen", …
	Net    string // "tcp", …
	Source Addr   // of a connection: our end
	Addr   Addr   // the other end, or the listener's address
	Err    error
}

// Unwrap returns the error itself.
func (e *OpError) Unwrap() error { return e.Err }

func (e *OpError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.Op
	if e.Net != "" {
		s += " " + e.Net
	}
	if e.Source != nil {
		s += " " + e.Source.String()
	}
	if e.Addr != nil {
		if e.Source != nil {
			s += "->"
		} else {
			s += " "
		}
		s += e.Addr.String()
	}
	return s + ": " + e.Err.Error()
}

func inner(err error) error {
	if e, ok := err.(*os.SyscallError); ok {
		return e.Err
	}
	return err
}

// Timeout reports whether it took too long.
func (e *OpError) Timeout() bool {
	t, ok := inner(e.Err).(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Temporary reports whether trying again may help.
func (e *OpError) Temporary() bool {
	if e.Op == "accept" && (errors.Is(e.Err, syscall.ECONNRESET) || errors.Is(e.Err, syscall.ECONNABORTED)) {
		return true
	}
	t, ok := inner(e.Err).(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// AddrError says what is wrong with an address.
type AddrError struct {
	Err  string
	Addr string
}

func (e *AddrError) Error() string {
	if e == nil {
		return "<nil>"
	}
	if e.Addr != "" {
		return "address " + e.Addr + ": " + e.Err
	}
	return e.Err
}

// Timeout is false.
func (e *AddrError) Timeout() bool { return false }

// Temporary is false.
func (e *AddrError) Temporary() bool { return false }

// ParseError says what a text should have been.
type ParseError struct {
	Type string // "IP address", "CIDR address", …
	Text string
}

func (e *ParseError) Error() string { return "invalid " + e.Type + ": " + e.Text }

// Timeout is false.
func (e *ParseError) Timeout() bool { return false }

// Temporary is false.
func (e *ParseError) Temporary() bool { return false }

// UnknownNetworkError is the name of a network that there is not.
type UnknownNetworkError string

func (e UnknownNetworkError) Error() string { return "unknown network " + string(e) }

// Timeout is false.
func (e UnknownNetworkError) Timeout() bool { return false }

// Temporary is false.
func (e UnknownNetworkError) Temporary() bool { return false }

// InvalidAddrError is a text about an address.
type InvalidAddrError string

func (e InvalidAddrError) Error() string { return string(e) }

// Timeout is false.
func (e InvalidAddrError) Timeout() bool { return false }

// Temporary is false.
func (e InvalidAddrError) Temporary() bool { return false }

// DNSError is the error of looking a name up.
type DNSError struct {
	UnwrapErr   error
	Err         string
	Name        string
	Server      string
	IsTimeout   bool
	IsTemporary bool
	IsNotFound  bool
}

// Unwrap returns UnwrapErr.
func (e *DNSError) Unwrap() error { return e.UnwrapErr }

func (e *DNSError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := "lookup " + e.Name
	if e.Server != "" {
		s += " on " + e.Server
	}
	return s + ": " + e.Err
}

// Timeout reports whether it took too long.
func (e *DNSError) Timeout() bool { return e.IsTimeout }

// Temporary reports whether trying again may help.
func (e *DNSError) Temporary() bool { return e.IsTimeout || e.IsTemporary }

// callError makes an error of an error number of package poll; call is the system call's name.
func callError(call string, errno int) error {
	switch errno {
	case 0:
		return nil
	case poll.Closed:
		return ErrClosed
	case poll.Timeout:
		return poll.ErrDeadlineExceeded
	}
	return os.NewSyscallError(call, syscall.Errno(errno))
}

// conn is what all connections have in common.
type conn struct {
	fd *socket
}

func (c *conn) ok() bool { return c != nil && c.fd != nil }

func (c *conn) fail(op, call string, errno int) error {
	return &OpError{Op: op, Net: c.fd.net, Source: c.fd.local, Addr: c.fd.remote, Err: callError(call, errno)}
}

// Read reads up to len(b) bytes; at the end of the stream it returns io.EOF.
func (c *conn) Read(b []byte) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	n, errno := c.fd.read(b)
	if errno != 0 {
		return 0, c.fail("read", "read", errno)
	}
	if n == 0 && len(b) > 0 && c.fd.kind != sockDgram {
		return 0, io.EOF
	}
	return n, nil
}

// Write writes b; it returns an error if that was not possible for all of it.
func (c *conn) Write(b []byte) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	n, errno := c.fd.write(b)
	if errno != 0 {
		return n, c.fail("write", "write", errno)
	}
	return n, nil
}

// Close closes the connection.
func (c *conn) Close() error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if errno := c.fd.Close(); errno != 0 {
		return c.fail("close", "close", errno)
	}
	return nil
}

// LocalAddr is the address of our end.
func (c *conn) LocalAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.local
}

// RemoteAddr is the address of the other end.
func (c *conn) RemoteAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.remote
}

func (c *conn) setDeadline(sides int, t time.Time) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if errno := c.fd.SetDeadline(sides, t); errno != 0 {
		return &OpError{Op: "set", Net: c.fd.net, Addr: c.fd.local, Err: callError("setsockopt", errno)}
	}
	return nil
}

// SetDeadline sets the time of both Reads and Writes.
func (c *conn) SetDeadline(t time.Time) error { return c.setDeadline(poll.ReadSide|poll.WriteSide, t) }

// SetReadDeadline sets the time of Reads.
func (c *conn) SetReadDeadline(t time.Time) error { return c.setDeadline(poll.ReadSide, t) }

// SetWriteDeadline sets the time of Writes.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.setDeadline(poll.WriteSide, t) }

func (c *conn) setOption(option, value int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if errno := c.fd.option(option, value); errno != 0 {
		return c.fail("set", "setsockopt", errno)
	}
	return nil
}

// SetReadBuffer sets the size of the system's buffer for what has arrived.
func (c *conn) SetReadBuffer(bytes int) error { return c.setOption(optReceiveBuffer, bytes) }

// SetWriteBuffer sets the size of the system's buffer for what is to be sent.
func (c *conn) SetWriteBuffer(bytes int) error { return c.setOption(optSendBuffer, bytes) }

func (c *conn) shutdown(how int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if errno := c.fd.shutdown(how); errno != 0 {
		return c.fail("close", "shutdown", errno)
	}
	return nil
}

// Buffers is a list of byte slices to be written one after the other.
type Buffers [][]byte

// WriteTo writes them to w; what was written is removed.
func (v *Buffers) WriteTo(w io.Writer) (n int64, err error) {
	for len(*v) > 0 {
		m, err := w.Write((*v)[0])
		n += int64(m)
		if err != nil {
			(*v)[0] = (*v)[0][m:]
			return n, err
		}
		(*v)[0] = nil
		*v = (*v)[1:]
	}
	return n, nil
}

// Read reads from them; what was read is removed.
func (v *Buffers) Read(p []byte) (n int, err error) {
	for len(p) > 0 && len(*v) > 0 {
		m := copy(p, (*v)[0])
		p = p[m:]
		n += m
		if m == len((*v)[0]) {
			(*v)[0] = nil
			*v = (*v)[1:]
		} else {
			(*v)[0] = (*v)[0][m:]
		}
	}
	if len(*v) == 0 && n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// onceError remembers the first error.
type onceError struct {
	sync.Mutex
	err error
}

func (e *onceError) store(err error) {
	e.Lock()
	if e.err == nil {
		e.err = err
	}
	e.Unlock()
}
