// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand"
	"strings"
	"testing"
	"unsafe"

	liberrors "gotk.test/lib/errors"
	lib "gotk.test/lib/fmt"
)

type (
	myInt    int
	myStr    string
	myBytes  []byte
	myByte   byte
	myFloat  float32
	point    struct{ X, Y int }
	named    struct {
		Name string
		in   int
		P    *point
		E    error
		A    any
		s    stringer
		S    stringer
	}
	stringer   struct{ n int }
	ptrString  struct{ n int }
	goStringer struct{ n int }
	panicker   struct{ v any }
	formatter  struct{ n int }
	errT       struct{ msg string }
	inner      struct{ stringer }
	iface      interface{ M() }
	withM      int
	tree       struct {
		L, R *tree
		V    int
	}
)

func (withM) M()                     {}
func (s stringer) String() string    { return fmt.Sprintf("<%d>", s.n) }
func (s *ptrString) String() string  { return fmt.Sprintf("ptr<%d>", s.n) }
func (g goStringer) GoString() string { return "GO!" }
func (p panicker) String() string    { panic(p.v) }
func (e errT) Error() string         { return "err:" + e.msg }

// Format works under both packages: the State of each has the same methods.
func (f formatter) Format(s fmt.State, verb rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "F(%c %d %v %d %v", verb, w, wok, p, pok)
	for _, c := range "+-# 0x" {
		fmt.Fprintf(s, " %v", s.Flag(int(c)))
	}
	io.WriteString(s, ")")
}

type libFormatter struct{ formatter }

func (f libFormatter) Format(s lib.State, verb rune) { f.formatter.Format(s, verb) }

var ch = make(chan int)

func fmtValues() []any {
	x := 7
	var nilPtr *point
	var nilStr *ptrString
	var nilErr error
	var nilMap map[string]int
	var nilSlice []int
	var nilFunc func()
	return []any{
		nil, true, false, 0, 1, -1, 42, int8(-5), int16(300), int32(-70000), int64(math.MinInt64), math.MaxInt64,
		uint(3), uint8(255), uint16(65535), uint32(7), uint64(math.MaxUint64), uintptr(0x1234),
		0.0, math.Copysign(0, -1), 1.0, -1.5, 3.14159265358979, 1e6, 1e20, 1e21, 1e-5, 123456789.0, math.Inf(1), math.Inf(-1), math.NaN(), float32(0.1), float32(16777216), 100000.0,
		1 + 2i, complex64(-1.5 - 2.25i), complex(math.NaN(), math.Inf(1)), complex(math.Inf(-1), -0.0),
		"", "hello", "héllo wörld", "a\"b`c\\\n\t\x00\xff", "日本語", "x`y", 'x', '日', rune(0x1F600), rune(-1), rune(0x110000), rune(7),
		[]byte(nil), []byte{}, []byte("bytes\x00\xff"), [3]byte{1, 2, 3}, myBytes("mb"), []myByte{1, 2}, [2]myByte{3, 4},
		myInt(5), myStr("ms"), myFloat(2.5), point{1, -2}, &point{3, 4}, nilPtr, nilStr, nilErr, &nilErr, nilMap, nilSlice, nilFunc,
		[]int{1, 2, 3}, []string{"a", "b c"}, [2]bool{true, false}, []any{1, "x", nil, 2.5, []int{1}}, [][]int{{1}, {2, 3}, nil}, []float64{1, 2.5}, [0]int{}, []*point{nil},
		map[string]int{"b": 2, "a": 1, "c": 3}, map[int]string{3: "x", -1: "y"}, map[any]int{"b": 1, "a": 2, nil: 4}, map[point]bool{{2, 1}: true, {1, 5}: false}, &map[string]int{"k": 1}, map[float64]int{math.NaN(): 1, 2: 2, -1: 3},
		map[bool]int{true: 1, false: 0}, map[[2]int]string{{2, 1}: "a", {1, 9}: "b"}, map[string][]byte{"x": []byte("y")},
		named{Name: "n", in: 3, P: nil, E: errT{"e"}, A: 5, s: stringer{1}, S: stringer{2}}, &named{}, named{A: &x == nil},
		stringer{9}, &stringer{10}, &ptrString{11}, goStringer{1}, []stringer{{1}, {2}}, []*ptrString{nil}, map[stringer]stringer{{1}: {2}}, []goStringer{{3}}, struct{ G goStringer }{}, inner{stringer{4}}, struct{ s stringer }{stringer{5}}, struct{ S any }{stringer{6}},
		panicker{"boom"}, panicker{errT{"x"}}, panicker{panicker{1}}, panicker{nil}, (*stringer)(nil), (*panicker)(nil), []panicker{{1}}, struct{ P panicker }{panicker{"in"}}, panicker{point{1, 2}},
		errT{"plain"}, &errT{"ptr"}, errors.New("std"), error(errT{"as error"}), []error{errT{"a"}, nil},
		struct{}{}, struct {
			a int
			B string
			C any
			d *int
		}{1, "b", nil, nil}, struct{ I iface }{withM(3)}, struct{ I iface }{}, [1]iface{}, struct{ s string }{"hidden"}, struct{ A any }{struct{ b any }{3}},
		&[]int{1, 2}, &[2]string{"a", "b"}, &struct{ P *int }{}, unsafe.Pointer(nil), &tree{L: nil, V: 3}, tree{V: 1}, (*int)(nil), (chan int)(nil),
		[]uint8{1}, []int8{-1, 2}, [4]uint16{1, 2, 3, 4}, []uintptr{1}, []bool{true}, []rune("hi"), []complex128{1i}, [][2]string{{"a", "b"}},
	}
}

