# SPDX-License-Identifier: BSD-3-Clause
"""What ``%load_ext gotk`` does in the background, so that the first cell answers at once: the LLVM host is started and the packages that
most cells use are loaded. Nothing depends on it; an error here waits for the cell that meets it again."""

from __future__ import annotations

import contextlib
import threading

__all__ = ["start_warmup"]

_PROGRAM = b'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println()\n}\n'


def start_warmup() -> threading.Thread:
    """Compile a small program in a daemon thread; returns the thread."""

    def warm() -> None:
        with contextlib.suppress(Exception):
            from gotk.compiler.build import build_program

            build_program([("warmup.go", _PROGRAM)])

    thread = threading.Thread(target=warm, name="gotk-warmup", daemon=True)
    thread.start()
    return thread
