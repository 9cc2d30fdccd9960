// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Interface types
package main

import (
	"errors"
	"fmt"
)

// Basic interfaces: specified by methods only.
type file interface {
	Read([]byte) (int, error)
	Close() error
}

type lock interface {
	Lock()
	Unlock()
}

// Embedded interfaces: the union of the methods.
type lockedFile interface {
	file
	lock
	Close() error // the same method again
}

// General interfaces: type sets, usable as constraints only.
type signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}

type named interface {
	~string
	String() string
}

type number interface {
	signed | ~float64
	comparable
}

//gotk:illegal type signed interface{ ~int }; var s signed -- cannot use type signed outside a type constraint: interface contains type constraints
//gotk:illegal type I interface { m(); m() } -- duplicate method m
//gotk:illegal type I interface { m() int; interface{ m() string } } -- duplicate method m
//gotk:illegal top: type Bad interface { Bad } -- invalid recursive type: Bad refers to itself
//gotk:illegal type MyInt int; type I interface { ~MyInt } -- invalid use of ~ (underlying type of MyInt is int)
//gotk:illegal var e interface{ Error() string; Other() } = error(nil) -- cannot use error(nil) (value of interface type error) as interface{Error() string; Other()} value in variable declaration: error does not implement interface{Error() string; Other()} (missing method Other)

type memory struct {
	data   string
	locked int
}

func (m *memory) Read(p []byte) (int, error) { return copy(p, m.data), nil }
func (m *memory) Close() error               { return errors.New("closed " + m.data) }
func (m *memory) Lock()                      { m.locked++ }
func (m *memory) Unlock()                    { m.locked-- }

type text string

func (t text) String() string { return "<" + string(t) + ">" }

func abs[T signed | ~float64](x T) T {
	if x < 0 {
		return -x
	}
	return x
}

func show[T named](x T) string { return x.String() + string(x) }

func same[T number](a, b T) bool { return a == b }

type celsius float64

func main() {
	var zero any
	fmt.Println(zero == nil)
	var f file = &memory{data: "abc"}
	lf := f.(lockedFile)
	lf.Lock()
	buffer := make([]byte, 2)
	fmt.Println(lf.Read(buffer))
	fmt.Println(string(buffer), lf.Close(), f.(*memory).locked)
	_, isError := f.(error)
	fmt.Println(isError, f == lf, f == file(nil))
	fmt.Println(abs(-3), abs(celsius(-1.5)), abs(int8(-128)), show(text("x")), same(1, 1), same(1.5, celsius(2)))
	var typedNil *memory
	f = typedNil
	fmt.Println(f == nil, f.(*memory) == nil)
	var err error
	fmt.Println(err == nil)
	defer func() { fmt.Println(recover()) }()
	_ = err.Error()
}

// Output:
// true
// 2 <nil>
// ab closed abc 1
// false true false
// 3 1.5 -128 <x>x true false
// false true
// true
// runtime error: invalid memory address or nil pointer dereference
