# SPDX-License-Identifier: BSD-3-Clause
"""``make bench``: the scheduler beside real Go and OS threads, the same Go source, interleaved in one sitting.

Every program under ``programs/`` records one figure; no code path of gotk knows which runs. It is a sweep of gotk's own: rounds in random
order, one run at a time, the first round (which warms the caches of files and compilers) dropped. Figures are medians with quartiles.

With ``--write DIR`` the figures go to ``DIR/performance.csv``, where they replace those of the same rows, and the table between the marks in
``DIR/performance.md`` is made anew from that file.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gotk.bench.rows import ROWS, Row
from gotk.errors import GotkError
from gotk.program import load
from gotk.sweeps import Point, run_points, sweep_points

__all__ = ["Figure", "main", "measure", "points_of", "table", "verdict"]

PROGRAMS = Path(__file__).resolve().parent / "programs"
BEGIN, END = "<!-- made by make bench -->", "<!-- end -->"


@dataclass(frozen=True)
class Figure:
    """What one runtime needed for one row at one number of procs; `runtime` is ``without`` for the other side of a cost."""

    row: str
    procs: int
    runtime: str
    median: float
    low: float
    high: float
    runs: int
    date: str
    seed: int


Figures = Mapping[tuple[str, int, str], Figure]


def points_of(rows: Sequence[Row], runtimes: Sequence[str], procs: Sequence[int], repeats: int, seed: int) -> list[Point]:
    """All runs, in the order in which they are to be done: each round visits every point once."""
    rng = random.Random(seed)
    rounds: list[list[Point]] = [[] for _ in range(repeats)]
    for row in rows:
        program = load(PROGRAMS / f"{row.program}.go")
        for runtime in (*runtimes, "without"):
            options: dict[str, Any] = {"timeout": 300, "params": dict(row.sizes)}
            if runtime == "without":
                if row.without is None:
                    continue
                options["options"] = dict(row.without)
            elif runtime not in row.runtimes or (runtime == "threads" and row.threads is None):
                continue
            elif runtime == "threads":
                options["params"] = {**row.sizes, **(row.threads or {})}
            at = (1,) if row.kind == "cost" else procs
            grid = {"runtime": ["gotk" if runtime == "without" else runtime], "gomaxprocs": at}
            for point in sweep_points(program, grid, repeats, seed=rng.randrange(1 << 31), **options):
                labels: dict[str, object] = {"row": row.name, "_record": row.record, "_runtime": runtime}
                rounds[point.labels["repeat"]].append(replace(point, labels={**point.labels, **labels}))
    points: list[Point] = []
    for one in rounds:
        rng.shuffle(one)
        points += [replace(point, labels={**point.labels, "order": len(points) + i}) for i, point in enumerate(one)]
    return points


def measure(
    rows: Sequence[Row],
    runtimes: Sequence[str] = ("gotk", "go", "threads"),
    procs: Sequence[int] = (1, 2),
    repeats: int = 10,
    seed: int = 0,
) -> Figures:
    """The figures by (row, procs, runtime). Raises GotkError if a run failed."""
    points = points_of(rows, runtimes, procs, repeats + 1, seed)
    done, interrupted = run_points(points)
    if interrupted is not None:
        raise interrupted
    values: dict[tuple[str, int, str], list[float]] = defaultdict(list)
    for row in done:
        if row["error"] is not None:
            raise GotkError(f"{row['row']} on {row['_runtime']}, {row['gomaxprocs']} procs: {row['error']}")
        if row["repeat"]:
            values[row["row"], row["gomaxprocs"], row["_runtime"]].append(float(row["_records"][row["_record"]]))
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    figures = {}
    for key, found in values.items():
        low, middle, high = statistics.quantiles(found, n=4) if len(found) > 1 else (found[0],) * 3
        figures[key] = Figure(*key, middle, low, high, len(found), date, seed)
    return figures


def verdict(row: Row, procs: int, figures: Figures) -> tuple[float, bool] | None:
    """What the row's target is compared with, and whether it is reached; None if it was not measured."""

    def median(procs: int, runtime: str) -> float | None:
        figure = figures.get((row.name, procs, runtime))
        return None if figure is None else figure.median

    ours = median(procs, "gotk")
    value: float | None = ours
    if row.kind == "against go":
        other = median(procs, "go")
        value = None if ours is None or other is None else other / ours
    elif row.kind == "speed-up":
        one = median(1, "gotk")
        value = None if procs == 1 or ours is None or one is None else one / ours
    elif row.kind == "cost":
        other = median(procs, "without")
        value = None if ours is None or other is None else ours / other
    if value is None:
        return None
    target = row.target if row.target is not None else value
    return value, value >= target if row.kind in ("against go", "speed-up") else value <= target


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _shown(figure: Figure | None) -> str:
    """median [quartiles]"""
    if figure is None:
        return ""
    return f"{_number(figure.median)} [{_number(figure.low)}–{_number(figure.high)}]"


