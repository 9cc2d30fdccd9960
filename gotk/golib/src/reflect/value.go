// SPDX-License-Identifier: BSD-3-Clause

// Values: how they are held, and what can be read of them.
package reflect

import (
	rt "internal/rtype"
	"iter"
	"unsafe"
)

// Value is a Go value of any type. The zero Value is no value.
//
// With flagIndir ptr is the address of the value, else the value is a single pointer and ptr is that pointer. internal/rtype/value.go
// (FromReflect) reads this layout for package fmt.
type Value struct {
	typ *rtype
	ptr unsafe.Pointer
	flag
}

// flag: the kind in the low five bits; bits; and for a method value the method's number above.
type flag uintptr

const (
	flagKindMask flag = 1<<5 - 1
	flagStickyRO flag = 1 << 5 // came through an unexported field that is not embedded
	flagEmbedRO  flag = 1 << 6 // came through an unexported embedded field
	flagIndir    flag = 1 << 7
	flagAddr     flag = 1 << 8 // the value is a variable: may be changed; implies flagIndir
	flagMethod   flag = 1 << 9 // a method of the value
	methodShift       = 10
	flagRO            = flagStickyRO | flagEmbedRO
)

func (f flag) kind() Kind { return Kind(f & flagKindMask) }

// ro is flagStickyRO if f has any of flagRO: what is reached through a value is as unexported as the value.
func (f flag) ro() flag {
	if f&flagRO != 0 {
		return flagStickyRO
	}
	return 0
}

// ValueError is the panic of a method called on a Value of the wrong kind.
type ValueError struct {
	Method string
	Kind   Kind
}

// Error says which call was wrong.
func (e *ValueError) Error() string {
	if e.Kind == 0 {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

// wrongKind panics: method Value.NAME does not apply to v.
//
//gotk:noinline
func (f flag) wrongKind(name string) {
	panic(&ValueError{"reflect.Value." + name, f.kind()})
}

func (f flag) mustBe(k Kind, name string) {
	if f.kind() != k {
		f.wrongKind(name)
	}
}

// functionMustBe is mustBe for arguments of functions, for which Go's message has no name.
func (f flag) functionMustBe(k Kind) {
	if f.kind() != k {
		panic(&ValueError{"unknown method", f.kind()})
	}
}

// mustBeExported panics for no value, and for one that came through an unexported field.
func (f flag) mustBeExported(name string) {
	if f == 0 {
		panic(&ValueError{name, Invalid})
	}
	if f&flagRO != 0 {
		panic("reflect: " + name + " using value obtained using unexported field")
	}
}

// mustBeAssignable panics unless the value may be changed.
func (f flag) mustBeAssignable(name string) {
	if f&(flagRO|flagAddr) == flagAddr {
		return
	}
	f.mustBeExported(name)
	panic("reflect: " + name + " using unaddressable value")
}

// valueAt is the value of type t at p, or for a pointer-shaped type the pointer there.
func valueAt(t *rtype, p unsafe.Pointer, f flag) Value {
	f |= flag(t.kind())
	if t.direct() && f&flagAddr == 0 {
		return Value{t, *(*unsafe.Pointer)(p), f}
	}
	return Value{t, p, f | flagIndir}
}

// word is the value of a pointer-shaped v.
func (v Value) word() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// memory is where v lies, or for a pointer-shaped one a copy of it.
func (v Value) memory() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return v.ptr
	}
	p := new(unsafe.Pointer)
	*p = v.ptr
	return unsafe.Pointer(p)
}

// low is v as internal/rtype has it; it shares v's memory.
func (v Value) low() rt.Value { return rt.Value{Typ: v.typ.desc(), Ptr: v.memory()} }

// newCell makes a variable of type t.
func newCell(t *rtype) unsafe.Pointer { return rt.New(t.desc()).Ptr }

// move copies a value of type t.
func move(t *rtype, to, from unsafe.Pointer) {
	rt.Value{Typ: t.desc(), Ptr: to}.Set(rt.Value{Typ: t.desc(), Ptr: from})
}

// ValueOf returns the value that i holds; the zero Value for a nil interface.
func ValueOf(i any) Value {
	if i == nil {
		return Value{}
	}
	e := (*[2]unsafe.Pointer)(unsafe.Pointer(&i))
	t := (*rtype)(e[0])
	f := flag(t.kind())
	if !t.direct() {
		f |= flagIndir
	}
	return Value{t, e[1], f}
}

// Zero returns the zero value of the type.
func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	if t.direct() {
		return Value{t, nil, flag(t.kind())}
	}
	return Value{t, newCell(t), flag(t.kind()) | flagIndir}
}

// New returns a pointer to a new zero value of the type.
func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	t := typ.common()
	return Value{pointerTo(t), newCell(t), flag(Pointer)}
}

