# SPDX-License-Identifier: BSD-3-Clause
"""Many generated programs in one Go file, run on gotk and on real Go, and the differences between what they print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import gotk
from gotk.errors import CompileError, InternalError

PRELUDE = """package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	_ = cmp.Compare[int]
	_ = context.Background
	_ = maps.Clone[map[int]int]
	_ = bits.Len
	_ = strconv.Itoa
	_ sync.Mutex
	_ atomic.Int64
	_ = time.Hour
	_ iter.Seq[int]
	_ = math.Pi
	_ = slices.Clone[[]int]
	_ = strings.Index
)

var errBase = errors.New("base")

type integers interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

//go:noinline
func id[T any](x T) T { return x }

func ref[T any](x T) *T { return &x }

func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

func trace[T any](n int, x T) T {
	fmt.Println("trace", n)
	return x
}

func at[T any](s []T, i int) (x T) {
	if len(s) > 0 {
		x = s[uint(i)%uint(len(s))]
	}
	return
}

func part[T any](s []T, i, j int) []T {
	n := uint(len(s)) + 1
	a, b := uint(i)%n, uint(j)%n
	return s[min(a, b):max(a, b):max(a, b)]
}

func last[T any](s []T, n int) []T { return s[max(0, len(s)-n):] }

func short(s string) string { return s[:min(len(s), 100)] }

func cut(s string, i, j int) string {
	n := uint(len(s)) + 1
	a, b := uint(i)%n, uint(j)%n
	return s[min(a, b):max(a, b)]
}

func byteAt(s string, i int) byte {
	if s == "" {
		return 0
	}
	return s[uint(i)%uint(len(s))]
}

func sum(xs ...int) (n int) {
	for _, x := range xs {
		n = n*7 + x
	}
	return
}

func whole(f float64) int64 {
	if f > -1e15 && f < 1e15 {
		return int64(f)
	}
	return -1
}

func isa[T any](x any) bool {
	_, ok := x.(T)
	return ok
}

func both[A, B any](a A, b B) (A, B) { return a, b }

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}
}

func pairs(xs []int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		defer func() { _ = len(xs) }()
		for i, x := range xs {
			if !yield(i*2, x) {
				return
			}
		}
	}
}

func each[T any](xs []T, skip int) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i, x := range xs {
			if i != skip && !yield(x) {
				break
			}
		}
	}
}

func collect[T any](seq iter.Seq[T]) (out []T) {
	for x := range seq {
		if len(out) == 10 {
			break
		}
		out = append(out, x)
	}
	return
}

func apply[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func keep[T any](xs []T, f func(T) bool) (out []T) {
	for _, x := range xs {
		if f(x) {
			out = append(out, x)
		}
	}
	return
}

func fold[T, U any](xs []T, u U, f func(U, T) U) U {
	for _, x := range xs {
		u = f(u, x)
	}
	return u
}

type stack[T any] struct{ items []T }

func newStack[T any](xs ...T) *stack[T] {
	s := &stack[T]{}
	for _, x := range xs {
		s.items = append(s.items, x)
	}
	return s
}

func (s *stack[T]) top() T { return s.items[len(s.items)-1] }

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) first() A { return p.a }

func panicking(s string) string { panic("panicking " + s) }

func caught(where string) {
	if r := recover(); r != nil {
		fmt.Println("panic", where, r)
	}
}

func run(n int, f func()) {
	fmt.Println("=== program", n)
	defer caught("of program")
	f()
}
"""


@dataclass
class Difference:
    """What program `number` printed on gotk and on Go (its lines, or how the whole file failed)."""

    number: int
    gotk: list[str]
    go: list[str]


class Invalid(Exception):
    """Real Go does not compile the file: the generator's fault, or a shrinking step too far."""


def source(programs: dict[int, Sequence[str]]) -> str:
    parts = [PRELUDE]
    for lines in programs.values():
        parts.append("\n".join(lines))
    calls = "\n".join(f"\trun({n}, prog{n})" for n in programs)
    parts.append(f"func main() {{\n{calls}\n}}\n")
    return "\n\n".join(parts)


def sections(text: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    current: list[str] = []
    for line in text.split("\n"):
        if match := re.match(r"=== program (\d+)$", line):
            current = found.setdefault(int(match[1]), [])
        else:
            current.append(line)
    return found


def compare(programs: dict[int, Sequence[str]], *, gomaxprocs: int = 2, timeout: float = 60) -> list[Difference]:
    """The programs that behave differently on gotk. Raises `Invalid`."""
    program = gotk.Program(source(programs), name="generated")
    try:
        go = program.run("go", check=False, timeout=timeout)
    except CompileError as error:
        raise Invalid(str(error)) from None
    except InternalError:  # go build was killed, say: once more, and for good
        go = program.run("go", check=False, timeout=timeout)
    try:
        ours = program.run("gotk", check=False, timeout=timeout, gomaxprocs=gomaxprocs)
    except Exception as error:  # whatever our compiler does wrong is a find, not the end of the hunt
        return [Difference(n, [f"{type(error).__name__}: {error}"], ["compiles"]) for n in programs]
    if ours.stdout == go.stdout and ours.exit_code == go.exit_code:
        return []
    theirs, mine = sections(go.stdout), sections(ours.stdout)
    found = [Difference(n, mine.get(n, []), theirs.get(n, [])) for n in programs if mine.get(n) != theirs.get(n)]
    if ours.exit_code != go.exit_code:
        last = max(mine, default=min(programs))
        note = [f"exit code {ours.exit_code}", *ours.stderr[-2000:].split("\n")]
        theirs_note = [f"exit code {go.exit_code}", *go.stderr[-500:].split("\n")]
        found = [Difference(last, [*mine.get(last, []), *note], [*theirs.get(last, []), *theirs_note])]
    return found
