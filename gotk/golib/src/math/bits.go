// SPDX-License-Identifier: BSD-3-Clause

// The IEEE 754 representation: bits, classes, signs, scaling, neighbours.
package math

import "unsafe"

const (
	uvNaN  = 0x7FF8000000000001
	uvInf  = 0x7FF0000000000000
	expMax = 0x7FF
	bias   = 1023
)

// Float64bits returns the IEEE 754 representation of f.
func Float64bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

// Float64frombits returns the number with this IEEE 754 representation.
func Float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }

// Float32bits returns the IEEE 754 representation of f.
func Float32bits(f float32) uint32 { return *(*uint32)(unsafe.Pointer(&f)) }

// Float32frombits returns the number with this IEEE 754 representation.
func Float32frombits(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

// Inf returns +Inf if sign >= 0, else -Inf.
func Inf(sign int) float64 {
	if sign >= 0 {
		return Float64frombits(uvInf)
	}
	return Float64frombits(uvInf | 1<<63)
}

// NaN returns a "not a number".
func NaN() float64 { return Float64frombits(uvNaN) }

// IsNaN reports whether f is a NaN.
func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is +Inf (sign >= 0) or -Inf (sign <= 0).
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

// Signbit reports whether x is negative or negative zero.
func Signbit(x float64) bool { return Float64bits(x)>>63 != 0 }

// normalize returns y in the normal range and exp with x == y * 2^exp, for a finite nonzero x.
func normalize(x float64) (y float64, exp int) {
	if Abs(x) < 0x1p-1022 {
		return x * (1 << 52), -52
	}
	return x, 0
}

// Frexp splits f into frac in [0.5, 1) and a power of two: f == frac * 2^exp.
// Zeros, infinities and NaN come back unchanged with exp 0.
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || IsInf(f, 0) || f != f {
		return f, 0
	}
	f, exp = normalize(f)
	x := Float64bits(f)
	exp += int(x>>52)&expMax - bias + 1
	return Float64frombits(x&^(expMax<<52) | (bias-1)<<52), exp
}

// Ldexp returns frac * 2^exp, rounded once.
func Ldexp(frac float64, exp int) float64 {
	if frac == 0 || IsInf(frac, 0) || frac != frac {
		return frac
	}
	frac, e := normalize(frac)
	x := Float64bits(frac)
	// Clamp first, so that the sum cannot overflow.
	if exp > 5000 {
		exp = 5000
	} else if exp < -5000 {
		exp = -5000
	}
	exp += e + int(x>>52)&expMax - bias
	if exp < -1075 {
		return Copysign(0, frac)
	}
	if exp > 1023 {
		return Copysign(Inf(1), frac)
	}
	m := 1.0
	if exp < -1022 { // subnormal: build it 53 binary orders up, scale down with one rounding
		exp += 53
		m = 0x1p-53
	}
	return m * Float64frombits(x&^(expMax<<52)|uint64(exp+bias)<<52)
}

// Logb returns the binary exponent of x.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case x != x:
		return x
	}
	return float64(ilogb(x))
}

// Ilogb returns the binary exponent of x as an integer: MinInt32 for 0, MaxInt32 for Inf and NaN.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case x != x, IsInf(x, 0):
		return MaxInt32
	}
	return ilogb(x)
}

func ilogb(x float64) int {
	x, exp := normalize(x)
	return int(Float64bits(x)>>52)&expMax - bias + exp
}

// Nextafter returns the next float64 after x towards y.
func Nextafter(x, y float64) (r float64) {
	switch {
	case x != x || y != y:
		return NaN()
	case x == y:
		return x
	case x == 0:
		return Copysign(Float64frombits(1), y)
	case (y > x) == (x > 0):
		return Float64frombits(Float64bits(x) + 1)
	}
	return Float64frombits(Float64bits(x) - 1)
}

// Nextafter32 returns the next float32 after x towards y.
func Nextafter32(x, y float32) (r float32) {
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(Copysign(float64(Float32frombits(1)), float64(y)))
	case (y > x) == (x > 0):
		return Float32frombits(Float32bits(x) + 1)
	}
	return Float32frombits(Float32bits(x) - 1)
}

// Modf splits f into an integer and a fraction, both with the sign of f.
func Modf(f float64) (integer float64, fractional float64) {
	integer = Trunc(f)
	fractional = Copysign(f-integer, f)
	return integer, fractional
}
