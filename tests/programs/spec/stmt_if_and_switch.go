// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: If statements; Switch statements: expression and type switches; Fallthrough statements
package main

import (
	"fmt"
	"io"
)

//gotk:illegal if x := 1; x {} -- non-boolean condition in if statement
//gotk:illegal switch 1 { case 1: case 1: } -- duplicate case 1 (constant of type int) in expression switch
//gotk:illegal switch { default: default: } -- multiple defaults (first
//gotk:illegal switch 1 { case "a": } -- cannot convert "a" (untyped string constant) to type int
//gotk:illegal switch x := any(1).(type) { case int: } -- x declared and not used
//gotk:illegal switch any(1).(type) { case int: fallthrough; case string: } -- cannot fallthrough in type switch
//gotk:illegal switch 1 { case 1: fallthrough } -- cannot fallthrough final case in switch
//gotk:illegal switch any(1).(type) { case int, int: } -- duplicate case int in type switch
//gotk:illegal switch x := 5; x.(type) { case int: } -- x (variable of type int) is not an interface
//gotk:illegal fallthrough -- fallthrough statement out of place
//gotk:illegal switch nil { case nil: } -- use of untyped nil in switch expression
//gotk:illegal var f func(); switch f { case f: } -- invalid case f in switch on f (func can only be compared to nil)

func call(n int) int { fmt.Print("call", n, " "); return n }

func classify(x any) string {
	switch i := x.(type) {
	case nil:
		return "nil"
	case int:
		return fmt.Sprint("int ", i+1)
	case float64, float32:
		return fmt.Sprintf("float %v %T", i, i)
	case func(int) float64:
		return fmt.Sprint("func ", i(3))
	case bool, string:
		return fmt.Sprint("bool or string ", i)
	case error:
		return "error " + i.Error()
	case []any:
		return fmt.Sprint("slice ", len(i))
	case interface{ M() }:
		i.M()
		return "has M"
	case *int:
		return fmt.Sprint("pointer ", i == nil)
	case struct{ A int }:
		return fmt.Sprint("struct ", i.A)
	default:
		return fmt.Sprintf("other %T", i)
	}
}

type m struct{}

func (m) M() {}

func generic[T any](x any) string {
	switch v := x.(type) {
	case T:
		return fmt.Sprintf("T %v", v)
	case []T:
		return fmt.Sprint("slice of T ", len(v))
	case map[string]T:
		return "map of T"
	}
	return "none"
}

func main() {
	if x := call(5); x < 3 {
		fmt.Println("small")
	} else if y := x * 2; y > 9 {
		fmt.Println("both visible", x, y)
	} else {
		fmt.Println(x, y)
	}
	switch tag := call(3); tag {
	default:
		fmt.Println("default in front")
	case 0, 1, 2, call(30):
		fmt.Println("small")
	case 4, call(3), call(99):
		fmt.Println("found")
		fallthrough
	case 1000:
		fmt.Println("fell")
		break
		fmt.Println("never")
	case 5:
		fmt.Println("not reached")
	}
	switch x := -4; {
	case x < 0:
		fmt.Println("negative")
	case x < 10:
		fmt.Println("not tested")
	}
	switch {
	}
	switch x := any(2.5); x {
	case 2:
		fmt.Println("int")
	case 2.5:
		fmt.Println("float")
	}
	switch c := 'b'; {
	case 'a' <= c && c <= 'z':
		fmt.Println("letter")
	}
	switch [2]int{1, 2} {
	case [2]int{1, 2}:
		fmt.Println("array")
	}
	var err error = io.EOF
	switch err {
	case nil:
		fmt.Println("no error")
	case io.EOF:
		fmt.Println("end of file")
	}
	for _, x := range []any{nil, 1, 1.5, float32(2), func(i int) float64 { return float64(i) / 2 }, true, "s", err, []any{1, 2}, m{}, (*int)(nil), struct{ A int }{4}, 'x', [1]int{}} {
		fmt.Print(classify(x), "; ")
	}
	fmt.Println()
	fmt.Println(generic[int](1), generic[string](1), generic[string]([]string{"a"}), generic[bool](map[string]bool{}), generic[any](1))
	switch x := any(1).(type) {
	case interface{ Error() string }, int:
		fmt.Printf("%T\n", x)
	}
	switch fmt.Print("evaluated once "); y := any(call(1)).(type) {
	default:
		fmt.Println(y)
	}
	switch x := call(2); true {
	case x == 1:
		fallthrough
	case x == 7:
		fmt.Println("no")
	case x == 2:
		{
			fmt.Println("yes")
		}
		fallthrough
	default:
		fmt.Println("default last")
	}
	s := "abc"
	switch s {
	case "ab" + "d":
	case "abc":
		if len(s) == 3 {
			break
		}
		fmt.Println("never")
	}
}

// Output:
// call5 both visible 5 10
// call3 call30 call3 found
// fell
// negative
// float
// letter
// array
// end of file
// nil; int 2; float 1.5 float64; float 2 float32; func 1.5; bool or string true; bool or string s; error EOF; slice 2; has M; pointer true; struct 4; other int32; other [1]int;
// T 1 none slice of T 1 map of T T 1
// int
// evaluated once call1 1
// call2 yes
// default last
