// SPDX-License-Identifier: BSD-3-Clause

// Package reflect lets a program look at values of any type, change them, call them, and make types and functions.
//
// A Type is the descriptor that the compiler emitted (internal/rtype), or one that this package made in the same form; a type has
// one descriptor, so Types are equal if they are the same pointer.
//
// type.go, fields.go: types. value.go, set.go, container.go, chan.go, iter.go: values. convert.go, deepequal.go: relations between them. abi.go,
// call.go, makefunc.go: calls in both directions. maketype.go: types made at run time.
package reflect

import (
	rt "internal/rtype"
	"iter"
	"strconv"
	"unsafe"
)

// Type is the representation of a Go type. Types can be compared with ==.
type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	Methods() iter.Seq[Method]
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	Fields() iter.Seq[StructField]
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Ins() iter.Seq[Type]
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	Outs() iter.Seq[Type]
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool

	common() *rtype // nobody else implements Type
}

// rtype is a descriptor, with the methods of Type.
type rtype struct {
	t rt.Type
}

func wrap(t *rt.Type) *rtype       { return (*rtype)(unsafe.Pointer(t)) }
func (t *rtype) desc() *rt.Type    { return (*rt.Type)(unsafe.Pointer(t)) }
func (t *rtype) common() *rtype    { return t }
func (t *rtype) kind() Kind        { return Kind(t.t.Kind()) }
func (t *rtype) direct() bool      { return t.t.Direct() }
func (t *rtype) elem() *rtype      { return wrap(t.t.Elem()) }
func (t *rtype) in(i int) *rtype   { return wrap(t.t.In(i)) }
func (t *rtype) out(i int) *rtype  { return wrap(t.t.Out(i)) }
func (t *rtype) isInterface() bool { return t.t.Kind() == rt.Interface }

// toType makes a Type of a descriptor that may be nil.
func toType(t *rtype) Type {
	if t == nil {
		return nil
	}
	return t
}

// TypeOf returns the dynamic type of i, nil for a nil interface.
func TypeOf(i any) Type { return toType(wrap(rt.TypeOf(i))) }

// TypeFor returns the type argument, which may be an interface.
func TypeFor[T any]() Type {
	var p *T
	return wrap(rt.TypeOf(p)).elem()
}

// Kind is the sort of a type.
type Kind uint

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

// Ptr is the old name of Pointer.
const Ptr = Pointer

var kindNames = [...]string{
	"invalid", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	"float32", "float64", "complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr", "slice", "string",
	"struct", "unsafe.Pointer",
}

// String returns the kind's name.
func (k Kind) String() string {
	if k < Kind(len(kindNames)) {
		return kindNames[k]
	}
	return "kind" + strconv.Itoa(int(k))
}

func (k Kind) isInt() bool     { return Int <= k && k <= Int64 }
func (k Kind) isUint() bool    { return Uint <= k && k <= Uintptr }
func (k Kind) isFloat() bool   { return k == Float32 || k == Float64 }
func (k Kind) isComplex() bool { return k == Complex64 || k == Complex128 }

// ChanDir is a channel type's direction.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

// String returns the direction as it is written in a channel type.
func (d ChanDir) String() string {
	switch d {
	case RecvDir:
		return "<-chan"
	case SendDir:
		return "chan<-"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(d))
}

// Align returns the alignment of a variable of the type.
func (t *rtype) Align() int { return t.t.Align() }

// FieldAlign returns the alignment of a struct's field of the type.
func (t *rtype) FieldAlign() int { return t.t.Align() }

// Size returns the bytes of a value.
func (t *rtype) Size() uintptr { return t.t.Size() }

// String returns the type as %T prints it.
func (t *rtype) String() string { return t.t.String() }

// Kind returns the sort of type.
func (t *rtype) Kind() Kind { return t.kind() }

// Name returns the name of a defined type, "" for others.
func (t *rtype) Name() string { return t.t.Name() }

