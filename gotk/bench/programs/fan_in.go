// SPDX-License-Identifier: BSD-3-Clause

// A hundred producers, one consumer, an unbuffered channel. ns per value.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	producers = 100
	n         = 10_000 // values per producer
)

func main() {
	ch := make(chan int)
	var group sync.WaitGroup
	start := time.Now()
	for range producers {
		group.Go(func() {
			for i := range n {
				ch <- i
			}
		})
	}
	go func() {
		group.Wait()
		close(ch)
	}()
	sum := 0
	for v := range ch {
		sum += v
	}
	if sum != producers*(n*(n-1)/2) {
		panic("lost")
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(producers*n))
}
