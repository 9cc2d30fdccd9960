// SPDX-License-Identifier: BSD-3-Clause

// The package's own generator, safe for several goroutines.
package rand

var (
	globalSrc  globalSource
	globalRand = &Rand{src: &globalSrc, s64: &globalSrc}
)

// Seed makes the package's functions repeat the sequence of seed. (Go ignores it since 1.24, unless the
// setting randseednop=0 is given.)
//
// Deprecated: use a Rand of your own.
func Seed(seed int64) { globalSrc.Seed(seed) }

// Int63 returns a number in [0, 1<<63).
func Int63() int64 { return globalRand.Int63() }

// Uint32 returns a uint32.
func Uint32() uint32 { return globalRand.Uint32() }

// Uint64 returns a uint64.
func Uint64() uint64 { return globalRand.Uint64() }

// Int31 returns a number in [0, 1<<31).
func Int31() int32 { return globalRand.Int31() }

// Int returns an int that is not negative.
func Int() int { return globalRand.Int() }

// Int63n returns a number in [0, n); it panics if n <= 0.
func Int63n(n int64) int64 { return globalRand.Int63n(n) }

// Int31n returns a number in [0, n); it panics if n <= 0.
func Int31n(n int32) int32 { return globalRand.Int31n(n) }

// Intn returns a number in [0, n); it panics if n <= 0.
func Intn(n int) int { return globalRand.Intn(n) }

// Float64 returns a number in [0, 1).
func Float64() float64 { return globalRand.Float64() }

// Float32 returns a number in [0, 1).
func Float32() float32 { return globalRand.Float32() }

// Perm returns a permutation of [0, n).
func Perm(n int) []int { return globalRand.Perm(n) }

// Shuffle puts n elements in random order by swap; it panics if n < 0.
func Shuffle(n int, swap func(i, j int)) { globalRand.Shuffle(n, swap) }

// Read fills p; the error is always nil.
//
// Deprecated: use crypto/rand or a Rand of your own.
func Read(p []byte) (n int, err error) {
	// Not globalRand.Read, whose leftover bytes would need a lock.
	r := Rand{src: &globalSrc, s64: &globalSrc}
	return r.Read(p)
}

// NormFloat64 returns a number of the standard normal distribution.
func NormFloat64() float64 { return globalRand.NormFloat64() }

// ExpFloat64 returns a number of the exponential distribution with rate 1.
func ExpFloat64() float64 { return globalRand.ExpFloat64() }
