// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Constant declarations; Iota
package main

import (
	"fmt"
	"math"
)

const Pi float64 = 3.14159265358979323846
const zero = 0.0
const (
	size int64 = 1024
	eof        = -1
)
const a, b, c = 3, 4, "foo"
const u, v float32 = 0, 3

const (
	Sunday = iota
	Monday
	Tuesday
	_
	Thursday
	numberOfDays
)

const (
	c0 = iota
	c1 = iota
)

const (
	bit0, mask0 = 1 << iota, 1<<iota - 1
	bit1, mask1
	_, _
	bit3, mask3
)

const (
	w         = iota * 42
	x float64 = iota * 42
	y         = iota * 42
)

const z = iota

type weekday uint8

const (
	first weekday = iota + 1
	second
	text = "text"
	again
	third = weekday(iota)
)

type bytes int64

const (
	_        = iota
	KB bytes = 1 << (10 * iota)
	MB
	GB
)

const huge = 1 << 200
const big = huge >> 198

//gotk:illegal const x = len([]int{1}) -- len([]int{…}) (value of type int) is not constant
//gotk:illegal const a, b = 1 -- missing init expr for b
//gotk:illegal const a = 1, 2 -- extra init expr 2
//gotk:illegal const c uint8 = 300 -- cannot use 300 (untyped int constant) as uint8 value in constant declaration (overflows)
//gotk:illegal const c []int = nil -- invalid constant type []int
//gotk:illegal const c = 10 / 0 -- invalid operation: division by zero
//gotk:illegal x := 1 << 200 -- cannot use 1 << 200 (untyped int constant 1606938044258990275541962092341162602522202993782792835301376) as int value in assignment (overflows)

func local() (int, int) {
	const (
		a = iota + 10
		b
	)
	return a, func() int {
		const inner = iota
		return inner + b
	}()
}

func main() {
	fmt.Println(Pi, zero, size, eof, a, b, c, u, v)
	fmt.Println(Sunday, Monday, Tuesday, Thursday, numberOfDays, c0, c1)
	fmt.Println(bit0, mask0, bit1, mask1, bit3, mask3, w, x, y, z)
	fmt.Println(first, second, text, again, third, KB, MB, GB, big)
	fmt.Printf("%T %T %T %T %T\n", size, eof, second, third, x)
	fmt.Println(local())
	const ratio = 1.0 / 3
	fmt.Println(ratio*3 == 1, math.MaxUint64/float64(2), 'a'+1, 'a'+1.0, "s"+"t", 5/2, 5/2.0, -7/2, -7%3, 1<<3.0)
}

// Output:
// 3.141592653589793 0 1024 -1 3 4 foo 0 3
// 0 1 2 4 5 0 1
// 1 0 2 1 8 7 0 42 84 0
// 1 2 text text 4 1024 1048576 1073741824 4
// int64 int main.weekday main.weekday float64
// 10 11
// true 9.223372036854776e+18 98 98 st 2 2.5 -3 -1 8
