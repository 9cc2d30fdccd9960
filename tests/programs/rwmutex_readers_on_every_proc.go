// SPDX-License-Identifier: BSD-3-Clause

// Readers that meet each other often, beside no writers, some, and many, with and without a change of procs while they read: a RWMutex
// counts such readers by processor, and ceases to where writers are frequent. No reader sees half of a write, and in the end nobody is inside.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type pair struct {
	mu   sync.RWMutex
	a, b int
}

func (p *pair) read(yield bool) {
	a := p.a
	if yield {
		runtime.Gosched()
	}
	if a != p.b {
		panic("half of a write")
	}
}

func (p *pair) write() {
	p.a++
	if p.a&3 == 0 {
		runtime.Gosched()
	}
	p.b++
}

func phase(p *pair, readers, reads, writers, writes int, pause time.Duration) (written int) {
	var group sync.WaitGroup
	var done atomic.Int64
	for r := range readers {
		group.Go(func() {
			for i := range reads {
				switch {
				case i%16 == 3:
					if p.mu.TryRLock() {
						p.read(i%64 == 3)
						p.mu.RUnlock()
					}
				case i%512 == r:
					l := p.mu.RLocker()
					l.Lock()
					p.read(true)
					l.Unlock()
				default:
					p.mu.RLock()
					p.read(false)
					p.mu.RUnlock()
				}
			}
		})
	}
	for range writers {
		group.Go(func() {
			for i := range writes {
				if i%4 != 3 || !p.mu.TryLock() {
					p.mu.Lock()
				}
				p.write()
				p.mu.Unlock()
				done.Add(1)
				if pause > 0 {
					time.Sleep(pause)
				}
			}
		})
	}
	group.Wait()
	return int(done.Load())
}

func main() {
	var p pair
	written := 0
	for round := range 3 {
		written += phase(&p, 8, 20_000, 0, 0, 0)
		written += phase(&p, 8, 20_000, 2, 20, time.Millisecond)
		written += phase(&p, 8, 5_000, 3, 300, 0)
		stop := make(chan bool)
		go func() {
			before := runtime.GOMAXPROCS(0)
			for i := 0; ; i++ {
				select {
				case <-stop:
					runtime.GOMAXPROCS(before)
					stop <- true
					return
				default:
					runtime.GOMAXPROCS(1 + i%4)
					time.Sleep(200 * time.Microsecond)
				}
			}
		}()
		written += phase(&p, 8, 20_000, 1, 50, 300*time.Microsecond)
		stop <- true
		<-stop
		if !p.mu.TryLock() {
			panic("somebody is inside")
		}
		if p.mu.TryRLock() {
			panic("a reader beside a writer")
		}
		p.mu.Unlock()
		fmt.Println(round, p.a == p.b, written == p.a, written)
	}
}
