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

from gotk.compiler.syntax.linedirectives import LineDirective, parse_directive
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
    r"(?P<space>[ \t\r\x00]+)"  # a NUL byte stands for what has been reported
    r"|(?P<newline>\n)"
    r"|(?P<name>[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*)"
    r"|(?P<number>(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?"
    r"|0[bBoO][0-9_]*(?:\.[0-9_]*)?(?:[eEpP][+-]?[0-9_]*)?"
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eEpP][+-]?[0-9_]*)?"
    r"|\.[0-9][0-9_]*(?:[eEpP][+-]?[0-9_]*)?)i?)"
    r"|(?P<line_comment>//[^\n]*)"
    r"|(?P<block_comment>/\*.*?\*/)"
    r"|(?P<open_comment>/\*)"
    r'|(?P<string>"(?:[^"\\\n]|\\[^\n])*")'
    r"|(?P<raw>`[^`]*`)"
    r"|(?P<char>'(?:[^'\\\n]|\\[^\n])*')"
    r"|(?P<op>" + "|".join(re.escape(op) for op in _OPERATORS) + ")"
    r"|(?P<bad>.)",
    re.DOTALL,
)
_ESCAPE = r"\\(?:[abfnrtv\\QUOTE]|[0-3][0-7]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
_UNIT = re.compile(r"\\.|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*|.", re.S)  # of a literal's body: an escape's first two characters, or a character
_GOOD_STRING = re.compile('"(?:[^"\\\\]|' + _ESCAPE.replace("QUOTE", '"') + ')*"')
_GOOD_RUNE = re.compile(r"'\\(?:[abfnrtv\\']|x..|[0-3]..|u(?![dD][89a-fA-F])....|U000(?:10|0[1-9a-fA-F])....|U0000(?![dD][89a-fA-F])....)'")
_GOOD_CHAR = re.compile("'(?:[^'\\\\]|" + _ESCAPE.replace("QUOTE", "'") + ")'")
_DOUBTFUL = re.compile(r"\\(?:u[dD][89a-fA-F]|U)")  # perhaps a surrogate or too large
_GOOD_NUMBER = re.compile(
    r"(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*"
    r"|[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
    r"|[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*"
    r"|\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
    r"|0[xX](?:(?:_?[0-9a-fA-F])+\.?(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?|\.[0-9a-fA-F](?:_?[0-9a-fA-F])*)"
    r"[pP][+-]?[0-9](?:_?[0-9])*)i?|[0-9](?:_?[0-9])*i"
)


MAX_ERRORS = 1000  # after so many the rest of the file is not read: it is no Go program


class Tokens:
    """What the parser walks over: ``kinds[i]``, ``lits[i]`` (text of names, literals and semicolons), ``starts[i]`` and ``ends[i]``
    (positions), ``offsets[i]``; the comments as ``comment_end_line -> (start line, text)``; and the line directives, in order."""

    __slots__ = ("bad", "comments", "directives", "ends", "kinds", "lits", "offsets", "starts", "stops")

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.lits: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.offsets: list[int] = []
        self.stops: list[int] = []
        self.comments: dict[int, tuple[int, str]] = {}
        self.directives: list[LineDirective] = []
        self.bad: set[int] = set()  # indices of literals with an error: they have no value


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
    errors = 0
    if b"\x00" in source or not _is_utf8(source) or source.find(b"\xef\xbb\xbf", 1) > 0:
        text = _without_foreign(source, base, error)

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
                if _number_error(word, pos, error):
                    out.bad.add(len(kinds))
            add("literal", word, start, at)
        elif group == "string":
            word = text[start:at]
            if "\\" in word and (not _GOOD_STRING.fullmatch(word) or _DOUBTFUL.search(word)):
                if _escape_errors(word, '"', base + (line << 20) + start - line_start + 1, error):
                    out.bad.add(len(kinds))
            add("literal", decode(word), start, at)
        elif group == "line_comment":
            _comment(out, line, line, text[start:at])
            if start == line_start and text.startswith("//line ", start):
                _directive(out, text[start + 7 : at], base + ((line + 1) << 20) + 1)
        elif group == "block_comment":
            newlines = text.count("\n", start, at)
            if newlines and last in _ENDS_STATEMENT:
                add(";", "newline", start, start + 1)
            _comment(out, line, line + newlines, text[start:at])
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
            if text.startswith("/*line ", start):
                _directive(out, text[start + 7 : at - 2], base + (line << 20) + at - line_start + 1)
        elif group == "open_comment":
            at = _bad_character(text, start, base + (line << 20) + start - line_start + 1, error)
            size = at  # nothing follows
        elif group == "raw":
            add("literal", decode(text[start:at]).replace("\r", ""), start, at)
            newlines = text.count("\n", start, at)
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
                ends[-1] = base + (line << 20) + at - line_start + 1
        elif group == "char":
            word = text[start:at]
            shown = decode(word)
            if not _GOOD_CHAR.fullmatch(shown) or ("\\" in shown and not _GOOD_RUNE.fullmatch(shown)):
                pos = base + (line << 20) + start - line_start + 1
                if word == "''":
                    error(pos + 1, pos + 2, "empty rune literal or unescaped '")
                    out.bad.add(len(kinds))
                elif _escape_errors(word, "'", pos, error):
                    out.bad.add(len(kinds))
                elif len(_escape_units(word)) != 1:
                    error(pos, pos + at - start, "more than one character in rune literal")
                    out.bad.add(len(kinds))
            add("literal", shown, start, at)
        else:
            pos = base + (line << 20) + start - line_start + 1
            at = _bad_character(text, start, pos, error)
            errors += 1
            if errors == MAX_ERRORS:
                size = at
            word = text[start:at]
            if word[0] in "\"`'":
                out.bad.add(len(kinds))
                add("literal", decode(word), start, at)
            newlines = word.count("\n")
            if newlines:
                line += newlines
                line_start = text.rindex("\n", start, at) + 1
    if last in _ENDS_STATEMENT:
        add(";", "EOF", size, size)
    add("EOF", "EOF", size, size)
    return out


