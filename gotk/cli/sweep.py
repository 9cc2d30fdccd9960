# SPDX-License-Identifier: BSD-3-Clause
"""``gotk sweep``: a grid in the shell; the table goes to a file or, as CSV, to standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from gotk.cli.options import (
    add_run_options,
    parse_assignment,
    parse_procs,
    run_options,
    split_list,
    writable,
)
from gotk.errors import UsageError
from gotk.program import load

__all__ = ["add_arguments", "execute"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``gotk sweep``."""
    parser.add_argument(
        "--grid", "-g", action="append", default=[], type=parse_assignment, metavar="NAME=V1,V2,…",
        help="values of runtime, gomaxprocs, or a package-level variable; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--set", dest="params", action="append", default=[], type=parse_assignment, metavar="NAME=VALUE",
        help="the same for all runs",
    )  # fmt: skip
    parser.add_argument(
        "--repeats", type=int, default=3, help="runs per point; default: %(default)s"
    )
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="table as .csv or .parquet; default: CSV on stdout"
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress bar")
    add_run_options(parser)
    parser.add_argument("program", metavar="prog.go")


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"timeout must be a number of seconds, not {text}") from None


# Arguments of the run that are no text.
_VALUES: dict[str, Callable[[str], Any]] = {"gomaxprocs": parse_procs, "timeout": _seconds}


def execute(options: argparse.Namespace) -> int:
    """Sweep, write the table; 1 if no run ended well."""
    from gotk.sweeps import sweep

    grid: dict[str, list[Any]] = {}
    for name, text in options.grid:
        values: list[Any] = split_list(text)
        if name in grid:
            raise UsageError(f"--grid {name} stands there twice; write --grid {name}={','.join(map(str, grid[name]))},{text}")
        grid[name] = [_VALUES[name](value) for value in values] if name in _VALUES else values
    if not grid:
        raise UsageError(
            "give at least one --grid NAME=V1,V2,…, as --grid runtime=gotk,go --grid n=10,100"
        )
    writable(options.output, [".csv", ".parquet"])
    arguments = run_options(options)
    seed = arguments.pop("seed", None)
    frame = sweep(
        load(options.program), grid, options.repeats, seed=seed, params=dict(options.params),
        progress=not options.quiet, **arguments,
    )  # fmt: skip
    if options.output is None:
        frame.to_csv(sys.stdout, index=False)
    elif options.output.endswith(".parquet"):
        frame.to_parquet(options.output, index=False)
    else:
        frame.to_csv(options.output, index=False)
    return 0 if frame["error"].isna().any() else 1
