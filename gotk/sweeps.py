# SPDX-License-Identifier: BSD-3-Clause
"""Sweeps: a program run at every point of a grid, several times, in interleaved random order; one
row per run.

The points run one at a time, because points that share a machine disturb each other, and each
repeat visits all points in an order of its own, so that a drift of the machine does not look like
an effect of a parameter. Past one machine, any `concurrent.futures.Executor` runs the points:
Dask's (``client.get_executor()``) and ipyparallel's (``view.executor``) among them.
"""

from __future__ import annotations

import inspect
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gotk.errors import CompileError, GotkError, Interrupted, UsageError
from gotk.program import Program
from gotk.run import METRICS
from gotk.runtimes.base import RUNTIMES

if TYPE_CHECKING:
    import pandas as pd

    from gotk.run import Run

__all__ = ["Point", "Progress", "run_points", "sweep", "sweep_points"]

# Called after every run with the number done, the number in all, and the row.
Progress = Callable[[int, int, Mapping[str, Any]], None]

# Grid names that are arguments of Program.run; all others are package variables of the program.
RUN_ARGUMENTS = ("runtime", "gomaxprocs", "memory_limit", "timeout", "stack_size", "cpus")


@dataclass(frozen=True)
class Point:
    """One run to be done: what is needed to do it anywhere, and what its row begins with."""

    source: str
    file: str
    arguments: Mapping[str, Any]
    labels: Mapping[str, Any]
    with_: Mapping[str, str] = field(default_factory=dict)


def sweep(
    program: Program | str,
    grid: Mapping[str, Iterable[Any]],
    repeats: int = 3,
    *,
    seed: int | None = None,
    executor: Any = None,
    progress: bool | Progress = True,
    **run_options: Any,
) -> pd.DataFrame:
    """Run `program` at every combination of the grid's values, `repeats` times each.

    Args:
        program: a Program or Go source.
        grid: name -> values. ``runtime``, ``gomaxprocs``, ``memory_limit``, ``timeout``,
            ``stack_size`` and ``cpus`` are arguments of the run; every other name is a package
            variable of the program.
        repeats: runs per point.
        seed: of the order and of the runs' own seeds; default: a fresh one. It is a column.
        executor: where to run the points: None (here, one at a time), a
                  concurrent.futures.Executor, a Dask client, an ipyparallel client or view.
        progress: True for a bar, False for none, or a function of (done, total, row).
        run_options: further arguments for `Program.run`, the same for all points.

    Returns one row per run: point, repeat, order, the grid's names, run_id, error and error_kind
    (NA after a good end), the metrics (Int64, unknown NA), a column per recorded name (its only
    value in that run, or the median of several), the circumstances. Failed runs are kept with their
    error. Raises UsageError before anything runs if a name or value cannot be; CompileError if the
    program compiles nowhere. KeyboardInterrupt ends the sweep; its attribute ``frame`` has the rows
    so far.
    """
    from gotk import frames

    points = sweep_points(program, grid, repeats, seed=seed, **run_options)
    rows, interrupted = run_points(points, executor=executor, progress=progress)
    frame = frames.sweep_frame(rows, list(grid))
    if interrupted is not None:
        raise Interrupted(
            f"{len(rows)} of {len(points)} runs were done; their rows: sys.last_value.frame",
            run=getattr(interrupted, "run", None), frame=frame,
        ) from None  # fmt: skip
    kinds = {row["error_kind"] for row in rows}
    if kinds == {"CompileError"}:
        raise rows[0]["_error"]
    return frame


def sweep_points(
    program: Program | str,
    grid: Mapping[str, Iterable[Any]],
    repeats: int,
    *,
    seed: int | None = None,
    **run_options: Any,
) -> list[Point]:
    """The points of a sweep in the order in which they are to run. Raises UsageError."""
    if isinstance(program, str):
        program = Program(program)
    if isinstance(repeats, bool) or not isinstance(repeats, int) or repeats < 1:
        raise UsageError(f"repeats must be at least 1, not {repeats!r}")
    if not isinstance(grid, Mapping):
        raise UsageError(f"grid is a dict of lists of values, as {{'n': [10, 100]}}, not {grid!r}")
    known = inspect.signature(Program.run).parameters
    for name in run_options:
        if name not in known:
            raise UsageError(f"a sweep has no option {name!r}; values of a variable of the program belong in the grid or in params")
    values: dict[str, list[Any]] = {}
    for name, given in grid.items():
        if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
            raise UsageError(f"grid[{name!r}] must be a list of values, not {given!r}")
        values[name] = list(given)
        if not values[name]:
            raise UsageError(f"grid[{name!r}] is empty")
    for name in values:
        if name in run_options:
            raise UsageError(f"{name} is in the grid and an argument of its own")
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    rng = random.Random(seed)
    combinations = [
        dict(zip(values, combo, strict=True)) for combo in itertools.product(*values.values())
    ]
    fixed = run_options.pop("params", None) or {}
    if not isinstance(fixed, Mapping):
        raise UsageError(f"params is a dict of values by name, as {{'n': 5000}}, not {fixed!r}")
    fixed_params = dict(fixed)
    for combination in combinations:
        _check_point(program, combination, fixed_params, run_options)
    points: list[Point] = []
    for repeat in range(repeats):
        order = list(range(len(combinations)))
        rng.shuffle(order)
        for number in order:
            combination = combinations[number]
            arguments = _arguments(combination, fixed_params, run_options)
            arguments["seed"] = rng.randrange(1 << 63)
            labels = {"point": number, "repeat": repeat, "order": len(points), "sweep_seed": seed}
            points.append(Point(program.source, program.name, arguments, labels | combination, program.with_))
    return points


