# SPDX-License-Identifier: BSD-3-Clause
"""The progress bar of sweeps and comparisons in a notebook: one display that is updated
in place.
"""

from __future__ import annotations

import html
import time
from collections.abc import Mapping
from typing import Any

from IPython.display import DisplayHandle

__all__ = ["NotebookProgress", "notebook_progress"]

# A front end that is asked to redraw more often than this lags behind.
_REDRAW_S = 0.1


class NotebookProgress:
    """Shows how many runs are done, how long the rest will take, and which failed last."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._failed = 0
        self._last_error = ""
        self._started = self._drawn = time.monotonic()
        self._handle = DisplayHandle()
        self._handle.display(_Bar(0, total, "starting"))

    def __call__(self, done: int, total: int, row: Mapping[str, Any]) -> None:
        if row.get("error"):
            self._failed += 1
            self._last_error = str(row["error"])
        now = time.monotonic()
        if done < total and now - self._drawn < _REDRAW_S:
            return
        self._drawn = now
        spent = now - self._started
        text = f"{spent:.0f} s" if done == total else f"{spent / done * (total - done):.0f} s left"
        if self._failed:
            text += f", {self._failed} failed, the last: {self._last_error}"
        self._handle.update(_Bar(done, total, text))


class _Bar:
    def __init__(self, done: int, total: int, text: str) -> None:
        self._done, self._total, self._text = done, total, text

    def __repr__(self) -> str:
        return f"{self._done}/{self._total} runs, {self._text}"

    def _repr_html_(self) -> str:
        return (
            f'<progress value="{self._done}" max="{self._total}" style="width: 20em"></progress> '
            f"{self._done}/{self._total} runs, {html.escape(self._text)}"
        )


def notebook_progress(total: int) -> NotebookProgress:
    """A bar for `total` runs, shown at once; call it with (done, total, row) after each run."""
    return NotebookProgress(total)
