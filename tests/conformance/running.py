# SPDX-License-Identifier: BSD-3-Clause
"""Kind ``run``: the program ends with code 0 and prints what the ``.out`` file says, or nothing."""

from __future__ import annotations

import gotk
from conformance import judge
from conformance.outcome import Outcome
from conformance.suite import SuiteFile
from gotk.errors import CompileError, InternalError, RunTimeout

#: for one run; the slowest file of the suite takes a few seconds on an idle machine
LIMIT_S = 60.0
_MEMORY = "2GB"


def check_run(file: SuiteFile) -> Outcome:
    """One file on our runtime; if that fails, the judge's word on it."""
    constraint = file.excluded()
    if constraint is not None:
        return Outcome("excluded", constraint)
    found = on_gotk(file)
    unlisted = file.unlisted_imports()
    if unlisted:
        return Outcome("outside", f"imports {', '.join(unlisted)}: {found.reason or 'passes'}")
    if found.outcome == "pass":
        return found
    theirs = judge.differs(file)
    if theirs is not None:
        return Outcome("go-differs", f"Go: {theirs} | gotk: {found.reason}")
    return found


def on_gotk(file: SuiteFile) -> Outcome:
    pieces: list[str] = []
    try:
        run = gotk.load(file.path).run(
            timeout=LIMIT_S, memory_limit=_MEMORY, check=False, args=file.arguments, env={"GOOS": "linux", "GOARCH": "amd64"},
            on_output=lambda stream, text: pieces.append(text),
        )  # fmt: skip
    except CompileError as error:
        first = error.diagnostics[0]
        return Outcome("fail", f"does not compile: {first.line}:{first.col}: {first.message}")
    except InternalError as error:
        return Outcome("crash", str(error))
    if isinstance(run.error, RunTimeout):
        return Outcome("hang", f"not finished after {LIMIT_S:.0f} s")
    if run.exit_code != 0:
        return Outcome("fail", f"exit code {run.exit_code}: {(run.stderr or run.stdout).strip()[:160]}")
    wanted = file.wanted_output()
    # The suite has both streams in one file. Ours are two pipes, so their order is known only as far as they were read.
    orders = ("".join(pieces), run.stdout + run.stderr, run.stderr + run.stdout)
    if wanted not in (text.replace("\r\n", "\n") for text in orders):
        return Outcome("fail", "prints something else: " + judge.first_difference(wanted, orders[0]))
    return Outcome("pass")


KINDS = {"run": check_run}
