# SPDX-License-Identifier: BSD-3-Clause
"""Statements with goroutines whose output does not depend on the schedule."""

from __future__ import annotations

from collections.abc import Callable

from .exprs import expr, value
from .gotypes import BASICS, BOOL, INT, INTS, STRING, Pointer, Type, printable
from .scope import Context

Block = Callable[[Context, int], None]


def concurrent_ways(block: Block) -> list[Callable[[Context], None]]:
    return [
        lambda cx: fan_out(cx, block), pipeline, ready_select, merged_select, counter, rescued, ping_pong, cancelled, once,
    ]  # fmt: skip


def plain(cx: Context) -> Type:
    return cx.rng.choice([t for t in (*cx.types, *BASICS) if printable(t) and not isinstance(t.under, Pointer)])


def isolated(cx: Context) -> tuple[bool, list[str]]:
    """Within a goroutine: nothing outside may change, no loop outside be left."""
    before = cx.pure, cx.loops
    cx.pure, cx.loops = True, []
    return before


def fan_out(cx: Context, block: Block) -> None:
    """A result for each goroutine, at a place of its own."""
    t, n = plain(cx), cx.rng.randint(1, 5)
    results, wg, i = cx.fresh("out"), cx.fresh("wg"), cx.fresh("i")
    cx.emit(f"var {wg} sync.WaitGroup")
    cx.emit(f"{results} := make([]{t}, {n})")
    with cx.block(f"for {i} := range {results}"):
        cx.declare(i, INT, settable=False)
        with cx.block(f"{wg}.Go(func()", "})"):
            before = isolated(cx)
            hidden, cx.scopes = cx.scopes, [[]]
            cx.declare(i, INT, settable=False)
            local = cx.fresh("v")
            inner = cx.rng.choice(BASICS)
            cx.emit(f"var {local} {inner} = {expr(cx, inner, 2)}")
            cx.declare(local, inner)
            cx.emit(f"{results}[{i}] = {expr(cx, t, 3)}")
            cx.emit(f"_ = {local}")
            cx.scopes = hidden
            cx.pure, cx.loops = before
    cx.emit(f"{wg}.Wait()")
    cx.emit(f'fmt.Println("#{results}", {results})')


def pipeline(cx: Context) -> None:
    t, n = cx.rng.choice(INTS), cx.rng.randint(0, 8)
    a, b, total = cx.fresh("ch"), cx.fresh("ch"), cx.fresh("sum")
    cx.emit(f"{a}, {b} := make(chan {t}, {cx.rng.choice([0, 0, 1, 3])}), make(chan {t}{cx.rng.choice(['', ', 2'])})")
    start = value(cx, t, 1)
    cx.emit(f"{total} := {start}")
    with cx.block("go func()", "}()"):
        cx.emit(f"defer close({a})")
        with cx.block(f"for i := range {n}"):
            cx.emit(f"{a} <- {t}(i) * {cx.rng.randint(1, 9)}")
    with cx.block("go func()", "}()"):
        with cx.block(f"for x := range {a}"):
            cx.emit(f"{b} <- x*x {cx.rng.choice('+-^')} {cx.rng.randint(1, 9)}")
        cx.emit(f"close({b})")
    with cx.block(f"for x := range {b}"):
        cx.emit(f"{total} = {total}*31 + x")
    cx.emit(f'fmt.Println("#{total}", {total})')
    cx.declare(total, t)


def ready_select(cx: Context) -> None:
    """One case of several can go on."""
    t = cx.rng.choice(BASICS)
    ready, never, closed = cx.fresh("ch"), cx.fresh("ch"), cx.fresh("ch")
    cx.emit(f"{ready}, {never}, {closed} := make(chan {t}, 1), make(chan {t}), make(chan int)")
    which = cx.rng.randrange(4)
    if which == 0:
        cx.emit(f"{ready} <- {expr(cx, t, 2)}")
    elif which == 1:
        cx.emit(f"close({closed})")
    cx.emit("select {")
    if which == 3:
        cx.emit(f"case {ready} <- {expr(cx, t, 2)}:")
        cx.emit(f'\tfmt.Println("sent", len({ready}), cap({ready}))')
    else:
        cx.emit(f"case x, ok := <-{ready}:")
        cx.emit('\tfmt.Println("received", x, ok)')
    cx.emit(f"case x, ok := <-{closed}:")
    cx.emit('\tfmt.Println("closed", x, ok)')
    cx.emit(f"case {never} <- {expr(cx, t, 1)}:")
    cx.emit('\tfmt.Println("never")')
    if which == 2 or cx.chance(0.3):
        cx.emit("default:")
        cx.emit('\tfmt.Println("none")')
    cx.emit("}")


