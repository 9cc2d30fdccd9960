// SPDX-License-Identifier: BSD-3-Clause

// Sorting: slices.SortFunc of structs with cmp.Compare, half a million elements in random order. ns in all.
package main

import (
	"cmp"
	"slices"
	"time"

	"gotk"
)

var n = 500_000

type item struct {
	key float64
	id  int
}

func main() {
	a := make([]item, n)
	x := uint32(1)
	for i := range a {
		x = x*1664525 + 1013904223
		a[i] = item{float64(x >> 8), int(x)}
	}
	start := time.Now()
	slices.SortFunc(a, func(p, q item) int { return cmp.Compare(p.key, q.key) })
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", a[n/3].key)
}
