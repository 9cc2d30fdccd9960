// SPDX-License-Identifier: BSD-3-Clause
//
// A reusable barrier built from sync.Cond: no goroutine begins a phase before all have ended the one before.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	parties = 6
	phases  = 50
)

type barrier struct {
	mu         sync.Mutex
	cond       *sync.Cond
	size       int
	waiting    int
	generation int
}

func newBarrier(size int) *barrier {
	b := &barrier{size: size}
	b.cond = sync.NewCond(&b.mu)
	return b
}

// await blocks until all parties have called it, and reports whether the caller was the last.
func (b *barrier) await() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	generation := b.generation
	if b.waiting++; b.waiting == b.size {
		b.waiting = 0
		b.generation++
		b.cond.Broadcast()
		return true
	}
	for generation == b.generation {
		b.cond.Wait()
	}
	return false
}

func main() {
	b := newBarrier(parties)
	var inPhase [100]atomic.Int32
	var last, early atomic.Int32
	var wg sync.WaitGroup
	for range parties {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for phase := range phases {
				if phase > 0 && inPhase[phase-1].Load() != int32(parties) {
					early.Add(1)
				}
				inPhase[phase].Add(1)
				if b.await() {
					last.Add(1)
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("phases", last.Load(), "early", early.Load(), "generation", b.generation)
}

// Output:
// phases 50 early 0 generation 50
