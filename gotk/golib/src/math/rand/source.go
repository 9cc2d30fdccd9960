// SPDX-License-Identifier: BSD-3-Clause

// The additive lagged Fibonacci generator, and the source of the package's own functions.
package rand

import "sync"

const (
	rngLen  = 607
	rngTap  = 273
	rngMask = 1<<63 - 1
	int31M  = 1<<31 - 1
)

// rngSource is x[n] = x[n-607] + x[n-273] modulo 2**64 (D. P. Mitchell, J. A. Reeds). Its numbers for a seed are Go's.
type rngSource struct {
	tap  int
	feed int
	vec  [rngLen]uint64
}

// lcg is one step of 48271 x mod 2**31-1.
func lcg(x uint64) uint64 { return x * 48271 % int31M }

// Seed starts the sequence that belongs to seed.
func (r *rngSource) Seed(seed int64) {
	r.tap = 0
	r.feed = rngLen - rngTap
	seed %= int31M
	if seed < 0 {
		seed += int31M
	}
	if seed == 0 {
		seed = 89482311
	}
	x := uint64(seed)
	for i := 0; i < 20; i++ {
		x = lcg(x)
	}
	for i := range r.vec {
		x = lcg(x)
		u := x << 40
		x = lcg(x)
		u ^= x << 20
		x = lcg(x)
		u ^= x
		r.vec[i] = u ^ seedTable[i]
	}
}

// Int63 returns the next number but for its top bit.
func (r *rngSource) Int63() int64 { return int64(r.Uint64() & rngMask) }

// Uint64 returns the next number.
func (r *rngSource) Uint64() uint64 {
	r.tap--
	if r.tap < 0 {
		r.tap += rngLen
	}
	r.feed--
	if r.feed < 0 {
		r.feed += rngLen
	}
	x := r.vec[r.feed] + r.vec[r.tap]
	r.vec[r.feed] = x
	return x
}

//gotk:native fastrand64
func fastrand64() uint64

// globalSource serves the package's functions: the runtime's generator, which needs no lock, until Seed is called.
type globalSource struct {
	lock   sync.Mutex
	seeded *rngSource // nil until Seed; guarded by lock
	isSet  bool       // seeded != nil; Seed must not run at the same time as other calls, as in Go
}

func (g *globalSource) Int63() int64 { return int64(g.Uint64() & rngMask) }

func (g *globalSource) Uint64() uint64 {
	if !g.isSet {
		return fastrand64()
	}
	g.lock.Lock()
	x := g.seeded.Uint64()
	g.lock.Unlock()
	return x
}

func (g *globalSource) Seed(seed int64) {
	g.lock.Lock()
	if g.seeded == nil {
		g.seeded = new(rngSource)
	}
	g.seeded.Seed(seed)
	g.isSet = true
	g.lock.Unlock()
}
