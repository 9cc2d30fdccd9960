# SPDX-License-Identifier: BSD-3-Clause
"""The rows of the scheduler's benchmark: which program, at which sizes, and what it is to reach.

A program records one number, ``ns`` (less is better) or another name. Sizes are parameters of the program; on threads, which cost a hundred
times a goroutine and of which a machine holds few, they are smaller, and the figures are per unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["ROWS", "Row"]

Kind = Literal["against go", "figure", "speed-up", "cost"]


@dataclass(frozen=True)
class Row:
    """One row of the table.

    `kind` says what is compared with `target`:
        against go: Go's median over gotk's, at every number of procs: at least the target;
        figure: gotk's own median: at most the target;
        speed-up: gotk's median at one proc over that at two: at least the target;
        cost: gotk's median over that with `without` (options of the run) instead, at one proc: at most the target.
    A row without a target is shown and not judged.
    `sizes` are parameters for all runtimes, `threads` those that threads have instead; None: threads can't or needn't run it.
    """

    name: str
    title: str
    program: str
    kind: Kind = "against go"
    target: float | None = 1.0
    record: str = "ns"
    unit: str = "ns"
    sizes: Mapping[str, Any] = field(default_factory=dict)
    threads: Mapping[str, Any] | None = None
    without: Mapping[str, Any] | None = None
    runtimes: tuple[str, ...] = ("gotk", "go", "threads")


ROWS: dict[str, Row] = {
    row.name: row
    for row in (
        Row("core", "the core: three chains of instructions over one (above 1: it is shared)", "core_share", "figure", None, "ratio", "×", threads={}),
        Row("spawn", "spawn and wait, batches of 1,000 (each)", "spawn_wait", target=4, threads={"batches": 3}),
        Row("spawn_million", "spawn and wait, a million at once (each)", "spawn_million", target=3),
        Row("spawn_one", "spawn and wait, one at a time (each)", "spawn_one", target=3, threads={"n": 3000}),
        Row("ping_pong", "unbuffered ping-pong (a round trip)", "ping_pong", target=2.5, threads={"n": 5000}),
        Row("gosched", "runtime.Gosched, 4 goroutines (a yield)", "gosched", target=3, threads={"n": 50_000}),
        Row("buffered", "buffered producer and consumer (a value)", "producer_consumer", target=2, threads={"n": 200_000}),
        Row("select", "select of four channels (a value)", "select4", target=2, threads={"n": 4000}),
        Row("fan_in", "fan-in of 100 producers (a value)", "fan_in", target=2, threads={"n": 200}),
        Row("mutex", "mutex, one user (lock, unlock)", "mutex", target=1, threads={}),
        Row("mutex_8", "mutex, 8 contending (lock, unlock)", "mutex", target=1.3, sizes={"users": 8}, threads={"users": 8, "n": 800_000}),
        Row("rwmutex", "RWMutex, 8 readers (lock, unlock)", "rwmutex_readers", target=1.3, threads={}),
        Row("atomic", "atomic counter, 8 users (an addition)", "atomic_counter", target=1, threads={}),
        Row("sleepers", "100,000 sleepers of 1 ms (each)", "sleepers", target=2),
        Row("timers", "100,000 timers set and stopped (each)", "timers", target=2, threads={}),
        Row("skynet", "skynet, a million leaves (all)", "skynet", target=4),
        Row("parked", "resident bytes per parked goroutine, a million", "parked_bytes", "figure", 1300, "bytes", "bytes"),
        Row("woken", "a million parked, then all woken (each)", "woken", target=2),
        Row("tcp_1", "TCP echo on loopback, 1 connection (a round trip)", "tcp_echo", target=1.1,
            sizes={"connections": 1, "trips": 50_000}, threads={"trips": 20_000}),
        Row("tcp_100", "TCP echo on loopback, 100 connections (a round trip)", "tcp_echo", target=1.1,
            sizes={"connections": 100}, threads={"trips": 50_000}),
        Row("tcp_5000", "TCP echo on loopback, 5,000 connections (a round trip)", "tcp_echo", target=1.1, sizes={"connections": 5000}),
        Row("pipes", "messages through 8 pairs of pipes (each)", "pipes", target=1, threads={"rounds": 2000}),
        Row("mandelbrot", "parallel Mandelbrot set, 2 procs against 1", "mandelbrot", "speed-up", 1.9, threads={}),
        Row("merge_sort", "parallel merge sort, 2 procs against 1", "merge_sort", "speed-up", 1.9, threads={}),
        Row("hot_split", "a call at the worst stack depth (over the usual)", "hot_split", "figure", 2, "ratio", "×"),
        Row("latency", "wait of a ready goroutine beside hogs, 99.9 %", "latency", target=1),
        Row("gc_stop", "runtime.GC of an empty heap beside hogs, 99 %", "gc_stop", "figure", 1_000_000),
        Row(
            "preemption", "numeric loops, preempted every slice (over never)", "preempted", "cost", 1.02,
            without={"slice_ns": 1_000_000_000_000}, runtimes=("gotk",),
        ),
    )
}  # fmt: skip