func same(t *testing.T, what string, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n got %q\nwant %q", what, got, want)
	}
}

// calm returns what f returns, or its panic.
func calm(f func(string, ...any) string, format string, a ...any) (s string) {
	defer func() {
		if e := recover(); e != nil {
			s = "PANIC"
		}
	}()
	return f(format, a...)
}

func TestVerbsAndFlags(t *testing.T) {
	flags := []string{"", "+", "-", " ", "0", "#", "+#", "# ", "-0", "+0", " 0", "#0", "-#"}
	sizes := []string{"", "1", "6", "12", ".0", ".1", ".3", "8.3", "12.10", ".", "5.", "70", ".70", "80.75"}
	verbs := "vTtbcdoOqxXUeEfFgGspwzT!%日"
	for i, v := range fmtValues() {
		for _, f := range flags {
			for _, s := range sizes {
				for _, verb := range verbs {
					if verb == 'p' {
						continue
					}
					format := "%" + f + s + string(verb)
					want := calm(fmt.Sprintf, format, v)
					got := calm(lib.Sprintf, format, v)
					if got != want {
						t.Fatalf("value %d %T: Sprintf(%q)\n got %q\nwant %q", i, v, format, got, want)
					}
				}
			}
		}
	}
}

func TestPointerVerbs(t *testing.T) {
	x := 1
	f := func() {}
	for _, v := range []any{&x, ch, f, []int{1}, map[int]int{}, unsafe.Pointer(&x), &point{}, 3, "s", nil, (*int)(nil), struct{ p *int }{&x}, []*int{&x}, []chan int{ch}, struct{ F func() }{f}} {
		for _, verb := range []string{"%p", "%#p", "%v", "%#v", "%+v", "%d", "%x", "%#x", "%20p", "%-20p|", "%020p", "%s", "%b", "%o", "%t"} {
			same(t, fmt.Sprintf("%T %s", v, verb), lib.Sprintf(verb, v), fmt.Sprintf(verb, v))
		}
	}
}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
	}{
		{"", nil}, {"%", nil}, {"%%", nil}, {"%d", nil}, {"%d %d", []any{1}}, {"x", []any{1, "a", nil, 2.5}}, {"%!", []any{1}}, {"%-", nil}, {"%5", nil}, {"%.", nil}, {"%5.2", []any{1}},
		{"%[1]d %[1]v", []any{3}}, {"%[2]d %[1]d", []any{1, 2}}, {"%[2]d %d", []any{1, 2}}, {"%[3]d", []any{1, 2}}, {"%[x]d", []any{1}}, {"%[", []any{1}}, {"%[1", []any{1}}, {"%[]d", []any{1}}, {"%[-1]d", []any{1}}, {"%[0]d", []any{1}},
		{"%[1]*d", []any{5, 6}}, {"%[2]*[1]d", []any{7, 5}}, {"%[3]*.[2]*[1]f", []any{12.0, 2, 6}}, {"%*d|", []any{5, 42}}, {"%-*d|", []any{5, 42}}, {"%*d|", []any{-5, 42}}, {"%0*d|", []any{-5, 42}}, {"%.*f", []any{2, 3.14159}}, {"%.*f", []any{-2, 3.14159}},
		{"%*d", []any{"x", 42}}, {"%.*d", []any{"x", 42}}, {"%*d", []any{10000000, 42}}, {"%.*d", []any{10000000, 42}}, {"%*d", []any{uint(5), 42}}, {"%*d", []any{myInt(5), 42}}, {"%*d", []any{uint64(1 << 63), 42}}, {"%10000000d", []any{42}}, {"%.10000000d", []any{42}}, {"%*", []any{1}},
		{"%[1]3d", []any{1}}, {"%[1].2d", []any{1}}, {"%3[1]d", []any{1}}, {"%.3[1]d", []any{1}}, {"%[1]d %d %[1]d", []any{1, 2}}, {"%[5]d %d", []any{1, 2}}, {"%d %d %#[1]x %#x", []any{16, 17}}, {"%[1]*.[2]*[3]d", []any{1, 2, 3}}, {"%[2]*[1]*d", []any{1, 2}}, {"%.[2]d", []any{1, 2}}, {"%.[]", []any{1}}, {"%[1]%", []any{1}}, {"%5%", nil}, {"%-5%|", nil}, {"%.2%", nil}, {"%x%[1]", []any{1}},
		{"%é", []any{1}}, {"é%v日", []any{"x"}}, {"\xff%d\xfe", []any{1}}, {"%\xff", []any{1}}, {"%d%d", []any{1, 2, 3}}, {"%s %s", []any{"a", "b", "c", errT{"e"}}}, {"%[1]s", []any{"a", "b"}}, {"%T %T", []any{1, nil}}, {"%+-#0 5.3d", []any{3}}, {"% +d", []any{3}}, {"%+ d", []any{3}}, {"%+ x", []any{"abc"}}, {"%0-5d|", []any{3}}, {"%-05d|", []any{3}}, {"%05s|%-05s|", []any{"ab", "cd"}}, {"%05q|%+05q", []any{"é", "é"}}, {"%05t", []any{true}}, {"%05c", []any{'x'}}, {"%05v", []any{nil}}, {"%+05.1f|% 06.2f|%-8.3e|%08.3g|", []any{1.25, 2.5, 3.0, 4.0}},
		{"%v %d", []any{[]any{1, []byte("x")}, []any{"a"}}}, {"%s", []any{[]any{1, "a", nil, errT{"z"}}}}, {"%x", []any{[]string{"ab", "cd"}}}, {"% x|%#x|%# x|% X|%.2x|%10x|%-10x|%010x", []any{"hello", "hello", "hello", "hello", "hello", "hi", "hi", "hi"}}, {"% x|%#x|%# X", []any{[]byte("hi"), []byte("hi"), [2]byte{1, 2}}}, {"%q", []any{[]string{"a", "b"}}}, {"%U %#U %#.6U %08U %-12U|", []any{'x', '⌘', '⌘', 'x', 'x'}}, {"%c%c", []any{65, 0x1F600}}, {"%t %t", []any{1, "x"}},
		{"%6.2f|%-8v|%8v|%+v", []any{[]float64{1, 2}, "ab", []int{1, 22}, struct {
			A int
			b string
		}{1, "x"}}}, {"%v %+v %#v %T", []any{struct{ A *int }{nil}, struct{ A *int }{nil}, struct{ A *int }{nil}, struct{ A *int }{nil}}},
		{"%#v %#v %#v", []any{map[string]any{"a": 1, "b": nil}, []any{nil, 1.0, "s"}, [2]map[int]int{}}}, {"%#v %#v %#v %#v", []any{1.0, 1e6, 1e21, float32(2)}}, {"%#v %#v", []any{uint8(3), uintptr(9)}}, {"%#v", []any{'x'}}, {"%#v", []any{1 + 2i}}, {"%#g %#g %#.3g %#e %#f %#.0f %#x %#b", []any{1.0, 1e10, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0}}, {"%#g %#G", []any{1 + 2i, 3i}}, {"%#.0e %#.0g %#.1g %#.10g", []any{1.0, 1.0, 0.001, 1e-10}},
		{"%w", []any{errT{"x"}}}, {"%w %d", []any{1, 2}}, {"%s", []any{error(nil)}}, {"%.2s|%.1q|%.3v|%5.1s|", []any{"héllo", "héllo", "日本語テキスト", "ü"}}, {"%3c|%-3c|%03c|", []any{'é', 'é', 'é'}}, {"%.3x|%.0x|%5.0d|%.0d|%05.0d|%+.0d", []any{"abcdef", "abc", 0, 0, 0, 0}}, {"%b %b %o %O %#o %#b %#O", []any{5, -5, 8, 8, 8, 5, 8}}, {"%+q %#q %#+q", []any{"日本", "a`b", "日本"}}, {"%+q %#q %q", []any{'日', '日', '\n'}}, {"%08b|%-8b|%8b|%+b", []any{5, 5, 5, 5}}, {"%x %X %#x %x", []any{-255, -255, -255, 3.5}}, {"%e %E %.0e %+.2e", []any{123456.789, 0.000123, 5.5, 1e100}}, {"%6.3v|%-6.3v|%06.3v", []any{3.14159, 2.0, -1.5}},
	} {
		same(t, c.format, lib.Sprintf(c.format, c.args...), fmt.Sprintf(c.format, c.args...))
	}
	for _, f := range []string{"%v", "%+v", "%#v", "%5.3d", "%-+# 0x", "%s", "%+10.q", "%0-5v"} {
		same(t, "Formatter "+f, lib.Sprintf(f, libFormatter{formatter{1}}), fmt.Sprintf(f, formatter{1}))
	}
}

