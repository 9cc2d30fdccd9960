# SPDX-License-Identifier: BSD-3-Clause
"""Room for recursive passes over deep syntax trees.

The parser bounds the depth of a tree (parse_base.MAX_NESTING, MAX_OPERATORS); every later pass recurses a few Python frames a level. Since
Python 3.11 a call between Python functions takes no C stack, so a higher limit is safe; it is put back afterwards, because the
process belongs to the user.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FRAMES = 40_000


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Raise the recursion limit for a compiler pass."""
    before = sys.getrecursionlimit()
    if before >= _FRAMES:
        yield
        return
    sys.setrecursionlimit(_FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
