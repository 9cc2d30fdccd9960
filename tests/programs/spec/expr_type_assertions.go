// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Type assertions
package main

import (
	"errors"
	"fmt"
	"io"
)

type I interface{ m() }
type J interface {
	I
	n()
}
type T struct{}
type P struct{ v int }

func (T) m()  {}
func (*P) m() {}
func (*P) n() {}

//gotk:illegal var s string; _ = s.(int) -- invalid operation: s (variable of type string) is not an interface
//gotk:illegal top: type I interface{ m() }; func f(y I) { _ = y.(string) } -- impossible type assertion: y.(string)
//gotk:illegal top: type I interface{ m() }; type P struct{}; func (*P) m() {}; func f(y I) { _ = y.(P) } -- impossible type assertion: y.(P)
//gotk:illegal var x any; _ = x.(type) -- invalid syntax tree: use of .(type) outside type switch

func try(f func()) {
	defer func() {
		err, _ := recover().(error)
		fmt.Println(err)
	}()
	f()
}

func is[X any](v any) bool { _, ok := v.(X); return ok }

func main() {
	var x any = 7
	i := x.(int)
	s, ok := x.(string)
	fmt.Printf("%v %q %v\n", i, s, ok)
	var y I = &P{3}
	fmt.Println(y.(*P).v, y.(J) != nil, y.(I) == y)
	_, isJ := I(T{}).(J)
	_, isReader := y.(io.Reader)
	var v, fine = x.(int)
	fmt.Println(isJ, isReader, v, fine)
	try(func() { _ = x.(string) })
	try(func() { _ = x.(I) })
	try(func() { _ = I(T{}).(J) })
	try(func() { _ = y.(T) })
	try(func() { var none I; _ = none.(J) })
	try(func() { var none any; _ = none.(int) })
	try(func() { _ = x.(struct{ a int }) })
	var err error = fmt.Errorf("wrapped: %w", io.EOF)
	var target interface{ Unwrap() error }
	fmt.Println(errors.As(err, &target), target.Unwrap() == io.EOF)
	fmt.Println(is[int](1), is[I](T{}), is[I](P{}), is[I](&P{}), is[any](nil), is[[]int]([]int{}), is[func()](func() {}))
	x = [2]int{1, 2}
	a := x.([2]int)
	a[0] = 100 // a copy
	fmt.Println(x, a)
}

// Output:
// 7 "" false
// 3 true true
// false false 7 true
// interface conversion: interface {} is int, not string
// interface conversion: int is not main.I: missing method m
// interface conversion: main.T is not main.J: missing method n
// interface conversion: main.I is *main.P, not main.T
// interface conversion: interface is nil, not main.J
// interface conversion: interface {} is nil, not int
// interface conversion: interface {} is int, not struct { a int }
// true true
// true true false true false true true
// [1 2] [100 2]
