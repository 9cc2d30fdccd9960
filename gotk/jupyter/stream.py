# SPDX-License-Identifier: BSD-3-Clause
"""A program's output on its way into the cell: shown while the program runs, bounded, whole on the Run.

A notebook that is sent a gigabyte of text becomes unusable, and so does its file. So the cell shows the first
`SHOWN` characters; `Run.output` keeps far more (gotk.runtimes.capture says how much).

The text of a panic or a fatal error is held back: the cell's error shows it, once.
"""

from __future__ import annotations

import re
import sys

from gotk.errors import GoFatal, GoPanic

__all__ = ["SHOWN", "CellOutput"]

SHOWN = 200_000  # about 3,000 lines of 64 characters: more than anyone reads, less than a browser minds
_LAST_WORDS = re.compile(r"^(?:panic: |fatal error: |runtime: goroutine stack exceeds)", re.M)


class CellOutput:
    """Callable ``(stream, text)``: passes text to sys.stdout or sys.stderr until the bound is reached."""

    def __init__(self, limit: int = SHOWN) -> None:
        self.limit = limit
        self.shown = 0
        self.hidden = 0
        self._held = ""  # stderr from what looks like a panic's first line on

    def __call__(self, stream: str, text: str) -> None:
        if stream == "stderr":
            if self._held:
                self._held += text
                return
            last_words = _LAST_WORDS.search(text)
            if last_words:
                self._held = text[last_words.start() :]
                text = text[: last_words.start()]
        self._write(stream, text)

    def _write(self, stream: str, text: str) -> None:
        part = text[: max(self.limit - self.shown, 0)]
        self.hidden += len(text) - len(part)
        if not part:
            return
        self.shown += len(part)
        target = sys.stderr if stream == "stderr" else sys.stdout
        target.write(part)
        target.flush()

    def finish(self, error: BaseException | None = None) -> None:
        """The run is over: show what was held back, unless ``error`` shows it; say how much was left out."""
        if self._held and not isinstance(error, (GoPanic, GoFatal)):
            self._write("stderr", self._held)
        self._held = ""
        if self.hidden:
            sys.stdout.flush()
            sys.stderr.write(
                f"\n… {self.hidden:,} more characters of output are not shown here; run.output has what was kept\n"
            )
