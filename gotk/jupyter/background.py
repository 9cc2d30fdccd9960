# SPDX-License-Identifier: BSD-3-Clause
"""Runs in the background (``--bg``): the cell ends at once, its output area goes on showing what the program prints.

Output arrives on the run's own thread. It goes into one display that is updated in place, a few times a second and only its tail, because
the front end must not be flooded, and because text printed from another thread would land below whichever cell is running.
"""

from __future__ import annotations

import html
import threading
import time
from collections.abc import Callable
from typing import Any

from IPython.display import HTML, display

from gotk.program import Program
from gotk.run import Run

__all__ = ["follow"]

_TAIL = 4000  # characters shown
_EVERY_S = 0.2


class _Tail:
    """Collects output and shows its tail; the thread that writes never waits for the front end longer than one update."""

    def __init__(self) -> None:
        self._text = ""
        self._lock = threading.Lock()
        self._shown_at = 0.0
        self._handle: Any = None
        self.status = "running"

    def begin(self, status: str) -> None:
        """Make the display, in the cell that is being run."""
        self.status = status
        handle = display(HTML("<pre>…</pre>"), display_id=True)
        with self._lock:
            self._handle = handle
        self.show()

    def __call__(self, _stream: str, text: str) -> None:
        with self._lock:
            self._text = (self._text + text)[-_TAIL:]
        if time.monotonic() - self._shown_at > _EVERY_S:
            self.show()

    def show(self) -> None:
        self._shown_at = time.monotonic()
        with self._lock:
            text, handle = self._text, self._handle
        if handle is None:
            return  # output came before the display; `begin` shows it
        handle.update(
            HTML(
                f'<pre style="max-height: 20em; overflow: auto">{html.escape(text)}</pre>'
                f'<div style="color: var(--jp-ui-font-color2, #777); font-size: 85%">{html.escape(self.status)}</div>'
            )
        )


def follow(program: Program, options: dict[str, Any], keep: Callable[[dict[str, Any]], None]) -> Run:
    """Start the program; show its tail until it ends; then hand its outputs to ``keep``."""
    tail = _Tail()
    run = program.start(on_output=tail, **options)  # an error of the source is the cell's own, and leaves no display
    tail.begin(run.summary)

    def watch() -> None:
        try:
            run.wait()
            keep(run.outputs)
            tail.status = run.summary
        except Exception as error:
            tail.status = str(error)
        tail.show()

    threading.Thread(target=watch, name=f"gotk-follow-{run.run_id}", daemon=True).start()
    return run
