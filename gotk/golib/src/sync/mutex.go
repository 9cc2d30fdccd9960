// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// Mutex is a mutual exclusion lock. The zero value is unlocked.
//
// The state word holds three flags and the number of waiters. In normal mode an unlock wakes the longest waiter, which
// then competes with goroutines that happen to run, and usually loses: that is fast, because no switch is needed
// between two owners. A waiter that has waited for a millisecond turns the mutex to starvation mode: an unlock then hands
// it to the first waiter, newcomers queue up. The last waiter, or one that has waited less, turns it back.
//
// Who finds a mutex locked first spins for a moment where that makes sense (see spinwait): critical sections are short, as a
// rule. While it spins it claims the woken flag, so that an unlock does not wake somebody else in vain.
type Mutex struct {
	state int32
	sema  uint32
}

const (
	mutexLocked   = 1 << iota // somebody owns it
	mutexWoken                // a waiter was woken and is on its way: no need to wake another
	mutexStarving             // ownership is handed to the first waiter
	mutexWaiters  = iota      // shift of the number of waiters

	starvingAfter = 1_000_000 // ns
	maxSpins      = 4         // a few microseconds: less than it takes to park and be woken on another processor
)

// Lock locks m, waiting until it is free.
func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32(&m.state, 0, mutexLocked) {
		m.lockSlow()
	}
}

// TryLock locks m if it is free and tells whether it did.
func (m *Mutex) TryLock() bool {
	old := atomic.LoadInt32(&m.state)
	return old&(mutexLocked|mutexStarving) == 0 && atomic.CompareAndSwapInt32(&m.state, old, old|mutexLocked)
}

func (m *Mutex) lockSlow() {
	var since int64 // when it began to wait
	starving, woken := false, false
	spins := 0
	for {
		old := atomic.LoadInt32(&m.state)
		if old&(mutexLocked|mutexStarving) == mutexLocked && spins < maxSpins && spinwait() {
			if !woken && old&mutexWoken == 0 && old>>mutexWaiters != 0 {
				woken = atomic.CompareAndSwapInt32(&m.state, old, old|mutexWoken)
			}
			spins++
			continue
		}
		busy := old&(mutexLocked|mutexStarving) != 0
		next := old
		if busy {
			next += 1 << mutexWaiters
			if starving && old&mutexLocked != 0 {
				next |= mutexStarving
			}
		} else {
			next |= mutexLocked
		}
		if woken {
			next &^= mutexWoken
		}
		if !atomic.CompareAndSwapInt32(&m.state, old, next) {
			continue
		}
		if !busy {
			return
		}
		again := since != 0 // lost the race after it was woken: it goes to the head of the queue
		if !again {
			since = nanotime()
		}
		semacquire(&m.sema, waitMutexLock, again)
		starving = starving || nanotime()-since > starvingAfter
		old = atomic.LoadInt32(&m.state)
		if old&mutexStarving != 0 {
			// Unlock has handed it over: not locked by anybody, and we are still counted as waiting.
			delta := int32(mutexLocked - 1<<mutexWaiters)
			if !starving || old>>mutexWaiters == 1 {
				delta -= mutexStarving
			}
			atomic.AddInt32(&m.state, delta)
			return
		}
		woken, spins = true, 0
	}
}

// Unlock unlocks m, which any goroutine may do. It is a fatal error if m is not locked.
func (m *Mutex) Unlock() {
	if state := atomic.AddInt32(&m.state, -mutexLocked); state != 0 {
		m.unlockSlow(state)
	}
}

func (m *Mutex) unlockSlow(state int32) {
	if (state+mutexLocked)&mutexLocked == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if state&mutexStarving != 0 {
		semrelease(&m.sema, true)
		return
	}
	for {
		if state>>mutexWaiters == 0 || state&(mutexLocked|mutexWoken|mutexStarving) != 0 {
			return // nobody waits, or somebody else sees to the waiters
		}
		if atomic.CompareAndSwapInt32(&m.state, state, (state-1<<mutexWaiters)|mutexWoken) {
			semrelease(&m.sema, false)
			return
		}
		state = atomic.LoadInt32(&m.state)
	}
}
