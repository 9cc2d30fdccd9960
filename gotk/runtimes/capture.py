# SPDX-License-Identifier: BSD-3-Clause
"""What a program printed, kept within bounds: the head and the tail of each stream, and how much
fell between.

A program may print gigabytes. Of each stream the first and the last `LIMIT` / 2 bytes are kept, the
rest is counted. Pieces carry a sequence number over both streams, so that the two can be shown in
the order in which they arrived.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Literal

__all__ = ["LIMIT", "Capture", "StreamName"]

StreamName = Literal["stdout", "stderr"]

# Bytes kept of one stream. A notebook shows far less; a test that compares output needs far less,
# too.
LIMIT = 64 << 20

# A tail is dropped piece by piece, so a piece must be small beside the limit.
_PIECE = 1 << 16


class _Stream:
    """One stream. Invariant: head pieces precede the dropped bytes, which precede the
    tail pieces.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.head: list[tuple[int, bytearray]] = []
        self.tail: deque[tuple[int, bytearray]] = deque()
        self.head_size = self.tail_size = self.dropped = 0

    def add(self, sequence: int, data: bytes) -> None:
        room = self.limit // 2 - self.head_size
        if room > 0 and not self.tail:
            part, data = data[:room], data[room:]
            self.head_size += len(part)
            self._append(self.head, sequence, part)
        if not data:
            return
        self.tail_size += len(data)
        for at in range(0, len(data), _PIECE):
            self._append(self.tail, sequence, data[at : at + _PIECE])
        while self.tail_size > self.limit // 2 and len(self.tail) > 1:
            _, old = self.tail.popleft()
            self.tail_size -= len(old)
            self.dropped += len(old)

    @staticmethod
    def _append(
        pieces: list[tuple[int, bytearray]] | deque[tuple[int, bytearray]],
        sequence: int,
        data: bytes,
    ) -> None:
        # Many tiny writes in a row become one piece, so memory stays near the text's own size.
        if pieces and pieces[-1][0] == sequence and len(pieces[-1][1]) + len(data) <= _PIECE:
            pieces[-1][1].extend(data)
        else:
            pieces.append((sequence, bytearray(data)))

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        for sequence, data in self.head:
            yield sequence, bytes(data)
        if self.dropped:
            sequence = self.tail[0][0] if self.tail else 0
            yield sequence, f"\n... {self.dropped:,} bytes left out ...\n".encode()
        for sequence, data in self.tail:
            yield sequence, bytes(data)


class Capture:
    """Both streams of one run. Not thread-safe: one loop fills it."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._streams = {"stdout": _Stream(limit), "stderr": _Stream(limit)}
        self._sequence = 0
        self._last: StreamName | None = None

    def add(self, stream: StreamName, data: bytes) -> None:
        """Take in what was read from a stream."""
        if stream != self._last:
            self._last = stream
            self._sequence += 1
        self._streams[stream].add(self._sequence, data)

    def stream(self, stream: StreamName) -> bytes:
        """What is kept of one stream; a line says how many bytes were left out."""
        return b"".join(data for _, data in self._streams[stream].pieces())

    def both(self) -> bytes:
        """Both streams in the order of arrival."""
        merged = [*self._streams["stdout"].pieces(), *self._streams["stderr"].pieces()]
        merged.sort(key=lambda piece: piece[0])
        return b"".join(data for _, data in merged)

    @property
    def total_bytes(self) -> int:
        """Bytes that arrived, kept or not."""
        return sum(s.head_size + s.tail_size + s.dropped for s in self._streams.values())

    @property
    def dropped_bytes(self) -> int:
        """Bytes that were left out."""
        return sum(s.dropped for s in self._streams.values())
