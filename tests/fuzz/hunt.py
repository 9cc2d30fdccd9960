# SPDX-License-Identifier: BSD-3-Clause
"""One batch of generated programs, from seeds to a report. A module of its own, so that worker processes can import it."""

from __future__ import annotations

import itertools

from .batch import Invalid, compare
from .decls import generate
from .shrink import shrink


def check(job: tuple[int, int, float]) -> tuple[int, list[str]]:
    """Programs of seeds first … first+count-1: how many were compared, and a report for each that differs."""
    first, count, shrink_seconds = job
    programs = {seed: generate(seed, seed) for seed in range(first, first + count)}
    try:
        found = compare(programs, gomaxprocs=1 + first % 3)
    except Invalid as error:
        return 0, [f"real Go does not compile the programs of seeds {first}–{first + count - 1}: the generator is wrong\n{str(error)[:2000]}"]
    reports = []
    for difference in found[:3]:
        lines, smaller = shrink(programs[difference.number], difference.number, seconds=shrink_seconds)
        shown = smaller or difference
        rows = [
            f"    gotk: {a}\n    go:   {b}"
            for a, b in itertools.zip_longest(shown.gotk, shown.go, fillvalue="") if a != b
        ]  # fmt: skip
        note = "" if smaller else f" (only beside others: seeds {first}–{first + count - 1})"
        reports.append(f"seed {difference.number} differs{note}:\n" + "\n".join(rows[:8]) + "\n" + "\n".join(lines))
    return count, reports