// PkgPath returns the import path of a defined type's package, "" for predeclared and unnamed types.
func (t *rtype) PkgPath() string { return t.t.PkgPath() }

// Comparable reports whether values can be compared (which may panic all the same).
func (t *rtype) Comparable() bool { return t.t.Comparable() }

// Bits returns the size of a number type.
func (t *rtype) Bits() int {
	if k := t.kind(); k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.Size()) * 8
}

// ChanDir returns a channel type's direction.
func (t *rtype) ChanDir() ChanDir {
	t.must(Chan, "ChanDir", "chan")
	return ChanDir(t.t.ChanDir())
}

func (t *rtype) must(k Kind, method, what string) {
	if t.kind() != k {
		panic("reflect: " + method + " of non-" + what + " type " + t.String())
	}
}

// Elem returns the element type of an array, chan, map, pointer or slice.
func (t *rtype) Elem() Type {
	switch t.kind() {
	case Array, Chan, Map, Pointer, Slice:
		return t.elem()
	}
	panic("reflect: Elem of invalid type " + t.String())
}

// Key returns a map's key type.
func (t *rtype) Key() Type {
	t.must(Map, "Key", "map")
	return wrap(t.t.Key())
}

// Len returns an array's length.
func (t *rtype) Len() int {
	t.must(Array, "Len", "array")
	return t.t.Len()
}

// IsVariadic reports whether a func's last parameter is variadic.
func (t *rtype) IsVariadic() bool {
	t.must(Func, "IsVariadic", "func")
	return t.t.Variadic()
}

// NumIn returns the number of a func's parameters.
func (t *rtype) NumIn() int {
	t.must(Func, "NumIn", "func")
	return t.t.NumIn()
}

// NumOut returns the number of a func's results.
func (t *rtype) NumOut() int {
	t.must(Func, "NumOut", "func")
	return t.t.NumOut()
}

// In returns the type of the i-th parameter.
func (t *rtype) In(i int) Type {
	t.must(Func, "In", "func")
	checkRange(i, t.t.NumIn())
	return t.in(i)
}

// Out returns the type of the i-th result.
func (t *rtype) Out(i int) Type {
	t.must(Func, "Out", "func")
	checkRange(i, t.t.NumOut())
	return t.out(i)
}

// checkRange panics as indexing a slice of length n does.
func checkRange(i, n int) { _ = make([]struct{}, n)[i] }

// Ins goes through the parameters' types.
func (t *rtype) Ins() iter.Seq[Type] {
	t.must(Func, "Ins", "func")
	return func(yield func(Type) bool) {
		for i := range t.t.NumIn() {
			if !yield(t.in(i)) {
				return
			}
		}
	}
}

// Outs goes through the results' types.
func (t *rtype) Outs() iter.Seq[Type] {
	t.must(Func, "Outs", "func")
	return func(yield func(Type) bool) {
		for i := range t.t.NumOut() {
			if !yield(t.out(i)) {
				return
			}
		}
	}
}

// Implements reports whether the type has the methods of the interface type u.
func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return t.desc().Implements(u.common().desc())
}

// AssignableTo reports whether a value of the type can be assigned to a variable of type u.
func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return t.desc().AssignableTo(u.common().desc())
}

// ConvertibleTo reports whether a value of the type can be converted to type u; for slices to arrays it may panic all the same.
func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return conversion(u.common(), t) != nil
}

// OverflowComplex reports whether x does not fit the type.
func (t *rtype) OverflowComplex(x complex128) bool {
	switch t.kind() {
	case Complex64:
		return overflowsFloat32(real(x)) || overflowsFloat32(imag(x))
	case Complex128:
		return false
	}
	panic("reflect: OverflowComplex of non-complex type " + t.String())
}

// OverflowFloat reports whether x does not fit the type.
func (t *rtype) OverflowFloat(x float64) bool {
	switch t.kind() {
	case Float32:
		return overflowsFloat32(x)
	case Float64:
		return false
	}
	panic("reflect: OverflowFloat of non-float type " + t.String())
}

