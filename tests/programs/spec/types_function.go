// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Function types
package main

import "fmt"

type (
	binary  func(a, b int) int
	chained func(int) chained
)

//gotk:illegal f := func() {}; g := func() {}; _ = f == g -- invalid operation: f == g (func can only be compared to nil)
//gotk:illegal var f func(int) = func(string) {} -- cannot use func(string) {} (value of type func(string)) as func(int) value in variable declaration
//gotk:illegal top: func f(a ...int, b int) {} -- can only use ... with final parameter

func apply(f binary, a, b int) int { return f(a, b) }

func sum(prefix string, a ...int) (total int, text string) {
	for _, v := range a {
		total += v
	}
	return total, fmt.Sprint(prefix, len(a), a == nil)
}

func main() {
	var zero func()
	fmt.Println(zero == nil)
	add := func(a, b int) int { return a + b }
	fmt.Println(apply(add, 1, 2), apply(func(a, b int) int { return a * b }, 3, 4), binary(add)(5, 6))
	fmt.Println(sum("a"))
	fmt.Println(sum("b", 1, 2, 3))
	fmt.Println(sum("c", []int{4, 5}...))
	n := 0
	var count chained
	count = func(by int) chained { n += by; return count }
	count(1)(2)(3)
	fmt.Println(n)
	fmt.Printf("%T %T %T\n", add, sum, count)
	defer func() { fmt.Println(recover()) }()
	zero()
}

// Output:
// true
// 3 12 11
// 0 a0 true
// 6 b3 false
// 9 c2 false
// 6
// func(int, int) int func(string, ...int) (int, string) main.chained
// runtime error: invalid memory address or nil pointer dereference
