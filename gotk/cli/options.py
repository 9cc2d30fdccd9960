# SPDX-License-Identifier: BSD-3-Clause
"""Options that several subcommands share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gotk.errors import UsageError
from gotk.runtimes.base import RUNTIMES

__all__ = ["add_run_options", "parse_assignment", "parse_procs", "run_options", "split_list", "writable"]


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Options about how a program runs."""
    parser.add_argument(
        "--timeout", type=float, metavar="S", help="stop the program after S seconds"
    )
    parser.add_argument(
        "--memory-limit", metavar="SIZE", help="as 512M or 2G; default: 4/5 of what is free"
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help="seed of the scheduler's random choices"
    )
    parser.add_argument("--stack-size", metavar="SIZE", help="of a thread, runtime threads only")
    parser.add_argument("--cpus", metavar="LIST", help="CPUs that the program may use, as 0,2")


def run_options(options: argparse.Namespace) -> dict[str, Any]:
    """Keyword arguments for Program.run of what was given."""
    found: dict[str, Any] = {
        "timeout": options.timeout,
        "memory_limit": options.memory_limit,
        "seed": options.seed,
        "stack_size": options.stack_size,
    }
    if options.cpus is not None:
        try:
            found["cpus"] = [int(part) for part in options.cpus.split(",")]
        except ValueError:
            raise UsageError(f"--cpus must be numbers as 0,2, not {options.cpus}") from None
    return {name: value for name, value in found.items() if value is not None}


def parse_assignment(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, separator, value = text.partition("=")
    if not separator or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"must be NAME=VALUE, as n=5000, not {text}")
    return name, value


def parse_procs(text: str) -> int:
    """A number of procs."""
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"GOMAXPROCS must be a whole number or auto, not {text}") from None


def split_list(text: str) -> list[str]:
    """Parts of a comma-separated list; a backslash keeps a comma within a part."""
    parts = text.replace("\\,", "\0").split(",")
    return [part.replace("\0", ",") for part in parts]


def writable(path: str | None, endings: Sequence[str]) -> None:
    """Raise UsageError if a result could not go to `path`: said before an hour of measuring, not after it."""
    if path is None:
        return
    if not path.endswith(tuple(endings)):
        raise UsageError(f"{path}: the name must end with {' or '.join(endings)}")
    existed = Path(path).exists()
    try:
        with open(path, "ab"):
            pass
        if not existed:
            Path(path).unlink()
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def runtime_choices() -> tuple[str, ...]:
    """Names that --runtime takes."""
    return RUNTIMES
