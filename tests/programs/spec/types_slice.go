// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Slice types
package main

import "fmt"

//gotk:illegal var a, b []int; _ = a == b -- invalid operation: a == b (slice can only be compared to nil)
//gotk:illegal _ = make([]int, -1) -- invalid argument: index -1 (constant of type int) must not be negative
//gotk:illegal _ = make([]int, 10, 5) -- invalid argument: length and capacity swapped
//gotk:illegal _ = []int{1, 2, 0: 3} -- duplicate index 0 in array or slice literal

func main() {
	var zero []int
	fmt.Println(zero == nil, len(zero), cap(zero), zero)
	made := make([]int, 2, 5)
	same := new([5]int)[0:2]
	fmt.Println(made, cap(made), len(same), cap(same))
	array := [5]int{1, 2, 3, 4, 5}
	s := array[1:3]
	t := array[2:4]
	s[1] = 30 // the array is shared
	fmt.Println(array, s, t, len(s), cap(s), s[:4])
	empty := []int{}
	fmt.Println(empty == nil, len(empty), append(zero, empty...) == nil)
	rows := make([][]int, 3)
	for i := range rows {
		rows[i] = make([]int, i)
	}
	fmt.Println(rows)
	type tree []tree
	forest := tree{{}, {{}, {}}}
	fmt.Println(len(forest), len(forest[1]), forest)
	defer func() { fmt.Println(recover()) }()
	n := 7
	_ = s[:n]
}

// Output:
// true 0 0 []
// [0 0] 5 2 5
// [1 2 30 4 5] [2 30] [30 4] 2 4 [2 30 4 5]
// false 0 true
// [[] [0] [0 0]]
// 2 2 [[] [[] []]]
// runtime error: slice bounds out of range [:7] with capacity 4
