// SPDX-License-Identifier: BSD-3-Clause
//
// Mutexes, RWMutexes and atomics count exactly while GOMAXPROCS goes up and down between 1 and 4, and nobody waits for ever.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var (
	users  = 8
	rounds = 20_000
)

type node struct{ next *node }

func main() {
	var (
		mu, tried             sync.Mutex
		rw                    sync.RWMutex
		byMutex, byTry, byRW  int
		pair                  [2]int
		added, swapped, torn  atomic.Int64
		narrow                atomic.Uint32
		head                  atomic.Pointer[node]
		beats, burst          atomic.Int64
		workers, changer      sync.WaitGroup
		done                  atomic.Bool
	)
	changer.Go(func() {
		for n := 0; !done.Load(); n++ {
			runtime.GOMAXPROCS(1 + n%4)
			for range n % 8 * 20_000 { // some changes follow at once, between others there is time to contend
				beats.Add(1)
			}
		}
	})
	for u := range users {
		workers.Go(func() {
			for i := range rounds {
				mu.Lock()
				byMutex++
				mu.Unlock()
				for range 30 {
					burst.Add(1)
				}
				added.Add(3)
				narrow.Add(1)
				for {
					old := swapped.Load()
					if swapped.CompareAndSwap(old, old+1) {
						break
					}
				}
				if i%16 == u {
					rw.Lock()
					byRW++
					pair[0]++
					pair[1]++
					rw.Unlock()
				} else {
					rw.RLock()
					if pair[0] != pair[1] {
						torn.Add(1)
					}
					rw.RUnlock()
				}
				if tried.TryLock() {
					byTry++
				} else {
					tried.Lock()
					byTry++
				}
				tried.Unlock()
				if i%64 == 0 {
					for n := (&node{}); ; {
						n.next = head.Load()
						if head.CompareAndSwap(n.next, n) {
							break
						}
					}
				}
			}
		})
	}
	workers.Wait()
	done.Store(true)
	changer.Wait()
	nodes := 0
	for n := head.Load(); n != nil; n = n.next {
		nodes++
	}
	all := users * rounds
	fmt.Println(byMutex == all, byTry == all, added.Load() == int64(3*all), narrow.Load() == uint32(all), burst.Load() == int64(30*all), swapped.Load() == int64(all))
	fmt.Println(byRW == users*(rounds/16), pair[0] == byRW, torn.Load(), nodes == users*((rounds+63)/64))
}

// Output:
// true true true true true true
// true true 0 true
