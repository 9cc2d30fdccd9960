// SPDX-License-Identifier: BSD-3-Clause

// What does it cost to go from one unit to another on the same CPU? Two units yield to each other; run it on one proc and
// one CPU.
package main

import (
	"runtime"
	"sync"
	"time"

	"gotk"
)

var yields = 1_000_000

func main() {
	var group sync.WaitGroup
	start := make(chan struct{})
	for range 2 {
		group.Go(func() {
			<-start
			for range yields {
				runtime.Gosched()
			}
		})
	}
	began := time.Now()
	close(start)
	group.Wait()
	gotk.Record("ns", float64(time.Since(began).Nanoseconds())/float64(2*yields))
}
