// SPDX-License-Identifier: BSD-3-Clause
//
// Closures share variables with their function; loop variables are new in each iteration; recursion through variables.
package main

import "fmt"

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func named() (n int, err error) {
	defer func() { n *= 2 }()
	f := func() { n++ }
	f()
	f()
	return n + 10, nil
}

type acc struct{ total int }

func (a *acc) add(n int) *acc { a.total += n; return a }

func main() {
	next, reset := counter()
	next()
	next()
	fmt.Println(next())
	reset()
	fmt.Println(next())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for j := range 2 {
		fs = append(fs, func() int { return j })
	}
	for _, s := range []string{"a", "bc"} {
		fs = append(fs, func() int { return len(s) })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	var ptrs []*int
	for i := 0; i < 3; i++ {
		ptrs = append(ptrs, &i)
		i += 0
	}
	fmt.Println(*ptrs[0], *ptrs[1], *ptrs[2])
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(20), compose(fib, func(x int) int { return x * 2 }, counterAdd(5))(10))
	fmt.Println(named())
	a := &acc{}
	add := a.add
	add(1).add(2)
	fmt.Println(a.total, func(x, y int) int { return x - y }(5, 3))
	big := [10]int{1, 2, 3}
	f := func() int { return big[2] }
	g := func() { big[2] = 50 }
	g()
	fmt.Println(f())
	var nilf func()
	func() {
		defer func() { fmt.Println(recover()) }()
		nilf()
	}()
	x := 1
	{
		x := x + 1
		x++
		fmt.Println(x)
	}
	if x := 5; x > 3 {
		fmt.Println(x)
	} else if y := x; y > 0 {
		fmt.Println(y)
	}
	fmt.Println(x)
}

func counterAdd(n int) func(int) int { return func(x int) int { return x + n } }

// Output:
// 3
// 101
// 10 20 11 21 12 22 0 0 1 1 1 1 2 2
// 0 1 2
// 6765 115
// 24 <nil>
// 3 2
// 50
// runtime error: invalid memory address or nil pointer dereference
// 3
// 5
// 1
