// SPDX-License-Identifier: BSD-3-Clause

// Functions that neither the machine nor the C library's one-argument functions provide.
package math

// pow10tab1 and pow10tab32 together make 10**n for 0 <= n <= 308, each entry correctly rounded.
var pow10tab1 = [32]float64{
	1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
	1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29,
	1e30, 1e31,
}

var pow10tab32 = [10]float64{1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}

var pow10neg32 = [11]float64{
	1e-00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320,
}

func pow10(n int) float64 {
	if n >= 0 {
		return pow10tab32[n>>5] * pow10tab1[n&31]
	}
	return pow10neg32[-n>>5] / pow10tab1[-n&31]
}

// Jn returns the order-n Bessel function of the first kind.
//
// Upward recurrence is stable for n <= |x|; else the ratios come from Miller's downward recurrence,
// normalised by J0 or J1, whichever is larger (Abramowitz and Stegun, 9.12).
func Jn(n int, x float64) float64 {
	switch {
	case x != x:
		return x
	case IsInf(x, 0):
		return 0
	}
	if n == 0 {
		return J0(x)
	}
	if x == 0 {
		return 0
	}
	if n < 0 {
		n, x = -n, -x // J(-n, x) == J(n, -x)
	}
	if n == 1 {
		return J1(x)
	}
	negative := x < 0 && n&1 == 1
	x = Abs(x)
	var r float64
	if float64(n) <= x {
		a, b := J0(x), J1(x)
		for i := 1; i < n; i++ {
			a, b = b, b*(float64(2*i)/x)-a
		}
		r = b
	} else if x < 0x1p-29 {
		// Only the first term of the series, (x/2)^n / n!, counts.
		r = 1
		for i := 1; i <= n && r != 0; i++ {
			r *= x / 2 / float64(i)
		}
	} else {
		r = jnDown(n, x)
	}
	if negative {
		return -r
	}
	return r
}

// jnDown is Miller's algorithm for n > x > 0, n >= 2.
func jnDown(n int, x float64) float64 {
	start := n + 20 + int(Sqrt(60*float64(n)))
	start += start & 1
	a, b := 0.0, 0x1p-500 // f(k+1), f(k), in arbitrary units
	var fn, f0, f1 float64
	for k := start; k > 0; k-- {
		a, b = b, float64(2*k)/x*b-a
		if Abs(b) > 0x1p500 {
			a *= 0x1p-600
			b *= 0x1p-600
			fn *= 0x1p-600
		}
		if k-1 == n {
			fn = b
		}
	}
	f0, f1 = b, a
	j0, j1 := J0(x), J1(x)
	if Abs(j0) >= Abs(j1) {
		return fn / f0 * j0
	}
	return fn / f1 * j1
}

// Yn returns the order-n Bessel function of the second kind.
func Yn(n int, x float64) float64 {
	switch {
	case x < 0 || x != x:
		return NaN()
	case IsInf(x, 1):
		return 0
	}
	if n == 0 {
		return Y0(x)
	}
	if x == 0 {
		if n < 0 && n&1 == 1 {
			return Inf(1)
		}
		return Inf(-1)
	}
	negative := false
	if n < 0 {
		n = -n
		negative = n&1 == 1
	}
	a, b := Y0(x), Y1(x)
	for i := 1; i < n && !IsInf(b, -1); i++ {
		a, b = b, float64(2*i)/x*b-a
	}
	if negative {
		return -b
	}
	return b
}

// Erfinv returns the inverse of Erf.
//
// Rational approximations of the normal quantile: M. J. Wichura, "Algorithm AS 241: The percentage
// points of the normal distribution", Applied Statistics 37 (1988), PPND16.
func Erfinv(x float64) float64 {
	if x != x || x <= -1 || x >= 1 {
		if x == -1 || x == 1 {
			return Inf(int(x))
		}
		return NaN()
	}
	q := x / 2
	var z float64
	if Abs(q) <= 0.425 {
		r := 0.180625 - q*q
		z = q * ratio7(r, &quantileA, &quantileB)
	} else {
		r := Sqrt(-Log((1 - Abs(x)) / 2))
		if r <= 5 {
			z = ratio7(r-1.6, &quantileC, &quantileD)
		} else {
			z = ratio7(r-5, &quantileE, &quantileF)
		}
		if q < 0 {
			z = -z
		}
	}
	return z / Sqrt2
}

// Erfcinv returns the inverse of Erfc.
func Erfcinv(x float64) float64 { return Erfinv(1 - x) }

// ratio7 evaluates a quotient of two polynomials of degree 7.
func ratio7(r float64, p, q *[8]float64) float64 {
	n, d := p[7], q[7]
	for i := 6; i >= 0; i-- {
		n = n*r + p[i]
		d = d*r + q[i]
	}
	return n / d
}

var quantileA = [8]float64{
	3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
	4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
}

var quantileB = [8]float64{
	1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
	2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
}

var quantileC = [8]float64{
	1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
	1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
}

var quantileD = [8]float64{
	1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
	1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
}

var quantileE = [8]float64{
	6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
	2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
}

var quantileF = [8]float64{
	1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
	7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
}
