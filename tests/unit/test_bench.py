# SPDX-License-Identifier: BSD-3-Clause
"""The scheduler's benchmark: order of its runs, verdicts, the files it writes. No figures: those are `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from gotk.bench.rows import ROWS, Row
from gotk.bench.scheduler import (
    PROGRAMS,
    Figure,
    main,
    points_of,
    read_figures,
    table,
    verdict,
    write,
)
from gotk.program import load


def figure(row: str, procs: int, runtime: str, median: float) -> Figure:
    return Figure(row, procs, runtime, median, median * 0.9, median * 1.1, 10, "2026-01-01", 7)


def figures(*made: Figure) -> dict[tuple[str, int, str], Figure]:
    return {(f.row, f.procs, f.runtime): f for f in made}


@pytest.mark.parametrize("name", sorted({row.program for row in ROWS.values()}))
def test_programs_compile(name: str) -> None:
    load(PROGRAMS / f"{name}.go").check()


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_sizes_are_variables_of_the_program(row: Row) -> None:
    variables = load(PROGRAMS / f"{row.program}.go").variables
    assert set(row.sizes) | set(row.threads or {}) <= set(variables)


def test_each_round_visits_every_point_once_and_threads_have_sizes_of_their_own() -> None:
    points = points_of([ROWS["spawn"], ROWS["preemption"], ROWS["skynet"]], ["gotk", "go", "threads"], [1, 2], 3, seed=5)
    rounds = [[(p.labels["row"], p.labels["_runtime"], p.labels["gomaxprocs"]) for p in points if p.labels["repeat"] == r] for r in range(3)]
    assert len(set(rounds[0])) == len(rounds[0]) == 6 + 2 + 4
    assert all(sorted(r) == sorted(rounds[0]) for r in rounds)
    assert len({tuple(r) for r in rounds}) > 1
    assert [p.labels["order"] for p in points] == list(range(36))
    threads = next(p for p in points if p.labels["_runtime"] == "threads")
    assert threads.arguments["params"] == ROWS["spawn"].threads
    without = next(p for p in points if p.labels["_runtime"] == "without")
    assert without.arguments["runtime"] == "gotk" and without.arguments["options"] == ROWS["preemption"].without


def test_verdicts() -> None:
    made = figures(
        figure("spawn", 1, "gotk", 50), figure("spawn", 1, "go", 200), figure("spawn", 2, "gotk", 51), figure("spawn", 2, "go", 200),
        figure("parked", 1, "gotk", 1301), figure("mandelbrot", 1, "gotk", 100), figure("mandelbrot", 2, "gotk", 50),
        figure("preemption", 1, "gotk", 101), figure("preemption", 1, "without", 100), figure("skynet", 1, "gotk", 1),
    )  # fmt: skip
    assert verdict(ROWS["spawn"], 1, made) == (4, True)
    assert verdict(ROWS["spawn"], 2, made) == (200 / 51, False)
    assert verdict(ROWS["parked"], 1, made) == (1301, False)
    assert verdict(ROWS["mandelbrot"], 1, made) is None
    assert verdict(ROWS["mandelbrot"], 2, made) == (2, True)
    assert verdict(ROWS["preemption"], 1, made) == (1.01, True)
    assert verdict(ROWS["skynet"], 1, made) is None  # Go was not measured
    below = [line[-1] for line in table(made, ["spawn"])]
    assert below == ["", "below"]


def test_what_is_measured_again_replaces_its_row_only(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Before\n<!-- made by make bench -->\nold\n<!-- end -->\nafter\n")
    write(tmp_path, figures(figure("spawn", 1, "gotk", 50), figure("spawn", 1, "go", 200), figure("select", 1, "gotk", 70)))
    write(tmp_path, figures(figure("spawn", 1, "gotk", 40), figure("spawn", 2, "gotk", 60)))
    kept = read_figures(tmp_path / "performance.csv")
    assert {key: f.median for key, f in kept.items()} == {("spawn", 1, "gotk"): 40, ("spawn", 2, "gotk"): 60, ("select", 1, "gotk"): 70}
    text = page.read_text()
    assert text.startswith("# Before\n") and text.endswith("after\n") and "old" not in text
    assert text.count("spawn and wait, batches of 1,000") == 2


def test_a_row_without_target_is_shown_and_not_judged(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = table(figures(figure("core", 1, "gotk", 1.5)), ["core"])
    assert line[5:] == ("1.50×", "", "")
    assert main(["core", "--runtimes", "gotk", "--procs", "1", "--repeats", "1"]) == 0
    assert capsys.readouterr().out.endswith("0 of 0 targets reached\n")


def test_unknown_rows_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["no_such_row"])
    assert "there is no row no_such_row; choose of core, spawn," in capsys.readouterr().err
