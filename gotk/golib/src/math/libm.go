// SPDX-License-Identifier: BSD-3-Clause

// Functions of the C library: each binds to a runtime symbol of kind MATH.
package math

//gotk:native math_sin
func nativeSin(x float64) float64

// Sin returns the sine of x radians.
func Sin(x float64) float64 { return nativeSin(x) }

//gotk:native math_cos
func nativeCos(x float64) float64

// Cos returns the cosine of x radians.
func Cos(x float64) float64 { return nativeCos(x) }

//gotk:native math_tan
func nativeTan(x float64) float64

// Tan returns the tangent of x radians.
func Tan(x float64) float64 { return nativeTan(x) }

//gotk:native math_asin
func nativeAsin(x float64) float64

// Asin returns the arcsine of x, in radians.
func Asin(x float64) float64 { return nativeAsin(x) }

//gotk:native math_acos
func nativeAcos(x float64) float64

// Acos returns the arccosine of x, in radians.
func Acos(x float64) float64 { return nativeAcos(x) }

//gotk:native math_atan
func nativeAtan(x float64) float64

// Atan returns the arctangent of x, in radians.
func Atan(x float64) float64 { return nativeAtan(x) }

//gotk:native math_sinh
func nativeSinh(x float64) float64

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 { return nativeSinh(x) }

//gotk:native math_cosh
func nativeCosh(x float64) float64

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 { return nativeCosh(x) }

//gotk:native math_tanh
func nativeTanh(x float64) float64

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 { return nativeTanh(x) }

//gotk:native math_asinh
func nativeAsinh(x float64) float64

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 { return nativeAsinh(x) }

//gotk:native math_acosh
func nativeAcosh(x float64) float64

// Acosh returns the inverse hyperbolic cosine of x.
func Acosh(x float64) float64 { return nativeAcosh(x) }

//gotk:native math_atanh
func nativeAtanh(x float64) float64

// Atanh returns the inverse hyperbolic tangent of x.
func Atanh(x float64) float64 { return nativeAtanh(x) }

//gotk:native math_exp
func nativeExp(x float64) float64

// Exp returns e to the power x.
func Exp(x float64) float64 { return nativeExp(x) }

//gotk:native math_exp2
func nativeExp2(x float64) float64

// Exp2 returns 2 to the power x.
func Exp2(x float64) float64 { return nativeExp2(x) }

//gotk:native math_expm1
func nativeExpm1(x float64) float64

// Expm1 returns e**x - 1, exact near 0.
func Expm1(x float64) float64 { return nativeExpm1(x) }

//gotk:native math_log
func nativeLog(x float64) float64

// Log returns the natural logarithm of x.
func Log(x float64) float64 { return nativeLog(x) }

//gotk:native math_log2
func nativeLog2(x float64) float64

// Log2 returns the binary logarithm of x.
func Log2(x float64) float64 { return nativeLog2(x) }

//gotk:native math_log10
func nativeLog10(x float64) float64

// Log10 returns the decimal logarithm of x.
func Log10(x float64) float64 { return nativeLog10(x) }

//gotk:native math_log1p
func nativeLog1p(x float64) float64

// Log1p returns the natural logarithm of 1 + x, exact near 0.
func Log1p(x float64) float64 { return nativeLog1p(x) }

//gotk:native math_cbrt
func nativeCbrt(x float64) float64

// Cbrt returns the cube root of x.
func Cbrt(x float64) float64 { return nativeCbrt(x) }

//gotk:native math_gamma
func nativeGamma(x float64) float64

// Gamma returns the Gamma function of x.
func Gamma(x float64) float64 { return nativeGamma(x) }

//gotk:native math_erf
func nativeErf(x float64) float64

// Erf returns the error function of x.
func Erf(x float64) float64 { return nativeErf(x) }

//gotk:native math_erfc
func nativeErfc(x float64) float64

// Erfc returns the complementary error function of x.
func Erfc(x float64) float64 { return nativeErfc(x) }

//gotk:native math_j0
func nativeJ0(x float64) float64

// J0 returns the order-zero Bessel function of the first kind.
func J0(x float64) float64 { return nativeJ0(x) }

//gotk:native math_j1
func nativeJ1(x float64) float64

// J1 returns the order-one Bessel function of the first kind.
func J1(x float64) float64 { return nativeJ1(x) }

//gotk:native math_pow
func nativePow(x, y float64) float64

// Pow returns x to the power y.
func Pow(x, y float64) float64 { return nativePow(x, y) }

//gotk:native math_atan2
func nativeAtan2(y, x float64) float64

// Atan2 returns the angle of the point (x, y), in radians.
func Atan2(y, x float64) float64 { return nativeAtan2(y, x) }

//gotk:native math_hypot
func nativeHypot(p, q float64) float64

// Hypot returns Sqrt(p*p + q*q) without needless overflow.
func Hypot(p, q float64) float64 { return nativeHypot(p, q) }

//gotk:native math_fmod
func nativeMod(x, y float64) float64

// Mod returns the remainder of x / y truncated, with the sign of x.
func Mod(x, y float64) float64 { return nativeMod(x, y) }

//gotk:native math_remainder
func nativeRemainder(x, y float64) float64

// Remainder returns the IEEE 754 remainder of x / y.
func Remainder(x, y float64) float64 { return nativeRemainder(x, y) }

//gotk:native math_y0
func nativeY0(x float64) float64

// Y0 returns the order-zero Bessel function of the second kind.
func Y0(x float64) float64 {
	if x < 0 || x != x {
		return NaN()
	}
	if x == 0 {
		return Inf(-1)
	}
	return nativeY0(x)
}

//gotk:native math_y1
func nativeY1(x float64) float64

// Y1 returns the order-one Bessel function of the second kind.
func Y1(x float64) float64 {
	if x < 0 || x != x {
		return NaN()
	}
	if x == 0 {
		return Inf(-1)
	}
	return nativeY1(x)
}

//gotk:native math_lgamma
func nativeLgamma(x float64) float64

// Lgamma returns the logarithm of the magnitude of Gamma(x), and the sign of Gamma(x).
func Lgamma(x float64) (lgamma float64, sign int) {
	sign = 1
	switch {
	case x != x || IsInf(x, 1):
		return x, 1
	case IsInf(x, -1):
		return x, 1
	case x == 0:
		return Inf(1), 1
	case x < 0:
		f := Floor(x)
		if f == x {
			return Inf(1), 1
		}
		// Gamma changes sign at every pole; it is negative on (-1, 0).
		if Mod(f, 2) != 0 {
			sign = -1
		}
	}
	return nativeLgamma(x), sign
}

// Sincos returns Sin(x), Cos(x).
func Sincos(x float64) (sin, cos float64) { return nativeSin(x), nativeCos(x) }

// Pow10 returns 10**n.
func Pow10(n int) float64 {
	switch {
	case n < -323:
		return 0
	case n > 308:
		return Inf(1)
	}
	return pow10(n)
}
