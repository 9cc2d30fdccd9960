// SPDX-License-Identifier: BSD-3-Clause

// Resident memory per goroutine that is parked on a channel. Bytes, everything counted.
package main

import (
	"os"
	"strconv"
	"strings"
	"sync"

	"gotk"
)

var n = 1_000_000

func resident() int {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		panic(err)
	}
	return pages * os.Getpagesize()
}

func main() {
	release := make(chan bool)
	var started, done sync.WaitGroup
	started.Add(n)
	done.Add(n)
	before := resident()
	for range n {
		go func() {
			started.Done()
			<-release
			done.Done()
		}()
	}
	started.Wait()
	gotk.Record("bytes", float64(resident()-before)/float64(n))
	close(release)
	done.Wait()
}
