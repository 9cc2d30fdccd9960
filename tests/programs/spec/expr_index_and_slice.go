// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Index expressions; Slice expressions
package main

import "fmt"

//gotk:illegal var a [3]int; _ = a[-1] -- invalid argument: index -1 (constant of type int) must not be negative
//gotk:illegal var s []int; _ = s["x"] -- cannot convert "x" (untyped string constant) to type int
//gotk:illegal var s []int; _ = s[1.5] -- 1.5 (untyped float constant) truncated to int
//gotk:illegal _ = "abc"[0:2:3] -- invalid operation: 3-index slice of string
//gotk:illegal var s []int; _ = s[2:1] -- invalid slice indices: 1 < 2
//gotk:illegal _ = [3]int{1, 2, 3}[:] -- cannot slice unaddressable value [3]int{…} (value of type [3]int)
//gotk:illegal var m map[string]int; _ = m[1] -- cannot use 1 (untyped int constant) as string value in map index
//gotk:illegal x := 5; _ = x[0] -- cannot index x (variable of type int)
//gotk:illegal var s []int; _ = s[::] -- middle index required in 3-index slice

type bytes interface{ ~string | ~[]byte }

func first[T bytes](x T) byte        { return x[0] }
func tail[T bytes](x T) T            { return x[1:] }
func at[T ~[]E, E any](x T, i uint8) E { return x[i] }

func try(what string, f func()) {
	defer func() { fmt.Println(what+":", recover()) }()
	f()
}

func main() {
	a := [5]int{1, 2, 3, 4, 5}
	p := &a
	s := a[1:4]
	t := s[1:2:3]
	fmt.Println(a[2], p[2], s[0], s[2.0], "abc"['\x01'], map[string]int{"k": 7}["k"])
	fmt.Println(s, t, len(t), cap(t), s[:0], s[3:], s[:4], len(p[:]), "hello"[1:3], "hello"[5:] == "")
	fmt.Println(first("abc"), first([]byte("xyz")), tail("abc"), at([]string{"p", "q"}, 1))
	var none []int
	fmt.Println(none[:] == nil, none[0:0] == nil, (&a)[1:1] == nil)
	u, i := uint64(1)<<63, -1
	n := len(a)
	try("index", func() { a[n%5+n] = 0 })
	try("negative", func() { _ = s[i] })
	try("unsigned", func() { _ = s[u] })
	try("string", func() { _ = "abc"[n] })
	try("high", func() { _ = s[:n] })
	try("low", func() { _ = s[n-1 : 2] })
	try("array", func() { _ = a[:n+1] })
	try("text", func() { _ = "abc"[n:] })
	try("three", func() { _ = s[0:1:n] })
	try("max", func() { _ = s[0 : n-1 : 3] })
	try("nil", func() { _ = none[n] })
	try("pointer", func() { var q *[5]int; _ = q[1] })
	try("no element", func() { var m map[string][]int; _ = m["x"][0] })
	s = append(s[:1:1], 100)
	fmt.Println(a, s)
	v, ok := map[int]string{1: "one"}[2]
	fmt.Printf("%q %v\n", v, ok)
	count := 0
	key := func() int { count++; return count }
	m := map[int]int{}
	m[key()] += 5
	m[key()]++
	fmt.Println(m, count)
}

// Output:
// 3 3 2 4 98 7
// [2 3 4] [3] 1 2 [] [] [2 3 4 5] 5 el true
// 97 120 bc q
// true true false
// index: runtime error: index out of range [5] with length 5
// negative: runtime error: index out of range [-1]
// unsigned: runtime error: index out of range [9223372036854775808] with length 3
// string: runtime error: index out of range [5] with length 3
// high: runtime error: slice bounds out of range [:5] with capacity 4
// low: runtime error: slice bounds out of range [4:2]
// array: runtime error: slice bounds out of range [:6] with length 5
// text: runtime error: slice bounds out of range [5:3]
// three: runtime error: slice bounds out of range [::5] with capacity 4
// max: runtime error: slice bounds out of range [:4:3]
// nil: runtime error: index out of range [5] with length 0
// pointer: runtime error: invalid memory address or nil pointer dereference
// no element: runtime error: index out of range [0] with length 0
// [1 2 3 4 5] [2 100]
// "" false
// map[1:5 2:1] 2
