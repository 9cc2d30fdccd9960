# SPDX-License-Identifier: BSD-3-Clause
"""Kind ``run``: the program ends with code 0 and prints what the ``.out`` file says, or nothing. Kind ``runoutput``: the same is asked of
the program that the program prints."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import gotk
from conformance import judge
from conformance.known import CAUSES
from conformance.outcome import Outcome
from conformance.suite import SuiteFile
from gotk.errors import CompileError, InternalError, RunTimeout
from gotk.program import Program

#: for one run; the slowest file of the suite takes a few seconds on an idle machine
LIMIT_S = 60.0
_MEMORY = "2GB"
#: flags that ask the Go compiler for what no other compiler has
_COMPILERS_OWN = ("-gcflags=-d=", "-goexperiment")


def check_run(file: SuiteFile) -> Outcome:
    """One file on our runtime; if that fails, the judge's word on it."""
    constraint = file.excluded() or next((f for f in file.flags if f.startswith(_COMPILERS_OWN)), None)
    if constraint is not None:
        return Outcome("excluded", constraint)
    found = on_gotk(file)
    unlisted = file.unlisted_imports()
    if unlisted:
        return Outcome("outside", f"imports {', '.join(unlisted)}: {found.reason or 'passes'}")
    if found.outcome == "pass":
        return found
    theirs = judge.differs(file) if file.kind == "run" else None
    if theirs is not None:
        ours = found.reason
        same = ours == theirs.replace(f"{file.path.name}:", "")
        return Outcome("go-differs", f"Go and gotk: {ours}" if same else f"Go: {theirs} | gotk: {ours}")
    cause = CAUSES.get(file.name)
    return Outcome(found.outcome, f"{cause} | {found.reason}") if cause else found


def on_gotk(file: SuiteFile) -> Outcome:
    """The file's program; of kind ``runoutput``, then the program that it has printed."""
    program = gotk.load(file.path)
    if file.kind == "run":
        failure, text = _ending(program, file.arguments)
    else:
        more = [Path(file.path.parent, name) for name in file.arguments]
        failure, text = _ending(Program(_joined([file.path, *more]), file.path.name) if more else program, [])
        if failure is None:
            failure, text = _ending(Program(text, "tmp__.go"), [])
            if failure is not None:
                failure = Outcome(failure.outcome, f"the program that it made: {failure.reason}")
    if failure is not None:
        return failure
    wanted = file.wanted_output()
    if text.replace("\r\n", "\n") != wanted:
        return Outcome("fail", "prints something else: " + judge.first_difference(wanted, text))
    return Outcome("pass")


def _joined(paths: list[Path]) -> str:
    """One file of several of package main; their imports may overlap."""
    imports, bodies = "", ""
    for path in paths:
        _, clause, body = path.read_text(encoding="utf-8").partition("\npackage main\n")
        found = re.match(r"(?:\s*import \([^)]*\)|\s*import [^\n]*\n)*", body)
        assert clause and found is not None, path
        imports += "".join(f"{line}\n" for line in found[0].splitlines() if line not in imports.splitlines())
        bodies += body[found.end() :] + "\n"
    return f"package main\n{imports}\n{bodies}"


def _ending(program: Program, arguments: list[str]) -> tuple[Outcome | None, str]:
    """How a run failed, or None; and what it printed."""
    try:
        program.check()
        with _one_file() as output:
            run = program.run_in_terminal(
                measure=False, timeout=LIMIT_S, memory_limit=_MEMORY, args=arguments, env={"GOOS": "linux", "GOARCH": "amd64"}
            )
    except CompileError as error:
        first = error.diagnostics[0]
        return Outcome("fail", f"does not compile: {first.line}:{first.col}: {first.message}"), ""
    except InternalError as error:
        return Outcome("crash", str(error)), ""
    if isinstance(run.error, RunTimeout):
        return Outcome("hang", f"not finished after {LIMIT_S:.0f} s"), output.text
    if run.exit_code != 0:
        return Outcome("fail", f"exit code {run.exit_code}: {output.text.strip()[:160]}"), output.text
    return None, output.text


class _Output:
    text = ""


@contextlib.contextmanager
def _one_file() -> Iterator[_Output]:
    """Both of our standard streams go to one file meanwhile, as the suite's runner has it: so their order is kept."""
    found = _Output()
    saved = os.dup(1), os.dup(2)
    with tempfile.TemporaryFile(mode="w+b") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield found
        finally:
            for number, fd in enumerate(saved, 1):
                os.dup2(fd, number)
                os.close(fd)
            file.seek(0)
            found.text = file.read().decode(errors="replace")


KINDS = {"run": check_run, "runoutput": check_run}
