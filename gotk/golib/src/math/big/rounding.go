// SPDX-License-Identifier: BSD-3-Clause

package big

import (
	"math"
	"strconv"
)

// RoundingMode says what becomes of a number between two that can be had.
type RoundingMode byte

const (
	ToNearestEven RoundingMode = iota
	ToNearestAway
	ToZero
	AwayFromZero
	ToNegativeInf
	ToPositiveInf
)

// Names of division's roundings.
const (
	Trunc = ToZero
	Floor = ToNegativeInf
	Round = ToNearestEven
	Ceil  = ToPositiveInf
)

func (i RoundingMode) String() string {
	if names := [...]string{"ToNearestEven", "ToNearestAway", "ToZero", "AwayFromZero", "ToNegativeInf", "ToPositiveInf"}; int(i) < len(names) {
		return names[i]
	}
	return "RoundingMode(" + strconv.Itoa(int(i)) + ")"
}

// Accuracy is how a rounded number compares to the exact one.
type Accuracy int8

const (
	Below Accuracy = -1
	Exact Accuracy = 0
	Above Accuracy = +1
)

func (i Accuracy) String() string {
	switch i {
	case Below:
		return "Below"
	case Exact:
		return "Exact"
	case Above:
		return "Above"
	}
	return "Accuracy(" + strconv.Itoa(int(i)) + ")"
}

const maxFloat = math.MaxFloat64

func ldexp(f float64, exp int) float64 { return math.Ldexp(f, exp) }

func infinite(neg bool) (float64, Accuracy) {
	if neg {
		return math.Inf(-1), Below
	}
	return math.Inf(1), Above
}

// setFloat sets z to an integral f >= 0.
func (z *Int) setFloat(f float64) *Int {
	frac, exp := math.Frexp(f)
	z.SetUint64(uint64(frac * (1 << 53)))
	if exp -= 53; exp >= 0 {
		return z.Lsh(z, uint(exp))
	}
	return z.Rsh(z, uint(-exp))
}
