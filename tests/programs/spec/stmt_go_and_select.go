// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Go statements; Select statements
package main

import (
	"fmt"
	"sync"
	"time"
)

//gotk:illegal go 1 + 2 -- syntax error: unexpected + at end of statement
//gotk:illegal go func() {} -- expression in go must be function call
//gotk:illegal go len("x") -- go discards result of len("x") (constant 1 of type int)
//gotk:illegal select { case 1: } -- select case must be send or receive (possibly with assignment)
//gotk:illegal select { default: default: } -- multiple defaults (first
//gotk:illegal c := make(chan int); select { case x, y, z := <-c: } -- assignment mismatch: 3 variables but 1 value
//gotk:illegal go (func() {})() ; go (println("x")) -- expression in go must not be parenthesized

type T struct{ n int }

func (t T) send(c chan<- int) { c <- t.n }

func argument(name string, v int) int { fmt.Print(name, " "); return v }

func main() {
	var wg sync.WaitGroup
	results := make([]int, 4)
	for i := range results {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = i * i
		}()
	}
	wg.Wait()
	c := make(chan int, 1)
	t := T{1}
	go t.send(c) // the receiver is evaluated now
	t.n = 2
	first := <-c
	v := 5
	go func(x int) { c <- x }(argument("evaluated first", v))
	v = 6
	fmt.Println(results, first, <-c)
	go func() (int, error) { c <- 8; return 1, nil }() // results are discarded
	fmt.Println(<-c)

	var nilChan chan int
	select {
	case <-nilChan:
		fmt.Println("never")
	case nilChan <- 1:
		fmt.Println("never")
	default:
		fmt.Println("nil channels are not ready")
	}
	c <- 3
	select {
	case i := <-c:
		fmt.Println("received", i)
	case c <- 4:
		fmt.Println("full")
	}
	a := make([]int, 3)
	index := func() int { fmt.Print("index after receive "); return 1 }
	other := make(chan string)
	c <- 7
	select {
	case a[index()] = <-c:
		fmt.Println(a)
	case s := <-other:
		fmt.Println(s)
	}
	close(c)
	select {
	case x, ok := <-c:
		fmt.Println(x, ok)
	}
	evaluated := func(name string, c chan string) chan string { fmt.Print(name, " "); return c }
	ready := make(chan string, 1)
	select {
	case evaluated("both", ready) <- func() string { fmt.Print("value "); return "sent" }():
		fmt.Println(<-ready)
	case <-evaluated("operands", nil):
	}
	counts := [2]int{}
	x, y := make(chan int, 100), make(chan int, 100)
	for range 100 {
		x <- 0
		y <- 0
	}
	for range 100 {
		select {
		case <-x:
			counts[0]++
		case <-y:
			counts[1]++
		}
	}
	fmt.Println(counts[0]+counts[1], counts[0] > 10, counts[1] > 10) // chosen at random
	timeout := time.After(time.Millisecond)
loop:
	for {
		select {
		case <-nilChan:
		case <-timeout:
			break loop
		}
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case v, ok := <-x:
				if v != 0 || !ok {
					return
				}
				continue
			}
		}
	}()
	close(x)
	<-done
	func() {
		defer func() { fmt.Println(recover()) }()
		select {
		case x <- 1:
		default:
		}
	}()
	go println()
	fmt.Println("end")
}

// Output:
// evaluated first [0 1 4 9] 1 5
// 8
// nil channels are not ready
// received 3
// index after receive [0 7 0]
// 0 false
// both value operands sent
// 100 true true
// send on closed channel
// end
