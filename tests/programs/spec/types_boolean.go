// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Boolean types
package main

import "fmt"

type answer bool

const yes answer = true

//gotk:illegal var b bool = 1 -- cannot use 1 (untyped int constant) as bool value in variable declaration
//gotk:illegal type answer bool; const yes bool = true; var a answer = yes -- cannot use yes (constant true of type bool) as answer value in variable declaration
//gotk:illegal _ = true + false -- invalid operation: operator + not defined on true (untyped bool constant)
//gotk:illegal _ = bool(1) -- cannot convert 1 (untyped int constant) to type bool

func main() {
	var zero bool
	var a answer = zero == false // an untyped truth value fits any boolean type
	fmt.Println(zero, a, !a, yes, bool(yes) && !zero)
	fmt.Printf("%T %T %T\n", zero, a, 1 < 2)
	a = answer(zero)
	fmt.Println(a, a != yes)
}

// Output:
// false true false true true
// bool main.answer bool
// false true
