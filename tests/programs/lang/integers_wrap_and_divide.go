// SPDX-License-Identifier: BSD-3-Clause
//
// Integer arithmetic wraps; division truncates towards zero, by zero panics, and the minimum divided by -1 is itself.
package main

import (
	"fmt"
	"math"
)

//go:noinline
func div(a, b int) (q, r int, err any) {
	defer func() { err = recover() }()
	return a / b, a % b, nil
}

//go:noinline
func div8(a, b int8) (int8, int8) { return a / b, a % b }

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8
	u8--
	var u32 uint32 = 1 << 31
	u32 <<= 1
	fmt.Println(i8, u8, u32, ^0, ^uint16(5), -7/2, -7%2, 7/-2, 7%-2)
	fmt.Println(div(math.MinInt, -1))
	fmt.Println(div(1, 0))
	fmt.Println(div8(-128, -1))
	fmt.Println(div8(-128, 3))
	x := uint64(math.MaxUint64)
	fmt.Println(x*x, x/3, x%1000, x>>1, x&^0xff)
	n := 6
	n &= 3
	n |= 8
	n ^= 0xf
	n &^= 1
	fmt.Println(n, 5&^3, 0x55^0x0f)
	var m int32 = math.MinInt32
	fmt.Println(-m, m*m, m-1)
}

// Output:
// -128 255 0 -1 65530 -3 -1 -3 1
// -9223372036854775808 0 <nil>
// 0 0 runtime error: integer divide by zero
// -128 0
// -42 -2
// 1 6148914691236517205 615 9223372036854775807 18446744073709551360
// 4 4 90
// -2147483648 0 2147483647
