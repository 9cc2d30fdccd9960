// SPDX-License-Identifier: BSD-3-Clause

// Arrays, slices, strings and maps.
package reflect

import (
	rt "internal/rtype"
	"unsafe"
)

type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// SliceHeader is what a slice is at run time; unsafe.Slice and unsafe.SliceData serve better.
type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

// StringHeader is what a string is at run time; unsafe.String and unsafe.StringData serve better.
type StringHeader struct {
	Data uintptr
	Len  int
}

//gotk:native makeslice
func makeslice(elem *rtype, len, cap int) unsafe.Pointer

//gotk:native growslice
func growslice(old unsafe.Pointer, newLen, oldCap, added int, elem *rtype) (unsafe.Pointer, int)

//gotk:native mapclear
func mapclear(t *rtype, m unsafe.Pointer)

// Len returns the length of an array, chan, map, slice, string or pointer to array.
func (v Value) Len() int {
	switch v.kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).len
	case String:
		return len(*(*string)(v.ptr))
	case Array:
		return v.typ.t.Len()
	case Map:
		if m := v.word(); m != nil {
			return *(*int)(m)
		}
		return 0
	case Chan:
		return chanlen(v.word())
	case Pointer:
		if v.typ.elem().kind() == Array {
			return v.typ.elem().t.Len()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	v.wrongKind("Len")
	return 0
}

// Cap returns the capacity of an array, chan, slice or pointer to array.
func (v Value) Cap() int {
	switch v.kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).cap
	case Array:
		return v.typ.t.Len()
	case Chan:
		return chancap(v.word())
	case Pointer:
		if v.typ.elem().kind() == Array {
			return v.typ.elem().t.Len()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	v.wrongKind("Cap")
	return 0
}

// Index returns the i-th element of an array, slice or string.
func (v Value) Index(i int) Value {
	switch v.kind() {
	case Slice:
		h := (*sliceHeader)(v.ptr)
		if uint(i) >= uint(h.len) {
			panic("reflect: slice index out of range")
		}
		t := v.typ.elem()
		return Value{t, unsafe.Add(h.data, uintptr(i)*t.Size()), flagAddr | flagIndir | v.ro() | flag(t.kind())}
	case Array:
		if uint(i) >= uint(v.typ.t.Len()) {
			panic("reflect: array index out of range")
		}
		t := v.typ.elem()
		f := v.flag&(flagIndir|flagAddr) | v.ro() | flag(t.kind())
		if v.flag&flagIndir == 0 {
			return Value{t, v.ptr, f} // the only element, a pointer
		}
		return Value{t, unsafe.Add(v.ptr, uintptr(i)*t.Size()), f}
	case String:
		s := *(*string)(v.ptr)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		return Value{byteType, unsafe.Pointer(&unsafe.Slice(unsafe.StringData(s), len(s))[i]), v.ro() | flag(Uint8) | flagIndir}
	}
	v.wrongKind("Index")
	return Value{}
}

var byteType = TypeFor[byte]().common()
var intType = TypeFor[int]().common()
var runeType = TypeFor[rune]().common()
var stringType = TypeFor[string]().common()
var bytesType = TypeFor[[]byte]().common()

// Slice returns v[i:j] of a slice, string or array that is a variable.
func (v Value) Slice(i, j int) Value {
	switch v.kind() {
	case String:
		s := *(*string)(v.ptr)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		part := new(string)
		*part = s[i:j]
		return Value{v.typ, unsafe.Pointer(part), v.flag &^ flagAddr}
	case Array, Slice:
		t, h := v.sliceOf("reflect.Value.Slice: slice of unaddressable array")
		if i < 0 || j < i || j > h.cap {
			panic("reflect.Value.Slice: slice index out of bounds")
		}
		return v.cut(t, h, i, j, h.cap)
	}
	v.wrongKind("Slice")
	return Value{}
}

// Slice3 returns v[i:j:k] of a slice, or of an array that is a variable.
func (v Value) Slice3(i, j, k int) Value {
	if kind := v.kind(); kind != Array && kind != Slice {
		v.wrongKind("Slice3")
	}
	t, h := v.sliceOf("reflect.Value.Slice3: slice of unaddressable array")
	if i < 0 || j < i || k < j || k > h.cap {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return v.cut(t, h, i, j, k)
}

// sliceOf returns the slice v, or all of the array v, and the slice's type.
func (v Value) sliceOf(unaddressable string) (*rtype, sliceHeader) {
	if v.kind() == Slice {
		return v.typ, *(*sliceHeader)(v.ptr)
	}
	if v.flag&flagAddr == 0 {
		panic(unaddressable)
	}
	n := v.typ.t.Len()
	return sliceType(v.typ.elem()), sliceHeader{v.ptr, n, n}
}

func (v Value) cut(t *rtype, h sliceHeader, i, j, k int) Value {
	part := &sliceHeader{h.data, j - i, k - i}
	if k > i { // else the address would be past the end
		part.data = unsafe.Add(h.data, uintptr(i)*t.elem().Size())
	}
	return Value{t, unsafe.Pointer(part), v.ro() | flagIndir | flag(Slice)}
}

// MakeSlice makes a slice of the type.
func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if len < 0 {
		panic("reflect.MakeSlice: negative len")
	}
	if cap < 0 {
		panic("reflect.MakeSlice: negative cap")
	}
	if len > cap {
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	return Value{t, unsafe.Pointer(&sliceHeader{makeslice(t.elem(), len, cap), len, cap}), flagIndir | flag(Slice)}
}

// SliceAt returns the n elements of the type at p as a slice.
func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	// The checks are those of unsafe.Slice.
	if size := typ.Size(); n < 0 || size != 0 && p != nil && uintptr(n) > -uintptr(p)/size {
		panic(sizeError("unsafe.Slice: len out of range"))
	}
	if p == nil && n > 0 {
		panic(sizeError("unsafe.Slice: ptr is nil and len is not zero"))
	}
	return Value{sliceType(typ.common()), unsafe.Pointer(&sliceHeader{p, n, n}), flagIndir | flag(Slice)}
}

