// SPDX-License-Identifier: BSD-3-Clause

// Garbage of all sizes beside 100 MB that live: a tree, buffers, and slices of pointers into the tree. ns in all.
package main

import (
	"time"

	"gotk"
)

var total = 4 << 30 // bytes allocated

type node struct {
	parent *node
	data   [5]int
}

var (
	live    []*node
	buffers [40][]byte
	bytes   []byte
	nodes   []*node
)

func main() {
	start := time.Now()
	for i := range 1_000_000 {
		n := &node{}
		if i > 0 {
			n.parent = live[i/2]
		}
		live = append(live, n)
	}
	for i := range buffers {
		buffers[i] = make([]byte, 1<<20)
	}
	allocated, pieces := 0, 0
	for x := uint32(1); allocated < total; pieces++ {
		x = x*1664525 + 1013904223
		r := int(x >> 8 & 0xfffff)
		switch x >> 28 {
		case 0, 1, 2, 3, 4, 5, 6, 7, 8:
			n := &node{parent: live[r%len(live)/2]}
			live[r%len(live)] = n
			allocated += 48
		case 9:
			if r%16 == 0 {
				buffers[r%40] = make([]byte, 1<<20)
				allocated += 1 << 20
			}
		case 10, 11:
			bytes = make([]byte, r%30_000)
			allocated += len(bytes)
		default:
			nodes = make([]*node, r%500+1)
			nodes[0] = live[r%len(live)]
			allocated += len(nodes) * 8
		}
	}
	sum := 0
	for n := live[len(live)-1]; n != nil; n = n.parent {
		sum++
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(pieces*100+sum))
}
