# SPDX-License-Identifier: BSD-3-Clause
"""The committed table: file, kind, outcome, reason; sorted by kind and file, without times, so that a difference is a change of behaviour."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from conformance.outcome import Outcome

TABLE = Path(__file__).with_name("conformance.csv")
COLUMNS = ("file", "kind", "outcome", "reason")

#: (kind, file) -> outcome
Rows = dict[tuple[str, str], Outcome]


def read(path: Path = TABLE) -> Rows:
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        return {(row["kind"], row["file"]): Outcome(row["outcome"], row["reason"]) for row in csv.DictReader(file)}


def write(rows: Rows, path: Path = TABLE) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for (kind, name), found in sorted(rows.items()):
            writer.writerow((name, kind, found.outcome, found.reason))


def changes(before: Rows, after: Rows) -> Iterable[str]:
    """Lines that say which files ended differently than last time."""
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.outcome != new.outcome:
            yield f"{key[1]}: {old.outcome} -> {new.outcome}  {new.reason}"
