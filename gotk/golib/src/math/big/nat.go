// SPDX-License-Identifier: BSD-3-Clause

// Package big has integers and rational numbers of any size.
//
// nat.go to natconv.go work on magnitudes, vectors of words with the lowest first and no zero on top; their inner loops are natives
// (native/src/bigint.c). As in the methods of Int, the receiver z lends its memory to the result, and may be an operand.
package big

import (
	"math/bits"
	"slices"
	"unsafe"
)

// Word is a digit of a number's magnitude.
type Word uint

const wordBits = bits.UintSize

// nat is a magnitude; 0 is empty.
type nat []Word

//gotk:native big_addvv
func addVV(z, x, y *Word, n int) Word

//gotk:native big_subvv
func subVV(z, x, y *Word, n int) Word

//gotk:native big_mulvw
func mulVW(z, x *Word, n int, y, carry Word) Word

//gotk:native big_addmulvw
func addMulVW(z, x *Word, n int, y Word) Word

//gotk:native big_divvw
func divVW(z, x *Word, n int, y Word) Word

//gotk:native big_divstep
func divStep(u, v *Word, n int) Word

func (x nat) p() *Word { return unsafe.SliceData(x) }

// room returns n words, in z's memory if they fit. They may hold anything.
func (z nat) room(n int) nat {
	if n <= cap(z) {
		return z[:n]
	}
	return make(nat, n, n+4) // a little more: numbers grow
}

func (z nat) norm() nat {
	n := len(z)
	for n > 0 && z[n-1] == 0 {
		n--
	}
	return z[:n]
}

func (z nat) set(x nat) nat {
	z = z.room(len(x))
	copy(z, x)
	return z
}

func (z nat) setWord(x Word) nat {
	if x == 0 {
		return z[:0]
	}
	z = z.room(1)
	z[0] = x
	return z
}

// shares reports whether the vectors may have memory in common: vectors that do end at the same place.
func shares(x, y nat) bool {
	return cap(x) > 0 && cap(y) > 0 && &x[:cap(x)][cap(x)-1] == &y[:cap(y)][cap(y)-1]
}

