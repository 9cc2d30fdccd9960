// SPDX-License-Identifier: BSD-3-Clause

// Text to floating-point numbers, correctly rounded.
//
// Three ways, from fast to general: exact when mantissa and power of ten are exact doubles
// (W. Clinger, "How to read floating point numbers accurately", 1990); a 128-bit product that nearly always tells
// (D. Lemire, "Number parsing at a gigabyte per second", 2021); big integers.
package strconv

import (
	"math"
	"math/bits"
)

// number is a scanned literal: mant * base**exp, where base is 10, or 2 if hex.
type number struct {
	mant     uint64
	exp      int
	negative bool
	trunc    bool // digits after the 19th (16th if hex) were dropped, and not all were zero
	hex      bool
}

// hasFold reports whether s begins with the lower-case prefix, in any case.
func hasFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		if s[i]|0x20 != prefix[i] {
			return false
		}
	}
	return true
}

// special reads an infinity or NaN at the start of s; n is its length, 0 if there is none.
func special(s string) (f float64, n int) {
	sign, signed := 1, 0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		signed = 1
		if s[0] == '-' {
			sign = -1
		}
	}
	body := s[signed:]
	switch {
	case hasFold(body, "infinity"):
		return math.Inf(sign), signed + 8
	case hasFold(body, "inf"):
		return math.Inf(sign), signed + 3
	case signed == 0 && hasFold(body, "nan"):
		return math.NaN(), 3
	}
	return 0, 0
}

// scanFloat reads a literal at the start of s and returns its length.
func scanFloat(s string) (x number, n int, ok bool) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		x.negative = s[i] == '-'
		i++
	}
	base, maxDigits := uint64(10), 19
	if i+2 < len(s) && s[i] == '0' && s[i+1]|0x20 == 'x' {
		base, maxDigits = 16, 16
		i += 2
		x.hex = true
	}
	sawPoint, sawDigits, underscores := false, false, false
	nd, used, point := 0, 0, 0 // digits, digits in mant, position of the point
loop:
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '_':
			underscores = true
		case c == '.':
			if sawPoint {
				break loop
			}
			sawPoint = true
			point = nd
		case '0' <= c && c <= '9' || base == 16 && 'a' <= c|0x20 && c|0x20 <= 'f':
			sawDigits = true
			if c == '0' && nd == 0 { // leading zeros
				point--
				continue
			}
			nd++
			if used < maxDigits {
				x.mant = x.mant*base + uint64(digitVal(c))
				used++
			} else if c != '0' {
				x.trunc = true
			}
		default:
			break loop
		}
	}
	if !sawDigits {
		return x, 0, false
	}
	if !sawPoint {
		point = nd
	}
	if x.hex {
		point *= 4
		used *= 4
	}
	marker := byte('e')
	if x.hex {
		marker = 'p'
	}
	if i < len(s) && s[i]|0x20 == marker {
		i++
		if i >= len(s) {
			return x, 0, false
		}
		sign := 1
		if s[i] == '+' || s[i] == '-' {
			if s[i] == '-' {
				sign = -1
			}
			i++
		}
		if i >= len(s) || s[i] < '0' || s[i] > '9' {
			return x, 0, false
		}
		e := 0
		for ; i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '_'); i++ {
			if s[i] == '_' {
				underscores = true
			} else if e < 10000 {
				e = e*10 + int(s[i]-'0')
			}
		}
		point += e * sign
	} else if x.hex {
		return x, 0, false // a hexadecimal number must have an exponent
	}
	if x.mant != 0 {
		x.exp = point - used
	}
	if underscores && !underscoreOK(s[:i]) {
		return x, 0, false
	}
	return x, i, true
}

