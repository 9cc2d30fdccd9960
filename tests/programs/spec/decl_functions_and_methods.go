// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Function declarations; Method declarations
package main

import (
	"fmt"
	"math"
	"strings"
)

func indexRune(s string, r rune) int {
	for i, c := range s {
		if c == r {
			return i
		}
	}
	return -1 // without it: missing return
}

func forever() int {
	for {
		if len(calls) > 0 {
			return len(calls)
		}
		calls = append(calls, "x")
	}
}

var calls []string

func minimum[T ~int | ~float64](x, y T) T {
	if x < y {
		return x
	}
	return y
}

type Point struct{ x, y float64 }

func (p *Point) Length() float64         { return math.Sqrt(p.x*p.x + p.y*p.y) }
func (p *Point) Scale(factor float64)    { p.x *= factor; p.y *= factor }
func (p Point) Moved(dx float64) Point   { p.x += dx; return p }
func (Point) Name() string               { return "point" }
func (p *Point) IsNil() bool             { return p == nil }

type Pair[A, B any] struct {
	a A
	b B
}

func (p Pair[A, B]) Swap() Pair[B, A]    { return Pair[B, A]{p.b, p.a} }
func (p Pair[First, _]) First() First    { return p.a }

type words []string

func (w words) Upper() words {
	for i := range w {
		w[i] = strings.ToUpper(w[i])
	}
	return w
}

type op func(int) int

func (o op) Twice(n int) int { return o(o(n)) }

type counter map[string]int

func (c counter) Add(s string) counter { c[s]++; return c }

//gotk:illegal top: func f() int {} -- missing return
//gotk:illegal top: func f() int { for { break } } -- missing return
//gotk:illegal top: func f(x int) int { if x > 0 { return 1 } } -- missing return
//gotk:illegal top: func f(x int) int { switch { case x > 0: return 1 } } -- missing return
//gotk:illegal top: func f(a int, b) {} -- syntax error: missing parameter type
//gotk:illegal top: func f() (int, string) { return 1 } -- not enough return values
//gotk:illegal top: func init() int { return 1 } -- func init must have no arguments and no return values
//gotk:illegal top: type T struct{}; func (t T) m(t int) {} -- t redeclared in this block

func terminates(x any) string {
	switch x := x.(type) {
	case int:
		if x > 0 {
			return "positive"
		} else {
			goto done
		}
	case string:
		panic("a string")
	default:
		select {}
	}
done:
	{
		return "done"
	}
}

func init() { calls = append(calls, "first init") }
func init() { calls = append(calls, "second init") }

func main() {
	fmt.Println(indexRune("abc", 'c'), indexRune("abc", 'x'), forever(), minimum(3, 2), minimum(1.5, 2))
	p := Point{3, 4}
	p.Scale(2)
	q := p.Moved(1)
	fmt.Println(p.Length(), p, q, Point{}.Name(), (*Point)(nil).IsNil(), (&p).Name())
	pr := Pair[int, string]{1, "b"}
	fmt.Println(pr.Swap().First(), pr.First(), pr.Swap().Swap() == pr)
	fmt.Println(words{"a", "b"}.Upper(), op(func(n int) int { return n * 3 }).Twice(2), counter{}.Add("x").Add("x"))
	fmt.Println(terminates(1), terminates(-1))
	defer func() { fmt.Println(recover()) }()
	terminates("x")
}

// Output:
// 2 -1 2 2 1.5
// 10 {6 8} {7 8} point true point
// b 1 true
// [A B] 18 map[x:2]
// positive done
// a string
