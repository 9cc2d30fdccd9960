# SPDX-License-Identifier: BSD-3-Clause
"""The page shared with a running program: live counters to read, and the GOMAXPROCS wanted, to
write.

Its layout is ``native/abi/control.h``, parsed here. Both sides use single aligned words and no
lock: a snapshot is as consistent as counters can be that never stop.
"""

from __future__ import annotations

import functools
import mmap
import os
import re
import struct
from pathlib import Path

from gotk.cpus import check_procs

__all__ = ["Control", "control_fields", "make_control_page"]

_HEADER = Path(__file__).resolve().parent.parent / "native" / "abi" / "control.h"


@functools.cache
def control_fields() -> tuple[str, ...]:
    """Names of the words of the page, in order."""
    text = _HEADER.read_text(encoding="utf-8")
    body = text[text.index("struct gotk_control {") :]
    return tuple(re.findall(r"^\s*uint64_t\s+(\w+);", body, re.MULTILINE))


def make_control_page() -> int:
    """A memfd with an empty page, to be passed to gotk-run. The caller closes it."""
    fd = os.memfd_create("gotk-control", os.MFD_CLOEXEC)
    os.ftruncate(fd, mmap.PAGESIZE)
    return fd


class Control:
    """The page of one run, mapped. It stays readable after the run's end, with the last values."""

    def __init__(self, fd: int) -> None:
        self._map = mmap.mmap(fd, mmap.PAGESIZE)
        self._words = memoryview(self._map).cast("Q")
        self._index = {name: number for number, name in enumerate(control_fields())}

    def counters(self) -> dict[str, int]:
        """All counters now, by name."""
        values = struct.unpack_from(f"<{len(self._index)}Q", self._map)
        return dict(zip(self._index, values, strict=True))

    def set_gomaxprocs(self, n: int) -> None:
        """Ask the running program for another GOMAXPROCS; its monitor thread follows
        within milliseconds.
        """
        self._words[self._index["gomaxprocs_wanted"]] = check_procs(n)
