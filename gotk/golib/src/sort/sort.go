// SPDX-License-Identifier: BSD-3-Clause

// Package sort sorts and searches by an interface or a function; package slices does it for typed slices.
package sort

import (
	"math/bits"
	"slices"
)

// Interface is what can be sorted: Less must be a strict weak order.
type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

const insertionMax = 12

// Sort sorts data; equal elements may change places. The algorithm is that of package slices.
func Sort(data Interface) {
	n := data.Len()
	quick(data, 0, n, 2*bits.Len(uint(n)))
}

func insertion(data Interface, a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

// tryInsertion sorts [a, b) if that takes few swaps, and reports whether it did.
func tryInsertion(data Interface, a, b int) bool {
	swaps := 0
	for i := a + 1; i < b; i++ {
		for j := i; j > a && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
			swaps++
		}
		if swaps > 8 {
			return false
		}
	}
	return true
}

func siftDown(data Interface, first, at, n int) {
	for {
		child := 2*at + 1
		if child >= n {
			return
		}
		if child+1 < n && data.Less(first+child, first+child+1) {
			child++
		}
		if !data.Less(first+at, first+child) {
			return
		}
		data.Swap(first+at, first+child)
		at = child
	}
}

func heap(data Interface, a, b int) {
	n := b - a
	for i := n/2 - 1; i >= 0; i-- {
		siftDown(data, a, i, n)
	}
	for i := n - 1; i > 0; i-- {
		data.Swap(a, a+i)
		siftDown(data, a, 0, i)
	}
}

// median returns which of three elements is the median.
func median(data Interface, a, b, c int) int {
	if data.Less(b, a) {
		a, b = b, a
	}
	if data.Less(c, b) {
		b = c
		if data.Less(b, a) {
			b = a
		}
	}
	return b
}

func quick(data Interface, a, b, limit int) {
	for b-a > insertionMax {
		if limit == 0 {
			heap(data, a, b)
			return
		}
		limit--
		n := b - a
		m := a + n/2
		if n > 50 {
			s := n / 8
			if !data.Less(a+s, a) && !data.Less(m-s, a+s) && !data.Less(m, m-s) && !data.Less(m+s, m) && !data.Less(b-1-s, m+s) && !data.Less(b-1, b-1-s) &&
				tryInsertion(data, a, b) {
				return
			}
			m = median(data, median(data, a+1, a+s, a+2*s), median(data, m-s, m, m+s),
				median(data, b-2-2*s, b-2-s, b-2))
		} else {
			m = median(data, a+1, m, b-2)
		}
		data.Swap(a, m) // the pivot stays at a during the partition
		i, j := a+1, b-1
		swaps := 0
		for {
			for i <= j && data.Less(i, a) {
				i++
			}
			for i <= j && data.Less(a, j) {
				j--
			}
			if i >= j {
				break
			}
			data.Swap(i, j)
			swaps++
			i++
			j--
		}
		data.Swap(a, j)
		if swaps == 0 && tryInsertion(data, a, j) && tryInsertion(data, j+1, b) {
			return
		}
		if j-a < b-j-1 {
			quick(data, a, j, limit)
			a = j + 1
		} else {
			quick(data, j+1, b, limit)
			b = j
		}
	}
	insertion(data, a, b)
}

// Stable sorts data; equal elements stay in their order.
//
// Insertion sort of blocks, then merges in place: P.-S. Kim, A. Kutzner, "Stable minimum storage merging by
// symmetric comparisons" (2004).
func Stable(data Interface) {
	n := data.Len()
	block := 20
	a := 0
	for ; a+block <= n; a += block {
		insertion(data, a, a+block)
	}
	insertion(data, a, n)
	for ; block < n; block *= 2 {
		a = 0
		for ; a+2*block <= n; a += 2 * block {
			symMerge(data, a, a+block, a+2*block)
		}
		if a+block < n {
			symMerge(data, a, a+block, n)
		}
	}
}

// symMerge merges the sorted [a, m) and [m, b).
func symMerge(data Interface, a, m, b int) {
	if m-a == 1 { // put data[a] before the first element of the right part that is not less
		i, j := m, b
		for i < j {
			h := int(uint(i+j) >> 1)
			if data.Less(h, a) {
				i = h + 1
			} else {
				j = h
			}
		}
		for k := a; k < i-1; k++ {
			data.Swap(k, k+1)
		}
		return
	}
	if b-m == 1 { // put data[m] after the last element of the left part that is not greater
		i, j := a, m
		for i < j {
			h := int(uint(i+j) >> 1)
			if !data.Less(m, h) {
				i = h + 1
			} else {
				j = h
			}
		}
		for k := m; k > i; k-- {
			data.Swap(k, k-1)
		}
		return
	}
	mid := int(uint(a+b) >> 1)
	n := mid + m
	start, r := a, m
	if m > mid {
		start, r = n-b, mid
	}
	// Compare elements that lie symmetrically around the middle: those that must change sides form one block.
	for p := n - 1; start < r; {
		c := int(uint(start+r) >> 1)
		if !data.Less(p-c, c) {
			start = c + 1
		} else {
			r = c
		}
	}
	end := n - start
	if start < m && m < end {
		rotate(data, start, m, end)
	}
	if a < start && start < mid {
		symMerge(data, a, start, mid)
	}
	if mid < end && end < b {
		symMerge(data, mid, end, b)
	}
}

func swapRange(data Interface, a, b, n int) {
	for i := 0; i < n; i++ {
		data.Swap(a+i, b+i)
	}
}

// rotate exchanges the neighbours [a, m) and [m, b).
func rotate(data Interface, a, m, b int) {
	i, j := m-a, b-m
	for i != j {
		if i > j {
			swapRange(data, m-i, m, j)
			i -= j
		} else {
			swapRange(data, m-i, m+j-i, i)
			j -= i
		}
	}
	swapRange(data, m-i, m, i)
}

// IsSorted reports whether data is sorted.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverse struct {
	Interface
}

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse returns data in the opposite order.
func Reverse(data Interface) Interface { return &reverse{data} }

// IntSlice is a slice of int as an Interface.
type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is Sort(x).
func (x IntSlice) Sort() { Sort(x) }

// Search is SearchInts(x, v).
func (x IntSlice) Search(v int) int { return SearchInts(x, v) }

// Float64Slice is a slice of float64 as an Interface; NaN come first.
type Float64Slice []float64

func (x Float64Slice) Len() int           { return len(x) }
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is Sort(x).
func (x Float64Slice) Sort() { Sort(x) }

// Search is SearchFloat64s(x, v).
func (x Float64Slice) Search(v float64) int { return SearchFloat64s(x, v) }

// StringSlice is a slice of string as an Interface.
type StringSlice []string

func (x StringSlice) Len() int           { return len(x) }
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is Sort(x).
func (x StringSlice) Sort() { Sort(x) }

// Search is SearchStrings(x, v).
func (x StringSlice) Search(v string) int { return SearchStrings(x, v) }

// Ints sorts x.
func Ints(x []int) { slices.Sort(x) }

// Float64s sorts x, NaN first.
func Float64s(x []float64) { slices.Sort(x) }

// Strings sorts x.
func Strings(x []string) { slices.Sort(x) }

// IntsAreSorted reports whether x is sorted.
func IntsAreSorted(x []int) bool { return slices.IsSorted(x) }

// Float64sAreSorted reports whether x is sorted, NaN first.
func Float64sAreSorted(x []float64) bool { return slices.IsSorted(x) }

// StringsAreSorted reports whether x is sorted.
func StringsAreSorted(x []string) bool { return slices.IsSorted(x) }
