// SPDX-License-Identifier: BSD-3-Clause

// Maps print in the order of their keys.
package fmt

import "internal/rtype"

// entry is a key and its element, in the map's own memory.
type entry struct {
	key  rtype.Value
	elem rtype.Value
}

// sortedEntries returns the map's entries in order of key.
func sortedEntries(m rtype.Value) []entry {
	n := m.Len()
	if n == 0 {
		return nil
	}
	entries := make([]entry, 0, n)
	var it rtype.MapIter
	for it.Start(m); !it.Done(); it.Next() {
		k, e := it.Entry(m)
		entries = append(entries, entry{k, e})
	}
	if len(entries) > 1 {
		mergeSort(entries, make([]entry, len(entries)))
	}
	return entries
}

// mergeSort sorts a by key, using scratch of the same length.
func mergeSort(a, scratch []entry) {
	if len(a) <= 8 {
		for i := 1; i < len(a); i++ {
			for j := i; j > 0 && compareKeys(a[j].key, a[j-1].key) < 0; j-- {
				a[j], a[j-1] = a[j-1], a[j]
			}
		}
		return
	}
	half := len(a) / 2
	mergeSort(a[:half], scratch[:half])
	mergeSort(a[half:], scratch[half:])
	left := scratch[:copy(scratch, a[:half])]
	i, j := 0, half
	for k := 0; i < len(left); k++ {
		if j < len(a) && compareKeys(a[j].key, left[i].key) < 0 {
			a[k] = a[j]
			j++
		} else {
			a[k] = left[i]
			i++
		}
	}
}

func order(less, greater bool) int {
	if less {
		return -1
	}
	if greater {
		return 1
	}
	return 0
}

// compareFloats puts NaN before the numbers.
func compareFloats(x, y float64) int {
	return order(x < y || x != x && y == y, x > y || x == x && y != y)
}

// compareKeys orders two values of one type: numbers and strings as < does, false before true, structs and
// arrays part by part, pointers and channels by address, interfaces nil first, then by type, then by value. Go
// leaves the order of types open; here it is that of their names.
func compareKeys(a, b rtype.Value) int {
	switch a.Kind() {
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		x, y := a.Int(), b.Int()
		return order(x < y, x > y)
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		x, y := a.Uint(), b.Uint()
		return order(x < y, x > y)
	case rtype.String:
		x, y := a.String(), b.String()
		return order(x < y, x > y)
	case rtype.Float32, rtype.Float64:
		return compareFloats(a.Float(), b.Float())
	case rtype.Complex64, rtype.Complex128:
		x, y := a.Complex(), b.Complex()
		if c := compareFloats(real(x), real(y)); c != 0 {
			return c
		}
		return compareFloats(imag(x), imag(y))
	case rtype.Bool:
		x, y := a.Bool(), b.Bool()
		return order(!x && y, x && !y)
	case rtype.Pointer, rtype.Chan, rtype.UnsafePointer:
		x, y := uintptr(a.Word()), uintptr(b.Word())
		return order(x < y, x > y)
	case rtype.Struct:
		for i, n := 0, a.Typ.NumField(); i < n; i++ {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case rtype.Array:
		for i, n := 0, a.Len(); i < n; i++ {
			if c := compareKeys(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case rtype.Interface:
		x, y := a.Elem(), b.Elem()
		if !x.IsValid() || !y.IsValid() {
			return order(!x.IsValid() && y.IsValid(), x.IsValid() && !y.IsValid())
		}
		if x.Typ != y.Typ {
			if s, t := x.Typ.String(), y.Typ.String(); s != t {
				return order(s < t, true)
			}
			return order(x.Typ.Address() < y.Typ.Address(), true)
		}
		return compareKeys(x, y)
	}
	return 0
}
