// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Array types
package main

import (
	"fmt"
	"unsafe"
)

const size = 4

//gotk:illegal var n = 3; var a [n]int -- invalid array length n
//gotk:illegal var a [-1]int -- invalid array length -1 (untyped int constant)
//gotk:illegal var a [3]int; a[3] = 1 -- invalid argument: index 3 out of bounds [0:3]
//gotk:illegal var a [3]int; var b [4]int = a -- cannot use a (variable of type [3]int) as [4]int value in variable declaration
//gotk:illegal top: type T1 [10]T1 -- invalid recursive type: T1 refers to itself
//gotk:illegal top: type T2 struct { f [10]T2 } -- invalid recursive type: T2 refers to itself

type (
	T5 [10]*T5
	T6 [10]func() T6
	T7 [10]struct{ f []T7 }
)

func change(a [3]int) [3]int { a[0] = 100; return a }

func main() {
	var a [3]int
	b := [...]string{2: "c", "d", 0: "a"}
	fmt.Println(a, len(a), cap(a), len(b), b)
	fmt.Println(change(a), a, a == [3]int{}, a != change(a))
	c := a // a copy
	c[1] = 7
	p := &c
	p[2] = 9
	fmt.Println(a, c, len(p), cap(p))
	var grid [2][size]int
	grid[1][3] = 5
	fmt.Println(grid, len(grid[0]), unsafe.Sizeof(grid))
	for i := range p {
		p[i] = i
	}
	for i, v := range c {
		c[2] = 50 // range goes over a copy
		fmt.Print(i, v, " ")
	}
	fmt.Println(c)
	m := map[[2]string]int{{"a", "b"}: 1}
	m[[2]string{"a", "b"}]++
	fmt.Println(m, len([0]int{}), [1 << 3]byte{}, unsafe.Sizeof(T7{}))
	var t T5
	t[3] = &t
	fmt.Println(t[3][3] == &t)
	defer func() { fmt.Println(recover()) }()
	i := 3
	a[i%4] = 1
}

// Output:
// [0 0 0] 3 3 4 [a  c d]
// [100 0 0] [0 0 0] true true
// [0 0 0] [0 7 9] 3 3
// [[0 0 0 0] [0 0 0 5]] 4 64
// 0 0 1 1 2 2 [0 1 50]
// map[[a b]:2] 0 [0 0 0 0 0 0 0 0] 240
// true
// runtime error: index out of range [3] with length 3
