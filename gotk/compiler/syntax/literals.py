# SPDX-License-Identifier: BSD-3-Clause
"""Values of literals as the spec writes them (chapter "Lexical elements"). The lexer has checked their form."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from gotk.compiler.syntax.bigfloat import SMALL, scaled

_ESCAPE = re.compile(rb"\\(?:([abfnrtv\\'\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_SIMPLE = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
    b"\\": b"\\",
    b"'": b"'",
    b'"': b'"',
}


def _unescape(match: re.Match[bytes]) -> bytes:
    simple, octal, hexa, u4, u8 = match.groups()
    if simple is not None:
        return _SIMPLE[simple]
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    if hexa is not None:
        return bytes([int(hexa, 16)])
    return encode_rune(int(u4 or u8, 16))


def encode_rune(value: int) -> bytes:
    """UTF-8 of a code point; surrogates and values out of range become U+FFFD, as in Go."""
    if value < 0 or value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        value = 0xFFFD
    return chr(value).encode("utf-8")


def string_value(lit: str) -> bytes:
    """Bytes of a string literal, interpreted or raw."""
    raw = lit[1:-1].encode("utf-8", "surrogateescape")
    if lit[0] == "`" or b"\\" not in raw:
        return raw
    return _ESCAPE.sub(_unescape, raw)


def char_value(lit: str) -> int:
    """Code point (or byte value, for octal and hex escapes) of a rune literal."""
    body = lit[1:-1]
    if body[0] != "\\":
        return ord(body)
    if body[1] in "xuU":
        return int(body[2:], 16)
    if body[1] in "01234567":
        return int(body[1:], 8)
    return _SIMPLE[body[1].encode()][0]


def int_value(lit: str) -> int:
    """Value of an integer literal (any base)."""
    text = lit.replace("_", "")
    if len(text) > 1 and text[0] == "0" and text[1].isdigit():
        return int(text, 8)
    return int(text, 0) if text[:1] == "0" else _decimal(text)


def _decimal(digits: str) -> int:
    """``int(digits)`` in pieces: Python refuses more than 4300 digits at once."""
    if len(digits) <= 4000:
        return int(digits)
    half = len(digits) // 2
    return _decimal(digits[:half]) * 10 ** (len(digits) - half) + _decimal(digits[half:])


def float_value(lit: str) -> Any:
    """Value of a floating-point literal, decimal or hexadecimal: exact as Fraction, a BigFloat if its exponent is large. Raises OverflowError."""
    text = lit.replace("_", "").lower()
    base, mark, digit_bits = (16, "p", 4) if text.startswith("0x") else (10, "e", 0)
    if base == 16:
        text = text[2:]
    mantissa, _, exponent = text.partition(mark)
    whole, _, frac = mantissa.partition(".")
    exp = _decimal(exponent.lstrip("+-") or "0") * (-1 if exponent.startswith("-") else 1)
    digits = whole + frac or "0"
    value = int(digits, 16) if base == 16 else _decimal(digits)
    exp -= digit_bits * len(frac) if base == 16 else len(frac)
    power = 2 if base == 16 else 10
    bits = value.bit_length() + (exp if base == 16 else exp * 10 // 3)
    if -SMALL < bits < SMALL and abs(exp) < 20_000:
        return value * Fraction(power) ** exp
    return scaled(value, power, exp)


def imag_value(lit: str) -> Any:
    """The imaginary part of ``2i``, ``0x1p3i``; ``0123i`` is decimal for historical reasons."""
    text = lit[:-1]
    lower = text.lower()
    if lower.startswith(("0x", "0b", "0o")):
        if lower.startswith("0x") and ("." in text or "p" in lower):
            return float_value(text)
        return Fraction(int_value(text))
    return float_value(text)
