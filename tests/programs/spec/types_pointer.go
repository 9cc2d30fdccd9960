// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Pointer types
package main

import "fmt"

type point struct{ x, y int }

//gotk:illegal var p *int = 0 -- cannot use 0 (untyped int constant) as *int value in variable declaration
//gotk:illegal var x int; _ = *x -- invalid operation: cannot indirect x (variable of type int)
//gotk:illegal var p *int; _ = p + 1 -- invalid operation: p + 1 (mismatched types *int and untyped int)
//gotk:illegal var p *struct{ n int }; q := &p; _ = q.n -- q.n undefined (type **struct{n int} has no field or method n)

func main() {
	var p *point
	fmt.Println(p == nil)
	v := point{1, 2}
	p = &v
	p.x = 10 // (*p).x
	pp := &p
	(*pp).y = 20
	(**pp).x++
	fmt.Println(v, *p, p == *pp, p == &v)
	type self *self
	var s self
	s = &s
	fmt.Println(*s == s)
	a := &[4]int{1, 2, 3, 4}
	a[0], a[3] = a[3], a[0]
	fmt.Println(*a, len(a), a[1:3])
	q := &a[2]
	*q += 100
	fmt.Println(a[2], &a[2] == q)
	defer func() { fmt.Println(recover()) }()
	p = nil
	fmt.Println(p.x)
}

// Output:
// true
// {11 20} {11 20} true true
// true
// [4 2 3 1] 4 [2 3]
// 103 true
// runtime error: invalid memory address or nil pointer dereference
