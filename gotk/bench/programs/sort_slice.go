// SPDX-License-Identifier: BSD-3-Clause

// Sorting: sort.Slice of structs by a float64, half a million elements in random order. ns in all.
package main

import (
	"sort"
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
	sort.Slice(a, func(i, j int) bool { return a[i].key < a[j].key })
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", a[n/3].key)
}
