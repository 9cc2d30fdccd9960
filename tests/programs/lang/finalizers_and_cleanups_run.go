// SPDX-License-Identifier: BSD-3-Clause
//
// Finalizers and cleanups run when objects become unreachable and not before, heads of chains before their tails.
//gotk:test skip=threads nothing is collected on OS threads
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type node struct {
	id   int
	next *node
}

func (n *node) ID() int { return n.id }

type identified interface{ ID() int }

var plain, asInterface, asAny, withResults, cleanups, cancelled, early atomic.Int32
var chain = make(chan string, 100)

// depth makes the stack's old content go: a collector that reads stacks as they are finds no traces of what happened above.
//
//go:noinline
func depth(n int) int {
	var room [64]int
	room[n%64] = n
	if n == 0 {
		return room[0]
	}
	return depth(n-1) + room[n%64]
}

//go:noinline
func register(i int) {
	runtime.SetFinalizer(&node{id: i}, func(n *node) { plain.Add(int32(n.id - i + 1)) })
	runtime.SetFinalizer(&node{id: i}, func(n identified) { asInterface.Add(int32(n.ID() - i + 1)) })
	runtime.SetFinalizer(&node{id: i}, func(n any) { asAny.Add(int32(n.(*node).id - i + 1)) })
	runtime.SetFinalizer(&node{id: i}, func(n *node) (many [30]int, s string, f float64) {
		withResults.Add(int32(n.id - i + 1))
		many[29] = i
		return many, "x", 1
	})
	n := &node{id: i}
	runtime.AddCleanup(n, func(by int) { cleanups.Add(int32(by)) }, 1)
	runtime.AddCleanup(&n.next, func(by int) { cleanups.Add(int32(by)) }, 1)
	runtime.AddCleanup(n, func(int) { cancelled.Add(1) }, 1).Stop()
	other := &node{id: i}
	runtime.SetFinalizer(other, func(*node) { cancelled.Add(1) })
	runtime.SetFinalizer(other, nil)
}

//go:noinline
func link() {
	tail := &node{id: 2}
	head := &node{id: 1, next: tail}
	runtime.SetFinalizer(tail, func(n *node) { chain <- fmt.Sprint("tail ", n.id) })
	runtime.SetFinalizer(head, func(n *node) { chain <- fmt.Sprint("head ", n.id, " before ", n.next.id) })
}

const n, most = 200, 150

func enough() bool {
	return plain.Load() > most && asInterface.Load() > most && asAny.Load() > most && withResults.Load() > most && cleanups.Load() > 2*most
}

func main() {
	kept := &node{id: 7}
	runtime.SetFinalizer(kept, func(*node) { early.Add(1) })
	for i := range n {
		register(i)
	}
	for range 50 {
		link()
	}
	depth(100)
	for range 200 {
		runtime.GC()
		time.Sleep(time.Millisecond)
		if enough() && len(chain) > 0 {
			break
		}
	}
	fmt.Println("most finalizers and cleanups ran:", enough())
	fmt.Println("cancelled ones that ran:", cancelled.Load())
	fmt.Println(<-chain)
	fmt.Println("too early:", early.Load())
	runtime.KeepAlive(kept)
	try := func(what string, f func()) {
		defer func() { fmt.Println(what, recover()) }()
		f()
	}
	try("nil:", func() { runtime.AddCleanup[int](nil, func(int) {}, 1) })
	same := new(int)
	try("itself:", func() { runtime.AddCleanup(same, func(*int) {}, same) })
}

// Output:
// most finalizers and cleanups ran: true
// cancelled ones that ran: 0
// head 1 before 2
// too early: 0
// nil: runtime.AddCleanup: ptr is nil
// itself: runtime.AddCleanup: ptr is equal to arg, cleanup will never run
