// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand"
	"strings"
	"testing"

	lib "gotk.test/lib/math/cmplx"
)

// alike reports whether a and b are equal up to rounding: special values and signs of zeros exactly, others relative to the number's size.
// Go's inverse functions lose half the digits where they subtract numbers that are nearly equal.
func alike(a, b complex128) bool {
	if fmt.Sprint(a) == fmt.Sprint(b) {
		return true
	}
	size := max(math.Hypot(real(a), imag(a)), 1e-300)
	part := func(x, y float64) bool {
		if math.IsNaN(x) || math.IsInf(x, 0) || math.IsNaN(y) || math.IsInf(y, 0) {
			return x == y || math.IsNaN(x) && math.IsNaN(y)
		}
		return math.Abs(x-y) <= 1e-8*size
	}
	return part(real(a), real(b)) && part(imag(a), imag(b))
}

func TestComplexFunctions(t *testing.T) {
	functions := []struct {
		name      string
		want, got func(complex128) complex128
	}{
		{"Acos", cmplx.Acos, lib.Acos}, {"Acosh", cmplx.Acosh, lib.Acosh}, {"Asin", cmplx.Asin, lib.Asin}, {"Asinh", cmplx.Asinh, lib.Asinh}, {"Atan", cmplx.Atan, lib.Atan},
		{"Atanh", cmplx.Atanh, lib.Atanh}, {"Conj", cmplx.Conj, lib.Conj}, {"Cos", cmplx.Cos, lib.Cos}, {"Cosh", cmplx.Cosh, lib.Cosh}, {"Cot", cmplx.Cot, lib.Cot}, {"Exp", cmplx.Exp, lib.Exp},
		{"Log", cmplx.Log, lib.Log}, {"Log10", cmplx.Log10, lib.Log10}, {"Sin", cmplx.Sin, lib.Sin}, {"Sinh", cmplx.Sinh, lib.Sinh}, {"Sqrt", cmplx.Sqrt, lib.Sqrt}, {"Tan", cmplx.Tan, lib.Tan}, {"Tanh", cmplx.Tanh, lib.Tanh},
	}
	inf, nan, zero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	parts := []float64{0, zero, 1, -1, 0.5, -0.5, 2, -2, inf, -inf, nan, 1e-10, 100, -100, 1e200, 1e-200, math.Pi / 2}
	var points []complex128
	for _, re := range parts {
		for _, im := range parts {
			points = append(points, complex(re, im))
		}
	}
	rng := rand.New(rand.NewSource(3))
	for range 3000 {
		scale := math.Exp(rng.NormFloat64() * 2)
		points = append(points, complex(rng.NormFloat64()*scale, rng.NormFloat64()*scale))
	}
	failed := map[string]int{}
	for _, x := range points {
		for _, f := range functions {
			if re, im := math.Abs(real(x)), math.Abs(imag(x)); max(re, im) > 350 && max(re, im) < math.Inf(1) || re == math.Pi/2 || im == math.Pi/2 {
				if strings.Contains("Tanh Cot Atanh Asinh Acosh", f.name) {
					continue // Go's functions overflow there, and take π/2 for exact
				}
			}
			if w, g := f.want(x), f.got(x); !alike(w, g) {
				if failed[f.name]++; failed[f.name] < 4 {
					t.Errorf("%s(%v) = %v, want %v", f.name, x, g, w)
				}
			}
		}
		for _, y := range points[:40] {
			if w, g := power(cmplx.Pow, x, y), power(lib.Pow, x, y); w != g && !alike(cmplx.Pow(x, y), lib.Pow(x, y)) {
				if failed["Pow"]++; failed["Pow"] < 4 {
					t.Errorf("Pow(%v, %v) = %v, want %v", x, y, g, w)
				}
			}
		}
		r, a := cmplx.Polar(x)
		r2, a2 := lib.Polar(x)
		if !alike(complex(r, a), complex(r2, a2)) || !alike(cmplx.Rect(r, a), lib.Rect(r, a)) || cmplx.IsNaN(x) != lib.IsNaN(x) || cmplx.IsInf(x) != lib.IsInf(x) {
			t.Errorf("Polar(%v) = %v, %v, want %v, %v", x, r2, a2, r, a)
		}
	}
}

// power returns f(x, y) as text, or its panic.
func power(f func(x, y complex128) complex128, x, y complex128) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint("panic: ", r)
		}
	}()
	return fmt.Sprint(f(x, y))
}