// pack makes a float of mant * 2**exp, where mant has its top bit (of 64) set, and sticky
// tells of bits below. It rounds to even; overflow is reported.
func pack(mant uint64, exp int, sticky, negative bool, format *floatFormat) (b uint64, overflow bool) {
	drop := 63 - format.mantBits
	exp += int(drop)
	if min := 1 - format.bias; exp < min { // subnormal
		drop += uint(min - exp)
		exp = min
	}
	var m uint64
	if drop <= 64 {
		m = mant >> drop // Go's shift: 0 for drop == 64
		rest := mant << (64 - drop)
		if rest > 1<<63 || rest == 1<<63 && (sticky || m&1 != 0) {
			m++
		}
	}
	if m == 2<<format.mantBits {
		m >>= 1
		exp++
	}
	field := uint64(0)
	if m>>format.mantBits != 0 {
		field = uint64(exp + format.bias)
	}
	if max := uint64(1)<<format.expBits - 1; field >= max {
		field, m, overflow = max, 0, true
	}
	b = field<<format.mantBits | m&(1<<format.mantBits-1)
	if negative {
		b |= 1 << (format.mantBits + format.expBits)
	}
	return b, overflow
}

// exactPow10 are the powers of ten that a float64 holds exactly.
var exactPow10 = [23]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

var exactPow10of32 = [11]float32{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10}

// exact64 converts where one correctly rounded operation on exact operands does it.
func exact64(x *number) (f float64, ok bool) {
	if x.mant>>53 != 0 {
		return 0, false
	}
	f = float64(x.mant)
	if x.negative {
		f = -f
	}
	switch {
	case 0 <= x.exp && x.exp <= 22:
		return f * exactPow10[x.exp], true
	case 22 < x.exp && x.exp <= 22+15:
		f *= exactPow10[x.exp-22] // exact if it stays below 2**53
		if f > 1e15 || f < -1e15 {
			return 0, false
		}
		return f * 1e22, true
	case -22 <= x.exp && x.exp < 0:
		return f / exactPow10[-x.exp], true
	}
	return 0, false
}

// exact32 is exact64 for float32.
func exact32(x *number) (f float32, ok bool) {
	if x.mant>>24 != 0 {
		return 0, false
	}
	f = float32(x.mant)
	if x.negative {
		f = -f
	}
	switch {
	case 0 <= x.exp && x.exp <= 10:
		return f * exactPow10of32[x.exp], true
	case -10 <= x.exp && x.exp < 0:
		return f / exactPow10of32[-x.exp], true
	}
	return 0, false
}

// lemire converts mant * 10**exp10 by one or two 64x64 products; not ok if they leave it open.
func lemire(mant uint64, exp10 int, negative bool, format *floatFormat) (b uint64, ok bool) {
	if exp10 < minPow10 || exp10 > maxPow10 {
		return 0, false
	}
	l := bits.LeadingZeros64(mant)
	w := mant << uint(l)
	pHi, pLo := pow10tab[2*(exp10-minPow10)], pow10tab[2*(exp10-minPow10)+1]
	// Bits below those that the result and its rounding need.
	drop := 62 - format.mantBits - 1
	low := uint64(1)<<drop - 1

	hi, lo := bits.Mul64(w, pHi)
	if hi&low == low && lo+w < lo { // the truncated power could still carry into hi
		yHi, yLo := bits.Mul64(w, pLo)
		lo += yHi
		if lo < yHi {
			hi++
		}
		if hi&low == low && lo == ^uint64(0) && yLo+w < yLo {
			return 0, false
		}
	}
	msb := uint(hi >> 63)
	m := hi >> (msb + drop) // one bit more than the mantissa
	if lo == 0 && hi&low == 0 && m&3 == 1 {
		return 0, false // perhaps exactly halfway
	}
	m = (m + m&1) >> 1
	exp := floorLog2Pow10(exp10) + 2 - l + int(msb+drop)
	if m>>(format.mantBits+1) != 0 {
		m >>= 1
		exp++
	}
	field := exp + format.bias
	if field <= 0 || field >= 1<<format.expBits-1 {
		return 0, false // subnormal or too large: leave it to the general way
	}
	b = uint64(field)<<format.mantBits | m&(1<<format.mantBits-1)
	if negative {
		b |= 1 << (format.mantBits + format.expBits)
	}
	return b, true
}

