# SPDX-License-Identifier: BSD-3-Clause
"""MadeText: positions lead back to the text that was typed, whatever was added, replaced
or moved.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gotk.compiler.source.text import Edit, MadeText, Piece, apply_edits
from gotk.diagnostics import Diagnostic

pieces_of_text = st.text(alphabet="ab\n\té", max_size=12).map(str.encode)


@st.composite
def edited(draw: st.DrawFn) -> MadeText:
    """A text with non-overlapping edits in it."""
    origin = draw(pieces_of_text) + b"x" + draw(pieces_of_text)
    cuts = sorted(draw(st.lists(st.integers(0, len(origin)), max_size=6)))
    edits = [Edit(a, b, draw(pieces_of_text)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return apply_edits("a.go", origin, edits)


@given(edited())
def test_kept_bytes_lead_back_to_themselves(made: MadeText) -> None:
    at = 0
    for piece in made.pieces:
        size = piece.end - piece.start if piece.new is None else len(piece.new)
        for offset in range(size):
            before = made.text[: at + offset]
            line = before.count(b"\n") + 1
            col = at + offset - (before.rfind(b"\n") + 1) + 1
            found_line, found_col = made.position(line, col)
            wanted = piece.start + offset if piece.new is None else piece.start
            head = made.origin[:wanted]
            assert (found_line, found_col) == (
                head.count(b"\n") + 1,
                wanted - (head.rfind(b"\n") + 1) + 1,
            )
        at += size


@given(edited())
def test_lines_are_within_the_origin(made: MadeText) -> None:
    last = made.origin.count(b"\n") + 1
    for line in range(made.text.count(b"\n") + 4):
        assert 1 <= made.line(line) <= last


def test_a_header_on_the_first_line_shifts_columns_only() -> None:
    made = apply_edits("a.go", b"x := 1\ny := 2\n", [Edit(0, 0, b"package main; ")])
    assert made.text == b"package main; x := 1\ny := 2\n"
    assert made.same_lines
    assert made.position(1, 15) == (1, 1)
    assert made.position(1, 3) == (1, 1)
    assert made.position(2, 3) == (2, 3)


def test_a_moved_piece_keeps_its_place() -> None:
    origin = b"a\nbb\ncc\n"
    made = MadeText("a.go", origin, (Piece(0, 2), Piece(5, 8), Piece(2, 5)))
    assert made.text == b"a\ncc\nbb\n"
    assert not made.same_lines
    assert [made.line(n) for n in (1, 2, 3)] == [1, 3, 2]
    assert made.position(2, 2) == (3, 2)


def test_a_diagnostic_is_translated_with_its_end() -> None:
    made = apply_edits("a.go", b"abc def\n", [Edit(0, 0, b"++")])
    there = made.diagnostic(Diagnostic("a.go", 1, 7, 1, 10, "m"))
    assert (there.line, there.col, there.end_line, there.end_col) == (1, 5, 1, 8)
    unknown = made.diagnostic(Diagnostic("a.go", 0, 0, message="m"))
    assert (unknown.line, unknown.col) == (0, 0)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("a.go", b"abcdef", [Edit(0, 3, b""), Edit(2, 4, b"")])
