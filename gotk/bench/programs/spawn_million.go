// SPDX-License-Identifier: BSD-3-Clause

// A million goroutines that end at once, made in one go and joined by a WaitGroup; cold: the first of the process. ns per goroutine.
package main

import (
	"sync"
	"time"

	"gotk"
)

var n = 1_000_000

func main() {
	var group sync.WaitGroup
	group.Add(n)
	start := time.Now()
	for range n {
		go func() { group.Done() }()
	}
	group.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(n))
}
