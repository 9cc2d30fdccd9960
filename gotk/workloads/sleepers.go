// SPDX-License-Identifier: BSD-3-Clause

// How many operations per second finish that mostly wait, as requests to other machines do? Each unit sleeps again and
// again; the more can wait at once, the more get done.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	units  = 1000
	rounds = 20
	nap    = 5 * time.Millisecond
)

func main() {
	var group sync.WaitGroup
	start := time.Now()
	for range units {
		group.Go(func() {
			for range rounds {
				time.Sleep(nap)
			}
		})
	}
	group.Wait()
	gotk.Record("per_second", float64(units*rounds)/time.Since(start).Seconds())
}
