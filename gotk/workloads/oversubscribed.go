// SPDX-License-Identifier: BSD-3-Clause

// What happens when far more units are ready to compute than there are CPUs? Busy workers share a mutex-guarded table, so
// a worker that loses its CPU inside the lock makes the others wait.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	workers = 2
	pieces  = 200_000
)

func spin(n uint64) uint64 {
	x := n | 1
	for range 500 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

func main() {
	var (
		mu    sync.Mutex
		next  int
		table = make(map[uint64]int)
		group sync.WaitGroup
	)
	start := time.Now()
	for range workers {
		group.Go(func() {
			for {
				mu.Lock()
				piece := next
				next++
				mu.Unlock()
				if piece >= pieces {
					return
				}
				x := spin(uint64(piece))
				mu.Lock()
				table[x%1024]++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	sum := 0
	for _, count := range table {
		sum += count
	}
	if sum != pieces {
		panic("a piece was lost")
	}
	gotk.Record("per_second", float64(pieces)/elapsed.Seconds())
}
