// SPDX-License-Identifier: BSD-3-Clause

// How many units can exist at once? They are created until something gives way, or the limit is reached; the last record
// counts, whatever ends the program.
package main

import (
	"time"

	"gotk"
)

var (
	limit = 1_000_000
	step  = 1000
)

func main() {
	forever := make(chan struct{})
	parked := make(chan struct{}, step)
	start := time.Now()
	for made := 0; made < limit; made += step {
		for range step {
			go func() {
				parked <- struct{}{}
				<-forever
			}()
		}
		for range step {
			<-parked
		}
		gotk.Record("units", made+step)
		if time.Since(start) > 20*time.Second {
			break
		}
	}
}
