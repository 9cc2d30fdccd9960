// SPDX-License-Identifier: BSD-3-Clause

// Circular and hyperbolic functions and their inverses.
package cmplx

import "math"

// sinhcosh returns both of x.
func sinhcosh(x float64) (sh, ch float64) {
	if math.Abs(x) <= 0.5 {
		return math.Sinh(x), math.Cosh(x)
	}
	e := math.Exp(x)
	i := 0.5 / e
	e *= 0.5
	return e - i, e + i
}

// Sin returns the sine.
func Sin(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && (math.IsInf(re, 0) || math.IsNaN(re)):
		return complex(math.NaN(), im)
	case math.IsInf(im, 0):
		switch {
		case re == 0:
			return x
		case math.IsInf(re, 0) || math.IsNaN(re):
			return complex(math.NaN(), im)
		}
	case re == 0 && math.IsNaN(im):
		return x
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(s*ch, c*sh)
}

// Sinh returns the hyperbolic sine.
func Sinh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case re == 0 && (math.IsInf(im, 0) || math.IsNaN(im)):
		return complex(re, math.NaN())
	case math.IsInf(re, 0):
		switch {
		case im == 0:
			return x
		case math.IsInf(im, 0) || math.IsNaN(im):
			return complex(re, math.NaN())
		}
	case im == 0 && math.IsNaN(re):
		return complex(math.NaN(), im)
	}
	s, c := math.Sincos(im)
	sh, ch := sinhcosh(re)
	return complex(c*sh, s*ch)
}

// Cos returns the cosine.
func Cos(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && (math.IsInf(re, 0) || math.IsNaN(re)):
		return complex(math.NaN(), -im*math.Copysign(0, re))
	case math.IsInf(im, 0):
		switch {
		case re == 0:
			return complex(math.Inf(1), -re*math.Copysign(0, im))
		case math.IsInf(re, 0) || math.IsNaN(re):
			return complex(math.Inf(1), math.NaN())
		}
	case re == 0 && math.IsNaN(im):
		return complex(math.NaN(), 0)
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(c*ch, -s*sh)
}

// Cosh returns the hyperbolic cosine.
func Cosh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case re == 0 && (math.IsInf(im, 0) || math.IsNaN(im)):
		return complex(math.NaN(), re*math.Copysign(0, im))
	case math.IsInf(re, 0):
		switch {
		case im == 0:
			return complex(math.Inf(1), im*math.Copysign(0, re))
		case math.IsInf(im, 0) || math.IsNaN(im):
			return complex(math.Inf(1), math.NaN())
		}
	case im == 0 && math.IsNaN(re):
		return complex(math.NaN(), im)
	}
	s, c := math.Sincos(im)
	sh, ch := sinhcosh(re)
	return complex(c*ch, s*sh)
}

// tanParts returns sinh(2y), sin(2x) over their common denominator cosh(2y) + cos(2x), written as 2(sinh²y + cos²x) so
// that nothing cancels near the poles.
func tanParts(x, y float64) (sin, sinh float64) {
	s, c := math.Sincos(x)
	sh, ch := sinhcosh(y)
	d := sh*sh + c*c
	return s * c / d, sh * ch / d
}

// big is from where on tanh is 1 to the last bit, and sinh² would overflow soon.
const big = 22

// Tan returns the tangent.
func Tan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case math.IsInf(im, 0):
		if math.IsInf(re, 0) || math.IsNaN(re) {
			return complex(math.Copysign(0, re), math.Copysign(1, im))
		}
		return complex(math.Copysign(0, math.Sin(2*re)), math.Copysign(1, im))
	case re == 0 && math.IsNaN(im):
		return x
	case math.IsInf(re, 0) || math.IsNaN(re):
		return NaN()
	}
	if math.Abs(im) > big {
		return complex(2*math.Sin(2*re)*math.Exp(-2*math.Abs(im)), math.Copysign(1, im))
	}
	s, sh := tanParts(re, im)
	if re == 0 {
		s = re
	}
	if im == 0 {
		sh = im
	}
	return complex(s, sh)
}

// Tanh returns the hyperbolic tangent.
func Tanh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case math.IsInf(re, 0):
		if math.IsInf(im, 0) || math.IsNaN(im) {
			return complex(math.Copysign(1, re), math.Copysign(0, im))
		}
		return complex(math.Copysign(1, re), math.Copysign(0, math.Sin(2*im)))
	case im == 0 && math.IsNaN(re):
		return x
	case math.IsInf(im, 0) || math.IsNaN(im):
		return NaN()
	}
	if math.Abs(re) > big {
		return complex(math.Copysign(1, re), 2*math.Sin(2*im)*math.Exp(-2*math.Abs(re)))
	}
	s, sh := tanParts(im, re)
	if im == 0 {
		s = im
	}
	if re == 0 {
		sh = re
	}
	return complex(sh, s)
}

