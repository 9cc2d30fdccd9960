// SPDX-License-Identifier: BSD-3-Clause

// Values of all sizes through buffers that are filled, drained and wrapped around, by one goroutine and by several.
package main

import (
	"fmt"
	"sync"
)

type three struct{ a, b, c int }

func ring[T any](name string, of func(int) T, same func(T, int) bool) {
	for _, size := range []int{1, 2, 3, 7} {
		c := make(chan T, size)
		sent, got, wrong := 0, 0, 0
		for round := range 10 {
			for len(c) < cap(c)-round%2*(size/2) {
				c <- of(sent)
				sent++
			}
			for range (size + 1) / 2 {
				if !same(<-c, got) {
					wrong++
				}
				got++
			}
		}
		close(c)
		for v := range c {
			if !same(v, got) {
				wrong++
			}
			got++
		}
		v, ok := <-c
		fmt.Println(name, size, sent == got, wrong, v, ok)
	}
}

// Several senders and receivers: every value arrives once.
func crowd(size int) {
	c := make(chan three, size)
	var senders, receivers sync.WaitGroup
	sums := make([]three, 4)
	for r := range sums {
		receivers.Go(func() {
			for v := range c {
				sums[r].a += v.a
				sums[r].b += v.b
				sums[r].c += v.c
			}
		})
	}
	for s := range 4 {
		senders.Go(func() {
			for i := range 5000 {
				c <- three{i, s, 1}
			}
		})
	}
	senders.Wait()
	close(c)
	receivers.Wait()
	var all three
	for _, s := range sums {
		all.a += s.a
		all.b += s.b
		all.c += s.c
	}
	fmt.Println("crowd", size, all)
}

func main() {
	ring("struct{}", func(int) struct{} { return struct{}{} }, func(struct{}, int) bool { return true })
	ring("uint8", func(i int) uint8 { return uint8(i) }, func(v uint8, i int) bool { return v == uint8(i) })
	ring("int32", func(i int) int32 { return int32(-i) }, func(v int32, i int) bool { return v == int32(-i) })
	ring("int", func(i int) int { return i }, func(v, i int) bool { return v == i })
	ring("string", func(i int) string { return fmt.Sprint("n", i) }, func(v string, i int) bool { return v == fmt.Sprint("n", i) })
	ring("three", func(i int) three { return three{i, i + 1, i + 2} }, func(v three, i int) bool { return v == three{i, i + 1, i + 2} })
	ring("[12]byte", func(i int) (a [12]byte) { a[11] = byte(i); return }, func(v [12]byte, i int) bool { return v[11] == byte(i) })
	ring("[16]int", func(i int) (a [16]int) { a[0], a[15] = i, -i; return }, func(v [16]int, i int) bool { return v[0] == i && v[15] == -i })
	ring("[17]int", func(i int) (a [17]int) { a[0], a[16] = i, -i; return }, func(v [17]int, i int) bool { return v[0] == i && v[16] == -i })
	ring("any", func(i int) any { return i }, func(v any, i int) bool { return v == i })
	for _, size := range []int{1, 2, 16, 1000} {
		crowd(size)
	}
	c := make(chan int, 2)
	c <- 1
	<-c // the value is dropped
	c <- 2
	close(c)
	func() {
		defer func() { fmt.Println(recover()) }()
		c <- 3
	}()
	fmt.Println(len(c), <-c, len(c))
}