func (x nat) cmp(y nat) int {
	if len(x) != len(y) {
		if len(x) < len(y) {
			return -1
		}
		return 1
	}
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// carryInto adds a carry to the vector and returns what is left of it.
func (z nat) carryInto(c Word) Word {
	for i := 0; c != 0 && i < len(z); i++ {
		z[i] += c
		if z[i] >= c {
			return 0
		}
		c = 1
	}
	return c
}

// borrowFrom subtracts a borrow from the vector and returns what is left of it.
func (z nat) borrowFrom(c Word) Word {
	for i := 0; c != 0 && i < len(z); i++ {
		before := z[i]
		z[i] -= c
		if before >= c {
			return 0
		}
		c = 1
	}
	return c
}

func (z nat) add(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n, m := len(x), len(y)
	if n == 1 && m == 1 {
		sum, carry := bits.Add(uint(x[0]), uint(y[0]), 0)
		if carry == 0 {
			return z.setWord(Word(sum))
		}
		z = z.room(2)
		z[0], z[1] = Word(sum), 1
		return z
	}
	z = z.room(n + 1)
	c := addVV(z.p(), x.p(), y.p(), m)
	copy(z[m:], x[m:])
	z[n] = 0
	z[m:].carryInto(c)
	return z.norm()
}

// sub returns x - y, x >= y.
func (z nat) sub(x, y nat) nat {
	n, m := len(x), len(y)
	z = z.room(n)
	c := subVV(z.p(), x.p(), y.p(), m)
	copy(z[m:], x[m:])
	if z[m:].borrowFrom(c) != 0 {
		panic("math/big: underflow")
	}
	return z.norm()
}

// mulWord returns x*y + c.
func (z nat) mulWord(x nat, y, c Word) nat {
	n := len(x)
	if n == 1 {
		hi, lo := bits.Mul(uint(x[0]), uint(y))
		lo, carry := bits.Add(lo, uint(c), 0)
		z = z.room(2)
		z[0], z[1] = Word(lo), Word(hi+carry)
		return z.norm()
	}
	z = z.room(n + 1)
	z[n] = mulVW(z.p(), x.p(), n, y, c)
	return z.norm()
}

func (z nat) shl(x nat, s uint) nat {
	if len(x) == 0 {
		return z[:0]
	}
	words, s := int(s/wordBits), s%wordBits
	n := len(x)
	z = z.room(n + words + 1)
	if s == 0 {
		copy(z[words:], x)
		z[n+words] = 0
	} else {
		z[n+words] = x[n-1] >> (wordBits - s)
		for i := n - 1; i > 0; i-- {
			z[i+words] = x[i]<<s | x[i-1]>>(wordBits-s)
		}
		z[words] = x[0] << s
	}
	clear(z[:words])
	return z.norm()
}

func (z nat) shr(x nat, s uint) nat {
	words, s := int(s/wordBits), s%wordBits
	n := len(x) - words
	if n <= 0 {
		return z[:0]
	}
	z = z.room(n)
	if s == 0 {
		copy(z, x[words:])
	} else {
		for i := range n - 1 {
			z[i] = x[i+words]>>s | x[i+words+1]<<(wordBits-s)
		}
		z[n-1] = x[n-1+words] >> s
	}
	return z.norm()
}

func (x nat) bitLen() int {
	if len(x) == 0 {
		return 0
	}
	return (len(x)-1)*wordBits + bits.Len(uint(x[len(x)-1]))
}

func (x nat) trailingZeros() uint {
	for i, w := range x {
		if w != 0 {
			return uint(i*wordBits + bits.TrailingZeros(uint(w)))
		}
	}
	return 0
}

func (x nat) bit(i uint) uint {
	if j := i / wordBits; j < uint(len(x)) {
		return uint(x[j] >> (i % wordBits) & 1)
	}
	return 0
}

func (z nat) setBit(x nat, i, b uint) nat {
	j, m := int(i/wordBits), Word(1)<<(i%wordBits)
	n := len(x)
	if b == 0 {
		z = z.set(x)
		if j < n {
			z[j] &^= m
		}
		return z.norm()
	}
	if j < n {
		z = z.set(x)
	} else {
		z = z.room(j + 1)
		copy(z, x)
		clear(z[n:])
	}
	z[j] |= m
	return z
}

// sticky reports whether one of the lowest i bits is set.
func (x nat) sticky(i uint) bool { return len(x) > 0 && x.trailingZeros() < i }

func (z nat) and(x, y nat) nat {
	n := min(len(x), len(y))
	z = z.room(n)
	for i := range n {
		z[i] = x[i] & y[i]
	}
	return z.norm()
}

func (z nat) andNot(x, y nat) nat {
	n := min(len(x), len(y))
	z = z.room(len(x))
	for i := range n {
		z[i] = x[i] &^ y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

func (z nat) or(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	z = z.room(len(x))
	for i := range y {
		z[i] = x[i] | y[i]
	}
	copy(z[len(y):], x[len(y):])
	return z
}

func (z nat) xor(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	z = z.room(len(x))
	for i := range y {
		z[i] = x[i] ^ y[i]
	}
	copy(z[len(y):], x[len(y):])
	return z.norm()
}

// ---- multiplication: school's method, and A. Karatsuba's for long numbers

// karatsubaMin is from how many words on three multiplications of halves are faster than one; measured.
const karatsubaMin = 40

func (z nat) mul(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n, m := len(x), len(y)
	switch m {
	case 0:
		return z[:0]
	case 1:
		return z.mulWord(x, y[0], 0)
	}
	if shares(z, x) || shares(z, y) {
		z = nil
	}
	z = z.room(n + m)
	if m < karatsubaMin {
		mulSchool(z, x, y)
		return z.norm()
	}
	// Pieces of x as long as y.
	work := make(nat, scratch(m))
	mulEven(z[:2*m], x[:m], y, work)
	clear(z[2*m:])
	part := make(nat, 2*m)
	for i := m; i < n; i += m {
		piece := x[i:min(i+m, n)]
		p := part[:len(piece)+m]
		if len(piece) == m {
			mulEven(p, piece, y, work)
		} else {
			clear(p)
			copy(p, nat(nil).mul(y, piece.norm()))
		}
		c := addVV(z[i:].p(), z[i:].p(), p.p(), len(p))
		z[i+len(p):].carryInto(c)
	}
	return z.norm()
}

// mulSchool sets z, of len(x)+len(y) words, to x*y.
func mulSchool(z, x, y nat) {
	n := len(x)
	z[n] = mulVW(z.p(), x.p(), n, y[0], 0)
	for i, w := range y[1:] {
		z[n+i+1] = addMulVW(&z[i+1], &x[0], n, w)
	}
}

// scratch returns how many words mulEven and sqrEven want for n words: 4 (n/2 + 2) at each level.
func scratch(n int) int { return 4*n + 256 }

// mulEven sets z to x*y, which are of the same length, half of z's. With halves x1 B + x0 and y1 B + y0 the middle is
// (x1+x0)(y1+y0) - x1 y1 - x0 y0.
func mulEven(z, x, y, work nat) {
	n := len(x)
	if n < karatsubaMin {
		mulSchool(z, x, y)
		return
	}
	h := n / 2 // of the lower halves; the upper ones may be a word longer
	mulEven(z[:2*h], x[:h], y[:h], work)
	mulEven(z[2*h:], x[h:], y[h:], work)
	k := n - h + 1
	xs, ys, middle, work := work[:k], work[k:2*k], work[2*k:4*k], work[4*k:]
	sumHalves(xs, x, h)
	sumHalves(ys, y, h)
	mulEven(middle, xs, ys, work)
	addMiddle(z, middle, h)
}

// sumHalves sets s to the sum of v's halves, the lower of h words.
func sumHalves(s, v nat, h int) {
	c := addVV(s.p(), v[h:].p(), v[:h].p(), h)
	copy(s[h:], v[2*h:])
	s[len(s)-1] = 0
	s[h:].carryInto(c)
}

// addMiddle takes the outer products in z off the middle one, and adds it where it belongs.
func addMiddle(z, middle nat, h int) {
	c := subVV(middle.p(), middle.p(), z.p(), 2*h)
	middle[2*h:].borrowFrom(c)
	c = subVV(middle.p(), middle.p(), z[2*h:].p(), len(z)-2*h)
	middle[len(z)-2*h:].borrowFrom(c)
	m := middle.norm()
	c = addVV(z[h:].p(), z[h:].p(), m.p(), len(m))
	z[h+len(m):].carryInto(c)
}

// sqrMin is karatsubaMin for squares; measured.
const sqrMin = 60

// sqrEven sets z to x².
func sqrEven(z, x, work nat) {
	n := len(x)
	if n < sqrMin {
		sqrSchool(z, x)
		return
	}
	h := n / 2
	sqrEven(z[:2*h], x[:h], work)
	sqrEven(z[2*h:], x[h:], work)
	k := n - h + 1
	sum, middle, work := work[:k], work[2*k:4*k], work[4*k:]
	sumHalves(sum, x, h)
	sqrEven(middle, sum, work)
	addMiddle(z, middle, h)
}

// sqr returns x².
func (z nat) sqr(x nat) nat {
	n := len(x)
	switch n {
	case 0:
		return z[:0]
	case 1:
		return z.mulWord(x, x[0], 0)
	}
	if shares(z, x) {
		z = nil
	}
	z = z.room(2 * n)
	var work nat
	if n >= sqrMin {
		work = make(nat, scratch(n))
	}
	sqrEven(z, x, work)
	return z.norm()
}

// sqrSchool sets z to x²: the products of different words, once; then twice, and the squares.
func sqrSchool(z, x nat) {
	n := len(x)
	z[0], z[n] = 0, 0
	if n > 1 {
		z[n] = mulVW(&z[1], &x[1], n-1, x[0], 0)
	}
	for i := 1; i < n-1; i++ {
		z[n+i] = addMulVW(&z[2*i+1], &x[i+1], n-1-i, x[i])
	}
	z[2*n-1] = 0
	addVV(z.p(), z.p(), z.p(), 2*n)
	var c uint
	for i, w := range x {
		hi, lo := bits.Mul(uint(w), uint(w))
		var d uint
		d, c = bits.Add(uint(z[2*i]), lo, c)
		z[2*i] = Word(d)
		d, c = bits.Add(uint(z[2*i+1]), hi, c)
		z[2*i+1] = Word(d)
	}
}

// mulRange returns the product of all numbers from a to b.
func (z nat) mulRange(a, b uint64) nat {
	switch {
	case a == 0:
		return z[:0]
	case a > b:
		return z.setWord(1)
	case b-a < 8:
		z = z.setWord(Word(a))
		for a < b {
			a++
			z = z.mulWord(z, Word(a), 0)
		}
		return z
	}
	m := a + (b-a)/2
	return z.mul(nat(nil).mulRange(a, m), nat(nil).mulRange(m+1, b))
}

// ---- division

// divWord returns x / y and the remainder.
func (z nat) divWord(x nat, y Word) (q nat, r Word) {
	z = z.room(len(x))
	r = divVW(z.p(), x.p(), len(x), y)
	return z.norm(), r
}

// modWord returns the remainder of x / y.
func (x nat) modWord(y Word) Word {
	switch n := len(x); {
	case n == 0:
		return 0
	case n == 1:
		return x[0] % y
	case n <= 32:
		var q [32]Word
		return divVW(&q[0], x.p(), n, y)
	}
	_, r := nat(nil).divWord(x, y)
	return r
}

// recursiveMin is from how many words of the divisor on division by halves pays; measured.
const recursiveMin = 60

// div returns u / v and the remainder, in z2's memory. v must not be 0.
func (z nat) div(z2, u, v nat) (q, r nat) {
	if len(v) == 0 {
		panic("division by zero")
	}
	if u.cmp(v) < 0 {
		r = z2.set(u)
		return z[:0], r
	}
	if len(v) == 1 {
		if len(u) == 1 {
			a, b := u[0], v[0]
			return z.setWord(a / b), z2.setWord(a % b)
		}
		q, w := z.divWord(u, v[0])
		return q, z2.setWord(w)
	}
	n, m := len(v), len(u)-len(v)
	s := uint(bits.LeadingZeros(uint(v[n-1])))
	d := v
	if s > 0 || shares(z, v) || shares(z2, v) {
		d = nat(nil).shl(v, s)
	}
	rest := make(nat, len(u)+1)
	rest.shl(u, s) // all of rest
	z = z.room(m + 1)
	if n < recursiveMin {
		divSchool(z, rest, d)
	} else {
		divLong(z, rest, d)
	}
	return z.norm(), z2.shr(rest[:n].norm(), s)
}

// divSchool sets q to u / v, and u to the remainder; len(q) is len(u) - len(v).
func divSchool(q, u, v nat) {
	n := len(v)
	for j := len(u) - n - 1; j >= 0; j-- {
		q[j] = divStep(u[j:].p(), v.p(), n)
	}
}

// divLong is divSchool for long divisors, a piece of the quotient as long as the divisor at a time.
func divLong(q, u, v nat) {
	n := len(v)
	for j := len(u) - n; j > 0; {
		step := min(n, j)
		j -= step
		divPiece(q[j:j+step], u[j:j+n+step], v)
	}
}

// divPiece sets q, not longer than v, to u / v, and u to the remainder; u is as long as both, and its upper len(v) words are less than
// v (C. Burnikel, J. Ziegler, "Fast recursive division", 1998).
func divPiece(q, u, v nat) {
	n, k := len(v), len(q)
	if k < recursiveMin/2 {
		divSchool(q, u, v)
		return
	}
	if k == n { // two halves of the quotient
		h := k / 2
		divPiece(q[h:], u[h:], v)
		divPiece(q[:h], u[:n+h], v)
		return
	}
	// Divide by v's upper k words, then take off what its lower ones are worth. That quotient is at most two too large.
	low := n - k
	upper, vu := u[low:], v[low:]
	if slices.Equal(upper[k:], vu) { // it would be a word longer: the largest one, whose remainder is upper[:k] + vu
		for i := range q {
			q[i] = ^Word(0)
		}
		c := addVV(upper.p(), upper.p(), vu.p(), k)
		clear(upper[k:])
		upper[k] = c
	} else {
		divPiece(q, upper, vu)
	}
	p := nat(nil).mul(v[:low].norm(), q.norm())
	c := subVV(u.p(), u.p(), p.p(), len(p))
	for c = u[len(p):].borrowFrom(c); c != 0; {
		q.borrowFrom(1)
		back := addVV(u.p(), u.p(), v.p(), n)
		c -= u[n:].carryInto(back)
	}
}

// ---- powers, roots, common divisors

// pow returns x to the y.
func (z nat) pow(x nat, y uint) nat {
	r := nat(nil).setWord(1)
	var t nat
	for i := bits.Len(y) - 1; i >= 0; i-- {
		t = t.sqr(r)
		r, t = t, r
		if y>>i&1 != 0 {
			t = t.mul(r, x)
			r, t = t, r
		}
	}
	return z.set(r)
}

// sqrt returns the square root, rounded down: Newton's method from above.
func (z nat) sqrt(x nat) nat {
	if len(x) == 0 {
		return z[:0]
	}
	r := nat(nil).shl(nat{1}, uint(x.bitLen()+1)/2)
	for {
		q, _ := nat(nil).div(nil, x, r)
		next := q.add(q, r)
		next = next.shr(next, 1)
		if next.cmp(r) >= 0 {
			return z.set(r)
		}
		r = next
	}
}
