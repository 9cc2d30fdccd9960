// SPDX-License-Identifier: BSD-3-Clause

// What does it cost to create a unit of concurrency that does nothing, and to wait for it?
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	batches = 200
	batch   = 1000
)

func round(n int) {
	var group sync.WaitGroup
	group.Add(n)
	for range n {
		go group.Done()
	}
	group.Wait()
}

func main() {
	round(batch) // warm: stacks and control blocks are reused from here on
	start := time.Now()
	for range batches {
		round(batch)
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(batches*batch))
}
