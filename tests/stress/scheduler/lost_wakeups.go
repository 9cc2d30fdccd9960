// SPDX-License-Identifier: BSD-3-Clause

// A watchdog over goroutines that wake each other after pauses of all lengths, so that procs fall asleep in between: whoever does not go on
// within seconds after having been woken has lost its wake-up. Ways to be woken: a channel, a select, a mutex, a condition, a WaitGroup, a
// timer, a spawn.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var (
	pairs   = 12
	seconds = 2
	limit   = 5 // seconds
)

type rng uint64

func (r *rng) next(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r)>>33) % n
}

// pause does nothing, yields, computes, or sleeps: from nanoseconds to longer than a proc looks for work.
func (r *rng) pause() {
	switch r.next(6) {
	case 0:
		runtime.Gosched()
	case 1:
		for end := time.Now().Add(time.Duration(r.next(60)) * time.Microsecond); time.Now().Before(end); {
		}
	case 2:
		time.Sleep(time.Duration(r.next(300)) * time.Microsecond)
	}
}

var (
	stop atomic.Bool
	last [64]atomic.Int64 // of each waiter: when it last went on
	name [64]string
)

func main() {
	var group sync.WaitGroup
	seen := 0
	watch := func(what string, step func(r *rng)) {
		at := seen
		seen++
		name[at] = what
		last[at].Store(time.Now().UnixNano())
		group.Go(func() {
			r := rng(at*977 + 1)
			for !stop.Load() {
				step(&r)
				last[at].Store(time.Now().UnixNano())
			}
			last[at].Store(0)
		})
	}
	for i := range pairs {
		ch, back := make(chan int), make(chan int, i%3)
		go func() {
			r := rng(i + 1)
			for v := range ch {
				r.pause()
				back <- v
			}
			close(back)
		}()
		watch("channel", func(r *rng) {
			ch <- 1
			r.pause()
			if r.next(2) == 0 {
				<-back
				return
			}
			select {
			case <-back:
			case <-time.After(time.Minute):
				panic("a minute has passed")
			}
		})
	}
	var mu sync.Mutex
	cond, turn := sync.NewCond(&mu), 0
	for i := range 3 {
		watch("condition", func(r *rng) {
			r.pause()
			mu.Lock()
			for turn%3 != i && !stop.Load() {
				cond.Wait()
			}
			turn++
			mu.Unlock()
			cond.Broadcast()
		})
	}
	for range 3 {
		watch("spawn", func(r *rng) {
			var children sync.WaitGroup
			for range 1 + r.next(4) {
				child := rng(r.next(1 << 30))
				children.Go(func() { child.pause() })
			}
			r.pause()
			children.Wait()
		})
		watch("timer", func(r *rng) {
			done := make(chan bool)
			time.AfterFunc(time.Duration(r.next(400))*time.Microsecond, func() { close(done) })
			<-done
		})
	}
	for end := time.Now().Add(time.Duration(seconds) * time.Second); time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		for i := range seen {
			if t := last[i].Load(); t != 0 && time.Now().UnixNano()-t > int64(limit)*1e9 {
				fmt.Printf("a lost wake-up: %s %d has not gone on for %d s\n", name[i], i, limit)
				os.Exit(1)
			}
		}
	}
	stop.Store(true)
	cond.Broadcast()
	group.Wait()
	fmt.Println("ok")
}
