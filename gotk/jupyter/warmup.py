# SPDX-License-Identifier: BSD-3-Clause
"""What ``%load_ext gotk`` does in the background, so that the first cell answers at once: the LLVM hosts are started and the packages that
most cells use are loaded. Nothing depends on it; an error here waits for the cell that meets it again."""

from __future__ import annotations

import contextlib
import threading

__all__ = ["start_warmup"]

_PROGRAM = b'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println()\n}\n'

#: What most cells import: reading a package takes some milliseconds the first time.
_COMMON = ("sync", "time", "strings", "sync/atomic", "sort", "strconv", "errors", "context", "os", "math/rand", "runtime")


def start_warmup() -> threading.Thread:
    """Compile a small program in a daemon thread; returns the thread."""

    def warm() -> None:
        with contextlib.suppress(Exception):
            from gotk.compiler import packages
            from gotk.compiler.build import build_program, prestart

            prestart()
            build_program([("warmup.go", _PROGRAM)])
            for path in _COMMON:
                packages.shared().importer(path)

    thread = threading.Thread(target=warm, name="gotk-warmup", daemon=True)
    thread.start()
    return thread
