// SPDX-License-Identifier: BSD-3-Clause

// Decimal digits of mant * 2**exp: the shortest that identify the number, or as many as asked.
//
// Shortest: R. Giulietti, "The Schubfach way to render doubles" (2021), on the table of pow10.go.
// Fixed: exact 128-bit arithmetic where the scaled number fits a word, which covers the usual
// sizes; else exact big arithmetic in base 10**9. Ties go to even in both.
package strconv

import "math/bits"

// setUint makes digs u * 10**exp10, without trailing zeros. u has at most 20 digits.
func (digs *decimal) setUint(u uint64, exp10 int) {
	var buf [65]byte
	at := format(&buf, u, 10, false)
	n := copy(digs.d, buf[at:])
	digs.dp = n + exp10
	for n > 0 && digs.d[n-1] == '0' {
		n--
	}
	digs.nd = n
	if n == 0 {
		digs.dp = 0
	}
}

// floorLog10Pow2 returns floor(log10(2**e)), |e| <= 1650.
func floorLog10Pow2(e int) int { return (e * 1262611) >> 22 }

// floorLog2Pow10 returns floor(log2(10**e)), |e| <= 1233.
func floorLog2Pow10(e int) int { return (e * 1741647) >> 19 }

// roundToOdd returns floor(g * cp / 2**128) with its last bit set if the product had more bits.
// g is a little too large, so a fraction of 0 or 1 in 2**64 counts as none.
func roundToOdd(gHi, gLo, cp uint64) uint64 {
	xHi, _ := bits.Mul64(gLo, cp)
	yHi, yLo := bits.Mul64(gHi, cp)
	yLo += xHi
	if yLo < xHi {
		yHi++
	}
	if yLo > 1 {
		yHi |= 1
	}
	return yHi
}

// shortestDigits sets digs to the shortest decimal that rounds to mant * 2**exp, and of those the closest.
func shortestDigits(digs *decimal, mant uint64, exp int, format *floatFormat) {
	// Integers up to 2**53 are exact, and their digits are the shortest.
	if exp <= 0 && exp > -64 && mant&(1<<uint(-exp)-1) == 0 {
		digs.setUint(mant>>uint(-exp), 0)
		return
	}
	// The interval's lower half is shorter at a power of two, but for the smallest exponent.
	closer := mant == 1<<format.mantBits && exp > 1-format.bias
	k := floorLog10Pow2(exp)
	cb := mant << 2
	cbl := cb - 2
	if closer {
		k = (exp*1262611 - 524031) >> 22 // floor(log10(3/4 * 2**exp))
		cbl = cb - 1
	}
	cbr := cb + 2

	gHi, gLo := pow10tab[2*(-k-minPow10)], pow10tab[2*(-k-minPow10)+1]
	if -k < 0 || -k > 55 { // the table truncates; the method wants g rounded up
		gLo++
		if gLo == 0 {
			gHi++
		}
	}
	h := uint(exp + floorLog2Pow10(-k) + 1)
	vb := roundToOdd(gHi, gLo, cb<<h)
	lower := roundToOdd(gHi, gLo, cbl<<h)
	upper := roundToOdd(gHi, gLo, cbr<<h)
	if mant&1 != 0 { // an odd mantissa does not own its interval's ends
		lower++
		upper--
	}

	s := vb / 4
	if s >= 10 {
		sp := s / 10
		downIn := lower <= 40*sp
		upIn := 40*sp+40 <= upper
		if downIn != upIn {
			if upIn {
				sp++
			}
			digs.setUint(sp, k+1)
			return
		}
	}
	downIn := lower <= 4*s
	upIn := 4*s+4 <= upper
	if downIn != upIn {
		if upIn {
			s++
		}
	} else if mid := 4*s + 2; vb > mid || vb == mid && s&1 != 0 {
		s++
	}
	digs.setUint(s, k)
}

