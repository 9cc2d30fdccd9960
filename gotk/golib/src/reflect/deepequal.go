// SPDX-License-Identifier: BSD-3-Clause

// Equality in depth.
package reflect

import "unsafe"

// DeepEqual reports whether x and y are deeply equal: of one type, and equal element by element through pointers, slices, maps, structs,
// arrays and interfaces; functions only if both are nil.
func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	v, w := ValueOf(x), ValueOf(y)
	if v.typ != w.typ {
		return false
	}
	d := deep{}
	return d.equal(v, w)
}

// pair is two references of one type that are being compared, or were: they are taken as equal then, so that cycles end.
type pair struct {
	a, b unsafe.Pointer
	t    *rtype
}

type deep struct {
	seen map[pair]bool
}

// again notes the pair, and reports whether it was known.
func (d *deep) again(a, b unsafe.Pointer, t *rtype) bool {
	if uintptr(a) > uintptr(b) {
		a, b = b, a
	}
	p := pair{a, b, t}
	if d.seen[p] {
		return true
	}
	if d.seen == nil {
		d.seen = map[pair]bool{}
	}
	d.seen[p] = true
	return false
}

func (d *deep) equal(v, w Value) bool {
	if !v.IsValid() || !w.IsValid() {
		return v.IsValid() == w.IsValid()
	}
	if v.typ != w.typ {
		return false
	}
	switch v.kind() {
	case Array:
		for i := range v.Len() {
			if !d.equal(v.Index(i), w.Index(i)) {
				return false
			}
		}
		return true
	case Slice:
		a, b := (*sliceHeader)(v.ptr), (*sliceHeader)(w.ptr)
		if (a.data == nil) != (b.data == nil) || a.len != b.len {
			return false
		}
		if a.data == b.data {
			return true
		}
		if v.typ.elem().kind() == Uint8 {
			return string(*(*[]byte)(v.ptr)) == string(*(*[]byte)(w.ptr))
		}
		if v.typ.elem().t.Pointers() && a.len > 0 && d.again(a.data, b.data, v.typ) {
			return true
		}
		for i := range a.len {
			if !d.equal(v.Index(i), w.Index(i)) {
				return false
			}
		}
		return true
	case Interface:
		if v.IsNil() || w.IsNil() {
			return v.IsNil() == w.IsNil()
		}
		return d.equal(v.Elem(), w.Elem())
	case Pointer:
		a, b := v.word(), w.word()
		if a == b {
			return true
		}
		if a == nil || b == nil {
			return false
		}
		return d.again(a, b, v.typ) || d.equal(v.Elem(), w.Elem())
	case Struct:
		for i := range v.NumField() {
			if !d.equal(v.Field(i), w.Field(i)) {
				return false
			}
		}
		return true
	case Map:
		a, b := v.word(), w.word()
		if (a == nil) != (b == nil) || v.Len() != w.Len() {
			return false
		}
		if a == b || d.again(a, b, v.typ) {
			return true
		}
		for it := v.MapRange(); it.Next(); {
			other := w.MapIndex(it.Key())
			if !other.IsValid() || !d.equal(it.Value(), other) {
				return false
			}
		}
		return true
	case Func:
		return v.IsNil() && w.IsNil()
	}
	return v.Equal(w)
}
