# SPDX-License-Identifier: BSD-3-Clause
"""The benchmark's programs compute the same on gotk as on real Go, at a size that takes no time."""

from __future__ import annotations

from pathlib import Path

import pytest

from gotk.bench.compute import COLLECTOR, COMPUTE, PROGRAMS, Row, geometric_mean, measure, write
from gotk.program import load

SMALL = {
    "nbody": {"steps": 1000},
    "spectral_norm": {"n": 60},
    "fannkuch": {"n": 7},
    "mandelbrot_serial": {"size": 60},
    "matrix_multiply": {"n": 50},
    "sha256_program": {"megabytes": 1},
    "sha256_package": {"megabytes": 1, "small": 1000},
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
    "garbage": {"total": 50_000_000},
}


def test_every_program_has_a_row_and_a_small_size() -> None:
    titles = COMPUTE | COLLECTOR
    assert set(SMALL) == set(titles)
    assert all((PROGRAMS / f"{name}.go").is_file() for name in titles)


@pytest.mark.parametrize("name", SMALL)
def test_results_equal_those_of_real_go_to_the_last_bit(name: str) -> None:
    (row,) = measure([(name, 2)], repeats=1, variables=SMALL, progress=False)
    assert {"gotk", "go"} == set(row.ns)
    assert row.ratio > 0


def test_garbage_does_not_pile_up() -> None:
    """3 GB in all, 100 MB alive: never more than 400 MB resident (make stress allocates 50 GB)."""
    run = load(PROGRAMS / "garbage.go").run(params={"total": 3_000_000_000}, gomaxprocs=2)
    assert run.metrics["peak_rss_bytes"] < 400e6
    assert run.metrics["heap_alloc_bytes"] > 3e9


def test_tables_are_put_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- made by make bench -->\nold\n<!-- end -->\nafter\n")
    row = Row("nbody", 2)
    row.ns["go"], row.ns["gotk"] = [2e6, 3e6, 4e6], [1e6, 1e6, 1e6]
    write(page, [row], 5)
    text = page.read_text()
    assert text.startswith("before\n<!-- made by make bench -->\n### Compiled code\n")
    assert "| n-body | 2 | 1.0 [1.0–1.0] | 3.0 [2.0–4.0] | 3.00× |" in text
    assert text.endswith("seed 5.\n<!-- end -->\nafter\n")
    assert "old" not in text


def test_ratio_is_gos_median_over_gotks() -> None:
    a, b = Row("nbody", 1), Row("nbody", 2)
    a.ns["go"], a.ns["gotk"] = [2.0, 8.0, 3.0], [1.0]
    b.ns["go"], b.ns["gotk"] = [12.0], [1.0]
    assert a.ratio == 3
    assert geometric_mean([a, b]) == pytest.approx(6)
