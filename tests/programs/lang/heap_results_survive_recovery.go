// SPDX-License-Identifier: BSD-3-Clause
//
// Named results whose address escapes keep what was assigned before a panic that is recovered; calls that spread two values to builtins.
package main

import "fmt"

var sink any

func large() (x [20]byte) {
	for i := range x {
		x[i] = byte(i)
	}
	sink = &x
	defer func() { recover() }()
	panic(nil)
}

func small(fail bool) (n int, s string) {
	sink = &n
	p := &s
	defer func() {
		if recover() != nil {
			*p += " recovered"
		}
		n++
	}()
	n, s = 5, "set"
	if fail {
		panic("x")
	}
	return 7, "returned"
}

func two(a []byte) ([]byte, string)          { return a, "abc" }
func entry(m map[int]int) (map[int]int, int) { return m, 0 }
func parts() (float64, float64)              { return 1, 2 }
func more() ([]int, int)                     { return []int{1}, 2 }

func main() {
	fmt.Println(large())
	fmt.Println(small(true))
	fmt.Println(small(false))
	a := []byte{1, 2, 3, 4}
	m := map[int]int{0: 1, 1: 2}
	fmt.Println(copy(two(a)), a, complex(parts()), append(more()))
	delete(entry(m))
	fmt.Println(m)
}

// Output:
// [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19]
// 6 set recovered
// 8 returned
// 3 [97 98 99 4] (1+2i) [1 2]
// map[1:2]
