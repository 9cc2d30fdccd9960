// SPDX-License-Identifier: BSD-3-Clause

// One goroutine selects among four channels, each with a producer. ns per value.
package main

import (
	"time"

	"gotk"
)

var n = 100_000 // values per producer

func main() {
	produce := func() <-chan int {
		ch := make(chan int)
		go func() {
			for i := range n {
				ch <- i
			}
		}()
		return ch
	}
	a, b, c, d := produce(), produce(), produce(), produce()
	sum := 0
	start := time.Now()
	for range 4 * n {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		case v := <-c:
			sum += v
		case v := <-d:
			sum += v
		}
	}
	elapsed := time.Since(start)
	if sum != 4*n*(n-1)/2 {
		panic("lost")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(4*n))
}
