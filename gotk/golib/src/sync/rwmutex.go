// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// RWMutex is a lock that many readers or one writer can hold. The zero value is unlocked. A writer that waits keeps new
// readers out.
//
// readers counts the readers; a writer announces itself by subtracting maxReaders, which makes it negative. The
// writer then waits for the readers that were there, which count themselves down in departing.
type RWMutex struct {
	w         Mutex  // held by writers
	writerSem uint32 // the writer waits here for readers
	readerSem uint32 // readers wait here for the writer
	readers   int32
	departing int32
}

const maxReaders = 1 << 30

// RLock locks rw for reading. It must not be called by a goroutine that reads already: a writer may have come in between.
func (rw *RWMutex) RLock() {
	if addIsNegative(&rw.readers, 1) {
		rw.rlockSlow()
	}
}

//gotk:noinline
func (rw *RWMutex) rlockSlow() { semacquire(&rw.readerSem, waitRWMutexRLock, false) }

// TryRLock locks rw for reading if that is possible at once, and tells whether it did.
func (rw *RWMutex) TryRLock() bool {
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
	if addIsNegative(&rw.readers, -1) {
		rw.runlockSlow()
	}
}

//gotk:noinline
func (rw *RWMutex) runlockSlow() {
	if n := atomic.LoadInt32(&rw.readers); n == -1 || n == -maxReaders-1 {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	if atomic.AddInt32(&rw.departing, -1) == 0 {
		semrelease(&rw.writerSem, false)
	}
}

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	there := atomic.AddInt32(&rw.readers, -maxReaders) + maxReaders
	if there != 0 && atomic.AddInt32(&rw.departing, there) != 0 {
		semacquire(&rw.writerSem, waitRWMutexLock, false)
	}
}

// TryLock locks rw for writing if that is possible at once, and tells whether it did.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if !atomic.CompareAndSwapInt32(&rw.readers, 0, -maxReaders) {
		rw.w.Unlock()
		return false
	}
	return true
}

// Unlock undoes Lock. The readers that had to wait come next.
func (rw *RWMutex) Unlock() {
	n := atomic.AddInt32(&rw.readers, maxReaders)
	if n >= maxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for ; n > 0; n-- {
		semrelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
}

// RLocker is a Locker whose methods call RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
