# SPDX-License-Identifier: BSD-3-Clause
"""How a file of the suite can end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

#: outcome -> what it means; the order is the summary's
OUTCOMES = {
    "pass": "as the file demands",
    "fail": "gotk is wrong",
    "hang": "did not end within its limit",
    "crash": "an exception or abort of gotk itself",
    "go-differs": "today's Go does not meet the file's demand either; the reason says what it does",
    "outside": "imports a package outside the list; counted apart",
    "internal": "asks by flags for what only the Go compiler's own back end prints; counted apart",
    "excluded": "left out by the file's own build constraint on linux/amd64, or about a debugging flag of the Go compiler",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``outcome`` is a key of `OUTCOMES`; ``reason`` one line, empty after a plain pass."""

    outcome: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(self.outcome)

    def tidy(self) -> Outcome:
        """The reason as one line of bounded length without what changes from run to run (addresses, temporary folders)."""
        text = re.sub(r"\s+", " ", self.reason).strip()
        text = re.sub(r"0x[0-9a-f]{6,}|/tmp/[\w./-]*/|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "…", text)
        return replace(self, reason=text[:320])
