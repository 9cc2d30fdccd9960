// SPDX-License-Identifier: BSD-3-Clause

package big

import (
	"math/bits"
	"math/rand"
)

// Int is an integer; the zero Int is 0. Methods set their receiver to the result and return it; operands may be the receiver.
type Int struct {
	neg bool // never of 0
	abs nat
}

// NewInt returns x.
func NewInt(x int64) *Int { return new(Int).SetInt64(x) }

func magnitude(x int64) Word {
	if x < 0 {
		return -Word(x)
	}
	return Word(x)
}

// Sign returns -1, 0 or +1.
func (x *Int) Sign() int {
	switch {
	case len(x.abs) == 0:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// SetInt64 sets z to x.
func (z *Int) SetInt64(x int64) *Int {
	z.abs = z.abs.setWord(magnitude(x))
	z.neg = x < 0
	return z
}

// SetUint64 sets z to x.
func (z *Int) SetUint64(x uint64) *Int {
	z.abs = z.abs.setWord(Word(x))
	z.neg = false
	return z
}

// Set sets z to x.
func (z *Int) Set(x *Int) *Int {
	if z != x {
		z.abs = z.abs.set(x.abs)
		z.neg = x.neg
	}
	return z
}

// Bits returns the magnitude's words, the lowest first, which are x's own.
func (x *Int) Bits() []Word { return x.abs }

// SetBits makes abs the magnitude of z.
func (z *Int) SetBits(abs []Word) *Int {
	z.abs = nat(abs).norm()
	z.neg = false
	return z
}

// Abs sets z to |x|.
func (z *Int) Abs(x *Int) *Int {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Int) Neg(x *Int) *Int {
	z.Set(x)
	z.neg = len(z.abs) > 0 && !z.neg
	return z
}

// addSigned sets z to x + y, y with the sign neg.
func (z *Int) addSigned(x, y *Int, yneg bool) *Int {
	neg := x.neg
	if x.neg == yneg {
		z.abs = z.abs.add(x.abs, y.abs)
	} else if x.abs.cmp(y.abs) >= 0 {
		z.abs = z.abs.sub(x.abs, y.abs)
	} else {
		neg = yneg
		z.abs = z.abs.sub(y.abs, x.abs)
	}
	z.neg = len(z.abs) > 0 && neg
	return z
}

// Add sets z to x + y.
func (z *Int) Add(x, y *Int) *Int { return z.addSigned(x, y, y.neg) }

// Sub sets z to x - y.
func (z *Int) Sub(x, y *Int) *Int { return z.addSigned(x, y, !y.neg) }

// Mul sets z to x * y.
func (z *Int) Mul(x, y *Int) *Int {
	if x == y {
		z.abs = z.abs.sqr(x.abs)
		z.neg = false
		return z
	}
	z.neg, z.abs = x.neg != y.neg, z.abs.mul(x.abs, y.abs)
	z.neg = z.neg && len(z.abs) > 0
	return z
}

// MulRange sets z to the product of all numbers from a to b, 1 if there are none.
func (z *Int) MulRange(a, b int64) *Int {
	switch {
	case a > b:
		return z.SetInt64(1)
	case a <= 0 && b >= 0:
		return z.SetInt64(0)
	}
	neg := false
	if a < 0 {
		neg = (b-a)&1 == 0
		a, b = -b, -a
	}
	z.abs = z.abs.mulRange(uint64(a), uint64(b))
	z.neg = neg
	return z
}

// Binomial sets z to the number of ways to choose k of n.
func (z *Int) Binomial(n, k int64) *Int {
	if k > n {
		return z.SetInt64(0)
	}
	if k > n-k {
		k = n - k
	}
	// n (n-1) … (n-k+1) / k!, divided as it goes.
	result, t := NewInt(1), new(Int)
	for i := int64(1); i <= k; i++ {
		result.Mul(result, t.SetInt64(n-i+1))
		result.Quo(result, t.SetInt64(i))
	}
	return z.Set(result)
}

// Quo sets z to x / y, rounded to 0.
func (z *Int) Quo(x, y *Int) *Int {
	neg := x.neg != y.neg
	z.abs, _ = z.abs.div(nil, x.abs, y.abs)
	z.neg = len(z.abs) > 0 && neg
	return z
}

// Rem sets z to the remainder of Quo, which has x's sign.
func (z *Int) Rem(x, y *Int) *Int {
	neg := x.neg
	_, z.abs = nat(nil).div(z.abs, x.abs, y.abs)
	z.neg = len(z.abs) > 0 && neg
	return z
}

// QuoRem sets z to x / y, rounded to 0, and r to the remainder.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	zneg, rneg := x.neg != y.neg, x.neg
	z.abs, r.abs = z.abs.div(r.abs, x.abs, y.abs)
	z.neg, r.neg = len(z.abs) > 0 && zneg, len(r.abs) > 0 && rneg
	return z, r
}

// Div sets z to x / y, so that the remainder is not negative (Euclid's division).
func (z *Int) Div(x, y *Int) *Int {
	z.DivMod(x, y, new(Int))
	return z
}

// Mod sets z to the remainder of Div.
func (z *Int) Mod(x, y *Int) *Int {
	if len(y.abs) == 1 {
		m := y.abs[0]
		r := x.abs.modWord(m)
		if x.neg && r != 0 {
			r = m - r
		}
		z.abs = z.abs.setWord(r)
		z.neg = false
		return z
	}
	new(Int).DivMod(x, y, z)
	return z
}

// DivMod sets z to x / y, and m to the remainder, which is not negative.
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	if z == y || m == y {
		y = new(Int).Set(y)
	}
	z.QuoRem(x, y, m)
	if m.neg {
		if y.neg {
			z.Add(z, one)
			m.Sub(m, y)
		} else {
			z.Sub(z, one)
			m.Add(m, y)
		}
	}
	return z, m
}

