// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Constant expressions
package main

import (
	"fmt"
	"math"
	"unsafe"
)

const a = 2 + 3.0
const b = 15 / 4
const c = 15 / 4.0
const Θ float64 = 3 / 2
const Π float64 = 3 / 2.
const d = 1 << 3.0
const e = 1.0 << 3
const h = "foo" > "bar"
const j = true
const k = 'w' + 1
const l = k == 'x'
const Σ = 1 - 0.707i
const Δ = Σ + 2.0e-4
const Φ = iota*1i - 1/1i
const Huge = 1 << 100
const Four int8 = Huge >> 98
const ic = complex(0, k)
const iΘ = complex(0, Θ)
const size = unsafe.Sizeof(struct {
	a byte
	b int64
}{})
const length = len("constant") + len([3]int{}) + cap([2]string{})
const third = 1.0 / 3
const (
	maxUint = ^uint(0)
	minInt8 = -1 << 7
	mask    = ^uint8(0xf0)
)

//gotk:illegal const x int32 = 1 << 33 -- cannot use 1 << 33 (untyped int constant 8589934592) as int32 value in constant declaration (overflows)
//gotk:illegal const x = int64(1) << 64 -- int64(1) << 64 (constant 18446744073709551616 of type int64) overflows int64
//gotk:illegal const x = uint(1) - 2 -- uint(1) - 2 (constant -1 of type uint) overflows uint
//gotk:illegal _ = 3.14 / 0.0 -- invalid operation: division by zero
//gotk:illegal const x = int8(^1); _ = uint8(^1) -- constant -2 overflows uint8
//gotk:illegal var u8 = ^uint8(1) + 300 -- 300 (untyped int constant) overflows uint8
//gotk:illegal const Four int8 = 4; const g = Four * 300 -- 300 (untyped int constant) overflows int8
//gotk:illegal const m = string(k); var k = 1 -- undefined: k

func main() {
	fmt.Println(a, b, c, Θ, Π, d, e, h, j, k, l, Σ, Δ, Φ, Four, ic, iΘ)
	fmt.Println(size, length, third*3 == 1, maxUint == math.MaxUint, minInt8, mask, Huge/(1<<98), uint8(^0+256), int8(^1), ^1)
	fmt.Printf("%T %T %T %T %T %T\n", a, b, k, l, Σ, ic)
	const big = math.MaxFloat64 * 2 / 4
	const tiny = math.SmallestNonzeroFloat64 / 2 * 2
	fmt.Println(big > 1e307, tiny > 0, 1e400/1e399, 0x1p-2, 0b101, 0o17, 017, 1_000_000, 0x_ff, 0x1.8p1, 1e3i, '\x41', '\u00e9', '\'', "\a\n"[0], `\n`)
	const truncated = -5 / 2
	fmt.Println(truncated, -5%2, 5.0/2, 7&^2, 1<<62>>60, "a"+"b"+`c`, len("日本"), !h && j, 'a'*2.0, 3%2 == 1.0)
	var f32 float32 = 0.1
	fmt.Println(f32*10 == 1, float32(third) == f32/0.3, math.MaxInt64, uint64(math.MaxUint64), real(2+3i)+imag(2+3i))
	var u uint8 = 255
	fmt.Println(u+1, ^u, -u, u<<1>>1, math.Pi*1e10)
}

// Output:
// 5 3 3.75 1 1.5 8 8 true true 120 true (1-0.707i) (1.0002-0.707i) (0+1i) 4 (0+120i) (0+1i)
// 16 13 true true -128 15 4 255 -2 -2
// float64 int int32 bool complex128 complex128
// true true 10 0.25 5 15 15 1000000 255 3 (0+1000i) 65 233 39 7 \n
// -2 -1 2.5 5 4 abc 6 false 194 true
// true false 9223372036854775807 18446744073709551615 5
// 0 0 1 127 3.1415926535897934e+10
