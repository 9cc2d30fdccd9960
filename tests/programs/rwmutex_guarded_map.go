// SPDX-License-Identifier: BSD-3-Clause
//
// Readers and writers on a map guarded by an RWMutex: a cache whose totals must add up.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	readers = 8
	writers = 4
	rounds  = 500
)

type cache struct {
	mu   sync.RWMutex
	data map[string]int
	hits atomic.Int64
}

func (c *cache) get(key string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.data[key]
	if ok {
		c.hits.Add(1)
	}
	return v, ok
}

func (c *cache) add(key string, n int) {
	c.mu.Lock()
	c.data[key] += n
	c.mu.Unlock()
}

func main() {
	c := &cache{data: map[string]int{}}
	keys := []string{"alpha", "beta", "gamma", "delta"}
	for _, k := range keys {
		c.add(k, 0)
	}
	var wg sync.WaitGroup
	var reads atomic.Int64
	for w := range writers {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for i := range rounds {
				c.add(keys[(w+i)%len(keys)], 1)
			}
		}(w)
	}
	for r := range readers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			last := make(map[string]int)
			for i := range rounds {
				k := keys[(r+i)%len(keys)]
				v, ok := c.get(k)
				if !ok || v < last[k] {
					panic(fmt.Sprint("a counter went backwards: ", k, " ", last[k], " ", v))
				}
				last[k] = v
				reads.Add(1)
			}
		}()
	}
	wg.Wait()
	sum := 0
	for _, k := range keys {
		v, _ := c.get(k)
		fmt.Println(k, v)
		sum += v
	}
	fmt.Println("sum", sum, "reads", reads.Load(), "hits", c.hits.Load())
}

// Output:
// alpha 500
// beta 500
// gamma 500
// delta 500
// sum 2000 reads 4000 hits 4004
