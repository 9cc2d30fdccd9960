// SPDX-License-Identifier: BSD-3-Clause

// Spawn and wait: batches of goroutines that end at once, joined by a WaitGroup. ns per goroutine.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	batches = 1000
	batch   = 1000
)

func main() {
	round := func() {
		var group sync.WaitGroup
		group.Add(batch)
		for range batch {
			go func() { group.Done() }()
		}
		group.Wait()
	}
	for range 10 {
		round()
	}
	start := time.Now()
	for range batches {
		round()
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(batches*batch))
}
