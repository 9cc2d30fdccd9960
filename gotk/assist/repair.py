# SPDX-License-Identifier: BSD-3-Clause
"""Incomplete text made readable: brackets that are still open are closed, the rest of a line that makes no sense is dropped.

The parser gives up a declaration whose braces do not match. While someone types they never match, so `candidates` offers the text in several
mended forms, the least changed first; the first in which the checker reaches the cursor is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["PLACEHOLDER", "Where", "candidates", "look"]

#: Stands at the cursor, in place of the word that is being typed.
PLACEHOLDER = "gotk__here"

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z) | `[^`]*(?:`|\Z))
      | (?P<rune>'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z))
      | (?P<open>[([{]) | (?P<close>[)\]}])
      | (?P<word>[^\W\d]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_HEADS = re.compile(r"^\s*(?:\}\s*else\s+)?(if|for|switch|select|func)\b")
_CASE = re.compile(r"^\s*case\b")
_TOP_LEVEL = re.compile(r"^(?:func|type|var|const)\b", re.MULTILINE)


@dataclass(frozen=True)
class Where:
    """What the text before the cursor says: `inside` a "string", "comment" or "rune", or "" in code; brackets that are `open` with their offsets;
    the `token`'s start if inside of one."""

    inside: str
    token: int
    open: tuple[tuple[str, int], ...]


def look(text: str, offset: int) -> Where:
    """Read the text up to the cursor."""
    stack: list[tuple[str, int]] = []
    for match in _TOKEN.finditer(text):
        if match.start() >= offset:
            break
        kind = match.lastgroup or ""
        if kind in ("string", "comment", "rune"):
            # At the end of a closed string the cursor is outside again; a line comment goes on to its end.
            whole = match[0]
            closed = kind != "comment" and len(whole) > 1 and whole[-1] == whole[0]
            closed = closed or (whole.startswith("/*") and whole.endswith("*/") and len(whole) > 3)
            if offset < match.end() or (offset == match.end() and not closed):
                return Where(kind, match.start(), tuple(stack))
        elif kind == "open":
            stack.append((match[0], match.start()))
        elif kind == "close" and stack:
            stack.pop()
    return Where("", offset, tuple(stack))


def candidates(text: str, start: int, end: int, word: str) -> Iterator[str]:
    """Texts with `word` in place of ``text[start:end]``, mended more and more."""
    head, tail = text[:start] + word, text[end:]
    yield head + tail
    opened = look(head, len(head)).open
    line_start = text.rfind("\n", 0, start) + 1
    line = head[line_start:]
    block = " {}" if _HEADS.match(line) and "{" not in line else ""
    if block and ":=" in line and ";" not in line and "range" not in line:
        block = "; true {}"
    if _CASE.match(line):
        block = ":"
    here = "".join(_CLOSES[b] for b, at in reversed(opened) if at >= line_start)
    _, newline, rest = tail.partition("\n")
    # The line is cut at the cursor and closed.
    yield head + here + block + newline + rest
    # As before, and whatever is open at the end of the text is closed as well.
    closed = head + here + block + newline + rest
    end_open = "".join(_CLOSES[b] for b, _ in reversed(look(closed, len(closed)).open))
    if end_open:
        yield closed + "\n" + end_open
    # Everything is closed at the cursor; of what follows only declarations at the left margin are kept.
    everything = "".join(_CLOSES[b] for b, _ in reversed(opened))
    after = _TOP_LEVEL.search(rest)
    below = "\n" + rest[after.start() :] if after else ""
    yield head + here + block + "\n" + everything[len(here) :] + below
    yield head + here + block + "\n" + everything[len(here) :] + "\n"
