// SPDX-License-Identifier: BSD-3-Clause

// Sorting: slices.Sort of strings, half a million elements in random order. ns in all.
package main

import (
	"slices"
	"strconv"
	"time"

	"gotk"
)

var n = 500_000

func main() {
	a := make([]string, n)
	x := uint32(1)
	for i := range a {
		x = x*1664525 + 1013904223
		a[i] = strconv.Itoa(int(x))
	}
	start := time.Now()
	slices.Sort(a)
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	v, _ := strconv.Atoi(a[n/3])
	gotk.Record("check", float64(v))
}
