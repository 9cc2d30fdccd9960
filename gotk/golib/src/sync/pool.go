// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// Pool keeps values for reuse. What is put may be dropped at any time.
//
// A pool has a few slots, each for one value, and a bounded list under a mutex. A goroutine tries the slots from the one of its
// processor on, so that it usually finds the value that was put last on that processor. A slot is taken by one
// compare-and-swap; a goroutine that is preempted between taking and giving back makes others pass it by, not wait.
type Pool struct {
	noCopy noCopy

	local  atomic.Pointer[poolSlots]
	m      Mutex
	shared []any

	// New makes a value when Get finds none.
	New func() any
}

const (
	poolSlotCount = 16   // a power of two; slots of neighbours serve where there are fewer processors
	poolProbes    = 4    // slots looked at before the list
	poolListMax   = 1024 // values in the list; more are dropped
)

type poolSlots [poolSlotCount]poolSlot

type poolSlot struct {
	state uint32
	value any
	_     [40]byte // one cache line each
}

const (
	slotEmpty = iota
	slotFull
	slotBusy
)

// Get takes a value out of the pool, or makes one by New, or returns nil.
func (p *Pool) Get() any {
	if slots := p.local.Load(); slots != nil {
		id := procid()
		for i := 0; i < poolProbes; i++ {
			s := &slots[(id+i)%poolSlotCount]
			if atomic.CompareAndSwapUint32(&s.state, slotFull, slotBusy) {
				x := s.value
				s.value = nil
				atomic.StoreUint32(&s.state, slotEmpty)
				return x
			}
		}
		p.m.Lock()
		if n := len(p.shared); n > 0 {
			x := p.shared[n-1]
			p.shared[n-1] = nil
			p.shared = p.shared[:n-1]
			p.m.Unlock()
			return x
		}
		p.m.Unlock()
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}

// Put gives x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	slots := p.local.Load()
	if slots == nil {
		slots = new(poolSlots)
		if !p.local.CompareAndSwap(nil, slots) {
			slots = p.local.Load()
		}
	}
	id := procid()
	for i := 0; i < poolProbes; i++ {
		s := &slots[(id+i)%poolSlotCount]
		if atomic.CompareAndSwapUint32(&s.state, slotEmpty, slotBusy) {
			s.value = x
			atomic.StoreUint32(&s.state, slotFull)
			return
		}
	}
	p.m.Lock()
	if len(p.shared) < poolListMax {
		p.shared = append(p.shared, x)
	}
	p.m.Unlock()
}
