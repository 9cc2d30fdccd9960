// SPDX-License-Identifier: BSD-3-Clause

// Package poll has the descriptors of packages os and net: calls that wait park the goroutine (gotk/native/src/netpoll.c), can have a
// deadline, and end when the descriptor is closed.
package poll

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Natives of gotk/native/src/netpoll.c and io.c. Results are a value, -1 on an error, and the error number.

//gotk:native pollopen
func nativeOpen(fd, mode int) (pd unsafe.Pointer, errno int)

//gotk:native pollevict
func nativeEvict(pd unsafe.Pointer)

//gotk:native pollclose
func nativeClose(pd unsafe.Pointer) (errno int)

//gotk:native polldeadline
func nativeDeadline(pd unsafe.Pointer, sides int, when int64)

//gotk:native pollread
func nativeRead(pd, buf unsafe.Pointer, n int, alone bool) (count, errno int)

//gotk:native pollwrite
func nativeWrite(pd, buf unsafe.Pointer, n int) (count, errno int)

//gotk:native pollaccept
func nativeAccept(pd, address unsafe.Pointer) (fd, errno int)

//gotk:native pollreceive
func nativeReceive(pd, message unsafe.Pointer) (count, errno int)

//gotk:native pollsend
func nativeSend(pd, message unsafe.Pointer) (count, errno int)

//gotk:native pollwait
func nativeWait(pd unsafe.Pointer, side int) (value, errno int)

//gotk:native fdread
func plainRead(fd int, buf unsafe.Pointer, n int) (count, errno int)

//gotk:native fdwrite
func plainWrite(fd int, buf unsafe.Pointer, n int) (count, errno int)

//gotk:native fdclose
func plainClose(fd int) (errno int)

//gotk:native nanotime
func nanotime() int64

//gotk:native semacquire
func semacquire(addr *uint32, reason int)

//gotk:native semrelease
func semrelease(addr *uint32, handoff bool)

// Error numbers beyond the system's: enum of netpoll.h.
const (
	Closed   = -1
	Timeout  = -2
	NoPoll   = -3 // SetDeadline: files of this kind never wait
	again    = 11
	semaphor = 8 // the wait reason "semacquire"
)

// Modes of a descriptor: enum gotk__pollmode of netpoll.h.
const (
	Stream = 0  // a byte stream of ours
	Plain  = 1  // ours, without the order of bytes of a stream: listeners, datagrams, terminals
	Shared = 2  // other processes may use it
	Socket = 8  // with one of the above
	Alone  = 16 // a stream from which nobody else reads
	Known  = 4  // with one of the above: made to be polled
)

// Sides of a descriptor, for SetDeadline and Wait.
const (
	ReadSide  = 1
	WriteSide = 2
)

const (
	unresolved int32 = iota
	polled
	unpolled
)

// FD is a descriptor.
//
// users counts the calls under way, in its low bits. Close ends those that wait; the last of them gives the descriptor back to the
// system, so that its number cannot come to mean another file in the middle of a call. One Read at a time, and one Write, which
// may take several calls.
type FD struct {
	Sysfd       int
	users       atomic.Int64
	kind        atomic.Int32
	mode        int
	alone       atomic.Bool    // nobody else reads from it (a pipe of ours)
	pd          unsafe.Pointer // set before kind
	read, write sync.Mutex
	setup       sync.Mutex
	closed      uint32 // semaphore of Close
}

const closedBit = 1 << 62

// Init sets a new FD up; the poller is asked at the first call that may wait.
func (f *FD) Init(fd, mode int) {
	f.Sysfd, f.mode = fd, mode&^Alone
	f.alone.Store(mode&Alone != 0)
}

// Number returns the descriptor for others to use.
func (f *FD) Number() int {
	f.alone.Store(false)
	return f.Sysfd
}

// Open is Init for a descriptor that must be polled.
func (f *FD) Open(fd, mode int) (errno int) {
	f.Init(fd, mode)
	pd, errno := nativeOpen(fd, f.mode)
	if errno != 0 {
		return errno
	}
	f.pd = pd
	f.kind.Store(polled)
	return 0
}

func (f *FD) resolve() int32 {
	if kind := f.kind.Load(); kind != unresolved {
		return kind
	}
	f.setup.Lock()
	kind := f.kind.Load()
	if kind == unresolved {
		kind = unpolled
		if pd, errno := nativeOpen(f.Sysfd, f.mode); errno == 0 {
			f.pd = pd
			kind = polled
		}
		f.kind.Store(kind)
	}
	f.setup.Unlock()
	return kind
}

