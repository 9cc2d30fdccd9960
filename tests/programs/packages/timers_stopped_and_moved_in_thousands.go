// SPDX-License-Identifier: BSD-3-Clause
//
// Timers that are stopped, moved forth and back to the same time, and left running: those that run fire once each, in order of their
// deadlines; the others never.
package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

func main() {
	const n = 5000
	var fired [n]atomic.Int32
	timers := make([]*time.Timer, n)
	random := uint64(1)
	for i := range timers {
		random = random*6364136223846793005 + 1442695040888963407
		timers[i] = time.AfterFunc(time.Hour+time.Duration(random>>40), func() { fired[i].Add(1) })
	}
	stopped, moved := 0, 0
	for i, t := range timers {
		switch i % 4 {
		case 0:
			if t.Stop() {
				stopped++
			}
			if t.Stop() {
				panic("stopped twice")
			}
		case 1: // there and back, several times
			for range 5 {
				t.Reset(2 * time.Hour)
				t.Reset(time.Hour)
			}
		case 2:
			if t.Reset(10 * time.Millisecond) {
				moved++
			}
		case 3: // stopped, then started again
			t.Stop()
			t.Reset(20 * time.Millisecond)
		}
	}
	tick := time.NewTicker(time.Millisecond)
	for range 5 {
		<-tick.C
	}
	tick.Reset(2 * time.Millisecond)
	<-tick.C
	tick.Stop()
	deadline := time.Now().Add(20 * time.Second)
	count := func(k int) (n int) {
		for i := k; i < len(fired); i += 4 {
			n += int(fired[i].Load())
		}
		return n
	}
	for (count(2) < n/4 || count(3) < n/4) && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	fmt.Println(stopped, moved, count(0), count(1), count(2), count(3))
	for i := 1; i < n; i += 4 {
		if !timers[i].Stop() {
			panic("not running any more")
		}
	}
	for i := range fired {
		if fired[i].Load() > 1 {
			panic("fired twice")
		}
	}
	// Output: 1250 1250 0 0 1250 1250
}
