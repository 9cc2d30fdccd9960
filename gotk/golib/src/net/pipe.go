// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"io"
	"os"
	"sync"
	"time"
)

// Pipe: a connection within the program, without a buffer. A write hands its slice to a reader, who tells how much of it is taken.

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// alarm is a deadline: a channel that is closed when it has passed.
type alarm struct {
	mu    sync.Mutex
	timer *time.Timer
	done  chan struct{}
}

func newAlarm() *alarm { return &alarm{done: make(chan struct{})} }

func (a *alarm) passed() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.done
}

func (a *alarm) set(t time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer != nil && !a.timer.Stop() {
		<-a.done // it is just closing the channel
	}
	a.timer = nil
	closed := isClosed(a.done)
	if t.IsZero() {
		if closed {
			a.done = make(chan struct{})
		}
		return
	}
	if d := time.Until(t); d > 0 {
		if closed {
			a.done = make(chan struct{})
		}
		done := a.done
		a.timer = time.AfterFunc(d, func() { close(done) })
		return
	}
	if !closed {
		close(a.done)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

type pipeConn struct {
	writing sync.Mutex // one Write at a time
	in      <-chan []byte
	took    chan<- int // how much of what came in was taken
	out     chan<- []byte
	taken   <-chan int

	once      sync.Once
	closed    chan struct{}
	peer      <-chan struct{} // the other end is closed
	readTime  *alarm
	writeTime *alarm
}

// Pipe returns the two ends of a connection within the program: each Write waits until Reads of the other end have taken all of it.
func Pipe() (Conn, Conn) {
	ab, ba := make(chan []byte), make(chan []byte)
	takenAB, takenBA := make(chan int), make(chan int)
	closedA, closedB := make(chan struct{}), make(chan struct{})
	a := &pipeConn{in: ba, took: takenBA, out: ab, taken: takenAB, closed: closedA, peer: closedB, readTime: newAlarm(), writeTime: newAlarm()}
	b := &pipeConn{in: ab, took: takenAB, out: ba, taken: takenBA, closed: closedB, peer: closedA, readTime: newAlarm(), writeTime: newAlarm()}
	return a, b
}

func (*pipeConn) LocalAddr() Addr  { return pipeAddr{} }
func (*pipeConn) RemoteAddr() Addr { return pipeAddr{} }

func (p *pipeConn) fail(op string, err error) error {
	if err == nil || err == io.EOF || err == io.ErrClosedPipe {
		return err
	}
	return &OpError{Op: op, Net: "pipe", Err: err}
}

func (p *pipeConn) Read(b []byte) (int, error) {
	n, err := p.read(b)
	return n, p.fail("read", err)
}

func (p *pipeConn) read(b []byte) (int, error) {
	switch {
	case isClosed(p.closed):
		return 0, io.ErrClosedPipe
	case isClosed(p.peer):
		return 0, io.EOF
	case isClosed(p.readTime.passed()):
		return 0, os.ErrDeadlineExceeded
	}
	select {
	case data := <-p.in:
		n := copy(b, data)
		p.took <- n
		return n, nil
	case <-p.closed:
		return 0, io.ErrClosedPipe
	case <-p.peer:
		return 0, io.EOF
	case <-p.readTime.passed():
		return 0, os.ErrDeadlineExceeded
	}
}

func (p *pipeConn) Write(b []byte) (int, error) {
	n, err := p.write(b)
	return n, p.fail("write", err)
}

func (p *pipeConn) write(b []byte) (n int, err error) {
	switch {
	case isClosed(p.closed), isClosed(p.peer):
		return 0, io.ErrClosedPipe
	case isClosed(p.writeTime.passed()):
		return 0, os.ErrDeadlineExceeded
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	for first := true; first || len(b) > 0; first = false {
		select {
		case p.out <- b:
			m := <-p.taken
			b = b[m:]
			n += m
		case <-p.closed:
			return n, io.ErrClosedPipe
		case <-p.peer:
			return n, io.ErrClosedPipe
		case <-p.writeTime.passed():
			return n, os.ErrDeadlineExceeded
		}
	}
	return n, nil
}

func (p *pipeConn) setDeadline(t time.Time, alarms ...*alarm) error {
	if isClosed(p.closed) || isClosed(p.peer) {
		return io.ErrClosedPipe
	}
	for _, a := range alarms {
		a.set(t)
	}
	return nil
}

func (p *pipeConn) SetDeadline(t time.Time) error      { return p.setDeadline(t, p.readTime, p.writeTime) }
func (p *pipeConn) SetReadDeadline(t time.Time) error  { return p.setDeadline(t, p.readTime) }
func (p *pipeConn) SetWriteDeadline(t time.Time) error { return p.setDeadline(t, p.writeTime) }

func (p *pipeConn) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}
