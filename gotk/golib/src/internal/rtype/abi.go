// SPDX-License-Identifier: BSD-3-Clause

// Interfaces, maps and memory as our compiler and runtime lay them out.
package rtype

import "unsafe"

// eface is an empty interface.
type eface struct {
	typ  *Type
	data unsafe.Pointer
}

// itab is the first word of an interface with methods.
type itab struct {
	typ   *Type
	iface *Type
	hash  uint32
}

// iface is an interface with methods.
type iface struct {
	tab  *itab
	data unsafe.Pointer
}

// TypeOf returns the dynamic type of x, nil if x is nil.
func TypeOf(x any) *Type { return (*eface)(unsafe.Pointer(&x)).typ }

// ValueOf returns the dynamic value of x. It may share memory with x and must not be written.
func ValueOf(x any) Value {
	e := (*eface)(unsafe.Pointer(&x))
	if e.typ == nil {
		return Value{}
	}
	if e.typ.flags&flagDirect != 0 {
		word := new(unsafe.Pointer)
		*word = e.data
		return Value{e.typ, unsafe.Pointer(word)}
	}
	return Value{e.typ, e.data}
}

// ValueAt returns the dynamic value of *x without making memory; it is valid while *x does not change.
func ValueAt(x *any) Value {
	e := (*eface)(unsafe.Pointer(x))
	if e.typ == nil {
		return Value{}
	}
	if e.typ.flags&flagDirect != 0 {
		return Value{e.typ, unsafe.Pointer(&e.data)}
	}
	return Value{e.typ, e.data}
}

// dynamic returns what the interface v holds.
func (v Value) dynamic() Value {
	if v.Typ.nmethods == 0 {
		return ValueAt((*any)(v.Ptr))
	}
	i := (*iface)(v.Ptr)
	if i.tab == nil {
		return Value{}
	}
	t := i.tab.typ
	if t.flags&flagDirect != 0 {
		return Value{t, unsafe.Pointer(&i.data)}
	}
	return Value{t, i.data}
}

// Interface returns v as an interface value: a copy of it, or what it holds if it is an interface.
func (v Value) Interface() any {
	if v.Typ == nil {
		return nil
	}
	if v.Typ.kind == Interface {
		v = v.dynamic()
		if v.Typ == nil {
			return nil
		}
	}
	e := eface{typ: v.Typ}
	if v.Typ.flags&flagDirect != 0 {
		e.data = v.Word()
	} else {
		e.data = v.Copy().Ptr
	}
	return *(*any)(unsafe.Pointer(&e))
}

// setInterface assigns the concrete or interface value x to the interface variable v.
func (v Value) setInterface(x Value) {
	if x.Typ.kind == Interface {
		x = x.dynamic()
		if x.Typ == nil {
			v.SetZero()
			return
		}
	}
	data := x.Ptr
	if x.Typ.flags&flagDirect != 0 {
		data = x.Word()
	} else {
		data = x.Copy().Ptr
	}
	if v.Typ.nmethods == 0 {
		*(*eface)(v.Ptr) = eface{x.Typ, data}
	} else {
		*(*iface)(v.Ptr) = iface{(*itab)(getitab(v.Typ, x.Typ)), data}
	}
}

//gotk:native getitab
func getitab(iface, t *Type) unsafe.Pointer

// Implements reports whether t has the methods of the interface type u.
func (t *Type) Implements(u *Type) bool {
	if u.nmethods == 0 {
		return true
	}
	if t.kind == Interface {
		return interfaceImplements(t, u)
	}
	return getitab(u, t) != nil
}

//gotk:native alloc
func alloc(size uintptr, t *Type) unsafe.Pointer

// New returns a zero value of type t in new memory.
func New(t *Type) Value { return Value{t, alloc(t.size, t)} }

// NewArray returns zeroed memory for n values of type t.
func NewArray(t *Type, n int) unsafe.Pointer {
	if t.size != 0 && uintptr(n) > 1<<47/t.size {
		panic("reflect: array too large")
	}
	return alloc(t.size*uintptr(n), t)
}

//gotk:native chanlen
func chanLen(c unsafe.Pointer) int

//gotk:native chancap
func chanCap(c unsafe.Pointer) int

//gotk:native typeequal
func typeequal(t *Type, a, b unsafe.Pointer) bool

