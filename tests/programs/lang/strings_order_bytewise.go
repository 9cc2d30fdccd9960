// SPDX-License-Identifier: BSD-3-Clause
//
// Comparison of strings is that of their bytes, one after the other, whatever their lengths: against a loop that says so.
package main

import "fmt"

func order(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return len(a) - len(b)
}

func main() {
	var all []string
	x := uint32(1)
	for n := range 40 {
		for range 12 {
			b := make([]byte, n)
			for i := range b {
				b[i] = 'a'
			}
			for range 2 {
				x = x*1664525 + 1013904223
				if n > 0 {
					b[int(x>>8)%n] = byte(x >> 24)
				}
			}
			all = append(all, string(b))
		}
	}
	pairs := 0
	for _, a := range all {
		for _, b := range all {
			o := order(a, b)
			if (a < b) != (o < 0) || (a <= b) != (o <= 0) || (a > b) != (o > 0) || (a >= b) != (o >= 0) || (a == b) != (o == 0) || (a != b) != (o != 0) {
				fmt.Printf("%q %q\n", a, b)
			}
			pairs++
		}
	}
	fmt.Println(pairs)
}
