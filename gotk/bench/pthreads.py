# SPDX-License-Identifier: BSD-3-Clause
"""``python -m gotk.bench.pthreads``: the runtime ``threads`` beside hand-written pthreads in C that do the same work.

The comparison of goroutines with threads is only fair if our threads cost what a careful C programmer's do; each row is to stay within 10 %.
Runs are interleaved, in random order, both sides below the same watcher of memory (which takes a CPU for a moment now and then); figures are medians with quartiles. Needs a C compiler (``cc``).
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gotk.program import load
from gotk.runtimes.process import run_process

__all__ = ["ROWS", "build", "main", "measure"]

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER / "c" / "pthreads.c"
PROGRAM = FOLDER / "programs" / "thread_costs.go"
#: name of the operation -> how many, and what it says; the order is that of thread_costs.go
ROWS = {
    "create": (10_000, "create a thread, wait until it is done"),
    "hand_over": (20_000, "hand a value over and back: a channel, two semaphores"),
    "mutex": (5_000_000, "mutex, one user (lock, unlock)"),
    "mutex_4": (1_000_000, "mutex, 4 contending (lock, unlock)"),
    "cond": (20_000, "take turns by a condition variable"),
    "sleep": (1_000, "sleep 100 µs"),
}
WITHIN = 1.1


def build(folder: Path) -> Path:
    """Compile the C side. Raises FileNotFoundError without a compiler, CalledProcessError if it fails."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("the comparison with pthreads needs a C compiler (cc)")
    out = folder / "pthreads"
    subprocess.run([compiler, "-O2", "-std=gnu11", "-pthread", str(SOURCE), "-o", str(out)], check=True)
    return out


def measure(names: Sequence[str], repeats: int, seed: int = 0, scale: float = 1.0) -> dict[tuple[str, str], list[float]]:
    """ns by (operation, "threads" or "C"), one figure a round; `scale` shortens the runs."""
    program, rng = load(PROGRAM), random.Random(seed)
    figures: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        binary = build(Path(folder))
        for round_number in range(repeats + 1):
            points = [(name, side) for name in names for side in ("threads", "C")]
            rng.shuffle(points)
            for name, side in points:
                n = max(4, int(ROWS[name][0] * scale))
                if side == "C":
                    ended = run_process([str(binary), name, str(n)], timeout=300, memory_limit=1 << 40)
                    ns = float(ended.capture.stream("stdout"))
                else:
                    run = program.run(runtime="threads", gomaxprocs=2, params={"what": list(ROWS).index(name), "n": n}, timeout=300)
                    ns = float(run.record_values("ns")[0])
                if round_number:  # the first warms the caches
                    figures.setdefault((name, side), []).append(ns)
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gotk.bench.pthreads", description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"of {', '.join(ROWS)} (default: all)")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args(arguments)
    names = options.rows or list(ROWS)
    for name in names:
        if name not in ROWS:
            parser.error(f"there is no row {name}; choose of {', '.join(ROWS)}")
    print(f"seed {options.seed}, {options.repeats} rounds, interleaved; ns: median [quartiles]; ratio = threads / C, at most {WITHIN}")
    figures = measure(names, options.repeats, options.seed)
    worst = 0.0
    for name in names:
        ours, theirs = figures[name, "threads"], figures[name, "C"]
        ratio = statistics.median(ours) / statistics.median(theirs)
        worst = max(worst, ratio)
        print(f"{ROWS[name][1]:55} {_spread(ours):>32} {_spread(theirs):>32} {ratio:6.2f}{' !' if ratio > WITHIN else ''}")
    print(f"the largest ratio is {worst:.2f}")
    return 0


def _spread(values: Sequence[float]) -> str:
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return f"{middle:,.1f} [{low:,.1f}–{high:,.1f}]"


if __name__ == "__main__":
    sys.exit(main())
