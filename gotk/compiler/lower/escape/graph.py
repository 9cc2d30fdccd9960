# SPDX-License-Identifier: BSD-3-Clause
"""The graph of an escape analysis and its solution.

An edge ``src -> dst`` with `derefs` says that the value of `src` after that many loads may be stored in `dst`; -1 stands for the address of `src`.
Fields and elements are not told apart from what holds them; the elements of a slice are one load away.

To solve: from each location go backwards over the edges, keeping the least number of loads. Where it falls below zero an address
arrives; if the location lives longer than what is addressed, the latter has to move to the heap, and then everything that its value
reaches is looked at again.
"""

from __future__ import annotations

from typing import Any


class Frame:
    """A function declaration or literal: whose frame a location would be in. ``depth``: 0 for the declaration."""

    __slots__ = ("depth", "outer")

    def __init__(self, outer: Frame | None) -> None:
        self.outer = outer
        self.depth: int = 0 if outer is None else outer.depth + 1

    def encloses(self, other: Frame) -> bool:
        """Whether `other` is a literal somewhere inside this function."""
        at: Frame | None = other
        while at is not None and at.depth > self.depth:
            at = at.outer
        return at is self and other is not self


class Location:
    """Something that holds a value.

    ``loop``: depth of loops around its declaration within its frame; ``holds``: depth of those within whose iterations its value lives: one less than
    `loop` for the variables of a for clause, which are new in each iteration but get the value of the one before; ``escapes``: it is (on) the heap; ``param``: number of the
    parameter of the declaration, or -1; ``result``: the same for results. ``leaks``: for parameters, least loads on the way to the heap (key -1) and to results.
    """

    __slots__ = (
        "_derefs",
        "_queued",
        "_round",
        "edges",
        "escapes",
        "frame",
        "holds",
        "leaks",
        "loop",
        "param",
        "result",
    )

    def __init__(self, frame: Frame, loop: int) -> None:
        self.frame, self.loop, self.holds = frame, loop, loop
        self.edges: list[tuple[Location, int]] = []
        self.escapes = False
        self.param = -1
        self.result = -1
        self.leaks: dict[int, int] | None = None
        self._round = 0
        self._derefs = 0
        self._queued = False

    def outlives(self, other: Location) -> bool:
        """Whether this may hold a pointer to `other` longer than `other` would live in its frame."""
        if self.escapes or self.result >= 0:
            return True
        if self.frame is other.frame:
            return self.holds < other.loop
        return self.frame.encloses(other.frame)

    def leak(self, sink: Location, derefs: int) -> None:
        """Note that this parameter's value reaches `sink` after `derefs` loads."""
        key = sink.result if sink.result >= 0 and not sink.escapes else -1
        if self.leaks is None:
            self.leaks = {}
        if derefs < self.leaks.get(key, 1 << 30):
            self.leaks[key] = derefs


#: Where a value goes: (location or None to drop it, loads on the way).
Hole = tuple[Location | None, int]
DISCARD: Hole = (None, 0)


class Graph:
    """All locations of one function declaration."""

    def __init__(self) -> None:
        self.top = Frame(None)
        self.heap = Location(self.top, 0)
        self.heap.escapes = True
        self.locations: list[Location] = []
        self.to_heap: Hole = (self.heap, 0)

    def new(self, frame: Frame, loop: int) -> Location:
        location = Location(frame, loop)
        self.locations.append(location)
        return location

    def flow(self, hole: Hole, src: Location) -> None:
        """The value of `src` (its address if the hole says so) goes to the hole."""
        dst, derefs = hole
        if dst is None or (dst is src and derefs >= 0):
            return
        if dst.escapes and derefs < 0:
            src.escapes = True
            return
        dst.edges.append((src, derefs))

    def solve(self) -> None:
        """Set ``escapes`` and ``leaks`` of all locations."""
        todo: list[Location] = [*self.locations, self.heap]
        for location in todo:
            location._queued = True
        number = 0
        while todo:
            root = todo.pop()
            root._queued = False
            number += 1
            self._walk(root, number, todo)

    def _walk(self, root: Location, number: int, queue: list[Location]) -> None:
        root._round = number
        root._derefs = 0
        stack = [root]
        while stack:
            at = stack.pop()
            derefs = at._derefs
            address = derefs < 0
            if address:
                # What is stored in `at` does not have its address taken.
                derefs = 0
            if root.outlives(at):
                if at.param >= 0:
                    at.leak(root, derefs)
                if address and not at.escapes:
                    at.escapes = True
                    if not at._queued:
                        at._queued = True
                        queue.append(at)
                    continue
            for src, more in at.edges:
                if src.escapes:
                    continue
                total = derefs + more
                if src._round != number or src._derefs > total:
                    src._round = number
                    src._derefs = total
                    stack.append(src)


def shifted(hole: Hole, by: int) -> Hole:
    """The hole after `by` more loads (-1: the address goes there)."""
    return (hole[0], hole[1] + by)


Key = Any
