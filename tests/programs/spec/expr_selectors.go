// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Selectors
package main

import "fmt"

type T0 struct{ x int }

func (*T0) M0() string { return "M0" }

type T1 struct{ y int }

func (T1) M1() string { return "M1" }

type T2 struct {
	z int
	T1
	*T0
}

func (*T2) M2() string { return "M2" }

type Q *T2

type I interface{ M1() string }
type withInterface struct{ I }
type A struct{ n int }
type B struct{ n int }
type C struct {
	A
	B
	own int
}
type deep struct{ C }

//gotk:illegal top: type T0 struct{ x int }; func (*T0) M0() {}; type Q *T0; var q Q; var _ = q.M0 -- q.M0 undefined (type Q has no field or method M0)
//gotk:illegal top: type A struct{ n int }; type B struct{ n int }; type C struct { A; B }; func f(c C) int { return c.n } -- ambiguous selector c.n
//gotk:illegal var x struct { a int }; _ = x.b -- x.b undefined (type struct{a int} has no field or method b)
//gotk:illegal top: type I interface{ m() }; func f(p *I) { p.m() } -- p.m undefined (type *I is pointer to interface, not interface)
//gotk:illegal nil.x = 1 -- nil.x undefined (type untyped nil has no field or method x)

func main() {
	t := T2{1, T1{2}, &T0{3}}
	p := &t
	var q Q = p
	fmt.Println(t.z, t.y, t.x, p.z, p.y, p.x, q.x, (*q).x, (*p).T0.x)
	fmt.Println(p.M0(), p.M1(), p.M2(), t.M2(), (*q).M0(), t.T0.M0(), (*t.T0).x)
	q.x, p.y = 30, 20
	fmt.Println(t.T0.x, t.T1.y)
	w := withInterface{t}
	fmt.Println(w.M1(), w.I.M1())
	d := deep{C{A{1}, B{2}, 3}}
	fmt.Println(d.A.n+d.B.n, d.own, d.C.own)
	get := func() *T2 { fmt.Print("called once: "); return p }
	fmt.Println(get().x)
	func() {
		defer func() { fmt.Println(recover()) }()
		var none *T2
		fmt.Println(none.x)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(T2{}.x)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(withInterface{}.M1())
	}()
	fmt.Println((*T2)(nil).M2())
	defer func() { fmt.Println(recover()) }()
	(*T2)(nil).z = 1
}

// Output:
// 1 2 3 1 2 3 3 3 3
// M0 M1 M2 M2 M0 M0 3
// 30 20
// M1 M1
// 3 3 3
// called once: 30
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// M2
// runtime error: invalid memory address or nil pointer dereference
