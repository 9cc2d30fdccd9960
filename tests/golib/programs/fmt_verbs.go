// SPDX-License-Identifier: BSD-3-Clause

// Prints many values under many verbs.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
)

type point struct{ X, Y int }
// shapeErr is an error without an address.
type shapeErr string

func (e shapeErr) Error() string { return string(e) }

type named struct {
	Name string
	in   int
	P    *point
	E    error
	A    any
}
type stringer struct{ n int }
type goStringer struct{}
type panicker struct{ v any }
type ptrStr struct{ n int }
type myInt int
type myBytes []byte
type kind uint8
type fmter struct{ a, b int }
type tree struct {
	L, R *tree
	V    int
}
type shape interface{ Area() float64 }
type square float64

func (s square) Area() float64        { return float64(s * s) }
func (k kind) String() string         { return [...]string{"zero", "one", "two"}[k] }
func (s stringer) String() string     { return "<" + fmt.Sprint(s.n) + ">" }
func (p *ptrStr) String() string      { return fmt.Sprintf("ptr%d", p.n) }
func (goStringer) GoString() string   { return "GO" }
func (p panicker) String() string     { panic(p.v) }
func (f fmter) Format(s fmt.State, verb rune) {
	w, ok := s.Width()
	fmt.Fprintf(s, "F%c[%d %v %v]", verb, w, ok, s.Flag('+'))
}

func main() {
	var nilPtr *point
	var nilMap map[string]int
	var nilSlice []int
	var nilErr error
	var nilStr *ptrStr
	values := []any{
		nil, true, false, 0, -1, 42, int8(-5), int16(300), int32(70000), int64(math.MinInt64), uint8(255), uint64(math.MaxUint64), uintptr(0x1234),
		0.0, -1.5, 3.14159265358979, 1e6, 1e21, 1e-5, 123456789.0, math.Inf(1), math.Inf(-1), math.NaN(), float32(0.1), 1 + 2i, complex64(-1.5 - 2.25i),
		"", "hello", "héllo", "a\"b`c\\\n\x00\xff", 'x', '日', []byte("bytes\x00"), [3]byte{1, 2, 3}, myBytes("mb"), myInt(5), point{1, -2}, &point{3, 4},
		nilPtr, nilMap, nilSlice, nilErr, nilStr, []int{1, 2, 3}, []string{"a", "b c"}, []any{1, "x", nil, 2.5, []int{1}}, [][]int{{1}, nil},
		map[string]int{"b": 2, "a": 1}, map[int]string{3: "x", -1: "y"}, map[point]bool{{2, 1}: true, {1, 5}: false}, map[float64]int{2.5: 1, -1: 2},
		named{Name: "n", in: 3, E: shapeErr("boom"), A: 5}, &named{}, stringer{9}, &stringer{10}, &ptrStr{11}, goStringer{}, []stringer{{1}, {2}},
		panicker{"boom"}, panicker{shapeErr("e")}, (*stringer)(nil), kind(1), kind(7), []kind{0, 2}, map[kind]kind{1: 2}, fmter{1, 2}, []fmter{{1, 2}},
		struct{}{}, struct {
			a int
			B any
		}{1, "b"}, tree{V: 1}, &[]int{1, 2}, &map[string]int{"k": 1}, fmt.Errorf("wrap %w", shapeErr("in")), shape(square(3)), []shape{square(2)}, struct{ S shape }{square(1)},
		[2]bool{true}, []uint8{1}, []rune("hi"), struct{ K kind }{2}, struct{ k kind }{2},
		// Held in an interface's data word, as the pointer inside is.
		struct{ m map[string]int }{map[string]int{"k": 1}}, [1]map[int]bool{{1: true}}, struct{ A [1]struct{ M map[int]int } }{},
		struct{ e error }{shapeErr("in a field")}, struct{ F, G fmt.Stringer }{kind(1), nil},
	}
	formats := strings.Fields("%v %+v %#v %T %d %s %q %x %X %t %c %U %e %f %g %b %o %5v %-8v| %08v %+d %6.2f %.3s %#x %#q %+q %w %z %!")
	for i, v := range values {
		for _, f := range formats {
			fmt.Printf("%d %s: ", i, f)
			fmt.Printf(f, v)
			fmt.Println()
		}
	}
	fmt.Printf("%[2]*[1]d|%-*d|%.*f|%d %d\n", 7, 5, 3, 2, 3.14159, 1)
	fmt.Println(values[10:30]...)
	fmt.Print(1, 2, "a", "b", 3, nil, '\n', "\n")
	var a, b int
	var s string
	n, err := fmt.Sscanf("12 abc 0x1f", "%d %s %v", &a, &s, &b)
	fmt.Println(n, err, a, s, b)
	n, err = fmt.Sscan("1 2", &a, &b, &s)
	fmt.Println(n, err, a, b)
	e1 := fmt.Errorf("a: %w, %w", os.ErrExist, errors.ErrUnsupported)
	fmt.Println(e1, errors.Is(e1, os.ErrExist), errors.Is(e1, errors.ErrUnsupported), errors.Is(e1, os.ErrClosed))
	var pe *os.PathError
	_, err = os.Open("/does/not/exist")
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path, errors.Is(err, os.ErrNotExist))
	fmt.Println(errors.Join(errors.New("x"), nil, errors.New("y")))
}
