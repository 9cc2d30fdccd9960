// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Conversions
package main

import (
	"fmt"
	"math"
)

type MyString string
type MyBytes []byte
type MyByte byte
type MyRunes []rune
type myFloat float64
type Celsius struct {
	Degrees float64 `unit:"C"`
}
type Plain struct{ Degrees float64 }
type Person struct {
	Name    string
	Address *struct{ Street string }
}

//gotk:illegal _ = string(1.5) -- cannot convert 1.5 (untyped float constant) to type string
//gotk:illegal _ = int(1.2) -- cannot convert 1.2 (untyped float constant) to type int
//gotk:illegal _ = int8(300) -- constant 300 overflows int8
//gotk:illegal _ = []int("x") -- cannot convert "x" (untyped string constant) to type []int
//gotk:illegal type A struct{ a int }; type B struct{ b int }; _ = A(B{}) -- cannot convert B{} (value of struct type B) to type A
//gotk:illegal var i int; _ = bool(i) -- cannot convert i (variable of type int) to type bool
//gotk:illegal var f func(int); _ = (func(string))(f) -- cannot convert f (variable of type func(int)) to type func(string)
//gotk:illegal _ = uint(-1) -- constant -1 overflows uint

func to[T, F ~int | ~float64](x F) T { return T(x) }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	fmt.Println(uint8(255), float32(0.49999999), float64(-1e-1000), string('x'), string(rune(0x266c)), MyString("foo"+"bar"), string([]byte{'a'}), 1i == complex128(1i))
	i, f := 300, -1.75
	fmt.Println(uint8(i), int8(i), uint32(int64(-i)), int64(int8(-5)), uint16(math.MaxUint16), int(f), int(-f), float32(16777217), int64(float32(1<<24+1)))
	fmt.Println(float64(i)/7, complex64(1+2i), myFloat(f)*2, to[int](2.9), to[float64](3), int64(math.MaxInt32)+1)
	fmt.Println(string([]byte{'h', 0xc3, 0xb8}), string(MyBytes{'x'}), string([]MyByte{'y'}), string([]rune{0x767d, 0x7fd4}), string(MyRunes{'z'}), []byte("hé"), []rune("hé\xff"), MyBytes("é"), []MyByte("q"))
	fmt.Println(string(rune(-1)) == "\ufffd", string(rune(0xd800)), string(rune(0x10ffff+1)) == "\ufffd", len(string(rune('é'))))
	b := []byte("abc")
	s := string(b)
	b[0] = 'X' // s has a copy
	fmt.Println(s, string(b))
	var data *struct {
		Name    string `json:"name"`
		Address *struct {
			Street string `json:"street"`
		} `json:"address"`
	}
	person := (*Person)(data) // tags are ignored
	fmt.Println(person == nil, Celsius(Plain{3}), Plain(Celsius{4}))
	slice := []int{1, 2, 3, 4}
	a2 := [2]int(slice)
	p4 := (*[4]int)(slice)
	p4[0] = 100
	fmt.Println(a2, *p4, slice, (*[0]int)(slice) == nil, (*[0]int)([]int(nil)) == nil, [0]int([]int{}))
	try(func() { n := 3; _ = [3]int(slice[:n-1]) })
	try(func() { _ = (*[5]int)(slice) })
	var e any = MyString("in")
	var st fmt.Stringer
	fmt.Println(string(e.(MyString)), any(st) == nil, (func())(nil) == nil, (<-chan int)(make(chan int)) != nil, (*int)(nil) == nil)
	var big float64 = 1 << 62
	fmt.Println(int64(big), uint64(big*2), float32(math.Pi), float64(float32(0.1)) == 0.1, int32(int64(i)<<32+5), uint8(^0&0xff))
}

// Output:
// 255 0.5 0 x ♬ foobar a true
// 44 44 4294966996 -5 65535 -1 1 1.6777216e+07 16777216
// 42.857142857142854 (1+2i) -3.5 2 3 2147483648
// hø x y 白翔 z [104 195 169] [104 233 65533] [195 169] [113]
// true � true 2
// abc Xbc
// true {3} {4}
// [1 2] [100 2 3 4] [100 2 3 4] false true []
// runtime error: cannot convert slice with length 2 to array or pointer to array with length 3
// runtime error: cannot convert slice with length 4 to array or pointer to array with length 5
// in true true true true
// 4611686018427387904 9223372036854775808 3.1415927 false 5 255
