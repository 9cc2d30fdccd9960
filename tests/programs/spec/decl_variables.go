// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Variable declarations; Short variable declarations
package main

import (
	"fmt"
	"math"
	"os"
)

var i int
var U, V, W float64
var k = 0
var x, y float32 = -1, -2
var (
	n       int
	u, v, s = 2.0, 3.0, "bar"
)
var re, im = complexSqrt(-1)
var _, found = map[string]int{"a": 1}["a"]

func complexSqrt(x float64) (float64, float64) { return 0, math.Sqrt(-x) }

//gotk:illegal var n = nil -- use of untyped nil in variable declaration
//gotk:illegal var a, b = 1 -- assignment mismatch: 2 variables but 1 value
//gotk:illegal a, b := 1 -- assignment mismatch: 2 variables but 1 value
//gotk:illegal a := 1; a := 2 -- no new variables on left side of :=
//gotk:illegal a, b := 1, 2 -- declared and not used: a
//gotk:illegal var x int; x = 1 -- declared and not used: x
//gotk:illegal a.b := 1 -- undefined: a
//gotk:illegal a, a := 1, 2 -- a repeated on left side of :=
//gotk:illegal var p struct { x int }; p.x, q := 1, 2; _ = q -- non-name p.x on left side of :=

func pair() (int, error) { return 7, os.ErrNotExist }

func main() {
	var d = math.Sin(0.5)
	var i8 = int8(5)
	var t, ok = any(d).(float64)
	fmt.Println(i, U, V, W, k, x, y, n, u, v, s, re, im, found)
	fmt.Printf("%T %T %T %T %v %v\n", k, u, i8, 'x', t == d, ok)
	a, err := pair()
	b, err := pair() // err is reused, b is new
	p := &err
	c, err := 3, error(nil)
	fmt.Println(a, b, c, *p == nil, err)
	if err := fmt.Errorf("inner"); err != nil {
		a, err := 10, err
		fmt.Println(a, err)
	}
	fmt.Println(a, err)
	a, b = b+1, a+2
	fmt.Println(a, b)
	f, g := func() int { return k }, func(x int) int { return x }
	fmt.Println(f(), g(4))
	var mixed, other = 1, "one"
	var e any = 1.0
	fmt.Printf("%T %T %T %T\n", mixed, other, e, 1<<3)
}

// Output:
// 0 0 0 0 0 -1 -2 0 2 3 bar 0 1 true
// int float64 int8 int32 true true
// 7 7 3 true <nil>
// 10 inner
// 7 <nil>
// 8 9
// 0 4
// int string float64 int
