// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand"
	"testing"

	lib "gotk.test/lib/math"
	libbits "gotk.test/lib/math/bits"
)

func mathInputs() []float64 {
	rng := rand.New(rand.NewSource(6))
	in := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 2, -3, 10, 100, 1e-310, 5e-324, -5e-324, 1e308, -1e308, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, 1 << 52, 1<<52 + 0.5, 1 << 53, 0.9999999999999999, 1e-20, 170.5, -170.5, -0.1, 0.425 * 2, 0.99, 0.49999999999999994, 4503599627370497.5}
	for i := 0; i < 1500; i++ {
		in = append(in, math.Float64frombits(rng.Uint64()), rng.NormFloat64()*10, rng.Float64())
	}
	return in
}

// near allows for a different algorithm: a relative error of 1e-9, or the same special value.
func near(a, b float64) bool {
	if sameFloat(a, b) {
		return true
	}
	return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))+1e-300
}

func TestMath(t *testing.T) {
	in := mathInputs()
	exact := map[string][2]func(float64) float64{
		"Sqrt": {math.Sqrt, lib.Sqrt}, "Floor": {math.Floor, lib.Floor}, "Ceil": {math.Ceil, lib.Ceil}, "Trunc": {math.Trunc, lib.Trunc}, "Abs": {math.Abs, lib.Abs}, "Round": {math.Round, lib.Round}, "RoundToEven": {math.RoundToEven, lib.RoundToEven}, "Logb": {math.Logb, lib.Logb},
		"Y0": {math.Y0, lib.Y0}, "Y1": {math.Y1, lib.Y1}, "Sin": {math.Sin, lib.Sin}, "Exp": {math.Exp, lib.Exp}, "Log": {math.Log, lib.Log}, "Gamma": {math.Gamma, lib.Gamma},
	}
	for name, f := range exact {
		for _, x := range in {
			if w, g := f[0](x), f[1](x); !sameFloat(w, g) {
				t.Fatalf("%s(%x) = %x, want %x", name, x, g, w)
			}
		}
	}
	for _, x := range in {
		fr1, e1 := math.Frexp(x)
		fr2, e2 := lib.Frexp(x)
		i1, f1 := math.Modf(x)
		i2, f2 := lib.Modf(x)
		l1, s1 := math.Lgamma(x)
		l2, s2 := lib.Lgamma(x)
		if !sameFloat(fr1, fr2) || e1 != e2 || !sameFloat(i1, i2) || !sameFloat(f1, f2) || !sameFloat(l1, l2) || s1 != s2 || math.Ilogb(x) != lib.Ilogb(x) || math.Signbit(x) != lib.Signbit(x) ||
			math.IsNaN(x) != lib.IsNaN(x) || math.IsInf(x, 0) != lib.IsInf(x, 0) || math.IsInf(x, 1) != lib.IsInf(x, 1) || math.Float64bits(x) != lib.Float64bits(x) || math.Float32bits(float32(x)) != lib.Float32bits(float32(x)) {
			t.Fatalf("%x: Frexp %v %v, Modf %v %v (want %v %v), Lgamma %v %v (want %v %v)", x, fr2, e2, i2, f2, i1, f1, l2, s2, l1, s1)
		}
		for _, e := range []int{0, 1, -1, 52, -52, 1074, -1074, 1023, -1022, 2000, -2000, 1 << 40, -1 << 40, -1060, 300} {
			if w, g := math.Ldexp(x, e), lib.Ldexp(x, e); !sameFloat(w, g) {
				t.Fatalf("Ldexp(%x, %d) = %x, want %x", x, e, g, w)
			}
		}
		if w, g := math.Erfinv(x), lib.Erfinv(x); !near(w, g) {
			t.Fatalf("Erfinv(%v) = %v, want %v", x, g, w)
		}
		if w, g := math.Erfcinv(x), lib.Erfcinv(x); !near(w, g) {
			t.Fatalf("Erfcinv(%v) = %v, want %v", x, g, w)
		}
	}
	for i := 0; i < len(in); i += 3 {
		x := in[i]
		for j := 0; j < len(in); j += 11 {
			y := in[j]
			if !sameFloat(math.Max(x, y), lib.Max(x, y)) || !sameFloat(math.Min(x, y), lib.Min(x, y)) || !sameFloat(math.Dim(x, y), lib.Dim(x, y)) || !sameFloat(math.Copysign(x, y), lib.Copysign(x, y)) || !sameFloat(math.Nextafter(x, y), lib.Nextafter(x, y)) {
				t.Fatalf("Max, Min, Dim, Copysign or Nextafter(%v, %v): %v %v %v %v %v", x, y, lib.Max(x, y), lib.Min(x, y), lib.Dim(x, y), lib.Copysign(x, y), lib.Nextafter(x, y))
			}
			if a, b := math.Nextafter32(float32(x), float32(y)), lib.Nextafter32(float32(x), float32(y)); a != b && a == a {
				t.Fatalf("Nextafter32(%v, %v) = %v, want %v", x, y, b, a)
			}
		}
	}
	for n := -12; n <= 12; n++ {
		for _, x := range []float64{0, 0.001, 0.5, 1, 2, 3.7, 7, 11.9, 12, 25, 60, -3, -0.5, math.Inf(1), math.Inf(-1), math.NaN(), 1e-12} {
			if w, g := math.Jn(n, x), lib.Jn(n, x); !near(w, g) && math.Abs(w-g) > 1e-15 {
				t.Errorf("Jn(%d, %v) = %v, want %v", n, x, g, w)
			}
			if w, g := math.Yn(n, x), lib.Yn(n, x); !near(w, g) {
				t.Errorf("Yn(%d, %v) = %v, want %v", n, x, g, w)
			}
		}
	}
	for n := -400; n < 400; n++ {
		if w, g := math.Pow10(n), lib.Pow10(n); w != g {
			t.Errorf("Pow10(%d) = %v, want %v", n, g, w)
		}
	}
}

