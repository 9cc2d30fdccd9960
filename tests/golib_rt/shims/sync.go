// SPDX-License-Identifier: BSD-3-Clause

package sync

import (
	std "sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Semaphores and notify lists as gotk/native has them, on standard conditions.

var (
	semaLock  std.Mutex
	semaQueue = map[*uint32][]chan struct{}{}
	start     = time.Now()
)

func shim_semacquire1(sema *uint32, reason int, first bool) {
	semaLock.Lock()
	if v := atomic.LoadUint32(sema); v > 0 {
		atomic.AddUint32(sema, ^uint32(0))
		semaLock.Unlock()
		return
	}
	c := make(chan struct{})
	if first {
		semaQueue[sema] = append([]chan struct{}{c}, semaQueue[sema]...)
	} else {
		semaQueue[sema] = append(semaQueue[sema], c)
	}
	semaLock.Unlock()
	<-c
}

func shim_semrelease(sema *uint32, handoff bool) {
	semaLock.Lock()
	defer semaLock.Unlock()
	q := semaQueue[sema]
	if len(q) == 0 {
		atomic.AddUint32(sema, 1)
		return
	}
	close(q[0])
	if len(q) == 1 {
		delete(semaQueue, sema)
	} else {
		semaQueue[sema] = q[1:]
	}
}

type waiter struct {
	ticket uint32
	c      chan struct{}
}

var waiters = map[*notifyList][]waiter{}

func shim_notifyadd(l *notifyList) int { return int(atomic.AddUint32(&l.wait, 1) - 1) }

func shim_notifywait(l *notifyList, ticket int) {
	semaLock.Lock()
	if int32(uint32(ticket)-l.notify) < 0 {
		semaLock.Unlock()
		return
	}
	w := waiter{uint32(ticket), make(chan struct{})}
	waiters[l] = append(waiters[l], w)
	semaLock.Unlock()
	<-w.c
}

func shim_notifyone(l *notifyList) {
	semaLock.Lock()
	defer semaLock.Unlock()
	if l.notify == atomic.LoadUint32(&l.wait) {
		return
	}
	ticket := l.notify
	l.notify++
	for i, w := range waiters[l] {
		if w.ticket == ticket {
			close(w.c)
			waiters[l] = append(waiters[l][:i:i], waiters[l][i+1:]...)
			return
		}
	}
}

func shim_notifyall(l *notifyList) {
	semaLock.Lock()
	defer semaLock.Unlock()
	for _, w := range waiters[l] {
		close(w.c)
	}
	waiters[l] = nil
	l.notify = atomic.LoadUint32(&l.wait)
}

func shim_nanotime() int64 { return int64(time.Since(start)) + 1 }

var ids atomic.Int64

func shim_spinwait(pauses int) bool {
	time.Sleep(time.Microsecond)
	return ids.Add(1)&1 == 0
}

func shim_procid() int { return int(ids.Add(1)) & 3 }

func shim_fatal(text unsafe.Pointer, n int) {
	panic("fatal error: " + unsafe.String((*byte)(text), n))
}

func shim_atomic_addneg_32(addr *int32, delta int32) bool { return atomic.AddInt32(addr, delta) < 0 }

// Go's stores and additions are full barriers.
func shim_atomic_release_32(addr *int32, val int32) { atomic.StoreInt32(addr, val) }

func shim_atomic_fence_32() {
	var x int32
	atomic.AddInt32(&x, 1)
}

func shim_atomic_lightfence_32() { shim_atomic_fence_32() }

func shim_membarrier() bool { return false }

// Readers counted by processor: any of the slots will do.

func shim_readerslots() int { return 3 }

func (c *readers) any() *int64 { return &c.slots[ids.Add(1)%3].n }

func shim_readerenter(p unsafe.Pointer, rw *RWMutex) bool {
	c := (*readers)(p)
	if c.owner != rw.tag() {
		return false
	}
	slot := c.any()
	atomic.AddInt64(slot, 1)
	if atomic.LoadUint32(&c.shut) == 0 {
		return true
	}
	atomic.AddInt64(slot, -1)
	return false
}

func shim_readeradd(p unsafe.Pointer, rw *RWMutex, delta int) int {
	c := (*readers)(p)
	if c.owner != rw.tag() {
		return readersForeign
	}
	said := 0
	if atomic.AddInt64(c.any(), int64(delta)) < 0 {
		said |= readersNegative
	}
	if atomic.LoadUint32(&c.shut) != 0 {
		said |= readersShut
	}
	return said
}