// toBits converts a decimal or hexadecimal literal (x, whose text is s) to the format's bits.
func toBits(x *number, s string, format *floatFormat) (b uint64, overflow bool) {
	if x.mant == 0 {
		if x.negative {
			b = 1 << (format.mantBits + format.expBits)
		}
		return b, false
	}
	if x.hex {
		l := bits.LeadingZeros64(x.mant)
		return pack(x.mant<<uint(l), x.exp-l, x.trunc, x.negative, format)
	}
	b, ok := lemire(x.mant, x.exp, x.negative, format)
	if ok && x.trunc {
		// The true value is below mant+1; if that gives the same float, so does it.
		up, upOK := lemire(x.mant+1, x.exp, x.negative, format)
		ok = upOK && up == b
	}
	if ok {
		return b, false
	}
	return slowBits(s, format)
}

// parseFloat reads a number at the start of s.
func parseFloat(s string, bitSize int) (f float64, n int, err error) {
	if f, n := special(s); n > 0 {
		return f, n, nil
	}
	x, n, ok := scanFloat(s)
	if !ok {
		return 0, n, syntaxError("ParseFloat", s)
	}
	var overflow bool
	if bitSize == 32 {
		if !x.trunc && !x.hex {
			if f, ok := exact32(&x); ok {
				return float64(f), n, nil
			}
		}
		var b uint64
		b, overflow = toBits(&x, s[:n], &float32Format)
		f = float64(math.Float32frombits(uint32(b)))
	} else {
		if !x.trunc && !x.hex {
			if f, ok := exact64(&x); ok {
				return f, n, nil
			}
		}
		var b uint64
		b, overflow = toBits(&x, s[:n], &float64Format)
		f = math.Float64frombits(b)
	}
	if overflow {
		return f, n, rangeError("ParseFloat", s)
	}
	return f, n, nil
}

// ParseFloat reads a decimal or hexadecimal floating-point literal, or an infinity or NaN, and rounds it to the
// nearest float64, or float32 for bitSize 32. A number too large is ±Inf with ErrRange.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, err := parseFloat(s, bitSize)
	if n != len(s) && (err == nil || err.(*NumError).Err != ErrSyntax) {
		return 0, syntaxError("ParseFloat", s)
	}
	return f, err
}

// ParseComplex reads N, Ni or N±Ni, perhaps in parentheses; bitSize is 64 or 128.
func ParseComplex(s string, bitSize int) (complex128, error) {
	size := 64
	if bitSize == 64 {
		size = 32
	}
	whole := s
	if l := len(s); l >= 2 && s[0] == '(' && s[l-1] == ')' {
		s = s[1 : l-1]
	}
	var pending error // a range error, reported unless the syntax is wrong as well
	re, n, err := parseFloat(s, size)
	if err != nil {
		err, isRange := complexError(err, whole)
		if !isRange {
			return 0, err
		}
		pending = err
	}
	s = s[n:]
	if s == "" {
		return complex(re, 0), pending
	}
	switch s[0] {
	case '+':
		// "+NaN" is not a number for ParseFloat, but is how an imaginary part is joined on.
		if len(s) > 1 && s[1] != '+' {
			s = s[1:]
		}
	case '-':
	case 'i':
		if s == "i" {
			return complex(0, re), pending
		}
		return 0, syntaxError("ParseComplex", whole)
	default:
		return 0, syntaxError("ParseComplex", whole)
	}
	im, n, err := parseFloat(s, size)
	if err != nil {
		err, isRange := complexError(err, whole)
		if !isRange {
			return 0, err
		}
		pending = err
	}
	if s[n:] != "i" {
		return 0, syntaxError("ParseComplex", whole)
	}
	return complex(re, im), pending
}

// complexError makes an error of ParseFloat one of ParseComplex.
func complexError(err error, whole string) (e error, isRange bool) {
	n := err.(*NumError)
	return &NumError{"ParseComplex", clone(whole), n.Err}, n.Err == ErrRange
}
