# SPDX-License-Identifier: BSD-3-Clause
"""Diagnostics: order, cap, and carets that stand under the right character."""

from __future__ import annotations

from gotk.diagnostics import Diagnostic, in_order, render


def test_order_is_by_position_and_repeats_at_a_place_are_dropped() -> None:
    late = Diagnostic("a.go", 9, 1, message="m")
    early = Diagnostic("a.go", 2, 7, message="x")
    again = Diagnostic("a.go", 2, 7, message="x")
    same_line = Diagnostic("a.go", 2, 9, message="x")
    other = Diagnostic("a.go", 2, 3, message="y")
    assert in_order([late, same_line, early, again, other]) == [other, early, same_line, late]


def test_more_than_ten_end_with_too_many_errors() -> None:
    eleven = [Diagnostic("a.go", n, 1, message=f"m{n}") for n in range(1, 12)]
    text = render(eleven)
    assert text.endswith("a.go:10:1: m10\ntoo many errors")
    assert "m11" not in text
    assert "too many" not in render(eleven[:10])


def test_caret_covers_the_span_behind_tabs() -> None:
    source = "package main\n\tx := foo(1)\n"
    text = render(
        [Diagnostic("a.go", 2, 7, 2, 10, "undefined: foo", hint="spell it right")], source
    )
    assert text.splitlines() == [
        "a.go:2:7: undefined: foo",
        "  2 | \tx := foo(1)",
        "    | \t     ^^^",
        "  hint: spell it right",
    ]


def test_columns_are_bytes_and_wide_characters_take_two_screen_columns() -> None:
    source = 'é := "日本" + x\n'
    column = len('é := "日本" + '.encode()) + 1
    caret = render([Diagnostic("a.go", 1, column, message="m")], source).splitlines()[2]
    assert caret == "    | " + " " * len('é := "') + " " * 4 + " " * len('" + ') + "^"


def test_a_span_over_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    text = render([Diagnostic("a.go", 1, 3, 2, 2, "m")], "a bcd  \nef\n")
    assert text.splitlines()[2] == "    |   ^^^"


def test_positions_outside_the_text_are_shown_without_a_line() -> None:
    assert render([Diagnostic("a.go", 7, 1, message="m")], "x\n") == "a.go:7:1: m"
    assert render([Diagnostic("a.go", 0, 0, message="m")], "x\n") == "a.go: m"
