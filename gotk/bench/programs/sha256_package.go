// SPDX-License-Identifier: BSD-3-Clause

// SHA-256 by package crypto/sha256: one sum over 64 MiB, then a million sums of 64 bytes. ns in all; check is of the last digest.
package main

import (
	"crypto/sha256"
	"time"

	"gotk"
)

var megabytes, small = 64, 1_000_000

func main() {
	data := make([]byte, megabytes<<20)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	start := time.Now()
	sum := sha256.Sum256(data)
	block := make([]byte, 64)
	for range small {
		copy(block, sum[:])
		sum = sha256.Sum256(block)
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(uint64(sum[0])<<32|uint64(sum[1])<<24|uint64(sum[2])<<16|uint64(sum[3])<<8|uint64(sum[4])))
}
