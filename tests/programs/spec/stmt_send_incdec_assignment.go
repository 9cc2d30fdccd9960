// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Send, IncDec and assignment statements
package main

import "fmt"

//gotk:illegal 1 = 2 -- cannot assign to 1 (neither addressable nor a map index expression)
//gotk:illegal const c = 1; c = 2 -- cannot assign to c (neither addressable nor a map index expression)
//gotk:illegal f := func() int { return 1 }; f() = 2 -- cannot assign to f() (neither addressable nor a map index expression)
//gotk:illegal x := 1; x++ + 1 -- syntax error: unexpected + at end of statement
//gotk:illegal s := "a"; s++ -- invalid operation: s++ (non-numeric type string)
//gotk:illegal var a, b int; a, b += 1, 2 -- syntax error: unexpected +=, expected := or = or comma
//gotk:illegal var a, b int; a, b = 1 -- assignment mismatch: 2 variables but 1 value
//gotk:illegal _ = nil -- use of untyped nil in assignment to _ identifier
//gotk:illegal var c <-chan int; c <- 1 -- invalid operation: cannot send to receive-only channel <-chan int c (variable of type <-chan int)
//gotk:illegal for i := range 3 { i := "x"; i = 1; _ = i } -- cannot use 1 (untyped int constant) as string value in assignment

type T struct {
	n int
	p *T
}

func get(t *T, name string) *T { fmt.Print(name, " "); return t }
func pair() (int, string)      { return 1, "one" }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	c := make(chan any, 2)
	c <- 1 << 3
	c <- "x" + "y"
	fmt.Println(<-c, <-c)
	i, f, z := 1, 1.5, 1i
	i++
	f--
	z++
	fmt.Println(i, f, z)
	x := []int{1, 2, 3}
	i = 0
	i, x[i] = 1, 2
	fmt.Println(i, x)
	i = 0
	x[i], i = 2, 1
	fmt.Println(i, x)
	x[0], x[0] = 1, 2
	fmt.Println(x)
	x[1], x[2] = 4, 5
	a, b := 1, 2
	a, b = b, a
	fmt.Println(x, a, b)
	try(func() { x[1], x[3-len(x)+3] = 40, 50 })
	fmt.Println(x)
	type Point struct{ x, y int }
	var p *Point
	try(func() { x[2], p.x = 6, 7 })
	fmt.Println(x)
	i = 2
	x = []int{3, 5, 7}
	for i, x[i] = range x {
		break
	}
	fmt.Println(i, x)
	t := &T{n: 1}
	get(t, "left").n, get(t, "right").p = 5, &T{n: 6}
	fmt.Println(t.n, t.p.n)
	a, _ = pair()
	_, s := pair()
	_ = a
	var e any
	e, a = a, 9
	fmt.Println(a, s, e)
	m := map[string]int{}
	m["a"], m["b"] = 1, 2
	m["a"] += 10
	m["c"]++
	m["d"] -= 5
	v, ok := m["b"]
	_, ok2 := m["z"]
	fmt.Println(m, v, ok, ok2)
	n := 0b1111
	n &^= 5
	n <<= 2
	n |= 1
	n ^= 3
	n %= 17
	s += "!"
	get(t, "once").n *= 3
	x[idx()] += 100
	fmt.Println(n, s, t.n, x)
	list := &T{1, &T{2, &T{3, nil}}}
	var reversed *T
	for list != nil {
		list, list.p, reversed = list.p, reversed, list
	}
	fmt.Println(reversed.n, reversed.p.n, reversed.p.p.n, reversed.p.p.p == nil)
	arrays := [2][2]int{{1, 2}, {3, 4}}
	arrays[0], arrays[1] = arrays[1], arrays[0]
	*(&arrays[0][0]), (arrays[1][1]) = 100, 200
	fmt.Println(arrays)
	try(func() { var none map[string]int; none["a"]++ })
	func() { m, x := "shadowed", 0; _, _ = m, x }()
	var big struct{ a, b [40]int }
	big.a[3] = 7
	big.a, big.b = big.b, big.a
	fmt.Println(big.a[3], big.b[3])
}

func idx() int { fmt.Print("index once "); return 1 }

// Output:
// 8 xy
// 2 0.5 (1+1i)
// 1 [2 2 3]
// 1 [2 2 3]
// [2 2 3]
// [2 4 5] 2 1
// runtime error: index out of range [3] with length 3
// [2 40 5]
// runtime error: invalid memory address or nil pointer dereference
// [2 40 6]
// 0 [3 5 3]
// left right 5 6
// 9 one 1
// map[a:11 b:2 c:1 d:-5] 2 true false
// once index once 8 one! 15 [3 105 3]
// 3 2 1 true
// [[100 4] [1 200]]
// assignment to entry in nil map
// 0 7
