// SPDX-License-Identifier: BSD-3-Clause

package sync

import (
	"sync/atomic"
	"unsafe"
)

// readers counts the readers of a RWMutex by processor (gotk/native/src/readers.c has the layout and the fast paths). A lock gets one when its readers meet each
// other often, and loses it when writers come often.
//
// The number of readers is RWMutex.readers (without the announcement of a writer and those that wait for it) + base + the slots: a reader that came in by one may leave by
// another. While a writer holds the lock, or waits for it, shut is set and who comes in waits in RWMutex.readers. Once the writer's barrier has
// been, no reader is added to the slots, so their sum only falls, and the writer has the lock when it is zero.
//
// Wrong use: an RUnlock too many is noticed by whoever finds the sum below zero. That is the RUnlock itself if its slot is below zero or a writer is inside, and
// otherwise the next writer, since nobody adds up all slots for a reader. Until then one reader more may be inside than are counted.
//
// It is dropped by a writer that holds the lock, and stays shut: a goroutine that found it in the lock before may come here long after.
type readers struct {
	shut    uint32
	waiting uint32 // a writer sleeps until the sum is zero
	slots   []readerSlot
	base    int     // changed by whoever holds RWMutex.w
	written int64   // when it was made or a writer held the lock
	owner   uintptr // which lock: tag
	held    uint32  // counts up when a writer gets the lock and when it gives it back: odd while it holds it
	_       [4]byte
}

type readerSlot struct {
	_ [8]int64 // so that n is alone on its cache line
	n int64
	_ [7]int64
}

// Results of readeradd.
const (
	readersShut     = 1
	readersNegative = 2
	readersForeign  = 4
)

const (
	crowdedAfter = 1_000   // so many readers left while others were there: count them by processor
	crowdedAgain = 20_000  // as many more if that did not pay before
	spreadPays   = 200_000 // ns between two writers: their barrier takes some microseconds

	// Added to a slot that fell below zero, so that it is long until it does again.
	slotCredit = 1 << 20
)

// tag is the lock's address inverted: a reference would make the lock reachable from itself, so that what it is part of had no finalizer.
func (rw *RWMutex) tag() uintptr { return ^uintptr(unsafe.Pointer(rw)) }

// sum is the number of readers in base and slots. Without w or before the writer's barrier it is a guess.
func (c *readers) sum() int {
	sum := c.base
	for i := range c.slots {
		sum += int(atomic.LoadInt64(&c.slots[i].n))
	}
	return sum
}

// crowded notes that a reader left while others were there. Several may do so at once: it need not be exact.
//
//gotk:noinline
func (rw *RWMutex) crowded() {
	rw.noted++
	if rw.noted < crowdedAfter {
		return
	}
	n := readerslots()
	if n == 0 {
		rw.crowd = maxReaders // until a writer comes
		return
	}
	if !rw.w.TryLock() { // a writer is at it
		return
	}
	if rw.counted() == nil {
		rw.noted = 0
		c := &readers{slots: make([]readerSlot, n), written: nanotime(), owner: rw.tag()}
		atomic.StorePointer(&rw.spread, unsafe.Pointer(c))
	}
	rw.w.Unlock()
}

// disown is for a copy of a lock that has readers. Go programs may not copy a lock that was used, but what they do works there, and copies are made
// unnoticed (methods with value receivers). So the copy starts afresh: without readers, but held by a writer if the original was.
//
//gotk:noinline
func (rw *RWMutex) disown() {
	disowning.Lock()
	if c := (*readers)(atomic.LoadPointer(&rw.spread)); c != nil && c.owner != rw.tag() { // nobody got further than here
		if atomic.LoadInt32(&rw.readers) < 0 {
			atomic.StoreInt32(&rw.readers, -maxReaders)
		} else {
			atomic.StoreInt32(&rw.readers, 0)
		}
		rw.noted = 0
		atomic.StorePointer(&rw.spread, nil)
	}
	disowning.Unlock()
}

var disowning Mutex

// rlockShut reads after all, though readerenter said no.
//
//gotk:noinline
func (rw *RWMutex) rlockShut() {
	if c := rw.counted(); c != nil {
		rw.left(c)
	}
	if addIsNegative(&rw.readers, 1) {
		rw.rlockSlow()
	}
}

