// SPDX-License-Identifier: BSD-3-Clause

package big

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Rat is a rational number in lowest terms; the zero Rat is 0.
type Rat struct {
	a Int // numerator, with the sign
	b Int // denominator, positive; 0 stands for 1
}

// NewRat returns a/b.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac64(a, b) }

// lowest takes out common factors, b > 0.
func (z *Rat) lowest() *Rat {
	switch {
	case len(z.a.abs) == 0:
		z.a.neg = false
		z.b.abs = z.b.abs.setWord(1)
	case len(z.b.abs) == 0:
		z.b.abs = z.b.abs.setWord(1)
	default:
		var d Int
		neg := z.a.neg
		z.a.neg, z.b.neg = false, false
		if d.GCD(nil, nil, &z.a, &z.b); d.Cmp(one) != 0 {
			z.a.Quo(&z.a, &d)
			z.b.Quo(&z.b, &d)
		}
		z.a.neg = neg
	}
	return z
}

// denom returns the denominator's magnitude.
func (x *Rat) denom() nat {
	if len(x.b.abs) == 0 {
		return one.abs
	}
	return x.b.abs
}

// SetFrac sets z to a/b; it panics if b is 0.
func (z *Rat) SetFrac(a, b *Int) *Rat {
	if len(b.abs) == 0 {
		panic("division by zero")
	}
	neg := a.neg != b.neg
	babs := append(nat(nil), b.abs...)
	z.a.abs = z.a.abs.set(a.abs)
	z.b.abs = babs
	z.b.neg = false
	z.a.neg = neg
	return z.lowest()
}

// SetFrac64 sets z to a/b; it panics if b is 0.
func (z *Rat) SetFrac64(a, b int64) *Rat {
	if b == 0 {
		panic("division by zero")
	}
	return z.SetFrac(NewInt(a), NewInt(b))
}

// SetInt sets z to x.
func (z *Rat) SetInt(x *Int) *Rat {
	z.a.Set(x)
	z.b.abs = z.b.abs.setWord(1)
	return z
}

// SetInt64 sets z to x.
func (z *Rat) SetInt64(x int64) *Rat {
	z.a.SetInt64(x)
	z.b.abs = z.b.abs.setWord(1)
	return z
}

// SetUint64 sets z to x.
func (z *Rat) SetUint64(x uint64) *Rat {
	z.a.SetUint64(x)
	z.b.abs = z.b.abs.setWord(1)
	return z
}

// Set sets z to x.
func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.abs = z.b.abs.set(x.denom())
	}
	return z
}

// SetFloat64 sets z to f, exactly; nil if f is not finite.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	frac, exp := math.Frexp(f)
	z.a.SetInt64(int64(frac * (1 << 53)))
	z.b.abs = z.b.abs.setWord(1)
	if exp -= 53; exp >= 0 {
		z.a.Lsh(&z.a, uint(exp))
	} else {
		z.b.Lsh(&z.b, uint(-exp))
	}
	return z.lowest()
}

// Abs sets z to |x|.
func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

// Neg sets z to -x.
func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.Neg(&z.a)
	return z
}

// Inv sets z to 1/x; it panics if x is 0.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	z.Set(x)
	z.a.abs, z.b.abs = z.b.abs, z.a.abs
	return z
}

// Sign returns -1, 0 or +1.
func (x *Rat) Sign() int { return x.a.Sign() }

// IsInt reports whether x is an integer.
func (x *Rat) IsInt() bool { return len(x.b.abs) == 0 || len(x.b.abs) == 1 && x.b.abs[0] == 1 }

// Num returns the numerator, which is x's own.
func (x *Rat) Num() *Int { return &x.a }

// Denom returns the denominator, which is x's own unless x is a zero Rat.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return NewInt(1)
	}
	return &x.b
}

// cross returns a's numerator times b's denominator.
func cross(a, b *Rat) *Int { return &Int{a.a.neg, nat(nil).mul(a.a.abs, b.denom())} }

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Rat) Cmp(y *Rat) int { return cross(x, y).Cmp(cross(y, x)) }

// Add sets z to x + y.
func (z *Rat) Add(x, y *Rat) *Rat {
	a, b := cross(x, y), cross(y, x)
	z.b.abs = nat(nil).mul(x.denom(), y.denom())
	z.a.Add(a, b)
	return z.lowest()
}

// Sub sets z to x - y.
func (z *Rat) Sub(x, y *Rat) *Rat {
	a, b := cross(x, y), cross(y, x)
	z.b.abs = nat(nil).mul(x.denom(), y.denom())
	z.a.Sub(a, b)
	return z.lowest()
}

