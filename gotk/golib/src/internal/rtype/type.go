// SPDX-License-Identifier: BSD-3-Clause

// Package rtype reads the run-time type descriptors that the compiler emits, and values by them.
//
// Layouts: docs/architecture.md, section 7. What depends on how interfaces and maps are laid out is in
// abi.go, and only there, so that the rest can be tested on another Go implementation.
// A type has one descriptor: types are identical if the pointers are equal.
package rtype

import "unsafe"

// Kind is the sort of a type, numbered as in package reflect.
type Kind uint8

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Bits of Type.flags.
const (
	flagNamed      = 1
	flagDirect     = 2 // stored in an interface's data word itself
	flagMemEq      = 4
	flagComparable = 8
	flagNoPtr      = 16
	flagVariadic   = 32
)

// Type is a type descriptor.
type Type struct {
	size     uintptr
	hash     uint32
	kind     Kind
	align    uint8
	flags    uint8
	chanDir  uint8
	str      string
	name     string
	pkgPath  string
	elem     *Type
	key      *Type
	len      uintptr
	fields   *Field
	nfields  int
	methods  *Method
	nmethods int
	inout    **Type
	nin      int
	nout     int
	ptrTo    *Type
	ptrBytes uintptr
}

// Field is a struct's field.
type Field struct {
	Name    string
	Typ     *Type
	Offset  uintptr
	Tag     string
	flags   uintptr
	PkgPath string // empty if exported
}

// Embedded reports whether the field is embedded.
func (f *Field) Embedded() bool { return f.flags&1 != 0 }

// Exported reports whether the field's name is exported.
func (f *Field) Exported() bool { return f.flags&2 != 0 }

// Method is a method of a type or an interface, sorted by name in the descriptor.
type Method struct {
	Name    string
	PkgPath string // empty if exported
	Typ     *Type  // without receiver
	Fn      unsafe.Pointer
}

// Size returns the bytes that a value takes.
func (t *Type) Size() uintptr { return t.size }

// Align returns the alignment of a value.
func (t *Type) Align() int { return int(t.align) }

// Hash returns a number that is equal for identical types.
func (t *Type) Hash() uint32 { return t.hash }

// Kind returns the sort of type.
func (t *Type) Kind() Kind { return t.kind }

// String returns the type as %T prints it.
func (t *Type) String() string { return t.str }

// Name returns a defined type's name, "" for others.
func (t *Type) Name() string { return t.name }

// PkgPath returns the import path of a defined type's package.
func (t *Type) PkgPath() string { return t.pkgPath }

// Named reports whether the type is defined or predeclared.
func (t *Type) Named() bool { return t.flags&flagNamed != 0 }

// Direct reports whether an interface holds a value of the type in its data word.
func (t *Type) Direct() bool { return t.flags&flagDirect != 0 }

// Comparable reports whether == is allowed; for an interface it may still panic.
func (t *Type) Comparable() bool { return t.flags&flagComparable != 0 }

// MemEq reports whether two values are == if their bytes are the same, and only then.
func (t *Type) MemEq() bool { return t.flags&flagMemEq != 0 }

// PtrBytes returns the length of the prefix of a value that may hold pointers.
func (t *Type) PtrBytes() uintptr { return t.ptrBytes }

// PtrTo returns the type *t if t's descriptor names it: those of defined types do.
func (t *Type) PtrTo() *Type { return t.ptrTo }

// Pointers reports whether values may hold pointers.
func (t *Type) Pointers() bool { return t.flags&flagNoPtr == 0 }

// Variadic reports whether a func type's last parameter is variadic.
func (t *Type) Variadic() bool { return t.flags&flagVariadic != 0 }

// ChanDir returns 1 for receive, 2 for send, 3 for both.
func (t *Type) ChanDir() int { return int(t.chanDir) }

// Elem returns the element type of an array, chan, map, pointer or slice; nil for others.
func (t *Type) Elem() *Type { return t.elem }

// Key returns a map's key type.
func (t *Type) Key() *Type { return t.key }

// Len returns an array's length.
func (t *Type) Len() int { return int(t.len) }

// NumField returns the number of fields of a struct.
func (t *Type) NumField() int { return t.nfields }

// Field returns the i-th field; i must be in range.
func (t *Type) Field(i int) *Field {
	return (*Field)(unsafe.Add(unsafe.Pointer(t.fields), uintptr(i)*unsafe.Sizeof(Field{})))
}

// NumMethod returns the number of methods, unexported ones included.
func (t *Type) NumMethod() int { return t.nmethods }

// Method returns the i-th method in order of name; i must be in range.
func (t *Type) Method(i int) *Method {
	return (*Method)(unsafe.Add(unsafe.Pointer(t.methods), uintptr(i)*unsafe.Sizeof(Method{})))
}

// NumIn returns the number of a func's parameters.
func (t *Type) NumIn() int { return t.nin }

// NumOut returns the number of a func's results.
func (t *Type) NumOut() int { return t.nout }

// In returns the type of the i-th parameter; i must be in range.
func (t *Type) In(i int) *Type {
	return *(**Type)(unsafe.Add(unsafe.Pointer(t.inout), uintptr(i)*unsafe.Sizeof(t)))
}

// Out returns the type of the i-th result; i must be in range.
func (t *Type) Out(i int) *Type { return t.In(t.nin + i) }

// AssignableTo reports whether a value of type t can be assigned to a variable of type u.
func (t *Type) AssignableTo(u *Type) bool {
	if t == u {
		return true
	}
	if u.kind == Interface {
		return t.Implements(u)
	}
	if t.kind != u.kind || t.Named() && u.Named() {
		return false
	}
	if t.kind == Chan && t.chanDir == 3 && (!t.Named() || !u.Named()) && t.elem == u.elem {
		return true
	}
	return SameUnderlying(t, u)
}

// SameUnderlying reports whether t and u have identical underlying types, tags included.
func SameUnderlying(t, u *Type) bool {
	if t == u {
		return true
	}
	if t.kind != u.kind {
		return false
	}
	switch t.kind {
	case Array:
		return t.len == u.len && t.elem == u.elem
	case Chan:
		return t.chanDir == u.chanDir && t.elem == u.elem
	case Pointer, Slice:
		return t.elem == u.elem
	case Map:
		return t.key == u.key && t.elem == u.elem
	case Func:
		if t.nin != u.nin || t.nout != u.nout || t.Variadic() != u.Variadic() {
			return false
		}
		for i := 0; i < t.nin+t.nout; i++ {
			if t.In(i) != u.In(i) {
				return false
			}
		}
		return true
	case Struct:
		if t.nfields != u.nfields {
			return false
		}
		for i := 0; i < t.nfields; i++ {
			f, g := t.Field(i), u.Field(i)
			if f.Name != g.Name || f.PkgPath != g.PkgPath || f.Typ != g.Typ || f.Tag != g.Tag || f.flags != g.flags {
				return false
			}
		}
		return true
	case Interface:
		if t.nmethods != u.nmethods {
			return false
		}
		for i := 0; i < t.nmethods; i++ {
			m, n := t.Method(i), u.Method(i)
			if m.Name != n.Name || m.PkgPath != n.PkgPath || m.Typ != n.Typ {
				return false
			}
		}
		return true
	}
	return true // basic kinds
}

// Address returns a number that orders types.
func (t *Type) Address() uintptr { return uintptr(unsafe.Pointer(t)) }
