// SPDX-License-Identifier: BSD-3-Clause
//
// A million goroutines in a ten-ary tree, each passing the sum of its leaves to its parent.
//gotk:test threads leaves=1000
//gotk:test gc leaves=1000
package main

import "fmt"

var leaves = 1_000_000

func node(out chan<- int, number, size int) {
	if size == 1 {
		out <- number
		return
	}
	sub := make(chan int)
	step := size / 10
	for i := 0; i < 10; i++ {
		go node(sub, number+i*step, step)
	}
	sum := 0
	for i := 0; i < 10; i++ {
		sum += <-sub
	}
	out <- sum
}

func main() {
	out := make(chan int)
	go node(out, 0, leaves)
	fmt.Println(<-out)
}

// Output:
// 499999500000
