// SPDX-License-Identifier: BSD-3-Clause

package big

import "math"

// Limits of exponents and precisions.
const (
	MaxExp  = math.MaxInt32
	MinExp  = math.MinInt32
	MaxPrec = math.MaxUint32
)

// ErrNaN is what operations panic with whose IEEE result would be NaN.
type ErrNaN struct {
	msg string
}

func (err ErrNaN) Error() string { return err.msg }

type form byte

const (
	zero form = iota
	finite
	inf
)

// Float is a floating-point number of any precision, ±0 or ±Inf. A finite one is mant * 2**exp, mant of at most prec bits and not 0. The
// zero Float is +0 of precision 0, which becomes that of the first result.
type Float struct {
	prec uint32
	mode RoundingMode
	acc  Accuracy
	form form
	neg  bool
	mant nat
	exp  int
}

// NewFloat returns x with 53 bits of precision; it panics if x is NaN.
func NewFloat(x float64) *Float {
	if math.IsNaN(x) {
		panic(ErrNaN{"NewFloat(NaN)"})
	}
	return new(Float).SetFloat64(x)
}

// top returns the exponent e of x = m 2**e with m in [½, 1).
func (x *Float) top() int { return x.exp + x.mant.bitLen() }

func (z *Float) setZero(neg bool, acc Accuracy) *Float {
	z.form, z.neg, z.acc = zero, neg, acc
	z.mant, z.exp = z.mant[:0], 0
	return z
}

func (z *Float) setInf(neg bool, acc Accuracy) *Float {
	z.form, z.neg, z.acc = inf, neg, acc
	z.mant, z.exp = z.mant[:0], 0
	return z
}

// side is the accuracy of a result whose magnitude is too large (up) or too small.
func side(up, neg bool) Accuracy {
	if up != neg {
		return Above
	}
	return Below
}

// round sets z to the number of the magnitude m * 2**e, a little more if sticky, which is only allowed if m has more than z.prec bits.
func (z *Float) round(neg bool, m nat, e int, sticky bool) *Float {
	if len(m) == 0 {
		return z.setZero(neg, Exact)
	}
	z.form, z.neg, z.acc = finite, neg, Exact
	if drop := m.bitLen() - int(z.prec); drop > 0 {
		half := m.bit(uint(drop-1)) == 1
		rest := sticky || m.sticky(uint(drop-1))
		m = nat(nil).shr(m, uint(drop))
		e += drop
		if half || rest {
			up := false
			switch z.mode {
			case ToNearestEven:
				up = half && (rest || m.bit(0) == 1)
			case ToNearestAway:
				up = half
			case AwayFromZero:
				up = true
			case ToNegativeInf:
				up = neg
			case ToPositiveInf:
				up = !neg
			}
			if up {
				m = m.add(m, one.abs)
			}
			z.acc = side(up, neg)
		}
	}
	t := m.trailingZeros()
	z.mant = z.mant.shr(m, t)
	z.exp = e + int(t)
	switch top := z.top(); {
	case top > MaxExp:
		return z.setInf(neg, side(true, neg))
	case top < MinExp:
		return z.setZero(neg, side(false, neg))
	}
	return z
}

// SetPrec sets z's precision and rounds it if need be; precision 0 makes a finite z 0.
func (z *Float) SetPrec(prec uint) *Float {
	z.acc = Exact
	if prec == 0 {
		z.prec = 0
		if z.form == finite {
			z.setZero(z.neg, side(false, z.neg))
		}
		return z
	}
	old := z.prec
	z.prec = uint32(min(prec, MaxPrec))
	if z.form == finite && z.prec < old {
		z.round(z.neg, append(nat(nil), z.mant...), z.exp, false)
	}
	return z
}

// SetMode sets the rounding of later results.
func (z *Float) SetMode(mode RoundingMode) *Float {
	z.mode = mode
	z.acc = Exact
	return z
}

// Prec returns the precision in bits.
func (x *Float) Prec() uint { return uint(x.prec) }

// MinPrec returns the bits that x needs.
func (x *Float) MinPrec() uint {
	if x.form != finite {
		return 0
	}
	return uint(x.mant.bitLen()) - x.mant.trailingZeros()
}

// Mode returns the rounding.
func (x *Float) Mode() RoundingMode { return x.mode }

// Acc returns how the last result compares to the exact one.
func (x *Float) Acc() Accuracy { return x.acc }