// NewAt returns p as a pointer to a value of the type.
func NewAt(typ Type, p unsafe.Pointer) Value {
	return Value{pointerTo(typ.common()), p, flag(Pointer)}
}

// Indirect returns what v points to, or v if it is no pointer.
func Indirect(v Value) Value {
	if v.kind() != Pointer {
		return v
	}
	return v.Elem()
}

// IsValid reports whether v is a value.
func (v Value) IsValid() bool { return v.flag != 0 }

// Kind returns v's kind, Invalid for the zero Value.
func (v Value) Kind() Kind { return v.kind() }

// Type returns v's type.
func (v Value) Type() Type {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	return v.rtype()
}

func (v Value) rtype() *rtype {
	if v.flag&flagMethod != 0 {
		return wrap(v.typ.method(int(v.flag >> methodShift)).Typ)
	}
	return v.typ
}

// CanAddr reports whether v is a variable.
func (v Value) CanAddr() bool { return v.flag&flagAddr != 0 }

// CanSet reports whether v can be changed.
func (v Value) CanSet() bool { return v.flag&(flagAddr|flagRO) == flagAddr }

// CanInterface reports whether Interface does not panic.
func (v Value) CanInterface() bool {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return v.flag&flagRO == 0
}

// Addr returns a pointer to the variable v.
func (v Value) Addr() Value {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{pointerTo(v.typ), v.ptr, flag(Pointer) | v.ro()}
}

// UnsafeAddr returns the address of the variable v.
func (v Value) UnsafeAddr() uintptr {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.UnsafeAddr", Invalid})
	}
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

// Interface returns v's value.
func (v Value) Interface() any {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.pack()
}

// pack is Interface without the check.
func (v Value) pack() any {
	if v.flag&flagMethod != 0 {
		v = v.boundMethod()
	}
	if v.kind() == Interface {
		return rt.Value{Typ: v.typ.desc(), Ptr: v.ptr}.Interface()
	}
	var i any
	e := (*[2]unsafe.Pointer)(unsafe.Pointer(&i))
	data := v.ptr
	switch {
	case v.typ.direct():
		data = v.word()
	case v.flag&flagAddr != 0: // others are never changed
		data = newCell(v.typ)
		move(v.typ, data, v.ptr)
	}
	e[1] = data
	e[0] = unsafe.Pointer(v.typ)
	return i
}

