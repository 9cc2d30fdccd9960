// SPDX-License-Identifier: BSD-3-Clause

// Goroutines that sleep for 1 ms each, all at once. ns per sleeper, from the first spawn to the last end.
package main

import (
	"sync"
	"time"

	"gotk"
)

var n = 100_000

func main() {
	round := func() time.Duration {
		var group sync.WaitGroup
		group.Add(n)
		start := time.Now()
		for range n {
			go func() {
				time.Sleep(time.Millisecond)
				group.Done()
			}()
		}
		group.Wait()
		return time.Since(start)
	}
	round()
	gotk.Record("ns", float64(round().Nanoseconds())/float64(n))
}
