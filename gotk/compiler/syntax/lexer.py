# SPDX-License-Identifier: BSD-3-Clause
"""Go source bytes to parallel lists of tokens, with the spec's automatic semicolons.

One regular expression does the scanning. The bytes are decoded as latin-1, so that a string index is a byte offset
(Go counts columns in bytes) and names, nearly always ASCII, need no second decoding. A name or literal with bytes
above 127 is decoded as UTF-8 when it is met.

Token kinds are short strings: "name", "literal", "EOF", ";" and otherwise the operator or keyword itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gotk.compiler.syntax.position import make_pos

KEYWORDS = frozenset(
    ["break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var"]
)
# After these a newline ends the statement (spec: Semicolons).
_ENDS_STATEMENT = frozenset(
    ["name", "literal", "break", "continue", "fallthrough", "return", "++", "--", ")", "]", "}"]
)
_OPERATORS = ["<<=", ">>=", "&^=", "...", "&&", "||", "<-", "++", "--", "==", "!=", "<=", ">=", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&^", "+", "-", "*", "/", "%", "&", "|", "^", "<", ">", "=", "!", "(", ")", "[", "]", "{", "}", ",", ";", ".", ":", "~"]
_TOKEN = re.compile(
    r"(?P<space>[ \t\r]+)"
    r"|(?P<newline>\n)"
    r"|(?P<name>[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*)"
    r"|(?P<number>(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?"
    r"|0[bBoO][0-9_]*"
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eEpP][+-]?[0-9_]*)?"
    r"|\.[0-9][0-9_]*(?:[eEpP][+-]?[0-9_]*)?)i?)"
    r"|(?P<line_comment>//[^\n]*)"
    r"|(?P<block_comment>/\*.*?\*/)"
    r'|(?P<string>"(?:[^"\\\n]|\\[^\n])*")'
    r"|(?P<raw>`[^`]*`)"
    r"|(?P<char>'(?:\\[^\n][^'\n]*|[^'\\\n]*)')"
    r"|(?P<op>" + "|".join(re.escape(op) for op in _OPERATORS) + ")"
    r"|(?P<bad>.)",
    re.DOTALL,
)
_ESCAPE = r"\\(?:[abfnrtv\\QUOTE]|[0-3][0-7]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
_GOOD_STRING = re.compile('"(?:[^"\\\\]|' + _ESCAPE.replace("QUOTE", '"') + ')*"')
_GOOD_CHAR = re.compile("'(?:[^'\\\\]|" + _ESCAPE.replace("QUOTE", "'") + ")'")
_GOOD_NUMBER = re.compile(
    r"(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*"
    r"|[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
    r"|[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*"
    r"|\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
    r"|0[xX](?:(?:_?[0-9a-fA-F])+\.?(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?|\.[0-9a-fA-F](?:_?[0-9a-fA-F])*)"
    r"[pP][+-]?[0-9](?:_?[0-9])*)i?|[0-9](?:_?[0-9])*i"
)


class Tokens:
    """What the parser walks over: ``kinds[i]``, ``lits[i]`` (text of names, literals and semicolons), ``starts[i]`` and ``ends[i]``
    (positions), ``offsets[i]``; and the comments as ``comment_end_line -> (start line, text)``."""

    __slots__ = ("comments", "ends", "kinds", "lits", "offsets", "starts", "stops")

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.lits: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.offsets: list[int] = []
        self.stops: list[int] = []
        self.comments: dict[int, tuple[int, str]] = {}


def decode(text: str) -> str:
    """Latin-1 view of UTF-8 bytes to real text (invalid bytes become U+FFFD, as Go treats them)."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


