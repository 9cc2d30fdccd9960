# SPDX-License-Identifier: BSD-3-Clause
"""The comparison: what goroutines, OS threads and real Go cost on this machine, one row for each
claim people make.

A measure is a Go program of ``gotk/workloads`` that records one number, run at one or several
numbers of procs. All runs of all measures and runtimes are interleaved in random order, round by
round, so that a drift of the machine spreads over all of them. Sizes differ by runtime: a thread
costs a hundred times a goroutine, and a machine holds few of them.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gotk.cpus import cpu_limits
from gotk.errors import Interrupted, RuntimeUnavailable, UsageError
from gotk.runtimes.base import RUNTIMES
from gotk.sweeps import Point, Progress, run_points

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES", "Measure", "compare", "compare_table", "thread_room"]

_WORKLOADS = Path(__file__).resolve().parent / "workloads"

Sizes = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """One line of the comparison.

    `record` is what the program records, in `unit`; `better` says whether less or more is good.
    `sizes` are parameters by runtime ("*" for all), `quick` replaces some of them in quick mode.
    `procs` are the numbers of procs to run at, as a function of the number of CPUs; `workers` names
    the parameter that gets that number, if there is one; `one_cpu` binds the run to one CPU.
    """

    name: str
    title: str
    workload: str
    record: str
    unit: str
    better: Literal["lower", "higher"]
    sizes: Mapping[str, Sizes] = field(default_factory=dict)
    quick: Mapping[str, Sizes] = field(default_factory=dict)
    procs: Callable[[int], Sequence[int]] = lambda cpus: (cpus,)
    workers: str | None = None
    one_cpu: bool = False


def _one_to_all(cpus: int) -> Sequence[int]:
    """1, 2, 4 … up to the number of CPUs, and that number."""
    return sorted({*itertools.takewhile(lambda n: n < cpus, (1 << k for k in range(12))), cpus})


MEASURES: tuple[Measure, ...] = (
    Measure(
        "create_join", "create and join", "create_join.go", "ns", "ns", "lower",
        sizes={"*": {"batches": 200, "batch": 1000}, "threads": {"batches": 5, "batch": 500}},
        quick={"*": {"batches": 50}, "threads": {"batches": 2}},
    ),
    Measure(
        "parked_memory", "memory of one parked unit", "parked_memory.go", "bytes", "bytes", "lower",
        sizes={"*": {"n": 100_000}, "threads": {"n": 2000}},
        quick={"*": {"n": 50_000}, "threads": {"n": 1000}},
    ),
    Measure(
        "context_switch", "context switch on one CPU", "context_switch.go", "ns", "ns", "lower",
        sizes={"*": {"yields": 1_000_000}, "threads": {"yields": 200_000}},
        quick={"*": {"yields": 300_000}, "threads": {"yields": 100_000}},
        procs=lambda cpus: (1,), one_cpu=True,
    ),
    Measure(
        "channel_handover", "hand-over through a channel", "channel_handover.go", "ns", "ns", "lower",
        sizes={"*": {"roundTrips": 200_000}, "threads": {"roundTrips": 10_000}},
        quick={"*": {"roundTrips": 50_000}, "threads": {"roundTrips": 4000}},
    ),
    Measure(
        "how_many", "units at once", "how_many.go", "units", "units", "higher",
        sizes={"*": {"limit": 1_000_000}, "threads": {"limit": 16_000, "step": 500}},
        quick={"*": {"limit": 200_000}, "threads": {"limit": 4000, "step": 500}},
    ),
    Measure(
        "cpu_bound", "CPU-bound work", "cpu_bound.go", "per_second", "steps/s", "higher",
        sizes={"*": {"pieces": 256}}, quick={"*": {"pieces": 128}},
        procs=_one_to_all, workers="workers",
    ),
    Measure(
        "sleepers", "waiting work: sleeps", "sleepers.go", "per_second", "operations/s", "higher",
        sizes={"*": {"units": 10_000, "rounds": 20}, "threads": {"units": 1000, "rounds": 20}},
        quick={"*": {"units": 5000, "rounds": 10}, "threads": {"units": 500, "rounds": 10}},
    ),
    Measure(
        "pipes", "waiting work: pipes", "pipes.go", "per_second", "messages/s", "higher",
        sizes={"*": {"pairs": 8, "rounds": 3000}}, quick={"*": {"rounds": 1000}},
    ),
    Measure(
        "oversubscribed", "far more procs than CPUs", "oversubscribed.go", "per_second", "pieces/s", "higher",
        sizes={"*": {"pieces": 200_000}}, quick={"*": {"pieces": 60_000}},
        procs=lambda cpus: (cpus, 16 * cpus), workers="workers",
    ),
)  # fmt: skip


def thread_room() -> int:
    """Threads that a run may make without starving the rest of the machine: half of what
    the tightest limit leaves.
    """
    from gotk.cli.doctor import thread_limits

    used = sum(1 for path in Path("/proc").iterdir() if path.name.isdigit())
    return max(100, min(thread_limits().values(), default=2000) // 2 - used)


def compare(
    runtimes: Sequence[str] = RUNTIMES,
    *,
    measures: Sequence[str] | None = None,
    repeats: int | None = None,
    quick: bool = False,
    seed: int | None = None,
    progress: bool | Progress = True,
    show: bool = True,
) -> pd.DataFrame:
    """Measure what concurrency costs here, on each of `runtimes`.

    Args:
        runtimes: which to compare; the first is what ratios refer to.
        measures: names of `MEASURES`; default: all.
        repeats: runs of each; default 5, in quick mode 3.
        quick: smaller sizes, for demonstrations: about half a minute in all.
        seed: of the order and the runs; default: a fresh one, kept in the table.
        progress: as for `gotk.sweep`.
        show: display the table of medians and the figure (in a terminal, print the table).

    Returns one row per run: measure, title, unit, better, runtime, procs, repeat, order, value (NA
    if the run failed), error, run_id, the run's metrics and circumstances. `compare_table`
    summarises it, `gotk.plots.comparison_figure` draws it. A runtime that cannot be used here
    leaves rows with its error. Raises UsageError for unknown names.
    """
    from gotk import frames

    if repeats is None:
        repeats = 3 if quick else 5
    points = _points(runtimes, measures, repeats, quick, seed)
    rows, interrupted = run_points(points, progress=progress)
    frame = frames.comparison_frame(rows, [m.name for m in MEASURES], list(runtimes))
    if interrupted is not None:
        raise Interrupted(
            f"{len(rows)} of {len(points)} runs were done; their rows: sys.last_value.frame",
            run=getattr(interrupted, "run", None), frame=frame,
        ) from None  # fmt: skip
    if frame["value"].isna().all():
        reason = frame["error"].dropna()
        raise RuntimeUnavailable(
            f"nothing could be measured: {reason.iloc[0] if len(reason) else 'no records'}"
        )
    if show:
        _show(frame)
    return frame


def _points(
    runtimes: Sequence[str],
    measures: Sequence[str] | None,
    repeats: int,
    quick: bool,
    seed: int | None,
) -> list[Point]:
    if isinstance(runtimes, str):
        runtimes = (runtimes,)
    for runtime in runtimes:
        if runtime not in RUNTIMES:
            raise UsageError(
                f"there is no runtime {runtime!r}; the runtimes are {', '.join(RUNTIMES)}"
            )
    known = {measure.name: measure for measure in MEASURES}
    for name in measures or ():
        if name not in known:
            raise UsageError(f"there is no measure {name!r}; the measures are {', '.join(known)}")
    chosen = [known[name] for name in measures] if measures else list(MEASURES)
    if not runtimes or repeats < 1:
        raise UsageError("compare needs at least one runtime and one repeat")
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    rng = random.Random(seed)
    cpus = cpu_limits().default_procs
    room = thread_room()
    cases = [
        (measure, runtime, procs)
        for measure in chosen
        for runtime in runtimes
        for procs in measure.procs(cpus)
    ]
    points: list[Point] = []
    for repeat in range(repeats):
        for measure, runtime, procs in rng.sample(cases, len(cases)):
            labels = {
                "measure": measure.name,
                "title": measure.title,
                "unit": measure.unit,
                "better": measure.better,
                "runtime": runtime,
                "procs": procs,
                "repeat": repeat,
                "order": len(points),
                "sweep_seed": seed,
                "_record": measure.record,
            }
            arguments = _run_arguments(measure, runtime, procs, quick, room)
            arguments["seed"] = rng.randrange(1 << 63)
            source = (_WORKLOADS / measure.workload).read_text(encoding="utf-8")
            points.append(Point(source, measure.workload, arguments, labels))
    return points


def _run_arguments(
    measure: Measure, runtime: str, procs: int, quick: bool, room: int
) -> dict[str, Any]:
    params = dict(measure.sizes.get("*", {})) | dict(measure.sizes.get(runtime, {}))
    if quick:
        # What holds for all must not undo what holds for one runtime.
        own = measure.sizes.get(runtime, {})
        params |= {k: v for k, v in measure.quick.get("*", {}).items() if k not in own}
        params |= measure.quick.get(runtime, {})
    if runtime == "threads":
        for name in ("limit", "n", "units", "batch"):
            if name in params:
                params[name] = min(params[name], room)
    if measure.workers is not None:
        params[measure.workers] = procs
    arguments: dict[str, Any] = {
        "runtime": runtime, "gomaxprocs": procs, "params": params, "timeout": 60 if quick else 180,
    }  # fmt: skip
    if measure.one_cpu:
        import os

        arguments["cpus"] = [min(os.sched_getaffinity(0))]
    return arguments


def compare_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The summary of a comparison: one row per measure and number of procs.

    Columns, for each runtime: median, spread (interquartile range over the median, %), and ratio
    (the median over that of the first runtime: below 1 is less). Failed runs do not count; what
    nobody measured is NA.
    """
    from gotk import frames

    return frames.comparison_table(frame)


def _show(frame: pd.DataFrame) -> None:
    from gotk.frames import comparison_shown, comparison_text

    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(comparison_text(frame))
        return
    from gotk.plots import comparison_figure

    # The text form too: pandas' own would be broken at 80 columns where a notebook is read as text.
    table = {"text/html": comparison_shown(frame).to_html(), "text/plain": comparison_text(frame)}
    ipython.display.display(table, raw=True)
    ipython.display.display(comparison_figure(frame))
