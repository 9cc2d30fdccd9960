# SPDX-License-Identifier: BSD-3-Clause
"""Constant values: exact arithmetic, representability in a type, and how messages print them (Go spec, "Constants").

A value is bool, bytes (strings), int, Fraction (BigFloat if its exponent is large) or ConstComplex; numeric values of one operand have the Python type that its Go type asks for
(`normalize`). Untyped arithmetic is exact, except that integers beyond 512 bits are errors and floats of large exponents are rounded, as in Go's compiler.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from typing import Any

from gotk.compiler.syntax.bigfloat import BigFloat, rounded
from gotk.compiler.types.model import ConstComplex
from gotk.compiler.types.predicates import (
    BOOLEAN_KINDS,
    COMPLEX_KINDS,
    FLOAT_KINDS,
    INTEGER_KINDS,
    STRING_KINDS,
)
from gotk.compiler.types.typestring import quote

MAX_BITS = 512  # of untyped integers
MAX_STRING = 1 << 26  # bytes; a string that doubles in each line of source must end somewhere
MAX_SHIFT = 1023 - 1 + 52  # largest constant shift count that Go's compiler takes

INT_RANGE: dict[str, tuple[int, int]] = {
    "int8": (-(1 << 7), (1 << 7) - 1),
    "int16": (-(1 << 15), (1 << 15) - 1),
    "int32": (-(1 << 31), (1 << 31) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "uint8": (0, (1 << 8) - 1),
    "uint16": (0, (1 << 16) - 1),
    "uint32": (0, (1 << 32) - 1),
    "uint64": (0, (1 << 64) - 1),
}
INT_RANGE["int"] = INT_RANGE["int64"]
INT_RANGE["uint"] = INT_RANGE["uintptr"] = INT_RANGE["uint64"]
INT_BITS = {k: (hi - lo).bit_length() for k, (lo, hi) in INT_RANGE.items()}


def to_int(v: Any) -> int | None:
    """`v` as an integer, None if it has a fractional or imaginary part (or is no number)."""
    k = type(v)
    if k is int:
        return v
    if k is Fraction:
        return v.numerator if v.denominator == 1 else None
    if k is ConstComplex:
        return to_int(v.re) if v.im == 0 else None
    return None


def to_float(v: Any) -> Fraction | None:
    k = type(v)
    if k is Fraction or k is BigFloat:
        return v
    if k is int:
        return Fraction(v)
    if k is ConstComplex:
        return v.re if v.im == 0 else None
    return None


def to_complex(v: Any) -> ConstComplex | None:
    if type(v) is ConstComplex:
        return v
    f = to_float(v)
    return None if f is None else ConstComplex(f, Fraction(0))


def round_to(value: Fraction, mantissa_bits: int, min_exp: int, max_exp: int) -> Fraction | None:
    """`value` rounded to nearest even in binary floating point; None on overflow.

    `mantissa_bits` counts the implicit bit; `min_exp` is the exponent of the smallest denormal, `max_exp` the largest of the leading bit."""
    if value == 0:
        return value
    sign = -1 if value < 0 else 1
    n, d = abs(value.numerator), value.denominator
    exp = n.bit_length() - d.bit_length()
    if (n << -exp if exp < 0 else n) < (d << exp if exp > 0 else d):
        exp -= 1  # now 2**exp <= |value| < 2**(exp+1)
    unit = max(exp - mantissa_bits + 1, min_exp)  # exponent of the last place
    if unit >= 0:
        d <<= unit
    else:
        n <<= -unit
    q, r = divmod(n, d)
    if 2 * r > d or (2 * r == d and q & 1):
        q += 1
    if q.bit_length() + unit - 1 > max_exp:
        return None
    return sign * (Fraction(q << unit) if unit >= 0 else Fraction(q, 1 << -unit))


def round32(v: Fraction) -> Fraction | None:
    if type(v) is BigFloat:
        return None if v.magnitude > 0 else Fraction(0)
    return round_to(v, 24, -149, 127)


def round64(v: Fraction) -> Fraction | None:
    if type(v) is BigFloat:
        return None if v.magnitude > 0 else Fraction(0)
    n, d = v.numerator, v.denominator
    if d == 1 and -(1 << 53) <= n <= (1 << 53):
        return v
    return round_to(v, 53, -1074, 1023)


def represent(v: Any, kind: str) -> Any:
    """`v` as a value of the basic kind, rounded if that is a float kind; None if it is not representable."""
    if kind in INTEGER_KINDS:
        i = to_int(v)
        if i is None:
            return None
        bounds = INT_RANGE.get(kind)
        if bounds is not None and not bounds[0] <= i <= bounds[1]:
            return None
        return i
    if kind in FLOAT_KINDS:
        f = to_float(v)
        if f is None:
            return None
        if kind == "float64":
            return round64(f)
        if kind == "float32":
            return round32(f)
        return f
    if kind in COMPLEX_KINDS:
        c = to_complex(v)
        if c is None:
            return None
        if kind == "untyped complex":
            return c
        rounding = round32 if kind == "complex64" else round64
        re, im = rounding(c.re), rounding(c.im)
        return None if re is None or im is None else ConstComplex(re, im)
    if kind in STRING_KINDS:
        return v if type(v) is bytes else None
    if kind in BOOLEAN_KINDS:
        return v if type(v) is bool else None
    return None


def normalize(v: Any, kind: str) -> Any:
    """A number as the Python type for this kind, without rounding or range check; other values unchanged."""
    if kind in INTEGER_KINDS:
        i = to_int(v)
        return v if i is None else i
    if kind in FLOAT_KINDS:
        f = to_float(v)
        return v if f is None else f
    if kind in COMPLEX_KINDS:
        c = to_complex(v)
        return v if c is None else c
    return v


def _match(x: Any, y: Any) -> tuple[Any, Any]:
    kx, ky = type(x), type(y)
    if kx is ky:
        return x, y
    if kx is ConstComplex or ky is ConstComplex:
        return to_complex(x), to_complex(y)
    if kx is not int or ky is not int:
        return to_float(x), to_float(y)
    return x, y


_COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(op: str, x: Any, y: Any) -> bool:
    x, y = _match(x, y)
    return bool(_COMPARE[op](x, y))


def unary(op: str, v: Any, kind: str) -> Any:
    """``op v`` for a value of this kind (not rounded or checked)."""
    if op == "!":
        return not v
    if op == "+":
        return v
    if op == "-":
        return ConstComplex(-v.re, -v.im) if type(v) is ConstComplex else -v
    if op == "^":
        i = to_int(v)
        assert i is not None
        if kind in INT_BITS and INT_RANGE[kind][0] == 0:
            return i ^ INT_RANGE[kind][1]
        return ~i
    raise AssertionError(op)


def binary(op: str, x: Any, y: Any, integer: bool) -> Any:
    """``x op y``; `integer`: division truncates. y is not zero for ``/`` and ``%``."""
    x, y = _match(x, y)
    k = type(x)
    if k is bool:
        return (x and y) if op == "&&" else (x or y)
    if k is bytes:
        if len(x) + len(y) > MAX_STRING:
            raise OverflowError("constant string too long (gotk's limit is 64 MB)")
        return x + y
    if k is ConstComplex:
        return _complex_op(op, x, y)
    if op == "+":
        return x + y
    if op == "-":
        return x - y
    if op == "*":
        return x * y
    if op == "/":
        if k is int:
            if not integer:
                return Fraction(x, y)
            q = abs(x) // abs(y)
            return q if (x < 0) == (y < 0) else -q
        return x / y
    if op == "%":
        r = abs(x) % abs(y)
        return -r if x < 0 else r
    if op == "&":
        return x & y
    if op == "|":
        return x | y
    if op == "^":
        return x ^ y
    if op == "&^":
        return x & ~y
    raise AssertionError(op)


def _complex_op(op: str, x: ConstComplex, y: ConstComplex) -> ConstComplex:
    a, b, c, d = x.re, x.im, y.re, y.im
    if op == "+":
        return ConstComplex(a + c, b + d)
    if op == "-":
        return ConstComplex(a - c, b - d)
    if op == "*":
        return ConstComplex(a * c - b * d, b * c + a * d)
    s = c * c + d * d
    return ConstComplex((a * c + b * d) / s, (b * c - a * d) / s)


def is_zero(v: Any) -> bool:
    if type(v) is ConstComplex:
        return v.re == 0 and v.im == 0
    return type(v) is not bytes and v == 0


def is_zero_divisor(v: Any, complex_: bool) -> bool:
    """Of a complex division the divisor counts as zero if its parts' squares are."""
    v = to_complex(v) if complex_ else v
    if type(v) is ConstComplex:
        try:
            return bool(v.re * v.re == 0 and v.im * v.im == 0)
        except OverflowError:
            return False
    return is_zero(v)


