// SPDX-License-Identifier: BSD-3-Clause

// Package ring is a circular list. A ring has no beginning or end: any element's pointer stands for the ring; nil is the empty one.
package ring

// Ring is an element of a circular list; its zero value is a ring of one.
type Ring struct {
	next, prev *Ring // nil in a zero Ring

	Value any
}

// ready makes r, which may be zero, a ring of one, and returns it.
func (r *Ring) ready() *Ring {
	if r.next == nil {
		r.next, r.prev = r, r
	}
	return r
}

// New returns a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := new(Ring)
	last := first
	for i := 1; i < n; i++ {
		e := &Ring{prev: last}
		last.next = e
		last = e
	}
	last.next = first
	first.prev = last
	return first
}

// Next returns the element after r, which must not be nil.
func (r *Ring) Next() *Ring { return r.ready().next }

// Prev returns the element before r, which must not be nil.
func (r *Ring) Prev() *Ring { return r.ready().prev }

// Move returns the element n steps after r (before it, if n is negative).
func (r *Ring) Move(n int) *Ring {
	r.ready()
	for ; n > 0; n-- {
		r = r.next
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	return r
}

// Link makes s the element after r, and returns what was there. Of two rings it makes one, s's elements between r and the result;
// of one it cuts off what was between r and s.
func (r *Ring) Link(s *Ring) *Ring {
	after := r.Next()
	if s != nil {
		last := s.Prev()
		r.next, s.prev = s, r
		after.prev, last.next = last, after
	}
	return after
}

// Unlink takes n elements after r (modulo the ring's length) out of the ring, and returns them as a ring.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len returns the number of elements, which it counts.
func (r *Ring) Len() int {
	n := 0
	if r != nil {
		n = 1
		for p := r.Next(); p != r; p = p.next {
			n++
		}
	}
	return n
}

// Do calls f with the value of each element, from r on.
func (r *Ring) Do(f func(any)) {
	if r != nil {
		f(r.Value)
		for p := r.Next(); p != r; p = p.next {
			f(p.Value)
		}
	}
}
