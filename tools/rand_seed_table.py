# SPDX-License-Identifier: BSD-3-Clause
"""Write gotk/golib/src/math/rand/seedtable.go: what math/rand's generator mixes into every seed.

The generator is additive, x[n] = x[n-607] + x[n-273] modulo 2**64. Its table is defined as the state after 7.8e12 steps
from a seed of 1 filled in by the linear congruential generator 48271 x mod 2**31-1. Nobody need walk them: the state after N
steps is t**N modulo the characteristic polynomial t**607 - t**334 - 1, applied to the first state.

Usage: python tools/rand_seed_table.py [--check]
"""

from __future__ import annotations

import pathlib
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "gotk/golib/src/math/rand/seedtable.go"
LENGTH, TAP, STEPS = 607, 273, 7_800_000_000_000
MASK = (1 << 64) - 1
SLOT = 160  # bits per coefficient when a polynomial is packed into one integer: 607 * 2**128 fits


def lcg(x: int) -> int:
    """One step of the congruential generator."""
    return 48271 * x % (2**31 - 1)


def first_state() -> list[int]:
    """Return the vector that seed 1 gives."""
    x = 1
    for _ in range(20):
        x = lcg(x)
    state = []
    for _ in range(LENGTH):
        word = 0
        for shift in (20, 10, 0):
            x = lcg(x)
            word ^= x << shift
        state.append(word)
    return state


def multiply(a: list[int], b: list[int]) -> list[int]:
    """Multiply polynomials modulo t**607 - t**334 - 1, coefficients modulo 2**64."""
    pack = [sum_packed(p) for p in (a, b)]
    product = pack[0] * pack[1]
    raw = product.to_bytes((2 * LENGTH) * SLOT // 8, "little")
    step = SLOT // 8
    c = [int.from_bytes(raw[i * step : (i + 1) * step], "little") & MASK for i in range(2 * LENGTH - 1)]
    for i in range(2 * LENGTH - 2, LENGTH - 1, -1):
        c[i - LENGTH + (LENGTH - TAP)] = (c[i - TAP] + c[i]) & MASK
        c[i - LENGTH] = (c[i - LENGTH] + c[i]) & MASK
    return c[:LENGTH]


def sum_packed(p: list[int]) -> int:
    """Pack coefficients into one integer, SLOT bits each."""
    return int.from_bytes(b"".join(x.to_bytes(SLOT // 8, "little") for x in p), "little")


def power(n: int) -> list[int]:
    """Return t**n."""
    result = [1] + [0] * (LENGTH - 1)
    base = [0, 1] + [0] * (LENGTH - 2)
    while n:
        if n & 1:
            result = multiply(result, base)
        base = multiply(base, base)
        n >>= 1
    return result


def table() -> list[int]:
    """Return the generator's vector after STEPS steps."""
    # As a sequence: step n computes y[n] from the vector's feed and tap places, which walk downwards from 334 and 0.
    # Place p of the first vector holds y[-(…)]: feed meets places 333, 332, … 0, 606, … 334 in turn.
    state = first_state()
    order = [(LENGTH - TAP - 1 - i) % LENGTH for i in range(LENGTH)]
    y = [state[p] for p in order]  # y[0..606]; y[n+607] = y[n] + y[n+607-273]
    low = power(STEPS)
    window = []
    # y[STEPS] is the sum of low[k] * y[k]; the following ones come from shifting the starting window.
    y2 = y + [0] * LENGTH
    for n in range(LENGTH, 2 * LENGTH):
        y2[n] = (y2[n - LENGTH] + y2[n - TAP]) & MASK
    for i in range(LENGTH):
        window.append(sum(low[k] * y2[k + i] for k in range(LENGTH)) & MASK)
    out = [0] * LENGTH
    for i in range(LENGTH):
        out[order[(STEPS + i) % LENGTH]] = window[i]
    return out


def generate() -> str:
    """Return the text of seedtable.go."""
    rows = table()
    lines = [", ".join(f"0x{x:016x}" for x in rows[i : i + 4]) for i in range(0, LENGTH, 4)]
    body = "".join(f"\t{line},\n" for line in lines)
    return f"""// SPDX-License-Identifier: BSD-3-Clause

// The table that seeds are mixed with. Written by tools/rand_seed_table.py, which says what it is: do not edit.
package rand

var seedTable = [607]uint64{{
{body}}}
"""


def main() -> int:
    """Write the file, or with --check compare it."""
    text = generate()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text() == text else 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