// tens are the powers of ten that fit a word.
var tens = [20]uint64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// scaled returns mant * 2**exp * 10**p rounded to even, if that and the way to it fit the machine.
func scaled(mant uint64, exp, p int) (n uint64, ok bool) {
	if p < -19 || p > 19 {
		return 0, false
	}
	var hi, lo, remainder, half uint64 // the quotient; what is left over; half a unit of that
	if p >= 0 {
		hi, lo = bits.Mul64(mant, tens[p])
		switch {
		case exp >= 64:
			return 0, false
		case exp >= 0:
			if hi != 0 || bits.Len64(lo)+exp > 64 {
				return 0, false
			}
			return lo << uint(exp), true
		case exp <= -128:
			return 0, true // below 2**117 / 2**128: nothing
		case exp < -64:
			s := uint(-exp - 64)
			// Keep the sticky low word as one bit under the remainder.
			remainder = hi & (1<<s - 1) << 1
			half = 1 << s
			if lo != 0 {
				remainder |= 1
			}
			lo = hi >> s
		case exp == -64:
			remainder, half = lo, 1<<63
			lo = hi
		default:
			s := uint(-exp)
			if hi>>s != 0 {
				return 0, false
			}
			remainder = lo & (1<<s - 1)
			half = 1 << (s - 1)
			lo = hi<<(64-s) | lo>>s
		}
	} else {
		ten := tens[-p]
		sticky := false
		switch {
		case exp >= 64:
			return 0, false
		case exp >= 0:
			hi, lo = bits.Mul64(mant, 1<<uint(exp))
			if hi >= ten {
				return 0, false
			}
			lo, remainder = bits.Div64(hi, lo, ten)
		case exp > -64:
			s := uint(-exp)
			sticky = mant&(1<<s-1) != 0
			lo, remainder = mant>>s/ten, mant>>s%ten
		default:
			return 0, true
		}
		half = ten / 2
		if sticky && remainder == half {
			remainder++
		}
	}
	if remainder > half || remainder == half && lo&1 != 0 {
		lo++
		if lo == 0 {
			return 0, false
		}
	}
	return lo, true
}

// fixedDigits sets digs to mant * 2**exp rounded to n digits after the point, or to n in all.
func fixedDigits(digs *decimal, mant uint64, exp, n int, afterPoint bool) {
	if afterPoint {
		if u, ok := scaled(mant, exp, n); ok {
			digs.setUint(u, -n)
			return
		}
	} else if n <= 18 {
		// The estimate of the leading digit's position is right or one too low.
		p := n - 1 - floorLog10Pow2(exp+bits.Len64(mant)-1)
		u, ok := scaled(mant, exp, p)
		if ok && u >= tens[n] {
			p--
			u, ok = scaled(mant, exp, p)
		}
		if ok {
			digs.setUint(u, -p)
			return
		}
	}
	exactDigits(digs, mant, exp)
	if afterPoint {
		n += digs.dp
	}
	digs.round(n)
}

// exactDigits sets digs to all the digits of mant * 2**exp, at most 767.
func exactDigits(digs *decimal, mant uint64, exp int) {
	const base = 1000000000
	var limbs [96]uint32 // little endian, base 10**9; 767 digits need 86
	n := 0
	for u := mant; u > 0; u /= base {
		limbs[n] = uint32(u % base)
		n++
	}
	// mant*2**exp is mant*5**-exp * 10**exp for negative exponents.
	step, perStep, left := uint64(1)<<29, 29, exp
	single := uint64(2)
	if exp < 0 {
		step, perStep, left = 1220703125, 13, -exp
		single = 5
	}
	for left > 0 {
		m := step
		if left < perStep {
			m = 1
			for i := 0; i < left; i++ {
				m *= single
			}
		}
		left -= perStep
		carry := uint64(0)
		for i := 0; i < n; i++ {
			carry += uint64(limbs[i]) * m
			limbs[i] = uint32(carry % base)
			carry /= base
		}
		for carry > 0 {
			limbs[n] = uint32(carry % base)
			carry /= base
			n++
		}
	}
	d := make([]byte, 9*n)
	at := len(d)
	for i := 0; i < n; i++ {
		x := limbs[i]
		for j := 0; j < 9; j++ {
			at--
			d[at] = byte('0' + x%10)
			x /= 10
		}
	}
	zeros := 0
	for d[zeros] == '0' {
		zeros++
	}
	digs.d = d[zeros:]
	digs.nd = len(digs.d)
	digs.dp = digs.nd
	if exp < 0 {
		digs.dp += exp
	}
	digs.trim()
}

// trim drops trailing zeros.
func (digs *decimal) trim() {
	for digs.nd > 0 && digs.d[digs.nd-1] == '0' {
		digs.nd--
	}
	if digs.nd == 0 {
		digs.dp = 0
	}
}

// round rounds digs to n digits, ties to even.
func (digs *decimal) round(n int) {
	if n < 0 {
		digs.nd, digs.dp = 0, 0
		return
	}
	if n >= digs.nd {
		return
	}
	up := digs.d[n] > '5'
	if digs.d[n] == '5' {
		up = n+1 < digs.nd || n > 0 && digs.d[n-1]&1 != 0
	}
	digs.nd = n
	if up {
		for digs.nd > 0 && digs.d[digs.nd-1] == '9' {
			digs.nd--
		}
		if digs.nd == 0 {
			digs.d[0] = '1'
			digs.nd = 1
			digs.dp++
			return
		}
		digs.d[digs.nd-1]++
		return
	}
	digs.trim()
}
