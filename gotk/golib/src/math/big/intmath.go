// SPDX-License-Identifier: BSD-3-Clause

// Powers, roots, divisors and primes.
package big

import (
	"fmt"
	"math/bits"
	"math/rand"
)

// Exp sets z to x to the y, modulo |m| if m is neither nil nor 0. Of a negative y it is 1 without m; with it, the power of the inverse, or nil if
// there is none.
func (z *Int) Exp(x, y, m *Int) *Int {
	if m == nil || len(m.abs) == 0 {
		if y.neg {
			return z.SetInt64(1)
		}
		return z.expPlain(x, y)
	}
	base := new(Int).Mod(x, new(Int).Abs(m))
	if y.neg {
		if base.ModInverse(base, m) == nil {
			return nil
		}
	}
	z.abs = z.abs.expMod(base.abs, y.abs, m.abs)
	z.neg = false
	return z
}

func (z *Int) expPlain(x, y *Int) *Int {
	neg := x.neg && y.Bit(0) == 1
	switch {
	case len(y.abs) == 0:
		return z.SetInt64(1)
	case len(x.abs) == 0:
		return z.SetInt64(0)
	case len(x.abs) == 1 && x.abs[0] == 1:
		z.abs = z.abs.setWord(1)
	case len(x.abs) == 1 && x.abs[0]&(x.abs[0]-1) == 0 && len(y.abs) == 1: // a power of two
		z.abs = z.abs.shl(one.abs, uint(bits.TrailingZeros(uint(x.abs[0])))*uint(y.abs[0]))
	default:
		z.abs = z.abs.pow(x.abs, uint(y.abs[0]))
	}
	z.neg = neg
	return z
}

// expMod returns x to the y modulo m, four bits of y at a time.
func (z nat) expMod(x, y, m nat) nat {
	if len(m) == 1 && m[0] == 1 {
		return z[:0]
	}
	if m[0]&1 == 1 && len(m) > 1 && len(y) > 0 {
		return z.set(montgomery(x, y, m))
	}
	var q, t nat
	times := func(r, a, b nat) nat {
		t = t.mul(a, b)
		q, r = q.div(r, t, m)
		return r
	}
	var powers [16]nat
	powers[0] = nat{1}
	for i := 1; i < len(powers); i++ {
		powers[i] = times(nil, powers[i-1], x)
	}
	r := nat{1}
	for i := (y.bitLen() + 3) / 4 * 4; i > 0; {
		i -= 4
		for range 4 {
			r = times(r, r, r)
		}
		if k := y[i/wordBits] >> (uint(i) % wordBits) & 15; k != 0 {
			r = times(r, r, powers[k])
		}
	}
	return z.set(r)
}

// montgomery is expMod for odd m: numbers are kept times R = 2**(64 len(m)), so that reduction takes off multiples of m from below
// (P. Montgomery, "Modular multiplication without trial division", 1985).
func montgomery(x, y, m nat) nat {
	n := len(m)
	inv := m[0] // of m modulo 2**64, by Newton's method: each step doubles the valid bits, from 3 on
	for range 5 {
		inv *= 2 - m[0]*inv
	}
	k0 := -inv
	work := make(nat, 2*n)
	times := func(z, a, b nat) { // z = a b / R mod m, all of n words
		clear(work)
		var carry uint
		for i := range n {
			c := addMulVW(&work[i], &a[0], n, b[i])
			d := addMulVW(&work[i], &m[0], n, work[i]*k0)
			s, over := bits.Add(uint(c), uint(d), 0)
			s, carry = bits.Add(s, carry, 0)
			carry += over
			work[n+i] = Word(s)
		}
		if carry != 0 || nat(work[n:2*n]).norm().cmp(m) >= 0 {
			subVV(z.p(), work[n:].p(), m.p(), n)
		} else {
			copy(z, work[n:2*n])
		}
	}
	full := func(v nat) nat {
		f := make(nat, n)
		copy(f, v)
		return f
	}
	_, rr := nat(nil).div(nil, nat(nil).shl(nat{1}, uint(2*n*wordBits)), m) // R² mod m
	r2 := full(rr)
	unit := full(nat{1})
	var powers [16]nat
	powers[0], powers[1] = make(nat, n), make(nat, n)
	times(powers[0], unit, r2)
	times(powers[1], full(x), r2)
	for i := 2; i < len(powers); i++ {
		powers[i] = make(nat, n)
		times(powers[i], powers[i-1], powers[1])
	}
	r := full(powers[0])
	for i := (y.bitLen() + 3) / 4 * 4; i > 0; {
		i -= 4
		for range 4 {
			times(r, r, r)
		}
		if k := y[i/wordBits] >> (uint(i) % wordBits) & 15; k != 0 {
			times(r, r, powers[k])
		}
	}
	times(r, r, unit)
	return r.norm()
}

