# SPDX-License-Identifier: BSD-3-Clause
"""Sizes in words, and how much memory a run may take before it would harm the notebook."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from gotk.cpus import cgroup_folders
from gotk.errors import UsageError

__all__ = ["available_memory", "default_memory_limit", "parse_size"]

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}

# Smaller runs not even an empty program of the Go runtime.
MIN_MEMORY_LIMIT = 4 << 20


def parse_size(size: int | str, what: str = "memory_limit") -> int:
    """Bytes of a number or of a text as ``512M``, ``1.5G``, ``64KiB``. Raises UsageError."""
    if isinstance(size, str):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?\s*", size, re.IGNORECASE)
        if match is None:
            raise UsageError(f'{what} must be a size as 512M or 2G, not "{size}"')
        return int(float(match[1]) * _UNITS[match[2].upper()])
    if isinstance(size, bool) or not hasattr(size, "__index__"):
        raise UsageError(f"{what} must be a number of bytes or a size as 512M, not {size!r}")
    return int(size.__index__())


def available_memory(root: str = "/") -> int | None:
    """Bytes that can still be taken without swapping or meeting a cgroup's limit; None
    if nothing says so.
    """
    found: list[int] = []
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(root, "proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                found.append(int(line.split()[1]) * 1024)
    for folder in cgroup_folders("memory", root):
        for limit_name, usage_name in (
            ("memory.max", "memory.current"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        ):
            with contextlib.suppress(OSError, ValueError):
                limit = int((folder / limit_name).read_text())
                usage = int((folder / usage_name).read_text())
                if limit < 1 << 60:  # v1 writes a huge number for "none"
                    found.append(max(0, limit - usage))
    return min(found) if found else None


def default_memory_limit() -> int | None:
    """The limit of a run that names none: four fifths of what is available, so that the
    notebook goes on.
    """
    available = available_memory()
    return None if available is None else max(MIN_MEMORY_LIMIT, available // 5 * 4)
