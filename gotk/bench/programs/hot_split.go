// SPDX-License-Identifier: BSD-3-Clause

// A hot loop that calls a function at every stack depth up to a few kilobytes. Its time at the worst depth over the time at a usual one:
// with segmented stacks, some depth is at a segment's edge.
package main

import (
	"slices"
	"time"

	"gotk"
)

var (
	depth = 200
	calls = 20_000
)

//go:noinline
func leaf(p *[16]int, i int) int {
	var local [16]int
	local[i&15] = i
	p[i&15] += local[(i+1)&15]
	return p[i&15] + touch(&local)
}

//go:noinline
func touch(p *[16]int) int { return p[3] }

//go:noinline
func down(d int, at *[16]int) time.Duration {
	if d > 0 {
		return down(d-1, at)
	}
	best := time.Hour
	for range 3 {
		start := time.Now()
		for i := range calls {
			leaf(at, i)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func main() {
	result := make(chan []time.Duration)
	go func() {
		var at [16]int
		var times []time.Duration
		for d := range depth {
			times = append(times, down(d, &at))
		}
		result <- times
	}()
	times := <-result
	slices.Sort(times)
	gotk.Record("ratio", float64(times[len(times)-1])/float64(times[len(times)/2]))
}
