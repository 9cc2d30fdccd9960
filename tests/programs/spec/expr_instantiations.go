// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Instantiations; Type inference
package main

import (
	"fmt"
	"strconv"
)

func apply[S ~[]E, E any](s S, f func(E) E) S {
	out := make(S, len(s))
	for i, v := range s {
		out[i] = f(v)
	}
	return out
}

func Map[T, U any](s []T, f func(T) U) []U {
	var out []U
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

func sum[T ~int | ~float64](x ...T) (total T) {
	for _, v := range x {
		total += v
	}
	return
}

func scale[E ~int | ~float64, S ~[]E](s S, c E) S {
	r := make(S, len(s))
	for i, v := range s {
		r[i] = v * c
	}
	return r
}

func double[T ~int | ~float64](x T) T        { return 2 * x }
func pair[A, B any](a A, b B) string         { return fmt.Sprintf("%T,%T", a, b) }
func ptr[T any](v T) *T                      { return &v }
func channel[T any](c <-chan T) (v T, ok bool) { v, ok = <-c; return }
func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C {
	return func(a A) C { return g(f(a)) }
}
func deref[P *T, T any](p P) T { return *p }

type points []int

func (p points) String() string { return "points" + fmt.Sprint(len(p)) }

type List[T any] struct{ items []T }

func (l *List[T]) Push(v ...T) *List[T] { l.items = append(l.items, v...); return l }

//gotk:illegal top: func f[T any]() {}; func g() { f() } -- in call to f, cannot infer T (declared
//gotk:illegal top: func f[T any](a, b T) {}; func g() { f(1, "x") } -- in call to f, mismatched types untyped int and untyped string (cannot infer T)
//gotk:illegal top: func f[T any](T) {}; var v = f -- cannot use generic function f without instantiation
//gotk:illegal top: func f[T any](T) {}; func g() { f[int, string](1) } -- got 2 type arguments but want 1
//gotk:illegal top: func f[T any](a []T, b T) {}; func g() { f([]int{1}, "x") } -- cannot use "x" (untyped string constant) as int value in argument to f
//gotk:illegal top: type L[T any] struct{}; var l L[int, string] -- too many type arguments for type L: have 2, want 1

func main() {
	fmt.Println(apply([]int{1, 2}, double), apply(points{3}, double[int]), apply[points](points{1, 2}, func(x int) int { return x + 1 }))
	fmt.Println(Map([]int{1, 2}, strconv.Itoa), Map([]string{"a", "bb"}, func(s string) int { return len(s) }))
	fmt.Println(sum[float64](1, 2.5), sum(1, 2, 3), sum(1, 2.5), sum[int]())
	fmt.Println(scale(points{1, 2}, 3), scale([]float64{1}, 2))
	fmt.Println(pair(1, "x"), pair('a', 1.5), pair[int8](1, 2i), pair(nil == any(nil), []int{}))
	var f func(int) int = double
	fs := []func(float64) float64{double, double[float64]}
	fmt.Println(f(4), fs[0](1.25), *ptr("p"), *ptr[any](3), deref(ptr(5)))
	c := make(chan string, 1)
	c <- "sent"
	fmt.Println(channel(c))
	fmt.Println(compose(strconv.Itoa, func(s string) []byte { return []byte(s + "!") })(42))
	fmt.Println((&List[string]{}).Push("a").Push("b", "c").items)
	fmt.Printf("%T %T %T\n", double[float64], List[map[string]int]{}, Map[int, string])
}

// Output:
// [2 4] points1 points2
// [1 2] [1 2]
// 3.5 6 3.5 0
// points2 [2]
// int,string int32,float64 int8,complex128 bool,[]int
// 8 2.5 p 3 5
// sent true
// [52 50 33]
// [a b c]
// func(float64) float64 main.List[map[string]int] func([]int, func(int) string) []string