def tokenize(source: bytes, file_index: int, error: Callable[[int, int, str], None]) -> Tokens:
    """Scan a whole file. ``error(start, end, message)`` is called for each lexical error; scanning goes on."""
    text = source.decode("latin-1")
    out = Tokens()
    kinds, lits, starts, ends = out.kinds, out.lits, out.starts, out.ends
    offsets, stops = out.offsets, out.stops
    base = make_pos(0, 0, file_index)
    line, line_start = 1, 0
    last = ";"  # kind of the last token
    if b"\x00" in source or not _is_utf8(source) or source.find(b"\xef\xbb\xbf", 1) > 0:
        _check_encoding(source, base, error)

    def add(kind: str, lit: str, start: int, stop: int) -> None:
        nonlocal last
        kinds.append(kind)
        lits.append(lit)
        offsets.append(start)
        stops.append(stop)
        pos = base + (line << 20) + start - line_start + 1
        starts.append(pos)
        ends.append(pos + stop - start)
        last = kind

    at = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    size = len(text)
    match = _TOKEN.match
    while at < size:
        found = match(text, at)
        assert found is not None
        group = found.lastgroup
        start, at = at, found.end()
        if group == "space":
            continue
        if group == "name":
            word = text[start:at]
            if word in KEYWORDS:
                add(word, word, start, at)
            else:
                if not word.isascii():
                    word = _check_name(word, base + (line << 20) + start - line_start + 1, error)
                add("name", word, start, at)
        elif group == "op":
            op = text[start:at]
            add(op, "semicolon" if op == ";" else op, start, at)
        elif group == "newline":
            if last in _ENDS_STATEMENT:
                add(";", "newline", start, at)
            line += 1
            line_start = at
        elif group == "number":
            word = text[start:at]
            if not _GOOD_NUMBER.fullmatch(word):
                pos = base + (line << 20) + start - line_start + 1
                error(pos, pos + at - start, _number_error(word))
                word = "0"
            add("literal", word, start, at)
        elif group == "string":
            word = text[start:at]
            if "\\" in word and not _GOOD_STRING.fullmatch(word):
                _escape_error(word, '"', base + (line << 20) + start - line_start + 1, error)
                word = '""'
            add("literal", decode(word), start, at)
        elif group == "line_comment":
            _comment(out, line, line, text[start:at])
        elif group == "block_comment":
            newlines = text.count("\n", start, at)
            if newlines and last in _ENDS_STATEMENT:
                add(";", "newline", start, start + 1)
            _comment(out, line, line + newlines, text[start:at])
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
        elif group == "raw":
            add("literal", decode(text[start:at]).replace("\r", ""), start, at)
            newlines = text.count("\n", start, at)
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
                ends[-1] = base + (line << 20) + at - line_start + 1
        elif group == "char":
            word = decode(text[start:at])
            if not _GOOD_CHAR.fullmatch(word):
                pos = base + (line << 20) + start - line_start + 1
                _char_error(word, pos, error)
                word = "'0'"
            add("literal", word, start, at)
        else:
            pos = base + (line << 20) + start - line_start + 1
            at = _bad_character(text, start, pos, error)
            word = text[start:at]
            if word[0] in "\"`'":
                add("literal", '""', start, at)
            newlines = word.count("\n")
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
    if last in _ENDS_STATEMENT:
        add(";", "EOF", size, size)
    add("EOF", "EOF", size, size)
    return out


def _comment(out: Tokens, first: int, last: int, text: str) -> None:
    before = out.comments.get(first - 1)
    text = decode(text)
    if before is not None:
        del out.comments[first - 1]
        first, text = before[0], before[1] + "\n" + text
    out.comments[last] = (first, text)


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _check_encoding(source: bytes, base: int, error: Callable[[int, int, str], None]) -> None:
    """Report NUL bytes, invalid UTF-8 and byte order marks beyond the start: one error a line, ten at most."""
    reported = 0
    for number, line in enumerate(source.split(b"\n"), 1):
        nul = line.find(b"\x00")
        bom = line.find(b"\xef\xbb\xbf", 1 if number == 1 else 0)
        at, message = -1, ""
        if nul >= 0:
            at, message = nul, "invalid NUL character"
        elif bom >= 0:
            at, message = bom, "invalid BOM in the middle of the file"
        else:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as err:
                at, message = err.start, "invalid UTF-8 encoding"
        if at >= 0:
            pos = base + (number << 20) + at + 1
            error(pos, pos + 1, message)
            reported += 1
            if reported == 10:
                return


