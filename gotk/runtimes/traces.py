# SPDX-License-Identifier: BSD-3-Clause
"""Reads the text that a Go program leaves on stderr when it panics or meets a fatal error.

Real Go and our own runtimes write the same form, so this is the one reader for all. Line numbers
are those of the made file and are translated to the user's own; frames of gotk's plumbing are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from gotk.errors import Frame, GoFatal, GoPanic, GoroutineTrace, RunError

__all__ = ["error_of", "parse_goroutines", "translate"]

_START = re.compile(r"^(panic: |fatal error: |runtime: goroutine stack exceeds )", re.MULTILINE)
_GOROUTINE = re.compile(r"^goroutine (\d+)(?: [^\[]*)?\[([^\]]*)\]:$")
_CREATED = re.compile(r"^created by (.+?)(?: in goroutine (\d+))?$")
_PLACE = re.compile(r"^\t(.+?):(\d+)(?: \+0x[0-9a-f]+)?$")
_ARGUMENTS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class _Message:
    kind: str  # "panic" or "fatal"
    value: str
    text: str


def translate(text: str, file: str, shown: str, line_of: Callable[[int], int]) -> str:
    """`text` with every ``…/file:LINE`` replaced by ``shown:line_of(LINE)``."""
    pattern = re.compile(rf"(?:[^\s:()]*/)?{re.escape(file)}:(\d+)")
    return pattern.sub(lambda m: f"{shown}:{line_of(int(m[1]))}", text)


def error_of(stderr: str, exit_code: int) -> RunError | None:
    """The panic or fatal error that `stderr` ends with, None if the program did not die of one.

    Go exits with 2 after both; a program that prints such a text and exits otherwise did so on
    purpose.
    """
    if exit_code != 2:
        return None
    message = _last_message(stderr)
    if message is None:
        return None
    goroutines = parse_goroutines(message.text)
    if message.kind == "panic":
        return GoPanic(
            _headline(f"panic: {message.value}", goroutines),
            value=message.value, goroutines=goroutines, text=message.text,
        )  # fmt: skip
    return GoFatal(
        _headline(f"fatal error: {message.value}", goroutines),
        reason=message.value, goroutines=goroutines, text=message.text,
    )  # fmt: skip


def _last_message(stderr: str) -> _Message | None:
    # A nested panic repeats "panic: " on an indented or a following line of the same block, so the
    # block starts at the first match that only such lines and traces follow: the last match after a
    # line that is not itself part of a message.
    starts = [m.start() for m in _START.finditer(stderr)]
    if not starts:
        return None
    begin = starts[-1]
    for start in reversed(starts[:-1]):
        between = stderr[start:begin]
        if "\n\n" in between or "\ngoroutine " in between:
            break
        begin = start
    text = stderr[begin:]
    fatal = re.search(r"^fatal error: (.*)$", text, re.MULTILINE)
    if fatal is not None:
        return _Message("fatal", fatal[1].strip(), text)
    value: list[str] = []
    for line in text.splitlines():
        if not line.strip() and value:
            break
        if line.startswith(("goroutine ", "[signal ", "exit status")):
            break
        value.append(line)
    return _Message("panic", "\n".join(value).removeprefix("panic: "), text)


def parse_goroutines(text: str) -> tuple[GoroutineTrace, ...]:
    """The goroutines whose traces `text` shows, in its order."""
    found: list[GoroutineTrace] = []
    ident, state = 0, ""
    frames: list[Frame] = []
    created: Frame | None = None
    function, creator = "", False
    inside = False
    for line in [*text.splitlines(), ""]:
        head = _GOROUTINE.match(line)
        if (head or not line.strip()) and inside:
            found.append(GoroutineTrace(ident, state, tuple(frames), created))
            inside = False
        if head:
            ident, state, frames, created, inside = int(head[1]), head[2], [], None, True
            continue
        if not inside:
            continue
        place = _PLACE.match(line)
        if place is None:
            by = _CREATED.match(line)
            creator = by is not None
            function = by[1] if by else _ARGUMENTS.sub("", line)
            continue
        frame = Frame(function, place[1], int(place[2]))
        if creator:
            created = frame
        elif not function.startswith("gotk/internal/cell."):
            frames.append(frame)
    return tuple(found)


def _headline(message: str, goroutines: tuple[GoroutineTrace, ...]) -> str:
    """The message and where it happened: what a notebook shows."""
    lines = [message, ""] if goroutines else [message]
    first = goroutines[:1]
    others = [g for g in goroutines[1:] if any(map(_is_own, g.frames))]
    for goroutine in [*first, *others[:9]]:
        lines.append(f"goroutine {goroutine.id} [{goroutine.state}]:")
        own = [frame for frame in goroutine.frames if _is_own(frame)] or list(goroutine.frames)
        for frame, group in groupby(own[:200]):
            times = sum(1 for _ in group)
            lines.append(f"  {frame.function} at {frame.file}:{frame.line}{_repeated(times)}")
            if len(lines) > 60:
                break
        if goroutine.created_by is not None:
            by = goroutine.created_by
            lines.append(f"  created by {by.function} at {by.file}:{by.line}")
    if len(others) > 9:
        lines.append(f"... and {len(others) - 9} more goroutines")
    return "\n".join(lines)


def _is_own(frame: Frame) -> bool:
    return frame.function.startswith("main.")


def _repeated(times: int) -> str:
    return f" ({times} times)" if times > 1 else ""
