// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Operators; Arithmetic operators: integers, overflow, floats, strings
package main

import (
	"fmt"
	"math"
)

//gotk:illegal _ = 1 + "a" -- invalid operation: 1 + "a" (mismatched types untyped int and untyped string)
//gotk:illegal x := 1.5; _ = x % 2 -- invalid operation: operator % not defined on x (variable of type float64)
//gotk:illegal _ = 1.0 << 3.5 -- 3.5 (untyped float constant) truncated to uint
//gotk:illegal x := 1; _ = x << -1 -- invalid operation: negative shift count -1 (untyped int constant)
//gotk:illegal x := 1; _ = x / 0 -- invalid operation: division by zero
//gotk:illegal var s = 2; var u = 1.0 << s -- invalid operation: shifted operand 1.0 (type float64) must be integer
//gotk:illegal _ = "a" - "b" -- invalid operation: operator - not defined on "a" (untyped string constant)
//gotk:illegal var a int32 = 1; var b int64 = 2; _ = a + b -- invalid operation: a + b (mismatched types int32 and int64)

type seconds float64
type flags uint8

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	for _, p := range [][2]int{{5, 3}, {-5, 3}, {5, -3}, {-5, -3}} {
		x, y := p[0], p[1]
		fmt.Print(x/y, x%y, (x/y)*y+x%y == x, " ")
	}
	fmt.Println()
	x := -11
	fmt.Println(x/4, x%4, x>>2, x&3, 11/4, 11%4, 11>>2, 11&3)
	small := math.MinInt64
	fmt.Println(small/-1 == small, small%-1, -small == small)
	var i32 int32 = math.MinInt32
	fmt.Println(i32/-1, int8(-128)/int8(x+10), ^i32, -i32)
	a, b := uint8(0b1100), uint8(0b1010)
	fmt.Println(a&b, a|b, a^b, a&^b, ^a, a<<5, a>>2, -a, +a, a*50)
	n := uint(70)
	fmt.Println(1<<(n-64), int32(1)<<n, uint64(1)<<63>>n, -1>>n, int8(-1)>>n, 1<<n == 0)
	var s uint = 33
	var i = 1 << s
	var j int32 = 1 << s
	var k = uint64(1 << s)
	var w int64 = 1.0 << 33
	var m int = 1.0 << s
	bs := make([]byte, 1.0<<(s-30))
	fmt.Println(i, j, k, w, m, len(bs), 1<<s != 1, 1<<3 == 8.0)
	f := 1.0
	zero := f - 1
	fmt.Println(f/zero, -f/zero, math.IsNaN(zero/zero), f/3*3 == 1, seconds(1)/4, 7.0/2)
	fmt.Println(0.1+0.2, float32(0.1)+float32(0.2), math.MaxFloat64*f, 1e-320/f)
	c := 3 + 4i
	fmt.Println(c*c, c/(1-2i), -c, c+1, c == complex(3, 4), (1+1i)/complex(zero, 0))
	text := "s"
	text += "t" + string(rune(0x65e5))
	fmt.Println(text, len(text), "a"+text < "b")
	var fl flags = 0xf0
	fl |= 1
	fl &^= 0x30
	fl ^= 0xff
	fl <<= 1
	fmt.Println(fl, +5, -5, ^5, !true, ^uint16(5))
	fmt.Println(2+3*4<<1-7&3|1, 7-2-1, 2*3%4, 1+2 == 3 && 4 > 3 || false, -2*-3, 6&5^1, 6&^3+1)
	try(func() { fmt.Println(1 / int(zero)) })
	try(func() { x %= int(zero) })
	try(func() { fmt.Println(1 << x) })
}

// Output:
// 1 2 true -1 -2 true -1 2 true 1 -2 true
// -2 -3 -3 1 2 3 2 3
// true 0 true
// -2147483648 -128 2147483647 -2147483648
// 8 14 6 4 243 128 3 244 12 88
// 64 0 0 -1 -1 true
// 8589934592 0 8589934592 8589934592 8589934592 8 true true
// +Inf -Inf true true 0.25 3.5
// 0.3 0.3 1.7976931348623157e+308 1e-320
// (-7+24i) (-1+2i) (-3-4i) (4+4i) true (+Inf+Infi)
// st日 5 true
// 124 5 -5 -6 false 65530
// 23 4 2 true 6 5 5
// runtime error: integer divide by zero
// runtime error: integer divide by zero
// runtime error: negative shift amount
