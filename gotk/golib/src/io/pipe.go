// SPDX-License-Identifier: BSD-3-Clause

// Pipe: a synchronous pipe in memory.
//
// A Write holds writeLock from its first to its last byte, offers its data on the channel data and
// waits on taken for how much each Read took. Closing either side closes done, once.
package io

import (
	"errors"
	"sync"
)

// ErrClosedPipe says that the pipe's own side was closed.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

type pipe struct {
	writeLock sync.Mutex
	data      chan []byte
	taken     chan int

	once sync.Once
	done chan struct{}

	errLock  sync.Mutex
	readErr  error // set by the reader's close; what writers get
	writeErr error // set by the writer's close; what readers get
}

// storeErr keeps the first error of a side.
func (p *pipe) storeErr(at *error, err error) {
	p.errLock.Lock()
	if *at == nil {
		*at = err
	}
	p.errLock.Unlock()
}

func (p *pipe) loadErr(at *error) error {
	p.errLock.Lock()
	err := *at
	p.errLock.Unlock()
	return err
}

func (p *pipe) closeDone() { close(p.done) }

// readCloseErr is what a Read returns after done; writeCloseErr what a Write returns.
func (p *pipe) readCloseErr() error {
	rerr := p.loadErr(&p.readErr)
	if werr := p.loadErr(&p.writeErr); rerr == nil && werr != nil {
		return werr
	}
	return ErrClosedPipe
}

func (p *pipe) writeCloseErr() error {
	werr := p.loadErr(&p.writeErr)
	if rerr := p.loadErr(&p.readErr); werr == nil && rerr != nil {
		return rerr
	}
	return ErrClosedPipe
}

func (p *pipe) read(b []byte) (n int, err error) {
	select {
	case <-p.done:
		return 0, p.readCloseErr()
	default:
	}
	select {
	case data := <-p.data:
		n = copy(b, data)
		p.taken <- n
		return n, nil
	case <-p.done:
		return 0, p.readCloseErr()
	}
}

func (p *pipe) write(b []byte) (n int, err error) {
	select {
	case <-p.done:
		return 0, p.writeCloseErr()
	default:
	}
	p.writeLock.Lock()
	// An empty Write still meets one Read.
	for once := true; once || len(b) > 0; once = false {
		select {
		case p.data <- b:
			k := <-p.taken
			b = b[k:]
			n += k
		case <-p.done:
			p.writeLock.Unlock()
			return n, p.writeCloseErr()
		}
	}
	p.writeLock.Unlock()
	return n, nil
}

// PipeReader is the read half of a pipe.
type PipeReader struct {
	p *pipe
}

// Read waits for a writer or the close of the pipe; the writer's close without error is EOF.
func (r *PipeReader) Read(data []byte) (n int, err error) { return r.p.read(data) }

// Close makes writes fail with ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError makes writes fail with err.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.p.storeErr(&r.p.readErr, err)
	r.p.once.Do(r.p.closeDone)
	return nil
}

// PipeWriter is the write half of a pipe.
type PipeWriter struct {
	p *pipe
}

// Write waits until readers have taken all the data or the reader is closed.
func (w *PipeWriter) Write(data []byte) (n int, err error) { return w.p.write(data) }

// Close makes reads return EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError makes reads return err, or EOF if that is nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.p.storeErr(&w.p.writeErr, err)
	w.p.once.Do(w.p.closeDone)
	return nil
}

// Pipe returns the two halves of a pipe: each Write waits for the Reads that take its data.
func Pipe() (*PipeReader, *PipeWriter) {
	p := &pipe{data: make(chan []byte), taken: make(chan int), done: make(chan struct{})}
	return &PipeReader{p}, &PipeWriter{p}
}
