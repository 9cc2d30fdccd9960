// SPDX-License-Identifier: BSD-3-Clause
//
// Floats: NaN, infinities, conversions to and from integers, min and max, no fused or reassociated arithmetic.
package main

import (
	"fmt"
	"math"
)

//go:noinline
func ints(f float64) {
	fmt.Println(int64(f), int32(f), int8(f), uint8(f), uint64(f), uint32(f))
}

//go:noinline
func cmp(a, b float64) {
	fmt.Println(a == b, a != b, a < b, a <= b, a > b, a >= b, min(a, b), max(a, b))
}

//go:noinline
func muladd(a, b, c float64) float64 { return a*b + c }

func main() {
	for _, f := range []float64{0, 1.9, -1.9, 300, -300, 1e9, 1e18} {
		ints(f)
	}
	nan := math.NaN()
	cmp(1, 2)
	cmp(nan, 1)
	cmp(nan, nan)
	zero := 0.0
	cmp(zero, -zero)
	fmt.Println(1/zero, -1/zero, zero/zero)
	fmt.Println(math.Signbit(min(zero, math.Copysign(0, -1))), math.Signbit(max(zero, math.Copysign(0, -1))))
	fmt.Println(muladd(0.1, 10, -1), 0.1+0.2, float32(0.1)+float32(0.2))
	var big uint64 = 1<<63 + 1<<11
	fmt.Println(float64(big), float32(big), float64(int64(-5)), float32(16777217))
	var c64 complex64 = complex(1, 2)
	c := complex128(c64) * complex(0, 1)
	fmt.Println(c, real(c), imag(c), c == complex(-2, 1), c/complex(1, 1), -c64)
}

// Output:
// 0 0 0 0 0 0
// 1 1 1 1 1 1
// -1 -1 -1 255 18446744073709551615 4294967295
// 300 300 44 44 300 300
// -300 -300 -44 212 18446744073709551316 4294966996
// 1000000000 1000000000 0 0 1000000000 1000000000
// 1000000000000000000 -2147483648 0 0 1000000000000000000 2808348672
// false true true true false false 1 2
// false true false false false false NaN NaN
// false true false false false false NaN NaN
// true false false true false true -0 0
// +Inf -Inf NaN
// true false
// 0 0.3 0.3
// 9.223372036854778e+18 9.223372e+18 -5 1.6777216e+07
// (-2+1i) -2 1 true (-0.5+1.5i) (-1-2i)
