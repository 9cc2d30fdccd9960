// SPDX-License-Identifier: BSD-3-Clause

// Package heap keeps any sort.Interface that can push and pop as a binary min-heap: element i is not greater than
// elements 2i+1 and 2i+2.
//
// Which elements are compared and swapped, and in which order, is visible to the caller's methods (equal elements come out in
// an order that programs print), so it is that of Go's: sift down takes the right child only if it is less than the left one.
package heap

import "sort"

// Interface is a collection that heap functions arrange. Push and Pop work on its end; users call heap.Push and heap.Pop.
type Interface interface {
	sort.Interface
	Push(x any) // adds x as element Len()
	Pop() any   // removes and returns element Len()-1
}

// Init makes a heap of h's elements in any order, in time O(Len).
func Init(h Interface) {
	n := h.Len()
	for i := n/2 - 1; i >= 0; i-- {
		down(h, i, n)
	}
}

// Push adds x.
func Push(h Interface, x any) {
	h.Push(x)
	up(h, h.Len()-1)
}

// Pop removes and returns the least element.
func Pop(h Interface) any {
	last := h.Len() - 1
	h.Swap(0, last)
	down(h, 0, last)
	return h.Pop()
}

// Remove removes and returns element i.
func Remove(h Interface, i int) any {
	last := h.Len() - 1
	if i != last {
		h.Swap(i, last)
		if !down(h, i, last) {
			up(h, i)
		}
	}
	return h.Pop()
}

// Fix restores the heap after element i has changed.
func Fix(h Interface, i int) {
	if !down(h, i, h.Len()) {
		up(h, i)
	}
}

// up moves element i towards the root until its parent is not greater.
func up(h Interface, i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h.Less(i, parent) {
			return
		}
		h.Swap(parent, i)
		i = parent
	}
}

// down moves element start of the first n away from the root until no child is less, and reports whether it moved.
func down(h Interface, start, n int) bool {
	i := start
	for {
		child := 2*i + 1
		if child >= n || child < 0 { // < 0: overflow
			break
		}
		if right := child + 1; right < n && h.Less(right, child) {
			child = right
		}
		if !h.Less(child, i) {
			break
		}
		h.Swap(i, child)
		i = child
	}
	return i > start
}