// Begin counts a call; false if the descriptor is closed.
func (f *FD) Begin() bool {
	for {
		n := f.users.Load()
		if n&closedBit != 0 {
			return false
		}
		if f.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// End is the end of a call that Begin has counted.
func (f *FD) End() {
	if f.users.Add(-1) == closedBit {
		f.destroy()
		semrelease(&f.closed, false)
	}
}

func (f *FD) destroy() (errno int) {
	if f.kind.Load() == polled {
		return nativeClose(f.pd)
	}
	return plainClose(f.Sysfd)
}

// Close closes the descriptor. Calls that wait end with Closed, and Close returns when the descriptor is given back; a call on one that
// is not polled ends first, and closes it.
func (f *FD) Close() (errno int) {
	var n int64
	for {
		n = f.users.Load()
		if n&closedBit != 0 {
			return Closed
		}
		if f.users.CompareAndSwap(n, n|closedBit) {
			break
		}
	}
	if n == 0 {
		return f.destroy()
	}
	kind := f.resolve() // a call may just be about to ask the poller
	if kind == polled {
		nativeEvict(f.pd)
		semacquire(&f.closed, semaphor)
	}
	return 0
}

// Read reads up to n bytes, n > 0.
func (f *FD) Read(buf unsafe.Pointer, n int) (count, errno int) {
	if !f.Begin() {
		return -1, Closed
	}
	f.read.Lock()
	if f.resolve() == polled {
		for {
			count, errno = nativeRead(f.pd, buf, n, f.alone.Load())
			if errno != again {
				break
			}
		}
	} else {
		count, errno = plainRead(f.Sysfd, buf, n)
	}
	f.read.Unlock()
	f.End()
	return count, errno
}

// Write writes n bytes; count is how many it could write before the error.
func (f *FD) Write(buf unsafe.Pointer, n int) (count, errno int) {
	if !f.Begin() {
		return 0, Closed
	}
	f.write.Lock()
	kind := unpolled
	if f.mode != Shared { // the program's output is written with plain calls
		kind = f.resolve()
	}
	for count < n || n == 0 {
		var m int
		if kind == polled {
			m, errno = nativeWrite(f.pd, unsafe.Add(buf, count), n-count)
			if errno == again {
				continue
			}
		} else {
			m, errno = plainWrite(f.Sysfd, unsafe.Add(buf, count), n-count)
		}
		if errno != 0 {
			break
		}
		count += m
		if n == 0 {
			break
		}
	}
	f.write.Unlock()
	f.End()
	return count, errno
}

// Accept waits for a connection; address is net's.
func (f *FD) Accept(address unsafe.Pointer) (fd, errno int) {
	if !f.Begin() {
		return -1, Closed
	}
	f.read.Lock()
	for {
		fd, errno = nativeAccept(f.pd, address)
		if errno != again {
			break
		}
	}
	f.read.Unlock()
	f.End()
	return fd, errno
}

// Receive waits for a datagram; message is net's.
func (f *FD) Receive(message unsafe.Pointer) (count, errno int) {
	if !f.Begin() {
		return -1, Closed
	}
	f.read.Lock()
	for {
		count, errno = nativeReceive(f.pd, message)
		if errno != again {
			break
		}
	}
	f.read.Unlock()
	f.End()
	return count, errno
}

// Send sends a datagram.
func (f *FD) Send(message unsafe.Pointer) (count, errno int) {
	if !f.Begin() {
		return -1, Closed
	}
	f.write.Lock()
	for {
		count, errno = nativeSend(f.pd, message)
		if errno != again {
			break
		}
	}
	f.write.Unlock()
	f.End()
	return count, errno
}

// WaitWrite waits until it can be written to; it may be too early. The caller has counted itself.
func (f *FD) WaitWrite() (errno int) {
	if _, errno = nativeWait(f.pd, 1); errno == again {
		errno = 0
	}
	return errno
}

// SetDeadline sets when calls on the sides end with Timeout, those that wait already too; the zero time means never.
func (f *FD) SetDeadline(sides int, t time.Time) (errno int) {
	if !f.Begin() {
		return Closed
	}
	if f.resolve() != polled {
		f.End()
		return NoPoll
	}
	when := int64(0)
	if !t.IsZero() {
		// The clock that t was made with decides, so a time of the past is one even if it is a moment ago.
		d := int64(time.Until(t))
		when = nanotime() + d
		if d > 0 && when < 0 {
			when = 1<<63 - 2
		} else if d <= 0 {
			when = 1
		}
	}
	nativeDeadline(f.pd, sides, when)
	f.End()
	return 0
}

// DeadlineError is the error of calls that end because of a deadline.
type DeadlineError struct{}

func (e *DeadlineError) Error() string   { return "i/o timeout" }
func (e *DeadlineError) Timeout() bool   { return true }
func (e *DeadlineError) Temporary() bool { return true }

// ErrDeadlineExceeded is os.ErrDeadlineExceeded.
var ErrDeadlineExceeded error = &DeadlineError{}
