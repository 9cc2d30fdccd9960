// SPDX-License-Identifier: BSD-3-Clause
//
// Loops in all forms, labels, break and continue across them, goto.
package main

import "fmt"

func primes(n int) (out []int) {
next:
	for i := 2; ; i++ {
		for _, p := range out {
			if i%p == 0 {
				continue next
			}
			if p*p > i {
				break
			}
		}
		if i > n {
			break next
		}
		out = append(out, i)
	}
	return
}

func gotos() int {
	i, sum := 0, 0
again:
	if i < 5 {
		sum += i
		i++
		goto again
	}
	if sum > 100 {
		goto end
	}
	sum *= 2
end:
	return sum
}

type arr [3]int

func main() {
	fmt.Println(primes(40), gotos())
	for i := range 3 {
		fmt.Print(i, " ")
	}
	var n uint8 = 3
	for i := range n {
		fmt.Printf("%T%d ", i, i)
	}
	for range 2 {
		fmt.Print("x ")
	}
	i := 10
	for i = range 5 {
	}
	fmt.Println(i)
	a := arr{1, 2, 3}
	for i, v := range a {
		a[2] = 10
		fmt.Print(i, v, " ")
	}
	for i, v := range &a {
		a[2] = 20
		fmt.Print(i, v, " ")
	}
	s := []int{1, 2, 3}
	for i, v := range s {
		s = append(s, v)
		s[2] = 50
		fmt.Print(i, v, " ")
	}
	fmt.Println(len(s))
	x := 0
	for x < 3 {
		x++
	}
	for {
		x++
		if x > 10 {
			break
		}
	}
	fmt.Println(x)
	c := make(chan int, 5)
	for i := range 5 {
		c <- i * i
	}
	close(c)
	for v := range c {
		fmt.Print(v, " ")
	}
	var k, v int
	m := map[int]int{7: 8}
	for k, v = range m {
	}
	fmt.Println(k, v)
	var st struct{ f int }
	for st.f = range 4 {
	}
	fmt.Println(st.f)
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, ";")
	}
	fmt.Println()
	var p *arr
	for i := range p {
		fmt.Print(i)
	}
	fmt.Println(len(p))
}

// Output:
// [2 3 5 7 11 13 17 19 23 29 31 37] 20
// 0 1 2 uint80 uint81 uint82 x x 4
// 0 1 1 2 2 3 0 1 1 2 2 20 0 1 1 2 2 3 6
// 11
// 0 1 4 9 16 7 8
// 3
// 0 10;1 8;2 6;3 4;
// 0123
