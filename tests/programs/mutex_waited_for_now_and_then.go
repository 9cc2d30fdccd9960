// SPDX-License-Identifier: BSD-3-Clause
//
// A mutex that one goroutine takes thousands of times alone, and then another waits for while it is unlocked for the last time in a round: nobody
// would come again to wake who was missed. (Ours spares unlocks their barrier as long as nobody waits, so the first to wait makes up for it.)
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var (
	rounds = 1000
	alone  = 2500
)

func await(word *atomic.Int64, n int64) {
	for tries := 1; word.Load() < n; tries++ {
		if tries%100 == 0 {
			runtime.Gosched()
		}
	}
}

func main() {
	var mu sync.Mutex
	var begun, ended atomic.Int64
	var group sync.WaitGroup
	count := 0
	group.Go(func() {
		for r := range rounds {
			for range alone {
				mu.Lock()
				count++
				mu.Unlock()
			}
			mu.Lock()
			begun.Store(int64(r + 1))
			for range r % 100 * 40 { // until about when the other one stops spinning and waits
				count++
				count--
				begun.Load()
			}
			mu.Unlock()
			await(&ended, int64(r+1))
		}
	})
	group.Go(func() {
		for r := range rounds {
			await(&begun, int64(r+1))
			mu.Lock()
			count++
			mu.Unlock()
			ended.Store(int64(r + 1))
		}
	})
	group.Wait()
	fmt.Println(count == rounds*(alone+1))
}

// Output:
// true
