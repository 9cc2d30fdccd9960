// SPDX-License-Identifier: BSD-3-Clause

// Binary trees: many short-lived trees beside a long-lived one; the trees of one depth are built by a goroutine. ns in all.
package main

import (
	"sync"
	"time"

	"gotk"
)

var depth = 17

type node struct{ left, right *node }

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{build(depth - 1), build(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	start := time.Now()
	long := build(depth)
	counts := make([]int, depth+1)
	var wg sync.WaitGroup
	for d := 4; d <= depth; d += 4 {
		wg.Go(func() {
			for range 1 << (depth - d + 4) {
				counts[d] += build(d).count()
			}
		})
	}
	wg.Wait()
	total := long.count()
	for _, c := range counts {
		total += c
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(total))
}
