# SPDX-License-Identifier: BSD-3-Clause
"""Runs every test program many times on our scheduler, at several numbers of procs, each time with another seed: any wrong output, hang or
crash is printed with what repeats it.

    python tests/stress/programs.py [--rounds 100] [--procs 1 2 8] [--slice-ns 50000] [--shuffle] [--gc 1] [--seed N] [NAME…]

A short ``--slice-ns`` forces preemptions; ``--gc 1`` collects at every allocation. The expected output is real Go's, taken once per program.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "programs"))
from directives import FOLDER, Directives, programs, read_directives

import gotk


def reference(program: gotk.Program, params: Mapping[str, object], wanted: Directives) -> gotk.Run:
    """Real Go's run. Where the file says what is printed and Go printed something else, as programs with deadlines do on a busy machine, it gets more chances."""
    said = wanted.output if params == wanted.params.get("all", {}) else None
    for _ in range(5):
        run = program.run(runtime="go", params=params, check=False)
        if said is None or "\n".join(line.rstrip() for line in run.stdout.strip().splitlines()) + "\n" == said:
            return run
        print("real Go printed something else than the file says:\n    " + run.stdout[-2000:].replace("\n", "\n    "))
    return run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of program names (default: all)")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--procs", type=int, nargs="+", default=[1, 2, 8])
    parser.add_argument("--runtime", default="gotk")
    parser.add_argument("--slice-ns", type=int, default=None)
    parser.add_argument("--gc", type=int, default=0, help="collect at every n-th allocation (1: at each)")
    parser.add_argument("--shuffle", action="store_true", help="what becomes runnable goes to a random queue")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    rng = random.Random(options.seed)
    failures = 0
    start = time.monotonic()
    for path in programs():
        name = str(path.relative_to(FOLDER).with_suffix(""))
        if options.names and not any(part in name for part in options.names):
            continue
        wanted = read_directives(path)
        if options.runtime in wanted.skipped:
            continue
        program = gotk.load(path)
        if options.gc and "gc" in wanted.skipped:
            continue
        params = wanted.params.get("all", {}) | wanted.params.get(options.runtime, {})
        if options.gc:
            params |= wanted.params.get("gc", {})
        expected = reference(program, params, wanted)
        bad = 0
        began = time.monotonic()
        for procs in options.procs:
            for number in range(options.rounds):
                seed = rng.randrange(1 << 62)
                extra = {} if options.slice_ns is None else {"slice_ns": options.slice_ns}
                if options.shuffle and options.runtime == "gotk":
                    extra["shuffle"] = 1
                run = program.run(
                    runtime=options.runtime, gomaxprocs=procs, params=params, seed=seed, timeout=wanted.timeout,
                    check=False, options=extra, env={"GOTK_GC_STRESS": str(options.gc)} if options.gc else None,
                )  # fmt: skip
                if run.stdout != expected.stdout or run.exit_code != expected.exit_code:
                    bad += 1
                    print(f"FAIL {name}: procs {procs}, seed {seed}, round {number}: exit {run.exit_code}, {type(run.error).__name__}")
                    print("    " + (run.stderr or run.stdout)[-2000:].replace("\n", "\n    "))
                    if bad >= 5:
                        break
        failures += bad
        print(f"{'ok  ' if not bad else 'FAIL'} {name}: {len(options.procs)} × {options.rounds} runs, {time.monotonic() - began:.1f} s", flush=True)
    print(f"{failures} failures, {time.monotonic() - start:.0f} s, seed {options.seed}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
