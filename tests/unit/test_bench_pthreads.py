# SPDX-License-Identifier: BSD-3-Clause
"""The comparison of our threads with pthreads in C: both sides do their work. No figures: those are ``python -m gotk.bench.pthreads``."""

from __future__ import annotations

import re
import shutil

import pytest

from gotk.bench import pthreads
from gotk.runtimes.native import find_gotk_run


@pytest.mark.skipif(find_gotk_run() is None or shutil.which("cc") is None, reason="needs the native runtime and a C compiler")
def test_both_sides_of_every_row_run() -> None:
    figures = pthreads.measure(list(pthreads.ROWS), repeats=1, scale=0.01)
    assert set(figures) == {(name, side) for name in pthreads.ROWS for side in ("threads", "C")}
    assert all(len(values) == 1 and values[0] > 0 for values in figures.values())


def test_both_sides_have_the_same_operations() -> None:
    in_c = re.findall(r'\{"(\w+)", \w+\}', pthreads.SOURCE.read_text())
    in_go = re.search(r"list := \[\]func\(\)\{(.*)\}$", pthreads.PROGRAM.read_text(), re.M)
    assert in_c == list(pthreads.ROWS)
    assert in_go is not None and len(re.sub(r"\{[^}]*\}", "", in_go[1]).split(",")) == len(in_c)