// sizeError is a run-time error.
type sizeError string

func (e sizeError) Error() string { return "runtime error: " + string(e) }
func (e sizeError) RuntimeError() {}

// extended returns v's slice with room for n more elements, its length raised by n.
func (v Value) extended(n int) sliceHeader {
	h := *(*sliceHeader)(v.ptr)
	if h.len+n < 0 {
		panic("reflect.Append: slice overflow")
	}
	if h.len+n > h.cap {
		h.data, h.cap = growslice(h.data, h.len+n, h.cap, n, v.typ.elem())
		// growslice leaves the new elements to its caller.
		old := h.len
		size := v.typ.elem().Size()
		clear(unsafe.Slice((*byte)(unsafe.Add(h.data, uintptr(old)*size)), uintptr(n)*size))
	}
	h.len += n
	return h
}

// Grow makes room for n more elements of the slice v.
func (v Value) Grow(n int) {
	v.mustBeAssignable("reflect.Value.Grow")
	v.mustBe(Slice, "Grow")
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	h := (*sliceHeader)(v.ptr)
	if h.len+n < 0 {
		panic("reflect.Value.Grow: slice overflow")
	}
	if h.len+n > h.cap {
		grown := v.extended(n)
		h.data, h.cap = grown.data, grown.cap
	}
}

// Append appends the values to the slice s.
func Append(s Value, x ...Value) Value {
	s.functionMustBe(Slice)
	s.mustBeExported("unknown method")
	h := s.extended(len(x))
	at := h.len - len(x)
	out := Value{s.typ, unsafe.Pointer(&h), flagIndir | flag(Slice)}
	for i, v := range x {
		out.Index(at + i).Set(v)
	}
	return out
}

// AppendSlice appends the elements of slice t to the slice s.
func AppendSlice(s, t Value) Value {
	s.functionMustBe(Slice)
	s.mustBeExported("unknown method")
	t.functionMustBe(Slice)
	t.mustBeExported("unknown method")
	if s.typ != t.typ && s.typ.elem() != t.typ.elem() {
		panic("reflect.AppendSlice: " + s.typ.elem().String() + " != " + t.typ.elem().String())
	}
	n := t.Len()
	h := s.extended(n)
	out := Value{s.typ, unsafe.Pointer(&h), flagIndir | flag(Slice)}
	Copy(out.Slice(h.len-n, h.len), t)
	return out
}

// Copy copies elements of src to dst until one ends.
func Copy(dst, src Value) int {
	k := dst.kind()
	if k != Array && k != Slice {
		panic(&ValueError{"reflect.Copy", k})
	}
	if k == Array {
		dst.mustBeAssignable("unknown method")
	}
	dst.mustBeExported("unknown method")
	sk := src.kind()
	text := sk == String && dst.typ.elem().kind() == Uint8
	if sk != Array && sk != Slice && !text {
		panic(&ValueError{"reflect.Copy", sk})
	}
	src.mustBeExported("unknown method")
	e := dst.typ.elem()
	if !text && e != src.typ.elem() {
		panic("reflect.Copy: " + dst.typ.elem().String() + " != " + src.typ.elem().String())
	}
	n := min(dst.Len(), src.Len())
	if n == 0 {
		return 0
	}
	size := uintptr(n) * e.Size()
	copy(unsafe.Slice((*byte)(dst.base()), size), unsafe.Slice((*byte)(src.base()), size))
	return n
}

// base is the address of the first element.
func (v Value) base() unsafe.Pointer {
	if v.kind() == Array {
		return v.memory()
	}
	return *(*unsafe.Pointer)(v.ptr)
}

// Clear empties the map v, or sets the slice's elements to zero.
func (v Value) Clear() {
	switch v.kind() {
	case Slice:
		h := (*sliceHeader)(v.ptr)
		clear(unsafe.Slice((*byte)(h.data), uintptr(h.len)*v.typ.elem().Size()))
	case Map:
		if m := v.word(); m != nil {
			mapclear(v.typ, m)
		}
	default:
		panic(&ValueError{"reflect.Value.Clear", v.Kind()})
	}
}

