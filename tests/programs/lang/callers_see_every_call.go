// SPDX-License-Identifier: BSD-3-Clause
//
// runtime.Callers and Caller see the program's calls one by one: inlined ones, deferred ones, those under a panic; and nothing that the
// compiler adds.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

//go:noinline
func show(what string) {
	var pcs [30]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	fmt.Print(what)
	for {
		f, more := frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "main."); ours {
			fmt.Print(" ", name, ":", f.Line)
		} else if name == "runtime.gopanic" || name == "runtime.main" || name == "runtime.goexit" {
			fmt.Print(" ", strings.TrimPrefix(name, "runtime."))
		}
		if !more {
			break
		}
	}
	fmt.Println()
}

type shower interface{ Show(n int) }
type value struct{ a, b int }
type outer struct{ *value }

func (v *value) Show(n int) {
	show("method")
	if v == nil {
		panic("nil")
	}
}

func leaf(x int)   { show("leaf"); sink = x }
func middle(x int) { leaf(x + 1); sink++ }
func top(x int)    { middle(x + 1); sink++ }

var sink int

func deferring() { defer leaf(1); sink++ }

func panicking() {
	defer func() { recover(); show("panic") }()
	panic("x")
}

func dereferencing(p *int) {
	defer func() { recover(); show("nil") }()
	*p = 1
}

func get(a []int, i int) int { return a[i] }

func indexing(a []int) int {
	defer func() { recover(); show("index") }()
	sink++
	return get(a, 3)
}

func where(skip int) string {
	pc, _, line, ok := runtime.Caller(skip)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), ":", line, " ", ok)
}

func inner(skip int) string { return where(skip) }

func main() {
	top(1)
	deferring()
	panicking()
	dereferencing(nil)
	indexing(nil)
	var s shower = outer{&value{1, 2}}
	s.Show(1)
	bound := s.Show
	bound(2)
	done := make(chan bool)
	go func(x int) { leaf(x); close(done) }(3)
	<-done
	func() { leaf(4); sink++ }()
	for skip := range 3 {
		fmt.Println(inner(skip))
	}
	_, _, _, ok := runtime.Caller(50)
	fmt.Println(ok)
	func() {
		defer func() {
			_, _, line, _ := runtime.Caller(1)
			fmt.Println("deferred at the end of", line)
		}()
	}()
}

// Output:
// leaf leaf:43 middle:44 top:45 main:77 main goexit
// leaf leaf:43 deferring:49 main:78 main goexit
// panic panicking.func1:52 gopanic panicking:53 main:79 main goexit
// nil dereferencing.func1:57 gopanic dereferencing:58 main:80 main goexit
// index indexing.func1:64 gopanic get:61 indexing:66 main:81 main goexit
// method (*value).Show:37 main:83 main goexit
// method (*value).Show:37 main:85 main goexit
// leaf leaf:43 main.func1:87 goexit
// leaf leaf:43 main.func2:89 main:89 main goexit
// main.where:70 true
// main.inner:74 true
// main.main:91 true
// false
// deferred at the end of 100