// OverflowInt reports whether x does not fit the type.
func (t *rtype) OverflowInt(x int64) bool {
	if !t.kind().isInt() {
		panic("reflect: OverflowInt of non-int type " + t.String())
	}
	shift := 64 - t.Size()*8
	return x<<shift>>shift != x
}

// OverflowUint reports whether x does not fit the type.
func (t *rtype) OverflowUint(x uint64) bool {
	if !t.kind().isUint() {
		panic("reflect: OverflowUint of non-uint type " + t.String())
	}
	shift := 64 - t.Size()*8
	return x<<shift>>shift != x
}

func overflowsFloat32(x float64) bool {
	if x < 0 {
		x = -x
	}
	const largest = 0x1p127 * (1 + (1 - 0x1p-23))
	return largest < x && x <= 0x1p1023*(1+(1-0x1p-52))
}

// ---- methods

// Method is a method of a type.
type Method struct {
	Name    string
	PkgPath string // of an unexported name
	Type    Type   // with the receiver as first parameter, unless the type is an interface
	Func    Value  // with the receiver as first argument
	Index   int
}

// IsExported reports whether the name is exported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

// NumMethod returns the number of exported methods, of an interface the number of all.
func (t *rtype) NumMethod() int {
	n := t.t.NumMethod()
	if t.isInterface() {
		return n
	}
	exported := 0
	for i := range n {
		if t.t.Method(i).PkgPath == "" {
			exported++
		}
	}
	return exported
}

// method returns the i-th method as NumMethod counts them, nil if i is out of range.
func (t *rtype) method(i int) *rt.Method {
	if i < 0 {
		return nil
	}
	n := t.t.NumMethod()
	if t.isInterface() {
		if i >= n {
			return nil
		}
		return t.t.Method(i)
	}
	for k := range n {
		m := t.t.Method(k)
		if m.PkgPath != "" {
			continue
		}
		if i == 0 {
			return m
		}
		i--
	}
	return nil
}

// methodIndex returns the number of the method with the name, -1 if there is none.
func (t *rtype) methodIndex(name string) int {
	all := t.isInterface()
	index := 0
	for k := range t.t.NumMethod() {
		m := t.t.Method(k)
		if m.PkgPath != "" && !all {
			continue
		}
		if m.Name == name {
			return index
		}
		index++
	}
	return -1
}

// Method returns the i-th method in order of name.
func (t *rtype) Method(i int) Method {
	found := t.method(i)
	if found == nil {
		panic("reflect: Method index out of range")
	}
	m := Method{Name: found.Name, PkgPath: found.PkgPath, Index: i}
	sig := wrap(found.Typ)
	if t.isInterface() {
		m.Type = sig
		return m
	}
	in := make([]Type, 0, 1+sig.t.NumIn())
	in = append(in, t)
	for k := range sig.t.NumIn() {
		in = append(in, sig.in(k))
	}
	out := make([]Type, 0, sig.t.NumOut())
	for k := range sig.t.NumOut() {
		out = append(out, sig.out(k))
	}
	variadic := sig.t.Variadic()
	m.Type = FuncOf(in, out, variadic)
	m.Func = MakeFunc(m.Type, func(args []Value) []Value {
		if variadic {
			return args[0].Method(i).CallSlice(args[1:])
		}
		return args[0].Method(i).Call(args[1:])
	})
	return m
}

// Methods goes through the methods.
func (t *rtype) Methods() iter.Seq[Method] {
	return func(yield func(Method) bool) {
		for i := range t.NumMethod() {
			if !yield(t.Method(i)) {
				return
			}
		}
	}
}

// MethodByName returns the method with the name.
func (t *rtype) MethodByName(name string) (Method, bool) {
	i := t.methodIndex(name)
	if i < 0 {
		return Method{}, false
	}
	return t.Method(i), true
}
