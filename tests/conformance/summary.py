# SPDX-License-Identifier: BSD-3-Clause
"""docs/conformance.md, written from the table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from conformance.outcome import OUTCOMES
from conformance.table import Rows

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"

#: folders of which every file must pass
WHOLE = ("ken/", "chan/", "interface/")

_HEAD = """# Conformance with Go's own test suite

`make conformance` runs the Go project's test suite (Debian's `golang-1.19-src`) against gotk and writes this page and
[the table of all files](../tests/conformance/conformance.csv). The suite is older than the Go that gotk follows: where a file fails,
today's Go is asked, too, and a file that it does not pass is named with what Go does.

| outcome | meaning |
|---|---|
"""


def write(rows: Rows, go: str | None) -> str:
    """Write the document; returns the tables, for the terminal."""
    kinds = sorted({kind for kind, _ in rows})
    lines = ["| kind | files that count | " + " | ".join(OUTCOMES) + " | passed |", "|---|---" + "|---" * len(OUTCOMES) + "|---|"]
    for kind in kinds:
        counts = Counter(found.outcome for (k, _), found in rows.items() if k == kind)
        lines.append(_row(f"`{kind}`", counts))
    for folder in WHOLE:
        counts = Counter(found.outcome for (k, name), found in rows.items() if k == "run" and name.startswith(folder))
        if counts:
            lines.append(_row(f"`run`, {folder}", counts))
    table = "\n".join(lines)
    text = _HEAD + "".join(f"| {name} | {meaning} |\n" for name, meaning in OUTCOMES.items())
    text += f"\nToday's Go is {go or 'not installed here'}. Files that count are the ones that pass, fail, hang or crash.\n\n{table}\n"
    for title, outcomes in (
        ("Files that do not pass", ("fail", "hang", "crash")),
        ("Files that today's Go does not pass either", ("go-differs",)),
    ):
        found_rows = [(key, found) for key, found in sorted(rows.items()) if found.outcome in outcomes]
        text += f"\n## {title}\n\n"
        if not found_rows:
            text += "None.\n"
            continue
        text += "| file | kind | outcome | reason |\n|---|---|---|---|\n"
        for (kind, name), found in found_rows:
            reason = found.reason.replace("|", "\\|").replace("<", "&lt;")
            text += f"| {name} | {kind} | {found.outcome} | {reason} |\n"
    DOCUMENT.write_text(text, encoding="utf-8")
    return table


def _row(title: str, counts: Counter[str]) -> str:
    judged = sum(counts[o] for o in ("pass", "fail", "hang", "crash"))
    share = f"{100 * counts['pass'] / judged:.1f} %" if judged else "–"
    return f"| {title} | {judged} | " + " | ".join(str(counts[o]) for o in OUTCOMES) + f" | {share} |"
