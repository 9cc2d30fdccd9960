// SPDX-License-Identifier: BSD-3-Clause

package atomic

import "unsafe"

// Value holds a value of any one type, which is stored and loaded atomically. All values stored in one must have the
// same type.
//
// The two words of the interface are written apart: the type first, and only once. While the first store is under way
// the type word holds the address of a marker, which readers take for "nothing yet" and writers wait for.
type Value struct {
	typ  unsafe.Pointer
	data unsafe.Pointer
}

type words struct {
	typ  unsafe.Pointer
	data unsafe.Pointer
}

var storing byte

//gotk:native gosched
func yield()

// Load returns the value last stored, or nil if there was none.
func (v *Value) Load() (val any) {
	typ := LoadPointer(&v.typ)
	if typ == nil || typ == unsafe.Pointer(&storing) {
		return nil
	}
	w := (*words)(unsafe.Pointer(&val))
	w.typ = typ
	w.data = LoadPointer(&v.data)
	return val
}

// Store sets the value to val, which must not be nil and must have the type of the values stored before.
func (v *Value) Store(val any) {
	if val == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	w := (*words)(unsafe.Pointer(&val))
	if v.first(w, "store") {
		return
	}
	StorePointer(&v.data, w.data)
}

// first stores w if nothing is stored yet; otherwise it checks the type. It reports whether it stored.
func (v *Value) first(w *words, what string) bool {
	for {
		typ := LoadPointer(&v.typ)
		if typ == nil {
			if CompareAndSwapPointer(&v.typ, nil, unsafe.Pointer(&storing)) {
				StorePointer(&v.data, w.data)
				StorePointer(&v.typ, w.typ)
				return true
			}
			continue
		}
		if typ == unsafe.Pointer(&storing) {
			yield()
			continue
		}
		if typ != w.typ {
			panic("sync/atomic: " + what + " of inconsistently typed value into Value")
		}
		return false
	}
}

// Swap stores new and returns the value before, or nil if there was none.
func (v *Value) Swap(new any) (old any) {
	if new == nil {
		panic("sync/atomic: swap of nil value into Value")
	}
	w := (*words)(unsafe.Pointer(&new))
	if v.first(w, "swap") {
		return nil
	}
	o := (*words)(unsafe.Pointer(&old))
	o.data = SwapPointer(&v.data, w.data)
	o.typ = w.typ
	return old
}

// CompareAndSwap stores new if the value equals old, and tells whether it did. It panics if old cannot be compared.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	n := (*words)(unsafe.Pointer(&new))
	o := (*words)(unsafe.Pointer(&old))
	if old != nil && o.typ != n.typ {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	for {
		typ := LoadPointer(&v.typ)
		if typ == nil {
			if old != nil {
				return false
			}
			if !CompareAndSwapPointer(&v.typ, nil, unsafe.Pointer(&storing)) {
				continue
			}
			StorePointer(&v.data, n.data)
			StorePointer(&v.typ, n.typ)
			return true
		}
		if typ == unsafe.Pointer(&storing) {
			yield()
			continue
		}
		if typ != n.typ {
			panic("sync/atomic: compare and swap of inconsistently typed value into Value")
		}
		data := LoadPointer(&v.data)
		var current any
		c := (*words)(unsafe.Pointer(&current))
		c.typ = typ
		c.data = data
		if current != old {
			return false
		}
		return CompareAndSwapPointer(&v.data, data, n.data)
	}
}
