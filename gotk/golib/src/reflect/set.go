// SPDX-License-Identifier: BSD-3-Clause

// Assignment.
package reflect

import (
	rt "internal/rtype"
	"unsafe"
)

// assignTo returns v as a value of type to, or panics; context begins the panic's text.
func (v Value) assignTo(context string, to *rtype) Value {
	if v.flag&flagMethod != 0 {
		v = v.boundMethod()
	}
	if v.typ == to {
		return v
	}
	if !v.typ.desc().AssignableTo(to.desc()) {
		panic(context + ": value of type " + v.typ.String() + " is not assignable to type " + to.String())
	}
	if !to.isInterface() {
		v.typ = to // the same memory
		v.flag = v.flag&^flagKindMask | flag(to.kind())
		return v
	}
	cell := newCell(to)
	x := v.low()
	if v.kind() != Interface || !v.IsNil() {
		rt.Value{Typ: to.desc(), Ptr: cell}.Set(x)
	}
	return Value{to, cell, v.ro() | flagIndir | flag(Interface)}
}

// Set assigns x to the variable v.
func (v Value) Set(x Value) {
	v.mustBeAssignable("reflect.Value.Set")
	x.mustBeExported("reflect.Value.Set")
	x = x.assignTo("reflect.Set", v.typ)
	store(v.typ, v.ptr, x)
}

// store writes x, which is of type t, to p.
func store(t *rtype, p unsafe.Pointer, x Value) {
	if x.flag&flagIndir == 0 {
		*(*unsafe.Pointer)(p) = x.ptr
		return
	}
	move(t, p, x.ptr)
}

// SetZero makes v its type's zero value.
func (v Value) SetZero() {
	v.mustBeAssignable("reflect.Value.SetZero")
	v.low().SetZero()
}

// SetBool sets v's value.
func (v Value) SetBool(x bool) {
	v.mustBeAssignable("reflect.Value.SetBool")
	v.mustBe(Bool, "SetBool")
	*(*bool)(v.ptr) = x
}

// SetInt sets v's value, cut to its size.
func (v Value) SetInt(x int64) {
	v.mustBeAssignable("reflect.Value.SetInt")
	switch v.kind() {
	case Int, Int64:
		*(*int64)(v.ptr) = x
	case Int8:
		*(*int8)(v.ptr) = int8(x)
	case Int16:
		*(*int16)(v.ptr) = int16(x)
	case Int32:
		*(*int32)(v.ptr) = int32(x)
	default:
		v.wrongKind("SetInt")
	}
}

// SetUint sets v's value, cut to its size.
func (v Value) SetUint(x uint64) {
	v.mustBeAssignable("reflect.Value.SetUint")
	switch v.kind() {
	case Uint, Uint64, Uintptr:
		*(*uint64)(v.ptr) = x
	case Uint8:
		*(*uint8)(v.ptr) = uint8(x)
	case Uint16:
		*(*uint16)(v.ptr) = uint16(x)
	case Uint32:
		*(*uint32)(v.ptr) = uint32(x)
	default:
		v.wrongKind("SetUint")
	}
}

// SetFloat sets v's value.
func (v Value) SetFloat(x float64) {
	v.mustBeAssignable("reflect.Value.SetFloat")
	switch v.kind() {
	case Float32:
		*(*float32)(v.ptr) = float32(x)
	case Float64:
		*(*float64)(v.ptr) = x
	default:
		v.wrongKind("SetFloat")
	}
}

// SetComplex sets v's value.
func (v Value) SetComplex(x complex128) {
	v.mustBeAssignable("reflect.Value.SetComplex")
	switch v.kind() {
	case Complex64:
		*(*complex64)(v.ptr) = complex64(x)
	case Complex128:
		*(*complex128)(v.ptr) = x
	default:
		v.wrongKind("SetComplex")
	}
}

// SetString sets v's value.
func (v Value) SetString(x string) {
	v.mustBeAssignable("reflect.Value.SetString")
	v.mustBe(String, "SetString")
	*(*string)(v.ptr) = x
}

// SetBytes sets a slice of bytes.
func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable("reflect.Value.SetBytes")
	v.mustBe(Slice, "SetBytes")
	if v.typ.elem().kind() != Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(v.ptr) = x
}

// SetPointer sets an unsafe.Pointer.
func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeAssignable("reflect.Value.SetPointer")
	v.mustBe(UnsafePointer, "SetPointer")
	*(*unsafe.Pointer)(v.ptr) = x
}

// SetLen sets a slice's length.
func (v Value) SetLen(n int) {
	v.mustBeAssignable("reflect.Value.SetLen")
	v.mustBe(Slice, "SetLen")
	h := (*sliceHeader)(v.ptr)
	if uint(n) > uint(h.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	h.len = n
}

// SetCap sets a slice's capacity.
func (v Value) SetCap(n int) {
	v.mustBeAssignable("reflect.Value.SetCap")
	v.mustBe(Slice, "SetCap")
	h := (*sliceHeader)(v.ptr)
	if n < h.len || n > h.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	h.cap = n
}

// SetIterKey assigns the key that the iterator stands at.
func (v Value) SetIterKey(iter *MapIter) {
	k := iter.current("MapIter.Key called before Next", "MapIter.Key called on exhausted iterator", true)
	v.mustBeAssignable("reflect.MapIter.SetKey")
	k.mustBeExported("reflect.MapIter.SetKey")
	store(v.typ, v.ptr, k.assignTo("reflect.MapIter.SetKey", v.typ))
}

// SetIterValue assigns the element that the iterator stands at.
func (v Value) SetIterValue(iter *MapIter) {
	e := iter.current("MapIter.Value called before Next", "MapIter.Value called on exhausted iterator", false)
	v.mustBeAssignable("reflect.MapIter.SetValue")
	e.mustBeExported("reflect.MapIter.SetValue")
	store(v.typ, v.ptr, e.assignTo("reflect.MapIter.SetValue", v.typ))
}
