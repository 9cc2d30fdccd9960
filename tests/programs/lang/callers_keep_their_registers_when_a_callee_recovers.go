// SPDX-License-Identifier: BSD-3-Clause

// Who calls a function that recovers finds its variables as they were, whichever registers they are in.
package main

import "fmt"

//go:noinline
func call(f func()) (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	f()
	return "ok"
}

//go:noinline
func work(a, b, c, d, e int, p func(int) int) int {
	x := a*b + c
	s := call(nil)
	s2 := call(func() { panic("p") })
	for i := range 3 {
		s += call(func() { _ = []int{1}[i+5] })
	}
	return p(x) + len(s) + len(s2) + d*e + a + b + c
}

func main() {
	fmt.Println(work(1, 2, 3, 4, 5, func(i int) int { return i + 1 }))
	fmt.Println(work(1, 2, 3, 4, 5, func(i int) int { return i + 1 }))
	defer func() {
		fmt.Println("outer", recover())
		defer func() { fmt.Println("inner", recover()) }()
		panic("again")
	}()
	func() {
		defer func() { panic("second") }()
		panic("first")
	}()
}
