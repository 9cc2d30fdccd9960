# SPDX-License-Identifier: BSD-3-Clause
"""The shell command ``gotk``: one module per subcommand, each with `add_arguments` and `execute`.

Exit codes: the program's own; 1 for compile errors and for what gotk itself cannot do; 2 for a
panic or fatal error; 64 for a wrong command line; 124 after a time limit; 130 after an interrupt.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]

# Subcommand -> what its line in the help says. The modules are loaded when one is chosen: pandas
# takes half a second.
COMMANDS = {
    "run": "run a Go program on a runtime",
    "compare": "compare goroutines, OS threads and real Go on this machine",
    "sweep": "run a program over a grid of parameters, one row per run",
    "version": "show versions",
    "doctor": "say what works here and what does not, and why",
}

EXIT_FAILURE = 1
EXIT_USAGE = 64
EXIT_TIMEOUT = 124
EXIT_INTERRUPT = 130


class Parser(argparse.ArgumentParser):
    """Ends with 64 on a wrong command line, since 1 and 2 mean other things here."""

    def error(self, message: str) -> NoReturn:
        if "-race" in message:
            message += " (there is no race detector here; `go run -race` of the Go toolchain has one)"
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="gotk", description="A concurrency research toolkit for Go programs.")
    parser.add_argument("--version", action="store_const", const="version", dest="shown", help="the same as the command version")
    if arguments[:1] == ["--version"]:
        arguments[0] = "version"
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in arguments if not word.startswith("-")), "")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text)
        if name == chosen:
            importlib.import_module(f"gotk.cli.{name}").add_arguments(sub)
    options = parser.parse_args(arguments)
    module = importlib.import_module(f"gotk.cli.{options.command}")
    from gotk.errors import CompileError, GotkError, UsageError

    try:
        return int(module.execute(options))
    except KeyboardInterrupt:
        return EXIT_INTERRUPT
    except CompileError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILURE
    except UsageError as error:
        print(f"gotk {options.command}: {error}", file=sys.stderr)
        return EXIT_USAGE
    except GotkError as error:
        print(f"gotk: {error}", file=sys.stderr)
        return EXIT_FAILURE
    except BrokenPipeError:
        # The reader of our output went away, as head does; there is nobody left to tell.
        sys.stderr.close()
        return EXIT_FAILURE
