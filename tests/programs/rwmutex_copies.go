// SPDX-License-Identifier: BSD-3-Clause

// Copies of a RWMutex whose readers met each other often, so that it counts them by processor: values that are assigned, methods with value receivers, a slice that grows.
// Nobody should copy a lock that was used, yet programs do so unnoticed, and a copy of an unlocked lock is an unlocked lock of its own.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type box struct {
	mu sync.RWMutex
	n  int
}

func (b box) get() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.n
}

func (b box) getAlone() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
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

// write has readers that wait for a writer, so that some are counted in one place, some in another.
func write(b *box) {
	for range 3 {
		time.Sleep(time.Millisecond)
		b.mu.Lock()
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() { b.mu.RLock(); b.mu.RUnlock() })
		}
		time.Sleep(time.Millisecond)
		b.n++
		b.mu.Unlock()
		group.Wait()
	}
}

func use(name string, b *box) {
	b.mu.RLock()
	b.mu.RLock()
	fmt.Print(name, ": two readers; a writer ", b.mu.TryLock(), ", a third ", b.mu.TryRLock())
	b.mu.RUnlock()
	b.mu.RUnlock()
	b.mu.RUnlock()
	b.mu.Lock()
	fmt.Print("; a writer; another ", b.mu.TryLock(), ", a reader ", b.mu.TryRLock())
	b.n++
	b.mu.Unlock()
	fmt.Println("; free", b.mu.TryLock())
	b.mu.Unlock()
}

func main() {
	for _, crowdAgain := range []bool{false, true} {
		var b box
		crowd(&b.mu)
		write(&b)
		c := b
		if crowdAgain {
			crowd(&c.mu)
		}
		use("copy", &c)
		use("original", &b)

		d := b
		d.mu.RLock() // of another lock
		b.mu.Lock()
		fmt.Println("reader of a copy, writer of the original")
		b.mu.Unlock()
		d.mu.RUnlock()
		d.mu.Lock()
		b.mu.RLock()
		fmt.Println("writer of a copy, reader of the original")
		b.mu.RUnlock()
		d.mu.Unlock()

		fmt.Println(b.get(), b.getAlone(), b.get(), b.n)

		list := []box{b}
		for range 100 {
			list = append(list, list[0])
			list[0].n += list[len(list)-1].get() & 1
		}
		for i := range list {
			list[i].mu.RLock()
		}
		for i := range list {
			list[i].mu.RUnlock()
			list[i].mu.Lock()
		}
		fmt.Println(len(list), list[0].n, list[100].n)

		b.mu = sync.RWMutex{}
		use("new", &b)
		crowd(&b.mu)
		b = c
		use("assigned", &b)
		if !b.mu.TryLock() {
			panic("a reader is left")
		}
		e := b // held by a writer, which has two locks to give back now
		fmt.Println("copies of a held lock:", b.mu.TryRLock(), e.mu.TryRLock(), e.mu.TryLock())
		e.mu.Unlock()
		use("given back", &e)
		b.mu.Unlock()
		use("given back", &b)
	}

	// Readers in one that many copy meanwhile.
	var b box
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 3_000 {
				b.mu.RLock()
				if i%64 == 0 {
					runtime.Gosched()
				}
				c := box{n: b.n}
				b.mu.RUnlock()
				c.get()
			}
		})
	}
	group.Wait()
	sum := 0
	for range 8 {
		c := b
		group.Go(func() {
			c.mu.RLock()
			c.n++
			c.mu.RUnlock()
			c.mu.Lock()
			c.n++
			c.mu.Unlock()
		})
		group.Wait()
		sum += c.n
	}
	fmt.Println(sum)
}
