# SPDX-License-Identifier: BSD-3-Clause
"""Atomics lock their word exactly while more than one processor runs Go code: the program looks at its own instructions. (That sums are right
is tests/programs/locks_hold_while_procs_change.go's; an instruction without its lock loses an addition once in millions only.)"""

from __future__ import annotations

import platform

import pytest

import gotk

PROGRAM = """package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"unsafe"
)

var word int32

//go:noinline
func add() int32 { return atomic.AddInt32(&word, 5) }

//go:noinline
func swap() bool { return atomic.CompareAndSwapInt32(&word, 5, 6) }

// prefix finds the instruction 0f OPCODE in f and returns the byte before it.
func prefix(f unsafe.Pointer, opcode byte) string {
	code := unsafe.Slice(**(***byte)(f), 64)
	for i := 1; i < len(code)-1; i++ {
		if code[i] == 0x0f && code[i+1] == opcode {
			return fmt.Sprintf("%x", code[i-1])
		}
	}
	return "none"
}

func main() {
	a, s := add, swap
	show := func() { fmt.Println(runtime.GOMAXPROCS(0), prefix(unsafe.Pointer(&a), 0xc1), prefix(unsafe.Pointer(&s), 0xb1)) }
	show()
	for _, n := range []int{2, 1, 3, 2, 1} {
		runtime.GOMAXPROCS(n)
		show()
	}
	fmt.Println(a(), s(), word)
}
"""


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="other machines' atomics are not made this way")
@pytest.mark.parametrize(("runtime", "procs"), [("gotk", 1), ("gotk", 2), ("threads", 1)])
def test_prefixes_follow_gomaxprocs(runtime: str, procs: int) -> None:
    run = gotk.Program(PROGRAM).run(runtime, gomaxprocs=procs)
    *shown, end = run.stdout.splitlines()
    assert end == "5 true 6"
    assert len(shown) == 6
    for line in shown:
        n, *prefixes = line.split()
        wanted = "3e" if n == "1" and runtime == "gotk" else "f0"
        assert prefixes == [wanted, wanted], line


def test_a_program_starts_within_milliseconds() -> None:
    """Registering for membarrier beside another thread costs a grace period of the kernel, 11 ms: the least of many runs shows it."""
    program = gotk.Program("println(1)")
    assert min(program.run("gotk").metrics["wall_ns"] for _ in range(20)) < 9e6
