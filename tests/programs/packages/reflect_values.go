// SPDX-License-Identifier: BSD-3-Clause

// Values through reflect: reading, setting, containers, channels, conversion, comparison, iteration, printing.
package main

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"
	"unsafe"
)

type Num int16
type Text string
type P struct{ X, Y int }
type Rec struct {
	Name string
	n    int
	Ptr  *P
	List []P
	Any  any
	M    map[string]int
	embedded
}
type embedded struct{ E int }

func (p P) Sum() int          { return p.X + p.Y }
func (p *P) Scale(k int)      { p.X *= k; p.Y *= k }
func (t Text) String() string { return "<" + string(t) + ">" }

type list struct {
	next *list
	v    int
}

// dump prints any value the way encoders walk them.
func dump(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		b.WriteString("none")
	case reflect.Struct:
		b.WriteString("{")
		for f, x := range v.Fields() {
			fmt.Fprintf(b, "%s:", f.Name)
			dump(b, x)
			b.WriteString(" ")
		}
		b.WriteString("}")
	case reflect.Slice, reflect.Array:
		b.WriteString("[")
		for i := 0; i < v.Len(); i++ {
			dump(b, v.Index(i))
			b.WriteString(" ")
		}
		b.WriteString("]")
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		for _, k := range keys {
			fmt.Fprintf(b, "%v=", k)
			dump(b, v.MapIndex(k))
			b.WriteString(" ")
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		b.WriteString("*")
		dump(b, v.Elem())
	default:
		if v.CanInterface() {
			fmt.Fprint(b, v.Interface())
		} else {
			fmt.Fprint(b, v)
		}
	}
}

func show(x any) {
	var b strings.Builder
	dump(&b, reflect.ValueOf(x))
	fmt.Println(b.String())
}