// Equal reports whether two values of one type are ==; it panics if they are not comparable.
func Equal(a, b Value) bool { return typeequal(a.Typ, a.Ptr, b.Ptr) }

// MapIter walks a map. Its layout is the runtime's.
type MapIter struct {
	key   unsafe.Pointer
	elem  unsafe.Pointer
	state [10]uintptr
}

//gotk:native mapiterinit
func mapiterinit(t *Type, m unsafe.Pointer, it *MapIter)

//gotk:native mapiternext
func mapiternext(it *MapIter)

// Start begins to walk the map v; the iterator stands at the first entry.
func (it *MapIter) Start(v Value) { mapiterinit(v.Typ, v.Word(), it) }

// Done reports whether there is no entry any more.
func (it *MapIter) Done() bool { return it.key == nil }

// Next goes to the next entry.
func (it *MapIter) Next() { mapiternext(it) }

// Entry returns the current entry of the map v, in the map's own memory.
func (it *MapIter) Entry(v Value) (key, elem Value) {
	return Value{v.Typ.key, it.key}, Value{v.Typ.elem, it.elem}
}

//gotk:native mapaccess
func mapaccess(t *Type, m, key unsafe.Pointer) unsafe.Pointer

//gotk:native mapassign
func mapassign(t *Type, m, key unsafe.Pointer) unsafe.Pointer

//gotk:native mapdelete
func mapdelete(t *Type, m, key unsafe.Pointer)

//gotk:native makemap
func makemap(t *Type, hint int) unsafe.Pointer

// MapIndex returns the element for the key, in the map's own memory; the zero Value if there is none.
func (v Value) MapIndex(key Value) Value {
	p := mapaccess(v.Typ, v.Word(), key.Ptr)
	if p == nil {
		return Value{}
	}
	return Value{v.Typ.elem, p}
}

// SetMapIndex sets the element for the key.
func (v Value) SetMapIndex(key, elem Value) {
	Value{v.Typ.elem, mapassign(v.Typ, v.Word(), key.Ptr)}.Set(elem)
}

// DeleteMapIndex removes the key.
func (v Value) DeleteMapIndex(key Value) { mapdelete(v.Typ, v.Word(), key.Ptr) }

// MakeMap returns a new map with room for n entries.
func MakeMap(t *Type, n int) Value {
	v := New(t)
	*(*unsafe.Pointer)(v.Ptr) = makemap(t, n)
	return v
}

// reflected is a reflect.Value as package reflect lays it out (reflect/value.go).
type reflected struct {
	typ  *Type
	ptr  unsafe.Pointer
	flag uintptr
}

const (
	reflectedRO          = 3 << 5 // came through an unexported field
	reflectedIndirect    = 1 << 7 // ptr is the value's address
	reflectedMethod      = 1 << 9 // a method of the value, its number above
	reflectedMethodShift = 10
)

// Reflected returns what v holds if it is a reflect.Value, and whether that came through an unexported field.
func (v Value) Reflected() (x Value, hidden, ok bool) {
	if v.Typ == nil || v.Typ.kind != Struct || v.Typ.name != "Value" || v.Typ.pkgPath != "reflect" {
		return Value{}, false, false
	}
	r := (*reflected)(v.Ptr)
	switch {
	case r.typ == nil:
		return Value{}, false, true
	case r.flag&reflectedMethod != 0:
		x = r.method()
	case r.flag&reflectedIndirect != 0:
		x = Value{r.typ, r.ptr}
	default:
		x = Value{r.typ, unsafe.Pointer(&r.ptr)}
	}
	return x, r.flag&reflectedRO != 0, true
}

// method is a func with the code of the method: enough to be printed.
func (r *reflected) method() Value {
	n := int(r.flag >> reflectedMethodShift)
	for i := 0; i < r.typ.nmethods; i++ {
		m := r.typ.Method(i)
		if r.typ.kind != Interface && m.PkgPath != "" {
			continue
		}
		if n == 0 {
			closure := &struct{ code unsafe.Pointer }{m.Fn}
			word := &struct{ p unsafe.Pointer }{unsafe.Pointer(closure)}
			return Value{m.Typ, unsafe.Pointer(word)}
		}
		n--
	}
	return Value{}
}