// Mul sets z to x * y.
func (z *Rat) Mul(x, y *Rat) *Rat {
	b := nat(nil).mul(x.denom(), y.denom()) // x or y may be z
	z.a.Mul(&x.a, &y.a)
	z.b.abs = b
	return z.lowest()
}

// Quo sets z to x / y; it panics if y is 0.
func (z *Rat) Quo(x, y *Rat) *Rat {
	if len(y.a.abs) == 0 {
		panic("division by zero")
	}
	neg := x.a.neg != y.a.neg
	a, b := cross(x, y), cross(y, x)
	z.a.abs, z.b.abs = a.abs, b.abs
	z.a.neg = neg
	return z.lowest()
}

// nearest returns the float of mant bits and the least exponent low that is nearest to |x|, and whether it is x exactly.
func (x *Rat) nearest(mant uint, low int) (f float64, exact bool) {
	a, b := x.a.abs, x.denom()
	if len(a) == 0 {
		return 0, true
	}
	// Two bits more than wanted: shift so that the quotient has mant+2 bits, or fewer near the least exponent.
	exp := a.bitLen() - b.bitLen()
	shift := int(mant) + 2 - exp
	shift = min(shift, -low+int(mant)+1)
	if shift > 0 {
		a = nat(nil).shl(a, uint(shift))
	} else {
		b = nat(nil).shl(b, uint(-shift))
	}
	q, r := nat(nil).div(nil, a, b)
	var m uint64
	if len(q) > 0 {
		m = uint64(q[0])
	}
	exact = len(r) == 0
	// Round to mant bits, at least down to the least exponent.
	drop := uint(0)
	for n := m; n>>drop >= 1<<mant; drop++ {
	}
	if k := low - (-shift) + 1 - int(mant); k > int(drop) {
		drop = uint(k)
	}
	if drop > 0 {
		lost := m & (1<<drop - 1)
		half := uint64(1) << (drop - 1)
		m >>= drop
		up := lost > half || lost == half && (!exact || m&1 == 1)
		exact = exact && lost == 0
		if up {
			m++
		}
	}
	return math.Ldexp(float64(m), int(drop)-shift), exact
}

// Float64 returns the nearest float64, and whether it is x exactly.
func (x *Rat) Float64() (f float64, exact bool) {
	f, exact = x.nearest(53, -1022)
	if math.IsInf(f, 0) {
		exact = false
	}
	if x.a.neg {
		f = -f
	}
	return f, exact
}

// Float32 returns the nearest float32, and whether it is x exactly.
func (x *Rat) Float32() (f float32, exact bool) {
	g, exact := x.nearest(24, -126)
	f = float32(g)
	if math.IsInf(float64(f), 0) {
		exact = false
	}
	if x.a.neg {
		f = -f
	}
	return f, exact
}

// String returns a/b, also for integers.
func (x *Rat) String() string {
	b, _ := x.text(nil)
	return string(b)
}

func (x *Rat) text(b []byte) ([]byte, error) {
	b = append(x.a.Append(b, 10), '/')
	return x.denom().appendText(b, 10), nil
}

// RatString returns a/b, or a for integers.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString returns x with prec digits after the point, halves rounded away from 0.
func (x *Rat) FloatString(prec int) string {
	scale := nat(nil).pow(nat{10}, uint(max(prec, 0)))
	a := nat(nil).mul(x.a.abs, scale)
	q, r := nat(nil).div(nil, a, x.denom())
	if nat(nil).shl(r, 1).cmp(x.denom()) >= 0 {
		q = q.add(q, one.abs)
	}
	text := string(q.appendText(nil, 10))
	if prec > 0 {
		if len(text) <= prec {
			text = strings.Repeat("0", prec+1-len(text)) + text
		}
		text = text[:len(text)-prec] + "." + text[len(text)-prec:]
	}
	if x.a.neg {
		text = "-" + text
	}
	return text
}

// FloatPrec returns how many digits after the point x takes, and whether they show it exactly.
func (x *Rat) FloatPrec() (n int, exact bool) {
	d := append(nat(nil), x.denom()...)
	twos := d.trailingZeros()
	d = d.shr(d, twos)
	fives := 0
	for {
		q, r := nat(nil).divWord(d, 5)
		if r != 0 {
			break
		}
		d = q
		fives++
	}
	return max(int(twos), fives), d.cmp(one.abs) == 0
}

