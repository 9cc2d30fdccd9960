// SPDX-License-Identifier: BSD-3-Clause
//
// Calls happen from left to right; the operands of an assignment's left side are settled before anything is assigned.
package main

import "fmt"

var trace []string

func f(name string, v int) int {
	trace = append(trace, name)
	return v
}

func show() {
	fmt.Println(trace)
	trace = nil
}

var global = 1

func bump() int {
	global += 10
	return 100
}

func arr(name string, a []int) []int {
	trace = append(trace, name)
	return a
}

func main() {
	a := make([]int, 4)
	a[f("index", 1)] = f("value", 7) + f("more", 1)*f("times", 2)
	show()
	arr("arr", a)[f("i", 0)], a[f("j", 1)] = f("x", 3), f("y", 4)
	show()
	i := 0
	i, a[i] = 1, 9
	fmt.Println(i, a)
	a[0], a[1] = a[1], a[0]
	fmt.Println(a)
	x := []int{1, 2, 3}
	j := 0
	j, x[j] = 2, 5
	fmt.Println(j, x)
	global += bump()
	fmt.Println(global)
	m := map[string]int{}
	m[fmt.Sprint(f("key", 1))] += f("rhs", 5)
	show()
	fmt.Println(m, f("a", 1) < f("b", 2) && f("c", 3) > f("d", 4) || f("e", 5) == 5)
	show()
	g := func(a, b, c int) int { return a*100 + b*10 + c }
	fmt.Println(g(f("1", 1), f("2", 2), f("3", 3)))
	show()
	p := &struct{ v, w int }{1, 2}
	p.v, p.w = p.w, p.v
	fmt.Println(*p)
	var q *struct{ v int }
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		q.v = f("before the nil check", 1)
	}()
	show()
	func() {
		defer func() { fmt.Println(recover()) }()
		a[f("out", 10)] = f("evaluated first", 1)
	}()
	show()
}

// Output:
// [index value more times]
// [arr i j x y]
// 1 [9 4 0 0]
// [4 9 0 0]
// 2 [5 2 3]
// 111
// [key rhs]
// map[1:5] true
// [a b c d e]
// 123
// [1 2 3]
// {2 1}
// true
// [before the nil check]
// runtime error: index out of range [10] with length 4
// [out evaluated first]
