// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Numeric types
package main

import (
	"fmt"
	"unsafe"
)

//gotk:illegal var i int = 1; var j int32 = i -- cannot use i (variable of type int) as int32 value in variable declaration
//gotk:illegal var b byte = 256 -- cannot use 256 (untyped int constant) as byte value in variable declaration (overflows)
//gotk:illegal var u uint = -1 -- cannot use -1 (untyped int constant) as uint value in variable declaration (overflows)
//gotk:illegal var x int = 1; _ = x + 1.5 -- 1.5 (untyped float constant) truncated to int

func main() {
	var b byte = 255
	var u8 uint8 = b // byte is uint8, rune is int32
	var r rune = 'x'
	var i32 int32 = r
	fmt.Printf("%T %T %v %v\n", b, r, u8, i32)
	u8++
	i8, i16, i32, i64 := int8(127), int16(32767), int32(2147483647), int64(9223372036854775807)
	i8++
	i16++
	i32++
	i64++
	fmt.Println(u8, i8, i16, i32, i64)
	var u16, u32, u64 = uint16(0), uint32(0), uint64(0)
	u16--
	u32--
	u64--
	fmt.Println(u16, u32, u64)
	fmt.Println(unsafe.Sizeof(int(0)), unsafe.Sizeof(uintptr(0)), unsafe.Sizeof(int16(0)), unsafe.Sizeof(float32(0)), unsafe.Sizeof(complex64(0)), unsafe.Sizeof(1i))
	f32 := float32(16777216)
	fmt.Println(f32+1 == f32, float64(f32)+1 == float64(f32))
	c := complex(1, 2)
	fmt.Println(c*c, real(c), imag(c), complex64(c))
	fmt.Printf("%T %T %T %T\n", c, real(complex64(c)), 1.0, 'a')
}

// Output:
// uint8 int32 255 120
// 0 -128 -32768 -2147483648 -9223372036854775808
// 65535 4294967295 18446744073709551615
// 8 8 2 4 8 16
// true false
// (-3+4i) 1 2 (1+2i)
// complex128 float32 float64 int32
