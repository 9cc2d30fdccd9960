// SPDX-License-Identifier: BSD-3-Clause

package runtime

import (
	"fmt"
	"math"
	"math/rand"
	std "runtime"
	"strconv"
	"testing"
	"time"
)

func thrown(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// The texts of bounds errors against those of real Go for the same operation.
func TestBounds(t *testing.T) {
	s := make([]int, 3, 5)
	str := "abc"
	check := func(kind uint8, x int64, y int, signed bool, f func()) {
		t.Helper()
		err, ok := thrown(f).(std.Error)
		if !ok {
			t.Fatal("no run-time error")
		}
		if got := (boundsError{x, y, signed, kind}).Error(); got != err.Error() {
			t.Fatalf("%q, want %q", got, err.Error())
		}
	}
	for _, i := range []int{-5, 7, math.MinInt, math.MaxInt} {
		x := int64(i)
		check(boundsIndex, x, 3, true, func() { _ = s[i] })
		check(boundsSliceAcap, x, 5, true, func() { _ = s[:i] })
		check(boundsSliceAlen, x, 3, true, func() { _ = str[:i] })
		check(boundsSliceB, x, 3, true, func() { _ = s[i:] })
		check(boundsSlice3Acap, x, 5, true, func() { _ = s[:2:i] })
		check(boundsSlice3B, x, 2, true, func() { _ = s[0:i:2] })
		check(boundsSlice3C, x, 1, true, func() { _ = s[i:1:2] })
	}
	var a [4]int
	j, u := 9, uint(1<<63+7)
	check(boundsSlice3Alen, 9, 4, true, func() { _ = a[:2:j] })
	check(boundsIndex, int64(u), 3, false, func() { _ = s[u] })
	check(boundsSliceB, int64(u), 3, false, func() { _ = s[u:] })
	check(boundsConvert, 3, 4, true, func() { _ = [4]int(s) })
}

func TestTypeAssertion(t *testing.T) {
	e := func(iface, have, want string, missing string) string {
		named := func(s string) *typ {
			if s == "" {
				return nil
			}
			return &typ{str: s}
		}
		return (&TypeAssertionError{named(iface), named(have), named(want), missing}).Error()
	}
	type fooer interface{ Foo() }
	var x any
	for _, c := range []struct {
		ours string
		f    func()
	}{
		{e("interface {}", "", "int", ""), func() { x = nil; _ = x.(int) }},
		{e("interface {}", "string", "int", ""), func() { x = ""; _ = x.(int) }},
		{e("", "", "runtime.fooer", ""), func() { x = nil; _ = x.(fooer) }},
		{e("", "string", "runtime.fooer", "Foo"), func() { x = ""; _ = x.(fooer) }},
	} {
		if want := thrown(c.f).(error).Error(); c.ours != want {
			t.Fatalf("%q, want %q", c.ours, want)
		}
	}
}

func TestFloats(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewSource(seed))
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 1e5, 1e6, 123456, 1234567, 1e20, 1e21, 1e22, 1e-4, 1e-5, 0.00012345, 100, 1.5e300, 5e-324,
		math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), 12345678.5, 999999.5}
	for i := 0; i < 20000; i++ {
		values = append(values, math.Float64frombits(r.Uint64()), r.NormFloat64()*math.Pow(10, float64(r.Intn(12))), float64(r.Intn(1e7)))
	}
	for _, v := range values {
		if got, want := string(appendFloat(nil, v, 64)), strconv.FormatFloat(v, 'g', -1, 64); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		f := float32(v)
		if got, want := string(appendFloat(nil, float64(f), 32)), strconv.FormatFloat(float64(f), 'g', -1, 32); got != want {
			t.Fatalf("float32 %s, want %s", got, want)
		}
		if u := math.Float64bits(v); string(appendUint(nil, u)) != strconv.FormatUint(u, 10) || string(appendInt(nil, int64(u))) != strconv.FormatInt(int64(u), 10) ||
			string(appendHex(nil, u)) != strconv.FormatUint(u, 16) {
			t.Fatal(u)
		}
	}
	for c, want := range map[complex128]string{3 + 4i: "(3+4i)", complex(1.5, -2): "(1.5-2i)", complex(0, math.Inf(1)): "(0+Infi)"} {
		if got := string(appendComplex(nil, c, 64, true)); got != want {
			t.Fatal(got, want)
		}
	}
}

// A panic that nothing recovers: the text that is printed.
func TestFatalPanic(t *testing.T) {
	chain := func(ps ...*panicRecord) *panicRecord {
		for i := 1; i < len(ps); i++ {
			ps[i].link = ps[i-1]
		}
		return ps[len(ps)-1]
	}
	for _, c := range []struct {
		p    *panicRecord
		want string
	}{
		{&panicRecord{arg: fmt.Errorf("a\nb")}, "panic: a\n\tb\n"},
		{chain(&panicRecord{arg: fmt.Errorf("first")}, &panicRecord{arg: fmt.Errorf("second")}), "panic: first\n\tpanic: second\n"},
		{chain(&panicRecord{arg: fmt.Errorf("first"), recovered: true}, &panicRecord{arg: fmt.Errorf("second")}),
			"panic: first [recovered]\n\tpanic: second\n"},
		{chain(&panicRecord{arg: fmt.Errorf("first"), recovered: true}, &panicRecord{arg: fmt.Errorf("first"), repanicked: true}),
			"panic: first [recovered, repanicked]\n"},
		{chain(&panicRecord{arg: fmt.Errorf("1"), recovered: true}, &panicRecord{arg: fmt.Errorf("2"), recovered: true},
			&panicRecord{arg: fmt.Errorf("2"), repanicked: true}), "panic: 1 [recovered]\n\tpanic: 2 [recovered, repanicked]\n"},
		{chain(&panicRecord{goexit: true}, &panicRecord{arg: fmt.Errorf("x")}), "panic: x\n"},
		{&panicRecord{arg: fmt.Errorf("x"), sigpc: 0x1234}, "panic: x\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1234]\n"},
	} {
		panics = c.p
		if got := thrown(func() { fatalpanic(c.p) }); got != c.want {
			t.Fatalf("%q, want %q", got, c.want)
		}
	}
}

func TestPrint(t *testing.T) {
	Written = ""
	printlock()
	printint(-5)
	printsp()
	printuint(1 << 63)
	printsp()
	printbool(true)
	printsp()
	printfloat32(0.1)
	printsp()
	printslice(make([]byte, 0)[:0:0])
	printsp()
	printeface(nil)
	printnl()
	printunlock()
	if i := len("-5 9223372036854775808 true 0.1 [0/0]0x"); len(Written) < i || Written[:i] != "-5 9223372036854775808 true 0.1 [0/0]0x" {
		t.Fatal(Written)
	}
}

func TestPanicwrap(t *testing.T) {
	if got := thrown(func() {
		defer func() { panic(*gpanics()) }()
		panicwrap("main.T[main.X]", "M")
	}).(*panicRecord).arg.(error).Error(); got != "value method main.T[main.X].M called using nil *T[main.X] pointer" {
		t.Fatal(got)
	}
}
