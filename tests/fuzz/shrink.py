# SPDX-License-Identifier: BSD-3-Clause
"""Makes a program that shows a difference smaller: takes away statements and blocks, as long as real Go still compiles what is left
and the difference stays."""

from __future__ import annotations

import time
from collections.abc import Sequence

from .batch import Difference, Invalid, compare


def shrink(lines: Sequence[str], number: int, *, seconds: float = 120) -> tuple[list[str], Difference | None]:
    """The smallest program found in about `seconds`, and its difference (None if the program alone shows none)."""
    deadline = time.monotonic() + seconds
    last: list[Difference | None] = [None]

    def differs(candidate: list[str]) -> bool:
        try:
            found = compare({number: candidate})
        except Invalid:
            return False
        if found:
            last[0] = found[0]
        return bool(found)

    best = list(lines)
    if not differs(best):
        return best, None
    changed = True
    while changed and time.monotonic() < deadline:
        changed = False
        for candidate in candidates(best):
            if time.monotonic() > deadline:
                break
            if differs(candidate):
                best, changed = candidate, True
                break
    return best, last[0]


def candidates(lines: list[str]) -> list[list[str]]:
    """The program without some of its parts: large parts first, then single lines, then blocks whose inside stays."""
    spans = [span for span in blocks(lines) if not lines[span[0]].startswith("func prog")]
    made: list[list[str]] = []
    size = len(lines) // 2
    while size > 4:  # runs of lines with the same indentation at both ends
        for start in range(0, len(lines) - size, max(size // 2, 1)):
            part = lines[start : start + size]
            if balanced(part):
                made.append(lines[:start] + lines[start + size :])
        size //= 2
    made += [lines[:a] + lines[b + 1 :] for a, b in sorted(spans, key=lambda s: s[0] - s[1])]
    opening = {a for a, _ in spans} | {b for _, b in spans}
    made += [lines[:i] + lines[i + 1 :] for i in range(len(lines)) if i not in opening and lines[i].strip()]
    made += [lines[:a] + lines[a + 1 : b] + lines[b + 1 :] for a, b in spans if lines[a].startswith("\t")]
    return [m for m in made if any(line.startswith("func prog") for line in m)]


def balanced(part: Sequence[str]) -> bool:
    depth = 0
    for line in part:
        depth += line.count("{") - line.count("}")
        if depth < 0:
            return False
    return depth == 0


def blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First and last line of each block, by indentation."""
    found, open_ = [], []
    for i, line in enumerate(lines):
        text, indent = line.strip(), len(line) - len(line.lstrip("\t"))
        if text.startswith(("}", ")")) and open_ and open_[-1][1] == indent:
            start = open_.pop()[0]
            if not lines[start].strip().startswith("}") and not text.endswith("{"):
                found.append((start, i))
        if text.endswith(("{", "(")):
            open_.append((i, indent))
    return found
