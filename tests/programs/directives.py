# SPDX-License-Identifier: BSD-3-Clause
"""What a test program says about itself: ``//gotk:test`` lines and its ``// Output:`` block.

``//gotk:test threads n=1000`` gives parameters for one runtime (``all`` for every one, ``gc`` for
runs that collect at every allocation); ``//gotk:test timeout=60``, ``//gotk:test exit=2`` and
``//gotk:test skip=threads REASON`` say what they say. Expectations stand inline as Go's example tests write them; a program without the block is
compared with real Go only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass
class Directives:
    params: dict[str, dict[str, Any]] = field(default_factory=dict)
    timeout: float = 60.0
    exit_code: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    output: str | None = None


def read_directives(path: Path) -> Directives:
    """Parse the comments of one program."""
    found = Directives()
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"^//gotk:test (.*)$", text, re.M):
        words = line.split()
        if words[0].startswith("skip="):
            found.skipped[words[0][5:]] = " ".join(words[1:]) or "no reason given"
            continue
        scope = words.pop(0) if "=" not in words[0] else "all"
        for word in words:
            name, _, value = word.partition("=")
            if scope == "all" and name == "timeout":
                found.timeout = float(value)
            elif scope == "all" and name == "exit":
                found.exit_code = int(value)
            else:
                found.params.setdefault(scope, {})[name] = int(value)
    block = re.search(r"^// Output:[ \t]*(.*)\n((?://.*\n?)*)", text, re.M)
    if block:
        lines = ([block[1]] if block[1] else []) + [line[2:].removeprefix(" ") for line in block[2].splitlines()]
        found.output = "\n".join(line.rstrip() for line in lines).strip() + "\n"
    return found


def programs() -> list[Path]:
    """Every Go program below tests/programs."""
    return sorted(FOLDER.rglob("*.go"))
