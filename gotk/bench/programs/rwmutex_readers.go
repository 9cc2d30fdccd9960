// SPDX-License-Identifier: BSD-3-Clause

// Eight goroutines that read under a RWMutex. ns per RLock, read and RUnlock.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	readers = 8
	n       = 8_000_000 // in all
)

func main() {
	var mu sync.RWMutex
	var group sync.WaitGroup
	value := 1
	sums := make([]int, readers*16)
	start := time.Now()
	for i := range readers {
		group.Go(func() {
			sum := 0
			for range n / readers {
				mu.RLock()
				sum += value
				mu.RUnlock()
			}
			sums[i*16] = sum
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	for i := range readers {
		if sums[i*16] != n/readers {
			panic("wrong sum")
		}
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(n))
}
