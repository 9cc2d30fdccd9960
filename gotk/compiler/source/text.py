# SPDX-License-Identifier: BSD-3-Clause
"""Text made of pieces of another text, which still knows where every byte came from.

A cell becomes a Go file by additions (a package clause, imports, the frame of ``main``), by
replacements (a parameter's initialiser) and sometimes by moving a declaration out of the statements
around it. Compilers then report positions in the made text, while the user must read positions in
the text that was typed. `MadeText` answers that for every line and column.

Invariant: `pieces` are in the order of the made text and cover it without gaps. A piece either
shows ``origin[start:end]`` or is new text, which belongs to the offset `start` of the origin where
it was added.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from gotk.diagnostics import Diagnostic

__all__ = ["Edit", "MadeText", "Piece", "apply_edits"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the made text: `new` if not None, else ``origin[start:end]``."""

    start: int
    end: int
    new: bytes | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``origin[start:end]`` by `new`; an insertion has ``start == end``."""

    start: int
    end: int
    new: bytes


@dataclass(frozen=True)
class MadeText:
    """A text composed of `pieces` of `origin`; `name` is the file name that both bear."""

    name: str
    origin: bytes
    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> bytes:
        """The made text, as the compilers get it."""
        return b"".join(self._bytes_of(piece) for piece in self.pieces)

    def _bytes_of(self, piece: Piece) -> bytes:
        return self.origin[piece.start : piece.end] if piece.new is None else piece.new

    @cached_property
    def _piece_starts(self) -> list[int]:
        starts, at = [], 0
        for piece in self.pieces:
            starts.append(at)
            at += piece.end - piece.start if piece.new is None else len(piece.new)
        return starts

    @cached_property
    def _made_lines(self) -> list[int]:
        return _line_starts(self.text)

    @cached_property
    def _origin_lines(self) -> list[int]:
        return _line_starts(self.origin)

    @cached_property
    def same_lines(self) -> bool:
        """Every line of the origin has its own number in the made text, so traces need no
        translation.
        """
        return all(
            self.line(number) == number
            for number in range(1, min(len(self._made_lines), len(self._origin_lines)) + 1)
        )

    def offset(self, made_offset: int) -> int:
        """Offset in the origin for an offset in the made text."""
        if not self.pieces:
            return 0
        index = max(0, bisect_right(self._piece_starts, made_offset) - 1)
        piece = self.pieces[index]
        if piece.new is not None:
            return piece.start
        return min(piece.start + made_offset - self._piece_starts[index], piece.end)

    def position(self, line: int, col: int) -> tuple[int, int]:
        """Line and column (bytes, from 1) in the origin for a position in the made text. A column 0
        (unknown) stays 0.
        """
        if line <= 0:
            return line, col
        if col <= 0:
            return self.line(line), 0
        starts = self._made_lines
        begin = starts[min(line, len(starts)) - 1]
        at = self.offset(min(begin + col - 1, len(self.text)))
        return self._origin_position(at)

    def line(self, line: int) -> int:
        """Line in the origin for a line of the made text: that of the first origin byte on it."""
        starts = self._made_lines
        if not 1 <= line <= len(starts):
            return min(max(line, 1), len(self._origin_lines))
        begin = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text) + 1
        index = max(0, bisect_right(self._piece_starts, begin) - 1)
        while index < len(self.pieces) and self._piece_starts[index] < end:
            piece = self.pieces[index]
            if piece.new is None and piece.end > piece.start:
                at = max(begin, self._piece_starts[index])
                return self._origin_position(self.offset(at))[0]
            index += 1
        if not self.pieces:
            return 1
        # A line of new text only: the line breaks of what it replaced go on counting.
        index = max(0, bisect_right(self._piece_starts, begin) - 1)
        piece = self.pieces[index]
        breaks = self.text.count(b"\n", self._piece_starts[index], begin)
        first = self._origin_position(piece.start)[0]
        return min(first + breaks, self._origin_position(piece.end)[0])

    def _origin_position(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._origin_lines, at)
        return line, at - self._origin_lines[line - 1] + 1

    def diagnostic(self, diagnostic: Diagnostic) -> Diagnostic:
        """The same diagnostic with positions in the origin."""
        line, col = self.position(diagnostic.line, diagnostic.col)
        end_line, end_col = diagnostic.end_line, diagnostic.end_col
        if end_line > 0 and end_col > 1:
            # The end is exclusive: translate the last byte, so that an end at a seam stays on its
            # own side.
            end_line, end_col = self.position(end_line, end_col - 1)
            end_col += 1
        if (end_line, end_col) <= (line, col):
            end_line = end_col = 0
        return replace(
            diagnostic, file=self.name, line=line, col=col, end_line=end_line, end_col=end_col
        )


def apply_edits(name: str, origin: bytes, edits: Iterable[Edit]) -> MadeText:
    """`origin` with `edits`, which must not overlap; several insertions at one place keep their
    order.
    """
    pieces: list[Piece] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at byte {edit.start}")
        if edit.start > at:
            pieces.append(Piece(at, edit.start))
        if edit.new:
            pieces.append(Piece(edit.start, edit.end, edit.new))
        at = edit.end
    if at < len(origin):
        pieces.append(Piece(at, len(origin)))
    return MadeText(name, origin, tuple(pieces))


def _line_starts(text: bytes) -> list[int]:
    starts = [0]
    at = text.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find(b"\n", at + 1)
    return starts
