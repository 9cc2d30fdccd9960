// SPDX-License-Identifier: BSD-3-Clause
//
// A concurrent prime sieve: a chain of filters, one goroutine per prime.
package main

import "fmt"

var n = 200

func generate(ch chan<- int) {
	for i := 2; ; i++ {
		ch <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if i := <-in; i%prime != 0 {
			out <- i
		}
	}
}

func main() {
	ch := make(chan int)
	go generate(ch)
	sum := 0
	for i := 0; i < n; i++ {
		prime := <-ch
		sum += prime
		if i < 10 || i == n-1 {
			fmt.Println(i+1, prime)
		}
		next := make(chan int)
		go filter(ch, next, prime)
		ch = next
	}
	fmt.Println("sum", sum)
}

// Output:
// 1 2
// 2 3
// 3 5
// 4 7
// 5 11
// 6 13
// 7 17
// 8 19
// 9 23
// 10 29
// 200 1223
// sum 111587
