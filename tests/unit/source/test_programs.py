# SPDX-License-Identifier: BSD-3-Clause
"""Real programs as cells: with package clause and imports taken away, the made file has
them again.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gotk.compiler.source import Cell
from gotk.compiler.source.imports import import_names
from gotk.compiler.source.tree import parse_tree

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = sorted(
    path
    for folder in ("tests/programs", "gotk/workloads", "gotk/bench/programs")
    for path in (ROOT / folder).glob("*.go")
)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_missing_imports_are_found_again(path: Path) -> None:
    source = path.read_text()
    whole = Cell(source, path.name)
    assert whole.shape == "file"
    made = whole.make().made
    assert made.text == source.encode() and made.same_lines
    wanted = set(import_names(parse_tree(source.encode())).values())
    bare = re.sub(r"(?ms)^package main$|^import \(.*?^\)$|^import .*?$", "", source)
    cell = Cell(bare, path.name)
    assert cell.shape == "declarations"
    text = cell.make().made.text
    assert set(import_names(parse_tree(text)).values()) == wanted
    assert text.count(b"\n") == bare.count("\n")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_the_frame_for_measuring_moves_no_line(path: Path) -> None:
    cell = Cell(path.read_text(), path.name)
    made = cell.make(finish=True).made
    assert made.same_lines
    again = Cell(made.text.decode(), path.name)
    assert again.variables == cell.variables
