// SPDX-License-Identifier: BSD-3-Clause

// Map churn: two goroutines, each with a map of pointers whose entries come and go, so that garbage has every age. ns in all.
package main

import (
	"sync"
	"time"

	"gotk"
)

var window, steps = 50_000, 1_000_000

type value struct {
	id   int
	data [4]int
	next *value
}

func churn(seed int) int {
	m := make(map[int]*value)
	sum := 0
	for i := range steps {
		v := &value{id: i, next: m[i-window/2]}
		v.data[i&3] = seed
		m[i] = v
		if old := m[i-window]; old != nil {
			sum += old.id + old.data[i&3]
			old.next = nil
			delete(m, i-window)
		}
	}
	return sum + len(m)
}

func main() {
	start := time.Now()
	var sums [2]int
	var wg sync.WaitGroup
	for w := range sums {
		wg.Go(func() { sums[w] = churn(w) })
	}
	wg.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(sums[0]+sums[1]))
}
