# SPDX-License-Identifier: BSD-3-Clause
"""Results of Go benchmarks, read from what a program printed: lines of the Go benchmark format (golang.org/design/14313-benchmark-format),
which package testing writes on every runtime and benchstat reads.

    BenchmarkName/sub=1-8   1000   123.4 ns/op   2.50 MB/s   16 B/op   1 allocs/op
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["column_of", "parse_benchmarks"]

# The number of iterations, then pairs of a number and a unit.
_LINE = re.compile(r"^(Benchmark\S*)[ \t]+(\d+)((?:[ \t]+[-+.\w]+[ \t]+[^\s]+)+)[ \t]*\r?$", re.M)
_PROCS = re.compile(r"-(\d+)$")
_COLUMNS = {"ns/op": "ns_per_op", "B/op": "bytes_per_op", "allocs/op": "allocs_per_op"}


def column_of(unit: str) -> str:
    """The column for a metric of this unit: ``MB/s`` is MB_per_s."""
    return _COLUMNS.get(unit) or unit.replace("/", "_per_")


def parse_benchmarks(text: str, *, suffixed: bool = True) -> list[dict[str, Any]]:
    """A row for each result, in order: name, procs, n, and the metrics by column.

    Package testing appends ``-N`` for GOMAXPROCS, unless that is 1. If it was 1 throughout, say `suffixed` False: then what looks like it
    belongs to the name."""
    rows: list[dict[str, Any]] = []
    for line in _LINE.finditer(text):
        name, procs = line[1], 1
        found = _PROCS.search(name) if suffixed else None
        if found is not None:
            name, procs = name[: found.start()], int(found[1])
        row: dict[str, Any] = {"name": name, "procs": procs, "n": int(line[2])}
        fields = line[3].split()
        try:
            for value, unit in zip(fields[::2], fields[1::2], strict=True):
                row[column_of(unit)] = float(value)
        except ValueError:
            continue  # something else that begins like a result
        rows.append(row)
    return rows
