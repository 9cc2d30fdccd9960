// SPDX-License-Identifier: BSD-3-Clause
//
// go: callee and arguments are evaluated by the statement; methods, interfaces, builtins and func values can be started.
package main

import (
	"fmt"
	"sync"
)

type worker struct {
	id  int
	out chan string
}

func (w worker) run(n int) { w.out <- fmt.Sprint("worker ", w.id, " ", n) }
func (w *worker) point()   { w.out <- fmt.Sprint("pointer ", w.id) }

type runner interface{ run(int) }

type args struct{ a, b, c, d, e, f, g, h, i int }

func wide(out chan string, a args, s string) { out <- fmt.Sprint(a.i, s) }

func generic[T any](out chan string, v T) { out <- fmt.Sprintf("%T %v", v, v) }

func main() {
	out := make(chan string, 1)
	w := worker{1, out}
	go w.run(5)
	w.id = 2
	fmt.Println(<-out)
	go w.point()
	fmt.Println(<-out)
	var r runner = w
	go r.run(6)
	fmt.Println(<-out)
	f := func(s string) { out <- "func " + s }
	go f("value")
	fmt.Println(<-out)
	go wide(out, args{i: 9}, "!")
	fmt.Println(<-out)
	go generic(out, 1.5)
	fmt.Println(<-out)
	x := 1
	go func(y int) { out <- fmt.Sprint(x, y) }(x + 1)
	fmt.Println(<-out)
	go (*worker).point(&w)
	fmt.Println(<-out)
	c := make(chan int)
	go close(c)
	<-c
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for i := range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			total += i
		}()
	}
	wg.Wait()
	fmt.Println(total)
	results := make([]int, 10)
	for i := range results {
		wg.Go(func() { results[i] = i * i })
	}
	wg.Wait()
	fmt.Println(results)
}

// Output:
// worker 1 5
// pointer 2
// worker 2 6
// func value
// 9!
// float64 1.5
// 1 2
// pointer 2
// 4950
// [0 1 4 9 16 25 36 49 64 81]