// Swapper returns a function that swaps two elements of the slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.kind() != Slice {
		panic(&ValueError{"Swapper", v.Kind()})
	}
	h := (*sliceHeader)(v.ptr)
	size := v.typ.elem().Size()
	switch {
	case size == 8 && v.typ.elem().t.Pointers():
		s := *(*[]unsafe.Pointer)(v.ptr)
		return func(i, j int) { s[i], s[j] = s[j], s[i] }
	case size == 8:
		s := *(*[]uint64)(v.ptr)
		return func(i, j int) { s[i], s[j] = s[j], s[i] }
	case size == 4:
		s := *(*[]uint32)(v.ptr)
		return func(i, j int) { s[i], s[j] = s[j], s[i] }
	case v.typ.elem().kind() == String:
		s := *(*[]string)(v.ptr)
		return func(i, j int) { s[i], s[j] = s[j], s[i] }
	}
	t := v.typ.elem()
	spare := newCell(t)
	data, n := h.data, h.len
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		p, q := unsafe.Add(data, uintptr(i)*size), unsafe.Add(data, uintptr(j)*size)
		move(t, spare, p)
		move(t, p, q)
		move(t, q, spare)
	}
}

// ---- maps

// MakeMap makes a map of the type.
func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

// MakeMapWithSize makes a map with room for n entries.
func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	return Value{t, rt.MakeMap(t.desc(), n).Word(), flag(Map)}
}

// copied is a value of type t with the contents at p.
func copied(t *rtype, p unsafe.Pointer, f flag) Value {
	if t.direct() {
		return Value{t, *(*unsafe.Pointer)(p), f | flag(t.kind())}
	}
	c := newCell(t)
	move(t, c, p)
	return Value{t, c, f | flagIndir | flag(t.kind())}
}

// MapIndex returns the element for the key, the zero Value if there is none.
func (v Value) MapIndex(key Value) Value {
	v.mustBe(Map, "MapIndex")
	key = key.assignTo("reflect.Value.MapIndex", wrap(v.typ.t.Key()))
	e := v.low().MapIndex(key.low())
	if !e.IsValid() {
		return Value{}
	}
	return copied(wrap(e.Typ), e.Ptr, (v.flag | key.flag).ro())
}

// SetMapIndex sets the element for the key, or removes the key if elem is the zero Value.
func (v Value) SetMapIndex(key, elem Value) {
	v.mustBe(Map, "SetMapIndex")
	v.mustBeExported("reflect.Value.SetMapIndex")
	key.mustBeExported("reflect.Value.SetMapIndex")
	key = key.assignTo("reflect.Value.SetMapIndex", wrap(v.typ.t.Key()))
	if elem.typ == nil {
		if v.word() != nil {
			v.low().DeleteMapIndex(key.low())
		}
		return
	}
	elem.mustBeExported("reflect.Value.SetMapIndex")
	elem = elem.assignTo("reflect.Value.SetMapIndex", v.typ.elem())
	v.low().SetMapIndex(key.low(), elem.low())
}

// MapKeys returns the keys in no particular order.
func (v Value) MapKeys() []Value {
	v.mustBe(Map, "MapKeys")
	keys := make([]Value, 0, v.Len())
	m := v.low()
	f := v.ro()
	var it rt.MapIter
	for it.Start(m); !it.Done(); it.Next() {
		k, _ := it.Entry(m)
		keys = append(keys, copied(wrap(k.Typ), k.Ptr, f))
	}
	return keys
}

// MapIter walks a map.
type MapIter struct {
	m       Value
	low     rt.MapIter
	started bool
}

// MapRange returns an iterator over the map v.
func (v Value) MapRange() *MapIter {
	if v.kind() != Map {
		v.wrongKind("MapRange")
	}
	return &MapIter{m: v}
}

// Next goes to the next entry, and reports whether there is one.
func (iter *MapIter) Next() bool {
	if !iter.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	switch {
	case !iter.started:
		iter.started = true
		iter.low.Start(iter.m.low())
	case iter.low.Done():
		panic("MapIter.Next called on exhausted iterator")
	default:
		iter.low.Next()
	}
	return !iter.low.Done()
}

// current is the key or element that the iterator stands at, in the map's memory.
func (iter *MapIter) current(early, late string, key bool) Value {
	if !iter.started {
		panic(early)
	}
	if iter.low.Done() {
		panic(late)
	}
	k, e := iter.low.Entry(iter.m.low())
	if !key {
		k = e
	}
	return Value{wrap(k.Typ), k.Ptr, iter.m.ro() | flagIndir | flag(k.Kind())}
}

// Key returns the current key.
func (iter *MapIter) Key() Value {
	k := iter.current("MapIter.Key called before Next", "MapIter.Key called on exhausted iterator", true)
	return copied(k.typ, k.ptr, k.ro())
}

// Value returns the current element.
func (iter *MapIter) Value() Value {
	e := iter.current("MapIter.Value called before Next", "MapIter.Value called on exhausted iterator", false)
	return copied(e.typ, e.ptr, e.ro())
}

// Reset makes the iterator walk the map v, or nothing if v is the zero Value.
func (iter *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map, "MapRange")
	}
	*iter = MapIter{m: v}
}
