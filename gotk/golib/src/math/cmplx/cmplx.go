// SPDX-License-Identifier: BSD-3-Clause

// Package cmplx is the mathematics of complex numbers. Special values are those of C99's annex G, signs of zeros included:
// they say on which side of a branch cut an argument lies.
package cmplx

import "math"

// Abs returns the distance from 0.
func Abs(x complex128) float64 { return math.Hypot(real(x), imag(x)) }

// Phase returns the angle in [-π, π].
func Phase(x complex128) float64 { return math.Atan2(imag(x), real(x)) }

// Polar returns absolute value and phase.
func Polar(x complex128) (r, θ float64) { return Abs(x), Phase(x) }

// Rect is the inverse of Polar.
func Rect(r, θ float64) complex128 {
	s, c := math.Sincos(θ)
	return complex(r*c, r*s)
}

// Conj returns the conjugate.
func Conj(x complex128) complex128 { return complex(real(x), -imag(x)) }

// Inf returns an infinity, +Inf+Infi.
func Inf() complex128 { return complex(math.Inf(1), math.Inf(1)) }

// NaN returns a complex number that is not one.
func NaN() complex128 { return complex(math.NaN(), math.NaN()) }

// IsInf reports whether a part of x is infinite.
func IsInf(x complex128) bool { return math.IsInf(real(x), 0) || math.IsInf(imag(x), 0) }

// IsNaN reports whether a part of x is NaN and none is infinite.
func IsNaN(x complex128) bool { return !IsInf(x) && (math.IsNaN(real(x)) || math.IsNaN(imag(x))) }

// Sqrt returns the square root whose real part is not negative, and whose imaginary part has the sign of x's.
func Sqrt(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0: // keeps its sign
		if re == 0 {
			return complex(0, im)
		}
		if re < 0 {
			return complex(0, math.Copysign(math.Sqrt(-re), im))
		}
		return complex(math.Sqrt(re), im)
	case math.IsInf(im, 0):
		return complex(math.Inf(1), im)
	case re == 0:
		r := math.Sqrt(math.Abs(im) / 2)
		return complex(r, math.Copysign(r, im))
	}
	// Scaled by a power of 4, so that neither the squares overflow nor small parts are lost.
	scale := 1.0
	if math.Abs(re) > 4 || math.Abs(im) > 4 {
		re, im, scale = re/4, im/4, 2
	} else {
		re, im, scale = re*(1<<54), im*(1<<54), 1.0/(1<<27)
	}
	r := math.Hypot(re, im)
	var a, b float64 // a b = im/2, a² - b² = re: the one without cancellation first
	if re > 0 {
		a = math.Sqrt(r/2 + re/2)
		b = scale * math.Abs(im/2/a)
		a *= scale
	} else {
		b = math.Sqrt(r/2 - re/2)
		a = scale * math.Abs(im/2/b)
		b *= scale
	}
	return complex(a, math.Copysign(b, im))
}

// Exp returns e to the x.
func Exp(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case math.IsInf(re, 0):
		switch {
		case re > 0 && im == 0:
			return x
		case math.IsInf(im, 0) || math.IsNaN(im):
			if re < 0 {
				return complex(0, math.Copysign(0, im))
			}
			return complex(math.Inf(1), math.NaN())
		}
	case math.IsNaN(re) && im == 0:
		return complex(math.NaN(), im)
	}
	r := math.Exp(re)
	s, c := math.Sincos(im)
	return complex(r*c, r*s)
}

// Log returns the natural logarithm, with an imaginary part in [-π, π].
func Log(x complex128) complex128 { return complex(math.Log(Abs(x)), Phase(x)) }

// Log10 returns the decimal logarithm.
func Log10(x complex128) complex128 {
	z := Log(x)
	return complex(math.Log10E*real(z), math.Log10E*imag(z))
}

// Pow returns x to the y. Of 0 it is 1 if the real part of y is 0, 0 if it is positive, and infinite if it is negative.
func Pow(x, y complex128) complex128 {
	if x == 0 {
		re, im := real(y), imag(y)
		switch {
		case IsNaN(y):
			return NaN()
		case re == 0:
			return 1
		case re > 0:
			return 0
		case im == 0:
			return complex(math.Inf(1), 0)
		}
		return Inf()
	}
	abs := Abs(x)
	if abs == 0 {
		return 0
	}
	arg := Phase(x)
	r := math.Pow(abs, real(y))
	θ := real(y) * arg
	if imag(y) != 0 {
		r *= math.Exp(-imag(y) * arg)
		θ += imag(y) * math.Log(abs)
	}
	return Rect(r, θ)
}
