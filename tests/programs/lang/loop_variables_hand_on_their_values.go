// SPDX-License-Identifier: BSD-3-Clause
//
// The variables of a for clause are new in each iteration and get the last one's values: what those refer to lives on.
package main

import "fmt"

type node struct {
	i    int
	next *node
}

func digits(p *node) (n int) {
	for ; p != nil; p = p.next {
		n = n*10 + p.i
	}
	return n
}

func main() {
	for p, i := (*node)(nil), 1; i < 6; i++ {
		fmt.Print(digits(p), " ")
		p = &node{i, p}
	}
	fmt.Println()
	for p, i := (*node)(nil), 1; i < 6; p, i = (&node{i, p}), i+1 {
		fmt.Print(digits(p), " ")
	}
	fmt.Println()
	for s := []int{1}; len(s) < 4; {
		t := make([]int, 1, 8)
		t[0] = len(s)
		s = append(t, s...)
		fmt.Print(s, " ")
	}
	fmt.Println()
	for f, i := func() int { return 0 }, 1; i < 4; i++ {
		g := f
		f = func() int { return g()*10 + i }
		fmt.Print(f(), " ")
	}
	fmt.Println()
	for s, i := "", 0; i < 4; i++ {
		s = s + "<" + fmt.Sprint(i) + ">"
		fmt.Print(s, " ")
	}
	fmt.Println()
}
