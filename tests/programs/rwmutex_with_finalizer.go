// SPDX-License-Identifier: BSD-3-Clause

// What holds a RWMutex is found to be garbage and has its finalizer run, though the lock counts its readers by processor: the counters do not keep their lock alive.
//
//gotk:test skip=threads nothing is collected there
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type box struct {
	mu sync.RWMutex
	n  [10]int
}

func crowd(mu *sync.RWMutex) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 20_000 {
				mu.RLock()
				if i%64 == 0 {
					runtime.Gosched()
				}
				mu.RUnlock()
			}
		})
	}
	group.Wait()
}

func main() {
	ended := make(chan bool, 20)
	for range 20 {
		func() {
			b := &box{}
			crowd(&b.mu)
			runtime.SetFinalizer(b, func(*box) { ended <- true })
		}()
	}
	for i := 0; i < 50 && len(ended) < 15; i++ { // a few may have left their address on a stack
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("most have ended:", len(ended) >= 15)
}