var one = NewInt(1)

// Divide sets z to x / y, rounded as mode (Trunc, Floor, Round or Ceil) says, and r, if it is not nil, to what is left, x - z*y.
func (z *Int) Divide(x, y, r *Int, mode RoundingMode) (*Int, *Int) {
	if y.Sign() == 0 {
		panic("division by zero")
	}
	if mode == ToNearestAway || mode == AwayFromZero || mode > ToPositiveInf {
		panic("unsupported rounding mode")
	}
	neg := x.neg != y.neg
	q, rest := new(Int).QuoRem(x, y, new(Int))
	if rest.Sign() != 0 {
		up := false // away from 0
		half := nat(nil).shl(rest.abs, 1).cmp(y.abs)
		switch mode {
		case ToNearestEven:
			up = half > 0 || half == 0 && q.abs.bit(0) == 1
		case ToNegativeInf:
			up = neg
		case ToPositiveInf:
			up = !neg
		}
		if up {
			step := one
			if neg {
				step = NewInt(-1)
			}
			q.Add(q, step)
			rest.Sub(x, new(Int).Mul(q, y))
		}
	}
	z.Set(q)
	if r != nil {
		r.Set(rest)
	}
	return z, r
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Int) Cmp(y *Int) (r int) {
	switch {
	case x == y:
		return 0
	case x.neg != y.neg:
		if x.neg {
			return -1
		}
		return 1
	case x.neg:
		return -x.abs.cmp(y.abs)
	}
	return x.abs.cmp(y.abs)
}

// CmpAbs compares |x| and |y|.
func (x *Int) CmpAbs(y *Int) int { return x.abs.cmp(y.abs) }

// Uint64 returns the lowest 64 bits of |x|.
func (x *Int) Uint64() uint64 {
	if len(x.abs) == 0 {
		return 0
	}
	return uint64(x.abs[0])
}

// Int64 returns x's lowest 64 bits.
func (x *Int) Int64() int64 {
	v := int64(x.Uint64())
	if x.neg {
		v = -v
	}
	return v
}

// IsInt64 reports whether x is an int64.
func (x *Int) IsInt64() bool {
	if len(x.abs) <= 1 {
		v := x.Int64()
		return v >= 0 && !x.neg || v <= 0 && x.neg && len(x.abs) > 0
	}
	return false
}

// IsUint64 reports whether x is a uint64.
func (x *Int) IsUint64() bool { return !x.neg && len(x.abs) <= 1 }

// Float64 returns the nearest float64, and how that compares to x.
func (x *Int) Float64() (float64, Accuracy) {
	n := x.abs.bitLen()
	if n == 0 {
		return 0, Exact
	}
	if n > 1024 {
		return infinite(x.neg)
	}
	m := x.abs
	shift := 0
	if n > 64 { // 64 bits, the lowest standing for all that are left out
		shift = n - 64
		lost := m.sticky(uint(shift))
		m = nat(nil).shr(m, uint(shift))
		if lost {
			m[0] |= 1
		}
	}
	f := float64(m[0])
	f = ldexp(f, shift)
	if f > maxFloat {
		return infinite(x.neg)
	}
	back := new(Int).setFloat(f)
	acc := Accuracy(back.abs.cmp(x.abs))
	if x.neg {
		f, acc = -f, -acc
	}
	return f, acc
}

// BitLen returns the bits of |x|.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits returns how often |x| can be halved.
func (x *Int) TrailingZeroBits() uint { return x.abs.trailingZeros() }

// Lsh sets z to x << n.
func (z *Int) Lsh(x *Int, n uint) *Int {
	z.neg, z.abs = x.neg, z.abs.shl(x.abs, n)
	return z
}

// Rsh sets z to x >> n, rounded down.
func (z *Int) Rsh(x *Int, n uint) *Int {
	if !x.neg {
		z.abs = z.abs.shr(x.abs, n)
		z.neg = false
		return z
	}
	lost := x.abs.sticky(n)
	z.abs = z.abs.shr(x.abs, n)
	if lost {
		z.abs = z.abs.add(z.abs, one.abs)
	}
	z.neg = len(z.abs) > 0
	return z
}

// Bit returns bit i of x in two's complement.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	if !x.neg {
		return x.abs.bit(uint(i))
	}
	return nat(nil).sub(x.abs, one.abs).bit(uint(i)) ^ 1
}

