# SPDX-License-Identifier: BSD-3-Clause
"""``make bench``, second table: compiled code and memory beside real Go.

Programs in which one goroutine computes, or a few make garbage. Each records ``ns`` and a ``check`` of what it computed; a row counts only
if all its runs, on both runtimes, computed the same to the last bit. Rounds are interleaved in random order, as in scheduler.py.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gotk.program import load

__all__ = ["COLLECTOR", "COMPUTE", "Row", "geometric_mean", "main", "measure", "write"]

PROGRAMS = Path(__file__).resolve().parent / "programs"
BEGIN, END = "<!-- made by make bench -->", "<!-- end -->"
COMPUTE = {
    # program: what a row says
    "nbody": "n-body",
    "spectral_norm": "spectral norm",
    "fannkuch": "fannkuch",
    "mandelbrot_serial": "mandelbrot",
    "matrix_multiply": "matrix multiplication",
    "sha256_program": "sha256, written in the program",
    "sha256_package": "sha256, package crypto/sha256",
    "map_int": "map, int keys",
    "map_string": "map, string keys",
    "map_struct": "map, struct keys",
    "string_building": "string building",
    "sort_slice": "sort.Slice",
    "slices_sort": "slices.Sort, strings",
    "slices_sort_func": "slices.SortFunc",
    "sort_ints": "sort.Ints",
}
COLLECTOR = {
    "binary_trees": "binary trees",
    "map_churn": "map churn",
    "string_churn": "string churn",
    "garbage": "garbage of all sizes, 100 MB alive",
}


@dataclass
class Row:
    """What one program took at one GOMAXPROCS, in ns, by runtime."""

    program: str
    procs: int
    ns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def ratio(self) -> float:
        """Go's median over gotk's: above 1, gotk is ahead."""
        return statistics.median(self.ns["go"]) / statistics.median(self.ns["gotk"])


def measure(
    points: Sequence[tuple[str, int]],
    *,
    runtimes: Sequence[str] = ("gotk", "go"),
    repeats: int = 10,
    seed: int = 0,
    variables: Mapping[str, Mapping[str, int]] | None = None,
    progress: bool = True,
) -> list[Row]:
    """A row for each (program, GOMAXPROCS). `variables` replaces package variables of a program (tests want small ones).

    Raises what a run raises, and RuntimeError if two runs of a program computed different results."""
    loaded = {name: load(PROGRAMS / f"{name}.go") for name, _ in points}
    rows = {point: Row(*point) for point in points}
    checks: dict[str, tuple[str, float]] = {}
    rng = random.Random(seed)
    for round_number in range(repeats + 1):
        order = [(point, runtime) for point in points for runtime in runtimes]
        rng.shuffle(order)
        for (name, procs), runtime in order:
            parameters = (variables or {}).get(name)
            run = loaded[name].run(runtime=runtime, gomaxprocs=procs, timeout=300, params=parameters)
            (ns,) = run.record_values("ns")
            (check,) = run.record_values("check")
            first = checks.setdefault(name, (runtime, float(check)))
            if first[1] != float(check):
                raise RuntimeError(f"{name}: {runtime} computed {check!r}, {first[0]} {first[1]!r}")
            if round_number:  # the first round warms the caches of files and compilers
                rows[name, procs].ns[runtime].append(float(ns))
        if progress:
            print(f"\rround {round_number} of {repeats}", end="", file=sys.stderr, flush=True)
    if progress:
        print(file=sys.stderr)
    return list(rows.values())


def geometric_mean(rows: Sequence[Row]) -> float:
    return statistics.geometric_mean(row.ratio for row in rows)


def _spread(values: Sequence[float]) -> str:
    """median [quartiles], in ms"""
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return f"{middle / 1e6:,.1f} [{low / 1e6:,.1f}–{high / 1e6:,.1f}]"


def _markdown(rows: Sequence[Row], seed: int) -> str:
    """The tables of the page, one for each group, with what the figures are."""
    lines: list[str] = []
    titles = COMPUTE | COLLECTOR
    for group, heading in ((COMPUTE, "Compiled code"), (COLLECTOR, "Memory")):
        some = [row for row in rows if row.program in group]
        if not some:
            continue
        lines += [f"### {heading}", "", "| row | procs | gotk, ms | Go, ms | Go / gotk |", "|---|--:|--:|--:|--:|"]
        lines += [
            f"| {titles[row.program]} | {row.procs} | {_spread(row.ns['gotk'])} | {_spread(row.ns['go'])} | {row.ratio:.2f}× |"
            for row in some
        ]
        lines += [f"| geometric mean | | | | {geometric_mean(some):.2f}× |", ""]
    runs = len(rows[0].ns["go"])
    lines += [f"Measured {datetime.now(UTC):%Y-%m-%d}, {runs} runs each, seed {seed}."]
    return "\n".join(lines)


def write(page: Path, rows: Sequence[Row], seed: int) -> None:
    """Put the tables between the marks of `page`."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{BEGIN}\n{_markdown(rows, seed)}\n{END}{after}", encoding="utf-8")


def _print(rows: Sequence[Row]) -> None:
    print(f"{'row':32} {'procs':>5} {'gotk, ms':>26} {'go, ms':>26} {'ratio':>7}")
    titles = COMPUTE | COLLECTOR
    for row in rows:
        ours, go = _spread(row.ns["gotk"]), _spread(row.ns["go"])
        print(f"{titles[row.program]:32} {row.procs:>5} {ours:>26} {go:>26} {row.ratio:>6.2f}×")


def main(arguments: Sequence[str] | None = None) -> int:
    titles = COMPUTE | COLLECTOR
    parser = argparse.ArgumentParser(prog="python -m gotk.bench.compute", description=__doc__)
    parser.add_argument("programs", nargs="*", help=f"of {', '.join(titles)} (default: all)")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables between the marks of this page")
    options = parser.parse_args(arguments)
    if options.write is not None and options.programs:
        parser.error("--write takes all programs: the page has one sitting's figures")
    for name in options.programs:
        if name not in titles:
            parser.error(f"there is no program {name}; choose of {', '.join(titles)}")
    names = options.programs or list(titles)
    print(f"seed {options.seed}, {options.repeats} rounds, interleaved; median [quartiles]; ratio = Go / gotk, above 1 gotk is ahead")
    points = [(n, 2) for n in names if n in COMPUTE]
    points += [(n, procs) for n in names if n in COLLECTOR for procs in (1, 2)]
    rows = measure(points, repeats=options.repeats, seed=options.seed)
    for part in (COMPUTE, COLLECTOR):
        some = [row for row in rows if row.program in part]
        if some:
            _print(some)
            print(f"geometric mean {geometric_mean(some):.2f}×, smallest {min(r.ratio for r in some):.2f}×\n")
    if options.write is not None:
        write(options.write, rows, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
