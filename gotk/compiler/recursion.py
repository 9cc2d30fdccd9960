# SPDX-License-Identifier: BSD-3-Clause
"""Room for recursive passes over deep syntax trees.

The parser bounds the depth of a tree (parse_base.MAX_NESTING, MAX_OPERATORS); every later pass recurses a few Python frames a level. Since
Python 3.11 a call between Python functions takes no C stack, so a higher limit is safe; it is put back afterwards, because the
process belongs to the user.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_FRAMES = 40_000

_lock = threading.Lock()
_users = 0
_before = 0


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Raise the recursion limit for a compiler pass. The limit is one for all threads, so the last pass that ends puts it back."""
    global _users, _before
    with _lock:
        if _users == 0:
            _before = sys.getrecursionlimit()
            if _before < _FRAMES:
                sys.setrecursionlimit(_FRAMES)
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0 and sys.getrecursionlimit() == _FRAMES:
                sys.setrecursionlimit(_before)