// SetString sets z to the number that s is: a fraction a/b, or a decimal or other floating-point number. It returns nil and false, z
// undefined, if s is neither.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if s == "" {
		return nil, false
	}
	if num, den, ok := strings.Cut(s, "/"); ok {
		if _, ok := z.a.SetString(num, 0); !ok {
			return nil, false
		}
		var b Int
		if den == "" || den[0] == '+' || den[0] == '-' {
			return nil, false
		}
		if _, ok := b.SetString(den, 0); !ok || b.Sign() == 0 {
			return nil, false
		}
		z.b.abs = b.abs
		return z.lowest(), true
	}
	neg := false
	if s[0] == '+' || s[0] == '-' {
		neg = s[0] == '-'
		s = s[1:]
	}
	base := 10
	if len(s) > 1 && s[0] == '0' {
		switch s[1] | 0x20 {
		case 'b':
			base = 2
		case 'o':
			base = 8
		case 'x':
			base = 16
		}
		if base != 10 {
			s = s[2:]
		}
	}
	// Mantissa: digits with a point; then an exponent of ten or (p) of two.
	i, point := 0, -1
	var digits []byte
	last := byte('0')
	if base == 10 {
		last = 0
	}
mantissa:
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '.' && point < 0 && last != '_':
			point = len(digits)
			last = 0
			continue
		case c == '_' && last == '0':
			last = '_'
			continue
		case digitValue(c, base) < base:
			digits = append(digits, c)
			last = '0'
			continue
		}
		break mantissa
	}
	if len(digits) == 0 || last == '_' {
		return nil, false
	}
	exp2, exp10 := 0, 0
	if i < len(s) {
		e := s[i] | 0x20
		if e != 'e' && e != 'p' || e == 'e' && base != 10 {
			return nil, false
		}
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > 1<<30 || n < -1<<30 {
			return nil, false
		}
		if e == 'e' {
			exp10 = n
		} else {
			exp2 = n
		}
	}
	if point >= 0 {
		after := len(digits) - point
		switch base {
		case 10:
			exp10 -= after
		case 2:
			exp2 -= after
		case 8:
			exp2 -= 3 * after
		case 16:
			exp2 -= 4 * after
		}
	}
	z.a.abs = z.a.abs.setDigits(digits, base)
	z.b.abs = z.b.abs.setWord(1)
	if exp10 > 1e6 || exp10 < -1e6 || exp2 > 1e7 || exp2 < -1e7 {
		return nil, false // numbers that nobody can want to write out
	}
	if exp10 >= 0 {
		z.a.abs = z.a.abs.mul(z.a.abs, nat(nil).pow(nat{10}, uint(exp10)))
	} else {
		z.b.abs = nat(nil).pow(nat{10}, uint(-exp10))
	}
	if exp2 >= 0 {
		z.a.abs = z.a.abs.shl(z.a.abs, uint(exp2))
	} else {
		z.b.abs = z.b.abs.shl(z.b.abs, uint(-exp2))
	}
	z.a.neg = neg && len(z.a.abs) > 0
	return z.lowest(), true
}

// Scan is for fmt.Scan: the verbs e, E, f, F, g, G and v.
func (z *Rat) Scan(s fmt.ScanState, ch rune) error {
	if !strings.ContainsRune("efgEFGv", ch) {
		return errors.New("Rat.Scan: invalid verb")
	}
	s.SkipSpace()
	tok, err := s.Token(true, func(r rune) bool { return strings.ContainsRune("+-/0123456789.eEpPxXabcdfABCDF_o", r) })
	if err != nil {
		return err
	}
	if len(tok) == 0 {
		return io.ErrUnexpectedEOF
	}
	if _, ok := z.SetString(string(tok)); !ok {
		return errors.New("Rat.Scan: invalid syntax")
	}
	return nil
}

// AppendText appends RatString.
func (x *Rat) AppendText(b []byte) ([]byte, error) {
	if x.IsInt() {
		return x.a.AppendText(b)
	}
	return x.text(b)
}

// MarshalText returns RatString.
func (x *Rat) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number, as SetString does.
func (z *Rat) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text)); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Rat", text)
	}
	return nil
}

// GobEncode returns x's saved form: version and sign, the length of the numerator, and both parts.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	a, b := x.a.Bytes(), (&Int{abs: x.denom()}).Bytes()
	head := byte(version << 1)
	if x.a.neg {
		head |= 1
	}
	n := len(a)
	buf := append([]byte{head, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, a...)
	return append(buf, b...), nil
}

// GobDecode sets z to the number of a saved form.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{}
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	if v := buf[0] >> 1; v != version {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", v)
	}
	n := int(buf[1])<<24 | int(buf[2])<<16 | int(buf[3])<<8 | int(buf[4])
	if len(buf)-5 < n {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	z.a.SetBytes(buf[5 : 5+n])
	z.b.SetBytes(buf[5+n:])
	z.a.neg = buf[0]&1 != 0
	return nil
}
