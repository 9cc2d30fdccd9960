# SPDX-License-Identifier: BSD-3-Clause
"""Records as the Go side writes them: cut off anywhere, of all kinds, in any order, over
several files.
"""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gotk.errors import UsageError
from gotk.frames import records_frame
from gotk.runtimes import iodir
from gotk.runtimes.iodir import IoDirectory

Value = int | float | str


class Writer:
    """Does what records.go does."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.data = b""

    def entry(self, ident: int, kind: int, bits: bytes, t: int, text: bytes = b"") -> None:
        self.data += struct.pack("<II", ident, kind) + bits + struct.pack("<q", t) + text
        self.data += b"\0" * (-len(text) % 8)

    def record(self, name: str, value: Value, t: int) -> None:
        if name not in self.names:
            self.names[name] = len(self.names)
            raw = name.encode()
            self.entry(self.names[name], 5, struct.pack("<Q", len(raw)), t, raw)
        ident = self.names[name]
        if isinstance(value, str):
            raw = value.encode()
            self.entry(ident, 4, struct.pack("<Q", len(raw)), t, raw)
        elif isinstance(value, float):
            self.entry(ident, 3, struct.pack("<d", value), t)
        elif value >= 1 << 63:
            self.entry(ident, 2, struct.pack("<Q", value), t)
        else:
            self.entry(ident, 1, struct.pack("<q", value), t)


def write(folder: str, data: bytes, number: int = 0, used: int | None = None) -> None:
    header = struct.pack("<QQ", len(data) if used is None else used, 0)
    Path(folder, f"records.{number}").write_bytes(header + data + b"\0" * 100)


values = st.one_of(
    st.integers(-(1 << 63), (1 << 64) - 1), st.floats(allow_nan=False), st.text(max_size=20)
)
rows = st.lists(st.tuples(st.sampled_from(["a", "é", "long name"]), values), max_size=30)


@settings(deadline=None)
@given(first=rows, second=rows, window=st.sampled_from([1, 3, 4096]))
def test_what_was_written_is_read(
    first: list[tuple[str, Value]], second: list[tuple[str, Value]], window: int
) -> None:
    before = iodir._WINDOW
    iodir._WINDOW = window
    try:
        with IoDirectory() as io:
            writer = Writer()
            expected = []
            for number, part in enumerate((first, second)):
                for name, value in part:
                    writer.record(name, value, len(expected))
                    expected.append((len(expected), name, value, len(expected)))
                write(io.path, writer.data, number)
                writer.data = b""
            columns = io.records().columns
    finally:
        iodir._WINDOW = before
    listed = [c.tolist() if hasattr(c, "tolist") else list(c) for c in columns.values()]
    assert list(zip(*listed, strict=True)) == expected
    assert [type(v) for v in listed[2]] == [type(row[2]) for row in expected]


def test_records_that_were_cut_off_give_what_is_there() -> None:
    writer = Writer()
    for n in range(5):
        writer.record("a", n, n)
    with IoDirectory() as io:
        for size in range(len(writer.data)):
            write(io.path, writer.data[:size], used=size)
            found = list(io.records().columns["value"])
            assert found == list(range(len(found)))
        Path(io.path, "records.0").write_bytes(b"\0" * 7)
        assert len(io.records().columns["value"]) == 0


def test_a_million_numbers_are_read_at_once() -> None:
    writer = Writer()
    writer.record("a", 1.5, 0)
    one = writer.data[-24:]
    with IoDirectory() as io:
        write(io.path, writer.data + one * 999_999)
        frame = records_frame(io.records(), "r")
    assert len(frame) == 1_000_000 and frame["value"].sum() == 1_500_000
    assert list(frame["name"].cat.categories) == ["a"]


def test_the_directory_goes_with_its_block() -> None:
    with IoDirectory() as io:
        path = Path(io.path)
        assert path.is_dir()
    assert not path.exists()


def test_inputs_that_do_not_fit_are_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        name = "in_x.bin"

        class array:
            nbytes = 8

        def write(self, directory: str) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match="could not be written: No space left"):
        IoDirectory([Full()])  # type: ignore[list-item]
