// SPDX-License-Identifier: BSD-3-Clause

// String churn: two goroutines make short strings without end; some live on in a ring of the latest. ns in all.
package main

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"gotk"
)

var keep, steps = 100_000, 2_000_000

func churn(seed int) int {
	ring := make([]string, keep)
	total := 0
	for i := range steps {
		s := "item-" + strconv.Itoa(i*seed) + "/" + strconv.Itoa(i%97)
		if i%8 == 0 {
			s = strings.ToUpper(s)
		}
		at := i % keep
		total += len(ring[at]) + len(s)
		ring[at] = s
	}
	return total
}

func main() {
	start := time.Now()
	var totals [2]int
	var wg sync.WaitGroup
	for w := range totals {
		wg.Go(func() { totals[w] = churn(w + 1) })
	}
	wg.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(totals[0]+totals[1]))
}
