// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Type parameter declarations: type constraints, satisfying a constraint
package main

import (
	"fmt"
	"sort"
	"strings"
)

type ordered interface {
	~int | ~uint8 | ~float64 | ~string
}

func maximum[T ordered](first T, rest ...T) T {
	for _, v := range rest {
		if v > first {
			first = v
		}
	}
	return first
}

func keys[M ~map[K]V, K comparable, V any](m M) []K {
	found := make([]K, 0, len(m))
	for k := range m {
		found = append(found, k)
	}
	return found
}

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }
func (p *pair[_, B]) set(b B)         { p.b = b }

type stringer interface{ String() string }

func join[S interface {
	~[]E
	Len() int
}, E stringer](s S) string {
	parts := []string{}
	for i := 0; i < s.Len(); i++ {
		parts = append(parts, s[i].String())
	}
	return strings.Join(parts, "+")
}

type num int

func (n num) String() string { return fmt.Sprint("n", int(n)) }

type nums []num

func (n nums) Len() int { return len(n) }

// A method set with a pointer: PT is *T and has the method.
func fill[T any, PT interface {
	*T
	Set(int)
}](n int) []T {
	all := make([]T, n)
	for i := range all {
		PT(&all[i]).Set(i * i)
	}
	return all
}

type cell struct{ v int }

func (c *cell) Set(v int) { c.v = v }

// Methods have type parameters of their own.
func (p pair[A, B]) with(note string) string { return fmt.Sprint(p.a, note, p.b) }
func (c *cell) as[T ~int | ~float64](scale T) T { return T(c.v) * scale }
func (p pair[A, B]) mapped[C any](f func(A, B) C) pair[C, A] { return pair[C, A]{f(p.a, p.b), p.a} }

func equal[T comparable](a, b T) bool { return a == b }

type tree[T interface{ Less(T) bool }] struct {
	left, right *tree[T]
	value       T
}

func (t *tree[T]) insert(v T) *tree[T] {
	if t == nil {
		return &tree[T]{value: v}
	}
	if v.Less(t.value) {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree[T]) walk(yield func(T)) {
	if t != nil {
		t.left.walk(yield)
		yield(t.value)
		t.right.walk(yield)
	}
}

type age int

func (a age) Less(b age) bool { return a < b }

//gotk:illegal top: func f[T any](a, b T) bool { return a == b } -- invalid operation: a == b (incomparable types in type set)
//gotk:illegal top: func f[T comparable](T) {}; func g() { f([]int{}) } -- []int does not satisfy comparable
//gotk:illegal top: func f[T ~int](T) {}; func g() { f("x") } -- string does not satisfy ~int (string missing in ~int)
//gotk:illegal top: func f[T any](x T) { x.m() } -- x.m undefined (type T has no field or method m)
//gotk:illegal top: func f[T int | string](x T) T { return x * 2 } -- invalid operation: x * 2 (mismatched types T and untyped int)

func main() {
	fmt.Println(maximum(3, 9, 2), maximum("b", "abc"), maximum(1.5), maximum[uint8](1, 200))
	k := keys(map[string]int{"b": 1, "a": 2})
	sort.Strings(k)
	fmt.Println(k)
	p := pair[int, string]{1, "x"}
	p.set("y")
	fmt.Printf("%v %T\n", p.swap(), p.swap())
	fmt.Println(join(nums{1, 2, 3}), fill[cell](4))
	fmt.Println(equal(any(1), any(1)), equal([2]string{"a"}, [2]string{}), equal[stringer](num(1), num(1)))
	fmt.Println(p.with("/"), (&cell{3}).as(1.5), (&cell{3}).as[num](2), p.mapped(func(a int, b string) []string { return []string{b, fmt.Sprint(a)} }))
	scale := (&cell{7}).as[float64]
	fmt.Println(scale(0.5))
	var t *tree[age]
	for _, v := range []age{5, 2, 8, 1} {
		t = t.insert(v)
	}
	t.walk(func(v age) { fmt.Print(v, " ") })
	fmt.Println()
	defer func() { fmt.Println(recover()) }()
	fmt.Println(equal[any]([]int{}, []int{}))
}

// Output:
// 9 b 1.5 200
// [a b]
// {y 1} main.pair[string,int]
// n1+n2+n3 [{0} {1} {4} {9}]
// true false true
// 1/y 4.5 n6 {[y 1] 1}
// 3.5
// 1 2 5 8
// runtime error: comparing uncomparable type []int
