// SPDX-License-Identifier: BSD-3-Clause

// Sorting: sort.Ints, half a million elements in random order. ns in all.
package main

import (
	"sort"
	"time"

	"gotk"
)

var n = 500_000

func main() {
	a := make([]int, n)
	x := uint32(1)
	for i := range a {
		x = x*1664525 + 1013904223
		a[i] = int(x >> 4)
	}
	start := time.Now()
	sort.Ints(a)
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(a[n/3]))
}
