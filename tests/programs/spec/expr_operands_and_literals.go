// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Operands; Qualified identifiers; Composite literals; Function literals
package main

import (
	"fmt"
	"math"
)

type Point3D struct{ x, y, z float64 }
type Line struct{ p, q Point3D }
type PPoint *Point
type Point struct{ x, y float64 }

//gotk:illegal type P struct { x, y int }; _ = P{1} -- too few values in struct literal of type P
//gotk:illegal type P struct { x, y int }; _ = P{1, 2, 3} -- too many values in struct literal of type P
//gotk:illegal type P struct { x, y int }; _ = P{x: 1, 2} -- mixture of field:value and value elements in struct literal
//gotk:illegal type P struct { x, y int }; _ = P{z: 1} -- unknown field z in struct literal of type P
//gotk:illegal type P struct { x, y int }; _ = P{x: 1, x: 2} -- duplicate field name x in struct literal
//gotk:illegal _ = [2]int{1, 2, 3} -- index 2 is out of bounds (>= 2)
//gotk:illegal var k = 1; _ = []int{k: 1} -- index k must be integer constant
//gotk:illegal _ = map[string]int{1} -- missing key in map literal
//gotk:illegal type T struct { n int }; if x := T{1}; x == T{1} {} -- syntax error: cannot use x := T as value

func main() {
	origin := &Point3D{}
	line := Line{*origin, Point3D{y: -4, z: 12.3}}
	fmt.Println(*origin, line, math.Pi > 3, (math.Sin)(0))
	buffer := [10]string{}
	intSet := [6]int{1, 2, 3, 5}
	days := [...]string{"Sat", "Sun"}
	fmt.Println(len(buffer), len(intSet), intSet, len(days), cap(days[:1]))
	vowels := [128]bool{'a': true, 'e': true, 'i': true, 'o': true, 'u': true, 'y': true}
	filter := [10]float32{-1, 4: -0.1, -0.1, 9: -1}
	fmt.Println(vowels['e'], vowels['f'], filter)
	noteFrequency := map[string]float32{"C0": 16.35, "A0": 27.50}
	fmt.Println(noteFrequency["A0"], len(noteFrequency))
	points := [...]Point{{1.5, -3.5}, {0, 0}}
	slices := [][]int{{1, 2, 3}, {4, 5}, nil, {2: 7}}
	nested := [][]Point{{{0, 1}, {1, 2}}}
	keyed := map[string]Point{"orig": {0, 0}, "one": {1, 1}}
	byPoint := map[Point]string{{0, 0}: "orig"}
	pointers := [2]*Point{{1.5, -3.5}, {}}
	named := [2]PPoint{{2, 3}, {}}
	mapped := map[*Point][]map[string]int{{1, 1}: {{"a": 1}, nil}}
	fmt.Println(points, slices, nested, keyed, byPoint[Point{}], *pointers[0], *pointers[1], *named[0], len(mapped))
	p1, p2 := &Point{1, 2}, &Point{1, 2}
	fmt.Println(p1 == p2, *p1 == *p2, (&[...]int{1, 2})[:1:1], len(*&[]int{3}))
	if (Point{1, 2}) == *p1 {
		fmt.Println("parentheses")
	}
	n := 0
	next := func() int { n++; return n }
	order := []int{next(), next(), 5: next()}
	fmt.Println(order, func(a, b int, z float64) bool { return a*b < int(z) }(2, 3, 7))
	closures := []func() int{}
	for i := range 3 {
		closures = append(closures, func() int { i *= 10; return i + n })
	}
	n = 100
	fmt.Println(closures[1](), closures[1](), closures[2](), func() (r func() int) { return next }()())
}

// Output:
// {0 0 0} {{0 0 0} {0 -4 12.3}} true 0
// 10 6 [1 2 3 5 0 0] 2 2
// true false [-1 0 0 0 -0.1 -0.1 0 0 0 -1]
// 27.5 2
// [{1.5 -3.5} {0 0}] [[1 2 3] [4 5] [] [0 0 7]] [[{0 1} {1 2}]] map[one:{1 1} orig:{0 0}] orig {1.5 -3.5} {0 0} {2 3} 1
// false true [1] 1
// parentheses
// [1 2 0 0 0 3] true
// 110 200 120 101
