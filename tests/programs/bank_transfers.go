// SPDX-License-Identifier: BSD-3-Clause
//
// Bank transfers, guarded once by mutexes taken in order and once by compare-and-swap: money is neither made nor lost.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	accounts  = 10
	tellers   = 8
	transfers = 1000
	opening   = 1000
)

type account struct {
	id      int
	mu      sync.Mutex
	balance int
}

func transfer(from, to *account, amount int) bool {
	a, b := from, to
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// next is a small linear congruential generator, so that every teller has a sequence of its own.
func next(state *uint32) int {
	*state = *state*1664525 + 1013904223
	return int(*state >> 8)
}

func main() {
	bank := make([]*account, accounts)
	atomics := make([]atomic.Int64, accounts)
	for i := range bank {
		bank[i] = &account{id: i, balance: opening}
		atomics[i].Store(int64(opening))
	}
	var refused, done int64
	var wg sync.WaitGroup
	for t := range tellers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			state := uint32(t + 1)
			for range transfers {
				i, j := next(&state)%accounts, next(&state)%accounts
				amount := next(&state) % 300
				if i == j {
					continue
				}
				if transfer(bank[i], bank[j], amount) {
					atomic.AddInt64(&done, 1)
				} else {
					atomic.AddInt64(&refused, 1)
				}
				for {
					have := atomics[i].Load()
					if have < int64(amount) {
						break
					}
					if atomics[i].CompareAndSwap(have, have-int64(amount)) {
						atomics[j].Add(int64(amount))
						break
					}
				}
			}
		}()
	}
	wg.Wait()
	total, atomicTotal, negative := 0, int64(0), false
	for i := range bank {
		total += bank[i].balance
		atomicTotal += atomics[i].Load()
		negative = negative || bank[i].balance < 0 || atomics[i].Load() < 0
	}
	fmt.Println("mutex total", total, "atomic total", atomicTotal, "negative", negative)
	fmt.Println("every transfer answered:", done+refused > 0 && done+refused <= int64(tellers*transfers))
}

// Output:
// mutex total 10000 atomic total 10000 negative false
// every transfer answered: true
