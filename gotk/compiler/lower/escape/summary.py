# SPDX-License-Identifier: BSD-3-Clause
"""What callers know of a function: how its parameters leak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Summary:
    """``leaks[i]``: of parameter i (receiver first) the least loads after which its value reaches the heap (key -1) or result k (key k).

    An empty dict: the parameter does not outlive the call."""

    leaks: list[dict[int, int]]

    def pack(self) -> list[list[int]]:
        """Plain lists, for the package's entry in the cache."""
        return [[n for item in sorted(leak.items()) for n in item] for leak in self.leaks]

    @staticmethod
    def unpack(rows: list[list[int]]) -> Summary:
        return Summary([dict(zip(row[::2], row[1::2], strict=True)) for row in rows])

    @property
    def says_nothing(self) -> bool:
        """Every parameter leaks as it is: what callers assume anyway."""
        return all(leak.get(-1) == 0 for leak in self.leaks)
