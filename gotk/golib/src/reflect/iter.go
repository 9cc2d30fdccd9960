// SPDX-License-Identifier: BSD-3-Clause

// Values that range loops go over.
package reflect

import "iter"

// rangeFunc returns the number of values that a range over functions of type t yields, -1 if there is no such range.
func (t *rtype) rangeFunc() int {
	if t.kind() != Func || t.t.NumIn() != 1 || t.t.NumOut() != 0 {
		return -1
	}
	yield := t.in(0)
	if yield.kind() != Func || yield.t.NumOut() != 1 || yield.out(0).kind() != Bool || yield.t.NumIn() > 2 {
		return -1
	}
	return yield.t.NumIn()
}

// CanSeq reports whether Value.Seq works.
func (t *rtype) CanSeq() bool {
	switch k := t.kind(); k {
	case Array, Slice, Chan, String, Map:
		return true
	case Func:
		return t.rangeFunc() == 1
	case Pointer:
		return t.elem().kind() == Array
	default:
		return k.isInt() || k.isUint()
	}
}

// CanSeq2 reports whether Value.Seq2 works.
func (t *rtype) CanSeq2() bool {
	switch t.kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return t.rangeFunc() == 2
	case Pointer:
		return t.elem().kind() == Array
	}
	return false
}

// Seq goes through what `for x := range v` yields.
func (v Value) Seq() iter.Seq[Value] {
	if v.Kind() == Invalid || !v.Type().CanSeq() {
		panic("reflect: " + typeText(v) + " cannot produce iter.Seq[Value]")
	}
	switch k := v.kind(); k {
	case Func:
		return func(yield func(Value) bool) {
			body := MakeFunc(v.Type().In(0), func(in []Value) []Value { return []Value{ValueOf(yield(in[0])).Convert(v.Type().In(0).Out(0))} })
			v.Call([]Value{body})
		}
	case Array, Slice, Pointer:
		return func(yield func(Value) bool) {
			for i := range v.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case String:
		return func(yield func(Value) bool) {
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		}
	case Chan:
		return func(yield func(Value) bool) {
			for x, ok := v.Recv(); ok; x, ok = v.Recv() {
				if !yield(x) {
					return
				}
			}
		}
	default:
		t := v.typ
		return func(yield func(Value) bool) {
			cell := Value{t, newCell(t), flagIndir | flagAddr | flag(k)}
			if k.isInt() {
				for i := range v.Int() {
					cell.SetInt(i)
					if !yield(copied(t, cell.ptr, 0)) {
						return
					}
				}
				return
			}
			for i := range v.Uint() {
				cell.SetUint(i)
				if !yield(copied(t, cell.ptr, 0)) {
					return
				}
			}
		}
	}
}

// Seq2 goes through what `for x, y := range v` yields.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	if v.Kind() == Invalid || !v.Type().CanSeq2() {
		panic("reflect: " + typeText(v) + " cannot produce iter.Seq2[Value, Value]")
	}
	switch v.kind() {
	case Func:
		return func(yield func(Value, Value) bool) {
			body := MakeFunc(v.Type().In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0], in[1])).Convert(v.Type().In(0).Out(0))}
			})
			v.Call([]Value{body})
		}
	case Pointer:
		return v.Elem().Seq2()
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value, Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		}
	}
	return func(yield func(Value, Value) bool) {
		for i := range v.Len() {
			if !yield(ValueOf(i), v.Index(i)) {
				return
			}
		}
	}
}

func typeText(v Value) string {
	if !v.IsValid() {
		return "<invalid Value>"
	}
	return v.Type().String()
}
