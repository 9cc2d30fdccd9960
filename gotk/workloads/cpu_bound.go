// SPDX-License-Identifier: BSD-3-Clause

// How much work per second do CPU-bound units get done? A fixed number of pieces is taken from a channel by as many
// workers as there are procs; a piece counts the steps of the Collatz sequence of a range of numbers.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	workers = 1
	pieces  = 256
	size    = 2000
)

func collatz(n uint64) int {
	steps := 0
	for n != 1 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		steps++
	}
	return steps
}

func main() {
	work := make(chan int)
	sums := make(chan int, workers)
	var group sync.WaitGroup
	start := time.Now()
	for range workers {
		group.Go(func() {
			sum := 0
			for piece := range work {
				for i := range size {
					sum += collatz(uint64(piece*size + i + 1))
				}
			}
			sums <- sum
		})
	}
	for piece := range pieces {
		work <- piece
	}
	close(work)
	group.Wait()
	elapsed := time.Since(start)
	total := 0
	for range workers {
		total += <-sums
	}
	gotk.Record("per_second", float64(total)/elapsed.Seconds())
}
