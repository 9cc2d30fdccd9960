// SPDX-License-Identifier: BSD-3-Clause

// What threads cost through the runtime `threads`: the other side of gotk/bench/c/pthreads.c. ns per operation.
package main

import (
	"sync"
	"time"

	"gotk"
)

var (
	what = 0 // the operation: the order of the list in main
	n    = 1000
)

func create() {
	count := 0
	for range n {
		var group sync.WaitGroup
		group.Add(1)
		go func() {
			count++
			group.Done()
		}()
		group.Wait()
	}
	if count != n {
		panic("lost")
	}
}

// With room for the value, as semaphores have: without, a sender would also wait for the receiver to come.
func handOver() {
	ping, pong := make(chan int, 1), make(chan int, 1)
	go func() {
		for range n {
			pong <- 1 + <-ping
		}
	}()
	for i := range n {
		ping <- i
		if <-pong != i+1 {
			panic("lost")
		}
	}
}

var (
	mutex   sync.Mutex
	counter int
)

func lockOften(times int) {
	for range times {
		mutex.Lock()
		counter++
		mutex.Unlock()
	}
}

func mutexFour() {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { lockOften(n / 4) })
	}
	group.Wait()
}

func condTurns() {
	cond := sync.NewCond(&mutex)
	turn := 0
	inTurns := func(me int) {
		mutex.Lock()
		for range n {
			for turn != me {
				cond.Wait()
			}
			turn = 1 - me
			cond.Signal()
		}
		mutex.Unlock()
	}
	var group sync.WaitGroup
	group.Go(func() { inTurns(1) })
	inTurns(0)
	group.Wait()
}

func sleeps() {
	for range n {
		time.Sleep(100 * time.Microsecond)
	}
}

func main() {
	list := []func(){create, handOver, func() { lockOften(n) }, mutexFour, condTurns, sleeps}
	start := time.Now()
	list[what]()
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(n))
}
