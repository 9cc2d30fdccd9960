# SPDX-License-Identifier: BSD-3-Clause
"""``//line`` and ``/*line … */`` comments: where code says that it comes from (cmd/compile's documentation, "Line directives").

They concern what traces and runtime.Caller tell; diagnostics keep the place in the text that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from gotk.compiler.syntax.position import pos_line


class LineDirective(NamedTuple):
    """From position `pos` on the file is `file` (None: as before; empty: unknown), and the line of `pos` is `line`."""

    pos: int
    file: str | None
    line: int


_FORM = re.compile(r"(?P<file>.*?):(?P<line>\d+)(?::(?P<col>\d+))?")


def parse_directive(text: str, pos: int) -> LineDirective | None:
    """The words after ``line``; None if they are no directive. `pos`: of what follows the comment."""
    found = _FORM.fullmatch(text.strip())
    if found is None or int(found["line"]) == 0:
        return None
    # ":line:col" keeps the file's name, ":line" takes it away.
    file = None if not found["file"] and found["col"] else found["file"]
    return LineDirective(pos, file, int(found["line"]))


def place(directives: Sequence[LineDirective], pos: int) -> tuple[str | None, int]:
    """(file or None for the file itself, line) of a position in a file with these directives, which are in order."""
    n = bisect_right(directives, pos, key=lambda d: d.pos)
    if n == 0:
        return None, pos_line(pos)
    last = directives[n - 1]
    file = next((d.file for d in reversed(directives[:n]) if d.file is not None), None)
    return file, last.line + pos_line(pos) - pos_line(last.pos)
