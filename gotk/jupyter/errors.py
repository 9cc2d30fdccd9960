# SPDX-License-Identifier: BSD-3-Clause
"""How gotk's errors look in a notebook: Go's own message with the line and the caret, and no Python traceback.

IPython asks an exception for ``_render_traceback_`` before it formats one. The cell fails all the same, so that "run all" stops.
"""

from __future__ import annotations

import re
import sys

from gotk.errors import CompileError, GotkError, Interrupted, RunError

__all__ = ["install_error_display", "remove_error_display", "render_error"]

_BOLD, _RED, _DIM, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"
_POSITION = re.compile(r"^([^\s:]+:\d+(?::\d+)?): (.*)$")
_CARET = re.compile(r"^(\s*)(\^[~^]*)\s*$")


def render_error(error: GotkError) -> list[str]:
    """Lines of text with ANSI colours: positions bold, carets red."""
    lines = []
    for line in str(error).splitlines():
        position = _POSITION.match(line)
        if position and isinstance(error, CompileError):
            lines.append(f"{_BOLD}{position[1]}{_RESET}: {_RED}{position[2]}{_RESET}")
        elif (isinstance(error, CompileError) and _CARET.match(line)) or line.startswith(("panic: ", "fatal error: ")):
            lines.append(f"{_RED}{line}{_RESET}")
        elif isinstance(error, RunError) and line.startswith("\t"):
            lines.append(f"{_DIM}{line}{_RESET}")
        else:
            lines.append(line)
    return lines or [type(error).__name__]


def _render_traceback_(self: GotkError) -> list[str]:
    # An error met inside a user's own Python code names the line that led to it; from a magic there is none.
    return [*_callers(self), *render_error(self)]


def _render_interrupt_(self: Interrupted) -> list[str]:
    return [*_callers(self), f"{_RED}KeyboardInterrupt{_RESET}: {self}"]


def _callers(error: BaseException) -> list[str]:
    """The innermost line of the user's own cells on the way to the error (not for magics, whose line says nothing)."""
    found: list[str] = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if module == "__main__" and "get_ipython().run_" not in _source_line(code.co_filename, traceback.tb_lineno):
            line = _source_line(code.co_filename, traceback.tb_lineno).strip()
            if line:
                found = [f"{_DIM}----> {line}{_RESET}"]
        traceback = traceback.tb_next
    return found


def _source_line(filename: str, line: int) -> str:
    import linecache

    return linecache.getline(filename, line)


def install_error_display() -> None:
    """Make IPython show every GotkError by `render_error`, and an interrupt of ours by one line."""
    GotkError._render_traceback_ = _render_traceback_  # type: ignore[attr-defined]
    Interrupted._render_traceback_ = _render_interrupt_  # type: ignore[attr-defined]


def remove_error_display() -> None:
    for kind in (GotkError, Interrupted):
        if "_render_traceback_" in vars(kind):
            delattr(kind, "_render_traceback_")


def warn(text: str) -> None:
    """A line on the cell's stderr."""
    print(text, file=sys.stderr)