// runlockSpread is the rest of a RUnlock to which readeradd had something to say.
//
//gotk:noinline
func (rw *RWMutex) runlockSpread(p unsafe.Pointer) {
	c, result := (*readers)(p), readeradd(p, rw, 0) // not passed: RUnlock is compiled into its callers
	if result == readersForeign {                   // a copy that was made while it was read: by one reader, this one, for all that is known
		rw.disown()
		return
	}
	rw.left(c)
	if result&readersShut != 0 {
		// A writer that waits will look. One that is inside has been let in by the last reader: nobody leaves after that.
		if h := atomic.LoadUint32(&c.held); h&1 != 0 && c.sum() < 0 && atomic.LoadUint32(&c.held) == h {
			unlockOfUnread()
		}
		return
	}
	if !rw.w.TryLock() {
		return // a writer will look
	}
	if rw.counted() == c {
		if rw.total(c) < 0 { // it seems: the way to be sure is a writer's
			c.close()
			if rw.total(c) < 0 {
				unlockOfUnread()
			}
			atomic.StoreUint32(&c.shut, 0)
		} else {
			c.base -= slotCredit
			readeradd(p, rw, slotCredit)
		}
	}
	rw.w.Unlock()
}

// left wakes the writer that waits for the last reader. The caller counted itself out before.
func (rw *RWMutex) left(c *readers) {
	fence() // partner in lockSpread: either the writer sees the slot, or this sees waiting
	if atomic.LoadUint32(&c.waiting) != 0 && c.sum() <= 0 && atomic.CompareAndSwapUint32(&c.waiting, 1, 0) {
		semrelease(&rw.writerSem, false)
	}
}

// close keeps readers out of c: whoever entered before is seen by sum from now on, and who does so later sees shut.
func (c *readers) close() {
	atomic.StoreUint32(&c.shut, 1)
	heavyfence()
}

// total is the number of readers while no writer has announced itself; a guess unless c is closed, when it may be too large, not too small: the slots, where
// readers only leave, are read before rw.readers, where they may still come.
func (rw *RWMutex) total(c *readers) int { return c.sum() + int(atomic.LoadInt32(&rw.readers)) }

// fold moves what was in rw.readers when the writer announced itself to base, so that only those are left there who wait for the writer.
func (rw *RWMutex) fold(c *readers, there int32) {
	atomic.AddInt32(&rw.readers, -there)
	c.base += int(there)
}

// lockSpread waits for the readers, after the writer that holds w has announced itself.
//
//gotk:noinline
func (rw *RWMutex) lockSpread(c *readers, there int32) {
	rw.fold(c, there)
	c.close()
	for {
		sum := c.sum()
		if sum == 0 {
			atomic.AddUint32(&c.held, 1)
			return
		}
		if sum < 0 {
			unlockOfUnread()
		}
		atomic.StoreUint32(&c.waiting, 1)
		if c.sum() > 0 || !atomic.CompareAndSwapUint32(&c.waiting, 1, 0) {
			semacquire(&rw.writerSem, waitRWMutexLock, false)
		}
	}
}

// tryLockSpread is TryLock for who holds w. It announces itself only when that is sure to be the end of it: as long as readers are
// about there are some whose unlock is on its way to rw.readers, which must not be taken for those that wait.
//
//gotk:noinline
func (rw *RWMutex) tryLockSpread(c *readers) bool {
	if rw.total(c) <= 0 { // else it is not worth the barrier
		c.close()
		if rw.total(c) < 0 {
			unlockOfUnread()
		}
		there := -c.sum()
		if atomic.CompareAndSwapInt32(&rw.readers, int32(there), int32(there)-maxReaders) {
			rw.fold(c, int32(there))
			atomic.AddUint32(&c.held, 1)
			return true
		}
		atomic.StoreUint32(&c.shut, 0)
	}
	rw.w.Unlock()
	return false
}

// unlockSpread is Unlock up to the release of w.
//
//gotk:noinline
func (rw *RWMutex) unlockSpread(c *readers) {
	if atomic.LoadInt32(&rw.readers) >= 0 {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	if c.sum() < 0 { // see runlockSpread, which may have looked too late
		unlockOfUnread()
	}
	atomic.AddUint32(&c.held, 1)
	if now := nanotime(); now-c.written < spreadPays {
		rw.noted = -crowdedAgain
		atomic.StorePointer(&rw.spread, nil)
	} else {
		c.written = now
		atomic.StoreUint32(&c.shut, 0)
	}
	rw.admit()
}

//gotk:noinline
func unlockOfUnread() { fatal("sync: RUnlock of unlocked RWMutex") }
