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
// Who changes locked from 0 to 1 is the owner, and nobody else writes it then: so an unlock is a store, not a locked instruction.
// An unlock stores, then looks whether somebody waits; a waiter says so in state, then looks whether locked is free after all, and then
// it does itself what an unlock would have done. Between store and look each has a full barrier, so that at least one sees the other.
//
// An unlock comes often and a wait seldom, so the waiter's is a heavy one that spares the unlock its own. But where waits are frequent, heavy ones are
// dear: whoever begins to wait sets mutexFencing, which has unlocks make barriers of their own, and after its heavy one mutexFenced, which spares
// those that wait later theirs. Both go after fencedFor unlocks. (As readers do in BRAVO, Dice and Kogan 2019: what is done between
// two heavy barriers bounds their price.) Why later ones need none: an unlock without a barrier saw a state without mutexFencing, thus before the
// heavy barrier, after which its store is seen by all. Only who set mutexFencing sets mutexFenced, and only both together are taken away, so
// mutexFenced never stands for an earlier barrier.
//
// State holds two more flags and the number of waiters. In normal mode an unlock wakes the longest waiter, which
// then competes with goroutines that happen to run, and usually loses: that is fast, because no switch is needed
// between two owners. A waiter that has waited for a millisecond turns the mutex to starvation mode: an unlock then locks
// it again for the first waiter, newcomers queue up. The last waiter, or one that has waited less, turns it back.
//
// Only the goroutine on whose behalf mutexWoken is set turns to starvation mode, and until it has done so and waits again nobody is woken.
// Therefore a waiter that wakes and finds that mode owns the mutex, and one that does not has been told to compete.
//
// Who finds a mutex locked first spins for a moment where that makes sense (see spinwait): critical sections are short, as a
// rule. While it spins it claims the woken flag, so that an unlock does not wake somebody else in vain.
type Mutex struct {
	_ noCopy
	mu
}

// mu is what a Mutex consists of: a type of its own, so that a Mutex has the two fields of Go's in error messages and when it is printed.
type mu struct {
	locked int32
	state  int32
	sema   uint32
	calm   int32 // unlocks until mutexFencing and mutexFenced go; two goroutines may change it at a time, it need not be exact
}

const (
	mutexFencing  = 1 << iota // an unlock makes a full barrier before it looks here
	mutexFenced               // and has done so since a heavy barrier, so who waits needs none
	mutexStarving             // ownership is handed to the first waiter
	mutexWaiters  = iota      // shift of the number of waiters
	mutexWoken    = -1 << 31  // a waiter was woken and is on its way: no need to wake another; the sign, so that an unlock sees that at once

	starvingAfter = 1_000_000 // ns
	fencedFor     = 2_000     // unlocks: their own barriers cost about twice as much as a heavy one
	maxSpins      = 4

	// Pauses of a processor between two looks at the lock: few, or whoever waits is late for a lock that is free most of the time. But each look takes
	// the cache line from the owner, or the lock itself if it happens to be free, and if the owner does little else but lock and unlock (mutexFencing lets that be seen)
	// it is better to leave it alone for longer: with eight goroutines of that kind, 30 pauses between looks made 12.5 ns an operation, 100 made 8, 400 made 5.7.
	firstPause    = 30
	hammeredPause = 400
	hammered      = 8 // unlocks during firstPause
)

// Lock locks m, waiting until it is free.
func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32(&m.locked, 0, 1) {
		m.lockSlow()
	}
}

// spin leaves the lock alone for a moment, the n-th time; false if that is no use.
func (m *Mutex) spin(state int32, n int) bool {
	calm := atomic.LoadInt32(&m.calm)
	if !spinwait(firstPause << n) {
		return false
	}
	if state&mutexFencing != 0 && calm-atomic.LoadInt32(&m.calm) > hammered {
		spinwait(hammeredPause)
	}
	return true
}

// TryLock locks m if it is free and tells whether it did.
func (m *Mutex) TryLock() bool {
	return atomic.LoadInt32(&m.locked) == 0 && atomic.LoadInt32(&m.state)&mutexStarving == 0 &&
		atomic.CompareAndSwapInt32(&m.locked, 0, 1)
}

