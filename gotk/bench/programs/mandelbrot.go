// SPDX-License-Identifier: BSD-3-Clause

// The Mandelbrot set, a goroutine per row. ns for the picture.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	size  = 1024
	limit = 200
)

func row(counts []int32, y int) {
	for x := range counts {
		cr, ci := 3*float64(x)/float64(size)-2, 3*float64(y)/float64(size)-1.5
		var zr, zi float64
		n := 0
		for ; n < limit && zr*zr+zi*zi < 4; n++ {
			zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
		}
		counts[x] = int32(n)
	}
}

func main() {
	picture := make([]int32, size*size)
	render := func() time.Duration {
		var group sync.WaitGroup
		start := time.Now()
		for y := range size {
			group.Go(func() { row(picture[y*size:(y+1)*size], y) })
		}
		group.Wait()
		return time.Since(start)
	}
	render()
	elapsed := render()
	if picture[size/2*size+size/2] != int32(limit) {
		panic("a point of the set is not in it")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds()))
}
