// SPDX-License-Identifier: BSD-3-Clause
//
// Pointers: addresses of locals, fields and elements outlive functions; new; pointers to pointers; method values of pointers.
package main

import "fmt"

type point struct{ x, y int }

func local() *int {
	v := 42
	return &v
}

func param(n int) *int { return &n }

func field() *int {
	p := point{1, 2}
	return &p.y
}

func elem() *int {
	a := [3]int{1, 2, 3}
	return &a[1]
}

func result() (r int, p *int) {
	p = &r
	r = 7
	return r, p
}

func swap(a, b *int) { *a, *b = *b, *a }

func list(n int) []*point {
	var out []*point
	for i := 0; i < n; i++ {
		p := point{i, i * i}
		out = append(out, &p)
	}
	return out
}

func (p *point) move(dx int) *point { p.x += dx; return p }

func main() {
	p, q := local(), local()
	*p = 1
	fmt.Println(*p, *q, *param(3), *field(), *elem())
	r, rp := result()
	*rp = 9
	fmt.Println(r, *rp)
	a, b := 1, 2
	swap(&a, &b)
	fmt.Println(a, b)
	for _, p := range list(3) {
		fmt.Print(*p, " ")
	}
	pp := &p
	**pp = 5
	*pp = q
	fmt.Println(*p, pp == &p)
	pt := new(point)
	pt.move(3).move(4)
	(*pt).y = 6
	f := pt.move
	f(10)
	fmt.Println(*pt, pt == pt.move(0))
	arr := &[3]int{1, 2, 3}
	s := arr[:2]
	s[0] = 10
	for i := range arr {
		arr[i] *= 2
	}
	fmt.Println(*arr, s)
	ps := []*point{{1, 2}, {3, 4}}
	mp := map[string]*point{"a": {5, 6}}
	mp["a"].x++
	ps[0].y = 20
	fmt.Println(*ps[0], *mp["a"])
	n := new(10)
	*n++
	fmt.Println(*n)
	x := point{1, 1}
	y := &x
	z := *y
	y.x = 2
	fmt.Println(x, z)
	var np *point
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = *np
	}()
	var tail **point = &np
	for i := range 3 {
		*tail = &point{i, i}
		fmt.Print((*tail).x)
	}
	fmt.Println()
}

// Output:
// 1 42 3 2 2
// 7 9
// 2 1
// {0 0} {1 1} {2 4} 42 true
// {17 6} true
// [20 4 6] [20 4]
// {1 20} {6 6}
// 11
// {2 1} {1 1}
// runtime error: invalid memory address or nil pointer dereference
// 012