// TypeAssert is v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	if v.flag == 0 {
		panic(&ValueError{"reflect.TypeAssert", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	x, ok := v.pack().(T)
	return x, ok
}

// InterfaceData returns the words of the interface variable v.
func (v Value) InterfaceData() [2]uintptr {
	v.mustBe(Interface, "InterfaceData")
	return *(*[2]uintptr)(v.ptr)
}

// Elem returns what the interface or pointer v holds, the zero Value if it is nil.
func (v Value) Elem() Value {
	switch v.kind() {
	case Interface:
		x := rt.Value{Typ: v.typ.desc(), Ptr: v.ptr}.Interface()
		e := ValueOf(x)
		if e.flag != 0 {
			e.flag |= v.ro()
		}
		return e
	case Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		t := v.typ.elem()
		return Value{t, p, v.flag&flagRO | flagIndir | flagAddr | flag(t.kind())}
	}
	v.wrongKind("Elem")
	return Value{}
}

// Bool returns v's value.
func (v Value) Bool() bool {
	v.mustBe(Bool, "Bool")
	return *(*bool)(v.ptr)
}

// Int returns v's value.
func (v Value) Int() int64 {
	switch v.kind() {
	case Int, Int64:
		return *(*int64)(v.ptr)
	case Int8:
		return int64(*(*int8)(v.ptr))
	case Int16:
		return int64(*(*int16)(v.ptr))
	case Int32:
		return int64(*(*int32)(v.ptr))
	}
	v.wrongKind("Int")
	return 0
}

// Uint returns v's value.
func (v Value) Uint() uint64 {
	switch v.kind() {
	case Uint, Uint64, Uintptr:
		return *(*uint64)(v.ptr)
	case Uint8:
		return uint64(*(*uint8)(v.ptr))
	case Uint16:
		return uint64(*(*uint16)(v.ptr))
	case Uint32:
		return uint64(*(*uint32)(v.ptr))
	}
	v.wrongKind("Uint")
	return 0
}

// Float returns v's value.
func (v Value) Float() float64 {
	switch v.kind() {
	case Float32:
		return float64(*(*float32)(v.ptr))
	case Float64:
		return *(*float64)(v.ptr)
	}
	v.wrongKind("Float")
	return 0
}

// Complex returns v's value.
func (v Value) Complex() complex128 {
	switch v.kind() {
	case Complex64:
		return complex128(*(*complex64)(v.ptr))
	case Complex128:
		return *(*complex128)(v.ptr)
	}
	v.wrongKind("Complex")
	return 0
}

// String returns a string's value, for other values a text that tells the type.
func (v Value) String() string {
	switch v.kind() {
	case String:
		return *(*string)(v.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.Type().String() + " Value>"
}

// Bytes returns the bytes of a slice, or of an array that is a variable.
func (v Value) Bytes() []byte {
	switch v.kind() {
	case Slice:
		if v.typ.elem().kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(v.ptr)
	case Array:
		if v.typ.elem().kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), v.typ.t.Len())
	}
	v.wrongKind("Bytes")
	return nil
}

func (v Value) runes() []rune {
	v.mustBe(Slice, "Bytes")
	if v.typ.elem().kind() != Int32 {
		panic("reflect.Value.Bytes of non-rune slice")
	}
	return *(*[]rune)(v.ptr)
}

// Pointer returns the address of a chan, map, pointer, slice's or string's memory or func's code.
func (v Value) Pointer() uintptr { return uintptr(v.pointer("Pointer")) }

// UnsafePointer is Pointer as an unsafe.Pointer.
func (v Value) UnsafePointer() unsafe.Pointer { return v.pointer("UnsafePointer") }

func (v Value) pointer(name string) unsafe.Pointer {
	switch v.kind() {
	case Pointer, Chan, Map, UnsafePointer:
		return v.word()
	case Func:
		if v.flag&flagMethod != 0 {
			v = v.boundMethod()
		}
		p := v.word()
		if p != nil {
			p = *(*unsafe.Pointer)(p)
		}
		return p
	case Slice, String:
		return *(*unsafe.Pointer)(v.ptr)
	}
	v.wrongKind(name)
	return nil
}

// IsNil reports whether a chan, func, interface, map, pointer or slice is nil.
func (v Value) IsNil() bool {
	switch v.kind() {
	case Chan, Func, Map, Pointer, UnsafePointer:
		return v.flag&flagMethod == 0 && v.word() == nil
	case Interface, Slice:
		return *(*unsafe.Pointer)(v.ptr) == nil
	}
	v.wrongKind("IsNil")
	return false
}

// IsZero reports whether v is its type's zero value.
func (v Value) IsZero() bool {
	switch v.kind() {
	case Bool:
		return !v.Bool()
	case Int, Int8, Int16, Int32, Int64:
		return v.Int() == 0
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return v.Uint() == 0
	case Float32, Float64:
		return v.Float() == 0
	case Complex64, Complex128:
		return v.Complex() == 0
	case String:
		return v.Len() == 0
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return v.IsNil()
	case Array:
		if v.flag&flagIndir == 0 {
			return v.ptr == nil
		}
		if v.typ.t.MemEq() {
			return v.allZero()
		}
		for i := range v.typ.t.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Struct:
		if v.flag&flagIndir == 0 {
			return v.ptr == nil
		}
		if v.typ.t.MemEq() {
			return v.allZero()
		}
		for i := range v.typ.t.NumField() {
			if v.typ.t.Field(i).Name != "_" && !v.Field(i).IsZero() {
				return false
			}
		}
		return true
	}
	panic(&ValueError{"reflect.Value.IsZero", v.Kind()})
}

func (v Value) allZero() bool {
	for _, b := range unsafe.Slice((*byte)(v.ptr), v.typ.Size()) {
		if b != 0 {
			return false
		}
	}
	return true
}

// CanInt, CanUint, CanFloat and CanComplex report whether the method of that name does not panic.
func (v Value) CanInt() bool     { return v.kind().isInt() }
func (v Value) CanUint() bool    { return v.kind().isUint() }
func (v Value) CanFloat() bool   { return v.kind().isFloat() }
func (v Value) CanComplex() bool { return v.kind().isComplex() }

// OverflowInt reports whether x does not fit v's type.
func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		v.wrongKind("OverflowInt")
	}
	return v.typ.OverflowInt(x)
}

// OverflowUint reports whether x does not fit v's type.
func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		v.wrongKind("OverflowUint")
	}
	return v.typ.OverflowUint(x)
}

// OverflowFloat reports whether x does not fit v's type.
func (v Value) OverflowFloat(x float64) bool {
	if !v.CanFloat() {
		v.wrongKind("OverflowFloat")
	}
	return v.typ.OverflowFloat(x)
}

// OverflowComplex reports whether x does not fit v's type.
func (v Value) OverflowComplex(x complex128) bool {
	if !v.CanComplex() {
		v.wrongKind("OverflowComplex")
	}
	return v.typ.OverflowComplex(x)
}

// ---- structs

// NumField returns the number of a struct's fields.
func (v Value) NumField() int {
	v.mustBe(Struct, "NumField")
	return v.typ.t.NumField()
}

