// SPDX-License-Identifier: BSD-3-Clause

// How much of its core does this CPU have? Three chains of instructions that do not depend on each other take as long as one on a core of its own, which
// executes four and more a cycle; about twice as long where another hardware thread of the core, a neighbour's virtual machine say, is as busy. Code
// that waits for its own results loses nothing by that, dense code half: so ratios between two compilers' code or two runtimes shift as well.
package main

import (
	"time"

	"gotk"
)

var (
	n       = 2_000_000
	rounds  = 5
	a, b, c = uint64(12345), uint64(67890), uint64(13579) // variables: nothing to fold
)

//go:noinline
func one(n int, x, a, b uint64) uint64 {
	for range n {
		x = (x + a) ^ b
		x = (x - b) ^ a
	}
	return x
}

//go:noinline
func three(n int, x, y, z, a, b uint64) uint64 {
	for range n {
		x = (x + a) ^ b
		y = (y ^ a) - b
		z = (z - b) ^ a
		x = (x - b) ^ a
		y = (y ^ b) + a
		z = (z + a) ^ b
	}
	return x + y + z
}

func main() {
	sum := uint64(0)
	var single, triple time.Duration
	for range rounds {
		start := time.Now()
		sum += one(n, c, a, b)
		middle := time.Now()
		sum += three(n, c, a, b, a, b)
		single += middle.Sub(start)
		triple += time.Since(middle)
	}
	if sum == 0 {
		panic("impossible, but the sum has a use")
	}
	gotk.Record("ratio", float64(triple)/float64(single))
}
