// SPDX-License-Identifier: BSD-3-Clause

// Mandelbrot, size by size pixels, up to 100 iterations each. ns in all; check is the number of points inside.
package main

import (
	"time"

	"gotk"
)

var size = 1000

func inside(cr, ci float64) bool {
	var zr, zi, tr, ti float64
	for range 100 {
		zi = 2*zr*zi + ci
		zr = tr - ti + cr
		tr, ti = zr*zr, zi*zi
		if tr+ti > 4 {
			return false
		}
	}
	return true
}

func main() {
	start := time.Now()
	count := 0
	for y := range size {
		ci := 2*float64(y)/float64(size) - 1
		for x := range size {
			if inside(2*float64(x)/float64(size)-1.5, ci) {
				count++
			}
		}
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(count))
}
