// SPDX-License-Identifier: BSD-3-Clause

package sync

import (
	"sync/atomic"
	"unsafe"
)

// Cond lets goroutines wait until another announces that something has changed. L is held while looking at it.
type Cond struct {
	noCopy noCopy
	L      Locker
	list   notifyList
	self   unsafe.Pointer // address of the Cond when it was first used
}

// notifyList has the layout of notify_list in gotk/native/src/notify.c.
type notifyList struct {
	wait, notify uint32
	lock, _      uint32
	first, last  unsafe.Pointer
}

//gotk:native notifyadd
func notifyadd(l *notifyList) int

//gotk:native notifywait
func notifywait(l *notifyList, ticket int)

//gotk:native notifyone
func notifyone(l *notifyList)

//gotk:native notifyall
func notifyall(l *notifyList)

// NewCond returns a Cond with the Locker l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits until it is woken by Signal or Broadcast, and locks c.L again. The caller looks again whether
// what it waits for is there.
func (c *Cond) Wait() {
	c.check()
	ticket := notifyadd(&c.list)
	c.L.Unlock()
	notifywait(&c.list, ticket)
	c.L.Lock()
}

// Signal wakes the goroutine that has waited longest, if there is one.
func (c *Cond) Signal() {
	c.check()
	notifyone(&c.list)
}

// Broadcast wakes all that wait.
func (c *Cond) Broadcast() {
	c.check()
	notifyall(&c.list)
}

func (c *Cond) check() {
	self := atomic.LoadPointer(&c.self)
	if self == unsafe.Pointer(c) {
		return
	}
	if self != nil || !atomic.CompareAndSwapPointer(&c.self, nil, unsafe.Pointer(c)) && atomic.LoadPointer(&c.self) != unsafe.Pointer(c) {
		panic("sync.Cond is copied")
	}
}
