// SPDX-License-Identifier: BSD-3-Clause
//
// Dining philosophers: forks are mutexes, taken in a global order so that nobody starves in a deadlock.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

var (
	seats = 5
	meals = 200
)

type fork struct {
	sync.Mutex
	number int
	used   int
}

type philosopher struct {
	name          string
	first, second *fork
	eaten         int
}

func (p *philosopher) dine(meals int) {
	for range meals {
		p.first.Lock()
		p.second.Lock()
		p.eaten++
		p.first.used++
		p.second.used++
		runtime.Gosched()
		p.second.Unlock()
		p.first.Unlock()
	}
}

func main() {
	forks := make([]*fork, seats)
	for i := range forks {
		forks[i] = &fork{number: i}
	}
	names := []string{"Aristotle", "Kant", "Spinoza", "Marx", "Russell"}
	table := make([]*philosopher, seats)
	for i := range table {
		left, right := forks[i], forks[(i+1)%seats]
		if left.number > right.number {
			left, right = right, left
		}
		table[i] = &philosopher{name: names[i%len(names)], first: left, second: right}
	}
	var wg sync.WaitGroup
	for _, p := range table {
		wg.Go(func() { p.dine(meals) })
	}
	wg.Wait()
	for _, p := range table {
		fmt.Printf("%-10s ate %d times\n", p.name, p.eaten)
	}
	for _, f := range forks {
		fmt.Printf("fork %d used %d times\n", f.number, f.used)
	}
}

// Output:
// Aristotle  ate 200 times
// Kant       ate 200 times
// Spinoza    ate 200 times
// Marx       ate 200 times
// Russell    ate 200 times
// fork 0 used 400 times
// fork 1 used 400 times
// fork 2 used 400 times
// fork 3 used 400 times
// fork 4 used 400 times
