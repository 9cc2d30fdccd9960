// SPDX-License-Identifier: BSD-3-Clause
//
// Maps: keys of all comparable kinds, comma-ok, delete and clear, nil maps, insertion while ranging, NaN keys.
package main

import (
	"fmt"
	"math"
)

type point struct {
	x, y int
	name string
}

type wide struct{ a, b, c, d, e, f, g, h, i int }

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"] = 3
	m["one"]++
	m["four"] += 4
	v, ok := m["five"]
	fmt.Println(len(m), m["one"], v, ok, m)
	delete(m, "one")
	_, ok = m["one"]
	fmt.Println(ok, len(m))
	p := map[point]string{{1, 2, "a"}: "first", {3, 4, "b"}: "second"}
	fmt.Println(p[point{1, 2, "a"}], p[point{1, 2, "b"}] == "")
	i := map[any]int{1: 1, "1": 2, 1.0: 3, point{}: 4, [2]int{1, 2}: 5, int8(1): 6}
	fmt.Println(i[1], i["1"], i[1.0], i[point{}], i[[2]int{1, 2}], i[int8(1)], i[int16(1)])
	func() {
		defer func() { fmt.Println(recover()) }()
		i[[]int{1}] = 1
	}()
	var none map[int]int
	fmt.Println(none[3], len(none), none == nil)
	delete(none, 1)
	for range none {
		fmt.Println("never")
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		none[1] = 1
	}()
	f := map[float64]int{}
	f[math.NaN()] = 1
	f[math.NaN()] = 2
	f[0.0] = 3
	zero := 0.0
	f[-zero] = 4
	fmt.Println(len(f), f[0], f[math.NaN()])
	clear(f)
	fmt.Println(len(f))
	squares := make(map[int]int, 100)
	for k := range 1000 {
		squares[k] = k * k
	}
	sum := 0
	for k, v := range squares {
		if k%2 == 0 {
			delete(squares, k)
		}
		sum += v
	}
	fmt.Println(len(squares), sum)
	w := map[wide]wide{}
	w[wide{a: 1}] = wide{i: 9}
	fmt.Println(w[wide{a: 1}].i, w[wide{}].i)
	type node struct{ kids map[string]*node }
	root := &node{map[string]*node{"a": {}, "b": {map[string]*node{"c": nil}}}}
	fmt.Println(len(root.kids), len(root.kids["b"].kids), root.kids["a"].kids == nil)
	counts := map[rune][]int{}
	for i, r := range "abca" {
		counts[r] = append(counts[r], i)
	}
	fmt.Println(counts)
	st := map[string]struct{ n int }{"k": {5}}
	fmt.Println(st["k"].n, st["none"].n)
	u := map[uint8]bool{1: true}
	i32 := map[int32]string{-1: "minus"}
	fmt.Println(u[1], u[2], i32[-1])
}

// Output:
// 4 2 0 false map[four:4 one:2 three:3 two:2]
// false 3
// first true
// 1 2 3 4 5 6 0
// runtime error: hash of unhashable type []int
// 0 0 true
// assignment to entry in nil map
// 3 4 0
// 0
// 500 332833500
// 9 0
// 2 1 true
// map[97:[0 3] 98:[1] 99:[2]]
// 5 0
// true false minus
