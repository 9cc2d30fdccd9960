# SPDX-License-Identifier: BSD-3-Clause
"""``make bench``: the scheduler beside real Go, the same Go source, interleaved in one sitting.

Every program under ``programs/`` records one figure, ``ns`` or ``bytes``; no code path of gotk knows which runs. Rounds are interleaved in random
order (one machine: points disturb each other), and the ratio is Go's median over gotk's: above 1, gotk is ahead.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from gotk.program import Program, load

__all__ = ["main", "measure"]

PROGRAMS = Path(__file__).resolve().parent / "programs"
ROWS = {
    # program: what a row says
    "spawn_wait": "spawn and wait, batches of 1,000 (ns each)",
    "ping_pong": "unbuffered ping-pong (ns a round trip)",
    "gosched": "Gosched (ns a yield)",
    "producer_consumer": "buffered producer/consumer (ns a value)",
    "skynet": "skynet, a million leaves (ns in all)",
    "parked_bytes": "resident bytes per parked goroutine",
}


def measure(
    programs: Sequence[str],
    runtimes: Sequence[str] = ("gotk", "go"),
    procs: Sequence[int] = (1, 2),
    repeats: int = 10,
    seed: int = 0,
    progress: bool = True,
) -> dict[tuple[str, int, str], list[float]]:
    """Figures by (program, procs, runtime), in the order of measuring. Raises what a run raises."""
    loaded: dict[str, Program] = {name: load(PROGRAMS / f"{name}.go") for name in programs}
    figures: dict[tuple[str, int, str], list[float]] = defaultdict(list)
    rng = random.Random(seed)
    for round_number in range(repeats + 1):
        points = [(name, n, runtime) for name in programs for n in procs for runtime in runtimes]
        rng.shuffle(points)
        for name, n, runtime in points:
            run = loaded[name].run(runtime=runtime, gomaxprocs=n, timeout=300)
            figure = (run.record_values("ns") or run.record_values("bytes"))[0]
            if round_number:  # the first round warms the caches of files and compilers
                figures[name, n, runtime].append(float(figure))
        if progress:
            print(f"\rround {round_number} of {repeats}", end="", file=sys.stderr, flush=True)
    if progress:
        print(file=sys.stderr)
    return figures


def spread(values: Sequence[float]) -> str:
    """median [quartiles]"""
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return f"{middle:,.1f} [{low:,.1f}–{high:,.1f}]"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("programs", nargs="*", help=f"of {', '.join(ROWS)} (default: all)")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--procs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args(arguments)
    names = options.programs or list(ROWS)
    for name in names:
        if name not in ROWS:
            parser.error(f"there is no program {name}; choose of {', '.join(ROWS)}")
    print(f"seed {options.seed}, {options.repeats} rounds, interleaved; median [quartiles]; ratio = Go / gotk, above 1 gotk is ahead")
    figures = measure(names, procs=options.procs, repeats=options.repeats, seed=options.seed)
    print(f"{'row':45} {'procs':>5} {'gotk':>36} {'go':>36} {'ratio':>7}")
    worst = float("inf")
    for name in names:
        for n in options.procs:
            ours, go = figures[name, n, "gotk"], figures[name, n, "go"]
            ratio = statistics.median(go) / statistics.median(ours)
            worst = min(worst, ratio)
            print(f"{ROWS[name]:45} {n:>5} {spread(ours):>36} {spread(go):>36} {ratio:>6.2f}×")
    print(f"the smallest ratio is {worst:.2f}×")
    return 0


if __name__ == "__main__":
    sys.exit(main())
