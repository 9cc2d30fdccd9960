// SPDX-License-Identifier: BSD-3-Clause

// Package cmp compares ordered values.
package cmp

// Ordered is any type that the operators < <= >= > order.
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr |
		~float32 | ~float64 |
		~string
}

// Less reports whether x < y, a NaN being less than any number.
func Less[T Ordered](x, y T) bool {
	return x != x && y == y || x < y
}

// Compare returns -1, 0 or +1 as x is less than, equal to or greater than y. NaN equals NaN and
// is less than any number.
func Compare[T Ordered](x, y T) int {
	if x < y {
		return -1
	}
	if x > y {
		return +1
	}
	if x == y {
		return 0
	}
	// At least one is NaN.
	if x == x {
		return +1
	}
	if y == y {
		return -1
	}
	return 0
}

// Or returns the first argument that is not zero, or zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
