// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Blocks; Declarations and scope
package main

import (
	"fmt"
	f "fmt"
)

var x = "package"

//gotk:illegal x := 1; { x := 2 } -- declared and not used: x
//gotk:illegal var x int; var x string -- x redeclared in this block
//gotk:illegal { y := 1; _ = y }; _ = y -- undefined: y
//gotk:illegal top: func f() {}; var f int -- f redeclared in this block
//gotk:illegal if x := 1; x > 0 {}; _ = x -- undefined: x
//gotk:illegal x := x -- undefined: x

func parameter(x int) (y int) {
	{
		x := x + 1 // the inner x begins after its declaration
		y = x * 10
	}
	y += x
	return
}

func types() string {
	type T int
	v := T(1)
	{
		type T string
		return fmt.Sprintf("%T %T %v", v, T("x"), T("y"))
	}
}

func main() {
	f.Println(x, later, parameter(1), types())
	x := "function"
	if x := len(x); x > 3 {
		fmt.Println(x)
	} else if y := x * 2; y > 0 {
		fmt.Println(x, y)
	}
	for x := 0; x < 1; x++ {
		x := "body"
		fmt.Println(x)
	}
	switch x := any(x).(type) {
	case string:
		x += "!"
		fmt.Println(x)
	}
	for x, i := range []string{"range"} {
		fmt.Println(x, i)
	}
	true, len, int := false, "len", 1.5 // predeclared names are not reserved
	fmt.Println(x, true, len, int)
	func() {
		x = "captured"
	}()
	fmt.Println(x)
	c := make(chan rune, 1)
	c <- 8
	select {
	case x := <-c:
		fmt.Println(x)
	}
}

var later = x + " level, in any order"

// Output:
// package package level, in any order 21 main.T main.T y
// 8
// body
// function!
// 0 range
// function false len 1.5
// captured
// 8
