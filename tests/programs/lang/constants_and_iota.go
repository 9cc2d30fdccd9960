// SPDX-License-Identifier: BSD-3-Clause
//
// Constants: iota, untyped arithmetic of arbitrary precision, conversions, typed constants.
package main

import "fmt"

type weekday int

const (
	sunday weekday = iota
	monday
	_
	wednesday
)

func (d weekday) String() string { return [...]string{"Sun", "Mon", "Tue", "Wed"}[d] }

const (
	_  = iota
	kb = 1 << (10 * iota)
	mb
)

const (
	a, b = iota, iota * 10
	c, d
)

const (
	big   = 1 << 100
	small = big >> 98
	pi    = 3.14159265358979323846264338327950288419716939937510582097494459
	third = 1.0 / 3
	e     = 'a' + 1
	str   = "s" + "t"
	yes   = len(str) == 2 && small == 4
)

const typed float32 = 0.1

var arr = [...]string{2: "two", 0: "zero", 5: "five"}

const z = 1 + 2i

func main() {
	fmt.Println(sunday, monday, wednesday, kb, mb, a, b, c, d)
	fmt.Println(small, pi, third*3 == 1, e, string(rune(e)), str, yes, typed)
	fmt.Println(len(arr), arr[2], big/1e29, z*z, real(z))
	var f float64 = 3
	var i8 int8 = -1 << 7
	var r = 'x'
	var by byte = 'A'
	var h = 0x1p-2
	fmt.Println(f/2, i8, r, by, h, 0b101, 0o17, 1_000_000, 5/2, 5/2.0, 7.0/2)
	const huge = 1e1000 / 1e997
	fmt.Println(huge, uint8(255), ^uint32(0), -5>>1, uint64(1<<63))
	fmt.Printf("%T %T %T %T %v\n", 'a', 1.0, 1i, "s"[0], 1<<3 == 8.0)
}

// Output:
// Sun Mon Wed 1024 1048576 0 0 1 10
// 4 3.141592653589793 true 98 b st true 0.1
// 6 two 12.676506002282293 (-3+4i) 1
// 1.5 -128 120 65 0.25 5 15 1000000 2 2.5 3.5
// 1000 255 4294967295 -3 9223372036854775808
// int32 float64 complex128 uint8 true
