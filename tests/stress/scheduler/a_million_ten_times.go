// SPDX-License-Identifier: BSD-3-Clause

// Ten rounds of a million goroutines that all wait at the same time: memory does not grow after the second round.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

var (
	rounds = 10
	n      = 1_000_000
)

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
	var after []int
	for range rounds {
		release := make(chan bool)
		var there, done sync.WaitGroup
		there.Add(n)
		done.Add(n)
		for range n {
			go func() {
				there.Done()
				<-release
				done.Done()
			}()
		}
		there.Wait()
		close(release)
		done.Wait()
		after = append(after, resident())
	}
	if last := after[len(after)-1]; last > after[1]+after[1]/20 {
		fmt.Println("memory grows:", after)
		os.Exit(1)
	}
	fmt.Println("ok")
}
