// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// WaitGroup waits until a counter is zero: usually the number of goroutines that have not finished yet.
//
// The usual case of Add and Done is one atomic addition, small enough to be compiled into the caller; so is RWMutex's. (That is why
// they use package atomic's functions, not its types: methods of methods are not.)
type WaitGroup struct {
	noCopy noCopy
	state  uint64 // counter in the high half, number of waiters in the low one
	sema   uint32
}

// Add adds delta, which may be negative. When the counter becomes zero, all that wait go on; it panics when the counter
// would become negative.
func (wg *WaitGroup) Add(delta int) {
	state := atomic.AddUint64(&wg.state, uint64(delta)<<32)
	if int32(state>>32) <= 0 || uint32(state) != 0 && delta > 0 {
		wg.addSlow(state, delta)
	}
}

// addSlow looks at what Add has made: zero, negative, or an addition while others wait.
//
//gotk:noinline
func (wg *WaitGroup) addSlow(state uint64, delta int) {
	counter := int32(state >> 32)
	waiters := uint32(state)
	if counter < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && counter == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if counter > 0 || waiters == 0 {
		return
	}
	// The counter is zero and there are waiters: nobody may add or wait now, so the state must be as it was.
	if atomic.LoadUint64(&wg.state) != state {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	atomic.StoreUint64(&wg.state, 0)
	for ; waiters != 0; waiters-- {
		semrelease(&wg.sema, false)
	}
}

// Done subtracts one.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait() {
	for {
		state := atomic.LoadUint64(&wg.state)
		if int32(state>>32) == 0 {
			return
		}
		if atomic.CompareAndSwapUint64(&wg.state, state, state+1) {
			semacquire(&wg.sema, waitWaitGroup, false)
			if atomic.LoadUint64(&wg.state) != 0 {
				panic("sync: WaitGroup is reused before previous Wait has returned")
			}
			return
		}
	}
}

// Go calls f in a new goroutine that counts in the group until f returns. f must not panic.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}
