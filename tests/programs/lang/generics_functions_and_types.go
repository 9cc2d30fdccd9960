// SPDX-License-Identifier: BSD-3-Clause
//
// Type parameters: functions, types, methods, constraints, inference, instances with interfaces and large types.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type number interface {
	~int | ~int8 | ~int64 | ~float64
}

func sum[T number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func apply[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() (v T, err error) {
	if len(s.items) == 0 {
		return v, errors.New("empty")
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return
}

type pair[K comparable, V any] struct {
	key K
	val V
}

func (p pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.key, p.val) }

func pairs[M ~map[K]V, K cmp.Ordered, V any](m M) []pair[K, V] {
	var out []pair[K, V]
	for k, v := range m {
		out = append(out, pair[K, V]{k, v})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].key < out[j].key })
	return out
}

type tree[T any] struct {
	left, right *tree[T]
	val         T
}

func (t *tree[T]) insert(v T, less func(a, b T) bool) *tree[T] {
	if t == nil {
		return &tree[T]{val: v}
	}
	if less(v, t.val) {
		t.left = t.left.insert(v, less)
	} else {
		t.right = t.right.insert(v, less)
	}
	return t
}

func (t *tree[T]) walk(f func(T)) {
	if t != nil {
		t.left.walk(f)
		f(t.val)
		t.right.walk(f)
	}
}

type stringer interface{ String() string }

func join[T stringer](xs []T) string {
	var parts []string
	for _, x := range xs {
		parts = append(parts, x.String())
	}
	return strings.Join(parts, ",")
}

type id int

func (i id) String() string { return fmt.Sprintf("#%d", int(i)) }

type setter[T any] interface {
	*T
	set(string)
}

type conf struct{ v string }

func (c *conf) set(s string) { c.v = s }

func build[T any, P setter[T]](s string) T {
	var t T
	P(&t).set(s)
	return t
}

func zero[T any]() T {
	var z T
	return z
}

func kindOf[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	}
	return fmt.Sprintf("%T", v)
}

type list[T any] []T

func (l list[T]) each(f func(int, T)) {
	for i, v := range l {
		f(i, v)
	}
}

func maxOf[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func contains[T comparable](xs []T, v T) bool {
	for _, x := range xs {
		if x == v {
			return true
		}
	}
	return false
}

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2.5), sum[int8](100, 100), sum[id]())
	fmt.Println(apply([]int{1, 2, 3}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	s := &stack[[3]int]{}
	s.push([3]int{1, 2, 3})
	s.push([3]int{4})
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	fmt.Println(pairs(map[string]int{"b": 2, "a": 1}))
	var t *tree[string]
	for _, w := range strings.Fields("the quick brown fox") {
		t = t.insert(w, func(a, b string) bool { return a < b })
	}
	t.walk(func(s string) { fmt.Print(s, " ") })
	fmt.Println()
	fmt.Println(join([]id{1, 2}), join([]pair[int, bool]{{1, true}}))
	fmt.Println(build[conf]("made"), zero[*int]() == nil, zero[struct{ a, b string }]())
	fmt.Println(kindOf(1), kindOf("s"), kindOf(2.5), kindOf([]id{}), kindOf(pair[string, []int]{}))
	list[float64]{1, 2}.each(func(i int, f float64) { fmt.Print(i, f, " ") })
	fmt.Println(maxOf("a", "b"), maxOf(3, 2), contains([]any{1, "x"}, "x"), contains([]id{1}, 2))
	f := maxOf[float64]
	fmt.Println(f(1, 2))
}

// Output:
// 6 4 -56 #0
// [x xx xxx]
// 3
// [4 0 0] <nil>
// [1 2 3] <nil>
// [0 0 0] empty
// [<a=1> <b=2>]
// brown fox quick the
// #1,#2 <1=true>
// {made} true { }
// int string float64 []main.id main.pair[string,[]int]
// 0 1 1 2 b 3 true false
// 2
