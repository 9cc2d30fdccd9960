// SPDX-License-Identifier: BSD-3-Clause

// A map with string keys: words counted, looked up by strings cut from a text. ns in all.
package main

import (
	"strconv"
	"strings"
	"time"

	"gotk"
)

var words, rounds = 40_000, 10

func main() {
	var text strings.Builder
	x := uint32(1)
	for range 4 * words {
		x = x*1664525 + 1013904223
		text.WriteString("w")
		text.WriteString(strconv.Itoa(int(x>>8) % words))
		text.WriteByte(' ')
	}
	fields := strings.Fields(text.String())
	start := time.Now()
	sum := 0
	for range rounds {
		count := map[string]int{}
		for _, w := range fields {
			count[w]++
		}
		for _, w := range fields {
			if count[w] == 1 {
				sum++
			}
		}
		sum += len(count)
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(sum))
}
