# SPDX-License-Identifier: BSD-3-Clause
"""Floating-point constants of any magnitude with 512 bits of precision, as the Go compiler keeps those that are no small fractions.

Exact fractions serve for all that has an exponent below `SMALL` (in bits); beyond it a fraction would need as many bits as its exponent says,
and ``1e1000000000`` is one line of source. Arithmetic gives a `Fraction` again when the result is small, 0 when it is below all exponents, and
raises `OverflowError` above them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

PRECISION = 512
SMALL = 4096
_LIMIT = 1 << 31  # of the exponent, as in Go's math/big


class BigFloat:
    """``mantissa * 2**exponent``; never zero."""

    __slots__ = ("exponent", "mantissa")

    def __init__(self, mantissa: int, exponent: int) -> None:
        self.mantissa, self.exponent = mantissa, exponent

    @property
    def magnitude(self) -> int:
        """Exponent of the number written as 0.1… in binary."""
        return self.exponent + abs(self.mantissa).bit_length()

    def __add__(self, other: Any) -> Any:
        y = _parts(other)
        if y is None:
            return NotImplemented
        (m, e), (n, f) = (self.mantissa, self.exponent), y
        if n == 0:
            return self
        if e < f:
            m, e, n, f = n, f, m, e
        if e + abs(m).bit_length() - (f + abs(n).bit_length()) > 2 * PRECISION:
            return rounded(m, e)  # the smaller one does not reach the digits of the larger
        return rounded((m << (e - f)) + n, f)

    __radd__ = __add__

    def __neg__(self) -> BigFloat:
        return BigFloat(-self.mantissa, self.exponent)

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        y = _parts(other)
        return NotImplemented if y is None else rounded(self.mantissa * y[0], self.exponent + y[1])

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        y = _parts(other)
        return NotImplemented if y is None else _quotient((self.mantissa, self.exponent), y)

    def __rtruediv__(self, other: Any) -> Any:
        y = _parts(other)
        return NotImplemented if y is None else _quotient(y, (self.mantissa, self.exponent))

    def _sign_of_difference(self, other: Any) -> int:
        d = self - other
        if isinstance(d, BigFloat):
            d = d.mantissa
        return (d > 0) - (d < 0)

    def __eq__(self, other: object) -> bool:
        return _parts(other) is not None and self._sign_of_difference(other) == 0

    def __hash__(self) -> int:
        return hash((self.mantissa, self.exponent))

    def __lt__(self, other: Any) -> bool:
        return self._sign_of_difference(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._sign_of_difference(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._sign_of_difference(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._sign_of_difference(other) >= 0


def _parts(v: Any) -> tuple[int, int] | None:
    """Mantissa and exponent of a number, rounded to the precision."""
    if isinstance(v, BigFloat):
        return v.mantissa, v.exponent
    if isinstance(v, int):
        return v, 0
    if isinstance(v, Fraction):
        if v == 0:
            return 0, 0
        shift = 2 * PRECISION + v.denominator.bit_length() - abs(v.numerator).bit_length()
        return ((v.numerator << shift) // v.denominator, -shift) if shift > 0 else (v.numerator // (v.denominator << -shift), -shift)
    return None


def _quotient(x: tuple[int, int], y: tuple[int, int]) -> Any:
    (m, e), (n, f) = x, y
    if n == 0:
        raise ZeroDivisionError
    shift = max(0, 2 * PRECISION + abs(n).bit_length() - abs(m).bit_length())
    return rounded((m << shift) // n, e - f - shift)


def rounded(mantissa: int, exponent: int) -> Any:
    """The number as BigFloat, or as Fraction if it is small. Raises OverflowError beyond all exponents."""
    if mantissa == 0:
        return Fraction(0)
    excess = abs(mantissa).bit_length() - PRECISION
    if excess > 0:
        half = 1 << (excess - 1)
        mantissa = (mantissa + half >> excess) if mantissa > 0 else -(-mantissa + half >> excess)
        exponent += excess
    magnitude = exponent + abs(mantissa).bit_length()
    if magnitude > _LIMIT - 1:
        raise OverflowError("constant result is not representable")
    if magnitude < -_LIMIT:
        return Fraction(0)
    if -SMALL < magnitude < SMALL:
        return mantissa * Fraction(2) ** exponent
    return BigFloat(mantissa, exponent)


def scaled(mantissa: int, base: int, exponent: int) -> Any:
    """``mantissa * base**exponent`` for an exponent of any size. Raises OverflowError if there is no such number."""
    if mantissa == 0:
        return Fraction(0)
    if abs(exponent) > _LIMIT:
        raise OverflowError("exponent out of range")
    # Square and multiply with 128 more bits than are kept.
    keep = PRECISION + 128
    m, e = 1, 0
    power, shift = base, 0
    left = abs(exponent)
    while left:
        if left & 1:
            m, e = _cut(m * power, e + shift, keep)
        power, shift = _cut(power * power, 2 * shift, keep)
        left >>= 1
    if exponent < 0:
        return _quotient((mantissa, 0), (m, e))
    return rounded(mantissa * m, e)


def _cut(mantissa: int, exponent: int, bits: int) -> tuple[int, int]:
    excess = mantissa.bit_length() - bits
    return (mantissa >> excess, exponent + excess) if excess > 0 else (mantissa, exponent)