// Sqrt sets z to the square root of x, rounded down. It panics if x is negative.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	z.neg = false
	z.abs = z.abs.sqrt(x.abs)
	return z
}

// GCD sets z to the greatest common divisor of a and b, and x and y, if they are not nil, so that z = a x + b y. GCD(0, 0) is 0, with
// x = y = 0.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	if len(a.abs) == 0 || len(b.abs) == 0 {
		la, lb, na, nb := len(a.abs), len(b.abs), a.neg, b.neg
		if la == 0 {
			z.Set(b)
		} else {
			z.Set(a)
		}
		z.neg = false
		sign := func(v *Int, used, neg bool) {
			if v == nil {
				return
			}
			v.SetInt64(0)
			if used {
				v.SetInt64(1)
				v.neg = neg
			}
		}
		sign(x, la != 0, na)
		sign(y, la == 0 && lb != 0, nb)
		return z
	}
	return z.lehmer(x, y, a, b)
}

// lehmer is Euclid's algorithm, many steps at a time found from the highest words (D. H. Lehmer, 1938; the test is G. E. Collins'). A >= B;
// ua is the factor of a in A, ub that in B.
func (z *Int) lehmer(x, y, a, b *Int) *Int {
	A, B := new(Int).Abs(a), new(Int).Abs(b)
	extended := x != nil || y != nil
	ua, ub := NewInt(1), new(Int)
	if A.abs.cmp(B.abs) < 0 {
		A, B = B, A
		ua, ub = ub, ua
	}
	var q, r, s, t, n, m Int
	for len(B.abs) > 1 {
		u0, u1, v0, v1, even := cosequence(A.abs, B.abs)
		if v0 == 0 { // the words say nothing: one step
			q.QuoRem(A, B, &r)
			*A, *B, r = *B, r, *A
			if extended {
				t.Mul(&q, ub)
				t.Sub(ua, &t)
				*ua, *ub, t = *ub, t, *ua
			}
			continue
		}
		combine := func(p, q *Int) { // p, q = u0 p + v0 q, u1 p + v1 q, with signs in turns
			s.abs = s.abs.setWord(u0)
			s.neg = !even && u0 != 0
			t.abs = t.abs.setWord(v0)
			t.neg = even && v0 != 0
			n.Mul(p, &s)
			m.Mul(q, &t)
			n.Add(&n, &m)
			s.abs = s.abs.setWord(u1)
			s.neg = even && u1 != 0
			t.abs = t.abs.setWord(v1)
			t.neg = !even && v1 != 0
			m.Mul(p, &s)
			p.Mul(q, &t)
			q.Add(&m, p)
			*p, n = n, *p
		}
		combine(A, B)
		if extended {
			combine(ua, ub)
		}
	}
	if !extended && len(A.abs) == 1 {
		a, b := A.abs[0], Word(0)
		if len(B.abs) == 1 {
			b = B.abs[0]
		}
		for b != 0 {
			a, b = b, a%b
		}
		z.neg = false
		z.abs = z.abs.setWord(a)
		return z
	}
	for len(B.abs) > 0 {
		q.QuoRem(A, B, &r)
		*A, *B, r = *B, r, *A
		if extended {
			t.Mul(&q, ub)
			t.Sub(ua, &t)
			*ua, *ub, t = *ub, t, *ua
		}
	}
	if extended {
		aneg := a.neg
		var other Int
		if y != nil { // (A - a ua) / b, with |a|
			other.Mul(new(Int).Abs(a), ua)
			other.Sub(A, &other)
			other.Quo(&other, new(Int).Abs(b))
			if b.neg {
				other.Neg(&other)
			}
		}
		if x != nil {
			x.Set(ua)
			if aneg {
				x.Neg(x)
			}
		}
		if y != nil {
			y.Set(&other)
		}
	}
	return z.Set(A)
}

