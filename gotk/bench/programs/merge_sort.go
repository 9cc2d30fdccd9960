// SPDX-License-Identifier: BSD-3-Clause

// Merge sort of a million integers, a goroutine for each half down to 4096 elements. ns for all.
package main

import (
	"slices"
	"sync"
	"time"

	"gotk"
)

var n = 1 << 21

func mergeSort(a, spare []int) {
	if len(a) <= 4096 {
		slices.Sort(a)
		return
	}
	half := len(a) / 2
	var group sync.WaitGroup
	group.Go(func() { mergeSort(a[:half], spare[:half]) })
	mergeSort(a[half:], spare[half:])
	group.Wait()
	copy(spare, a)
	i, j := 0, half
	for k := range a {
		if j == len(a) || i < half && spare[i] <= spare[j] {
			a[k] = spare[i]
			i++
		} else {
			a[k] = spare[j]
			j++
		}
	}
}

func main() {
	a, spare := make([]int, n), make([]int, n)
	round := func() time.Duration {
		random := uint64(1)
		for i := range a {
			random = random*6364136223846793005 + 1442695040888963407
			a[i] = int(random >> 33)
		}
		start := time.Now()
		mergeSort(a, spare)
		return time.Since(start)
	}
	round()
	elapsed := round()
	if !slices.IsSorted(a) {
		panic("not sorted")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds()))
}
