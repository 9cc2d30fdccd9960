// SPDX-License-Identifier: BSD-3-Clause
//
// select: sends and receives, default, nil channels, closed channels, evaluation of all operands once.
package main

import (
	"fmt"
	"time"
)

func ch(name string, c chan int) chan int { fmt.Print(name, " "); return c }
func val(name string, v int) int          { fmt.Print(name, " "); return v }

type big struct{ a [10]int }

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	select {
	case v := <-a:
		fmt.Println("received", v)
	default:
		fmt.Println("empty")
	}
	a <- 5
	select {
	case v, ok := <-ch("a", a):
		fmt.Println(v, ok)
	case ch("nil", nil) <- val("value", 1):
		fmt.Println("never")
	}
	select {
	case b <- 7:
		fmt.Println("sent", <-b)
	}
	close(a)
	v, ok := <-a
	fmt.Println(v, ok)
	select {
	case v, ok = <-a:
		fmt.Println("closed", v, ok)
	}
	m := map[string]int{}
	b <- 9
	select {
	case m["key"] = <-b:
	}
	fmt.Println(m)
	func() {
		defer func() { fmt.Println(recover()) }()
		select {
		case a <- 1:
		default:
			fmt.Println("no")
		}
	}()
	quit := make(chan struct{})
	out := make(chan string)
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- fmt.Sprint("n", i):
			case <-quit:
				return
			}
		}
	}()
	fmt.Println(<-out, <-out)
	close(quit)
	for range out {
	}
	select {
	case <-time.After(time.Millisecond):
		fmt.Println("timeout")
	case <-b:
	}
	bigs := make(chan big, 2)
	bigs <- big{[10]int{9: 4}}
	select {
	case x := <-bigs:
		fmt.Println(x.a[9])
	}
loop:
	for i := 0; ; i++ {
		select {
		case <-quit:
			if i == 2 {
				break loop
			}
			break
		}
	}
	counts := [2]int{}
	c0, c1 := make(chan int, 1000), make(chan int, 1000)
	for range 1000 {
		c0 <- 0
		c1 <- 1
	}
	for range 1000 {
		select {
		case i := <-c0:
			counts[i]++
		case i := <-c1:
			counts[i]++
		}
	}
	fmt.Println(counts[0] > 300, counts[1] > 300)
	var ro <-chan int = c0
	fmt.Println(len(ro) == 1000-counts[0], cap(ro))
}

// Output:
// empty
// a nil value 5 true
// sent 7
// 0 false
// closed 0 false
// map[key:9]
// send on closed channel
// n0 n1
// timeout
// 4
// true true
// true 1000
