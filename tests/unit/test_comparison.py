# SPDX-License-Identifier: BSD-3-Clause
"""The comparison: its plan, its table on known numbers, its figure's data, and every
workload on real Go.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import gotk
from gotk import comparison, frames
from gotk.comparison import MEASURES, _points, compare_table
from gotk.runtimes.base import RUNTIMES
from gotk.runtimes.go import find_go

needs_go = pytest.mark.skipif(find_go() is None, reason="no Go toolchain")


def rows(values: dict[tuple[str, str, int], list[float | None]]) -> list[dict[str, Any]]:
    """Rows as run_points makes them, for (measure, runtime, procs) -> values of the
    repeats; None failed.
    """
    made = []
    known = {m.name: m for m in MEASURES}
    for (name, runtime, procs), numbers in values.items():
        measure = known[name]
        for repeat, number in enumerate(numbers):
            failed = number is None
            made.append({
                "measure": name, "title": measure.title, "unit": measure.unit, "better": measure.better,
                "runtime": runtime, "procs": procs, "repeat": repeat, "order": len(made), "sweep_seed": 1,
                "_record": measure.record, "run_id": f"r{len(made)}", "error": "boom" if failed else None,
                "error_kind": "GoFatal" if failed else None, "_error": None, "_metrics": {"wall_ns": 5},
                "_records": {}, "_last": {} if failed else {measure.record: number}, "_circumstances": {},
            })  # fmt: skip
    return made


def frame_of(values: dict[tuple[str, str, int], list[float | None]]) -> pd.DataFrame:
    return frames.comparison_frame(rows(values), [m.name for m in MEASURES], list(RUNTIMES))


KNOWN = {
    ("create_join", "gotk", 2): [100.0, 110.0, 120.0],
    ("create_join", "threads", 2): [11000.0, 11000.0, None],
    ("create_join", "go", 2): [220.0, 220.0, 220.0],
    ("cpu_bound", "gotk", 1): [1e9],
    ("cpu_bound", "go", 1): [2e9],
    ("cpu_bound", "gotk", 2): [2e9],
    ("cpu_bound", "threads", 2): [None],
}


def test_the_frame_is_tidy() -> None:
    frame = frame_of(KNOWN)
    assert list(frame.columns[:9]) == [
        "measure", "title", "runtime", "procs", "repeat", "value", "unit", "better", "order"
    ]  # fmt: skip
    assert len(frame) == 13 and frame["value"].isna().sum() == 2
    assert type(frame) is pd.DataFrame
    assert frame["error"].notna().sum() == 2


def test_medians_spreads_and_ratios() -> None:
    table = compare_table(frame_of(KNOWN))
    row = table.xs("create and join", level="title").iloc[0]
    assert row["gotk", "median"] == 110 and row["gotk", "spread_percent"] == pytest.approx(9.1)
    assert row["threads", "median"] == 11000 and row["threads", "ratio"] == 100
    assert row["go", "ratio"] == 2
    cpu = table.xs("CPU-bound work", level="title")
    assert pd.isna(cpu.xs(2, level="procs").iloc[0]["threads", "median"])
    assert pd.isna(cpu.xs(2, level="procs").iloc[0]["go", "ratio"])
    assert ("gotk", "ratio") not in table.columns


def test_the_text_names_failures() -> None:
    text = frames.comparison_text(frame_of(KNOWN))
    assert "threads: 2 failed (create and join, CPU-bound work): boom" in text
    assert "×100" in text and "NA" in text
    shown = frames.comparison_shown(frame_of(KNOWN))
    assert "11,000" in set(shown["threads", "median"])


def test_how_many_counts_even_if_the_end_was_bad() -> None:
    made = rows({("how_many", "threads", 2): [4000.0]})
    made[0]["error"] = "fatal error: newosproc"
    frame = frames.comparison_frame(made, [m.name for m in MEASURES], list(RUNTIMES))
    assert list(frame["value"]) == [4000]


def test_the_figure_draws_every_run() -> None:
    figure = gotk.comparison_figure(frame_of(KNOWN))
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title().split("\n")[0] for axes in shown] == [
        "create and join",
        "CPU-bound work",
    ]
    assert shown[0].get_yscale() == "log" and shown[1].get_yscale() == "linear"
    dots = sum(len(c.get_offsets()) for c in shown[0].collections)
    assert dots >= 8
    assert figure._repr_png_()[:4] == b"\x89PNG"
    with pytest.raises(gotk.UsageError, match="nothing to draw"):
        gotk.comparison_figure(frame_of({("create_join", "go", 2): [None]}))
    with pytest.raises(gotk.UsageError, match="no column measure"):
        gotk.comparison_figure(pd.DataFrame({"x": [1]}))


def test_a_sweeps_figure() -> None:
    frame = pd.DataFrame(
        {"n": [1, 2, 1, 2], "wall_ns": [5, 6, 7, None], "runtime": ["go", "go", "gotk", "gotk"]}
    )
    figure = gotk.sweep_figure(frame, "n", hue="runtime")
    assert len(figure.axes[0].lines) >= 2
    with pytest.raises(gotk.UsageError, match="no column 'm'"):
        gotk.sweep_figure(frame, "m")


def test_the_plan_covers_everything_in_every_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "thread_room", lambda: 3000)
    points = _points(RUNTIMES, None, 3, False, 7)
    for repeat in range(3):
        cases = {
            (p.labels["measure"], p.labels["runtime"])
            for p in points
            if p.labels["repeat"] == repeat
        }
        assert cases == {(m.name, runtime) for m in MEASURES for runtime in RUNTIMES}
    orders = [[p.labels["measure"] for p in points if p.labels["repeat"] == r] for r in range(3)]
    assert orders[0] != orders[1]
    for point in points:
        params = point.arguments["params"]
        if point.arguments["runtime"] == "threads":
            assert max(params.get(name, 0) for name in ("limit", "n", "units", "batch")) <= 3000
        gotk.Program(point.source, point.file).check_arguments(**point.arguments)


def test_quick_is_smaller_and_keeps_what_belongs_to_a_runtime() -> None:
    full = {
        (p.labels["measure"], p.labels["runtime"]): p for p in _points(RUNTIMES, None, 1, False, 7)
    }
    quick = {
        (p.labels["measure"], p.labels["runtime"]): p for p in _points(RUNTIMES, None, 1, True, 7)
    }
    assert quick["create_join", "go"].arguments["params"] == {"batches": 50, "batch": 1000}
    assert quick["create_join", "threads"].arguments["params"]["batches"] == 2
    for key, point in quick.items():
        for name, value in point.arguments["params"].items():
            assert value <= full[key].arguments["params"][name] or name == "workers"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"runtimes": ["rust"]}, "no runtime 'rust'"),
        ({"measures": ["speed"]}, "no measure 'speed'; the measures are create_join"),
        ({"runtimes": []}, "at least one runtime"),
        ({"repeats": -1}, "one repeat"),
        ({"repeats": 0}, "one repeat"),
    ],
)
def test_mistakes(options: Any, message: str) -> None:
    with pytest.raises(gotk.UsageError, match=message):
        gotk.compare(**{"show": False, "progress": False, **options})


@needs_go
def test_every_workload_runs_on_go_and_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    frame = gotk.compare(["go"], quick=True, repeats=1, seed=1, progress=False)
    assert frame["error"].isna().all(), frame["error"].dropna().tolist()
    assert frame["value"].gt(0).all()
    assert set(frame["measure"]) == {m.name for m in MEASURES}
    assert "context switch on one CPU" in capsys.readouterr().out
