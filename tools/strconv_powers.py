# SPDX-License-Identifier: BSD-3-Clause
"""Write gotk/golib/src/strconv/pow10.go: 128-bit powers of ten, from exact integers.

Usage: python tools/strconv_powers.py [--check]
"""

from __future__ import annotations

import pathlib
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "gotk/golib/src/strconv/pow10.go"
LOW, HIGH = -348, 347


def mantissa(q: int) -> int:
    """Return the 128 most significant bits of 10**q, truncated."""
    if q >= 0:
        value = 10**q
        excess = value.bit_length() - 128
        return value >> excess if excess > 0 else value << -excess
    divisor = 10**-q
    m = (1 << (divisor.bit_length() + 127)) // divisor
    return m >> 1 if m >> 128 else m


def generate() -> str:
    """Return the text of pow10.go."""
    head = f"""// SPDX-License-Identifier: BSD-3-Clause

// Powers of ten. Written by tools/strconv_powers.py: do not edit.
package strconv

const (
	minPow10 = {LOW}
	maxPow10 = {HIGH}
)

// pow10tab holds, for q from minPow10 to maxPow10, the 128 most significant bits of 10**q
// truncated: two words each, high and low, the top bit set. So, with a fraction r,
// 10**q = (hi<<64 + lo + r) * 2**(floor(q*log2(10)) - 127), 0 <= r < 1.
var pow10tab = [...]uint64{{
"""
    rows = []
    for q in range(LOW, HIGH + 1):
        m = mantissa(q)
        rows.append(f"\t0x{m >> 64:016x}, 0x{m & (1 << 64) - 1:016x}, // 1e{q}\n")
    return head + "".join(rows) + "}\n"


def main() -> int:
    """Write the file, or with --check compare it."""
    text = generate()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text() == text else 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
