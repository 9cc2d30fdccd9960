// SPDX-License-Identifier: BSD-3-Clause

// Functions that are one instruction or a few: LLVM intrinsics, minimum, maximum.
package math

//gotk:intrinsic llvm.sqrt.f64
func intrinsicSqrt(x float64) float64

// Sqrt returns the square root of x; NaN for x < 0.
func Sqrt(x float64) float64 { return intrinsicSqrt(x) }

//gotk:intrinsic llvm.floor.f64
func intrinsicFloor(x float64) float64

// Floor returns the greatest integer value <= x.
func Floor(x float64) float64 { return intrinsicFloor(x) }

//gotk:intrinsic llvm.ceil.f64
func intrinsicCeil(x float64) float64

// Ceil returns the least integer value >= x.
func Ceil(x float64) float64 { return intrinsicCeil(x) }

//gotk:intrinsic llvm.trunc.f64
func intrinsicTrunc(x float64) float64

// Trunc returns the integer value of x, towards zero.
func Trunc(x float64) float64 { return intrinsicTrunc(x) }

//gotk:intrinsic llvm.fabs.f64
func intrinsicAbs(x float64) float64

// Abs returns the absolute value of x.
func Abs(x float64) float64 { return intrinsicAbs(x) }

//gotk:intrinsic llvm.round.f64
func intrinsicRound(x float64) float64

// Round returns the nearest integer, halves away from zero.
func Round(x float64) float64 { return intrinsicRound(x) }

//gotk:intrinsic llvm.roundeven.f64
func intrinsicRoundToEven(x float64) float64

// RoundToEven returns the nearest integer, halves to even.
func RoundToEven(x float64) float64 { return intrinsicRoundToEven(x) }

//gotk:intrinsic llvm.copysign.f64
func intrinsicCopysign(f, sign float64) float64

// Copysign returns the magnitude of f with the sign of sign.
func Copysign(f, sign float64) float64 { return intrinsicCopysign(f, sign) }

//gotk:intrinsic llvm.fma.f64
func intrinsicFMA(x, y, z float64) float64

// FMA returns x * y + z, rounded once.
func FMA(x, y, z float64) float64 { return intrinsicFMA(x, y, z) }

// Max returns the larger of x and y: +Inf before NaN, NaN before the rest, 0 before -0.
func Max(x, y float64) float64 {
	switch {
	case IsInf(x, 1) || IsInf(y, 1):
		return Inf(1)
	case x != x || y != y:
		return NaN()
	case x == 0 && x == y:
		if Signbit(x) {
			return y
		}
		return x
	}
	if x > y {
		return x
	}
	return y
}

// Min returns the smaller of x and y: -Inf before NaN, NaN before the rest, -0 before 0.
func Min(x, y float64) float64 {
	switch {
	case IsInf(x, -1) || IsInf(y, -1):
		return Inf(-1)
	case x != x || y != y:
		return NaN()
	case x == 0 && x == y:
		if Signbit(x) {
			return x
		}
		return y
	}
	if x < y {
		return x
	}
	return y
}

// Dim returns x - y, or 0 where that is negative; NaN for Inf - Inf.
func Dim(x, y float64) float64 {
	v := x - y
	if v <= 0 {
		return 0
	}
	return v
}
