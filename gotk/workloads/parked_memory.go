// SPDX-License-Identifier: BSD-3-Clause

// How much memory does a unit take that waits on a channel? Resident memory before and after, from /proc.
package main

import (
	"os"
	"runtime"
	"strings"
	"sync"

	"gotk"
)

var n = 100_000

// residentBytes reads VmRSS: what this process really occupies, stacks and bookkeeping of whatever kind.
func residentBytes() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			kb := 0
			for _, c := range rest {
				if c >= '0' && c <= '9' {
					kb = kb*10 + int(c-'0')
				}
			}
			return kb * 1024
		}
	}
	panic("no VmRSS in /proc/self/status")
}

func main() {
	runtime.GC()
	release := make(chan struct{})
	var parked, done sync.WaitGroup
	before := residentBytes()
	for range n {
		parked.Add(1)
		done.Add(1)
		go func() {
			parked.Done()
			<-release
			done.Done()
		}()
	}
	parked.Wait()
	after := residentBytes()
	gotk.Record("bytes", float64(after-before)/float64(n))
	close(release)
	done.Wait()
}
