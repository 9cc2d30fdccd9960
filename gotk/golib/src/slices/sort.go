// SPDX-License-Identifier: BSD-3-Clause

// Sorting and searching.
//
// Sort is quicksort on a median of three or nine, insertion sort for short parts, heapsort when the pivots turn
// out badly (D. Musser, "Introspective sorting and selection algorithms", 1997); a part whose
// samples are in order, or in which the partition found nothing to swap, is tried by insertion first, so sorted input takes linear time.
// The order of equal elements is not Go's, which leaves it open.
package slices

import (
	"cmp"
	"math/bits"
)

const insertionMax = 12 // measured: longer parts are faster by quicksort

// Sort sorts x in ascending order, NaN first.
func Sort[S ~[]E, E cmp.Ordered](x S) {
	numbers := 0 // NaNs stand before it
	for i, v := range x {
		if v != v {
			x[i], x[numbers] = x[numbers], v
			numbers++
		}
	}
	rest := []E(x[numbers:])
	quickOrdered(rest, 2*bits.Len(uint(len(rest))))
}

// SortFunc sorts x in the order of cmp; equal elements may change places.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	quickFunc([]E(x), 2*bits.Len(uint(len(x))), cmp)
}

// SortStableFunc sorts x in the order of cmp; equal elements stay in their order.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	if len(x) <= insertionMax {
		insertionFunc([]E(x), cmp)
		return
	}
	mergeFunc([]E(x), make([]E, len(x)/2), cmp)
}

// IsSorted reports whether x is in ascending order.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp.Less(x[i], x[i-1]) {
			return false
		}
	}
	return true
}

// IsSortedFunc reports whether x is in the order of cmp.
func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

// Min returns the least element, NaN if there is one; it panics if x is empty.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = min(m, x[i])
	}
	return m
}

// MinFunc returns the first least element by cmp; it panics if x is empty.
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) < 0 {
			m = x[i]
		}
	}
	return m
}

// Max returns the greatest element, NaN if there is one; it panics if x is empty.
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = max(m, x[i])
	}
	return m
}

// MaxFunc returns the first greatest element by cmp; it panics if x is empty.
func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) > 0 {
			m = x[i]
		}
	}
	return m
}

// BinarySearch returns the first place in the ascending x where target could stand, and whether it is there.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	i, j := 0, len(x)
	for i < j {
		h := int(uint(i+j) >> 1)
		if cmp.Less(x[h], target) {
			i = h + 1
		} else {
			j = h
		}
	}
	return i, i < len(x) && (x[i] == target || x[i] != x[i] && target != target)
}

// BinarySearchFunc is BinarySearch by cmp(element, target).
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	i, j := 0, len(x)
	for i < j {
		h := int(uint(i+j) >> 1)
		if cmp(x[h], target) < 0 {
			i = h + 1
		} else {
			j = h
		}
	}
	return i, i < len(x) && cmp(x[i], target) == 0
}

// mergeFunc is a stable merge sort; scratch has at least half of x's length.
func mergeFunc[E any](x, scratch []E, cmp func(a, b E) int) {
	if len(x) <= insertionMax {
		insertionFunc(x, cmp)
		return
	}
	half := len(x) / 2
	mergeFunc(x[:half], scratch, cmp)
	mergeFunc(x[half:], scratch, cmp)
	if cmp(x[half], x[half-1]) >= 0 {
		return
	}
	left := scratch[:copy(scratch, x[:half])]
	i, j := 0, half
	for k := 0; i < len(left); k++ {
		if j < len(x) && cmp(x[j], left[i]) < 0 {
			x[k] = x[j]
			j++
		} else {
			x[k] = left[i]
			i++
		}
	}
}

func insertionFunc[E any](x []E, cmp func(a, b E) int) {
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && cmp(v, x[j-1]) < 0; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

// tryInsertionFunc sorts x if that takes few moves, and reports whether it did.
func tryInsertionFunc[E any](x []E, cmp func(a, b E) int) bool {
	moves := 0
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && cmp(v, x[j-1]) < 0; j-- {
			x[j] = x[j-1]
			moves++
		}
		x[j] = v
		if moves > 8 {
			return false
		}
	}
	return true
}

func siftDownFunc[E any](x []E, at int, cmp func(a, b E) int) {
	for {
		child := 2*at + 1
		if child >= len(x) {
			return
		}
		if child+1 < len(x) && cmp(x[child], x[child+1]) < 0 {
			child++
		}
		if cmp(x[at], x[child]) >= 0 {
			return
		}
		x[at], x[child] = x[child], x[at]
		at = child
	}
}

func heapFunc[E any](x []E, cmp func(a, b E) int) {
	for i := len(x)/2 - 1; i >= 0; i-- {
		siftDownFunc(x, i, cmp)
	}
	for i := len(x) - 1; i > 0; i-- {
		x[0], x[i] = x[i], x[0]
		siftDownFunc(x[:i], 0, cmp)
	}
}

// medianFunc returns the index of the median of three.
func medianFunc[E any](x []E, a, b, c int, cmp func(a, b E) int) int {
	if cmp(x[b], x[a]) < 0 {
		a, b = b, a
	}
	if cmp(x[c], x[b]) < 0 {
		b = c
		if cmp(x[b], x[a]) < 0 {
			b = a
		}
	}
	return b
}

func quickFunc[E any](x []E, limit int, cmp func(a, b E) int) {
	for len(x) > insertionMax {
		if limit == 0 {
			heapFunc(x, cmp)
			return
		}
		limit--
		n := len(x)
		m := n / 2
		if n > 50 {
			s := n / 8
			if cmp(x[s], x[0]) >= 0 && cmp(x[m-s], x[s]) >= 0 && cmp(x[m], x[m-s]) >= 0 && cmp(x[m+s], x[m]) >= 0 && cmp(x[n-1-s], x[m+s]) >= 0 && cmp(x[n-1], x[n-1-s]) >= 0 &&
				tryInsertionFunc(x, cmp) {
				return
			}
			m = medianFunc(x, medianFunc(x, 1, s, 2*s, cmp), medianFunc(x, m-s, m, m+s, cmp),
				medianFunc(x, n-2-2*s, n-2-s, n-2, cmp), cmp)
		} else {
			m = medianFunc(x, 1, m, n-2, cmp)
		}
		// Hoare's partition around the pivot, kept at x[0]; both scans stop at equal elements, which
		// splits runs of them evenly.
		x[0], x[m] = x[m], x[0]
		pivot := x[0]
		i, j := 1, n-1
		swaps := 0
		for {
			for i <= j && cmp(x[i], pivot) < 0 {
				i++
			}
			for i <= j && cmp(pivot, x[j]) < 0 {
				j--
			}
			if i >= j {
				break
			}
			x[i], x[j] = x[j], x[i]
			swaps++
			i++
			j--
		}
		x[0], x[j] = x[j], x[0]
		if swaps == 0 && tryInsertionFunc(x[:j], cmp) && tryInsertionFunc(x[j+1:], cmp) {
			return
		}
		// Recurse into the shorter part.
		if j < n-j-1 {
			quickFunc(x[:j], limit, cmp)
			x = x[j+1:]
		} else {
			quickFunc(x[j+1:], limit, cmp)
			x = x[:j]
		}
	}
	insertionFunc(x, cmp)
}
