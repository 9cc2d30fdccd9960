// SPDX-License-Identifier: BSD-3-Clause

// A million goroutines parked on a thousand channels; then the channels are closed. ns per goroutine, from the first close to the last end.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gotk"
)

var (
	channels = 1000
	each     = 1000
)

func main() {
	var done sync.WaitGroup
	var started atomic.Int64
	done.Add(channels * each)
	wake := make([]chan bool, channels)
	for i := range wake {
		wake[i] = make(chan bool)
		for range each {
			go func() {
				started.Add(1)
				<-wake[i]
				done.Done()
			}()
		}
	}
	for started.Load() < int64(channels*each) {
		runtime.Gosched()
	}
	time.Sleep(10 * time.Millisecond) // the last ones park
	start := time.Now()
	for _, ch := range wake {
		close(ch)
	}
	done.Wait()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(channels*each))
}
