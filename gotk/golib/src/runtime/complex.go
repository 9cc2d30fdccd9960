// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

func floatBits(f float64) uint64     { return *(*uint64)(unsafe.Pointer(&f)) }
func floatFromBits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }

const (
	signBit     = 1 << 63
	infinity    = 0x7ff << 52
	oneAsFloat  = 0x3ff << 52
	noSignOfAll = signBit - 1
)

func magnitude(f float64) float64 { return floatFromBits(floatBits(f) & noSignOfAll) }

// signed gives the magnitude `bits` the sign of f.
func signed(bits uint64, f float64) float64 {
	return floatFromBits(bits | floatBits(f)&signBit)
}

func infinite(f float64) bool { return floatBits(f)&noSignOfAll == infinity }
func finite(f float64) bool   { return floatBits(f)&infinity != infinity }

// unit is ±1 for an infinite f and ±0 for any other.
func unit(f float64) float64 {
	if infinite(f) {
		return signed(oneAsFloat, f)
	}
	return signed(0, f)
}

// complex128div is the quotient of complex numbers: Smith's method, which scales by the larger part of the divisor so that
// nothing overflows on the way; then, where both parts are NaN, what C99's Annex G wants of infinities and zeros.
func complex128div(n, m complex128) complex128 {
	a, b := real(n), imag(n)
	c, d := real(m), imag(m)
	var e, f float64
	if magnitude(c) >= magnitude(d) {
		ratio := d / c
		scale := c + ratio*d
		e = (a + b*ratio) / scale
		f = (b - a*ratio) / scale
	} else {
		ratio := c / d
		scale := d + ratio*c
		e = (a*ratio + b) / scale
		f = (b*ratio - a) / scale
	}
	if e == e || f == f {
		return complex(e, f)
	}
	inf := floatFromBits(infinity)
	switch {
	case c == 0 && d == 0 && (a == a || b == b):
		e = signed(infinity, c) * a
		f = signed(infinity, c) * b
	case (infinite(a) || infinite(b)) && finite(c) && finite(d):
		a, b = unit(a), unit(b)
		e = inf * (a*c + b*d)
		f = inf * (b*c - a*d)
	case (infinite(c) || infinite(d)) && finite(a) && finite(b):
		c, d = unit(c), unit(d)
		e = 0 * (a*c + b*d)
		f = 0 * (b*c - a*d)
	}
	return complex(e, f)
}
