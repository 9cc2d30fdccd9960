// SPDX-License-Identifier: BSD-3-Clause

// Slices of any type, sorted by a function of indexes.
package sort

import (
	"internal/rtype"
	"unsafe"
)

// anySlice is a slice of unknown type as an Interface.
type anySlice struct {
	less func(i, j int) bool
	base unsafe.Pointer
	len  int
	size uintptr
	tmp  unsafe.Pointer // one element
}

func newAnySlice(x any, less func(i, j int) bool) *anySlice {
	v := rtype.ValueAt(&x)
	if v.Kind() != rtype.Slice {
		panic("sort: not a slice: " + kindName(v))
	}
	t := v.Typ.Elem()
	s := &anySlice{less: less, base: v.Word(), len: v.Len(), size: t.Size()}
	if s.size%8 != 0 && s.size != 4 {
		s.tmp = rtype.New(t).Ptr
	}
	return s
}

func kindName(v rtype.Value) string {
	if v.Typ == nil {
		return "nil"
	}
	return v.Typ.String()
}

func (s *anySlice) Len() int { return s.len }

func (s *anySlice) Less(i, j int) bool { return s.less(i, j) }

func (s *anySlice) Swap(i, j int) {
	p := unsafe.Add(s.base, uintptr(i)*s.size)
	q := unsafe.Add(s.base, uintptr(j)*s.size)
	switch s.size {
	case 8:
		a, b := (*unsafe.Pointer)(p), (*unsafe.Pointer)(q)
		*a, *b = *b, *a
	case 16:
		a, b := (*[2]unsafe.Pointer)(p), (*[2]unsafe.Pointer)(q)
		a[0], b[0] = b[0], a[0]
		a[1], b[1] = b[1], a[1]
	case 24:
		a, b := (*[3]unsafe.Pointer)(p), (*[3]unsafe.Pointer)(q)
		a[0], b[0] = b[0], a[0]
		a[1], b[1] = b[1], a[1]
		a[2], b[2] = b[2], a[2]
	case 32:
		a, b := (*[4]unsafe.Pointer)(p), (*[4]unsafe.Pointer)(q)
		a[0], b[0] = b[0], a[0]
		a[1], b[1] = b[1], a[1]
		a[2], b[2] = b[2], a[2]
		a[3], b[3] = b[3], a[3]
	case 4:
		a, b := (*uint32)(p), (*uint32)(q)
		*a, *b = *b, *a
	default:
		if s.size%8 == 0 {
			for i := uintptr(0); i < s.size; i += 8 {
				a, b := (*unsafe.Pointer)(unsafe.Add(p, i)), (*unsafe.Pointer)(unsafe.Add(q, i))
				*a, *b = *b, *a
			}
			return
		}
		a, b, t := unsafe.Slice((*byte)(p), s.size), unsafe.Slice((*byte)(q), s.size), unsafe.Slice((*byte)(s.tmp), s.size)
		copy(t, a)
		copy(a, b)
		copy(b, t)
	}
}

// Slice sorts the slice x by less; equal elements may change places. It panics if x is no slice.
func Slice(x any, less func(i, j int) bool) { Sort(newAnySlice(x, less)) }

// SliceStable sorts the slice x by less; equal elements stay in their order.
func SliceStable(x any, less func(i, j int) bool) { Stable(newAnySlice(x, less)) }

// SliceIsSorted reports whether the slice x is sorted by less.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	return IsSorted(newAnySlice(x, less))
}
