// SPDX-License-Identifier: BSD-3-Clause

// Package ziggurat has the tables by which math/rand and math/rand/v2 draw normal and exponential numbers.
//
// G. Marsaglia, W. W. Tsang, "The ziggurat method for generating random variables", J. Statistical Software 5 (2000).
// Programs that draw no such numbers do not pay for the tables: they are computed at the first use.
package ziggurat

import (
	"math"
	"sync"
)

// Where the tails begin.
const (
	NormalTail      = 3.442619855899
	ExponentialTail = 7.69711747013104972
)

// Normal are the tables for 128 layers: K thresholds, W widths, F densities.
type Normal struct {
	K [128]uint32
	W [128]float32
	F [128]float32
}

// Exponential are the tables for 256 layers.
type Exponential struct {
	K [256]uint32
	W [256]float32
	F [256]float32
}

var (
	once        sync.Once
	normal      *Normal
	exponential *Exponential
)

// Tables returns both.
func Tables() (*Normal, *Exponential) {
	once.Do(build)
	return normal, exponential
}

func build() {
	const (
		m1 = 1 << 31
		vn = 9.91256303526217e-3 // the area of a layer
		m2 = 1 << 32
		ve = 3.949659822581572e-3
	)
	n := new(Normal)
	d := float64(NormalTail)
	t := d
	q := vn / math.Exp(-.5*d*d)
	n.K[0] = uint32(d / q * m1)
	n.W[0] = float32(q / m1)
	n.W[127] = float32(d / m1)
	n.F[0] = 1
	n.F[127] = float32(math.Exp(-.5 * d * d))
	for i := 126; i >= 1; i-- {
		d = math.Sqrt(-2 * math.Log(vn/d+math.Exp(-.5*d*d)))
		n.K[i+1] = uint32(d / t * m1)
		t = d
		n.F[i] = float32(math.Exp(-.5 * d * d))
		n.W[i] = float32(d / m1)
	}

	e := new(Exponential)
	d = ExponentialTail
	t = d
	q = ve / math.Exp(-d)
	e.K[0] = uint32(d / q * m2)
	e.W[0] = float32(q / m2)
	e.W[255] = float32(d / m2)
	e.F[0] = 1
	e.F[255] = float32(math.Exp(-d))
	for i := 254; i >= 1; i-- {
		d = -math.Log(ve/d + math.Exp(-d))
		e.K[i+1] = uint32(d / t * m2)
		t = d
		e.F[i] = float32(math.Exp(-d))
		e.W[i] = float32(d / m2)
	}
	normal, exponential = n, e
}