// Sign returns -1, 0 or +1.
func (x *Float) Sign() int {
	switch {
	case x.form == zero:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// Signbit reports whether x is negative or -0.
func (x *Float) Signbit() bool { return x.neg }

// IsInf reports whether x is infinite.
func (x *Float) IsInf() bool { return x.form == inf }

// IsInt reports whether x is an integer.
func (x *Float) IsInt() bool {
	if x.form != finite {
		return x.form == zero
	}
	return x.exp >= 0 || x.mant.trailingZeros() >= uint(-x.exp)
}

// MantExp returns the exponent e of x = m 2**e with m in [½, 1), and sets mant, if it is not nil, to m.
func (x *Float) MantExp(mant *Float) (exp int) {
	if x.form == finite {
		exp = x.top()
	}
	if mant != nil {
		mant.Copy(x)
		if mant.form == finite {
			mant.exp -= exp
		}
	}
	return exp
}

// SetMantExp sets z to mant * 2**exp, with mant's precision and rounding.
func (z *Float) SetMantExp(mant *Float, exp int) *Float {
	z.Set(mant)
	if z.form == finite {
		z.exp += exp
		z.acc = Exact
		switch top := z.top(); {
		case top > MaxExp:
			z.setInf(z.neg, side(true, z.neg))
		case top < MinExp:
			z.setZero(z.neg, side(false, z.neg))
		}
	}
	return z
}

func (z *Float) defaultPrec(prec int) {
	if z.prec == 0 {
		z.prec = uint32(prec)
	}
}

// SetUint64 sets z to x.
func (z *Float) SetUint64(x uint64) *Float {
	z.defaultPrec(64)
	return z.round(false, nat(nil).setWord(Word(x)), 0, false)
}

// SetInt64 sets z to x.
func (z *Float) SetInt64(x int64) *Float {
	z.defaultPrec(64)
	return z.round(x < 0, nat(nil).setWord(magnitude(x)), 0, false)
}

// SetFloat64 sets z to x; it panics if x is NaN.
func (z *Float) SetFloat64(x float64) *Float {
	z.defaultPrec(53)
	if math.IsNaN(x) {
		panic(ErrNaN{"Float.SetFloat64(NaN)"})
	}
	neg := math.Signbit(x)
	if math.IsInf(x, 0) {
		return z.setInf(neg, Exact)
	}
	frac, exp := math.Frexp(math.Abs(x))
	return z.round(neg, nat(nil).setWord(Word(frac*(1<<53))), exp-53, false)
}

// SetInt sets z to x, with as much precision as it takes, at least 64 bits, if z has none.
func (z *Float) SetInt(x *Int) *Float {
	z.defaultPrec(max(x.BitLen(), 64))
	return z.round(x.neg, x.abs, 0, false)
}

// SetRat sets z to x, with the precision of the longer part, at least 64 bits, if z has none.
func (z *Float) SetRat(x *Rat) *Float {
	if x.IsInt() {
		return z.SetInt(&x.a)
	}
	z.defaultPrec(max(x.a.BitLen(), x.b.BitLen(), 64))
	return z.quotient(x.a.neg, x.a.abs, x.denom(), 0)
}

// SetInf sets z to -Inf or +Inf.
func (z *Float) SetInf(signbit bool) *Float { return z.setInf(signbit, Exact) }

// Set sets z to x, rounded if z has a smaller precision; z takes x's if it has none.
func (z *Float) Set(x *Float) *Float {
	if z == x {
		return z
	}
	z.acc = Exact
	if z.prec == 0 {
		z.prec = x.prec
	}
	if x.form != finite {
		z.form, z.neg, z.mant, z.exp = x.form, x.neg, z.mant[:0], 0
		return z
	}
	return z.round(x.neg, x.mant, x.exp, false)
}

// Copy sets z to x, with its precision, rounding and accuracy.
func (z *Float) Copy(x *Float) *Float {
	if z != x {
		mant := z.mant.set(x.mant)
		*z = *x
		z.mant = mant
	}
	return z
}

// floor returns the integral part's magnitude, and whether that is all.
func (x *Float) floor() (nat, bool) {
	if x.exp >= 0 {
		return nat(nil).shl(x.mant, uint(x.exp)), true
	}
	return nat(nil).shr(x.mant, uint(-x.exp)), !x.mant.sticky(uint(-x.exp))
}

// Uint64 returns x rounded to 0, or the nearest uint64.
func (x *Float) Uint64() (uint64, Accuracy) {
	switch {
	case x.form == zero:
		return 0, Exact
	case x.neg:
		return 0, Above
	case x.form == inf || x.top() > 64:
		return math.MaxUint64, Below
	}
	m, exact := x.floor()
	v := (&Int{abs: m}).Uint64()
	if exact {
		return v, Exact
	}
	return v, Below
}

// Int64 returns x rounded to 0, or the nearest int64.
func (x *Float) Int64() (int64, Accuracy) {
	if x.form == zero {
		return 0, Exact
	}
	toward := side(false, x.neg)
	if x.form == finite && x.top() <= 64 {
		m, exact := x.floor()
		v := &Int{neg: x.neg && len(m) > 0, abs: m}
		if v.IsInt64() {
			if exact {
				toward = Exact
			}
			return v.Int64(), toward
		}
	}
	if x.neg {
		return math.MinInt64, Above
	}
	return math.MaxInt64, Below
}

// Float64 returns the nearest float64.
func (x *Float) Float64() (float64, Accuracy) { return x.native(53, -1074, math.MaxFloat64) }

// Float32 returns the nearest float32.
func (x *Float) Float32() (float32, Accuracy) {
	f, acc := x.native(24, -149, math.MaxFloat32)
	return float32(f), acc
}

// native rounds to a machine's format with this precision, exponent of the last bit, and largest number.
func (x *Float) native(prec, last int, largest float64) (float64, Accuracy) {
	f, acc := 0.0, Exact
	switch x.form {
	case inf:
		f = math.Inf(1)
	case finite:
		var r Float
		bits := min(prec, x.top()-last)
		switch {
		case bits < 0 || bits == 0 && x.mant.bitLen() == 1: // half of the least number, or less
			acc = side(false, x.neg)
		case bits == 0:
			f, acc = math.Ldexp(1, last), side(true, x.neg)
		default:
			r.prec = uint32(bits)
			r.round(x.neg, x.mant, x.exp, false)
			acc = r.acc
			if r.top() > 1024 {
				f = math.Inf(1)
			} else {
				f = math.Ldexp(float64(r.mant[0]), r.exp)
			}
			if f > largest {
				f, acc = math.Inf(1), side(true, x.neg)
			}
		}
	}
	if x.neg {
		f = -f
	}
	return f, acc
}

// Int returns x rounded to 0, in z if it is not nil; nil if x is infinite.
func (x *Float) Int(z *Int) (*Int, Accuracy) {
	if z == nil && x.form != inf {
		z = new(Int)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, side(false, x.neg)
	}
	m, exact := x.floor()
	z.abs = z.abs.set(m)
	z.neg = x.neg && len(m) > 0
	if exact {
		return z, Exact
	}
	return z, side(false, x.neg)
}

// Rat returns x, in z if it is not nil; nil if x is infinite.
func (x *Float) Rat(z *Rat) (*Rat, Accuracy) {
	if z == nil && x.form != inf {
		z = new(Rat)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, side(false, x.neg)
	}
	z.a.abs, z.b.abs = z.a.abs.set(x.mant), z.b.abs.setWord(1)
	if x.exp >= 0 {
		z.a.abs = z.a.abs.shl(z.a.abs, uint(x.exp))
	} else {
		z.b.abs = z.b.abs.shl(z.b.abs, uint(-x.exp))
	}
	z.a.neg = x.neg
	return z.lowest(), Exact
}

// Abs sets z to |x|, rounded.
func (z *Float) Abs(x *Float) *Float {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x, rounded.
func (z *Float) Neg(x *Float) *Float {
	z.Set(x)
	z.neg = !z.neg
	return z
}

// Add sets z to x + y; it panics if they are opposite infinities.
func (z *Float) Add(x, y *Float) *Float {
	return z.sum(x, y, y.neg, "addition of infinities with opposite signs")
}

// Sub sets z to x - y; it panics if they are equal infinities.
func (z *Float) Sub(x, y *Float) *Float {
	return z.sum(x, y, !y.neg, "subtraction of infinities with equal signs")
}

func (z *Float) sum(x, y *Float, yneg bool, nan string) *Float {
	z.defaultPrec(int(max(x.prec, y.prec)))
	switch {
	case x.form == inf && y.form == inf && x.neg != yneg:
		z.setZero(false, Exact)
		panic(ErrNaN{nan})
	case x.form == zero && y.form == zero:
		return z.setZero(x.neg && yneg, Exact)
	case x.form == inf || y.form == zero:
		if x.form == inf {
			return z.setInf(x.neg, Exact)
		}
		return z.round(x.neg, append(nat(nil), x.mant...), x.exp, false)
	case y.form == inf:
		return z.setInf(yneg, Exact)
	case x.form == zero:
		z.round(y.neg, append(nat(nil), y.mant...), y.exp, false) // as Go's does: rounded, then negated
		z.neg = yneg
		return z
	}
	a, ae, an, b, be, bn := x.mant, x.exp, x.neg, y.mant, y.exp, yneg
	if x.top() < y.top() {
		a, ae, an, b, be, bn = b, be, bn, a, ae, an
	}
	// If b is far below what a's last bit and the rounding can feel, any number there does for it.
	if gap := ae + a.bitLen() - be - b.bitLen(); gap > int(z.prec)+a.bitLen()+8 {
		k := int(z.prec) + 4
		a = nat(nil).shl(a, uint(k))
		if an != bn {
			a = a.sub(a, one.abs)
		}
		return z.round(an, a, ae-k, true)
	}
	e := min(ae, be)
	a = nat(nil).shl(a, uint(ae-e))
	b = nat(nil).shl(b, uint(be-e))
	var m nat
	neg := an
	switch {
	case an == bn:
		m = m.add(a, b)
	case a.cmp(b) >= 0:
		m = m.sub(a, b)
	default:
		m = m.sub(b, a)
		neg = bn
	}
	if len(m) == 0 {
		neg = z.mode == ToNegativeInf
	}
	return z.round(neg, m, e, false)
}

// Mul sets z to x * y; it panics if one is 0 and the other infinite.
func (z *Float) Mul(x, y *Float) *Float {
	z.defaultPrec(int(max(x.prec, y.prec)))
	neg := x.neg != y.neg
	switch {
	case x.form == zero && y.form == inf || x.form == inf && y.form == zero:
		z.setZero(false, Exact)
		panic(ErrNaN{"multiplication of zero with infinity"})
	case x.form == inf || y.form == inf:
		return z.setInf(neg, Exact)
	case x.form == zero || y.form == zero:
		return z.setZero(neg, Exact)
	}
	if x == y {
		return z.round(neg, nat(nil).sqr(x.mant), 2*x.exp, false)
	}
	return z.round(neg, nat(nil).mul(x.mant, y.mant), x.exp+y.exp, false)
}

// Quo sets z to x / y; it panics if both are 0 or both infinite.
func (z *Float) Quo(x, y *Float) *Float {
	z.defaultPrec(int(max(x.prec, y.prec)))
	neg := x.neg != y.neg
	switch {
	case x.form == y.form && x.form != finite:
		z.setZero(false, Exact)
		panic(ErrNaN{"division of zero by zero or infinity by infinity"})
	case x.form == zero || y.form == inf:
		return z.setZero(neg, Exact)
	case x.form == inf || y.form == zero:
		return z.setInf(neg, Exact)
	}
	return z.quotient(neg, x.mant, y.mant, x.exp-y.exp)
}

// quotient sets z to a/b * 2**e.
func (z *Float) quotient(neg bool, a, b nat, e int) *Float {
	if len(a) == 0 {
		return z.setZero(neg, Exact)
	}
	k := max(int(z.prec)+3+b.bitLen()-a.bitLen(), 0)
	q, r := nat(nil).div(nil, nat(nil).shl(a, uint(k)), b)
	return z.round(neg, q, e-k, len(r) > 0)
}

// Sqrt sets z to the square root of x; it panics if x is negative.
func (z *Float) Sqrt(x *Float) *Float {
	z.defaultPrec(int(x.prec))
	switch {
	case x.Sign() < 0:
		panic(ErrNaN{"square root of negative operand"})
	case x.form == zero:
		return z.setZero(x.neg, Exact)
	case x.form == inf:
		return z.setInf(false, Exact)
	}
	k := max(2*(int(z.prec)+3)-x.mant.bitLen(), 0)
	if (x.exp-k)&1 != 0 {
		k++
	}
	m := nat(nil).shl(x.mant, uint(k))
	r := nat(nil).sqrt(m)
	return z.round(false, r, (x.exp-k)/2, nat(nil).sqr(r).cmp(m) != 0)
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y; -0 equals 0.
func (x *Float) Cmp(y *Float) int {
	order := func(f *Float) int { // -Inf, negative, 0, positive, +Inf
		return f.Sign() * int(f.form)
	}
	a, b := order(x), order(y)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case x.form != finite:
		return 0
	}
	c := 0
	switch s, t := x.top(), y.top(); {
	case s < t:
		c = -1
	case s > t:
		c = 1
	default:
		e := min(x.exp, y.exp)
		c = nat(nil).shl(x.mant, uint(x.exp-e)).cmp(nat(nil).shl(y.mant, uint(y.exp-e)))
	}
	if x.neg {
		c = -c
	}
	return c
}
