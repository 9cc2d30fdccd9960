// SPDX-License-Identifier: BSD-3-Clause
//
// Package variables are initialised by dependency, then the init functions run in order, then main.
package main

import "fmt"

var (
	a      = c + b
	b      = f("b", 1)
	c      = f("c", 2)
	d, e   = two()
	table  = map[string]func(int) int{"double": func(x int) int { return x * 2 }, "call": helper}
	list   = []point{{1, 2}, {3, 4}}
	ptr    = &list[1]
	self   = recursive(3)
	nested = [2][]string{{"a"}, {"b", "c"}}
	_      = f("blank", 0)
)

type point struct{ x, y int }

func recursive(n int) int {
	if n == 0 {
		return base
	}
	return recursive(n-1) + 1
}

var base = f("base", 40)

func helper(x int) int { return x + b }

func f(name string, v int) int {
	fmt.Println("init", name)
	return v
}

func two() (int, string) { return a * 10, "e" }

func init() {
	fmt.Println("init 1", a, b, c)
	list[0].x = 100
}

func init() { fmt.Println("init 2", d, e) }

func main() {
	fmt.Println(table["double"](4), table["call"](4), list, *ptr, self, nested)
	ptr.y = 9
	fmt.Println(list[1])
}

// Output:
// init b
// init c
// init blank
// init base
// init 1 3 1 2
// init 2 30 e
// 8 5 [{100 2} {3 4}] {3 4} 43 [[a] [b c]]
// {3 9}
