// SPDX-License-Identifier: BSD-3-Clause
//
// Several checks of the same kind in a function, each fails on its own line.
package main

import (
	"fmt"
	"runtime"
)

type node struct{ next *node }

//go:noinline
func third(p *node) *node {
	p = p.next
	if p == nil || p.next != nil {
		p = p.next
	}
	return p.next.next.
		next
}

//go:noinline
func divide(a, b, c int) int {
	x := a / b
	if x > 3 {
		x += a / c
	}
	return x
}

//go:noinline
func raise(n int) {
	switch n {
	case 0:
		panic("x")
	case 1:
		panic("x")
	}
	panic("x")
}

func line(f func()) (line int) {
	defer func() {
		recover()
		for skip := 1; ; skip++ {
			pc, _, at, ok := runtime.Caller(skip)
			if !ok {
				return
			}
			switch name := runtime.FuncForPC(pc).Name(); name {
			case "main.third", "main.divide", "main.raise":
				line = at
				return
			}
		}
	}()
	f()
	return 0
}

func main() {
	chain := func(n int) *node {
		var p *node
		for range n {
			p = &node{p}
		}
		return p
	}
	for n := range 5 {
		fmt.Println(n, line(func() { third(chain(n)) }))
	}
	fmt.Println(line(func() { divide(8, 0, 1) }), line(func() { divide(8, 2, 0) }))
	for n := range 3 {
		fmt.Println(line(func() { raise(n) }))
	}
}
