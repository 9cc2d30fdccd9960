# SPDX-License-Identifier: BSD-3-Clause
"""Trees of goroutines are made in depth, so few of their nodes are alive at once, and who spawns beside one is not starved (gotk/native/src/spawner.c)."""

from __future__ import annotations

import pytest

import gotk

TREE = """package main

import "fmt"

func node(out chan<- int, size int) {
	if size == 1 {
		out <- 1
		return
	}
	sub := make(chan int)
	for range 10 {
		go node(sub, size/10)
	}
	sum := 0
	for range 10 {
		sum += <-sub
	}
	out <- sum
}

func main() {
	out := make(chan int)
	go node(out, 100_000)
	fmt.Println(<-out)
}
"""

BESIDE = """package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var over atomic.Bool

func node(depth int, above *sync.WaitGroup) {
	defer above.Done()
	if depth == 0 || over.Load() {
		return
	}
	var below sync.WaitGroup
	below.Add(10)
	for range 10 {
		go node(depth-1, &below)
	}
	below.Wait()
}

func main() {
	var trees sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		trees.Go(func() {
			for !over.Load() {
				var tree sync.WaitGroup
				tree.Add(1)
				go node(5, &tree)
				tree.Wait()
			}
		})
	}
	var longest time.Duration
	rounds := 0
	for start := time.Now(); time.Since(start) < time.Second; rounds++ {
		var group sync.WaitGroup
		group.Add(10)
		before := time.Now()
		for range 10 {
			go group.Done()
		}
		longest = max(longest, time.Since(before))
		group.Wait()
	}
	over.Store(true)
	trees.Wait()
	fmt.Println(rounds, longest.Milliseconds())
}
"""


@pytest.mark.parametrize("procs", [1, 2, 8])
def test_tree_is_made_in_depth(procs: int) -> None:
    run = gotk.Program(TREE).run(gomaxprocs=procs)
    assert run.stdout == "100000\n"
    # level by level it is 7,300; what has waited for some slices goes on in between, so a machine that stops for that long has more
    assert run.metrics["max_goroutines"] < 5_000, run.metrics["max_goroutines"]


@pytest.mark.parametrize("procs", [1, 2])
def test_spawner_beside_trees_goes_on(procs: int) -> None:
    run = gotk.Program(BESIDE).run(gomaxprocs=procs)
    rounds, longest = map(int, run.stdout.split())
    assert rounds > 20
    assert longest < 500, "ms: it should be some slices of 10 ms"
