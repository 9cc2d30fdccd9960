// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// BenchmarkResult is what a benchmark has measured.
type BenchmarkResult struct {
	N         int           // iterations
	T         time.Duration // time taken
	Bytes     int64         // bytes processed in an iteration
	MemAllocs uint64        // allocations
	MemBytes  uint64        // bytes allocated

	Extra map[string]float64 // what ReportMetric was told
}

// NsPerOp returns the metric "ns/op".
func (r BenchmarkResult) NsPerOp() int64 {
	if v, ok := r.Extra["ns/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return r.T.Nanoseconds() / int64(r.N)
}

// AllocsPerOp returns the metric "allocs/op".
func (r BenchmarkResult) AllocsPerOp() int64 {
	if v, ok := r.Extra["allocs/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemAllocs) / int64(r.N)
}

// AllocedBytesPerOp returns the metric "B/op".
func (r BenchmarkResult) AllocedBytesPerOp() int64 {
	if v, ok := r.Extra["B/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemBytes) / int64(r.N)
}

func (r BenchmarkResult) megabytesPerSecond() float64 {
	if v, ok := r.Extra["MB/s"]; ok {
		return v
	}
	if r.Bytes <= 0 || r.T <= 0 || r.N <= 0 {
		return 0
	}
	return float64(r.Bytes) * float64(r.N) / 1e6 / r.T.Seconds()
}

// String returns the result as a line of the Go benchmark format, without the name.
func (r BenchmarkResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8d", r.N)
	ns, ok := r.Extra["ns/op"]
	if !ok {
		ns = float64(r.T.Nanoseconds()) / float64(r.N)
	}
	if ns != 0 {
		b.WriteByte('\t')
		writeMetric(&b, ns, "ns/op")
	}
	if mbs := r.megabytesPerSecond(); mbs != 0 {
		fmt.Fprintf(&b, "\t%7.2f MB/s", mbs)
	}
	var units []string
	for unit := range r.Extra {
		switch unit {
		case "ns/op", "MB/s", "B/op", "allocs/op":
		default:
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	for _, unit := range units {
		b.WriteByte('\t')
		writeMetric(&b, r.Extra[unit], unit)
	}
	return b.String()
}

// limits[n] is where n decimals are enough: what rounds to four digits without them.
var limits = [...]float64{999.95, 99.995, 9.9995, 0.99995, 0.099995, 0.0099995, 0.00099995}

// writeMetric prints with four digits or so, the decimal points below each other.
func writeMetric(b *strings.Builder, x float64, unit string) {
	size := x
	if size < 0 {
		size = -size
	}
	decimals := 0
	if size != 0 {
		for decimals < len(limits) && size < limits[decimals] {
			decimals++
		}
	}
	width := 10
	if decimals > 0 {
		width += 1 + decimals
	}
	fmt.Fprintf(b, "%*.*f %s", width, decimals, x, unit)
}

// MemString returns the metrics of memory as go test prints them.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}
