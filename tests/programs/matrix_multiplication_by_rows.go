// SPDX-License-Identifier: BSD-3-Clause
//
// Matrix multiplication, one goroutine per row of the result.
package main

import "fmt"

var n = 120

type matrix [][]float64

func newMatrix(n int, at func(i, j int) float64) matrix {
	m := make(matrix, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = at(i, j)
		}
	}
	return m
}

func (a matrix) times(b matrix) matrix {
	n := len(a)
	c := make(matrix, n)
	done := make(chan int, n)
	for i := 0; i < n; i++ {
		go func() {
			row := make([]float64, n)
			for k, x := range a[i] {
				for j, y := range b[k] {
					row[j] += x * y
				}
			}
			c[i] = row
			done <- i
		}()
	}
	for range n {
		<-done
	}
	return c
}

func (a matrix) trace() (t float64) {
	for i := range a {
		t += a[i][i]
	}
	return t
}

func main() {
	a := newMatrix(n, func(i, j int) float64 { return float64(i+j) / float64(n) })
	identity := newMatrix(n, func(i, j int) float64 {
		if i == j {
			return 1
		}
		return 0
	})
	b := a.times(identity)
	same := true
	for i := range a {
		for j := range a[i] {
			same = same && a[i][j] == b[i][j]
		}
	}
	c := a.times(a)
	fmt.Println("times identity is the same:", same)
	fmt.Printf("%.6f %.6f %.3e\n", c[0][0], c[n-1][n-1], c.trace())
}

// Output:
// times identity is the same: true
// 39.501389 275.518056 1.656e+04
