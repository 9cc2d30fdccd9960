// SPDX-License-Identifier: BSD-3-Clause

// The package's own generator: the runtime's, safe for several goroutines.
package rand

//gotk:native fastrand64
func fastrand64() uint64

type runtimeSource struct{}

func (runtimeSource) Uint64() uint64 { return fastrand64() }

var globalRand = &Rand{runtimeSource{}}

// Int64 returns a number in [0, 1<<63).
func Int64() int64 { return globalRand.Int64() }

// Uint32 returns a uint32.
func Uint32() uint32 { return globalRand.Uint32() }

// Uint64 returns a uint64.
func Uint64() uint64 { return fastrand64() }

// Int32 returns a number in [0, 1<<31).
func Int32() int32 { return globalRand.Int32() }

// Int returns an int that is not negative.
func Int() int { return globalRand.Int() }

// Uint returns a uint.
func Uint() uint { return globalRand.Uint() }

// Int64N returns a number in [0, n); it panics if n <= 0.
func Int64N(n int64) int64 { return globalRand.Int64N(n) }

// Uint64N returns a number in [0, n); it panics if n == 0.
func Uint64N(n uint64) uint64 { return globalRand.Uint64N(n) }

// Int32N returns a number in [0, n); it panics if n <= 0.
func Int32N(n int32) int32 { return globalRand.Int32N(n) }

// Uint32N returns a number in [0, n); it panics if n == 0.
func Uint32N(n uint32) uint32 { return globalRand.Uint32N(n) }

// IntN returns a number in [0, n); it panics if n <= 0.
func IntN(n int) int { return globalRand.IntN(n) }

// UintN returns a number in [0, n); it panics if n == 0.
func UintN(n uint) uint { return globalRand.UintN(n) }

type intType interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// N returns a number of n's type in [0, n); it panics if n <= 0.
func (r *Rand) N[Int intType](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(r.uint64n(uint64(n)))
}

// N returns a number of n's type in [0, n); it panics if n <= 0.
func N[Int intType](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(globalRand.uint64n(uint64(n)))
}

// Float64 returns a number in [0, 1).
func Float64() float64 { return globalRand.Float64() }

// Float32 returns a number in [0, 1).
func Float32() float32 { return globalRand.Float32() }

// Perm returns a permutation of [0, n).
func Perm(n int) []int { return globalRand.Perm(n) }

// Shuffle puts n elements in random order by swap; it panics if n < 0.
func Shuffle(n int, swap func(i, j int)) { globalRand.Shuffle(n, swap) }

// NormFloat64 returns a number of the standard normal distribution.
func NormFloat64() float64 { return globalRand.NormFloat64() }

// ExpFloat64 returns a number of the exponential distribution with rate 1.
func ExpFloat64() float64 { return globalRand.ExpFloat64() }
