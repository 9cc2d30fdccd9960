// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Calls; Passing arguments to ... parameters
package main

import (
	"fmt"
	"strings"
)

func Split(s string, pos int) (string, string) { return s[0:pos], s[pos:] }
func Join(s, t string) string                  { return s + t }
func greeting(prefix string, who ...string) string {
	return fmt.Sprint(prefix, who == nil, len(who), cap(who), strings.Join(who, ","))
}
func change(xs ...int)           { xs[0] = 99 }
func anything(xs ...any) int     { return len(xs) }
func three() (int, string, bool) { return 1, "two", true }
func show(n int, rest ...any)    { fmt.Println(n, rest) }

type T struct{ n int }

func (t T) Add(by ...int) T {
	for _, b := range by {
		t.n += b
	}
	return t
}

//gotk:illegal f := func(int) {}; f() -- not enough arguments in call to f
//gotk:illegal f := func(int) {}; f(1, 2) -- too many arguments in call to f
//gotk:illegal f := func(...int) {}; f([]int{1}) -- cannot use []int{…} (value of type []int) as int value in argument to f
//gotk:illegal f := func(...int) {}; f(1, []int{2}...) -- too many arguments in call to f
//gotk:illegal f := func() {}; x := f() -- f() (no value) used as value
//gotk:illegal f := func() (int, int) { return 1, 2 }; x := f() -- assignment mismatch: 1 variable but f returns 2 values
//gotk:illegal f := func(a int) {}; f([]int{1}...) -- cannot use ... in call to non-variadic f
//gotk:illegal 5() -- invalid operation: cannot call 5 (untyped int constant): untyped int is not a function

func main() {
	fmt.Println(Join(Split("value", 2)))
	fmt.Println(greeting("nobody: "))
	fmt.Println(greeting("hello: ", "Joe", "Anna", "Eileen"))
	s := []string{"James", "Jasmine"}
	fmt.Println(greeting("goodbye: ", s...), greeting("empty: ", []string{}...), greeting("nil: ", nil...))
	numbers := []int{1, 2}
	change(numbers...)
	change(numbers[1])
	fmt.Println(numbers, anything(), anything(nil), anything(nil, nil), anything([]any{1, 2, 3}...), anything([]int{1, 2}), anything(nil...))
	show(three())
	fmt.Println(T{1}.Add(2, 3).Add().Add([]int{4}...))
	var order []string
	note := func(s string) string { order = append(order, s); return s }
	func(a, b, c string) {}(note("a"), note("b"), note("c"))
	fmt.Println(order)
	array := [2]int{1, 2}
	func(a [2]int, p *[2]int) { a[0] = 10; p[1] = 20 }(array, &array)
	fmt.Println(array)
	var f func(int) int
	f = func(n int) int {
		if n < 2 {
			return n
		}
		return f(n-1) + f(n-2)
	}
	fmt.Println(f(15))
	defer func() { fmt.Println(recover()) }()
	f = nil
	f(len(note("arguments first")))
}

// Output:
// value
// nobody: true 0 0
// hello: false 3 3Joe,Anna,Eileen
// goodbye: false 2 2James,Jasmine empty: false 0 0 nil: true 0 0
// [99 2] 0 1 2 3 1 0
// 1 [two true]
// {10}
// [a b c]
// [1 20]
// 610
// runtime error: invalid memory address or nil pointer dereference
