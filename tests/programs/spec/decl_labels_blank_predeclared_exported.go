// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Label scopes; Blank identifier; Predeclared identifiers; Exported and unique identifiers
package main

import (
	"fmt"
	_ "strings"
)

type T struct {
	_       int
	_       string
	name    string
	Name    string
	ΠExport int
}

func (T) _()      {}
func (T) _()      {}
func _()          {}
func _(_, _ int)  {}

var _, b = 1, 2
var _ = fmt.Sprint

const _ = iota

type _ struct{}

//gotk:illegal L: for {} -- label L defined and not used
//gotk:illegal goto M -- label M not defined
//gotk:illegal L: for { break L }; L: for { break L } -- label L already defined
//gotk:illegal _ = _ -- cannot use _ as value or type
//gotk:illegal x := _ + 1; _ = x -- cannot use _ as value or type
//gotk:illegal top: type T struct { a int }; func (T) a() {} -- field and method with the same name a
//gotk:illegal top: type T struct{}; func (T) m() {}; func (*T) m() {} -- method T.m already declared

func results() (int, string, error) { return 1, "two", nil }

func main() {
	L := "a variable, not the label"
L:
	for i := 0; ; i++ {
		func() {
		L:
			for {
				break L // the label of this function
			}
		}()
		if i == 2 {
			break L
		}
	}
	fmt.Println(L)
	_, s, _ := results()
	for _, _ = range []int{1, 2} {
		s += "."
	}
	for range 3 {
		s += "!"
	}
	_ = s
	t := T{name: "x", Name: "X", ΠExport: 1}
	fmt.Println(s, b, t.name, t.Name, t.ΠExport, t == T{name: "x", Name: "X", ΠExport: 1})
	var nil_ error = nil
	fmt.Println(nil_ == nil, min(3, 1, 2), max("a", "b"), cap(make([]rune, 0, 2)), complex(1, real(2i)), iota_())
}

func iota_() int {
	const (
		a = iota
		b
	)
	iota := 10
	return iota + a + b
}

// Output:
// a variable, not the label
// two..!!! 2 x X 1 true
// true 1 b 2 (1+0i) 11