def _directive(out: Tokens, words: str, pos: int) -> None:
    found = parse_directive(decode(words), pos)
    if found is not None:
        out.directives.append(found)


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


_FOREIGN = re.compile(
    rb"\x00|(?<!^)\xef\xbb\xbf|(?:[\x01-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xef(?!\xbb\xbf)[\x80-\xbf]{2}|^\xef\xbb\xbf|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+|.",
    re.S,
)


def _without_foreign(source: bytes, base: int, error: Callable[[int, int, str], None]) -> str:
    """Report NUL bytes, invalid UTF-8 and byte order marks beyond the start. Returns the text with NUL bytes in their places: the scanner skips them."""
    out: list[bytes] = []
    line, line_start, reported = 1, 0, 0
    for match in _FOREIGN.finditer(source):
        part = match[0]
        first = part[0]
        message = ""
        if part == b"\xef\xbb\xbf" and match.start():
            message = "invalid BOM in the middle of the file"
        elif first == 0:
            message = "invalid NUL character"
        elif first >= 0x80 and len(part) == 1:
            message = "invalid UTF-8 encoding"
        if not message:
            out.append(part)
            newlines = part.count(b"\n")
            if newlines:
                line += newlines
                line_start = match.start() + part.rindex(b"\n") + 1
            continue
        out.append(b"\x00" * len(part))
        pos = base + (line << 20) + match.start() - line_start + 1
        error(pos, pos + 1, message)
        reported += 1
        if reported == MAX_ERRORS:
            break
    return b"".join(out).decode("latin-1")


def _check_name(word: str, pos: int, error: Callable[[int, int, str], None]) -> str:
    name = decode(word)
    at = pos
    for i, ch in enumerate(name):
        size = len(ch.encode())
        if ch == "_" or ch.isalpha():
            pass
        elif ch.isdecimal():
            if i == 0:
                error(at, at + size, f"identifier cannot begin with digit {_unicode(ch)}")
        else:
            error(at, at + size, f"invalid character {_unicode(ch)} in identifier")
        at += size
    return name


def _unicode(ch: str) -> str:
    shown = f"U+{ord(ch):04X}"
    return f"{shown} '{ch}'" if ch.isprintable() else shown


# ---------------------------------------------------------------------------------------------------- errors in literals