func main() {
	show(Rec{"r", 3, &P{1, 2}, []P{{3, 4}}, Num(7), map[string]int{"a": 1, "b": 2}, embedded{9}})
	show([]any{1, "x", nil, 2.5, []byte("hi"), [2]bool{true}, Text("t")})

	// Setting.
	r := Rec{Name: "old"}
	v := reflect.ValueOf(&r).Elem()
	v.FieldByName("Name").SetString("new")
	v.Field(2).Set(reflect.ValueOf(&P{5, 6}))
	v.FieldByName("List").Set(reflect.Append(v.FieldByName("List"), reflect.ValueOf(P{7, 8}), reflect.ValueOf(P{9, 10})))
	v.FieldByName("Any").Set(reflect.ValueOf(P{1, 1}))
	v.FieldByName("M").Set(reflect.MakeMapWithSize(v.FieldByName("M").Type(), 3))
	v.FieldByName("M").SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(1))
	v.FieldByName("List").Index(0).Field(0).SetInt(70)
	fmt.Println(v.Field(1).CanSet(), v.Field(0).CanSet(), v.Field(6).CanSet(), v.Field(6).Field(0).CanSet(), v.FieldByName("E").CanSet())
	show(r)
	r.Ptr = nil
	fmt.Printf("%v %+v\n", v, v)
	x := 5
	px := reflect.ValueOf(&x)
	px.Elem().SetInt(math.MinInt64)
	fmt.Println(x, px.Elem().Addr().Interface() == any(&x), px.Elem().CanAddr(), reflect.ValueOf(x).CanAddr())
	var n Num
	nv := reflect.ValueOf(&n).Elem()
	nv.SetInt(70000)
	fmt.Println(n, nv.OverflowInt(70000), nv.OverflowInt(-32768), reflect.ValueOf(uint8(0)).OverflowUint(256), reflect.ValueOf(float32(0)).OverflowFloat(1e39),
		reflect.ValueOf(float32(0)).OverflowFloat(math.Inf(1)), reflect.ValueOf(complex64(0)).OverflowComplex(complex(0, 1e300)))
	var e error
	ev := reflect.ValueOf(&e).Elem()
	ev.Set(reflect.ValueOf(errors.New("boom")))
	fmt.Println(e, ev.Kind(), ev.Elem().Kind(), ev.NumMethod(), ev.Elem().Type())
	ev.SetZero()
	fmt.Println(e, ev.IsNil(), ev.Elem().IsValid())

	// Slices, arrays, strings.
	s := reflect.MakeSlice(reflect.TypeFor[[]string](), 2, 5)
	s.Index(1).SetString("b")
	s = reflect.AppendSlice(s, reflect.ValueOf([]string{"c", "d", "e", "f"}))
	fmt.Println(s, s.Len(), s.Cap() >= 6, s.Slice(1, 3), s.Slice3(0, 1, 2).Cap())
	arr := [4]int{1, 2, 3, 4}
	av := reflect.ValueOf(&arr).Elem()
	sl := av.Slice(1, 3)
	sl.Index(0).SetInt(20)
	fmt.Println(arr, sl, sl.Cap(), reflect.ValueOf(&arr).Len(), reflect.ValueOf("héllo").Slice(1, 3).Len(), reflect.ValueOf("abc").Index(1))
	fmt.Println(reflect.Copy(av, reflect.ValueOf([]int{9, 8})), arr)
	bs := make([]byte, 3)
	fmt.Println(reflect.Copy(reflect.ValueOf(bs), reflect.ValueOf("xyzzy")), string(bs), string(reflect.ValueOf(bs).Bytes()))
	gs := []P{{1, 2}}
	gv := reflect.ValueOf(&gs).Elem()
	gv.Grow(10)
	gv.SetLen(3)
	fmt.Println(gs, cap(gs) >= 11)
	gv.SetCap(3)
	gv.Clear()
	fmt.Println(gs, cap(gs))
	swap := reflect.Swapper([]P{})
	_ = swap
	for _, list := range []any{[]int{1, 2, 3}, []string{"a", "b", "c"}, []P{{1, 1}, {2, 2}, {3, 3}}, []byte{1, 2, 3}, []*int{nil, &x, nil}, []any{1, "b", 2.5}, []int32{1, 2, 3}} {
		reflect.Swapper(list)(0, 2)
		if _, ok := list.([]*int); !ok {
			fmt.Print(list, " ")
		}
	}
	fmt.Println()

	// Maps.
	m := map[Text]P{"a": {1, 2}, "b": {3, 4}, "c": {5, 6}}
	mv := reflect.ValueOf(m)
	sum := 0
	for it := mv.MapRange(); it.Next(); {
		sum += int(it.Value().Field(0).Int()) * len(it.Key().String())
	}
	fmt.Println(sum, mv.Len(), mv.MapIndex(reflect.ValueOf(Text("z"))).IsValid(), mv.MapIndex(reflect.ValueOf(Text("b"))))
	mv.SetMapIndex(reflect.ValueOf(Text("a")), reflect.Value{})
	fmt.Println(len(m), m)
	mv.Clear()
	fmt.Println(len(m))
	var nilMap map[string]int
	fmt.Println(reflect.ValueOf(nilMap).Len(), reflect.ValueOf(nilMap).MapIndex(reflect.ValueOf("a")).IsValid(), len(reflect.ValueOf(nilMap).MapKeys()))
	am := map[any]any{1: "one"}
	reflect.ValueOf(am).SetMapIndex(reflect.ValueOf("two"), reflect.ValueOf(2))
	fmt.Println(am["two"], reflect.ValueOf(am).MapIndex(reflect.ValueOf(1)).Kind())

	// Channels.
	ch := reflect.MakeChan(reflect.TypeFor[chan P](), 1)
	ch.Send(reflect.ValueOf(P{1, 2}))
	fmt.Println(ch.TrySend(reflect.ValueOf(P{3, 4})), ch.Len(), ch.Cap())
	got, ok := ch.Recv()
	fmt.Println(got, ok)
	got, ok = ch.TryRecv()
	fmt.Println(got.IsValid(), ok)
	ch.Close()
	got, ok = ch.TryRecv()
	fmt.Println(got, ok)
	c1, c2 := make(chan int), make(chan *P, 1)
	go func() { c1 <- 42 }()
	cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c1)}, {Dir: reflect.SelectSend}, {Dir: reflect.SelectRecv}}
	i, rv, rok := reflect.Select(cases)
	fmt.Println(i, rv, rok)
	cases[0] = reflect.SelectCase{Dir: reflect.SelectSend, Chan: reflect.ValueOf(c2), Send: reflect.ValueOf(&P{8, 8})}
	i, rv, rok = reflect.Select(cases)
	fmt.Println(i, rv.IsValid(), rok, (<-c2).X)
	close(c1)
	i, rv, rok = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault}, {Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c2)}})
	fmt.Println(i, rv.IsValid(), rok)
	i, rv, rok = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault}, {Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c1)}})
	fmt.Println(i, rv, rok)

	// Conversion.
	conv := func(x any, t reflect.Type) {
		v := reflect.ValueOf(x)
		fmt.Printf("%T(%v) -> %v: %v", x, x, t, v.CanConvert(t))
		if v.CanConvert(t) {
			fmt.Printf(" %#v", v.Convert(t).Interface())
		}
		fmt.Println()
	}
	targets := []reflect.Type{reflect.TypeFor[int8](), reflect.TypeFor[uint16](), reflect.TypeFor[float32](), reflect.TypeFor[string](), reflect.TypeFor[Text](), reflect.TypeFor[[]byte](), reflect.TypeFor[[]rune](),
		reflect.TypeFor[any](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[[2]int](), reflect.TypeFor[complex64](), reflect.TypeFor[Num]()}
	for _, x := range []any{300, -1, uint64(1 << 63), 65, 2.75, float32(1e10), "héy", Text("q"), []byte("by"), []rune("ru"), []int{1, 2, 3}, []int{1}, 3 + 4i, Num(9)} {
		for _, t := range targets {
			conv(x, t)
		}
	}
	pa := reflect.ValueOf([]int{1, 2, 3}).Convert(reflect.TypeFor[*[2]int]()).Interface().(*[2]int)
	fmt.Println(*pa)

	// Comparison.
	a, b := &list{v: 1}, &list{v: 1}
	a.next, b.next = a, b
	fn := func() {}
	for _, p := range [][2]any{
		{1, 1}, {1, int64(1)}, {nil, nil}, {nil, 1}, {[]int{1}, []int{1}}, {[]int{}, []int(nil)}, {map[string][]int{"a": {1}}, map[string][]int{"a": {1}}},
		{map[string]int{"a": 1}, map[string]int{"b": 1}}, {P{1, 2}, P{1, 2}}, {&P{1, 2}, &P{1, 2}}, {a, b}, {fn, fn}, {(func())(nil), (func())(nil)}, {math.NaN(), math.NaN()},
		{[]any{1, "a", nil}, []any{1, "a", nil}}, {errors.New("a"), errors.New("a")}, {[]byte("x"), []byte("x")}, {Rec{n: 1}, Rec{n: 1}}, {Rec{n: 1}, Rec{n: 2}}, {0.0, math.Copysign(0, -1)},
		{[]float64{math.NaN()}, []float64{math.NaN()}}, {map[float64]int{math.NaN(): 1}, map[float64]int{math.NaN(): 1}},
	} {
		fmt.Print(reflect.DeepEqual(p[0], p[1]), " ")
	}
	fmt.Println()
	fmt.Println(reflect.ValueOf(P{1, 2}).Equal(reflect.ValueOf(P{1, 2})), reflect.ValueOf(1).Equal(reflect.ValueOf("1")), reflect.ValueOf([]int{}).Comparable(), reflect.ValueOf([1]any{[]int{}}).Comparable(),
		reflect.ValueOf([1]any{3}).Comparable(), reflect.Value{}.Equal(reflect.Value{}))
	for _, x := range []any{0, "", false, 0.0, math.Copysign(0, -1), []int{}, []int(nil), P{}, P{0, 1}, [3]int{}, [3]string{}, [1]string{"x"}, (*int)(nil), struct{ F float64 }{math.Copysign(0, -1)},
		struct {
			a string
			b any
		}{}, [2]float64{0, math.Copysign(0, -1)}, 0i, [1]*int{&x}, struct{ _ int }{}} {
		fmt.Print(reflect.ValueOf(x).IsZero(), " ")
	}
	fmt.Println()

	// Iteration.
	for x := range reflect.ValueOf(Num(3)).Seq() {
		fmt.Print(x.Type(), x, " ")
	}
	for i, x := range reflect.ValueOf([]string{"p", "q"}).Seq2() {
		fmt.Print(i, x, " ")
	}
	for i, x := range reflect.ValueOf("hé").Seq2() {
		fmt.Print(i, x, " ")
	}
	for x := range reflect.ValueOf(func(yield func(int) bool) { _ = yield(1) && yield(2) && yield(3) }).Seq() {
		fmt.Print(x, " ")
		if x.Int() == 2 {
			break
		}
	}
	for k, x := range reflect.ValueOf(map[string]int{"only": 1}).Seq2() {
		fmt.Print(k, x, " ")
	}
	fmt.Println(reflect.TypeFor[int]().CanSeq(), reflect.TypeFor[int]().CanSeq2(), reflect.TypeFor[*[3]int]().CanSeq2(), reflect.TypeFor[func()]().CanSeq())

	// Unsafe, odds and ends.
	y := 77
	fmt.Println(reflect.NewAt(reflect.TypeFor[int](), unsafe.Pointer(&y)).Elem(), reflect.Indirect(reflect.ValueOf(&y)), reflect.Indirect(reflect.ValueOf(y)),
		reflect.ValueOf(&y).Pointer() == uintptr(unsafe.Pointer(&y)), reflect.SliceAt(reflect.TypeFor[int](), unsafe.Pointer(&y), 1))
	q, ok := reflect.TypeAssert[fmt.Stringer](reflect.ValueOf(Text("ta")))
	fmt.Println(q, ok)
	_, ok = reflect.TypeAssert[int](reflect.ValueOf(Text("ta")))
	fmt.Println(ok, reflect.Zero(reflect.TypeFor[Rec]()).Field(0), reflect.ValueOf(nil).IsValid(), reflect.ValueOf(nil))
	for _, v := range []reflect.Value{reflect.ValueOf(1), reflect.ValueOf("s"), reflect.ValueOf(P{}), {}, reflect.ValueOf(&r).Elem().Field(1), reflect.ValueOf(Text("w"))} {
		fmt.Printf("%v|%d|%s|%s|%q\n", v, v, v, v.String(), v)
	}
	fmt.Println([]reflect.Value{reflect.ValueOf(1)}, map[string]reflect.Value{"k": reflect.ValueOf("x")}, &struct{ V reflect.Value }{reflect.ValueOf(2)})
	type ptrs struct{ p *int }
	one := reflect.ValueOf(ptrs{&y})
	fmt.Println(one.Field(0).Elem(), one.Field(0).CanInterface(), one.NumField(), reflect.ValueOf([1]*int{&y}).Index(0).Elem())
	var np *P
	fmt.Println(reflect.ValueOf(np).IsNil(), reflect.ValueOf(np).Elem().IsValid(), reflect.ValueOf(&np).Elem().Type())
}
