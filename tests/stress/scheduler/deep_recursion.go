// SPDX-License-Identifier: BSD-3-Clause

// Ten million frames deep, within a gigabyte of stack; the stack is given back for others.
package main

import "fmt"

var depth = 10_000_000

//go:noinline
func down(n int) int {
	if n == 0 {
		return 0
	}
	return down(n-1) + 1
}

func main() {
	for range 2 {
		done := make(chan int)
		go func() { done <- down(depth) }()
		if got := <-done; got != depth {
			panic(got)
		}
	}
	fmt.Println("ok")
}
