// SPDX-License-Identifier: BSD-3-Clause
//
// Types that refer to themselves: lists, trees, functions returning themselves, maps of themselves.
//
//gotk:test threads depth=500
package main

import "fmt"

type node struct {
	val  int
	next *node
}

func (n *node) push(v int) *node { return &node{v, n} }

func (n *node) reverse() (r *node) {
	for ; n != nil; n = n.next {
		r = r.push(n.val)
	}
	return
}

func (n *node) String() string {
	if n == nil {
		return "nil"
	}
	return fmt.Sprint(n.val, "->", n.next.String())
}

type state func(*machine) state

type machine struct {
	log []string
	n   int
}

func start(m *machine) state {
	m.log = append(m.log, "start")
	return count
}

func count(m *machine) state {
	m.n++
	m.log = append(m.log, fmt.Sprint("count", m.n))
	if m.n < 3 {
		return count
	}
	return nil
}

type dir map[string]dir

func (d dir) depth() int {
	deepest := 0
	for _, sub := range d {
		deepest = max(deepest, sub.depth()+1)
	}
	return deepest
}

type expr interface{ eval() float64 }
type num float64
type bin struct {
	op   byte
	l, r expr
}

func (n num) eval() float64 { return float64(n) }
func (b bin) eval() float64 {
	l, r := b.l.eval(), b.r.eval()
	switch b.op {
	case '+':
		return l + r
	case '*':
		return l * r
	}
	return l - r
}

type slice []slice

var depth = 100000

func ackermann(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func even(n int) bool { return n == 0 || odd(n-1) }
func odd(n int) bool  { return n != 0 && even(n-1) }

func main() {
	var l *node
	for i := range 4 {
		l = l.push(i)
	}
	fmt.Println(l, l.reverse())
	m := &machine{}
	for s := state(start); s != nil; {
		s = s(m)
	}
	fmt.Println(m.log)
	fmt.Println(dir{"a": {"b": {"c": nil}}, "d": nil}.depth())
	fmt.Println(bin{'+', num(1), bin{'*', num(2), num(3)}}.eval())
	fmt.Println(len(slice{slice{}, nil, slice{slice{}}}), ackermann(2, 9), even(1000), odd(7))
	deep := 0
	var down func(int)
	down = func(n int) {
		var pad [64]int
		pad[n%64] = n
		deep += pad[n%64] - n + 1
		if n > 0 {
			down(n - 1)
		}
	}
	down(depth)
	fmt.Println(deep == depth+1)
}

// Output:
// 3->2->1->0->nil 0->1->2->3->nil
// [start count1 count2 count3]
// 3
// 7
// 3 21 true true
// true
