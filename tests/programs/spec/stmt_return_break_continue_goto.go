// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Return, break, continue and goto statements
package main

import (
	"errors"
	"fmt"
)

//gotk:illegal return 1 -- too many return values
//gotk:illegal top: func f() int { return } -- not enough return values
//gotk:illegal top: func f(n int) (res int, err error) { if _, err := g(); err != nil { return }; return }; func g() (int, error) { return 0, nil } -- result parameter err not in scope at return
//gotk:illegal break -- break is not in a loop, switch, or select
//gotk:illegal continue -- continue is not in a loop
//gotk:illegal L: if true { continue L } -- invalid continue label L
//gotk:illegal L: for {}; for { break L } -- invalid break label L
//gotk:illegal goto L; v := 3; _ = v; L: -- goto L jumps over declaration of v
//gotk:illegal goto L; { L: } -- goto L jumps into block starting
//gotk:illegal for { func() { break }() } -- break is not in a loop, switch, or select
//gotk:illegal switch { case true: continue } -- continue is not in a loop

type devnull struct{}

func (devnull) Write(p []byte) (n int, _ error) {
	n = len(p)
	return
}

func noResult()             { return }
func simple() int           { return 2 }
func complexF1() (re, im float64) { return -7, -4 }
func complexF2() (re, im float64) { return complexF1() }
func complexF3() (re, im float64) {
	re = 7
	im = 4
	return
}

func deferred() (n int, s string, err error) {
	defer func() {
		n *= 2
		s += " (changed)"
		if err != nil {
			err = fmt.Errorf("wrapped: %w", err)
		}
	}()
	return 21, "result", errors.New("inner")
}

func swapped(a, b int) (x, y int) {
	x, y = a, b
	return y, x // assigned at the same time
}

func find(grid [][]int, want int) (int, int) {
	i, j := 0, 0
search:
	for i = range grid {
		for j = range grid[i] {
			if grid[i][j] == want {
				break search
			}
			if grid[i][j] < 0 {
				continue search
			}
		}
	}
	return i, j
}

func collatz(n int) (steps int) {
again:
	if n == 1 {
		goto done
	}
	if n%2 == 0 {
		n /= 2
	} else {
		n = 3*n + 1
	}
	steps++
	goto again
done:
	return
}

func retry() (tries int) {
	for {
		tries++
		if tries < 3 {
			goto next
		}
		return
	next:
	}
}

func main() {
	noResult()
	fmt.Println(simple())
	fmt.Println(complexF2())
	fmt.Println(complexF3())
	fmt.Println(deferred())
	fmt.Println(swapped(1, 2))
	fmt.Println(devnull{}.Write([]byte("abc")))
	fmt.Println(find([][]int{{1, 2}, {-1, 5}, {3, 5}}, 5))
	fmt.Println(collatz(27), retry())
	for i := 0; i < 6; i++ {
		switch {
		case i == 1:
			continue
		case i == 4:
			break
		default:
			if i == 2 {
				break
			}
			fmt.Print(i, " ")
		}
	}
	fmt.Println()
block:
	switch {
	default:
		if len("x") == 1 {
			break block
		}
		fmt.Println("never")
	}
choice:
	switch 1 {
	case 1:
		for {
			break choice
		}
	}
	var fs []func() int
	i := 0
loop:
	{
		j := i * 10 // new at each passage
		fs = append(fs, func() int { j++; return j })
		if i++; i < 3 {
			goto loop
		}
	}
	fmt.Println(fs[0](), fs[0](), fs[1](), fs[2]())
}

// Output:
// 2
// -7 -4
// 7 4
// 42 result (changed) wrapped: inner
// 2 1
// 3 <nil>
// 2 1
// 111 3
// 0 3 5
// 1 2 11 21