//gotk:noinline
func (m *Mutex) lockSlow() {
	var since int64 // when it began to wait
	starving, woken := false, false
	spins := 0
	for {
		if m.TryLock() {
			if woken {
				atomic.AddInt32(&m.state, mutexWoken) // the sign's carry is lost
			}
			return
		}
		old := atomic.LoadInt32(&m.state)
		if old&mutexStarving == 0 && spins < maxSpins && m.spin(old, spins) {
			if !woken && old>>mutexWaiters > 0 {
				woken = atomic.CompareAndSwapInt32(&m.state, old, old|mutexWoken)
			}
			spins++
			continue
		}
		next := (old + 1<<mutexWaiters) | mutexFencing
		if starving {
			next |= mutexStarving
		}
		if woken {
			next &^= mutexWoken
		}
		if !atomic.CompareAndSwapInt32(&m.state, old, next) {
			continue
		}
		if old&mutexFenced == 0 {
			needed := heavyfence()
			if old&mutexFencing == 0 {
				if needed {
					release(&m.calm, fencedFor)
					atomic.AddInt32(&m.state, mutexFenced)
				} else {
					atomic.AddInt32(&m.state, -mutexFencing)
				}
			}
		}
		if atomic.LoadInt32(&m.locked) == 0 { // partner in Unlock
			m.wake()
		}
		again := since != 0 // lost the race after it was woken: it goes to the head of the queue
		if !again {
			since = nanotime()
		}
		semacquire(&m.sema, waitMutexLock, again)
		starving = starving || nanotime()-since > starvingAfter
		if state := atomic.LoadInt32(&m.state); state&mutexStarving != 0 {
			if !starving || state>>mutexWaiters == 0 {
				atomic.AddInt32(&m.state, -mutexStarving)
			}
			return
		}
		woken, spins = true, 0
	}
}

// Unlock unlocks m, which any goroutine may do. It is a fatal error if m is not locked.
func (m *Mutex) Unlock() {
	if atomic.LoadInt32(&m.locked) == 0 {
		unlockOfUnlocked()
	}
	release(&m.locked, 0)
	lightfence()
	if atomic.LoadInt32(&m.state) != 0 { // partner in lockSlow
		m.unlocked()
	}
}

// unlocked is the rest of an unlock that found something in state. It is called often while a mutex is contended: no stack check.
//
//gotk:noinline
//gotk:nosplit
func (m *Mutex) unlocked() {
	state := atomic.LoadInt32(&m.state)
	if state&mutexFencing != 0 {
		fence()
		state = atomic.LoadInt32(&m.state)
		if state&mutexFenced != 0 {
			if calm := atomic.LoadInt32(&m.calm) - 1; calm > 0 {
				release(&m.calm, calm)
			} else {
				atomic.CompareAndSwapInt32(&m.state, state, state&^(mutexFencing|mutexFenced))
			}
		}
	}
	if state >= mutexStarving { // not if somebody was woken
		m.wake()
	}
}

//gotk:noinline
func unlockOfUnlocked() { fatal("sync: unlock of unlocked mutex") }

// wake sees to the waiters of a mutex that was found unlocked.
//
//gotk:noinline
func (m *Mutex) wake() {
	for {
		state := atomic.LoadInt32(&m.state)
		if state>>mutexWaiters <= 0 || atomic.LoadInt32(&m.locked) != 0 {
			return // nobody waits, or one was woken, or the owner will see to them
		}
		if state&mutexStarving != 0 {
			if !atomic.CompareAndSwapInt32(&m.locked, 0, 1) {
				return
			}
			if atomic.LoadInt32(&m.state)&mutexStarving == 0 { // turned back meanwhile, by an owner that has come and gone
				release(&m.locked, 0)
				fence()
				continue
			}
			atomic.AddInt32(&m.state, -1<<mutexWaiters) // only an owner ends that mode, and that is the waiter now
			semrelease(&m.sema, true)
			return
		}
		if atomic.CompareAndSwapInt32(&m.state, state, state-1<<mutexWaiters|mutexWoken) {
			semrelease(&m.sema, false)
			return
		}
	}
}
