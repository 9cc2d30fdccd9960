// SPDX-License-Identifier: BSD-3-Clause

// Pairs of goroutines bounce one byte over pipes of the system. ns per message.
package main

import (
	"os"
	"sync"
	"time"

	"gotk"
)

var (
	pairs  = 8
	rounds = 20_000
)

func bounce(in, out *os.File, first bool) {
	buf := []byte{1}
	for i := range rounds {
		if first || i > 0 {
			if _, err := out.Write(buf); err != nil {
				panic(err)
			}
		}
		if _, err := in.Read(buf); err != nil {
			panic(err)
		}
	}
	if !first {
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
	gotk.Record("ns", float64(time.Since(start).Nanoseconds())/float64(2*pairs*rounds))
}
