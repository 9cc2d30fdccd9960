# SPDX-License-Identifier: BSD-3-Clause
"""RUnlock without RLock ends a program as it does in Go, however the lock counts its readers: see gotk/golib/src/sync/readers.go."""

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
)

var mu sync.RWMutex

// crowd makes readers meet each other often.
func crowd() {
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

func main() {
	BODY
	fmt.Println("not noticed")
}
"""

#: What is noticed at the next Lock at the latest ends with one.
CASES = {
    "nobody inside": "mu.RUnlock()",
    "nobody inside, crowded": "crowd(); mu.RUnlock(); mu.Lock()",
    "one too many": "mu.RLock(); mu.RUnlock(); mu.RUnlock()",
    "two at once": "twice()",
    "two at once, crowded": "crowd(); twice(); mu.Lock()",
    "writer inside": "mu.Lock(); mu.RUnlock()",
    "writer inside, crowded": "crowd(); mu.Lock(); mu.RUnlock()",
    "writer inside, crowded, elsewhere": "crowd(); mu.Lock(); elsewhere(mu.RUnlock)",
    "writer by TryLock inside, crowded": "crowd(); mu.TryLock(); elsewhere(mu.RUnlock)",
    "two and a writer inside, crowded": "crowd(); mu.Lock(); twice()",
    "then a reader and a writer, crowded": "crowd(); mu.RUnlock(); mu.RLock(); mu.TryLock(); mu.RUnlock(); mu.Lock()",
}


@pytest.mark.parametrize("case", CASES)
def test_runlock_of_unlocked(case: str) -> None:
    program = gotk.Program(PROGRAM.replace("BODY", CASES[case]))
    points = [("gotk", 1), ("gotk", 2), ("gotk", 8), ("threads", 2)]
    if find_go() is not None:
        points.append(("go", 2))
    for runtime, procs in points:
        for _ in range(1 if runtime == "go" else 4):
            run = program.run(runtime, gomaxprocs=procs, check=False)
            assert (run.stdout, run.exit_code) == ("", 2), f"{runtime} at {procs} procs"
            assert run.stderr.startswith("fatal error: sync: RUnlock of unlocked RWMutex\n"), f"{runtime} at {procs} procs: {run.stderr}"
