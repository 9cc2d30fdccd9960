// SPDX-License-Identifier: BSD-3-Clause
//
// Variadic functions, spreading of multi-value calls, blank results, memory-sized parameters and results.
package main

import "fmt"

func sum(base int, xs ...int) (int, int) {
	for _, x := range xs {
		base += x
	}
	return base, len(xs)
}

func three() (int, string, error)            { return 1, "two", nil }
func take(n int, s string, err error) string { return fmt.Sprint(n, s, err) }
func all(xs ...any) int                      { return len(xs) }
func twice(a, b int) (int, int)              { return b, a }

type block struct{ data [32]int }

func fill(n int) (b block, ok bool, name string) {
	for i := range b.data {
		b.data[i] = n * i
	}
	return b, true, "filled"
}

func (b block) with(i, v int) block { b.data[i] = v; return b }

func swap(a, b block) (block, block) { return b, a }

func mutate(xs ...int) { xs[0] = 100 }

func main() {
	fmt.Println(sum(1))
	fmt.Println(sum(1, 2, 3))
	xs := []int{4, 5, 6}
	fmt.Println(sum(0, xs...))
	fmt.Println(take(three()), all(three()), all(), all(nil), all([]any{1, 2}...))
	fmt.Println(twice(twice(1, 2)))
	mutate(xs...)
	fmt.Println(xs)
	b, ok, name := fill(3)
	c := b.with(1, -1)
	fmt.Println(b.data[1], c.data[1], b.data[31], ok, name)
	b, c = swap(b, c)
	fmt.Println(b.data[1], c.data[1])
	b, c = c, b
	fmt.Println(b.data[1], c.data[1])
	_, _, name = fill(0)
	arr := [2]block{b, c}
	arr[0], arr[1] = arr[1], arr[0]
	p := &arr[1]
	*p = p.with(0, 77)
	fmt.Println(arr[0].data[1], arr[1].data[0], name)
	f := func(b block) int { b.data[0]++; return b.data[0] }
	fmt.Println(f(arr[1]), arr[1].data[0])
	var i any = arr[1]
	arr[1].data[0] = 0
	fmt.Println(i.(block).data[0], i == any(arr[1]))
	ch := make(chan block, 1)
	ch <- arr[0]
	arr[0].data[1] = 5
	fmt.Println((<-ch).data[1])
	m := map[string]block{"k": c}
	c.data[1] = 123
	fmt.Println(m["k"].data[1], m["none"].data[1])
}

// Output:
// 1 0
// 6 2
// 15 3
// 1two<nil> 3 0 1 2
// 1 2
// [100 5 6]
// 3 -1 93 true filled
// -1 3
// 3 -1
// -1 77 filled
// 78 77
// 77 false
// -1
// -1 0
