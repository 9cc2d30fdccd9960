/* SPDX-License-Identifier: BSD-3-Clause
 * Package math's natives: libm on the M's own stack (MATH stubs leave arguments and results in vector registers).
 * Go's special cases are golib's business (golib/src/math). */
#include <math.h>

#define F1(name, f) double gotk__math_##name(double x) { return f(x); }
#define F2(name, f) double gotk__math_##name(double x, double y) { return f(x, y); }
F1(sin, sin) F1(cos, cos) F1(tan, tan) F1(asin, asin) F1(acos, acos) F1(atan, atan) F2(atan2, atan2)
F1(sinh, sinh) F1(cosh, cosh) F1(tanh, tanh) F1(asinh, asinh) F1(acosh, acosh) F1(atanh, atanh)
F1(exp, exp) F1(exp2, exp2) F1(expm1, expm1) F1(log, log) F1(log2, log2) F1(log10, log10) F1(log1p, log1p)
F2(pow, pow) F1(cbrt, cbrt) F2(hypot, hypot) F2(fmod, fmod) F2(remainder, remainder)
F1(gamma, tgamma)
double gotk__math_lgamma(double x) {
    int sign;                       /* not lgamma: that one writes the global signgam */
    return lgamma_r(x, &sign);
}
F1(erf, erf) F1(erfc, erfc) F1(j0, j0) F1(j1, j1) F1(y0, y0) F1(y1, y1)
