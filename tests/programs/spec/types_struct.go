// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Struct types
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type T1 struct{ name string }
type T2 struct{ count int }
type P struct{ T3 }
type T3 struct{ name, deep string }

func (T1) Value() string    { return "T1.Value" }
func (*T1) Pointer() string { return "T1.Pointer" }

type mixed struct {
	T1  // field name is T1
	*T2 // field name is T2
	P
	x, y int
	_    float32
	F    func() `json:"f" other:"2"`
}

//gotk:illegal type T struct { a, a int } -- a redeclared
//gotk:illegal top: type E struct { F int; *F }; type F int -- F redeclared
//gotk:illegal type T struct { **int } -- syntax error: unexpected *, expected name
//gotk:illegal type I interface{}; type T struct { *I } -- embedded field type cannot be a pointer to an interface
//gotk:illegal top: type R struct { r R } -- invalid recursive type: R refers to itself
//gotk:illegal top: type A1 struct{ n int }; type B1 struct{ n int }; type C1 struct { A1; B1 }; var _ = C1{}.n -- ambiguous selector C1{}.n

func main() {
	var zero struct{}
	fmt.Println(unsafe.Sizeof(zero), zero == struct{}{})
	m := mixed{T1: T1{"outer"}, T2: &T2{3}, P: P{T3{"inner", "down"}}, y: 5}
	fmt.Println(m.name, m.T1.name, m.P.name, m.deep, m.count, m.x, m.y)
	fmt.Println(m.Value(), m.Pointer(), m.T1.Pointer())
	m.count++
	m.deep = "changed"
	fmt.Println(m.T2.count, m.P.T3.deep, reflect.TypeOf(m).Field(6).Tag.Get("other"))
	type point struct{ X, Y int }
	a, b := point{1, 2}, point{Y: 2, X: 1}
	fmt.Println(a == b, a != point{}, &a == &b)
	anonymous := struct {
		X, Y int
	}(a)
	a = anonymous // identical underlying types, one of them not named
	fmt.Printf("%T %+v %#v\n", anonymous, a, b)
	type list struct {
		value int
		next  *list
	}
	l := &list{1, &list{2, nil}}
	fmt.Println(l.next.value, l.next.next == nil)
	defer func() { fmt.Println(recover()) }()
	m.T2 = nil
	fmt.Println(m.count)
}

// Output:
// 0 true
// outer outer inner down 3 0 5
// T1.Value T1.Pointer T1.Pointer
// 4 changed 2
// true true false
// struct { X int; Y int } {X:1 Y:2} main.point{X:1, Y:2}
// 2 true
// runtime error: invalid memory address or nil pointer dereference