def sign(v: Any) -> int:
    return (v > 0) - (v < 0) if type(v) is not ConstComplex else int(not is_zero(v))


_MAX_STRING = 72  # characters of a string constant that messages show


def format_const(v: Any) -> str:
    """As messages print it: short strings quoted, floats with six digits."""
    k = type(v)
    if k is bool:
        return "true" if v else "false"
    if k is bytes:
        text = quote(v)
        if len(text) > _MAX_STRING:
            text = text[: _MAX_STRING - 3] + "..."
        return text
    if k is int:
        return str(v) if v.bit_length() < 10000 else _format_float(rounded(v, 0))
    if k is Fraction or k is BigFloat:
        return _format_float(v)
    if k is ConstComplex:
        return f"({_format_float(v.re)} + {_format_float(v.im)}i)"
    return "unknown"


def _format_float(v: Any) -> str:
    if type(v) is BigFloat:
        return _beyond_float64(v.mantissa, v.exponent)
    try:
        f = float(v)
    except OverflowError:
        f = 0.0
    if f == 0 and v != 0:
        bits = v.numerator.bit_length() - v.denominator.bit_length()
        shift = 64 - bits
        return _beyond_float64(int(v * Fraction(2) ** shift), -shift)
    text = f"{f:.6g}"
    if v.denominator != 1 and "." not in text:
        return repr(f)  # more digits, so that it does not look like an integer
    return text


def _beyond_float64(mantissa: int, exponent: int) -> str:
    """Decimal mantissa and exponent of ``mantissa * 2**exponent``, by logarithms."""
    bits = abs(mantissa).bit_length()
    m = float(Fraction(mantissa, 1 << bits))
    d = (exponent + bits) * (math.log(2) / math.log(10))
    e = int(d)
    m *= 10 ** (d - e)
    if abs(m) < 1 - 0.5e-6:
        m *= 10
        e -= 1
    elif abs(m) >= 10:
        m /= 10
        e += 1
    return f"{m:.6g}e{e:+d}"
