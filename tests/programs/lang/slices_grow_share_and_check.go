// SPDX-License-Identifier: BSD-3-Clause
//
// Slices share arrays; append grows; bounds are checked with Go's messages.
package main

import "fmt"

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

type big [20]int

func main() {
	a := [5]int{1, 2, 3, 4, 5}
	s := a[1:3]
	fmt.Println(s, len(s), cap(s), s[:4], a[:], a[4:], a[2:2:3], cap(a[2:2:3]))
	s = append(s, 10)
	fmt.Println(a, s)
	s = append(s, 11, 12, 13)
	s[0] = 99
	fmt.Println(a, s, len(s))
	var nothing []string
	fmt.Println(nothing == nil, len(nothing), append(nothing, "x"), append([]byte("ab"), "cd"...))
	s2 := make([]int, 2, 10)
	fmt.Println(copy(s2, []int{7, 8, 9}), s2, copy(s2[1:], s2), s2)
	n, k := 6, -1
	try("index", func() { fmt.Println(s[n+5]) })
	try("negative", func() { fmt.Println(s[k]) })
	try("slice", func() { fmt.Println(s[:n*10]) })
	try("order", func() { fmt.Println(s[n:2]) })
	try("low", func() { fmt.Println(s2[n:]) })
	try("array", func() { fmt.Println(a[n]) })
	try("array slice", func() { fmt.Println(a[:n]) })
	try("string", func() { fmt.Println("abc"[n]) })
	try("string slice", func() { fmt.Println("abc"[2:n]) })
	try("three", func() { fmt.Println(s2[0 : 2 : n*2]) })
	try("convert", func() { fmt.Println([4]int(s2)) })
	try("make", func() { fmt.Println(make([]int, k)) })
	pa := (*[2]int)(s2)
	pa[0] = 42
	fmt.Println(s2, *pa, [2]int(s2), len(pa))
	b := make([]big, 2)
	b[1][3] = 5
	c := b[1]
	b[1][3] = 6
	b = append(b, c, c)
	fmt.Println(b[1][3], c[3], b[3][3], len(b))
	matrix := [][]float64{{1, 2}, {3, 4}, 3: {5}}
	fmt.Println(matrix, len(matrix), matrix[2] == nil)
	clear(s2)
	fmt.Println(s2)
	grid := [3][4]int{}
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	fmt.Println(grid, grid == [3][4]int{1: {0, 1, 2, 3}, 2: {0, 2, 4, 6}})
}

// Output:
// [2 3] 2 4 [2 3 4 5] [1 2 3 4 5] [5] [] 1
// [1 2 3 10 5] [2 3 10]
// [1 2 3 10 5] [99 3 10 11 12 13] 6
// true 0 [x] [97 98 99 100]
// 2 [7 7] 1 [7 7]
// index runtime error: index out of range [11] with length 6
// negative runtime error: index out of range [-1]
// slice runtime error: slice bounds out of range [:60] with capacity 8
// order runtime error: slice bounds out of range [6:2]
// low runtime error: slice bounds out of range [6:2]
// array runtime error: index out of range [6] with length 5
// array slice runtime error: slice bounds out of range [:6] with length 5
// string runtime error: index out of range [6] with length 3
// string slice runtime error: slice bounds out of range [:6] with length 3
// three runtime error: slice bounds out of range [::12] with capacity 10
// convert runtime error: cannot convert slice with length 2 to array or pointer to array with length 4
// make runtime error: makeslice: len out of range
// [42 7] [42 7] [42 7] 2
// 6 5 5 4
// [[1 2] [3 4] [] [5]] 4 true
// [0 0]
// [[0 0 0 0] [0 1 2 3] [0 2 4 6]] true
