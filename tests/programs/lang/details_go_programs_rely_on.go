// SPDX-License-Identifier: BSD-3-Clause
//
// Details of the language that are easy to get wrong: blank results, builtins among calls, plain variables in the order of initialisation,
// constant truths as cases, assertions of type parameters, lengths and capacities that do not fit,
// values for blank fields.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

// ---- results with blank names

func blank() (_ int)               { return }
func blanks() (_ string, _ [3]int) { return }
func filled() (_, _ int)           { return 1, 2 }
func zero[T any]() (_ T)           { return }
func recovers() (_ int)            { defer func() { recover() }(); panic("lost") }
func deferred() (_ int, err error) { defer func() { err = nil }(); return 3, fmt.Errorf("dropped") }

// ---- order of initialisation: a variable without initialiser has its turn, too

var order []string

func note(name string, _ ...any) int { order = append(order, name); return len(order) }

var (
	first  = note("first", plain)
	second = note("second", &other, later)
	third  = note("third")
	plain  int
	other  string
	later  = note("later")
)

// ---- builtins take their turn among calls

func turns() {
	s := []int{1}
	grow := func() int { s = []int{1, 2, 3}; return len(s) }
	a, b, c := len(s), grow(), cap(s)
	fmt.Println(a, b, c)
	z := 1 + 2i
	change := func() float64 { z = 5 + 6i; return 0 }
	fmt.Println(real(z), change(), imag(z))
	text := "a"
	extend := func() int { text += "b"; return len(text) }
	fmt.Println([]byte(text), extend(), []byte(text))
	n := 4
	lower := func() int { n = 1; return n }
	fmt.Println(min(n, 3), lower(), max(n, 3), *new(n))
}

// ---- cases that are constant

func constantCases(b bool) string {
	switch {
	case 1 > 2:
		return "never"
	case 2 > 3:
		return "never either"
	}
	switch b {
	case 1 < 2:
		return "is true"
	case false, 3 < 3:
		return "is false"
	}
	return "?"
}

// ---- a type parameter asserted from an interface that its argument need not implement

type named interface{ Name() string }
type person struct{}

func (person) Name() string { return "person" }

func isA[T any](n named) bool {
	switch n.(type) {
	case T:
		return true
	}
	_, ok := n.(T)
	return ok
}

type sized interface{ Name() int }

func conflicting(n named) (ok bool) {
	_, ok = n.(sized)
	return
}

// ---- make with wrong sizes

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

type padded struct{ a, _, c int }

func blankField(p *padded) int { return *(*int)(unsafe.Add(unsafe.Pointer(p), 8)) }

var static = padded{1, 2, 3}

func main() {
	dynamic := padded{1, len(order), 3}
	fmt.Println(blankField(&static), blankField(&dynamic), static == dynamic)
	fmt.Println(blank(), zero[string]() == "", recovers())
	fmt.Println(blanks())
	fmt.Println(filled())
	fmt.Println(deferred())
	fmt.Println(order)
	turns()
	fmt.Println(constantCases(true), constantCases(false))
	fmt.Println(isA[person](person{}), isA[int](person{}), isA[fmt.Stringer](person{}), conflicting(person{}))
	try(func() { n, c := 2, 1; s := make([]int, n, c); s[0] = 1 })
	try(func() { n := -1; s := make([]int, n, 3); s[0] = 1 })
	try(func() { n, c := 1, -1; _ = make([]int, n, c) })
	if runtime.MemProfileRate < 0 {
		runtime.Breakpoint() // not reached, but there
	}
}

// Output:
// 0 0 true
// 0 true 0
//  [0 0 0]
// 1 2
// 3 <nil>
// [third first later second]
// 1 3 3
// 1 0 6
// [97] 2 [97 98]
// 3 1 3 1
// is true is false
// true false false false
// runtime error: makeslice: cap out of range
// runtime error: makeslice: len out of range
// runtime error: makeslice: cap out of range
