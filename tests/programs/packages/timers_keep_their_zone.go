// SPDX-License-Identifier: BSD-3-Clause

// A time that waits in a timer's channel names its zone, which nothing else may refer to any more.
package main

import (
	"fmt"
	"runtime"
	"time"
)

var waste [][]byte

func main() {
	const n = 200
	var timers [n]*time.Timer
	for i := range timers {
		time.Local = time.FixedZone(fmt.Sprint("zone", i), i*60)
		timers[i] = time.NewTimer(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	time.Local = time.UTC
	for range 3 {
		runtime.GC()
		for range 1000 {
			waste = append(waste, make([]byte, 100))
		}
		waste = nil
	}
	for i, t := range timers {
		at := <-t.C
		// Go takes the zone when the time is received, gotk that of the timer's making.
		name, offset := at.Zone()
		if utc := name == "UTC" && offset == 0; !utc && (name != fmt.Sprint("zone", i) || offset != i*60) {
			panic(fmt.Sprint(i, " ", name, " ", offset))
		}
	}
	fmt.Println("ok")
}