func TestRandomFormats(t *testing.T) {
	const seed = 99
	rng := rand.New(rand.NewSource(seed))
	values := fmtValues()
	const alphabet = "%%%%vdsxqfegtcUTwbo[]0123456789.*+-# z日"
	runes := []rune(alphabet)
	for i := 0; i < 60000; i++ {
		var b strings.Builder
		for n := rng.Intn(12); n > 0; n-- {
			b.WriteRune(runes[rng.Intn(len(runes))])
		}
		var args []any
		for n := rng.Intn(4); n > 0; n-- {
			if rng.Intn(3) == 0 {
				args = append(args, rng.Intn(20))
			} else {
				args = append(args, values[rng.Intn(len(values))])
			}
		}
		want := calm(fmt.Sprintf, b.String(), args...)
		if len(want) > 1<<20 {
			continue
		}
		if got := calm(lib.Sprintf, b.String(), args...); got != want {
			t.Fatalf("seed %d: Sprintf(%q, %#v)\n got %q\nwant %q", seed, b.String(), args, got, want)
		}
	}
}

func TestPrintFamily(t *testing.T) {
	values := fmtValues()
	for i := range values {
		for j := range values {
			a := []any{values[i], values[j], values[(i+j)%len(values)]}
			print := func(f func(...any) string) func(string, ...any) string {
				return func(_ string, a ...any) string { return f(a...) }
			}
			same(t, "Sprint", calm(print(lib.Sprint), "", a...), calm(print(fmt.Sprint), "", a...))
			same(t, "Sprintln", calm(print(lib.Sprintln), "", a...), calm(print(fmt.Sprintln), "", a...))
		}
	}
	var b1, b2 strings.Builder
	n1, e1 := lib.Fprintf(&b1, "%d %s\n", 1, "é")
	n2, e2 := fmt.Fprintf(&b2, "%d %s\n", 1, "é")
	if n1 != n2 || e1 != e2 || b1.String() != b2.String() {
		t.Errorf("Fprintf: %d %v", n1, e1)
	}
	same(t, "Append", string(lib.Append([]byte("x"), 1, 2)), string(fmt.Append([]byte("x"), 1, 2)))
	same(t, "Appendf", string(lib.Appendf([]byte("x"), "%d", 2)), string(fmt.Appendf([]byte("x"), "%d", 2)))
	same(t, "Appendln", string(lib.Appendln([]byte("x"), 1, "a")), string(fmt.Appendln([]byte("x"), 1, "a")))
}