// SetBit sets z to x with bit i, in two's complement, b.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	if b > 1 {
		panic("set bit is not 0 or 1")
	}
	if !x.neg {
		z.abs = z.abs.setBit(x.abs, uint(i), b)
		z.neg = false
		return z
	}
	t := nat(nil).sub(x.abs, one.abs)
	z.abs = z.abs.setBit(t, uint(i), b^1)
	z.abs = z.abs.add(z.abs, one.abs)
	z.neg = true
	return z
}

// Negative numbers in two's complement are -x = ^(x-1): minus1 returns the magnitude of which the bits are the complement.
func minus1(x *Int) nat { return nat(nil).sub(x.abs, one.abs) }

// complement makes z the number whose bits are the complement of abs.
func (z *Int) complement(abs nat) *Int {
	z.abs = z.abs.add(abs, one.abs)
	z.neg = true
	return z
}

// And sets z to x & y.
func (z *Int) And(x, y *Int) *Int {
	switch {
	case x.neg && y.neg: // ^a & ^b = ^(a | b)
		return z.complement(nat(nil).or(minus1(x), minus1(y)))
	case x.neg:
		x, y = y, x
		fallthrough
	case y.neg:
		z.abs = z.abs.andNot(x.abs, minus1(y))
	default:
		z.abs = z.abs.and(x.abs, y.abs)
	}
	z.neg = false
	return z
}

// AndNot sets z to x &^ y.
func (z *Int) AndNot(x, y *Int) *Int {
	switch {
	case x.neg && y.neg: // ^a & b
		z.abs = z.abs.andNot(minus1(y), minus1(x))
	case x.neg: // ^a & ^b
		return z.complement(nat(nil).or(minus1(x), y.abs))
	case y.neg:
		z.abs = z.abs.and(x.abs, minus1(y))
	default:
		z.abs = z.abs.andNot(x.abs, y.abs)
	}
	z.neg = false
	return z
}

// Or sets z to x | y.
func (z *Int) Or(x, y *Int) *Int {
	switch {
	case x.neg && y.neg: // ^a | ^b = ^(a & b)
		return z.complement(nat(nil).and(minus1(x), minus1(y)))
	case x.neg:
		x, y = y, x
		fallthrough
	case y.neg: // a | ^b = ^(b &^ a)
		return z.complement(nat(nil).andNot(minus1(y), x.abs))
	}
	z.abs = z.abs.or(x.abs, y.abs)
	z.neg = false
	return z
}

// Xor sets z to x ^ y.
func (z *Int) Xor(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		z.abs = z.abs.xor(minus1(x), minus1(y))
	case x.neg:
		x, y = y, x
		fallthrough
	case y.neg:
		return z.complement(nat(nil).xor(x.abs, minus1(y)))
	default:
		z.abs = z.abs.xor(x.abs, y.abs)
	}
	z.neg = false
	return z
}

// Not sets z to ^x, which is -x - 1.
func (z *Int) Not(x *Int) *Int {
	if x.neg {
		z.abs = z.abs.sub(x.abs, one.abs)
		z.neg = false
		return z
	}
	return z.complement(x.abs)
}

// Bytes returns |x|, the highest byte first.
func (x *Int) Bytes() []byte { return x.FillBytes(make([]byte, (x.BitLen()+7)/8)) }

// FillBytes writes |x| to buf, the highest byte first, zeros before it.
func (x *Int) FillBytes(buf []byte) []byte {
	clear(buf)
	i := len(buf)
	for _, w := range x.abs {
		for range bits.UintSize / 8 {
			if i > 0 {
				i--
				buf[i] = byte(w)
			} else if byte(w) != 0 {
				panic("math/big: buffer too small to fit value")
			}
			w >>= 8
		}
	}
	return buf
}

// SetBytes sets z to the number of these bytes, the highest first.
func (z *Int) SetBytes(buf []byte) *Int {
	n := (len(buf) + 7) / 8
	z.abs = z.abs.room(n)
	for i := range n {
		var w Word
		end := len(buf) - 8*i
		for _, c := range buf[max(end-8, 0):end] {
			w = w<<8 | Word(c)
		}
		z.abs[i] = w
	}
	z.abs = z.abs.norm()
	z.neg = false
	return z
}

// Rand sets z to a random number in [0, n).
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.neg || len(n.abs) == 0 {
		z.neg = false
		z.abs = nil
		return z
	}
	size := n.abs.bitLen()
	mask := ^Word(0) >> (uint(-size) % wordBits)
	limit := n.abs
	if shares(z.abs, limit) {
		limit = append(nat(nil), limit...)
	}
	for {
		z.abs = z.abs.room(len(limit))
		for i := range z.abs { // two halves, as Go's does, so that seeds give the same numbers
			z.abs[i] = Word(rnd.Uint32())
			z.abs[i] |= Word(rnd.Uint32()) << 32
		}
		z.abs[len(limit)-1] &= mask
		if z.abs.cmp(limit) < 0 {
			break
		}
	}
	z.abs = z.abs.norm()
	z.neg = false
	return z
}
