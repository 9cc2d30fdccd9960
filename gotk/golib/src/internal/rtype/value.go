// SPDX-License-Identifier: BSD-3-Clause

// Values seen through their type.
package rtype

import "unsafe"

// Value is a value in memory: Ptr always points at it. The zero Value is none.
type Value struct {
	Typ *Type
	Ptr unsafe.Pointer
}

// IsValid reports whether v is a value.
func (v Value) IsValid() bool { return v.Typ != nil }

// Kind returns the kind of v's type, Invalid for the zero Value.
func (v Value) Kind() Kind {
	if v.Typ == nil {
		return Invalid
	}
	return v.Typ.kind
}

// Bool returns a bool's value.
func (v Value) Bool() bool { return *(*bool)(v.Ptr) }

// Int returns a signed integer's value.
func (v Value) Int() int64 {
	switch v.Typ.size {
	case 1:
		return int64(*(*int8)(v.Ptr))
	case 2:
		return int64(*(*int16)(v.Ptr))
	case 4:
		return int64(*(*int32)(v.Ptr))
	}
	return *(*int64)(v.Ptr)
}

// Uint returns an unsigned integer's value.
func (v Value) Uint() uint64 {
	switch v.Typ.size {
	case 1:
		return uint64(*(*uint8)(v.Ptr))
	case 2:
		return uint64(*(*uint16)(v.Ptr))
	case 4:
		return uint64(*(*uint32)(v.Ptr))
	}
	return *(*uint64)(v.Ptr)
}

// Float returns a floating-point value.
func (v Value) Float() float64 {
	if v.Typ.size == 4 {
		return float64(*(*float32)(v.Ptr))
	}
	return *(*float64)(v.Ptr)
}

// Complex returns a complex value.
func (v Value) Complex() complex128 {
	if v.Typ.size == 8 {
		return complex128(*(*complex64)(v.Ptr))
	}
	return *(*complex128)(v.Ptr)
}

// String returns a string's value.
func (v Value) String() string { return *(*string)(v.Ptr) }

// Word returns the first word: the pointer of a pointer, chan, func, map, slice or unsafe.Pointer.
func (v Value) Word() unsafe.Pointer { return *(*unsafe.Pointer)(v.Ptr) }

// Address returns the first word as a number, for a func its code's address.
func (v Value) Address() uintptr {
	p := v.Word()
	if v.Typ.kind == Func && p != nil {
		return *(*uintptr)(p)
	}
	return uintptr(p)
}

// IsNil reports whether a chan, func, interface, map, pointer, slice or unsafe.Pointer is nil.
func (v Value) IsNil() bool { return *(*unsafe.Pointer)(v.Ptr) == nil }

type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// Len returns the length of an array, chan, map, slice or string.
func (v Value) Len() int {
	switch v.Typ.kind {
	case Array:
		return int(v.Typ.len)
	case Slice:
		return (*sliceHeader)(v.Ptr).len
	case String:
		return len(*(*string)(v.Ptr))
	case Map:
		m := v.Word()
		if m == nil {
			return 0
		}
		return *(*int)(m)
	case Chan:
		return chanLen(v.Word())
	}
	return 0
}

// Cap returns the capacity of an array, chan or slice.
func (v Value) Cap() int {
	switch v.Typ.kind {
	case Array:
		return int(v.Typ.len)
	case Slice:
		return (*sliceHeader)(v.Ptr).cap
	case Chan:
		return chanCap(v.Word())
	}
	return 0
}

// Field returns a struct's i-th field.
func (v Value) Field(i int) Value {
	f := v.Typ.Field(i)
	return Value{f.Typ, unsafe.Add(v.Ptr, f.Offset)}
}

// Index returns the i-th element of an array or slice; i must be in range.
func (v Value) Index(i int) Value {
	base := v.Ptr
	if v.Typ.kind == Slice {
		base = v.Word()
	}
	t := v.Typ.elem
	return Value{t, unsafe.Add(base, uintptr(i)*t.size)}
}

// Elem returns what a pointer points to or an interface holds; the zero Value if it is nil.
func (v Value) Elem() Value {
	if v.Typ.kind == Interface {
		return v.dynamic()
	}
	p := v.Word()
	if p == nil {
		return Value{}
	}
	return Value{v.Typ.elem, p}
}

// Bytes returns the memory of a slice or array of bytes.
func (v Value) Bytes() []byte {
	if v.Typ.kind == Slice {
		return *(*[]byte)(v.Ptr)
	}
	return unsafe.Slice((*byte)(v.Ptr), int(v.Typ.len))
}

// Copy returns a copy of v in memory of its own.
func (v Value) Copy() Value {
	c := New(v.Typ)
	move(c.Ptr, v.Ptr, v.Typ.size)
	return c
}

// Set assigns x, whose type must be assignable to v's, to v.
func (v Value) Set(x Value) {
	if v.Typ.kind == Interface && v.Typ != x.Typ {
		v.setInterface(x)
		return
	}
	move(v.Ptr, x.Ptr, v.Typ.size)
}

// SetZero makes v its type's zero value.
func (v Value) SetZero() {
	clear(unsafe.Slice((*byte)(v.Ptr), v.Typ.size))
}

// move copies n bytes; the memory may overlap.
func move(dst, src unsafe.Pointer, n uintptr) {
	if n > 0 {
		copy(unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n))
	}
}