// cosequence makes as many of Euclid's steps as the highest words of A and B, shifted to the top, allow. A becomes u0 A - v0 B, or its negative
// in turns (even), and B u1 A and v1 B.
func cosequence(A, B nat) (u0, u1, v0, v1 Word, even bool) {
	n, m := len(A), len(B)
	h := uint(bits.LeadingZeros(uint(A[n-1])))
	a1 := A[n-1]<<h | A[n-2]>>(wordBits-h)
	var a2 Word
	switch m {
	case n:
		a2 = B[n-1]<<h | B[n-2]>>(wordBits-h)
	case n - 1:
		a2 = B[n-2] >> (wordBits - h)
	}
	even = false
	u0, u1, u2 := Word(0), Word(1), Word(0)
	v0, v1, v2 := Word(0), Word(0), Word(1)
	for a2 >= v2 && a1-a2 >= v1+v2 {
		q, r := a1/a2, a1%a2
		a1, a2 = a2, r
		u0, u1, u2 = u1, u2, u1+q*u2
		v0, v1, v2 = v1, v2, v1+q*v2
		even = !even
	}
	return u0, u1, v0, v1, even
}

// ModInverse sets z to the inverse of g modulo |n|; nil if there is none.
func (z *Int) ModInverse(g, n *Int) *Int {
	m := new(Int).Abs(n)
	if len(m.abs) == 0 {
		return nil
	}
	r := new(Int).Mod(g, m)
	var d, x Int
	d.GCD(&x, nil, r, m)
	if d.Cmp(one) != 0 {
		return nil
	}
	if x.neg {
		x.Add(&x, m)
	}
	return z.Set(&x)
}

// Jacobi returns the Jacobi symbol (x/y), +1, -1 or 0. y must be odd.
func Jacobi(x, y *Int) int {
	if len(y.abs) == 0 || y.abs[0]&1 == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	var a, b, c Int
	a.Set(x)
	b.Set(y)
	j := 1
	if b.neg {
		if a.neg {
			j = -1
		}
		b.neg = false
	}
	for {
		if b.Cmp(one) == 0 {
			return j
		}
		if len(a.abs) == 0 {
			return 0
		}
		a.Mod(&a, &b)
		if len(a.abs) == 0 {
			return 0
		}
		s := a.abs.trailingZeros()
		if s&1 != 0 { // (2/b)
			if r := b.abs[0] & 7; r == 3 || r == 5 {
				j = -j
			}
		}
		c.Rsh(&a, s)
		if b.abs[0]&3 == 3 && c.abs[0]&3 == 3 { // reciprocity
			j = -j
		}
		a.Set(&b)
		b.Set(&c)
	}
}

// ModSqrt sets z to a square root of x modulo p, an odd prime; nil if there is none.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	x = new(Int).Mod(x, p)
	p = new(Int).Set(p)
	if p.abs[0]&3 == 3 {
		e := new(Int).Add(p, one)
		return z.Exp(x, e.Rsh(e, 2), p)
	}
	// Tonelli and Shanks: p - 1 = s 2**e.
	s := new(Int).Sub(p, one)
	e := s.abs.trailingZeros()
	s.Rsh(s, e)
	n := NewInt(2)
	for Jacobi(n, p) != -1 {
		n.Add(n, one)
	}
	var y, b, g, t Int
	y.Rsh(y.Add(s, one), 1)
	y.Exp(x, &y, p)
	b.Exp(x, s, p)
	g.Exp(n, s, p)
	for r := e; ; {
		m := uint(0)
		for t.Set(&b); t.Cmp(one) != 0; m++ {
			t.Mod(t.Mul(&t, &t), p)
		}
		if m == 0 {
			return z.Set(&y)
		}
		t.SetBit(t.SetInt64(0), int(r-m-1), 1)
		t.Exp(&g, &t, p)
		g.Mod(g.Mul(&t, &t), p)
		y.Mod(y.Mul(&y, &t), p)
		b.Mod(b.Mul(&b, &g), p)
		r = m
	}
}

