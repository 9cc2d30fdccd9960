# SPDX-License-Identifier: BSD-3-Clause
"""Sweeps: order, rows, failures, executors, interrupts."""

from __future__ import annotations

import _thread
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pandas as pd
import pytest

import gotk
from gotk.runtimes.go import find_go
from gotk.sweeps import sweep_points

needs_go = pytest.mark.skipif(find_go() is None, reason="no Go toolchain")

PROGRAM = """
var n = 10
var bad = false
gotk.Record("square", n*n)
gotk.Record("i", 1)
gotk.Record("i", 5)
gotk.Record("i", 2)
gotk.Record("word", "x")
if bad { panic("it is bad") }
"""


def test_each_repeat_visits_all_points_in_an_order_of_its_own() -> None:
    grid = {"n": [1, 2, 3], "gomaxprocs": [1, 2], "runtime": ["go"]}
    points = sweep_points(PROGRAM, grid, 4, seed=3)
    assert [point.labels["order"] for point in points] == list(range(24))
    rounds = [[p.labels["point"] for p in points if p.labels["repeat"] == r] for r in range(4)]
    assert all(sorted(order) == list(range(6)) for order in rounds)
    assert len({tuple(order) for order in rounds}) > 1
    assert [p.labels["repeat"] for p in points] == sorted(p.labels["repeat"] for p in points)
    again = sweep_points(PROGRAM, grid, 4, seed=3)
    assert again == points
    assert sweep_points(PROGRAM, grid, 4, seed=4) != points
    assert len({p.arguments["seed"] for p in points}) == 24


def test_names_of_the_run_and_of_the_program_are_told_apart() -> None:
    (point,) = sweep_points(
        PROGRAM, {"n": [7], "gomaxprocs": [2]}, 1, params={"bad": True}, timeout=5
    )
    assert point.arguments["gomaxprocs"] == 2 and point.arguments["timeout"] == 5
    assert point.arguments["params"] == {"n": 7, "bad": True}


@pytest.mark.parametrize(
    ("grid", "options", "message"),
    [
        ({"n": []}, {}, "is empty"),
        ({"n": 5}, {}, "must be a list"),
        ({"n": "abc"}, {}, "must be a list"),
        ({"m": [1]}, {}, "no package variable m"),
        ({"n": ["x"]}, {}, "whole number"),
        ({"gomaxprocs": [0]}, {}, "GOMAXPROCS"),
        ({"runtime": ["rust"]}, {}, "no runtime 'rust'"),
        ({"n": [1]}, {"repeats": 0}, "repeats"),
        ({"timeout": [1]}, {"timeout": 2}, "in the grid and"),
        ([1], {}, "grid is a dict"),
        ({"n": [1]}, {"bogus": 2}, "no option 'bogus'"),
        ({"n": [1]}, {"params": ["bad"]}, "params is a dict"),
    ],
)
def test_mistakes_are_found_before_anything_runs(grid: Any, options: Any, message: str) -> None:
    with pytest.raises(gotk.UsageError, match=message):
        sweep_points(PROGRAM, grid, options.pop("repeats", 1), **options)


@needs_go
def test_a_sweep_is_tidy_and_keeps_failed_runs() -> None:
    seen: list[int] = []
    frame = gotk.sweep(
        PROGRAM,
        {"n": [2, 3], "bad": [False, True], "runtime": ["go"]},
        repeats=2,
        seed=1,
        progress=lambda done, total, row: seen.append(done * 100 + total),
    )
    assert seen == [n * 100 + 8 for n in range(1, 9)]
    assert len(frame) == 8 and list(frame["order"]) == list(range(8))
    assert (frame["sweep_seed"] == 1).all()
    failed = frame[frame["bad"]]
    assert (failed["error"] == "panic: it is bad").all() and (
        failed["error_kind"] == "GoPanic"
    ).all()
    good = frame[~frame["bad"]]
    assert good["error"].isna().all() and (good["exit_code"] == 0).all()
    assert (frame["square"] == frame["n"] ** 2).all()
    assert (frame["i"] == 2).all() and (frame["word"] == "x").all()
    assert str(frame["wall_ns"].dtype) == "Int64" and frame["steals"].isna().all()
    assert frame["run_id"].is_unique
    assert frame["kernel"].notna().all() and frame["gomaxprocs"].notna().all()


@needs_go
def test_a_program_that_compiles_nowhere_is_an_error() -> None:
    with pytest.raises(gotk.CompileError, match="undefined: x"):
        gotk.sweep("println(x)", {"runtime": ["go"]}, 2, progress=False)


@needs_go
@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_executors_of_the_standard_library(kind: Any) -> None:
    with kind(2) as executor:
        frame = gotk.sweep(
            PROGRAM, {"n": [2, 3], "runtime": ["go"]}, 2, executor=executor, progress=False
        )
    assert (frame["square"] == frame["n"] ** 2).all() and len(frame) == 4
    assert list(frame["order"]) == [0, 1, 2, 3]


@needs_go
def test_a_dask_client() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as client:
        frame = gotk.sweep(
            PROGRAM, {"n": [2, 3], "runtime": ["go"]}, 2, executor=client, progress=False
        )
    assert (frame["square"] == frame["n"] ** 2).all() and frame["run_id"].nunique() == 4


def test_an_executor_must_be_one() -> None:
    with pytest.raises(gotk.UsageError, match="submit"):
        gotk.sweep(PROGRAM, {"runtime": ["go"]}, executor=3)
    with pytest.raises(gotk.UsageError, match="submit"):
        gotk.sweep(PROGRAM, {"runtime": ["go"]}, executor=ThreadPoolExecutor)


@needs_go
def test_an_interrupt_keeps_the_rows_so_far() -> None:
    def progress(done: int, total: int, row: Any) -> None:
        if done == 2:
            threading.Timer(0.3, _thread.interrupt_main).start()

    source = "var n = 1\nfor n == 3 {}\nprintln(n)"
    with pytest.raises(KeyboardInterrupt) as caught:
        gotk.sweep(
            source, {"n": [1, 3], "runtime": ["go"]}, 30, seed=5, progress=progress, timeout=5
        )
    frame = caught.value.frame  # type: ignore[attr-defined]
    assert isinstance(frame, pd.DataFrame) and 1 <= len(frame) < 60
