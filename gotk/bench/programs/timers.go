// SPDX-License-Identifier: BSD-3-Clause

// Timers set for times between one and two hours, in no order, then all stopped. ns per timer.
package main

import (
	"time"

	"gotk"
)

var n = 100_000

func main() {
	timers := make([]*time.Timer, n)
	round := func() time.Duration {
		random := uint64(1)
		start := time.Now()
		for i := range timers {
			random = random*6364136223846793005 + 1442695040888963407
			timers[i] = time.NewTimer(time.Hour + time.Duration(random>>32)*time.Microsecond)
		}
		for _, t := range timers {
			if !t.Stop() {
				panic("has fired")
			}
		}
		return time.Since(start)
	}
	round()
	gotk.Record("ns", float64(round().Nanoseconds())/float64(n))
}
