# SPDX-License-Identifier: BSD-3-Clause
"""``make fuzz``: generated programs on gotk and on real Go. Prints the seed that repeats what it finds.

    python -m tests.fuzz [--programs 10000] [--seed N] [--batch 50] [--jobs 2] [--minutes M]
    python -m tests.fuzz --seed N --show      # the program of that seed, alone
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from pathlib import Path

from .batch import source
from .decls import generate
from .hunt import check


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None, help="of the first program; the others follow")
    parser.add_argument("--batch", type=int, default=50, help="programs a file")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=None, help="stop after these")
    parser.add_argument("--shrink-seconds", type=float, default=120)
    parser.add_argument("--finds", type=Path, default=None, help="folder for what was found, a file each")
    parser.add_argument("--show", action="store_true", help="print the program of --seed and end")
    options = parser.parse_args()
    seed = random.randrange(1 << 40) if options.seed is None else options.seed
    if options.show:
        print(source({seed: generate(seed, seed)}))
        return 0
    print(f"seed {seed}, {options.programs} programs", flush=True)
    started, done, differences = time.monotonic(), 0, 0
    jobs = (
        (seed + n, min(options.batch, options.programs - n), options.shrink_seconds)
        for n in range(0, options.programs, options.batch)
    )
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for number, (count, reports) in enumerate(pool.imap_unordered(check, jobs)):
            done += count
            for report in reports:
                differences += 1
                print(report, flush=True)
                if options.finds:
                    options.finds.mkdir(parents=True, exist_ok=True)
                    (options.finds / f"find_{seed}_{number}_{differences}.txt").write_text(report)
            seconds = time.monotonic() - started
            if number % 20 == 19:
                print(f"{done} programs, {differences} differences, {seconds:.0f} s", flush=True)
            if options.minutes and seconds > options.minutes * 60:
                break
        pool.terminate()
    print(f"{done} programs compared with real Go, {differences} differences, {time.monotonic() - started:.0f} s, seed {seed}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
