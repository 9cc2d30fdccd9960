// SPDX-License-Identifier: BSD-3-Clause

// A hot loop that calls a function at every stack depth up to some kilobytes. Its time at the worst depth over the time at a usual one:
// with segmented stacks, some depth is at a segment's edge. The function uses no memory of its own: the time of loads and stores depends on
// their addresses (cache lines, multiples of 4096), so that some depths take up to three times as long, in Go as well.
package main

import (
	"slices"
	"time"

	"gotk"
)

var state uint64 = 1

var (
	depth = 200
	calls = 5_000
)

// The final mixing of MurmurHash3 (Austin Appleby, public domain), in two functions: small ones, but such as do something.
//
//go:noinline
func hash(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return mix(x^x>>33) + 1
}

//go:noinline
func mix(x uint64) uint64 {
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

//go:noinline
func down(d int) time.Duration {
	if d > 0 {
		return down(d-1)
	}
	best := time.Hour
	for range 20 {
		start := time.Now()
		for range calls {
			state = hash(state)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func main() {
	result := make(chan []time.Duration)
	go func() {
		var times []time.Duration
		for d := range depth {
			times = append(times, down(d))
		}
		result <- times
	}()
	times := <-result
	slices.Sort(times)
	gotk.Record("ratio", float64(times[len(times)-1])/float64(times[len(times)/2]))
}
