// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Order of evaluation
package main

import (
	"fmt"
	"strings"
)

var trace []string

func note[T any](name string, v T) T { trace = append(trace, name); return v }
func flush()                         { fmt.Println(strings.Join(trace, " ")); trace = nil }

type T struct{ n int }

func (t T) Add(n int) T { trace = append(trace, fmt.Sprint("add", n)); return T{t.n + n} }

var x = I(note("x", T{})).ab()
var y, z = sideEffect(), note("z", unrelated)
var _ = note("blank", 0)
var unrelated = note("unrelated", 5)

type I interface{ ab() []int }

func (T) ab() []int   { return note("ab", []int{1}) }
func sideEffect() int { return note("side effect", unrelated) }

func main() {
	fmt.Println(x, y, z)
	flush()
	f := func(a, b, c int) int { return a*100 + b*10 + c }
	v := note("f", f)(note("a", 1), note("b", 2), note("c", 3)) + note("d", 4)*note("e", 5)
	fmt.Println(v)
	flush()
	m := map[string]int{note("k1", "a"): note("v1", 1), note("k2", "b"): note("v2", 2)}
	arr := [3]int{}
	arr[note("index", 1)], m[note("key", "c")] = note("right", 7), note("second", 8)
	fmt.Println(arr, m)
	flush()
	_ = note("p", T{1}).Add(note("x1", 2)).Add(note("x2", 3))
	flush()
	_ = note("l", false) && note("never", true) || note("r", true)
	flush()
	i := 0
	s := []string{"zero", "one", "two"}
	i, s[i] = 1, "changed" // sets s[0]
	fmt.Println(i, s)
	a, b := 1, 2
	a, b = b, a+b
	s[0], s[2] = s[2], s[0]
	fmt.Println(a, b, s)
	c := make(chan int, 2)
	c <- note("sent", 1)
	c <- 9
	pair := [2]int{<-c, note("after receive", 1) + <-c}
	fmt.Println(pair)
	flush()
	defer note("deferred value", func() { flush() })()
	func() (int, string) { return note("r1", 1), note("r2", "two") }()
	_ = []int{2: note("third", 1), 0: note("first", 2)}
	_ = T{n: note("field", 1)}
	switch note("tag", 2) {
	case note("case1", 1), note("case2", 2), note("case3", 3):
	case note("case4", 4):
	}
	arr[note("op index", 2)] += note("op value", 5)
	var p *T
	func() {
		defer func() { recover() }()
		p.n = note("before the panic", 1)
	}()
	func() {
		defer func() { recover() }()
		arr[note("i", 5)] = note("value", 1)
	}()
}

// Output:
// [1] 5 5
// x ab blank unrelated side effect z
// 143
// f a b c d e
// [0 7 0] map[a:1 b:2 c:8]
// k1 v1 k2 v2 index key right second
// p x1 add2 x2 add3
// l r
// 1 [changed one two]
// 2 3 [two one changed]
// [1 10]
// sent after receive
// deferred value r1 r2 third first field tag case1 case2 op index op value before the panic i value
