# SPDX-License-Identifier: BSD-3-Clause
"""A sample of what ``make fuzz`` does at length, and its own parts."""

from __future__ import annotations

import pytest

from gotk.runtimes.go import find_go

from . import shrink as shrinking
from .batch import compare, sections
from .decls import generate


@pytest.mark.skipif(find_go() is None, reason="real Go is the judge: pip install gotk[go]")
@pytest.mark.parametrize("first", [1000, 2000])
def test_generated_programs_agree_with_real_go(first: int) -> None:
    differences = compare({seed: generate(seed, seed) for seed in range(first, first + 12)})
    assert not differences, f"python -m tests.fuzz --seed {differences[0].number} --programs 1"


def test_a_seed_is_a_program() -> None:
    assert generate(7, 7) == generate(7, 7)
    assert generate(7, 7) != generate(8, 7)


def test_sections() -> None:
    assert sections("=== program 1\na\nb\n=== program 2\n") == {1: ["a", "b"], 2: [""]}


def test_shrinking_keeps_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = generate(11, 11)
    kept = next(line for line in lines if "fmt.Println" in line)

    def fake(programs: dict[int, list[str]], **_: object) -> list[object]:
        return [shrinking.Difference(11, [], ["x"])] if kept in programs[11] else []

    monkeypatch.setattr(shrinking, "compare", fake)
    smaller, difference = shrinking.shrink(lines, 11, seconds=20)
    assert difference and kept in smaller and len(smaller) < 10
