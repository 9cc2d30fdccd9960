// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Properties of types and values: underlying types, identity, assignability, representability, method sets
package main

import (
	"fmt"
	"io"
	"reflect"
)

type (
	A0 = []string
	A1 = A0
	A2 = struct{ a, b int }
	A3 = int
	A4 = func(A3, float64) *A0
	A5 = func(x int, _ float64) *[]string

	B0 A0
	B1 []string
	B3 struct{ a, b int }
	B5 func(x int, y float64) *A1
	C0 = B0
	D0[P1, P2 any] struct {
		x P1
		y P2
	}
	E0 = D0[int, string]
)

//gotk:illegal type B0 []string; type B1 []string; var a B0; var b B1 = a -- cannot use a (variable of slice type B0) as B1 value in variable declaration
//gotk:illegal var x float32 = 1e1000 -- cannot use 1e1000 (untyped float constant 1e+1000) as float32 value in variable declaration (overflows)
//gotk:illegal var x int = 1.1 -- cannot use 1.1 (untyped float constant) as int value in variable declaration (truncated)
//gotk:illegal var x float64 = 1i -- cannot use 1i (untyped complex constant (0 + 1i)) as float64 value in variable declaration (overflows)
//gotk:illegal type T struct{}; type stringer interface{ String() string }; var s stringer = T{} -- cannot use T{} (value of struct type T) as stringer value in variable declaration: T does not implement stringer (missing method String)

type T struct{ n int }

func (T) Value()    {}
func (*T) Pointer() {}

type values interface{ Value() }
type both interface {
	Value()
	Pointer()
}

func same[X, Y any]() bool { return reflect.TypeFor[X]() == reflect.TypeFor[Y]() }

func assignAny[P interface{ ~[]string }](x P) []string { return x } // identical underlying types, one of them not named

func main() {
	fmt.Println(same[A0, A1](), same[A0, []string](), same[A2, struct{ a, b int }](), same[A3, int](), same[A4, A5]())
	fmt.Println(same[B0, C0](), same[[]int, []int](), same[struct{ a, b *B5 }, struct{ a, b *B5 }](), same[func(x int, y float64) *[]string, func(int, float64) *A0](), same[D0[int, string], E0]())
	fmt.Println(same[B0, B1](), same[B0, A0](), same[func(int, float64) *B0, A4](), same[struct{ a int }, struct {
		a int `tag`
	}](), same[[3]int, [4]int](), same[chan int, <-chan int](), same[D0[int, string], struct {
		x int
		y string
	}]())
	var b0 B0 = A0{"x"}
	b0 = []string{"y"}
	var plain []string = b0
	fmt.Println(plain, assignAny(b0))
	var r io.Reader
	var rw io.ReadWriter
	r = rw
	fmt.Println(r == nil)
	var bidirectional chan int
	var receive <-chan int = bidirectional
	fmt.Println(receive == nil)
	_, valueHasValue := any(T{}).(values)
	_, valueHasBoth := any(T{}).(both)
	_, pointerHasBoth := any(&T{}).(both)
	fmt.Println(valueHasValue, valueHasBoth, pointerHasBoth)
	var byteOK byte = 'a'
	var intOK int16 = 1e3
	var f float32 = 0.49999999
	var c complex128 = 42 + 0i
	var fromComplex int = 42 + 0i
	fmt.Println(byteOK, intOK, f, c, fromComplex, float32(1e-1000) == 0, float32(16777217.0) == 16777216)
	t := T{}
	t.Pointer() // (&t).Pointer()
	(&t).Value()
}

// Output:
// true true true true true
// true true true true true
// false false false false false false false
// [y] [y]
// true
// true
// true false true
// 97 1000 0.5 (42+0i) 42 true true
