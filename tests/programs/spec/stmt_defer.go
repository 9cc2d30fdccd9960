// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Defer statements
package main

import (
	"errors"
	"fmt"
	"os"
)

//gotk:illegal defer 1 -- expression in defer must be function call
//gotk:illegal defer func() {} -- expression in defer must be function call
//gotk:illegal defer len("x") -- defer discards result of len("x") (constant 1 of type int)
//gotk:illegal defer (fmt2()) ; var fmt2 = func() {} -- expression in defer must not be parenthesized
//gotk:illegal defer int(3) -- defer requires function call, not conversion int(3) (constant 3 of type int)
//gotk:illegal defer append([]int{}, 1) -- defer discards result of append([]int{}, 1) (value of type []int)

type lock struct{ name string }

func (l *lock) Lock() *lock { fmt.Print("lock ", l.name, " "); return l }
func (l lock) Unlock()      { fmt.Print("unlock ", l.name, " ") }

func f() (result int) {
	defer func() { result *= 7 }() // result is 6 by then
	return 6
}

func order() {
	for i := 0; i <= 3; i++ {
		defer fmt.Print(i, " ")
	}
}

func arguments() {
	x := 1
	defer fmt.Println("evaluated at the statement:", x)
	defer func() { fmt.Println("read at the end:", x) }()
	x = 2
}

func methods() {
	l := &lock{"a"}
	defer l.Lock().Unlock() // the value is copied now
	l.name = "b"
	defer l.Unlock()
	l.name = "c"
	fmt.Print("work ")
}

func conditional(n int) (out string) {
	if n > 0 {
		defer func() { out += fmt.Sprint("positive ") }()
	}
	if n > 10 {
		defer func() { out += fmt.Sprint("large ") }()
		return "early "
	}
	return "late "
}

func nilFunc() {
	defer fmt.Println("runs first, then the panic goes on")
	defer func() { fmt.Println("recovered:", recover()) }()
	var none func()
	defer none() // panics when it is called
	fmt.Println("reached")
}

func cleanup() (err error) {
	file, err := os.CreateTemp("", "defer")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.WriteString("x")
	return err
}

func nested() {
	defer func() {
		defer fmt.Println("innermost last")
		defer func() { fmt.Print("inner recovers: ", recover(), "; ") }()
		panic("second")
	}()
	defer func() { fmt.Print("outer recovers: ", recover(), "; ") }()
	panic("first")
}

func builtins() {
	m := map[string]int{"a": 1, "b": 2}
	c := make(chan int)
	func() {
		defer delete(m, "a")
		defer close(c)
		defer copy(make([]int, 1), []int{1})
		defer print()
	}()
	_, ok := <-c
	fmt.Println(m, ok)
}

func deep(n int, trace *[]int) {
	if n > 0 {
		defer func() { *trace = append(*trace, n) }()
		deep(n-1, trace)
	}
}

func main() {
	fmt.Println(f())
	order()
	fmt.Println()
	arguments()
	methods()
	fmt.Println()
	fmt.Println(conditional(0), conditional(1), conditional(11))
	nilFunc()
	fmt.Println(cleanup())
	nested()
	builtins()
	var trace []int
	deep(4, &trace)
	fmt.Println(trace)
	func() {
		defer func() { fmt.Println(recover()) }()
		for i := range 3 {
			defer func() {
				if i == 1 {
					panic(fmt.Sprint("replaced by ", i))
				}
			}()
		}
		panic("original")
	}()
}

// Output:
// 42
// 3 2 1 0
// read at the end: 2
// evaluated at the statement: 1
// lock a work unlock b unlock a
// late  late positive  early large positive
// reached
// recovered: runtime error: invalid memory address or nil pointer dereference
// runs first, then the panic goes on
// <nil>
// outer recovers: first; inner recovers: second; innermost last
// map[b:2] false
// [1 2 3 4]
// replaced by 1
