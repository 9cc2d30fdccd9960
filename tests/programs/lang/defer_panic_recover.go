// SPDX-License-Identifier: BSD-3-Clause
//
// Deferred calls run last first with arguments evaluated early; recover stops a panic only when called by a deferred function itself.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

func order() (s string) {
	defer func() { s += "." }()
	for i := 0; i < 3; i++ {
		defer func(n int) { s += fmt.Sprint(n, i) }(i * 10)
	}
	return "r"
}

func recovered() (v int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			v = -1
		}
	}()
	var m map[string]int
	m["x"] = 1
	return 5, nil
}

func helper() any { return recover() }

func indirect() (r any) {
	defer func() {
		r = recover()
	}()
	defer func() {
		if helper() != nil {
			fmt.Println("wrong: helper recovered")
		}
	}()
	panic("direct only")
}

func directCallee() {
	defer func() { fmt.Println("outer", recover()) }()
	defer helper()
	panic("recovered by helper itself")
}

func replaced() {
	defer func() { fmt.Println(recover()) }()
	defer func() { panic("second") }()
	panic("first")
}

func again() {
	defer func() { fmt.Println("again:", recover()) }()
	defer func() {
		r := recover()
		defer func() { fmt.Println("inner:", recover()) }()
		panic(fmt.Sprint("re-", r))
	}()
	panic("one")
}

type closer struct{ name string }

func (c closer) Close()           { fmt.Println("close", c.name) }
func (c *closer) rename(s string) { c.name = s }

func methods() {
	c := closer{"a"}
	defer c.Close()
	defer c.rename("z")
	c.name = "b"
	defer c.Close()
	defer fmt.Println("deferred println", c.name, 1+1)
	d := &c
	defer d.Close()
}

func nested() (n int) {
	defer func() {
		defer func() {
			n += 100
			recover()
		}()
		n += 10
		panic("in deferred")
	}()
	n = 1
	return
}

func goexits() {
	done := make(chan string)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("recover in Goexit: ", recover()) }()
		runtime.Goexit()
	}()
	for s := range done {
		fmt.Println(s)
	}
}

func loop() {
	for i := range 3 {
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("loop", i, r)
				}
			}()
			a := []int{1}
			fmt.Println(a[i])
		}()
	}
}

type bigResult struct{ a, b, c, d, e, f, g, h, i, j int }

func large() (r bigResult, s string) {
	defer func() {
		recover()
		r.j = 7
		s += "!"
	}()
	r.a = 1
	s = "set"
	panic("x")
}

func condition(b bool) (s string) {
	if b {
		defer func() { s += "deferred" }()
	}
	return "returned "
}

func main() {
	fmt.Println(order())
	fmt.Println(recovered())
	fmt.Println(indirect())
	directCallee()
	replaced()
	again()
	methods()
	fmt.Println(nested())
	goexits()
	loop()
	r, s := large()
	fmt.Println(r.a, r.j, s)
	fmt.Println(condition(true), condition(false))
	func() {
		defer func() {
			var re runtime.Error
			err, _ := recover().(error)
			fmt.Println(errors.As(err, &re), err)
		}()
		var p *closer
		p.name = "x"
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		panic(nil)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		defer panic("deferred panic")
		defer recover()
	}()
	func() {
		defer func() { fmt.Println("recovered before:", recover() == nil) }()
		defer func() { defer recover() }()
		panic("recovered by a deferred recover")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		defer func() {
			defer func() { fmt.Println(recover()) }()
			defer recover() // called by the second panic: it recovers neither
			panic("second of two")
		}()
		panic("first of two")
	}()
	defer fmt.Println("never: os.Exit runs no deferred calls")
	os.Exit(0)
}

// Output:
// r20 210 10 0.
// -1 recovered: assignment to entry in nil map
// direct only
// outer <nil>
// second
// inner: re-one
// again: <nil>
// close b
// deferred println b 2
// close b
// close a
// 111
// recover in Goexit: <nil>
// 1
// loop 1 runtime error: index out of range [1] with length 1
// loop 2 runtime error: index out of range [2] with length 1
// 1 7 set!
// returned deferred returned
// true runtime error: invalid memory address or nil pointer dereference
// runtime error: panic called with nil argument
// deferred panic
// recovered before: true
// second of two
// first of two
