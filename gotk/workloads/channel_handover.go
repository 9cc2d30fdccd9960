// SPDX-License-Identifier: BSD-3-Clause

// What does it cost to hand a value to a waiting unit and to be woken? Half of an unbuffered round trip.
package main

import (
	"time"

	"gotk"
)

var roundTrips = 200_000

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	v := 0
	for range 100 { // warm
		ping <- v
		v = <-pong
	}
	start := time.Now()
	for range roundTrips {
		ping <- v
		v = <-pong
	}
	elapsed := time.Since(start)
	close(ping)
	if v != roundTrips+100 {
		panic("a value was lost")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(2*roundTrips))
}
