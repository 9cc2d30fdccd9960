// SPDX-License-Identifier: BSD-3-Clause

// What misuse of reflect panics with: Go's values and texts.
package main

import (
	"fmt"
	"io"
	"reflect"
	"runtime"
)

type T struct {
	A int
	b int
	embedded
}
type embedded struct{ C int }

func (T) M() {}

type Named []int

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isValueError := r.(*reflect.ValueError)
		_, isRuntime := r.(runtime.Error)
		fmt.Println(name, "|", r, "|", isValueError, isRuntime)
	}()
	f()
}

func main() {
	t := T{}
	v := reflect.ValueOf
	addr := v(&t).Elem()
	var none reflect.Value
	ch := make(chan int, 1)
	ro := (<-chan int)(ch)
	so := (chan<- int)(ch)
	s := []int{1, 2, 3}
	sv := v(&s).Elem()
	typ := reflect.TypeOf
	var nilIface fmt.Stringer
	cases := []struct {
		name string
		f    func()
	}{
		{"int of string", func() { v("x").Int() }},
		{"uint", func() { v(1).Uint() }}, {"float", func() { v(1).Float() }}, {"complex", func() { v(1).Complex() }}, {"bool", func() { v(1).Bool() }},
		{"bytes", func() { v(1).Bytes() }}, {"bytes of ints", func() { v(s).Bytes() }}, {"bytes of array", func() { v([2]byte{}).Bytes() }},
		{"elem", func() { v(1).Elem() }}, {"field", func() { v(1).Field(0) }}, {"field range", func() { v(t).Field(9) }}, {"numfield", func() { v(1).NumField() }},
		{"len", func() { v(1).Len() }}, {"cap", func() { v("a").Cap() }}, {"len ptr", func() { v(&t).Len() }}, {"isnil", func() { v(1).IsNil() }}, {"pointer", func() { v(1).Pointer() }},
		{"index", func() { v(s).Index(3) }}, {"index array", func() { v([1]int{}).Index(-1) }}, {"index string", func() { v("a").Index(1) }}, {"index int", func() { v(1).Index(1) }},
		{"none type", func() { none.Type() }}, {"none iface", func() { none.Interface() }}, {"none int", func() { none.Int() }}, {"none set", func() { none.Set(v(1)) }}, {"none elem", func() { none.Elem() }},
		{"none canif", func() { none.CanInterface() }}, {"none iszero", func() { none.IsZero() }}, {"none nummethod", func() { none.NumMethod() }}, {"none call", func() { none.Call(nil) }}, {"none kind", func() { fmt.Println(none.Kind(), none.String(), none.CanAddr(), none.CanSet()) }},
		{"set unaddressable", func() { v(1).SetInt(2) }}, {"set unexported", func() { addr.Field(1).SetInt(2) }}, {"set wrong kind", func() { addr.Field(0).SetString("x") }},
		{"set wrong type", func() { addr.Field(0).Set(v("x")) }}, {"set from unexported", func() { addr.Field(0).Set(addr.Field(1)) }}, {"set none", func() { addr.Field(0).Set(none) }},
		{"interface unexported", func() { addr.Field(1).Interface() }}, {"addr", func() { v(1).Addr() }}, {"unsafeaddr", func() { v(1).UnsafeAddr() }},
		{"embedded", func() { addr.Field(2).Interface() }}, {"promoted", func() { fmt.Println(addr.Field(2).Field(0).Interface()) }},
		{"setlen", func() { sv.SetLen(4) }}, {"setcap", func() { sv.SetCap(1) }}, {"setlen un", func() { v(s).SetLen(1) }}, {"grow", func() { sv.Grow(-1) }}, {"grow un", func() { v(s).Grow(1) }},
		{"slice", func() { v(s).Slice(2, 9) }}, {"slice string", func() { v("abc").Slice(2, 9) }}, {"slice array", func() { v([3]int{}).Slice(0, 1) }}, {"slice3", func() { v(s).Slice3(2, 1, 3) }}, {"slice int", func() { v(1).Slice(0, 0) }},
		{"append", func() { reflect.Append(v(s), v("x")) }}, {"append int", func() { reflect.Append(v(1)) }}, {"appendslice", func() { reflect.AppendSlice(v(s), v([]string{})) }}, {"copy", func() { reflect.Copy(v(s), v("x")) }},
		{"copy array", func() { reflect.Copy(v([1]int{}), v(s)) }}, {"copy int", func() { reflect.Copy(v(1), v(s)) }}, {"clear", func() { v(1).Clear() }}, {"swapper", func() { reflect.Swapper(1) }}, {"swap", func() { reflect.Swapper([]T{{}, {}})(0, 2) }},
		{"makeslice", func() { reflect.MakeSlice(typ(1), 1, 1) }}, {"makeslice len", func() { reflect.MakeSlice(typ(s), -1, 1) }}, {"makeslice cap", func() { reflect.MakeSlice(typ(s), 2, 1) }},
		{"makemap", func() { reflect.MakeMap(typ(1)) }}, {"makechan", func() { reflect.MakeChan(typ(1), 0) }}, {"makechan dir", func() { reflect.MakeChan(typ(ro), 0) }}, {"makechan n", func() { reflect.MakeChan(typ(ch), -1) }}, {"makefunc", func() { reflect.MakeFunc(typ(1), nil) }},
		{"mapindex", func() { v(map[string]int{}).MapIndex(v(1)) }}, {"mapindex int", func() { v(1).MapIndex(v(1)) }}, {"setmapindex nil", func() { v(map[string]int(nil)).SetMapIndex(v("a"), v(1)) }}, {"setmapindex type", func() { v(map[string]int{}).SetMapIndex(v("a"), v("b")) }},
		{"mapkeys", func() { v(1).MapKeys() }}, {"maprange", func() { v(1).MapRange() }}, {"iter key", func() { v(map[int]int{1: 1}).MapRange().Key() }},
		{"iter end", func() { it := v(map[int]int{}).MapRange(); it.Next(); it.Key() }}, {"iter next", func() { it := v(map[int]int{}).MapRange(); it.Next(); it.Next() }}, {"unhashable", func() { v(map[any]int{}).SetMapIndex(v(s), v(1)) }},
		{"send", func() { v(ro).Send(v(1)) }}, {"send type", func() { v(ch).Send(v("x")) }}, {"recv", func() { v(so).Recv() }}, {"close", func() { v(ro).Close() }}, {"close twice", func() { c := make(chan int); v(c).Close(); v(c).Close() }}, {"send int", func() { v(1).Send(v(1)) }}, {"recv int", func() { v(1).Recv() }},
		{"select", func() { reflect.Select([]reflect.SelectCase{{}}) }}, {"select default", func() { reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault, Chan: v(ch)}}) }},
		{"select two", func() {
			reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault}, {Dir: reflect.SelectDefault}})
		}}, {"select dir", func() { reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v(so)}}) }},
		{"select send", func() { reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: v(ch)}}) }}, {"select int", func() { reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v(1)}}) }},
		{"call int", func() { v(1).Call(nil) }}, {"call nil", func() { v((func())(nil)).Call(nil) }}, {"call few", func() { v(try).Call(nil) }}, {"call many", func() { v(func() {}).Call([]reflect.Value{v(1)}) }}, {"call type", func() { v(func(int) {}).Call([]reflect.Value{v("x")}) }},
		{"call none", func() { v(func(int) {}).Call([]reflect.Value{none}) }}, {"call variadic", func() { v(func(...int) {}).Call([]reflect.Value{v("x")}) }}, {"callslice", func() { v(func(int) {}).CallSlice([]reflect.Value{v(1)}) }}, {"callslice few", func() { v(func(int, ...int) {}).CallSlice([]reflect.Value{v(1)}) }},
		{"made count", func() {
			reflect.MakeFunc(typ(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return nil }).Interface().(func() int)()
		}},
		{"made type", func() {
			reflect.MakeFunc(typ(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return []reflect.Value{v("x")} }).Interface().(func() int)()
		}},
		{"made none", func() {
			reflect.MakeFunc(typ(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return []reflect.Value{none} }).Interface().(func() int)()
		}},
		{"method", func() { v(t).Method(1) }}, {"method nil", func() { v(&nilIface).Elem().Method(0) }}, {"methodbyname", func() { fmt.Println(v(t).MethodByName("x").IsValid()) }},
		{"convert", func() { v("x").Convert(typ(1)) }}, {"convert array", func() { v(s).Convert(typ([4]int{})) }}, {"convert ptr", func() { v(s).Convert(typ(&[4]int{})) }},
		{"type elem", func() { typ(1).Elem() }}, {"type key", func() { typ(1).Key() }}, {"type len", func() { typ(s).Len() }}, {"type field", func() { typ(1).Field(0) }}, {"type field range", func() { typ(t).Field(3) }}, {"type numfield", func() { typ(1).NumField() }},
		{"type in", func() { typ(1).In(0) }}, {"type in range", func() { typ(try).In(2) }}, {"type out", func() { typ(try).Out(0) }}, {"type numin", func() { typ(1).NumIn() }}, {"type numout", func() { typ(1).NumOut() }}, {"type variadic", func() { typ(1).IsVariadic() }}, {"type chandir", func() { typ(1).ChanDir() }}, {"type bits", func() { typ("").Bits() }},
		{"type method", func() { typ(t).Method(1) }}, {"implements nil", func() { typ(t).Implements(nil) }}, {"implements", func() { typ(t).Implements(typ(1)) }}, {"assignable nil", func() { typ(t).AssignableTo(nil) }}, {"convertible nil", func() { typ(t).ConvertibleTo(nil) }}, {"fieldbyname", func() { typ(1).FieldByName("x") }},
		{"overflow", func() { v("x").OverflowInt(1) }}, {"type overflow", func() { typ("").OverflowInt(1) }}, {"zero", func() { reflect.Zero(nil) }}, {"new", func() { reflect.New(nil) }}, {"arrayof", func() { reflect.ArrayOf(-1, typ(1)) }}, {"mapof", func() { reflect.MapOf(typ(s), typ(1)) }},
		{"funcof", func() { reflect.FuncOf([]reflect.Type{typ(1)}, nil, true) }}, {"chanof", func() { reflect.ChanOf(0, typ(1)) }}, {"structof", func() { reflect.StructOf([]reflect.StructField{{Name: "a", Type: typ(1)}}) }}, {"structof name", func() { reflect.StructOf([]reflect.StructField{{Type: typ(1)}}) }},
		{"structof dup", func() { reflect.StructOf([]reflect.StructField{{Name: "A", Type: typ(1)}, {Name: "A", Type: typ(1)}}) }}, {"structof type", func() { reflect.StructOf([]reflect.StructField{{Name: "A"}}) }}, {"visible", func() { reflect.VisibleFields(typ(1)) }},
		{"equal", func() { v(s).Equal(v(s)) }}, {"seq", func() { v(1.5).Seq() }}, {"seq2", func() { v(1).Seq2() }}, {"fieldbyindex", func() { v(struct{ *T }{}).FieldByIndex([]int{0, 0}) }},
		{"fieldbyindexerr", func() { _, err := v(struct{ *T }{}).FieldByIndexErr([]int{0, 0}); fmt.Println(err) }}, {"setbytes", func() { sv.SetBytes(nil) }}, {"setpointer", func() { sv.SetPointer(nil) }}, {"iface set", func() { var r io.Reader; v(&r).Elem().Set(v(1)) }},
		{"named", func() { sv.Set(v(Named{7})); fmt.Println(s) }}, {"assert", func() { reflect.TypeAssert[int](addr.Field(1)) }},
	}
	for _, c := range cases {
		try(c.name, c.f)
	}
}
