// SPDX-License-Identifier: BSD-3-Clause

// The general conversion of decimal text to a float: exact division of big integers.
package strconv

import "math/bits"

// maxDigits is how many digits can decide a float64's rounding: a halfway point has at most 767.
// What follows them only matters as "not zero".
const maxDigits = 800

// nat is a natural number, little endian in base 2**32, without leading zero words.
// The largest met here, 800 digits or 5**1142 and a shift of 66 bits, take 88 words.
type nat struct {
	n int
	w [96]uint32
}

func (x *nat) mulAdd(m, add uint32) {
	carry := uint64(add)
	for i := 0; i < x.n; i++ {
		carry += uint64(x.w[i]) * uint64(m)
		x.w[i] = uint32(carry)
		carry >>= 32
	}
	if carry != 0 {
		x.w[x.n] = uint32(carry)
		x.n++
	}
}

// mulPow5 multiplies by 5**e.
func (x *nat) mulPow5(e int) {
	for ; e >= 13; e -= 13 {
		x.mulAdd(1220703125, 0)
	}
	for ; e > 0; e-- {
		x.mulAdd(5, 0)
	}
}

func (x *nat) bitLen() int {
	if x.n == 0 {
		return 0
	}
	return 32*(x.n-1) + bits.Len32(x.w[x.n-1])
}

func (x *nat) shiftLeft(s int) {
	words, s := s/32, s%32
	if x.n == 0 {
		return
	}
	x.w[x.n] = 0
	for i := x.n; i >= 0; i-- {
		v := x.w[i] << uint(s)
		if i > 0 && s > 0 {
			v |= x.w[i-1] >> uint(32-s)
		}
		x.w[i+words] = v
	}
	for i := 0; i < words; i++ {
		x.w[i] = 0
	}
	x.n += words
	if x.w[x.n] != 0 {
		x.n++
	}
}

// less reports whether x < y.
func (x *nat) less(y *nat) bool {
	if x.n != y.n {
		return x.n < y.n
	}
	for i := x.n - 1; i >= 0; i-- {
		if x.w[i] != y.w[i] {
			return x.w[i] < y.w[i]
		}
	}
	return false
}

// sub subtracts y, which is not larger.
func (x *nat) sub(y *nat) {
	borrow := uint64(0)
	for i := 0; i < x.n; i++ {
		d := uint64(x.w[i]) - borrow
		if i < y.n {
			d -= uint64(y.w[i])
		}
		x.w[i] = uint32(d)
		borrow = d >> 63
	}
	for x.n > 0 && x.w[x.n-1] == 0 {
		x.n--
	}
}

// slowBits converts the decimal literal s, which is well-formed and not zero.
func slowBits(s string, format *floatFormat) (b uint64, overflow bool) {
	var num, den nat
	negative := s[0] == '-'
	kept, exp10 := 0, 0
	sawPoint, sticky := false, false
	i := 0
	for ; i < len(s); i++ {
		c := s[i]
		if c == '.' {
			sawPoint = true
			continue
		}
		if c|0x20 == 'e' {
			break
		}
		if c < '0' || c > '9' { // a sign or underscore
			continue
		}
		switch {
		case kept == 0 && c == '0':
			if sawPoint {
				exp10--
			}
		case kept < maxDigits:
			num.mulAdd(10, uint32(c-'0'))
			kept++
			if sawPoint {
				exp10--
			}
		default:
			sticky = sticky || c != '0'
			if !sawPoint {
				exp10++
			}
		}
	}
	if i < len(s) {
		sign, e := 1, 0
		for i++; i < len(s); i++ {
			switch c := s[i]; {
			case c == '-':
				sign = -1
			case '0' <= c && c <= '9' && e < 10000:
				e = e*10 + int(c-'0')
			}
		}
		exp10 += e * sign
	}
	if top := kept + exp10; top > 310 { // at least 1e310
		return pack(1<<63, 1<<15, false, negative, format)
	} else if top < -330 { // below 1e-330
		return pack(1<<63, -1<<15, true, negative, format)
	}

	// The value is num * 5**exp10 * 2**exp10; bring the powers of five to the right side.
	den.n, den.w[0] = 1, 1
	if exp10 >= 0 {
		num.mulPow5(exp10)
	} else {
		den.mulPow5(-exp10)
	}
	// Align so that num/den is in (1/2, 2), then take 65 bits of quotient, one by one.
	shift := num.bitLen() - den.bitLen()
	if shift > 0 {
		den.shiftLeft(shift)
	} else {
		num.shiftLeft(-shift)
	}
	exp := exp10 + shift
	if num.less(&den) {
		num.shiftLeft(1)
		exp--
	}
	q := uint64(0)
	for k := 0; k < 64; k++ {
		q <<= 1
		if !num.less(&den) {
			num.sub(&den)
			q |= 1
		}
		num.shiftLeft(1)
	}
	return pack(q, exp-63, sticky || num.n != 0, negative, format)
}
