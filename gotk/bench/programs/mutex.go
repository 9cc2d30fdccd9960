// SPDX-License-Identifier: BSD-3-Clause

// A mutex around a counter, by some goroutines. ns per Lock, increment and Unlock.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	users = 1
	n     = 8_000_000 // in all
)

func main() {
	var mu sync.Mutex
	var group sync.WaitGroup
	counter := 0
	start := time.Now()
	for range users {
		group.Go(func() {
			for range n / users {
				mu.Lock()
				counter++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	if counter != n/users*users {
		panic("lost")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(n))
}
