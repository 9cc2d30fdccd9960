// SPDX-License-Identifier: BSD-3-Clause

package sync

import (
	"sync/atomic"
	"unsafe"
)

// RWMutex is a lock that many readers or one writer can hold. The zero value is unlocked. A writer that waits keeps new
// readers out.
//
// readers counts the readers; a writer announces itself by subtracting maxReaders, which makes it negative. The
// writer then waits for the readers that were there, which count themselves down in departing.
//
// Readers on several processors fight for the cache line of that counter. So there is another way to count them: see readers.
type RWMutex struct {
	w         Mutex  // held by writers
	writerSem uint32 // the writer waits here for readers
	readerSem uint32 // readers wait here for the writer
	readers   int32
	departing int32
	spread    unsafe.Pointer // *readers; if not nil readers use it; changed by who holds w: to nil by a writer only
	crowd     int32          // a reader that leaves more than these notes that: 0, or a number that is not reached
	noted     int32          // how often that was
}

// counted is how readers are counted, if not in rw.readers.
func (rw *RWMutex) counted() *readers {
	c := (*readers)(atomic.LoadPointer(&rw.spread))
	if c != nil && c.owner != rw.tag() {
		rw.disown()
		c = (*readers)(atomic.LoadPointer(&rw.spread))
	}
	return c
}

const maxReaders = 1 << 30

// RLock locks rw for reading. It must not be called by a goroutine that reads already: a writer may have come in between.
func (rw *RWMutex) RLock() {
	if c := atomic.LoadPointer(&rw.spread); c != nil {
		if !readerenter(c, rw) {
			rw.rlockShut()
		}
	} else if addIsNegative(&rw.readers, 1) {
		rw.rlockSlow()
	}
}

//gotk:noinline
func (rw *RWMutex) rlockSlow() { semacquire(&rw.readerSem, waitRWMutexRLock, false) }

// TryRLock locks rw for reading if that is possible at once, and tells whether it did.
func (rw *RWMutex) TryRLock() bool {
	if c := rw.counted(); c != nil {
		if readerenter(unsafe.Pointer(c), rw) {
			return true
		}
		rw.left(c)
	}
	for {
		n := atomic.LoadInt32(&rw.readers)
		if n < 0 {
			return false
		}
		if atomic.CompareAndSwapInt32(&rw.readers, n, n+1) {
			return true
		}
	}
}

// RUnlock undoes one RLock.
func (rw *RWMutex) RUnlock() {
	if c := atomic.LoadPointer(&rw.spread); c != nil {
		if readeradd(c, rw, -1) != 0 {
			rw.runlockSpread(c)
		}
	} else if writer := addIsNegative(&rw.readers, -1); writer || rw.readers > rw.crowd {
		rw.runlockSlow(writer)
	}
}

//gotk:noinline
func (rw *RWMutex) runlockSlow(writer bool) {
	if !writer {
		rw.crowded()
		return
	}
	if c := rw.counted(); c != nil { // it came after the look in RUnlock; its writer does not wait for departing
		atomic.AddInt32(&rw.readers, 1) // before the next, which may let the writer in: then only those that wait for it may be left here
		if readeradd(unsafe.Pointer(c), rw, -1) != 0 {
			rw.runlockSpread(unsafe.Pointer(c))
		}
		return
	}
	// The writer that this reader saw waits for it still, unless there is none, or this was no reader.
	if n := atomic.LoadInt32(&rw.readers); n >= -maxReaders/2 || n < -maxReaders {
		unlockOfUnread()
	}
	if atomic.AddInt32(&rw.departing, -1) == 0 {
		semrelease(&rw.writerSem, false)
	}
}

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	rw.crowd = 0 // for the case that there are more procs now
	c := rw.counted()
	there := atomic.AddInt32(&rw.readers, -maxReaders) + maxReaders
	if c != nil {
		rw.lockSpread(c, there)
		return
	}
	if there != 0 && atomic.AddInt32(&rw.departing, there) != 0 {
		semacquire(&rw.writerSem, waitRWMutexLock, false)
	}
}

// TryLock locks rw for writing if that is possible at once, and tells whether it did.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if c := rw.counted(); c != nil {
		return rw.tryLockSpread(c)
	}
	if !atomic.CompareAndSwapInt32(&rw.readers, 0, -maxReaders) {
		rw.w.Unlock()
		return false
	}
	return true
}

// Unlock undoes Lock. The readers that had to wait come next.
func (rw *RWMutex) Unlock() {
	if c := rw.counted(); c != nil {
		rw.unlockSpread(c)
	} else {
		rw.admit()
	}
	rw.w.Unlock()
}

// admit ends the announcement of a writer.
func (rw *RWMutex) admit() {
	n := atomic.AddInt32(&rw.readers, maxReaders)
	if n >= maxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for ; n > 0; n-- {
		semrelease(&rw.readerSem, false)
	}
}

// RLocker is a Locker whose methods call RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
