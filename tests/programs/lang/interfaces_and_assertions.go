// SPDX-License-Identifier: BSD-3-Clause
//
// Interfaces: dynamic types, assertions and their panics, type switches, comparison, conversion between interfaces.
package main

import (
	"errors"
	"fmt"
)

type shape interface {
	area() float64
	name() string
}

type named interface{ name() string }

type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }
func (s square) name() string  { return "square" }

type circle struct{ r float64 }

func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) name() string  { return "circle" }

type myErr int

func (e myErr) Error() string { return fmt.Sprint("my error ", int(e)) }

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int %v", x)
	case string:
		return "string " + x
	case error:
		return "error " + x.Error()
	case shape:
		return "shape " + x.name()
	case []int:
		return fmt.Sprint("slice of ", len(x))
	case func() int:
		return fmt.Sprint("func ", x())
	case [12]int:
		return fmt.Sprint("array ", x[11])
	case struct{ a, b string }:
		return x.a + x.b
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				fmt.Println("panic:", e.Error())
			} else {
				fmt.Println("panic:", r)
			}
		}
	}()
	f()
}

func main() {
	shapes := []shape{square{2}, &circle{1}}
	for _, s := range shapes {
		var n named = s
		fmt.Println(s.area(), n.name(), n.(shape).area())
	}
	for _, v := range []any{nil, 1, int64(2), "s", myErr(3), square{1}, []int{1, 2}, func() int { return 7 }, [12]int{11: 5}, struct{ a, b string }{"x", "y"}, 1.5, map[string]int{}} {
		fmt.Println(kind(v))
	}
	var v any = square{3}
	s, ok := v.(square)
	_, bad := v.(*circle)
	_, isErr := v.(error)
	fmt.Println(s, ok, bad, isErr)
	try(func() { _ = v.(int) })
	try(func() { _ = v.(error) })
	try(func() { _ = any(nil).(int) })
	try(func() { _ = any(nil).(shape) })
	try(func() { var e shape; e.area() })
	try(func() { _ = shapes[0].(*circle) })
	var e1, e2 error = myErr(1), myErr(1)
	fmt.Println(e1 == e2, e1 == myErr(1), e1 != nil, v == any(square{3}), v == any(square{4}), any(1) == any(1.0))
	try(func() { fmt.Println(any([]int{}) == any([]int{})) })
	var p *circle
	var sh shape = p
	fmt.Println(sh == nil, sh == (*circle)(nil), errors.Is(e1, e2))
	wrapped := fmt.Errorf("outer: %w", e1)
	var target myErr
	fmt.Println(wrapped, errors.As(wrapped, &target), target, errors.Unwrap(wrapped) == e1)
	m := shapes[1].area
	shapes[1].(*circle).r = 2
	fmt.Println(m(), shape.name(shapes[0]), (*circle).name(nil))
	var a, b any = [2]string{"a", "b"}, [2]string{"a", "b"}
	fmt.Println(a == b, a == nil)
}

// Output:
// 4 square 4
// 3 circle 3
// nil
// int 1
// int 2
// string s
// error my error 3
// shape square
// slice of 2
// func 7
// array 5
// xy
// other float64
// other map[string]int
// {3} true false false
// panic: interface conversion: interface {} is main.square, not int
// panic: interface conversion: main.square is not error: missing method Error
// panic: interface conversion: interface {} is nil, not int
// panic: interface conversion: interface is nil, not main.shape
// panic: runtime error: invalid memory address or nil pointer dereference
// panic: interface conversion: main.shape is main.square, not *main.circle
// true true true true false false
// panic: runtime error: comparing uncomparable type []int
// false true true
// outer: my error 1 true my error 1 true
// 12 square circle
// true false
