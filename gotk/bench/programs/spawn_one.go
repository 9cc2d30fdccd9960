// SPDX-License-Identifier: BSD-3-Clause

// Spawn and wait, one at a time. ns per goroutine.
package main

import (
	"sync"
	"time"

	"gotk"
)

var n = 500_000

func main() {
	round := func(n int) {
		var group sync.WaitGroup
		for range n {
			group.Add(1)
			go func() { group.Done() }()
			group.Wait()
		}
	}
	round(n / 50)
	start := time.Now()
	round(n)
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(n))
}
