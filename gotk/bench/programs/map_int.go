// SPDX-License-Identifier: BSD-3-Clause

// A map with int keys: inserts, look-ups that hit and that miss, deletes. ns in all.
package main

import (
	"time"

	"gotk"
)

var keys, rounds = 200_000, 5

func main() {
	start := time.Now()
	sum := 0
	for range rounds {
		m := make(map[int]int)
		for i := range keys {
			m[i*7919] += i
		}
		for i := range 4 * keys {
			if v, ok := m[i*7919%(2*keys*7919)]; ok {
				sum += v
			}
		}
		for i := range keys / 2 {
			delete(m, i*2*7919)
		}
		sum += len(m)
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(sum))
}