def merged_select(cx: Context) -> None:
    """Two senders, one receiver that adds up: any order gives the same sum."""
    t, n = cx.rng.choice(INTS), cx.rng.randint(1, 6)
    a, b, done, total = cx.fresh("ch"), cx.fresh("ch"), cx.fresh("done"), cx.fresh("sum")
    cx.emit(f"{a}, {b}, {done} := make(chan {t}), make(chan {t}, 2), make(chan struct{{}})")
    for ch in (a, b):
        seed = value(cx, t, 1)
        s = cx.fresh("s")
        cx.emit(f"{s} := {seed}")
        cx.emit(f"go func() {{ for i := range {n} {{ {ch} <- {s} * {t}(i) }}; {done} <- struct{{}}{{}} }}()")
    cx.emit(f"var {total} {t}")
    with cx.block("for left := 2; left > 0;"):
        cx.emit("select {")
        cx.emit(f"case x := <-{a}:")
        cx.emit(f"\t{total} += x")
        cx.emit(f"case x := <-{b}:")
        cx.emit(f"\t{total} += x")
        cx.emit(f"case <-{done}:")
        cx.emit("\tleft--")
        if cx.chance(0.3):
            cx.emit("case <-time.After(time.Hour):")
            cx.emit('\tfmt.Println("too late")')
        cx.emit("}")
    with cx.block(f"for len({b}) > 0"):
        cx.emit(f"{total} += <-{b}")
    cx.emit(f'fmt.Println("#{total}", {total})')
    cx.declare(total, t)


def counter(cx: Context) -> None:
    n, step = cx.rng.randint(1, 6), cx.rng.randint(1, 9)
    wg, count = cx.fresh("wg"), cx.fresh("n")
    cx.emit(f"var {wg} sync.WaitGroup")
    if cx.chance(0.5):
        mu = cx.fresh("mu")
        cx.emit(f"var {mu} sync.{cx.rng.choice(['Mutex', 'RWMutex'])}")
        cx.emit(f"{count} := {expr(cx, INT, 1)}")
        cx.emit(f"for range {n} {{ {wg}.Add(1); go func() {{ defer {wg}.Done(); {mu}.Lock(); defer {mu}.Unlock(); {count} += {step} }}() }}")
        cx.emit(f"{wg}.Wait()")
        cx.declare(count, INT)
        cx.emit(f'fmt.Println("#{count}", {count})')
    else:
        cx.emit(f"var {count} atomic.Int64")
        cx.emit(f"for i := range {n} {{ {wg}.Go(func() {{ {count}.Add(int64(i) * {step}) }}) }}")
        cx.emit(f"{wg}.Wait()")
        cx.emit(f'fmt.Println("#{count}", {count}.Load())')


def rescued(cx: Context) -> None:
    """A goroutine that panics, recovers and says so on a channel; the main one goes on."""
    ch, inner = cx.fresh("ch"), cx.rng.choice(["[]int{}[n]", "10 / n", "*(*int)(nil)", 'panicking("x")', "any(n).(string)"])
    n = cx.fresh("n")
    cx.emit(f"{ch}, {n} := make(chan any), {value(cx, INT, 1)} % 2")
    with cx.block("go func()", "}()"):
        cx.emit(f"defer func() {{ {ch} <- fmt.Sprint(recover()) }}()")
        cx.emit(f"n := {n}")
        cx.emit(f'{ch} <- fmt.Sprint("value ", {inner}, n)')
    cx.emit(f"fmt.Println(<-{ch})")
    cx.emit(f"go func() {{ for range {ch} {{}} }}()")


def ping_pong(cx: Context) -> None:
    t, n = cx.rng.choice([*INTS, STRING]), cx.rng.randint(1, 4)
    a, b, x = cx.fresh("ping"), cx.fresh("pong"), cx.fresh("x")
    cx.emit(f"{a}, {b} := make(chan {t}), make(chan {t})")
    cx.emit(f"go func() {{ for x := range {a} {{ {b} <- x + x }}; close({b}) }}()")
    cx.emit(f"{x} := {value(cx, t, 1)}")
    with cx.block(f"for range {n}"):
        cx.emit(f"{a} <- {x}")
        cx.emit(f"{x} = {'short' if t is STRING else ''}(<-{b})")
    cx.emit(f"close({a})")
    cx.emit(f"fmt.Println({x}, len({b}))")
    cx.declare(x, t)


def cancelled(cx: Context) -> None:
    name = cx.fresh("ctx")
    cx.emit(f"{name}, cancel{name} := context.WithCancel(context.Background())")
    with cx.block(f"if {expr(cx, BOOL, 2)}"):
        cx.emit(f"cancel{name}()")
    cx.emit("select {")
    cx.emit(f"case <-{name}.Done():")
    cx.emit(f"\tfmt.Println({name}.Err())")
    cx.emit("default:")
    cx.emit(f"\tfmt.Println({name}.Err() == nil)")
    cx.emit("}")
    cx.emit(f"cancel{name}()")


def once(cx: Context) -> None:
    name, t = cx.fresh("once"), cx.rng.choice(BASICS)
    cx.emit(f"{name} := sync.OnceValue(func() {t} {{ fmt.Println(\"once\"); return {expr(cx, t, 2)} }})")
    cx.emit(f"fmt.Println({name}() == {name}(), {value(cx, BOOL, 1)})")
