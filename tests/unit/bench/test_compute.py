# SPDX-License-Identifier: BSD-3-Clause
"""The benchmark's programs compute the same on gotk as on real Go, at a size that takes no time."""

from __future__ import annotations

import pytest

from gotk.bench.compute import COLLECTOR, COMPUTE, PROGRAMS, Row, geometric_mean, measure
from gotk.runtimes.go import find_go

SMALL = {
    "nbody": {"steps": 1000},
    "spectral_norm": {"n": 60},
    "fannkuch": {"n": 7},
    "mandelbrot_serial": {"size": 60},
    "matrix_multiply": {"n": 50},
    "sha256_program": {"megabytes": 1},
    "map_int": {"keys": 2000, "rounds": 1},
    "map_string": {"words": 1000, "rounds": 1},
    "map_struct": {"generations": 2},
    "string_building": {"lines": 300, "rounds": 1},
    "sort_slice": {"n": 3000},
    "slices_sort": {"n": 3000},
    "slices_sort_func": {"n": 3000},
    "sort_ints": {"n": 3000},
    "binary_trees": {"depth": 9},
    "map_churn": {"window": 500, "steps": 5000},
    "string_churn": {"keep": 500, "steps": 5000},
}


def test_every_program_has_a_row_and_a_small_size() -> None:
    titles = COMPUTE | COLLECTOR
    assert set(SMALL) == set(titles)
    assert all((PROGRAMS / f"{name}.go").is_file() for name in titles)


@pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")
@pytest.mark.parametrize("name", SMALL)
def test_results_equal_those_of_real_go_to_the_last_bit(name: str) -> None:
    (row,) = measure([(name, 2)], repeats=1, variables=SMALL, progress=False)
    assert {"gotk", "go"} == set(row.ns)
    assert row.ratio > 0


def test_ratio_is_gos_median_over_gotks() -> None:
    a, b = Row("nbody", 1), Row("nbody", 2)
    a.ns["go"], a.ns["gotk"] = [2.0, 8.0, 3.0], [1.0]
    b.ns["go"], b.ns["gotk"] = [12.0], [1.0]
    assert a.ratio == 3
    assert geometric_mean([a, b]) == pytest.approx(6)
