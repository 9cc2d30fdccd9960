# SPDX-License-Identifier: BSD-3-Clause
"""Reads the report that gotk-run leaves at the end of a run (docs/architecture.md, section 1:
GOTKRPT1).

Layout: 8 bytes magic, u64 LE length of the JSON header, the header, then the tables' columns as raw
little-endian arrays at the offsets that the header names (counted from the end of the header). A
run that was killed may leave none or half of one; then what can be read is returned.
"""

from __future__ import annotations

import functools
import json
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gotk.runtimes.base import Table

__all__ = ["Report", "parse_report", "state_names", "wait_reasons"]

_MAGIC = b"GOTKRPT1"
_STATES = Path(__file__).resolve().parent.parent / "native" / "abi" / "states.def"

# Columns whose numbers are indices into the report's strings.
_STRING_COLUMNS = ("creator", "name")


@dataclass
class Report:
    """The report: `metrics` by name; how the program ended (`kind`: exit, panic, fatal,
    signal); `tables` by
    name; the median size of its goroutines' stacks.
    """

    metrics: dict[str, int] = field(default_factory=dict)
    runtime_metrics: dict[str, float] = field(default_factory=dict)
    kind: str = ""
    message: str = ""
    traces: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    typical_stack: int | None = None


def parse_report(data: bytes, place: Callable[[str], str] = str) -> Report | None:
    """The report in `data`, None if there is none; `place` translates a ``file:line`` of
    the made file.
    """
    if data[:8] != _MAGIC or len(data) < 16:
        return None
    size = struct.unpack_from("<Q", data, 8)[0]
    try:
        header = json.loads(data[16 : 16 + size])
    except ValueError:
        return None
    report = Report()
    for name, value in header.get("metrics", {}).items():
        if name.startswith("/"):
            report.runtime_metrics[name] = float(value)
        elif value is not None:
            report.metrics[name] = round(value)
    ended = header.get("exit", {})
    report.kind = ended.get("kind", "")
    report.message = ended.get("message", "") or ""
    report.traces = ended.get("traces", "") or ""
    strings = header.get("strings", [])
    for name, table in header.get("tables", {}).items():
        parsed = _parse_table(table, memoryview(data)[16 + size :], strings, place)
        if parsed is not None:
            report.tables[name] = parsed
            if name == "goroutines":
                report.typical_stack = _typical_stack(table, memoryview(data)[16 + size :])
    return report


def _parse_table(
    table: dict[str, Any], raw: memoryview, strings: list[str], place: Callable[[str], str]
) -> Table | None:
    """The table, None if the report was cut off within it."""
    rows = table["rows"]
    for column in table["columns"].values():
        if column["offset"] + rows * _size_of(column["dtype"]) > len(raw):
            return None

    def make() -> dict[str, Any]:
        import numpy as np

        columns: dict[str, Any] = {}
        for name, column in table["columns"].items():
            dtype = np.dtype(column["dtype"]).newbyteorder("<")
            values = np.frombuffer(raw, dtype, rows, column["offset"]).copy()
            if name in _STRING_COLUMNS:
                texts = strings
                if name == "creator":  # "?:0" is a place that nothing is known of
                    texts = ["" if text.startswith("?") else place(text) for text in strings]
                columns[name] = _texts(values, texts)
            elif "categories" in column:
                columns[name] = _texts(values, column["categories"])
            elif name == "state":
                columns[name] = _texts(values, state_names())
            elif name == "wait_reason":
                columns[name] = _texts(values, wait_reasons())
            else:
                columns[name] = values
        return columns

    return Table(make=make)


def _typical_stack(table: dict[str, Any], raw: memoryview) -> int | None:
    """The median of the table's stack sizes (of the first ten thousand rows), without numpy."""
    column = table["columns"].get("stack_bytes")
    rows = min(table["rows"], 10_000)
    if column is None or not rows or column["dtype"] != "int64":
        return None
    sizes = sorted(struct.unpack_from(f"<{rows}q", raw, column["offset"]))
    return int(sizes[rows // 2])


def _size_of(dtype: str) -> int:
    """Bytes of a numpy dtype's name, as ``int64`` or ``uint8``."""
    return int("".join(char for char in dtype if char.isdigit())) // 8


def _texts(codes: Any, texts: list[str] | tuple[str, ...]) -> Any:
    """The texts that `codes` number; None for a code out of range and for an empty text."""
    import numpy as np

    known = np.array([*(text or None for text in texts), None], dtype=object)
    codes = codes.astype(np.int64)
    return known[np.where((codes >= 0) & (codes < len(texts)), codes, len(texts))]


@functools.cache
def _states_text() -> str:
    return _STATES.read_text(encoding="utf-8")


@functools.cache
def state_names() -> tuple[str, ...]:
    """States of a goroutine by code."""
    return _names("STATE")


@functools.cache
def wait_reasons() -> tuple[str, ...]:
    """Wait reasons by code, in the words of Go's traces; '' for none."""
    return _names("REASON")


def _names(macro: str) -> tuple[str, ...]:
    found = re.findall(rf'^{macro}\((\d+),\s*\w+,\s*"([^"]*)"\)', _states_text(), re.MULTILINE)
    names = [""] * (1 + max((int(code) for code, _ in found), default=-1))
    for code, text in found:
        names[int(code)] = text
    return tuple(names)
