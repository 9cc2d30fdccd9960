// SPDX-License-Identifier: BSD-3-Clause

// How long runtime.GC takes while a hog for each proc computes and next to nothing is allocated, that is the time to stop goroutines wherever they
// are: the 99th percentile, ns.
package main

import (
	"runtime"
	"slices"
	"time"

	"gotk"
)

var collections = 1000

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
	for i := range runtime.GOMAXPROCS(0) {
		go hog(&sink[i%len(sink)])
	}
	took := make([]time.Duration, collections)
	for i := range took {
		if i%10 == 0 {
			time.Sleep(time.Millisecond) // others run meanwhile, and are where a preemption has left them
		}
		start := time.Now()
		runtime.GC()
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	gotk.Record("ns", float64(took[len(took)*99/100]))
	gotk.Record("median_ns", float64(took[len(took)/2]))
	gotk.Record("max_ns", float64(took[len(took)-1]))
}