HEADERS = ("row", "procs", "gotk", "Go", "threads", "result", "target", "")


def table(figures: Figures, names: Iterable[str] = ROWS) -> list[tuple[str, ...]]:
    """One line of texts for each row and number of procs; see HEADERS."""
    lines: list[tuple[str, ...]] = []
    for row in (ROWS[name] for name in names):
        for n in sorted({procs for name, procs, _ in figures if name == row.name}):
            ours, go, threads = (figures.get((row.name, n, runtime)) for runtime in ("gotk", "go", "threads"))
            judged = verdict(row, n, figures)
            sign = {"against go": "≥", "speed-up": "≥"}.get(row.kind, "≤")
            unit = "×" if row.kind != "figure" else " " + row.unit if row.unit != "×" else "×"
            result = "" if judged is None else f"{judged[0]:,.0f}{unit}" if judged[0] >= 100 else f"{judged[0]:.2f}{unit}"
            target = "" if judged is None or row.target is None else f"{sign} {row.target:,g}{unit}"
            title = row.title if row.unit != "ns" else f"{row.title}, ns"
            lines.append((title, str(n), _shown(ours), _shown(go), _shown(threads), result, target, "" if judged is None or judged[1] else "below"))
    return lines


def _text(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[i]) for line in [HEADERS, *lines]) for i in range(len(HEADERS))]
    made = []
    for line in [HEADERS, *lines]:
        cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        made.append("  ".join(cells).rstrip())
    return "\n".join(made)


def _markdown(lines: Sequence[tuple[str, ...]]) -> str:
    head = "| " + " | ".join(HEADERS) + " |\n|---|" + "--:|" * 6 + "---|\n"
    return head + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def read_figures(path: Path) -> dict[tuple[str, int, str], Figure]:
    """The figures of a performance.csv; those of rows that are no more are left out."""
    if not path.exists():
        return {}
    figures = {}
    with path.open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["row"] in ROWS:
                numbers = (float(line["median"]), float(line["low"]), float(line["high"]))
                figure = Figure(line["row"], int(line["procs"]), line["runtime"], *numbers, int(line["runs"]), line["date"], int(line["seed"]))
                figures[figure.row, figure.procs, figure.runtime] = figure
    return figures


def write(folder: Path, figures: Figures) -> None:
    """Put the figures into performance.csv and the table into performance.md."""
    known = read_figures(folder / "performance.csv")
    measured = {(name, procs) for name, procs, _ in figures}
    known = {key: figure for key, figure in known.items() if key[:2] not in measured} | dict(figures)
    order = {name: i for i, name in enumerate(ROWS)}
    with (folder / "performance.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(Figure.__dataclass_fields__), lineterminator="\n")
        writer.writeheader()
        for key in sorted(known, key=lambda key: (order[key[0]], key[1:])):
            line = asdict(known[key])
            writer.writerow(line | {name: f"{line[name]:.6g}" for name in ("median", "low", "high")})
    page = folder / "performance.md"
    text = page.read_text(encoding="utf-8") if page.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{BEGIN}\n{_markdown(table(known))}\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", help=f"of {', '.join(ROWS)} (default: all)")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--procs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--runtimes", nargs="+", default=["gotk", "go", "threads"])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    parser.add_argument("--write", type=Path, metavar="DIR", help="keep the figures and the table there")
    options = parser.parse_args(arguments)
    names = options.rows or list(ROWS)
    for name in names:
        if name not in ROWS:
            parser.error(f"there is no row {name}; choose of {', '.join(ROWS)}")
    if options.repeats < 1:
        parser.error("--repeats must be at least 1")
    print(f"seed {options.seed}, {options.repeats} rounds, interleaved; median [quartiles]; against Go: Go / gotk, above 1 gotk is ahead", flush=True)
    figures = measure([ROWS[name] for name in names], options.runtimes, options.procs, options.repeats, options.seed)
    print(_text(table(figures, names)))
    if options.write is not None:
        write(options.write, figures)
    wanted = [name for name in names if ROWS[name].target is not None]
    judged = [found for name, n in itertools.product(wanted, options.procs) if (found := verdict(ROWS[name], n, figures)) is not None]
    print(f"{sum(good for _, good in judged)} of {len(judged)} targets reached")
    return 0


if __name__ == "__main__":
    sys.exit(main())
