# SPDX-License-Identifier: BSD-3-Clause
"""``gotk compare``: the comparison in the shell, as a table; the raw rows and the figure
on request.
"""

from __future__ import annotations

import argparse
import sys

from gotk.cli.options import split_list, writable
from gotk.runtimes.base import RUNTIMES

__all__ = ["add_arguments", "execute"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``gotk compare``."""
    parser.add_argument(
        "--runtimes", default=",".join(RUNTIMES), metavar="LIST", help="default: %(default)s"
    )
    parser.add_argument("--measures", metavar="LIST", help="default: all")
    parser.add_argument("--repeats", type=int, help="runs of each; default: 5, with --quick 3")
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--csv", metavar="FILE", help="write one row per run; - is stdout")
    parser.add_argument("--figure", metavar="FILE", help="write the figure, as .png, .svg or .pdf")
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress bar")


def execute(options: argparse.Namespace) -> int:
    """Measure and print; 0 if every measure has a value on every runtime."""
    from gotk.comparison import compare
    from gotk.frames import comparison_text

    writable(None if options.csv == "-" else options.csv, [".csv"])
    writable(options.figure, [".png", ".svg", ".pdf"])
    frame = compare(
        split_list(options.runtimes),
        measures=split_list(options.measures) if options.measures else None,
        repeats=options.repeats,
        quick=options.quick,
        seed=options.seed,
        progress=not options.quiet,
        show=False,
    )
    if options.csv == "-":
        frame.to_csv(sys.stdout, index=False)
    else:
        print(comparison_text(frame))
        if options.csv is not None:
            frame.to_csv(options.csv, index=False)
    if options.figure is not None:
        from gotk.plots import comparison_figure

        comparison_figure(frame).savefig(options.figure, dpi=120)
    groups = frame.groupby(["measure", "runtime", "procs"], observed=True)["value"]
    return 0 if groups.count().min() > 0 else 1
