// SPDX-License-Identifier: BSD-3-Clause

// Skynet: a million goroutines in a ten-ary tree. ns for the whole tree.
package main

import (
	"time"

	"gotk"
)

var leaves = 1_000_000

func node(out chan<- int, number, size int) {
	if size == 1 {
		out <- number
		return
	}
	sub := make(chan int)
	step := size / 10
	for i := range 10 {
		go node(sub, number+i*step, step)
	}
	sum := 0
	for range 10 {
		sum += <-sub
	}
	out <- sum
}

func main() {
	start := time.Now()
	out := make(chan int)
	go node(out, 0, leaves)
	if <-out != leaves*(leaves-1)/2 {
		panic("lost")
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
}
