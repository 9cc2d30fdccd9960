// SPDX-License-Identifier: BSD-3-Clause

// Unbuffered ping-pong between two goroutines. ns per round trip.
package main

import (
	"time"

	"gotk"
)

var n = 300_000

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
		close(pong)
	}()
	trip := func(n int) {
		for i := range n {
			ping <- i
			if <-pong != i {
				panic("lost")
			}
		}
	}
	trip(1000)
	start := time.Now()
	trip(n)
	elapsed := time.Since(start)
	close(ping)
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(n))
}