// Field returns the i-th field.
func (v Value) Field(i int) Value {
	v.mustBe(Struct, "Field")
	if uint(i) >= uint(v.typ.t.NumField()) {
		panic("reflect: Field index out of range")
	}
	f := v.typ.t.Field(i)
	t := wrap(f.Typ)
	fl := v.flag&(flagStickyRO|flagIndir|flagAddr) | flag(t.kind())
	if !f.Exported() {
		if f.Embedded() {
			fl |= flagEmbedRO
		} else {
			fl |= flagStickyRO
		}
	}
	if v.flag&flagIndir == 0 {
		if t.Size() == 0 { // beside the only pointer
			return Value{t, unsafe.Pointer(new(struct{})), fl | flagIndir}
		}
		return Value{t, v.ptr, fl}
	}
	return Value{t, unsafe.Add(v.ptr, f.Offset), fl}
}

// Fields goes through the fields and their values.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	v.mustBe(Struct, "Fields")
	return func(yield func(StructField, Value) bool) {
		for i := range v.typ.t.NumField() {
			if !yield(v.typ.field(i), v.Field(i)) {
				return
			}
		}
	}
}

// FieldByIndex follows a path of field numbers through structs and pointers to structs.
func (v Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	v.mustBe(Struct, "FieldByIndex")
	for depth, i := range index {
		if depth > 0 && v.kind() == Pointer && v.typ.elem().kind() == Struct {
			if v.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// nilEmbedded is the error of FieldByIndexErr.
type nilEmbedded string

func (e nilEmbedded) Error() string { return string(e) }

// FieldByIndexErr is FieldByIndex with an error for a nil pointer on the path.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return v.Field(index[0]), nil
	}
	v.mustBe(Struct, "FieldByIndexErr")
	for depth, i := range index {
		if depth > 0 && v.kind() == Pointer && v.typ.elem().kind() == Struct {
			if v.IsNil() {
				return Value{}, nilEmbedded("reflect: indirection through nil pointer to embedded struct field " + v.typ.elem().Name())
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, nil
}

// FieldByName returns the field with the name, the zero Value if there is none.
func (v Value) FieldByName(name string) Value {
	v.mustBe(Struct, "FieldByName")
	if f, ok := v.typ.FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc returns the field whose name satisfies match.
func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.typ.FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// ---- methods

// NumMethod returns the number of v's methods.
func (v Value) NumMethod() int {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return 0
	}
	return v.typ.NumMethod()
}

// Method returns v's i-th method, bound to v.
func (v Value) Method(i int) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if v.flag&flagMethod != 0 || v.typ.method(i) == nil {
		panic("reflect: Method index out of range")
	}
	if v.kind() == Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	f := v.ro() | v.flag&flagIndir | flag(Func) | flag(i)<<methodShift | flagMethod
	return Value{v.typ, v.ptr, f}
}

// Methods goes through the methods and their bound values.
func (v Value) Methods() iter.Seq2[Method, Value] {
	return func(yield func(Method, Value) bool) {
		t := v.Type()
		for i := range v.NumMethod() {
			if !yield(t.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// MethodByName returns the method with the name, the zero Value if there is none.
func (v Value) MethodByName(name string) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	i := v.typ.methodIndex(name)
	if i < 0 {
		return Value{}
	}
	return v.Method(i)
}

// ---- comparison

// Comparable reports whether v can be compared without a panic.
func (v Value) Comparable() bool {
	switch v.kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		if k := v.typ.elem().kind(); k != Interface && k != Array && k != Struct {
			return v.typ.Comparable()
		}
		for i := range v.typ.t.Len() {
			if !v.Index(i).Comparable() {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.typ.t.NumField() {
			if !v.Field(i).Comparable() {
				return false
			}
		}
		return true
	}
	return v.typ.Comparable()
}

// Equal reports whether the values are equal: those that interfaces hold, and of the same type.
func (v Value) Equal(u Value) bool {
	if v.kind() == Interface {
		v = v.Elem()
	}
	if u.kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.kind() != u.kind() || v.Type() != u.Type() {
		return false
	}
	switch v.kind() {
	case Func, Map, Slice:
		panic("reflect.Value.Equal: values of type " + v.Type().String() + " are not comparable")
	case Array:
		n := v.typ.t.Len()
		if n == 0 && !v.typ.elem().Comparable() {
			panic("reflect.Value.Equal: values of type " + v.Type().String() + " are not comparable")
		}
		for i := range n {
			if !v.Index(i).Equal(u.Index(i)) {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.typ.t.NumField() {
			if !v.Field(i).Equal(u.Field(i)) {
				return false
			}
		}
		return true
	}
	return rt.Equal(v.low(), u.low())
}
