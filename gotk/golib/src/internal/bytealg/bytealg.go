// SPDX-License-Identifier: BSD-3-Clause

// Package bytealg has the searches that strings and bytes share. The natives are C's vectorised memory functions.
package bytealg

import "unsafe"

//gotk:native bytealg_indexbyte
func indexByte(p unsafe.Pointer, n int, c byte) int

//gotk:native bytealg_lastindexbyte
func lastIndexByte(p unsafe.Pointer, n int, c byte) int

//gotk:native bytealg_count
func count(p unsafe.Pointer, n int, c byte) int

//gotk:native bytealg_index
func index(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int

//gotk:native bytealg_indexfast
func indexFast(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int

//gotk:native bytealg_compare
func compare(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int

// IndexByte returns the index of the first c in s, or -1.
func IndexByte(s []byte, c byte) int {
	return indexByte(unsafe.Pointer(unsafe.SliceData(s)), len(s), c)
}

// IndexByteString is IndexByte for a string.
func IndexByteString(s string, c byte) int {
	return indexByte(unsafe.Pointer(unsafe.StringData(s)), len(s), c)
}

// LastIndexByte returns the index of the last c in s, or -1.
func LastIndexByte(s []byte, c byte) int {
	return lastIndexByte(unsafe.Pointer(unsafe.SliceData(s)), len(s), c)
}

// LastIndexByteString is LastIndexByte for a string.
func LastIndexByteString(s string, c byte) int {
	return lastIndexByte(unsafe.Pointer(unsafe.StringData(s)), len(s), c)
}

// Count returns the number of c in s.
func Count(s []byte, c byte) int { return count(unsafe.Pointer(unsafe.SliceData(s)), len(s), c) }

// CountString is Count for a string.
func CountString(s string, c byte) int {
	return count(unsafe.Pointer(unsafe.StringData(s)), len(s), c)
}

// IndexString returns the index of the first substr in s, or -1. It takes time linear in the lengths.
func IndexString(s, substr string) int {
	p, q := unsafe.Pointer(unsafe.StringData(s)), unsafe.Pointer(unsafe.StringData(substr))
	if len(substr) < 2 {
		return index(p, len(s), q, len(substr))
	}
	i := indexFast(p, len(s), q, len(substr))
	if i >= -1 {
		return i
	}
	start := -2 - i
	if i = index(unsafe.Add(p, start), len(s)-start, q, len(substr)); i >= 0 {
		i += start
	}
	return i
}

// Compare returns -1, 0 or +1 by lexical order of bytes.
func Compare(a, b []byte) int {
	return compare(unsafe.Pointer(unsafe.SliceData(a)), len(a), unsafe.Pointer(unsafe.SliceData(b)), len(b))
}

// CompareString is Compare for strings.
func CompareString(a, b string) int {
	return compare(unsafe.Pointer(unsafe.StringData(a)), len(a), unsafe.Pointer(unsafe.StringData(b)), len(b))
}

// String returns b's memory as a string; b must not change any more while the string is in use.
func String(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
