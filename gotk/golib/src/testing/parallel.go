// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// PB deals out iterations to a goroutine of RunParallel.
type PB struct {
	taken *atomic.Uint64 // of all goroutines
	grain uint64         // iterations taken at once
	left  uint64
	n     uint64 // of all
}

// Next reports whether there is another iteration.
func (pb *PB) Next() bool {
	if pb.left == 0 {
		end := pb.taken.Add(pb.grain)
		switch {
		case end <= pb.n:
			pb.left = pb.grain
		case end < pb.n+pb.grain:
			pb.left = pb.n + pb.grain - end
		default:
			return false
		}
	}
	pb.left--
	return true
}

// SetParallelism makes RunParallel use p*GOMAXPROCS goroutines.
func (b *B) SetParallelism(p int) {
	if p >= 1 {
		b.parallelism = p
	}
}

// RunParallel runs body in several goroutines, which share the iterations through Next.
func (b *B) RunParallel(body func(*PB)) {
	if b.N == 0 {
		return
	}
	// About 100 µs of work at once: dealing out should cost nothing, and the goroutines end together.
	grain := uint64(0)
	if b.previousN > 0 && b.previousT > 0 {
		grain = 1e5 * uint64(b.previousN) / uint64(b.previousT)
	}
	grain = min(max(grain, 1), 1e4)
	var taken atomic.Uint64
	var wg sync.WaitGroup
	for range b.parallelism * runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			body(&PB{taken: &taken, grain: grain, n: uint64(b.N)})
		}()
	}
	wg.Wait()
	if taken.Load() <= uint64(b.N) && !b.Failed() {
		b.Fatal("RunParallel: body exited without pb.Next() == false")
	}
}
