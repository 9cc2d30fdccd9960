// SPDX-License-Identifier: BSD-3-Clause

// Stands in for internal/rtype/abi.go on real Go: our descriptors are made from reflect's types.
package rtype

import (
	"reflect"
	"sync"
	"unsafe"
)

var (
	lock  sync.Mutex
	made  = map[reflect.Type]*Type{}
	realT = map[*Type]reflect.Type{}
)

// FromReflect returns the descriptor for t.
func FromReflect(t reflect.Type) *Type {
	if t == nil {
		return nil
	}
	lock.Lock()
	defer lock.Unlock()
	return fromReflect(t)
}

// ToReflect is the inverse of FromReflect.
func ToReflect(t *Type) reflect.Type {
	lock.Lock()
	defer lock.Unlock()
	return realT[t]
}

func fromReflect(t reflect.Type) *Type {
	if d := made[t]; d != nil {
		return d
	}
	d := &Type{size: t.Size(), kind: Kind(t.Kind()), align: uint8(t.Align()), str: t.String(), name: t.Name(), pkgPath: t.PkgPath()}
	made[t] = d
	realT[d] = t
	if t.Name() != "" {
		d.flags |= flagNamed
	}
	if t.Comparable() {
		d.flags |= flagComparable
	}
	if isDirect(t) {
		d.flags |= flagDirect
	}
	switch t.Kind() {
	case reflect.Array:
		d.len = uintptr(t.Len())
		d.elem = fromReflect(t.Elem())
	case reflect.Chan:
		d.chanDir = uint8(t.ChanDir())
		d.elem = fromReflect(t.Elem())
	case reflect.Map:
		d.key = fromReflect(t.Key())
		d.elem = fromReflect(t.Elem())
	case reflect.Pointer, reflect.Slice:
		d.elem = fromReflect(t.Elem())
	case reflect.Struct:
		fields := make([]Field, t.NumField())
		for i := range fields {
			f := t.Field(i)
			fields[i] = Field{Name: f.Name, Typ: fromReflect(f.Type), Offset: f.Offset, Tag: string(f.Tag)}
			if f.Anonymous {
				fields[i].flags |= 1
			}
			if f.IsExported() {
				fields[i].flags |= 2
			}
		}
		d.fields, d.nfields = unsafe.SliceData(fields), len(fields)
	case reflect.Func:
		var all []*Type
		for i := 0; i < t.NumIn(); i++ {
			all = append(all, fromReflect(t.In(i)))
		}
		for i := 0; i < t.NumOut(); i++ {
			all = append(all, fromReflect(t.Out(i)))
		}
		d.inout, d.nin, d.nout = unsafe.SliceData(all), t.NumIn(), t.NumOut()
		if t.IsVariadic() {
			d.flags |= flagVariadic
		}
	}
	methods := make([]Method, t.NumMethod())
	for i := range methods {
		m := t.Method(i)
		methods[i] = Method{Name: m.Name, PkgPath: m.PkgPath}
		if t.Kind() == reflect.Interface {
			methods[i].Typ = fromReflect(m.Type)
		}
	}
	d.methods, d.nmethods = unsafe.SliceData(methods), len(methods)
	return d
}

func isDirect(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Chan, reflect.Map, reflect.Func, reflect.UnsafePointer:
		return true
	case reflect.Array:
		return t.Len() == 1 && isDirect(t.Elem())
	case reflect.Struct:
		return t.NumField() == 1 && isDirect(t.Field(0).Type)
	}
	return false
}

func (v Value) real() reflect.Value {
	if v.Typ == nil {
		return reflect.Value{}
	}
	return reflect.NewAt(ToReflect(v.Typ), v.Ptr).Elem()
}

func fromValue(v reflect.Value) Value {
	if !v.IsValid() {
		return Value{}
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return Value{FromReflect(v.Type()), p.UnsafePointer()}
}

func TypeOf(x any) *Type      { return FromReflect(reflect.TypeOf(x)) }
func ValueOf(x any) Value     { return fromValue(reflect.ValueOf(x)) }
func ValueAt(x *any) Value    { return ValueOf(*x) }
func (v Value) dynamic() Value { return fromValue(v.real().Elem()) }

func (v Value) Interface() any {
	if v.Typ == nil {
		return nil
	}
	return v.real().Interface()
}

func (v Value) setInterface(x Value) { v.real().Set(x.real()) }

func (t *Type) Implements(u *Type) bool { return ToReflect(t).Implements(ToReflect(u)) }

func New(t *Type) Value { return Value{t, reflect.New(ToReflect(t)).UnsafePointer()} }

func NewArray(t *Type, n int) unsafe.Pointer {
	return reflect.MakeSlice(reflect.SliceOf(ToReflect(t)), n, n).UnsafePointer()
}

func chanLen(c unsafe.Pointer) int { return reflect.NewAt(reflect.TypeOf((chan int)(nil)), unsafe.Pointer(&c)).Elem().Len() }
func chanCap(c unsafe.Pointer) int { return reflect.NewAt(reflect.TypeOf((chan int)(nil)), unsafe.Pointer(&c)).Elem().Cap() }

func Equal(a, b Value) bool { return a.real().Equal(b.real()) }

type MapIter struct {
	it   *reflect.MapIter
	more bool
}

func (it *MapIter) Start(v Value) {
	it.it = v.real().MapRange()
	it.more = it.it.Next()
}
func (it *MapIter) Done() bool { return !it.more }
func (it *MapIter) Next()      { it.more = it.it.Next() }
func (it *MapIter) Entry(v Value) (key, elem Value) {
	k, e := New(v.Typ.key), New(v.Typ.elem)
	k.real().SetIterKey(it.it)
	e.real().SetIterValue(it.it)
	return k, e
}

func (v Value) MapIndex(key Value) Value { return fromValue(v.real().MapIndex(key.real())) }
func (v Value) SetMapIndex(key, elem Value) {
	v.real().SetMapIndex(key.real(), elem.real())
}
func (v Value) DeleteMapIndex(key Value) { v.real().SetMapIndex(key.real(), reflect.Value{}) }
func MakeMap(t *Type, n int) Value      { return fromValue(reflect.MakeMapWithSize(ToReflect(t), n)) }

func (v Value) Reflected() (x Value, hidden, ok bool) {
	if v.Typ == nil || ToReflect(v.Typ) != reflect.TypeFor[reflect.Value]() {
		return Value{}, false, false
	}
	r := *(*reflect.Value)(v.Ptr)
	if !r.IsValid() {
		return Value{}, false, true
	}
	return fromValue(r), !r.CanInterface(), true
}
