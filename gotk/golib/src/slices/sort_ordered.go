// SPDX-License-Identifier: BSD-3-Clause

// The algorithms of sort.go for types with the operator <, which is much faster than a call. The two must stay alike, but for
// numbers, which are partitioned without branches here.
// There are no NaNs: Sort has put them aside.
package slices

import (
	"cmp"
	"unsafe"
)

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

// partitionNumbers moves what is less than pivot to the front of x and returns how many those are, and how many are the
// same as pivot. It has no branch that depends on the values: half of such branches would be mispredicted, which costs
// more than moving each number.
func partitionNumbers[E cmp.Ordered](x []E, pivot E) (less, same int) {
	for i, v := range x {
		x[i] = x[less]
		x[less] = v
		if v < pivot {
			less++
		}
		if v == pivot {
			same++
		}
	}
	return less, same
}

// skipSame moves what is the same as pivot to the front of x and returns the rest.
func skipSame[E cmp.Ordered](x []E, pivot E) []E {
	same := 0
	for i, v := range x {
		x[i] = x[same]
		x[same] = v
		if v == pivot {
			same++
		}
	}
	return x[same:]
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
		ordered := false // x looks sorted in large parts, in one direction or the other
		if n > 50 {
			s := n / 8
			ups, last := 0, 0
			for _, at := range [...]int{s, m - s, m, m + s, n - 1 - s, n - 1} {
				if x[last] <= x[at] {
					ups++
				}
				last = at
			}
			if ups == 0 {
				Reverse(x)
				ups = 6
			}
			if ups == 6 && tryInsertionOrdered(x) {
				return
			}
			ordered = ups <= 1 || ups >= 5
			m = medianOrdered(x, medianOrdered(x, 1, s, 2*s), medianOrdered(x, m-s, m, m+s),
				medianOrdered(x, n-2-2*s, n-2-s, n-2))
		} else {
			m = medianOrdered(x, 1, m, n-2)
		}
		x[0], x[m] = x[m], x[0]
		pivot := x[0]
		if unsafe.Sizeof(pivot) <= 8 && !ordered {
			less, same := partitionNumbers(x[1:], pivot)
			x[0], x[less] = x[less], x[0]
			left, right := x[:less], x[less+1:]
			if same > len(right)/8 {
				right = skipSame(right, pivot)
			}
			if len(left) > len(right) {
				left, right = right, left
			}
			quickOrdered(left, limit)
			x = right
			continue
		}
		// Hoare's partition around the pivot, kept at x[0]; both scans stop at equal elements, which
		// splits runs of them evenly.
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
