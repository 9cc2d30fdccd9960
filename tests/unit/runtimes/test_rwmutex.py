# SPDX-License-Identifier: BSD-3-Clause
"""What must not depend on how a RWMutex counts its readers (gotk/golib/src/sync/readers.go): RUnlock without RLock ends a program as it does in Go,
and what holds a lock has its finalizer run. tests/programs/rwmutex_*.go have correct use, and copies."""

from __future__ import annotations

import pytest

import gotk
from gotk.runtimes.go import find_go

PROGRAM = """package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var mu sync.RWMutex

// crowd makes readers meet each other often.
func crowd(mu *sync.RWMutex) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 20_000 {
				mu.RLock()
				if i%64 == 0 {
					runtime.Gosched()
				}
				mu.RUnlock()
			}
		})
	}
	group.Wait()
}

// twice gives back two at the same time, if there are two procs.
func twice() {
	var group sync.WaitGroup
	var there atomic.Int32
	for range 2 {
		group.Go(func() {
			for there.Add(1); there.Load() < 2; {
			}
			mu.RUnlock()
		})
	}
	group.Wait()
}

func elsewhere(f func()) {
	done := make(chan bool)
	go func() { f(); close(done) }()
	<-done
}

type box struct {
	mu sync.RWMutex
	n  [10]int
}

// finalized tells how many of twenty boxes had their finalizer run: most, since a few may have left their address on a stack.
func finalized() int {
	ended := make(chan bool, 20)
	for range 20 {
		func() {
			b := &box{}
			crowd(&b.mu)
			runtime.SetFinalizer(b, func(*box) { ended <- true })
		}()
	}
	for i := 0; i < 50 && len(ended) < 15; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	return len(ended)
}

func main() {
	BODY
}
"""

#: What is noticed at the next Lock at the latest ends with one.
CASES = {
    "nobody inside": "mu.RUnlock()",
    "nobody inside, crowded": "crowd(&mu); mu.RUnlock(); mu.Lock()",
    "one too many": "mu.RLock(); mu.RUnlock(); mu.RUnlock()",
    "two at once": "twice()",
    "two at once, crowded": "crowd(&mu); twice(); mu.Lock()",
    "writer inside": "mu.Lock(); mu.RUnlock()",
    "writer inside, crowded": "crowd(&mu); mu.Lock(); mu.RUnlock()",
    "writer inside, crowded, elsewhere": "crowd(&mu); mu.Lock(); elsewhere(mu.RUnlock)",
    "writer by TryLock inside, crowded": "crowd(&mu); mu.TryLock(); elsewhere(mu.RUnlock)",
    "two and a writer inside, crowded": "crowd(&mu); mu.Lock(); twice()",
    "then a reader and a writer, crowded": "crowd(&mu); mu.RUnlock(); mu.RLock(); mu.TryLock(); mu.RUnlock(); mu.Lock()",
}


@pytest.mark.parametrize("case", CASES)
def test_runlock_of_unlocked(case: str) -> None:
    program = gotk.Program(PROGRAM.replace("BODY", CASES[case] + "; fmt.Println(`not noticed`)"))
    points = [("gotk", 1), ("gotk", 2), ("gotk", 8), ("threads", 2)]
    if find_go() is not None:
        points.append(("go", 2))
    for runtime, procs in points:
        for _ in range(1 if runtime == "go" else 4):
            run = program.run(runtime, gomaxprocs=procs, check=False)
            assert (run.stdout, run.exit_code) == ("", 2), f"{runtime} at {procs} procs"
            assert run.stderr.startswith("fatal error: sync: RUnlock of unlocked RWMutex\n"), f"{runtime} at {procs} procs: {run.stderr}"


@pytest.mark.parametrize("procs", [1, 2, 8])
def test_what_holds_a_lock_is_finalized(procs: int) -> None:
    run = gotk.Program(PROGRAM.replace("BODY", "fmt.Println(finalized())")).run(gomaxprocs=procs)
    assert int(run.stdout) >= 15, "the counters keep their lock alive"
