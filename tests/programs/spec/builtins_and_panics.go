// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Built-in functions; Handling panics
package main

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"
)

//gotk:illegal _ = len(5) -- invalid argument: 5 (untyped int constant) for built-in len
//gotk:illegal _ = cap(map[int]int{}) -- invalid argument: map[int]int{} (value of type map[int]int) for built-in cap
//gotk:illegal _ = make(int) -- invalid argument: cannot make int: type must be slice, map, or channel
//gotk:illegal _ = append(1, 2) -- invalid append: argument must be a slice; have 1 (untyped int constant)
//gotk:illegal copy([]int{}, []string{}) -- invalid copy: arguments []int{} (value of type []int) and []string{} (value of type []string) have different element types int and string
//gotk:illegal delete(map[string]int{}, 1) -- cannot use 1 (untyped int constant) as string value in argument to delete
//gotk:illegal _ = complex(1, "x") -- invalid operation: complex(1, "x") (mismatched types untyped float and untyped string)
//gotk:illegal _ = min(1, "a") -- invalid argument: mismatched types untyped int (previous argument) and untyped string (type of "a")
//gotk:illegal clear(5) -- invalid argument: cannot clear 5 (untyped int constant): argument must be (or constrained by) map or slice
//gotk:illegal f := len -- len (built-in) must be called
//gotk:illegal close(5) -- invalid operation: cannot close non-channel 5 (untyped int constant)
//gotk:illegal _ = real("x") -- invalid argument: argument has type untyped string, expected complex type

type bytes interface{ ~[]byte | ~string }

func lengths[T bytes](x T) int                  { return len(x) }
func fill[S ~[]E, E any](s S, v E) S            { return append(s[:0:0], append(s, v, v)...) }
func make2[T ~[]E, E any](n int) T              { return make(T, n, 2*n) }

type custom struct{ code int }

func (c custom) Error() string { return fmt.Sprint("custom ", c.code) }

func protect(g func()) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case runtime.Error:
			err = fmt.Errorf("runtime: %w", x)
		case error:
			err = x
		default:
			err = fmt.Errorf("%v", x)
		}
	}()
	g()
	return nil
}

func main() {
	s0 := []int{0, 0}
	s1 := append(s0, 2)
	s2 := append(s1, 3, 5, 7)
	s3 := append(s2, s0...)
	s4 := append(s3[3:6], s3[2:]...)
	var t []any
	t = append(t, 42, 3.1415, "foo")
	var b []byte
	b = append(b, "bar"...)
	fmt.Println(s1, s2, s3, s4, t, string(b), append([]int(nil)) == nil)
	var a = [...]int{0, 1, 2, 3, 4, 5, 6, 7}
	var s = make([]int, 6)
	n1 := copy(s, a[0:])
	n2 := copy(s, s[2:])
	n3 := copy(b, "Hello, World!")
	fmt.Println(n1, n2, n3, s, string(b))
	m := map[float64]string{1: "a", 0 / s2f(0): "nan"}
	clear(m)
	clear(s[1:3])
	fmt.Println(len(m), s)
	var c64 = complex(float32(1), -2)
	const c = imag(2i)
	fmt.Printf("%v %T %T %v %v\n", c64, c64, real(c64), c, complex(1, 2i*-1i))
	fmt.Println(len([10]float64{imag(2i)}), len([10]chan int{}), cap(make(chan int, 5)), len("é"), lengths("abc"), lengths([]byte{1}))
	x, y := 2.5, 1
	fmt.Println(min(x, 10), max(y, 3, 2), min("b", "a", "ab"), max(1, 2.5, 'a'), min(0/s2f(0), 1) != 1, max(-s2f(0), 0))
	fmt.Println(fill([]string{"a"}, "b"), cap(make2[[]int](3)), len(make2[[]string](2)), len(make([]struct{}, 5)), make(map[int]int, -y+1), *new(string) == "")
	p := new(struct{ n, m int })
	p.n = 3
	fmt.Println(*p, *new(y + 1), unsafe.String(unsafe.StringData("abc"), 2), unsafe.Slice(&a[1], 2))
	n := -1
	for _, f := range []func(){
		func() {},
		func() { panic("text") },
		func() { panic(custom{7}) },
		func() { panic(fmt.Sprintf("%d", 5)) },
		func() { _ = a[n+len(a)+1] },
		func() { _ = 1 / (n + 1) },
		func() { _ = make([]int, n) },
		func() { _ = make(chan int, n) },
		func() { var m map[int]int; m[1] = 1 },
		func() { var e error; e.Error() },
		func() { var c chan int; close(c) },
		func() { _ = any("x").(int) },
		func() { panic(nil) },
		func() { panic(errors.New("an error")) },
		func() { _ = [4]int(s0) },
		func() { clear(any(nil).(map[int]int)) },
	} {
		fmt.Println(protect(f))
	}
	func() {
		defer func() {
			r := recover()
			fmt.Println(r, recover())
		}()
		defer func() { panic(fmt.Sprint("second after ", recover())) }()
		panic("first")
	}()
	func() {
		defer func() { fmt.Println(func() any { return recover() }()); fmt.Println(recover()) }()
		panic("only the deferred function itself recovers")
	}()
}

func s2f(x float64) float64 { return x }

// Output:
// [0 0 2] [0 0 2 3 5 7] [0 0 2 3 5 7 0 0] [3 5 7 2 3 5 7 0 0] [42 3.1415 foo] bar true
// 6 4 3 [2 3 4 5 4 5] Hel
// 0 [2 0 0 5 4 5]
// (1-2i) complex64 float32 2 (1+2i)
// 10 10 5 2 3 1
// 2.5 3 a 97 true 0
// [a b b] 6 2 5 map[] true
// {3 0} 2 ab [1 2]
// <nil>
// text
// custom 7
// 5
// runtime: runtime error: index out of range [8] with length 8
// runtime: runtime error: integer divide by zero
// runtime: runtime error: makeslice: len out of range
// runtime: makechan: size out of range
// runtime: assignment to entry in nil map
// runtime: runtime error: invalid memory address or nil pointer dereference
// runtime: close of nil channel
// runtime: interface conversion: interface {} is string, not int
// runtime: runtime error: panic called with nil argument
// an error
// runtime: runtime error: cannot convert slice with length 2 to array or pointer to array with length 4
// runtime: interface conversion: interface {} is nil, not map[int]int
// second after first <nil>
// <nil>
// only the deferred function itself recovers
