# SPDX-License-Identifier: BSD-3-Clause
"""The line of summary below a cell."""

from __future__ import annotations

import html
import sys

from IPython.display import display

from gotk.run import Run

__all__ = ["show_summary"]


class Summary:
    """One line, grey in the notebook, plain in the terminal."""

    def __init__(self, run: Run) -> None:
        self.text = run.summary

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<div style="color: var(--jp-ui-font-color2, #777); font-size: 85%">{html.escape(self.text)}</div>'


def show_summary(run: Run) -> None:
    """Display the summary after what the program printed."""
    sys.stdout.flush()
    sys.stderr.flush()
    display(Summary(run))