func TestErrorf(t *testing.T) {
	e1, e2 := errors.New("one"), errT{"two"}
	for _, c := range []struct {
		format string
		args   []any
	}{{"plain", nil}, {"a %w", []any{e1}}, {"%w %w", []any{e1, e2}}, {"%[2]w %[1]w %[2]w", []any{e1, e2}}, {"%w", []any{3}}, {"%w", []any{nil}}, {"%d %w", []any{1, e2}}, {"%w %w", []any{e1, 3}}, {"%+w", []any{e1}}, {"%w", nil}, {"%v", []any{e1}}} {
		want, got := fmt.Errorf(c.format, c.args...), lib.Errorf(c.format, c.args...)
		same(t, c.format, got.Error(), want.Error())
		same(t, c.format+" unwrap", fmt.Sprint(liberrors.Unwrap(got)), fmt.Sprint(errors.Unwrap(want)))
		for _, target := range []error{e1, e2, io.EOF} {
			if liberrors.Is(got, target) != errors.Is(want, target) {
				t.Errorf("Is(%q, %v)", c.format, target)
			}
		}
		var a1, a2 errT
		if liberrors.As(got, &a1) != errors.As(want, &a2) || a1 != a2 {
			t.Errorf("As(%q) = %v, want %v", c.format, a1, a2)
		}
		if m, ok := want.(interface{ Unwrap() []error }); ok {
			if fmt.Sprint(m.Unwrap()) != fmt.Sprint(got.(interface{ Unwrap() []error }).Unwrap()) {
				t.Errorf("%q: wrapped errors differ", c.format)
			}
		}
		same(t, c.format+" type", fmt.Sprintf("%T", got), fmt.Sprintf("%T", want))
	}
}