func TestBits(t *testing.T) {
	rng := rand.New(rand.NewSource(10))
	for i := 0; i < 4000; i++ {
		x, y, c := rng.Uint64()>>uint(rng.Intn(64)), rng.Uint64()>>uint(rng.Intn(64)), uint64(rng.Intn(2))
		k := rng.Intn(200) - 100
		a := []any{bits.LeadingZeros64(x), bits.TrailingZeros64(x), bits.OnesCount64(x), bits.Len64(x), bits.Len32(uint32(x)), bits.Len16(uint16(x)), bits.Len8(uint8(x)), bits.RotateLeft64(x, k), bits.RotateLeft32(uint32(x), k), bits.RotateLeft16(uint16(x), k), bits.RotateLeft8(uint8(x), k), bits.RotateLeft(uint(x), k), bits.Reverse64(x), bits.Reverse8(uint8(x)), bits.ReverseBytes64(x), bits.ReverseBytes16(uint16(x)), bits.TrailingZeros8(uint8(x)), bits.LeadingZeros(uint(x)), bits.OnesCount16(uint16(x))}
		b := []any{libbits.LeadingZeros64(x), libbits.TrailingZeros64(x), libbits.OnesCount64(x), libbits.Len64(x), libbits.Len32(uint32(x)), libbits.Len16(uint16(x)), libbits.Len8(uint8(x)), libbits.RotateLeft64(x, k), libbits.RotateLeft32(uint32(x), k), libbits.RotateLeft16(uint16(x), k), libbits.RotateLeft8(uint8(x), k), libbits.RotateLeft(uint(x), k), libbits.Reverse64(x), libbits.Reverse8(uint8(x)), libbits.ReverseBytes64(x), libbits.ReverseBytes16(uint16(x)), libbits.TrailingZeros8(uint8(x)), libbits.LeadingZeros(uint(x)), libbits.OnesCount16(uint16(x))}
		two := func(f func(a, b, c uint64) (uint64, uint64)) string { p, q := f(x, y, c); return fmt.Sprint(p, q) }
		mul := func(f func(a, b uint64) (uint64, uint64)) string { p, q := f(x, y); return fmt.Sprint(p, q) }
		a = append(a, two(bits.Add64), two(bits.Sub64), mul(bits.Mul64))
		b = append(b, two(libbits.Add64), two(libbits.Sub64), mul(libbits.Mul64))
		s1, c1 := bits.Add32(uint32(x), uint32(y), uint32(c))
		s2, c2 := libbits.Add32(uint32(x), uint32(y), uint32(c))
		d1, b1 := bits.Sub32(uint32(x), uint32(y), uint32(c))
		d2, b2 := libbits.Sub32(uint32(x), uint32(y), uint32(c))
		a, b = append(a, s1, c1, d1, b1), append(b, s2, c2, d2, b2)
		div := func(f func(a, b, c uint64) (uint64, uint64), g func(a, b, c uint64) uint64) (s string) {
			defer func() {
				if e := recover(); e != nil {
					s = fmt.Sprint(e)
				}
			}()
			z := rng.Uint64() >> uint(k&63)
			if k%5 != 0 && y > 0 {
				z = y
			}
			s = fmt.Sprint(g(x, y, y|1))
			p, q := f(x%(z+1), y, z)
			return s + fmt.Sprint(p, q)
		}
		seed := rng.Int63()
		rng.Seed(seed)
		a = append(a, div(bits.Div64, bits.Rem64))
		rng.Seed(seed)
		b = append(b, div(libbits.Div64, libbits.Rem64))
		same(t, fmt.Sprint(x, y, c, k), fmt.Sprint(b...), fmt.Sprint(a...))
	}
}