def _check_name(word: str, pos: int, error: Callable[[int, int, str], None]) -> str:
    name = decode(word)
    for ch in name:
        if not (ch == "_" or ch.isalpha() or ch.isdecimal()):
            if ch != "\ufffd":  # invalid UTF-8 has been reported
                error(pos, pos + len(word), f"invalid character U+{ord(ch):04X} '{ch}' in identifier")
            break
    return name


def _number_error(word: str) -> str:
    lower = word.lower()
    prefix = {"0x": "hexadecimal", "0b": "binary", "0o": "octal"}.get(lower[:2], "")
    if prefix and len(lower.rstrip("i")) == 2:
        return f"{prefix} literal has no digits"
    if lower.startswith("0x") and "." in lower and "p" not in lower:
        return "hexadecimal mantissa requires a 'p' exponent"
    if not lower.startswith("0x") and "p" in lower:
        return "'p' exponent requires hexadecimal mantissa"
    if re.search(r"(?:[ep][+-]?)i?$", lower) and not (lower.startswith("0x") and "p" not in lower):
        return "exponent has no digits"
    if lower.startswith("0b"):
        bad = re.search(r"[2-9]", lower)
        if bad:
            return f"invalid digit '{bad[0]}' in binary literal"
    if (lower.startswith("0") and not prefix) or lower.startswith("0o"):
        bad = re.search(r"[89]", lower)
        if bad:
            return f"invalid digit '{bad[0]}' in octal literal"
    return "'_' must separate successive digits"


def _escape_error(word: str, quote: str, pos: int, error: Callable[[int, int, str], None]) -> None:
    good = re.compile(_ESCAPE.replace("QUOTE", re.escape(quote)))
    at = 1
    while at < len(word) - 1:
        if word[at] != "\\":
            at += 1
            continue
        found = good.match(word, at)
        if found is None:
            digits = {"x": 2, "u": 4, "U": 8}.get(word[at + 1])
            if digits is None and word[at + 1] not in "01234567":
                error(pos + at, pos + at + 2, "unknown escape")
            else:
                kind = "octal" if digits is None else "hex"
                valid = r"[0-7]" if digits is None else r"[0-9a-fA-F]"
                first = at + (1 if digits is None else 2)
                for i in range(first, first + (digits or 3)):
                    if i >= len(word) or not re.match(valid, word[i]):
                        shown = word[i] if i < len(word) else ""
                        error(pos + i, pos + i + 1, f"invalid character {_quoted(shown)} in {kind} escape")
                        return
                error(pos + at, pos + at + 2, "octal escape value > 255" if digits is None else "unknown escape")
            return
        at = found.end()


def _quoted(ch: str) -> str:
    return "'\\''" if ch == "'" else f"'{ch}'"


def _char_error(word: str, pos: int, error: Callable[[int, int, str], None]) -> None:
    if word == "''":
        error(pos, pos + 2, "empty rune literal or unescaped ' in rune literal")
        return
    before: list[int] = []
    _escape_error(word, "'", pos, lambda a, b, m: (before.append(a), error(a, b, m))[1])
    if not before:
        error(pos, pos + len(word), "more than one character in rune literal")


def _bad_character(text: str, start: int, pos: int, error: Callable[[int, int, str], None]) -> int:
    """Report what no token begins with (or an unterminated literal or comment); returns where to go on."""
    ch = text[start]
    newline = text.find("\n", start)
    end_of_line = len(text) if newline < 0 else newline
    if ch == '"':
        error(pos, pos + 1, "newline in string" if newline >= 0 else "string not terminated")
        return end_of_line
    if ch == "'":
        error(pos, pos + 1, "newline in rune literal" if newline >= 0 else "rune literal not terminated")
        return end_of_line
    if ch == "`":
        error(pos, pos + 1, "string not terminated")
        return len(text)
    if text.startswith("/*", start):
        error(pos, pos + 2, "comment not terminated")
        return len(text)
    if ch != "\x00":
        shown = repr(ch)[1:-1] if ch != "'" else "\\'"
        error(pos, pos + 1, f"invalid character U+{ord(ch):04X} '{shown}'" if ch.isprintable() else f"invalid character U+{ord(ch):04X}")
    return start + 1
