// SPDX-License-Identifier: BSD-3-Clause

// Product of two n by n matrices of float64, rows as slices, the middle loop over the shared index. ns in all.
package main

import (
	"time"

	"gotk"
)

var n = 600

func matrix(n int, seed float64) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = seed * float64(i-j) * float64(i+j)
		}
	}
	return m
}

func multiply(a, b [][]float64) [][]float64 {
	c := make([][]float64, len(a))
	for i := range c {
		row := make([]float64, len(b[0]))
		for k, x := range a[i] {
			other := b[k]
			for j := range row {
				row[j] += x * other[j]
			}
		}
		c[i] = row
	}
	return c
}

func main() {
	a, b := matrix(n, 1/float64(n*n)), matrix(n, 2/float64(n*n))
	start := time.Now()
	c := multiply(a, b)
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", c[n/2][n/3])
}
