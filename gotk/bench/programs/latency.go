// SPDX-License-Identifier: BSD-3-Clause

// How long a goroutine that is ready waits while two hogs for each proc compute: the 99.9th percentile, ns. A hog lets others run by being
// preempted only.
package main

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"gotk"
)

var (
	hogs     = 2 // for each proc
	watchers = 20
	samples  = 50
)

var sink [64]uint64

func hog(at *uint64) {
	x := uint64(88172645463325252)
	for {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		*at = x
	}
}

func main() {
	for i := range hogs * runtime.GOMAXPROCS(0) {
		go hog(&sink[i%len(sink)])
	}
	waits := make([]time.Duration, watchers*samples)
	var group sync.WaitGroup
	for w := range watchers {
		group.Go(func() {
			for i := range samples {
				const nap = 200 * time.Microsecond
				start := time.Now()
				time.Sleep(nap) // ready when that is over
				waits[w*samples+i] = time.Since(start) - nap
			}
		})
	}
	group.Wait()
	slices.Sort(waits)
	gotk.Record("ns", float64(waits[len(waits)*999/1000]))
}
