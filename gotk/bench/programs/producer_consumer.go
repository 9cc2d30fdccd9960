// SPDX-License-Identifier: BSD-3-Clause

// One producer, one consumer, a channel with a buffer of 128. ns per value.
package main

import (
	"time"

	"gotk"
)

var n = 2_000_000

func main() {
	ch := make(chan int, 128)
	done := make(chan int)
	start := time.Now()
	go func() {
		for i := range n {
			ch <- i
		}
		close(ch)
	}()
	go func() {
		sum := 0
		for v := range ch {
			sum += v
		}
		done <- sum
	}()
	if <-done != n*(n-1)/2 {
		panic("lost")
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(n))
}
