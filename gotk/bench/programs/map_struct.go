// SPDX-License-Identifier: BSD-3-Clause

// A map with struct keys: the game of life on an unbounded plane, cells in a set. ns in all.
package main

import (
	"time"

	"gotk"
)

var generations = 60

type cell struct{ x, y int32 }

func step(alive map[cell]bool) map[cell]bool {
	near := make(map[cell]int)
	for c := range alive {
		for dx := int32(-1); dx <= 1; dx++ {
			for dy := int32(-1); dy <= 1; dy++ {
				if dx != 0 || dy != 0 {
					near[cell{c.x + dx, c.y + dy}]++
				}
			}
		}
	}
	next := make(map[cell]bool)
	for c, n := range near {
		if n == 3 || n == 2 && alive[c] {
			next[c] = true
		}
	}
	return next
}

func main() {
	alive := make(map[cell]bool)
	x := uint32(7)
	for range 6000 {
		x = x*1664525 + 1013904223
		alive[cell{int32(x>>24) - 128, int32(x>>16&127) - 64}] = true
	}
	start := time.Now()
	for range generations {
		alive = step(alive)
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(len(alive)))
}