func TestFormatString(t *testing.T) {
	for _, f := range []string{"%v", "%+v", "%#5.2x", "%-+# 08.3d", "% d"} {
		var got, want string
		fmt.Sprintf(f, stateProbe(func(s fmt.State, v rune) { want = fmt.FormatString(s, v); got = lib.FormatString(s, v) }))
		same(t, f, got, want)
	}
}

type stateProbe func(s fmt.State, v rune)

func (p stateProbe) Format(s fmt.State, v rune) { p(s, v) }

func TestAllocations(t *testing.T) {
	p := &point{1, 2}
	for _, f := range []struct {
		name      string
		got, want func()
	}{
		{"Sprintf %d %s", func() { lib.Sprintf("%d %s", 1000, "abc") }, func() { fmt.Sprintf("%d %s", 1000, "abc") }},
		{"Sprint float", func() { lib.Sprint(3.14, true) }, func() { fmt.Sprint(3.14, true) }},
		{"Fprintln", func() { lib.Fprintln(io.Discard, "abc", 5) }, func() { fmt.Fprintln(io.Discard, "abc", 5) }},
	} {
		got, want := testing.AllocsPerRun(1000, f.got), testing.AllocsPerRun(1000, f.want)
		if got > want+1 {
			t.Errorf("%s: %v allocations, Go %v", f.name, got, want)
		}
	}
	_ = p
}
