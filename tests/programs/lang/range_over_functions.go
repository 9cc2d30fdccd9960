// SPDX-License-Identifier: BSD-3-Clause
//
// Range over functions: values, break, continue, return, labels, goto, defer in the body, nesting, misuse.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("<done>")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(s string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, r := range s {
			if !yield(i, string(r)) {
				return
			}
		}
	}
}

func find(n int) (r string, ok bool) {
	for i := range count(10) {
		for j, s := range pairs("abc") {
			if i == n && j == 1 {
				return s + fmt.Sprint(i), true
			}
		}
	}
	return "none", false
}

func labels() (n int) {
outer:
	for i := range count(5) {
		for j := range count(5) {
			switch {
			case j == 1 && i < 2:
				continue outer
			case i == 3:
				break outer
			case j == 3:
				break
			}
			n += 10*i + j
		}
	}
	return
}

func deferred() (s string) {
	defer func() { s += " first" }()
	for i := range count(2) {
		defer func() { s += fmt.Sprint(" d", i) }()
	}
	return "returned"
}

func recovers() (v any) {
	defer func() { v = recover() }()
	for i := range count(3) {
		if i == 1 {
			panic("in the body")
		}
	}
	return
}

func jump() string {
	for i := range count(3) {
		if i == 2 {
			goto out
		}
	}
	return "no"
out:
	return "jumped"
}

type big struct{ a [20]int }

func bigs(yield func(big) bool) {
	_ = yield(big{[20]int{19: 3}}) && yield(big{[20]int{19: 4}})
}

func bad(yield func() bool) {
	yield()
	yield()
}

func swallow(yield func(int) bool) {
	defer func() { recover() }()
	yield(1)
}

func main() {
	sum := 0
	for i := range count(5) {
		if i == 1 {
			continue
		}
		sum += i
	}
	fmt.Println(sum)
	fmt.Println(find(3))
	fmt.Println(find(30))
	fmt.Println(labels())
	fmt.Println(deferred())
	fmt.Println(recovers())
	fmt.Println(jump())
	total := 0
	for b := range bigs {
		total += b.a[19]
	}
	fmt.Println(total)
	var x, y = 1, ""
	for x, y = range pairs("éa") {
	}
	fmt.Println(x, y)
	func() {
		defer func() { fmt.Println(recover()) }()
		for range bad {
			break
		}
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		for range swallow {
			panic("lost")
		}
	}()
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i += 5; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println(slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2})))
}

// Output:
// <done>9
// <done>b3 true
// <done>none false
// <done><done><done><done><done>120
// <done>returned d1 d0 first
// <done>in the body
// <done>jumped
// 7
// 2 a
// runtime error: range function continued iteration after function for loop body returned false
// runtime error: range function recovered a loop body panic and did not resume panicking
// <done>5 6 7 [a b]
