# SPDX-License-Identifier: BSD-3-Clause
"""Diagnostics: what is wrong with a source text, where, and how it is shown.

Positions are Go's: lines and columns count from 1, and columns count *bytes* of UTF-8. The end is
exclusive and may be left out. Rendering turns bytes into screen columns: a tab in the source is
repeated above the caret's padding, so that the caret stands right whatever a tab's width is, and
wide characters take two columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["MAX_SHOWN", "Diagnostic", "as_reported", "in_order", "render"]

# The Go compiler gives up after ten errors; a reader has had enough by then, too.
MAX_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One error in a source text.

    `file` is the name shown; `line`, `col`, `end_line`, `end_col` as in the module's text (0:
    unknown); `message` in Go's wording; `code` a short stable name as ``UndeclaredName`` ('' if
    none); `hint` a sentence that names the way out.
    """

    file: str
    line: int
    col: int
    end_line: int = 0
    end_col: int = 0
    message: str = ""
    code: str = ""
    hint: str = ""

    @property
    def position(self) -> str:
        """``file:line:col`` as Go writes it; what is unknown is left out."""
        parts = [self.file]
        if self.line > 0:
            parts.append(str(self.line))
            if self.col > 0:
                parts.append(str(self.col))
        return ":".join(parts)

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort as the Go compiler prints: by file, line and column; the same message at the same place
    only once.
    """
    seen: set[tuple[str, int, int, str]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=lambda d: (d.file, d.line, d.col)):
        key = (diagnostic.file, diagnostic.line, diagnostic.col, diagnostic.message)
        if key not in seen:
            seen.add(key)
            kept.append(diagnostic)
    return kept


def as_reported(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """From the order in which a compiler found them: the ten that it found first, by position (what the
    Go compiler shows), then the others, by position.
    """
    found = list(dict.fromkeys(diagnostics))
    return in_order(found[:MAX_SHOWN]) + in_order(found[MAX_SHOWN:])


def render(
    diagnostics: Iterable[Diagnostic],
    source: str | Mapping[str, str] | None = None,
    *,
    limit: int = MAX_SHOWN,
) -> str:
    """Text of `diagnostics` in order, each with its line and a caret where `source` has that line.

    `source` is the text they all refer to, or a text by file name. At most `limit` are shown, the first
    of the list, then ``too many errors``.
    """
    found = list(dict.fromkeys(diagnostics))
    blocks: list[str] = []
    lines_of: dict[str, list[str]] = {}
    for diagnostic in in_order(found[:limit]):
        if diagnostic.file not in lines_of:
            text = source if isinstance(source, str) else (source or {}).get(diagnostic.file, "")
            lines_of[diagnostic.file] = text.split("\n")
        blocks.append(_render_one(diagnostic, lines_of[diagnostic.file]))
    if len(found) > limit:
        blocks.append("too many errors")
    return "\n".join(blocks)


def _render_one(diagnostic: Diagnostic, lines: list[str]) -> str:
    shown = [str(diagnostic)]
    if 1 <= diagnostic.line <= len(lines):
        text = lines[diagnostic.line - 1].rstrip("\r")
        number = str(diagnostic.line)
        if text.strip():
            shown.append(f"  {number} | {text}")
            if diagnostic.col > 0:
                shown.append(f"  {' ' * len(number)} | {_caret(diagnostic, text)}")
    if diagnostic.hint:
        shown.append(f"  hint: {diagnostic.hint}")
    return "\n".join(shown)


def _caret(diagnostic: Diagnostic, text: str) -> str:
    raw = text.encode()
    start = min(diagnostic.col - 1, len(raw))
    if diagnostic.end_line == diagnostic.line and diagnostic.end_col > diagnostic.col:
        end = min(diagnostic.end_col - 1, len(raw))
    elif diagnostic.end_line > diagnostic.line:
        end = len(raw.rstrip())
    else:
        end = start + 1
    before = raw[:start].decode(errors="replace")
    under = raw[start:end].decode(errors="replace")
    padding = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    return padding + "^" * max(1, sum(_width(char) for char in under))


def _width(char: str) -> int:
    """Screen columns of one character in a monospaced font."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
