# SPDX-License-Identifier: BSD-3-Clause
"""Constants are rounded once, to nearest even, and spelled as LLVM reads them."""

from __future__ import annotations

import random
import struct
from fractions import Fraction

import pytest

from gotk.compiler.lower.module.constants import (
    byte_array,
    float32_const,
    float64_const,
    round_float32,
    round_float64,
)


def float32_neighbours(value: float) -> list[float]:
    bits = struct.unpack("<I", struct.pack("<f", value))[0]
    around = [bits - 1, bits, bits + 1] if bits else [0, 1]
    return [struct.unpack("<f", struct.pack("<I", b))[0] for b in around]


@pytest.mark.parametrize("seed", range(5))
def test_float32_is_the_nearest(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(300):
        exponent = rng.randint(-150, 120)
        exact = Fraction(rng.getrandbits(60) | 1) * Fraction(2) ** (exponent - 60)
        got = round_float32(exact)
        best = min(float32_neighbours(got), key=lambda f: abs(Fraction(f) - exact))
        assert abs(Fraction(got) - exact) <= abs(Fraction(best) - exact), f"seed {seed}: {exact}"


def test_float32_is_not_rounded_twice() -> None:
    # Just above the middle between two float32: as a float64 it is that middle, which would round to even, downwards.
    middle = Fraction(1) + Fraction(1, 1 << 24)
    exact = middle + Fraction(1, 1 << 60)
    assert float(exact) == float(middle)
    assert round_float32(exact) == 1 + 2.0**-23
    assert round_float32(middle) == 1.0


def test_limits() -> None:
    assert round_float32(Fraction(2) ** 128) == float("inf")
    assert round_float32((Fraction(2) - Fraction(1, 1 << 23)) * Fraction(2) ** 127) < float("inf")
    assert round_float32(-(Fraction(2) ** 200)) == float("-inf")
    assert round_float32(Fraction(1, 2**149)) == 2.0**-149
    assert round_float32(Fraction(1, 2**151)) == 0.0
    assert round_float64(10**400) == float("inf")
    assert round_float64(Fraction(1, 3)) == 1 / 3


def test_spelling() -> None:
    assert float64_const(1) == "0x3FF0000000000000"
    assert float32_const(Fraction(1, 10)) == "0x3FB99999A0000000"
    assert byte_array(b'a"\\\n\xff') == 'c"a\\22\\5C\\0A\\FF"'
