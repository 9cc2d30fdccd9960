// SPDX-License-Identifier: BSD-3-Clause

// Package semaphore is a semaphore with weights. Those who wait are served in turn: a large request is not overtaken by small ones.
package semaphore

import (
	"container/list"
	"context"
	"sync"
)

// Weighted is a semaphore of a size.
type Weighted struct {
	size    int64
	mu      sync.Mutex // guards what follows
	held    int64
	waiters list.List // of *waiter
}

type waiter struct {
	n     int64
	ready chan struct{} // closed when n is held
}

// NewWeighted returns a semaphore of size n.
func NewWeighted(n int64) *Weighted { return &Weighted{size: n} }

// Acquire takes n, waiting for it if need be, until ctx is done: then it returns ctx.Err() and takes nothing.
func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	done := ctx.Done()
	s.mu.Lock()
	select {
	case <-done:
		s.mu.Unlock()
		return ctx.Err()
	default:
	}
	if s.size-s.held >= n && s.waiters.Len() == 0 {
		s.held += n
		s.mu.Unlock()
		return nil
	}
	if n > s.size { // never, and nobody should wait behind it
		s.mu.Unlock()
		<-done
		return ctx.Err()
	}
	w := &waiter{n, make(chan struct{})}
	place := s.waiters.PushBack(w)
	s.mu.Unlock()

	select {
	case <-w.ready:
		select { // ready and done at once: done counts
		case <-done:
			s.Release(n)
			return ctx.Err()
		default:
		}
		return nil
	case <-done:
		s.mu.Lock()
		select {
		case <-w.ready: // it came just now: give it back
			s.held -= n
			s.serve()
		default:
			first := s.waiters.Front() == place
			s.waiters.Remove(place)
			if first && s.size > s.held { // what was kept for w may do for others
				s.serve()
			}
		}
		s.mu.Unlock()
		return ctx.Err()
	}
}

// TryAcquire takes n if it can do so at once, and reports whether it did.
func (s *Weighted) TryAcquire(n int64) bool {
	s.mu.Lock()
	ok := s.size-s.held >= n && s.waiters.Len() == 0
	if ok {
		s.held += n
	}
	s.mu.Unlock()
	return ok
}

// Release gives back n.
func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	s.held -= n
	if s.held < 0 {
		s.mu.Unlock()
		panic("semaphore: released more than held")
	}
	s.serve()
	s.mu.Unlock()
}

// serve gives the first waiters what they want, as far as it goes. The caller holds mu.
func (s *Weighted) serve() {
	for {
		first := s.waiters.Front()
		if first == nil {
			return
		}
		w := first.Value.(*waiter)
		if s.size-s.held < w.n {
			return
		}
		s.held += w.n
		s.waiters.Remove(first)
		close(w.ready)
	}
}
