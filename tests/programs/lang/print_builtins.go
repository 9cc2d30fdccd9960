// SPDX-License-Identifier: BSD-3-Clause
//
// print and println write to standard error and format numbers in their own way; panics of values print them.
//
//gotk:test exit=2
package main

import "fmt"

func main() {
	println("text", 1, -2, uint8(3), true, 1.5, 'x', nil == any(nil))
	print("a", "b", 1, 2, "\n")
	println(1e100, 1+2i, float32(0.1), 1<<40)
	fmt.Println("stdout")
	var e error = fmt.Errorf("wrapped")
	panic(e)
}

// Output:
// stdout
