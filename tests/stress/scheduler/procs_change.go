// SPDX-License-Identifier: BSD-3-Clause

// GOMAXPROCS is set ten thousand times while goroutines pass values, lock, sleep and compute; all the work gets done.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var changes = 10_000

func main() {
	var stop atomic.Bool
	var group sync.WaitGroup
	var sent, received, locked, slept atomic.Int64
	var mu sync.Mutex
	ch, buffered := make(chan int), make(chan int, 16)
	for i := range 4 {
		group.Go(func() {
			for !stop.Load() {
				mu.Lock()
				locked.Add(1)
				mu.Unlock()
				runtime.Gosched()
			}
		})
		group.Go(func() {
			for !stop.Load() {
				time.Sleep(time.Duration(i+1) * 50 * time.Microsecond)
				slept.Add(1)
			}
		})
		group.Go(func() {
			for k := 0; !stop.Load(); k++ {
				if i%2 == 0 {
					ch <- k
				} else {
					buffered <- k
				}
				sent.Add(1)
			}
		})
	}
	quit, gone := make(chan bool), make(chan bool)
	go func() {
		for {
			select {
			case <-ch:
			case <-buffered:
			case <-quit:
				close(gone)
				return
			}
			received.Add(1)
		}
	}()
	random := uint64(1)
	for range changes {
		random = random*6364136223846793005 + 1442695040888963407
		n := int(random>>60)%8 + 1
		runtime.GOMAXPROCS(n)
		if got := runtime.GOMAXPROCS(0); got != n {
			panic(fmt.Sprint("GOMAXPROCS is ", got, ", not ", n))
		}
	}
	stop.Store(true)
	group.Wait()
	for len(buffered) > 0 {
		runtime.Gosched()
	}
	close(quit)
	<-gone
	if sent.Load() != received.Load() || locked.Load() == 0 || slept.Load() == 0 {
		panic(fmt.Sprint("sent ", sent.Load(), ", received ", received.Load(), ", locked ", locked.Load(), ", slept ", slept.Load()))
	}
	fmt.Println("ok")
}