def _arguments(
    combination: Mapping[str, Any], fixed_params: Mapping[str, Any], run_options: Mapping[str, Any]
) -> dict[str, Any]:
    arguments = dict(run_options)
    arguments |= {name: value for name, value in combination.items() if name in RUN_ARGUMENTS}
    params = {name: value for name, value in combination.items() if name not in RUN_ARGUMENTS}
    arguments["params"] = dict(fixed_params) | params
    return arguments


def _check_point(
    program: Program,
    combination: Mapping[str, Any],
    fixed_params: Mapping[str, Any],
    run_options: Mapping[str, Any],
) -> None:
    """Raise UsageError for what can be known to be wrong before anything runs."""
    arguments = _arguments(combination, fixed_params, run_options)
    if arguments.get("runtime", "gotk") not in RUNTIMES:
        known = ", ".join(RUNTIMES)
        raise UsageError(f"there is no runtime {arguments['runtime']!r}; the runtimes are {known}")
    program.check_arguments(**arguments)


def run_points(
    points: Sequence[Point],
    *,
    executor: Any = None,
    progress: bool | Progress = True,
) -> tuple[list[dict[str, Any]], KeyboardInterrupt | None]:
    """Run the points and return their rows, in the order of the points that came to an
    end, and the interrupt if one came.
    """
    report = _progress_of(progress, len(points))
    rows: list[dict[str, Any]] = []
    interrupted: KeyboardInterrupt | None = None
    try:
        for row in map(run_point, points) if executor is None else _spread(points, executor):
            rows.append(row)
            if report is not None:
                report(len(rows), len(points), row)
    except KeyboardInterrupt as interrupt:
        interrupted = interrupt
    rows.sort(key=lambda row: row["order"])
    return rows, interrupted


def run_point(point: Point) -> dict[str, Any]:
    """Do one run and return its row. Never raises a GotkError: it becomes part of the
    row. Also runs on other machines.
    """
    row: dict[str, Any] = dict(point.labels)
    run: Run | None = None
    error: Exception | None = None
    try:
        run = Program(point.source, point.file, with_=point.with_).run(check=False, **point.arguments)
        error = run.error
    except GotkError as failure:
        error = failure
    row["run_id"] = run.run_id if run is not None else None
    row["error"] = None if error is None else str(error).split("\n", 1)[0]
    row["error_kind"] = None if error is None else type(error).__name__
    row["_error"] = error if isinstance(error, CompileError) else None
    row["_metrics"] = dict.fromkeys(METRICS) | (run.raw_metrics if run is not None else {})
    row["_records"] = _record_values(run) if run is not None else {}
    row["_last"] = dict(run.record_pairs()) if run is not None else {}
    row["_circumstances"] = run.circumstances_row if run is not None else {}
    return row


def _record_values(run: Run) -> dict[str, Any]:
    """One value per recorded name: the only one, or the median of several numbers, or
    the last of several texts.
    """
    import statistics

    values: dict[str, list[Any]] = {}
    for name, value in run.record_pairs():
        values.setdefault(name, []).append(value)
    found: dict[str, Any] = {}
    for name, group in values.items():
        texts = any(isinstance(value, str) for value in group)
        found[name] = group[-1] if texts or len(group) == 1 else statistics.median(group)
    return found


def _spread(points: Sequence[Point], executor: Any) -> Iterator[dict[str, Any]]:
    """Rows from an executor, as they come."""
    from concurrent.futures import Future, as_completed

    if hasattr(
        executor, "get_executor"
    ):  # a Dask client; pure=False: every repeat is a run of its own
        executor = executor.get_executor(pure=False)
    elif not hasattr(executor, "submit") and hasattr(executor, "executor"):  # ipyparallel
        made = executor.executor
        executor = made() if callable(made) else made
    if isinstance(executor, type) or not hasattr(executor, "submit"):
        raise UsageError(
            "executor must have a method submit, as concurrent.futures.Executor has; not "
            f"{executor!r}"
        )
    futures = [executor.submit(run_point, point) for point in points]
    try:
        if all(isinstance(future, Future) for future in futures):
            for future in as_completed(futures):
                yield future.result()
        else:
            for future in futures:
                yield future.result()
    finally:
        for future in futures:
            future.cancel()


def _progress_of(progress: bool | Progress, total: int) -> Progress | None:
    if callable(progress):
        return progress
    if not progress or total == 0:
        return None
    # In a notebook, the front end's own bar; the module is loaded there only.
    if "ipykernel" in sys.modules:
        try:
            from gotk.jupyter.progress import notebook_progress

            return notebook_progress(total)
        except ImportError:
            return None
    return _TerminalBar() if sys.stderr.isatty() else None


class _TerminalBar:
    """A bar on stderr, redrawn in place."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def __call__(self, done: int, total: int, row: Mapping[str, Any]) -> None:
        filled = 30 * done // total
        left = (time.monotonic() - self._started) / done * (total - done)
        bar = "█" * filled + "░" * (30 - filled)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{bar} {done}/{total}  {left:4.0f} s left {end}")
        sys.stderr.flush()
