// SPDX-License-Identifier: BSD-3-Clause
//
// A parallel merge sort over any ordered type: below a threshold it sorts in place, above it splits into goroutines.
package main

import (
	"fmt"
	"math/rand"
	"strconv"
	"sync"
)

var (
	n         = 100_000
	threshold = 2_000
)

type ordered interface {
	~int | ~int64 | ~float64 | ~string
}

func insertion[T ordered](s []T) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func merge[T ordered](dst, a, b []T) {
	for k := range dst {
		switch {
		case len(a) == 0:
			dst[k], b = b[0], b[1:]
		case len(b) == 0 || !(b[0] < a[0]):
			dst[k], a = a[0], a[1:]
		default:
			dst[k], b = b[0], b[1:]
		}
	}
}

func mergeSort[T ordered](s, buf []T) {
	if len(s) <= 16 {
		insertion(s)
		return
	}
	mid := len(s) / 2
	if len(s) > threshold {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			mergeSort(s[:mid], buf[:mid])
		}()
		mergeSort(s[mid:], buf[mid:])
		wg.Wait()
	} else {
		mergeSort(s[:mid], buf[:mid])
		mergeSort(s[mid:], buf[mid:])
	}
	copy(buf, s)
	merge(s, buf[:mid], buf[mid:])
}

func isSorted[T ordered](s []T) bool {
	for i := 1; i < len(s); i++ {
		if s[i] < s[i-1] {
			return false
		}
	}
	return true
}

func sum[T any](s []T, f func(T) int) (total int) {
	for _, v := range s {
		total += f(v)
	}
	return
}

type celsius float64

func main() {
	rng := rand.New(rand.NewSource(1))
	ints := make([]int, n)
	temps := make([]celsius, n/2)
	words := make([]string, n/10)
	for i := range ints {
		ints[i] = rng.Intn(n)
	}
	for i := range temps {
		temps[i] = celsius(rng.Intn(1000)) / 8
	}
	for i := range words {
		words[i] = "w" + strconv.Itoa(rng.Intn(n))
	}
	before := sum(ints, func(v int) int { return v })
	mergeSort(ints, make([]int, len(ints)))
	mergeSort(temps, make([]celsius, len(temps)))
	mergeSort(words, make([]string, len(words)))
	after := sum(ints, func(v int) int { return v })
	fmt.Println(isSorted(ints), isSorted(temps), isSorted(words), before == after)
	fmt.Println(ints[0], ints[n/2], ints[n-1])
	fmt.Println(temps[0], temps[len(temps)-1])
	fmt.Println(words[0], words[len(words)-1])
}

// Output:
// true true true true
// 0 49897 99998
// 0 124.875
// w10003 w99971
