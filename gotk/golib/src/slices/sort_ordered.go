// SPDX-License-Identifier: BSD-3-Clause

// The algorithms of sort.go for types with the operator <, which is much faster than a call. The two must stay alike.
// There are no NaNs: Sort has put them aside.
package slices

import "cmp"

func insertionOrdered[E cmp.Ordered](x []E) {
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && v < x[j-1]; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

// tryInsertionOrdered sorts x if that takes few moves, and reports whether it did.
func tryInsertionOrdered[E cmp.Ordered](x []E) bool {
	moves := 0
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && v < x[j-1]; j-- {
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

func siftDownOrdered[E cmp.Ordered](x []E, at int) {
	for {
		child := 2*at + 1
		if child >= len(x) {
			return
		}
		if child+1 < len(x) && x[child] < x[child+1] {
			child++
		}
		if x[at] >= x[child] {
			return
		}
		x[at], x[child] = x[child], x[at]
		at = child
	}
}

func heapOrdered[E cmp.Ordered](x []E) {
	for i := len(x)/2 - 1; i >= 0; i-- {
		siftDownOrdered(x, i)
	}
	for i := len(x) - 1; i > 0; i-- {
		x[0], x[i] = x[i], x[0]
		siftDownOrdered(x[:i], 0)
	}
}

// medianOrdered returns the index of the median of three.
func medianOrdered[E cmp.Ordered](x []E, a, b, c int) int {
	if x[b] < x[a] {
		a, b = b, a
	}
	if x[c] < x[b] {
		b = c
		if x[b] < x[a] {
			b = a
		}
	}
	return b
}

func quickOrdered[E cmp.Ordered](x []E, limit int) {
	for len(x) > insertionMax {
		if limit == 0 {
			heapOrdered(x)
			return
		}
		limit--
		n := len(x)
		m := n / 2
		if n > 50 {
			s := n / 8
			if x[0] <= x[s] && x[s] <= x[m-s] && x[m-s] <= x[m] && x[m] <= x[m+s] && x[m+s] <= x[n-1-s] && x[n-1-s] <= x[n-1] && tryInsertionOrdered(x) {
				return
			}
			m = medianOrdered(x, medianOrdered(x, 1, s, 2*s), medianOrdered(x, m-s, m, m+s),
				medianOrdered(x, n-2-2*s, n-2-s, n-2))
		} else {
			m = medianOrdered(x, 1, m, n-2)
		}
		// Hoare's partition around the pivot, kept at x[0]; both scans stop at equal elements, which
		// splits runs of them evenly.
		x[0], x[m] = x[m], x[0]
		pivot := x[0]
		i, j := 1, n-1
		swaps := 0
		for {
			for i <= j && x[i] < pivot {
				i++
			}
			for i <= j && pivot < x[j] {
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
		if swaps == 0 && tryInsertionOrdered(x[:j]) && tryInsertionOrdered(x[j+1:]) {
			return
		}
		// Recurse into the shorter part.
		if j < n-j-1 {
			quickOrdered(x[:j], limit)
			x = x[j+1:]
		} else {
			quickOrdered(x[j+1:], limit)
			x = x[:j]
		}
	}
	insertionOrdered(x)
}
