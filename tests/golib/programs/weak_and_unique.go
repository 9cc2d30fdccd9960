// SPDX-License-Identifier: BSD-3-Clause

// Weak pointers are equal, see parts of objects, and lose what is gone; unique handles.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"unique"
	"weak"
)

type node struct {
	v    [8]int
	next *node
}

//go:noinline
func make1() (weak.Pointer[node], weak.Pointer[int]) {
	n := &node{}
	n.v[3] = 7
	return weak.Make(n), weak.Make(&n.v[3])
}

var keep *node

//go:noinline
func many() (ws []weak.Pointer[node]) {
	for range 1000 {
		n := &node{}
		keep = n
		ws = append(ws, weak.Make(n))
	}
	return ws
}

func clearStack() int {
	var a [500]int
	for i := range a {
		a[i] = i
	}
	return a[len(fmt.Sprint(a[3]))]
}

type named string

func main() {
	w, f := make1()
	if p := w.Value(); p != nil {
		fmt.Println(p.v[3], f.Value() == &p.v[3], weak.Make(p) == w, weak.Make(&p.v[3]) == f, weak.Make(&p.v[2]) == f)
	}
	var zero weak.Pointer[int]
	fmt.Println(zero.Value() == nil, weak.Make[int](nil) == zero)
	ws := many()
	clearStack()
	runtime.GC()
	runtime.GC()
	alive := 0
	for _, w := range ws {
		if w.Value() != nil {
			alive++
		}
	}
	fmt.Println("last alive:", ws[999].Value() == keep, "few others:", alive < 20)
	a, b := unique.Make("text"), unique.Make(strings.Repeat("te", 1)+"xt")
	fmt.Println(a == b, a.Value(), unique.Make(named("text")).Value(), unique.Make("other") == a)
	fmt.Println(unique.Make[any](5) == unique.Make[any](5), unique.Make(5).Value(), unique.Make([2]string{"a", "b"}) == unique.Make([2]string{"a", "b"}))
	for i := range 10000 {
		unique.Make(i)
	}
	runtime.GC()
	fmt.Println(unique.Make(77).Value())
	runtime.KeepAlive(keep)
}