def _number_error(word: str, pos: int, error: Callable[[int, int, str], None]) -> bool:
    """Report what is wrong with a number, in the order in which the Go compiler finds it. False if nothing is."""
    lower = word.lower()
    prefix = lower[1] if lower[:2] in ("0x", "0b", "0o") else "0" if len(word) > 1 and word[0] == "0" else ""
    name = {"x": "hexadecimal", "b": "binary", "o": "octal", "0": "octal"}.get(prefix, "decimal") + " literal"
    found = re.fullmatch(
        r"(?P<prefix>0[xbo])?(?P<whole>%s*)(?P<point>\.)?(?P<frac>%s*)(?:(?P<mark>[ep])[+-]?(?P<exp>[0-9_]*))?i?"
        % (("[0-9a-f_]",) * 2 if prefix == "x" else ("[0-9_]",) * 2),
        lower,
    )
    assert found is not None, word
    whole, frac, mark = found["whole"], found["frac"], found["mark"]
    imaginary = lower[-1] == "i"
    end = pos + len(word) - imaginary
    if found["point"] and prefix in ("b", "o"):
        at = pos + found.start("point")
        error(at, at + 1, f"invalid radix point in {name}")
        return True
    mantissa_end = pos + found.end("frac")
    if not (whole + frac).strip("_"):
        error(mantissa_end, mantissa_end + 1, f"{name} has no digits")
        return True
    if mark:
        at = pos + found.start("mark")
        if mark == "e" and prefix in ("b", "o"):
            error(at, at + 1, f"'{word[at - pos]}' exponent requires decimal mantissa")
            return True
        if mark == "p" and prefix != "x":
            error(at, at + 1, f"'{word[at - pos]}' exponent requires hexadecimal mantissa")
            return True
        if not found["exp"].strip("_"):
            error(end, end + 1, "exponent has no digits")
            return True
    elif prefix == "x" and found["point"]:
        error(end, end + 1, "hexadecimal mantissa requires a 'p' exponent")
        return True
    if not imaginary and not mark and not found["point"] and prefix in ("b", "o", "0"):
        bad = re.compile("[2-9]" if prefix == "b" else "[89]").search(lower, 2 if prefix != "0" else 0)
        if bad:
            error(pos + bad.start(), pos + bad.start() + 1, f"invalid digit '{bad[0]}' in {name}")
            return True
    digit = "[0-9a-f]" if prefix == "x" else "[0-9]"
    separators = re.compile(rf"(?<!{digit})_|_(?!{digit}|_)")
    for bad in separators.finditer(lower):
        if bad.start() == 2 and prefix in ("x", "b", "o") and re.match(digit, lower[3:4]):
            continue  # after the prefix
        error(pos + bad.start(), pos + bad.start() + 1, "'_' must separate successive digits")
        return True
    return False


def _escape_units(word: str) -> list[str]:
    """The characters and escapes of a literal's body."""
    return re.findall(rf"{_ESCAPE.replace('QUOTE', word[0])}|[\xc0-\xff][\x80-\xbf]*|.", word[1:-1], re.S)


def _escape_errors(word: str, quote: str, pos: int, error: Callable[[int, int, str], None]) -> bool:
    """Report the wrong escapes of a literal (latin-1 view, with its quotes, the last of which may be missing)."""
    wrong = False
    at = 1
    while True:
        at = word.find("\\", at)
        if at < 0 or at + 1 >= len(word):
            return wrong
        ch = word[at + 1]
        if ch in "abfnrtv\\" or ch == quote:
            at += 2
            continue
        digits, base, kind = {"x": (2, 16, "hexadecimal"), "u": (4, 16, "hexadecimal"), "U": (8, 16, "hexadecimal")}.get(
            ch, (3, 8, "octal")
        )
        first = at + (1 if base == 8 else 2)
        if base == 8 and ch not in "01234567":
            error(pos + at + 1, pos + at + 2, "unknown escape")
            wrong = True
            at += 1
            continue
        valid = "0123456789abcdefABCDEF"[: 22 if base == 16 else 8]
        end = first
        while end < first + digits and end < len(word) and word[end] in valid:
            end += 1
        if end < first + digits:
            if end < len(word):
                found = decode(_UNIT.match(word, end)[0])  # type: ignore[index]
                shown = "'\\''" if found == "'" else "'\\\\'" if found[0] == "\\" else f"'{found}'"
                error(pos + end, pos + end + 1, f"invalid character {shown} in {kind} escape")
            wrong = True
        else:
            value = int(word[first:end], base)
            if base == 8 and value > 255:
                error(pos + end, pos + end + 1, f"octal escape value {value} > 255")
                wrong = True
            elif ch in "uU" and (value > 0x10FFFF or 0xD800 <= value < 0xE000):
                error(pos + end, pos + end + 1, f"escape is invalid Unicode code point U+{value:04X}")
                wrong = True
        at = end


def _bad_character(text: str, start: int, pos: int, error: Callable[[int, int, str], None]) -> int:
    """Report what no token begins with (or an unterminated literal or comment); returns where to go on."""
    ch = text[start]
    newline = text.find("\n", start)
    end_of_line = len(text) if newline < 0 else newline
    if ch == '"' or ch == "'":
        what = "string" if ch == '"' else "rune literal"
        wrong = _escape_errors(text[start:end_of_line] + ("\n" if newline >= 0 else ""), ch, pos, error)
        if newline < 0:
            if ch == '"' or not wrong:
                error(pos, pos + 1, f"{what} not terminated")
        elif ch == '"' or not wrong:
            at = pos + end_of_line - start
            error(at, at + 1, f"newline in {what}")
        return end_of_line
    if ch == "`":
        error(pos, pos + 1, "string not terminated")
        return len(text)
    if text.startswith("/*", start):
        error(pos, pos + 2, "comment not terminated")
        return len(text)
    error(pos, pos + 1, f"invalid character {_unicode(ch)}")
    return start + 1
