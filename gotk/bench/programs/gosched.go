// SPDX-License-Identifier: BSD-3-Clause

// runtime.Gosched among a few goroutines. ns per yield.
package main

import (
	"runtime"
	"sync"
	"time"

	"gotk"
)

var (
	goroutines = 4
	n          = 500_000
)

func main() {
	var group sync.WaitGroup
	start := time.Now()
	for range goroutines {
		group.Go(func() {
			for range n {
				runtime.Gosched()
			}
		})
	}
	group.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(goroutines*n))
}
