# SPDX-License-Identifier: BSD-3-Clause
"""Source positions as plain integers: cheap to store in every node, ordered as the text is.

A position packs (file index within its package, line, column); lines and columns start at 1, columns count
bytes as Go's do. 0 is "no position". The index refers to ``Package.files`` (or to the list of files being
parsed), so positions stay valid when a package's syntax is pickled.
"""

from __future__ import annotations

NO_POS = 0
_COL_BITS = 20
_LINE_BITS = 24
_COL_MASK = (1 << _COL_BITS) - 1
_LINE_MASK = (1 << _LINE_BITS) - 1


def make_pos(line: int, col: int, file_index: int = 0) -> int:
    """Pack a position; columns beyond 2**20 - 1 are clamped."""
    return (file_index << (_COL_BITS + _LINE_BITS)) | (line << _COL_BITS) | min(col, _COL_MASK)


def pos_line(pos: int) -> int:
    return (pos >> _COL_BITS) & _LINE_MASK


def pos_col(pos: int) -> int:
    return pos & _COL_MASK


def pos_file(pos: int) -> int:
    """Index of the file within its package."""
    return pos >> (_COL_BITS + _LINE_BITS)
