// SPDX-License-Identifier: BSD-3-Clause

// Numeric loops by two goroutines of one proc that are switched by preemption only: a Mandelbrot picture and a matrix product. ns for both.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	size  = 512
	order = 384
)

func picture(counts []int32) {
	for at := range counts {
		cr, ci := 3*float64(at%size)/float64(size)-2, 3*float64(at/size)/float64(size)-1.5
		var zr, zi float64
		n := 0
		for ; n < 200 && zr*zr+zi*zi < 4; n++ {
			zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
		}
		counts[at] = int32(n)
	}
}

func multiply(c, a, b []float64) {
	for i := range order {
		row := c[i*order : (i+1)*order]
		for k := range order {
			x := a[i*order+k]
			for j, y := range b[k*order : (k+1)*order] {
				row[j] += x * y
			}
		}
	}
}

func main() {
	var group sync.WaitGroup
	start := time.Now()
	for range 2 {
		group.Go(func() {
			picture(make([]int32, size*size))
			a, b, c := make([]float64, order*order), make([]float64, order*order), make([]float64, order*order)
			for i := range a {
				a[i], b[i] = float64(i%7), float64(i%5)
			}
			for range 4 {
				multiply(c, a, b)
			}
		})
	}
	group.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
}
