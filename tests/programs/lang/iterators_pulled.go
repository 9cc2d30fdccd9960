// SPDX-License-Identifier: BSD-3-Clause

// iter.Pull: values one by one, early ends, panics and Goexit in the sequence, and hand-over between goroutines.
package main

import (
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count ends")
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

type tree struct {
	l, r *tree
	v    int
}

func (t *tree) all(yield func(int) bool) bool {
	return t == nil || t.l.all(yield) && yield(t.v) && t.r.all(yield)
}

func build(lo, hi int) *tree {
	if lo >= hi {
		return nil
	}
	m := (lo + hi) / 2
	return &tree{build(lo, m), build(m+1, hi), m}
}

func main() {
	next, stop := iter.Pull(count(3))
	for range 5 {
		fmt.Println(next())
	}
	stop()
	next, stop = iter.Pull(count(3))
	fmt.Println(next())
	stop()
	stop()
	fmt.Println(next())
	next, stop = iter.Pull(count(3))
	stop()
	fmt.Println(next())

	n2, s2 := iter.Pull2(maps.All(map[string]int{"a": 1}))
	fmt.Println(n2())
	fmt.Println(n2())
	s2()

	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		next, stop := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic("in the sequence")
		})
		defer stop()
		fmt.Println(next())
		fmt.Println(next())
	}()
	func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			yield(1)
			yield(2)
			panic("never seen")
		})
		defer func() { fmt.Println("recovered", recover()); fmt.Println(next()) }()
		fmt.Println(next())
		stop()
	}()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer fmt.Println("goroutine ends")
		next, _ := iter.Pull(func(yield func(int) bool) { runtime.Goexit() })
		next()
		fmt.Println("not reached")
	}()
	wg.Wait()

	a, b := build(0, 1000), build(0, 1000)
	na, sa := iter.Pull(func(y func(int) bool) { a.all(y) })
	nb, sb := iter.Pull(func(y func(int) bool) { b.all(y) })
	defer sa()
	defer sb()
	same := true
	for {
		x, ok := na()
		y, ok2 := nb()
		if ok != ok2 || x != y {
			same = false
		}
		if !ok || !ok2 {
			break
		}
	}
	fmt.Println(same)
	// Handed from goroutine to goroutine.
	next, stop = iter.Pull(slices.Values([]int{1, 2, 3, 4}))
	for range 5 {
		done := make(chan bool)
		go func() {
			fmt.Println(next())
			close(done)
		}()
		<-done
	}
	var many sync.WaitGroup
	total := make([]int, 50)
	for k := range total {
		many.Add(1)
		go func() {
			defer many.Done()
			next, stop := iter.Pull(func(yield func(int) bool) {
				for i := 0; yield(i); i++ {
				}
			})
			defer stop()
			for i := range 2000 {
				v, _ := next()
				total[k] += v
				if i%100 == 0 {
					runtime.Gosched()
				}
			}
		}()
	}
	many.Wait()
	for _, v := range total {
		if v != 1999000 {
			fmt.Println("wrong", v)
		}
	}
}
