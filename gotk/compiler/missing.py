# SPDX-License-Identifier: BSD-3-Clause
"""What Go's packages have and golib's lack: `golib/missing.txt`, held to the truth by tests/golib/test_api.py."""

from __future__ import annotations

import functools
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "golib" / "missing.txt"

HINT = "gotk's library does not have it; run this program with the real Go toolchain: --runtime go"


@functools.cache
def names() -> frozenset[str]:
    """`path.Name` and `path.Type.Member` of all that is missing."""
    found: set[str] = set()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        head, _, members = line.partition(":")
        if members and not line.startswith("#"):
            found.update(f"{head}.{name}" for name in members.split())
    return frozenset(found)


def hint(path: str, name: str) -> str:
    """The way out for a member of the package `path` that is not there, empty if Go does not have it either."""
    return HINT if f"{path}.{name}" in names() else ""
