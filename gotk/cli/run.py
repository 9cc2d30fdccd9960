# SPDX-License-Identifier: BSD-3-Clause
"""``gotk run``: a program in the shell. Its output passes through untouched, its exit
code is ours.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gotk.cli import EXIT_TIMEOUT
from gotk.cli.options import add_run_options, parse_assignment, parse_procs, run_options
from gotk.errors import GoFatal, RunTimeout, UsageError
from gotk.program import Program, load, read_source
from gotk.run import Run
from gotk.runtimes.base import RUNTIMES

__all__ = ["add_arguments", "as_json", "execute"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``gotk run``; everything after the program's name belongs to the program."""
    parser.add_argument("--runtime", "-r", choices=RUNTIMES, default="gotk", help="default: %(default)s")
    parser.add_argument("--gomaxprocs", "-p", metavar="N", help="a number or auto, the default: what the machine allows")
    parser.add_argument(
        "--set", "-s", dest="params", action="append", default=[], type=parse_assignment, metavar="NAME=VALUE",
        help="set a package-level variable; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--with", dest="with_", action="append", default=[], metavar="FILE.go",
        help="use the declarations of this file; those of the program take their place; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--json", metavar="FILE", help="write metrics, tables and circumstances; - is stdout"
    )
    parser.add_argument(
        "--summary", action="store_true", help="end with a line of measures on stderr"
    )
    add_run_options(parser)
    parser.add_argument("program", metavar="prog.go", help="a Go file, or - for standard input")
    rest = parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGS", help="for the program")
    rest.required = False  # argparse counts it among what is missing when the program is


def execute(options: argparse.Namespace) -> int:
    """Run and return the program's exit code."""
    with_ = {Path(path).stem: read_source(path) for path in options.with_}
    program = (
        Program(sys.stdin.read(), "stdin.go", with_=with_)
        if options.program == "-"
        else load(options.program, with_=with_)
    )
    arguments: dict[str, Any] = run_options(options)
    if options.gomaxprocs not in (None, "auto"):
        arguments["gomaxprocs"] = parse_procs(options.gomaxprocs)
    run = program.run_in_terminal(
        options.runtime,
        params=dict(options.params),
        args=options.arguments,
        measure=options.json is not None or options.summary,
        **arguments,
    )
    if options.summary:
        print(run.summary, file=sys.stderr)
    if options.json is not None:
        text = json.dumps(as_json(run), indent=1, default=_plain)
        if options.json == "-":
            print(text)
        else:
            try:
                Path(options.json).write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise UsageError(f"{options.json} cannot be written: {error.strerror}") from None
    if run.stopped == "interrupt":
        raise KeyboardInterrupt
    if isinstance(run.error, RunTimeout):
        print(f"gotk: {run.error}", file=sys.stderr)
        return EXIT_TIMEOUT
    if run.stopped == "memory" and isinstance(run.error, GoFatal):
        print(run.error, file=sys.stderr)
        return 2
    return run.exit_code


def as_json(run: Run) -> dict[str, Any]:
    """A run as plain data: everything but its output."""
    error = run.error
    return {
        "run_id": run.run_id,
        "runtime": run.runtime,
        "gomaxprocs": run.gomaxprocs,
        "params": dict(run.params),
        "seed": run.seed,
        "exit_code": run.exit_code,
        "error": None if error is None else {"kind": type(error).__name__, "message": str(error)},
        "metrics": run.raw_metrics,
        "runtime_metrics": run.runtime_metrics,
        "records": run.records.drop(columns="run_id").to_dict("records"),
        "goroutines": run.goroutines.drop(columns="run_id").to_dict("records"),
        "circumstances": run.circumstances_row,
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    return None if type(value).__name__ == "NAType" else str(value)
