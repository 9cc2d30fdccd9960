// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Address operators; Receive operator
package main

import "fmt"

type Point struct{ x, y int }

//gotk:illegal _ = &1 -- invalid operation: cannot take address of 1 (untyped int constant)
//gotk:illegal f := func() int { return 1 }; _ = &f() -- invalid operation: cannot take address of f() (value of type int)
//gotk:illegal m := map[string]int{}; _ = &m["x"] -- invalid operation: cannot take address of m["x"] (map index expression of type int)
//gotk:illegal var x any = 1; _ = *x -- invalid operation: cannot indirect x (variable of interface type any)
//gotk:illegal _ = *nil -- invalid operation: cannot indirect nil
//gotk:illegal var c chan<- int; x := <-c; _ = x -- invalid operation: cannot receive from send-only channel chan<- int c (variable of type chan<- int)
//gotk:illegal x := 5; <-x -- invalid operation: cannot receive from non-channel int x (variable of type int)

func main() {
	a := [3]int{1, 2, 3}
	i := 2
	p, q := &a[i], &a
	*p = 30
	q[0] = 10
	point := Point{1, 2}
	x, lit, paren := &point.x, &Point{2, 3}, &(point)
	*x += 5
	paren.y = 20
	fmt.Println(a, point, *lit, *&point == point, &*p == p, **(&p))
	s := []Point{{1, 1}, {2, 2}}
	e := &s[1]
	s = append(s, Point{3, 3})
	e.x = 100 // the old array's
	fmt.Println(s, *e, *(&struct{ n int }{7}), *new(int))
	n := new(Point{8, 9}) // new takes a value, too
	m := new(i + 1)
	fmt.Println(*n, *m, i)
	escape := func() *int { local := 4; return &local }
	first, second := escape(), escape()
	*first = 5
	fmt.Println(*first, *second, first != second)
	c := make(chan int, 3)
	c <- 1
	c <- 2
	v1 := <-c
	v2, ok := <-c
	close(c)
	v3, more := <-c
	var v4, closed = <-c
	fmt.Println(v1, v2, ok, v3, more, v4, closed, -<-func() chan int { d := make(chan int, 1); d <- 6; return d }())
	<-c
	cc := make(chan chan string, 1)
	inner := make(chan string, 1)
	inner <- "nested"
	cc <- inner
	fmt.Println(<-<-cc)
	func() {
		defer func() { fmt.Println(recover()) }()
		var x *int
		*x = 1
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var x *int = nil
		_ = *x
	}()
	defer func() { fmt.Println(recover()) }()
	var y *[1 << 20]int
	_ = &y[1000]
}

// Output:
// [10 2 30] {6 20} {2 3} true true 30
// [{1 1} {2 2} {3 3}] {100 2} {7} 0
// {8 9} 3 2
// 5 4 true
// 1 2 true 0 false 0 false -6
// nested
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