// Cot returns the cotangent: -sin(2x) and sinh(2y) over cos(2x) - cosh(2y) = -2(sin²x + sinh²y).
func Cot(x complex128) complex128 {
	re, im := real(x), imag(x)
	if math.IsInf(re, 0) || math.IsNaN(re) {
		return NaN()
	}
	if math.Abs(im) > big && !math.IsInf(im, 0) {
		return complex(2*math.Sin(2*re)*math.Exp(-2*math.Abs(im)), math.Copysign(1, -im))
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	d := s*s + sh*sh
	if d == 0 {
		return Inf()
	}
	return complex(s*c/d, -sh*ch/d)
}

// Asin returns the inverse sine.
func Asin(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && math.Abs(re) <= 1:
		return complex(math.Asin(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Asinh(im))
	case math.IsNaN(im):
		switch {
		case re == 0:
			return complex(re, math.NaN())
		case math.IsInf(re, 0):
			return complex(math.NaN(), re)
		}
		return NaN()
	case math.IsInf(im, 0):
		switch {
		case math.IsNaN(re):
			return x
		case math.IsInf(re, 0):
			return complex(math.Copysign(math.Pi/4, re), im)
		}
		return complex(math.Copysign(0, re), im)
	case math.IsInf(re, 0):
		return complex(math.Copysign(math.Pi/2, re), math.Copysign(re, im))
	}
	// asin x = -i asinh(ix)
	ct := complex(-im, re)
	x1 := complex(1-(re-im)*(re+im), -2*re*im) // 1 - x²
	x2 := Log(ct + Sqrt(x1))
	return complex(imag(x2), -real(x2))
}

// Asinh returns the inverse hyperbolic sine.
func Asinh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && math.Abs(re) <= 1:
		return complex(math.Asinh(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Asin(im))
	case math.IsInf(re, 0):
		switch {
		case math.IsInf(im, 0):
			return complex(re, math.Copysign(math.Pi/4, im))
		case math.IsNaN(im):
			return x
		}
		return complex(re, math.Copysign(0, im))
	case math.IsNaN(re):
		switch {
		case im == 0:
			return x
		case math.IsInf(im, 0):
			return complex(im, re)
		}
		return NaN()
	case math.IsInf(im, 0):
		return complex(math.Copysign(im, re), math.Copysign(math.Pi/2, im))
	}
	root := Sqrt(complex(1+(re-im)*(re+im), 2*re*im))
	if re < 0 { // the function is odd, and the sum would cancel
		return -Log(root - x)
	}
	return Log(x + root)
}

// Acos returns the inverse cosine.
func Acos(x complex128) complex128 {
	w := Asin(x)
	return complex(math.Pi/2-real(w), -imag(w))
}

// Acosh returns the inverse hyperbolic cosine.
func Acosh(x complex128) complex128 {
	if x == 0 {
		return complex(0, math.Copysign(math.Pi/2, imag(x)))
	}
	w := Acos(x)
	if imag(w) <= 0 {
		return complex(-imag(w), real(w))
	}
	return complex(imag(w), -real(w))
}

// Atan returns the inverse tangent.
func Atan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0:
		return complex(math.Atan(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Atanh(im))
	case math.IsInf(im, 0) || math.IsInf(re, 0):
		if math.IsNaN(re) {
			return complex(math.NaN(), math.Copysign(0, im))
		}
		return complex(math.Copysign(math.Pi/2, re), math.Copysign(0, im))
	case math.IsNaN(re) || math.IsNaN(im):
		return NaN()
	}
	re2 := re * re
	a := 1 - re2 - im*im
	if a == 0 {
		return NaN()
	}
	t := 0.5 * math.Atan2(2*re, a)
	if math.Abs(t) == math.Pi/2 { // on the branch cut: Go's side of it
		t = -math.Pi / 2
	}
	c := im - 1
	b := re2 + c*c
	if b == 0 {
		return NaN()
	}
	d := im + 1
	return complex(t, 0.25*math.Log((re2+d*d)/b))
}

// Atanh returns the inverse hyperbolic tangent.
func Atanh(x complex128) complex128 {
	z := Atan(complex(-imag(x), real(x))) // atanh x = -i atan(ix)
	return complex(imag(z), -real(z))
}
