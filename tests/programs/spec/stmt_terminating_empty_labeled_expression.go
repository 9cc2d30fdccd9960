// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Terminating statements; Empty, labeled and expression statements
package main

import "fmt"

//gotk:illegal append([]int{}, 1) -- append([]int{}, 1) (value of type []int) is not used
//gotk:illegal len("foo") -- len("foo") (constant 3 of type int) is not used
//gotk:illegal x := 1; x -- x (variable of type int) is not used
//gotk:illegal x := 1; x == 1 -- x == 1 (untyped bool value) is not used
//gotk:illegal func() {} -- func() {} (value of type func()) is not used
//gotk:illegal top: func f(c bool) int { for c {} } -- missing return
//gotk:illegal top: func f() int { L: for { break L } } -- missing return
//gotk:illegal top: func f(x any) int { switch x.(type) { case int: return 1 } } -- missing return
//gotk:illegal top: func f(x int) int { switch { default: break } } -- missing return
//gotk:illegal top: func f(c chan int) int { select { case <-c: break } } -- missing return
//gotk:illegal top: func f() int { defer panic(1) } -- missing return

func byPanic() int               { panic("terminates") }
func byFor() int                 { for { return 1 } }
func byBlock() int               { { return 2 } }
func byIf(c bool) int            { if c { return 3 } else { return 4 } }
func byGoto() int                { goto back; back: return 5 }
func bySelect(c chan int) int    { select { case v := <-c: return v } }
func byLabel() int               { L: for { for { continue L } } }
func bySwitch(n int) int {
	switch n {
	case 1:
		return 10
	case 2:
		fallthrough
	default:
		panic(fmt.Sprint("default ", n))
	}
}
func byTypeSwitch(x any) string {
	switch x := x.(type) {
	case nil:
		return "nil"
	case error:
		return x.Error()
	default:
		for {
			return "other"
		}
	}
}

type stringer struct{ calls int }

func (s *stringer) call() int { s.calls++; return s.calls }

func main() {
	;;
	{
	}
	c := make(chan int, 3)
	c <- 7
	fmt.Println(byFor(), byBlock(), byIf(true), byIf(false), byGoto(), bySelect(c), bySwitch(1), byTypeSwitch(nil), byTypeSwitch(1))
	s := &stringer{}
	s.call()
	(s.call())
	func() { s.call() }()
	c <- 8
	<-c
	(<-c2(c))
	copy(make([]int, 1), []int{1})
L:
	for i := 0; i < 2; i++ {
	inner:
		for {
			if i == 0 {
				break inner
			}
			break L
		}
	}
	_ = byLabel
	fmt.Println(s.calls)
	defer func() {
		fmt.Println(recover())
		defer func() { fmt.Println(recover()) }()
		bySwitch(2)
	}()
	byPanic()
}

func c2(c chan int) chan int { c <- 9; return c }

// Output:
// 1 2 3 4 5 7 10 nil other
// 3
// terminates
// default 2
