// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: For statements: conditions, clauses, range over everything
package main

import (
	"fmt"
	"iter"
	"sort"
)

//gotk:illegal for i := 0; i < 3; i := 1 {} -- syntax error: cannot declare in post statement of for loop
//gotk:illegal for 1 {} -- non-boolean condition in for statement
//gotk:illegal var n int; for i, j := range n { _, _ = i, j } -- range over n (variable of type int) permits only one iteration variable
//gotk:illegal c := make(chan int); for i, v := range c { _, _ = i, v } -- range over c (variable of type chan int) permits only one iteration variable
//gotk:illegal for i := range 1.5 {} -- cannot range over 1.5 (untyped float constant)
//gotk:illegal var p *[]int; for range p {} -- cannot range over p (variable of type *[]int)
//gotk:illegal var u uint8; for i := range 256 { u = i } -- cannot use i (variable of type int) as uint8 value in assignment
//gotk:illegal f := func(func() int) {}; for range f {} -- cannot range over f (variable of type func(func() int)): func must be func(yield func(...) bool): yield func does not return bool
//gotk:illegal for i, s := range "x" { s = "y"; _ = i } -- cannot use "y" (untyped string constant) as rune value in assignment

type Tree[K comparable, V any] struct {
	left, right *Tree[K, V]
	key         K
	value       V
}

func (t *Tree[K, V]) walk(yield func(key K, val V) bool) bool {
	return t == nil || t.left.walk(yield) && yield(t.key, t.value) && t.right.walk(yield)
}

func (t *Tree[K, V]) Walk(yield func(key K, val V) bool) { t.walk(yield) }

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("done ")
		for i := range n {
			if !yield(i) {
				fmt.Print("stopped ")
				return
			}
		}
	}
}

func search(limit int) (found int, err error) {
	defer func() { found *= 10 }()
	for i := range count(10) {
		for j := range count(3) {
			if i*j == limit {
				return i + j, nil
			}
		}
	}
	return -1, fmt.Errorf("none")
}

func main() {
	a := 1
	for a < 10 {
		a *= 2
	}
	i := 0
	for ; ; i++ {
		if i > 3 {
			break
		}
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	fmt.Println(a, i)
	var prints []func()
	for i := 0; i < 4; i++ { // a new i for each iteration
		prints = append(prints, func() { fmt.Print(i, " ") })
		i++
	}
	for _, p := range prints {
		p()
	}
	fmt.Println()
	arr := [4]int{1, 2, 3, 4}
	for i, v := range arr {
		arr[3] = 100
		if i == 3 {
			fmt.Println("array copied:", v)
		}
	}
	for i, v := range &arr {
		arr[3] = 200
		if i == 3 {
			fmt.Println("pointer not:", v)
		}
	}
	s := []int{1, 2, 3}
	for i := range s {
		s = append(s, i) // the range was decided at the start
	}
	fmt.Println(s, len(s))
	var nilArray *[5]int
	for i := range nilArray {
		fmt.Print(i)
	}
	for range len(arr) {
		fmt.Print(".")
	}
	fmt.Println()
	for pos, char := range "日本\x80語" {
		fmt.Printf("%d%q ", pos, char)
	}
	fmt.Println()
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	keys := []string{}
	for k := range m {
		keys = append(keys, k)
		m["a"] = 10
	}
	sort.Strings(keys)
	fmt.Println(keys, m)
	c := make(chan int, 3)
	c <- 1
	c <- 2
	close(c)
	for v := range c {
		fmt.Print(v, " ")
	}
	var x [3]float64
	var idx int
	for idx, x[1] = range []float64{1.5, 2.5} {
	}
	fmt.Println(idx, x)
	for i := range int8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	const limit = 3
	var u uint16
	for u = range limit {
	}
	for i := range -5 {
		fmt.Print("never", i)
	}
	fmt.Println(u)
	tree := &Tree[string, int]{nil, &Tree[string, int]{nil, nil, "z", 26}, "m", 13}
	tree.left = &Tree[string, int]{nil, nil, "a", 1}
	for k, v := range tree.Walk {
		fmt.Print(k, v, " ")
		if k == "m" {
			continue
		}
	}
	fmt.Println()
	fmt.Println(search(6))
	fmt.Println(search(7))
outer:
	for i := range count(5) {
		for j := range count(5) {
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	try := func(f func(yield func() bool)) {
		defer func() { fmt.Println(recover()) }()
		for range f {
			break
		}
	}
	try(func(yield func() bool) { yield() })
	try(func(yield func() bool) { yield(); yield() })
	try(func(yield func() bool) { yield(); defer func() { fmt.Println(recover()) }(); yield() })
	var kept func() bool
	try(func(yield func() bool) { kept = yield })
	func() {
		defer func() { fmt.Println(recover()) }()
		kept()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		for range func(yield func() bool) { defer func() { recover() }(); yield() } {
			panic("in the body")
		}
	}()
	try(nil)
	next, stop := iter.Pull(count(3))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
}

// Output:
// 0 10 1 8 2 6 3 4 16 4
// 1 3
// array copied: 4
// pointer not: 200
// [1 2 3 0 1 2] 6
// 01234....
// 0'日' 3'本' 6'�' 7'語'
// [a b c] map[a:10 b:2 c:3]
// 1 2 1 [0 2.5 0]
// int80 int81 int82 2
// a1 m13 z26
// done done done stopped done stopped done 50 <nil>
// done done done done done done done stopped done stopped done 80 <nil>
// 0 0 0 1 stopped done 1 0 1 1 stopped done stopped done stopped done
// <nil>
// runtime error: range function continued iteration after function for loop body returned false
// runtime error: range function continued iteration after function for loop body returned false
// runtime error: range function recovered a loop body panic and did not resume panicking
// <nil>
// runtime error: range function continued iteration after whole loop exit
// runtime error: range function recovered a loop body panic and did not resume panicking
// runtime error: invalid memory address or nil pointer dereference
// 0 true
// 1 true
// stopped done 0 false
