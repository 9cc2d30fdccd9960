// SPDX-License-Identifier: BSD-3-Clause

// Eight goroutines that add to one atomic counter. ns per addition.
package main

import (
	"sync"
	"sync/atomic"
	"time"

	"gotk"
)

var (
	users = 8
	n     = 16_000_000 // in all
)

func main() {
	var counter atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for range users {
		group.Go(func() {
			for range n / users {
				counter.Add(1)
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	if counter.Load() != int64(n/users*users) {
		panic("lost")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(n))
}
