# SPDX-License-Identifier: BSD-3-Clause
"""Go constants as LLVM constants, correctly rounded."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import Any

from gotk.compiler.types.model import ConstComplex

_DOUBLE = struct.Struct("<d")
_BITS = struct.Struct("<Q")


def round_float64(value: Any) -> float:
    """Nearest float64 of an exact number (ties to even); beyond the range, an infinity."""
    if type(value) is float:
        return value
    try:
        return float(value)  # int and Fraction divide exactly rounded
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def round_float32(value: Any) -> float:
    """Nearest float32 of an exact number, as a Python float.

    Rounding to float64 first may land on the middle between two float32 and then round the wrong way; the exact value decides."""
    exact = Fraction(value)
    if exact == 0:
        return 0.0
    sign = -1 if exact < 0 else 1
    magnitude = abs(exact)
    # Exponent e with 2**e <= magnitude < 2**(e+1)
    e = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
    if magnitude < Fraction(2) ** e:
        e -= 1
    quantum = Fraction(2) ** (max(e, -126) - 23)
    units = round(magnitude / quantum)  # Fraction's round is ties-to-even
    result = units * quantum
    if result >= Fraction(2) ** 128:
        return sign * float("inf")
    return sign * float(result)


def float_bits(value: float) -> str:
    """LLVM's hexadecimal spelling of a double (also used for float constants that are exact in single precision)."""
    return f"0x{_BITS.unpack(_DOUBLE.pack(value))[0]:016X}"


def float64_const(value: Any) -> str:
    return float_bits(round_float64(value))


def float32_const(value: Any) -> str:
    return float_bits(round_float32(value))


def complex_parts(value: Any) -> tuple[Any, Any]:
    """Exact real and imaginary part of a constant of complex type."""
    return (value.re, value.im) if isinstance(value, ConstComplex) else (value, 0)


def byte_array(data: bytes) -> str:
    """``c"…"`` literal."""
    out: list[str] = []
    for byte in data:
        out.append(chr(byte) if 0x20 <= byte < 0x7F and byte != 0x22 and byte != 0x5C else f"\\{byte:02X}")
    return 'c"' + "".join(out) + '"'
