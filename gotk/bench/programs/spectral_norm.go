// SPDX-License-Identifier: BSD-3-Clause

// Spectral norm of an infinite matrix, cut at n. ns in all; check is the norm.
package main

import (
	"math"
	"time"

	"gotk"
)

var n = 1100

func at(i, j int) float64 { return 1 / float64((i+j)*(i+j+1)/2+i+1) }

func times(v, u []float64) {
	for i := range v {
		sum := 0.0
		for j := range u {
			sum += at(i, j) * u[j]
		}
		v[i] = sum
	}
}

func timesTransposed(v, u []float64) {
	for i := range v {
		sum := 0.0
		for j := range u {
			sum += at(j, i) * u[j]
		}
		v[i] = sum
	}
}

func main() {
	start := time.Now()
	u, v, t := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for range 10 {
		times(t, u)
		timesTransposed(v, t)
		times(t, v)
		timesTransposed(u, t)
	}
	var vBv, vv float64
	for i, x := range v {
		vBv += u[i] * x
		vv += x * x
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", math.Sqrt(vBv/vv))
}
