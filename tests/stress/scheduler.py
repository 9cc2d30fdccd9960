# SPDX-License-Identifier: BSD-3-Clause
"""Runs the programs of ``scheduler/``, which check themselves and print ``ok``, at several numbers of procs and seeds, with queues in order and
shuffled, with the usual time slice and a short one. What fails is printed with what repeats it.

    python tests/stress/scheduler.py [--seeds 20] [--procs 1 2 4 8 64] [--seed N] [NAME…]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import gotk

FOLDER = Path(__file__).resolve().parent / "scheduler"
#: Programs that take long or measure: one run at each number of procs, with nothing forced.
ONCE = ("a_million_ten_times", "deep_recursion", "idle")
#: One that takes long: a run for each of the WAYS.
FEW = ("procs_change",)
WAYS = ({}, {"shuffle": 1}, {"slice_ns": 50_000}, {"shuffle": 1, "slice_ns": 50_000})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="parts of program names (default: all)")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--procs", type=int, nargs="+", default=[1, 2, 4, 8, 64])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    rng = random.Random(options.seed)
    failures = 0
    for path in sorted(FOLDER.glob("*.go")):
        if options.names and not any(part in path.stem for part in options.names):
            continue
        program = gotk.load(path)
        began, runs, bad = time.monotonic(), 0, 0
        for procs in options.procs:
            for number in range(1 if path.stem in ONCE else min(len(WAYS), options.seeds) if path.stem in FEW else options.seeds):
                how = {} if path.stem in ONCE else WAYS[number % len(WAYS)]
                seed = rng.randrange(1 << 62)
                run = program.run(gomaxprocs=procs, seed=seed, timeout=600, check=False, options=how)
                runs += 1
                if run.stdout != "ok\n" or run.error is not None:
                    bad += 1
                    print(f"FAIL {path.stem}: procs {procs}, seed {seed}, options {how}: {type(run.error).__name__}")
                    print("    " + (run.stdout + run.stderr)[-2000:].replace("\n", "\n    "))
        failures += bad
        print(f"{'FAIL' if bad else 'ok  '} {path.stem}: {runs} runs, {time.monotonic() - began:.1f} s", flush=True)
    print(f"{failures} failures, seed {options.seed}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
