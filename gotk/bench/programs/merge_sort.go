// SPDX-License-Identifier: BSD-3-Clause

// Merge sort of two million integers: a goroutine for each half down to 4096 elements, and the merging divided as well (Cormen et al.,
// Introduction to Algorithms, 27.3), or the last merge alone, by one goroutine, would bound the speed-up of two procs to 1.87. ns for all.
package main

import (
	"slices"
	"sort"
	"sync"
	"time"

	"gotk"
)

var n = 1 << 21

const (
	sortAlone  = 4096
	mergeAlone = 32768
)

// mergeSort sorts a, leaving the result in a or, if there is set, in to.
func mergeSort(a, to []int, there bool) {
	if len(a) <= sortAlone {
		slices.Sort(a)
		if there {
			copy(to, a)
		}
		return
	}
	half := len(a) / 2
	var group sync.WaitGroup
	group.Go(func() { mergeSort(a[:half], to[:half], !there) })
	mergeSort(a[half:], to[half:], !there)
	group.Wait()
	if there {
		merge(to, a[:half], a[half:])
	} else {
		merge(a, to[:half], to[half:])
	}
}

// merge merges x and y, which are sorted, into out: what is below the middle of the longer one beside what is not.
func merge(out, x, y []int) {
	if len(out) <= mergeAlone {
		mergeSerial(out, x, y)
		return
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	i := len(x) / 2
	j := sort.SearchInts(y, x[i])
	var group sync.WaitGroup
	group.Go(func() { merge(out[:i+j], x[:i], y[:j]) })
	merge(out[i+j:], x[i:], y[j:])
	group.Wait()
}

func mergeSerial(out, x, y []int) {
	i, j := 0, 0
	for k := range out {
		if j == len(y) || i < len(x) && x[i] <= y[j] {
			out[k] = x[i]
			i++
		} else {
			out[k] = y[j]
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
		mergeSort(a, spare, false)
		return time.Since(start)
	}
	round()
	elapsed := round()
	if !slices.IsSorted(a) {
		panic("not sorted")
	}
	gotk.Record("ns", float64(elapsed.Nanoseconds()))
}
