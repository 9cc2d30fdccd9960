// SPDX-License-Identifier: BSD-3-Clause
//
// switch: integers, strings, types of interfaces, no tag, fallthrough, init statements, break.
package main

import "fmt"

func grade(n int) string {
	switch {
	case n >= 90:
		return "A"
	case n >= 80:
		return "B"
	}
	return "C"
}

func dense(n int) int {
	switch n {
	case 0, 1:
		return 10
	case 2:
		n++
		fallthrough
	case 3:
		return n * 100
	default:
		return -1
	case 4, 5, 6:
		break
	}
	return 4
}

func wide(x uint64) string {
	switch x {
	case 1 << 63:
		return "top"
	case 1<<64 - 1:
		return "max"
	}
	return "none"
}

func f(s string) string { fmt.Print("f(", s, ") "); return s }

func dynamic(v any) int {
	switch v {
	case 1:
		return 1
	case "one":
		return 2
	case nil:
		return 3
	case 1.5:
		return 4
	}
	return 0
}

func main() {
	fmt.Println(grade(95), grade(85), grade(5))
	for i := -1; i < 8; i++ {
		fmt.Print(dense(i), " ")
	}
	fmt.Println(wide(1<<63), wide(1<<64-1), wide(0))
	switch s := "b"; f(s) {
	case f("a"), f("b"), f("c"):
		fmt.Println("found")
	default:
		fmt.Println("not found")
	}
	fmt.Println(dynamic(1), dynamic("one"), dynamic(nil), dynamic(1.5), dynamic(2), dynamic(int8(1)))
	switch x := 5; true {
	case x > 3 && x < 10:
		fmt.Println("between")
	}
	switch 'x' {
	case 'a' - 1, 'x':
		fmt.Println("rune")
	}
	type key struct{ a, b int }
	switch (key{1, 2}) {
	case key{1, 3}:
		fmt.Println("no")
	case key{1, 2}:
		fmt.Println("struct")
	}
	switch {
	default:
		fmt.Println("default first")
	case false:
	}
outer:
	for i := range 5 {
		switch i {
		case 1:
			continue outer
		case 3:
			break outer
		default:
			fmt.Print(i, " ")
		}
	}
	fmt.Println()
}

// Output:
// A B C
// -1 10 10 300 300 4 4 4 -1 top max none
// f(b) f(a) f(b) found
// 1 2 3 4 0 0
// between
// rune
// struct
// default first
// 0 2