// ProbablyPrime reports whether x is probably prime: n rounds of Miller and Rabin's test and one of Baillie, Pomerance, Selfridge and
// Wagstaff's, which makes no mistake below 2**64.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 {
		return false
	}
	w := x.abs[0]
	if len(x.abs) == 1 && w < 64 {
		const primes = 1<<2 | 1<<3 | 1<<5 | 1<<7 | 1<<11 | 1<<13 | 1<<17 | 1<<19 | 1<<23 | 1<<29 | 1<<31 | 1<<37 | 1<<41 | 1<<43 | 1<<47 | 1<<53 | 1<<59 | 1<<61
		return primes>>w&1 == 1
	}
	if w&1 == 0 {
		return false
	}
	const product = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43 * 47 * 53
	r := x.abs.modWord(product)
	for _, p := range [...]Word{3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53} {
		if r%p == 0 {
			return false
		}
	}
	return x.millerRabin(n) && x.lucas()
}

// millerRabin tests base 2 and n others.
func (x *Int) millerRabin(n int) bool {
	less := new(Int).Sub(x, one)
	k := less.abs.trailingZeros()
	q := new(Int).Rsh(less, k)
	limit := new(Int).Sub(less, NewInt(2))
	rnd := rand.New(rand.NewSource(int64(x.abs[0])))
	base := NewInt(2)
next:
	for i := range n + 1 {
		if i > 0 {
			base.Add(base.Rand(rnd, limit), NewInt(2))
		}
		y := new(Int).Exp(base, q, x)
		if y.Cmp(one) == 0 || y.Cmp(less) == 0 {
			continue
		}
		for j := uint(1); j < k; j++ {
			y.Mod(y.Mul(y, y), x)
			if y.Cmp(less) == 0 {
				continue next
			}
			if y.Cmp(one) == 0 {
				return false
			}
		}
		return false
	}
	return true
}

// lucas is the strong Lucas test with Selfridge's parameters: D is the first of 5, -7, 9, -11, … with (D/x) = -1; P = 1, Q = (1-D)/4.
func (x *Int) lucas() bool {
	D := int64(5)
	for i := 0; ; i++ {
		j := Jacobi(NewInt(D), x)
		if j == -1 {
			break
		}
		if j == 0 && new(Int).Abs(NewInt(D)).Cmp(x) != 0 {
			return false
		}
		if i == 20 { // of a square there is no such D
			if r := new(Int).Sqrt(x); r.Mul(r, r).Cmp(x) == 0 {
				return false
			}
		}
		if D > 0 {
			D = -D - 2
		} else {
			D = -D + 2
		}
	}
	d, q := NewInt(D), NewInt((1-D)/4)
	next := new(Int).Add(x, one)
	s := next.abs.trailingZeros()
	e := new(Int).Rsh(next, s)
	halve := func(v *Int) {
		if v.Bit(0) == 1 {
			v.Add(v, x)
		}
		v.Rsh(v, 1)
	}
	u, v, qk := NewInt(1), NewInt(1), new(Int).Set(q) // of k = 1
	t := new(Int)
	double := func() {
		u.Mod(u.Mul(u, v), x)
		v.Mul(v, v)
		v.Sub(v, t.Lsh(qk, 1))
		v.Mod(v, x)
		qk.Mod(qk.Mul(qk, qk), x)
	}
	for i := e.BitLen() - 2; i >= 0; i-- {
		double()
		if e.Bit(i) == 1 {
			t.Mul(d, u)
			u.Add(u, v)
			halve(u.Mod(u, x))
			v.Add(v, t)
			halve(v.Mod(v, x))
			qk.Mod(qk.Mul(qk, q), x)
		}
	}
	if u.Sign() == 0 || v.Sign() == 0 {
		return true
	}
	for ; s > 1; s-- {
		double()
		if v.Sign() == 0 {
			return true
		}
	}
	return false
}
