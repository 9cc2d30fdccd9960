// SPDX-License-Identifier: BSD-3-Clause

// How many messages per second go through the operating system, when both ends block in read and write? Pairs of units
// bounce one byte over pipes.
package main

import (
	"os"
	"sync"
	"time"

	"gotk"
)

var (
	pairs  = 8
	rounds = 2000
)

func bounce(in, out *os.File, first bool) {
	buf := []byte{1}
	if first {
		if _, err := out.Write(buf); err != nil {
			panic(err)
		}
	}
	for i := range rounds {
		if _, err := in.Read(buf); err != nil {
			panic(err)
		}
		if first && i == rounds-1 {
			return
		}
		if _, err := out.Write(buf); err != nil {
			panic(err)
		}
	}
}

func main() {
	var group sync.WaitGroup
	start := time.Now()
	for range pairs {
		r1, w1, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		r2, w2, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		group.Go(func() { bounce(r1, w2, true) })
		group.Go(func() { bounce(r2, w1, false) })
	}
	group.Wait()
	gotk.Record("per_second", float64(2*pairs*rounds)/time.Since(start).Seconds())
}
