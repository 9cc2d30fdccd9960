// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Map types
package main

import (
	"fmt"
	"math"
	"sort"
)

//gotk:illegal var m map[[]int]string -- invalid map key type []int
//gotk:illegal var m map[struct{ f func() }]int -- invalid map key type struct{f func()}
//gotk:illegal m := map[string]struct{ n int }{}; m["a"].n = 1 -- cannot assign to struct field m["a"].n in map
//gotk:illegal _ = map[string]int{"a": 1, "a": 2} -- duplicate key "a" in map literal
//gotk:illegal m := map[string]int{}; _ = &m["a"] -- invalid operation: cannot take address of m["a"] (map index expression of type int)

type key struct {
	name string
	id   any
}

func main() {
	var zero map[string]int
	fmt.Println(zero == nil, len(zero), zero["none"])
	delete(zero, "none")
	m := make(map[string]int, 100)
	m["a"]++
	m["b"] += 5
	v, ok := m["c"]
	fmt.Println(len(m), m, v, ok)
	delete(m, "a")
	_, ok = m["a"]
	fmt.Println(len(m), ok)
	keyed := map[key][]int{{"x", 1}: {1}, {"x", "1"}: {2}, {"y", nil}: nil}
	keyed[key{"x", 1}] = append(keyed[key{"x", 1}], 10)
	fmt.Println(len(keyed), keyed[key{"x", 1}], keyed[key{"x", "1"}], keyed[key{"z", 0}] == nil)
	nan := math.NaN()
	floats := map[float64]string{nan: "a", 0.0: "zero", math.Copysign(0, -1): "negative zero"}
	floats[nan] = "b"
	fmt.Println(len(floats), floats[0], floats[nan] == "")
	nested := map[string]map[string]int{"a": {"b": 1}}
	nested["a"]["c"] = 2
	names := []string{}
	for name := range nested["a"] {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Println(names, nested["none"]["none"])
	clear(floats)
	fmt.Println(len(floats))
	for i := range 1000 {
		m[fmt.Sprint(i)] = i
	}
	total := 0
	for k, v := range m {
		delete(m, k)
		total += v
	}
	fmt.Println(len(m), total)
	func() {
		defer func() { fmt.Println(recover()) }()
		zero["a"] = 1
	}()
	defer func() { fmt.Println(recover()) }()
	unhashable := map[any]int{}
	unhashable[[]int{1}] = 1
}

// Output:
// true 0 0
// 2 map[a:1 b:5] 0 false
// 1 false
// 3 [1 10] [2] true
// 3 negative zero true
// [b c] 0
// 0
// 0 499505
// assignment to entry in nil map
// runtime error: hash of unhashable type []int
