// SPDX-License-Identifier: BSD-3-Clause
//
// Shift counts may be of any size: large ones give 0 or the sign; negative ones panic.
package main

import "fmt"

//go:noinline
func shifts(x int32, u uint8, n uint) { fmt.Println(x<<n, x>>n, u<<n, u>>n, int64(x)<<n, int64(x)>>n) }

//go:noinline
func signed(x int, n int8) (r int, e any) {
	defer func() { e = recover() }()
	return x << n, nil
}

//go:noinline
func byByte(x uint64, n uint8) uint64 { return x << n >> n }

func main() {
	for _, n := range []uint{0, 1, 7, 8, 31, 32, 63, 64, 65, 1 << 40} {
		shifts(-5, 0xa5, n)
	}
	fmt.Println(signed(3, 4))
	fmt.Println(signed(3, 100))
	fmt.Println(signed(3, -1))
	fmt.Println(byByte(1, 255), byByte(0xff, 60), byByte(5, 3))
	var s uint = 33
	var w int64 = 1 << s
	var f = float64(1 << 3)
	fmt.Println(w, f, uint32(1)<<s, 1<<3.0)
}

// Output:
// -5 -5 165 165 -5 -5
// -10 -3 74 82 -10 -3
// -640 -1 128 1 -640 -1
// -1280 -1 0 0 -1280 -1
// -2147483648 -1 0 0 -10737418240 -1
// 0 -1 0 0 -21474836480 -1
// 0 -1 0 0 -9223372036854775808 -1
// 0 -1 0 0 0 -1
// 0 -1 0 0 0 -1
// 0 -1 0 0 0 -1
// 48 <nil>
// 0 <nil>
// 0 runtime error: negative shift amount
// 0 15 5
// 8589934592 8 0 8
