// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Comparison operators; Logical operators
package main

import (
	"fmt"
	"math"
)

type T struct {
	a int
	b string
	c any
}
type inner struct{ f float64 }
type outer struct {
	inner
	p *int
}

//gotk:illegal var f func(); _ = f == f -- invalid operation: f == f (func can only be compared to nil)
//gotk:illegal var a, b map[int]int; _ = a == b -- invalid operation: a == b (map can only be compared to nil)
//gotk:illegal type S struct { s []int }; _ = S{} == S{} -- invalid operation: S{} == S{} (struct containing []int cannot be compared)
//gotk:illegal var a [2]func(); _ = a == a -- invalid operation: a == a ([2]func() cannot be compared)
//gotk:illegal type S struct { n int }; _ = S{} < S{} -- invalid operation: S{} < S{} (operator < not defined on struct)
//gotk:illegal _ = true < false -- invalid operation: true < false (operator < not defined on untyped bool)
//gotk:illegal var i int; var s string; _ = i == s -- invalid operation: i == s (mismatched types int and string)
//gotk:illegal _ = nil == nil -- invalid operation: nil == nil (operator == not defined on untyped nil)
//gotk:illegal var x any; type F func(); _ = x == F(nil) -- invalid operation: x == F(nil) (func can only be compared to nil)
//gotk:illegal x := 1; if x {} -- non-boolean condition in if statement

func effect(name string, result bool) bool { fmt.Print(name, " "); return result }

func try(f func() bool) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	fmt.Println(f())
}

func main() {
	nan := math.NaN()
	fmt.Println(nan == nan, nan != nan, nan < 1, nan > 1, !(nan <= 1), 0.0 == math.Copysign(0, -1), math.Inf(1) > math.MaxFloat64)
	fmt.Println("a" < "b", "a" < "A", "ab" > "a", "" < "a", "é" > "z", true == !false, 1i == 1i, 2+3i != 3+2i)
	x, y := new(int), new(int)
	fmt.Println(x == y, *x == *y, x != nil, (*int)(nil) == nil)
	c := make(chan int)
	d := c
	fmt.Println(c == d, c == make(chan int), (<-chan int)(c) == d)
	fmt.Println(T{1, "x", 2} == T{1, "x", 2}, T{1, "x", 2} == T{1, "x", 2.0}, outer{inner{nan}, x} == outer{inner{nan}, x}, outer{inner{1}, x} == outer{inner{1}, x})
	fmt.Println([2]T{} == [2]T{{}, {0, "", nil}}, [0]int{} == [0]int{}, [2]string{"a", "b"} != [2]string{"a", "c"}, struct{}{} == struct{}{})
	var a, b any = 1, int64(1)
	var e error
	fmt.Println(a == b, a == 1, b == 1, b == int64(1), e == nil, a == nil, any(e) == nil, any((*int)(nil)) == nil, any(T{}) == any(T{}))
	var s fmt.Stringer
	fmt.Println(s == nil, any(s) == any(e), a != "1")
	var m map[int]int
	var f func()
	var sl []int
	fmt.Println(m == nil, f == nil, sl == nil, nil == sl, []int{} == nil)
	try(func() bool { return any(sl) == any(sl) })
	try(func() bool { return any(T{c: f}) == any(T{c: f}) })
	try(func() bool { return any(T{a: 1, c: f}) == any(T{a: 2, c: f}) })
	try(func() bool { return any(sl) == any(m) })
	try(func() bool { return [2]any{1, sl} == [2]any{2, sl} })
	try(func() bool { return [1]any{sl} == [1]any{sl} })
	fmt.Println(effect("a", false) && effect("b", true), effect("c", true) || effect("d", true))
	fmt.Println(effect("e", true) && !effect("f", false) || effect("g", true), effect("h", true) != effect("i", true))
	type boolean bool
	var t boolean = x != nil
	fmt.Printf("%T %T\n", t && boolean(1 < 2), x == y)
}

// Output:
// false true false false true true true
// true false true true true true true true
// false true true true
// true false true
// true false false true
// true true true true
// false true false true true false true false true
// true true true
// true true true true false
// runtime error: comparing uncomparable type []int
// runtime error: comparing uncomparable type func()
// false
// false
// false
// runtime error: comparing uncomparable type []int
// a c false true
// e f h i true false
// main.boolean bool
