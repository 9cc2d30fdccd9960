# SPDX-License-Identifier: BSD-3-Clause
"""What the spec's sections forbid: the lines ``//gotk:illegal CODE -- MESSAGE`` of the programs beside this file.

CODE stands in a function of its own (or, after ``top:``, at package level). Real Go reports it with MESSAGE, and gotk must, too.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from gotk.errors import CompileError
from gotk.program import Program
from gotk.runtimes.go import find_go

FOLDER = Path(__file__).resolve().parent
_ILLEGAL = re.compile(r"^//gotk:illegal (top: )?(.*?) -- (.*)$", re.M)

CASES = [
    (path.stem, number, bool(top), code, message)
    for path in sorted(FOLDER.glob("*.go"))
    for number, (top, code, message) in enumerate(_ILLEGAL.findall(path.read_text(encoding="utf-8")))
]


def source(top: bool, code: str, name: str) -> str:
    """The line as a package's declarations, or as a function's body."""
    return code if top else f"func {name}() {{ {code} }}"


@pytest.mark.parametrize(("section", "number", "top", "code", "message"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_gotk_reports(section: str, number: int, top: bool, code: str, message: str) -> None:
    program = f"package main\n\n{source(top, code, 'illegal')}\n\nfunc main() {{}}\n"
    with pytest.raises(CompileError) as caught:
        Program(program, "illegal.go").check()
    found = [d for d in caught.value.diagnostics if message in d.message]
    assert found, f"{code}\n" + "\n".join(d.message for d in caught.value.diagnostics)
    assert found[0].line == 3


@pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")
@pytest.mark.parametrize("section", sorted({c[0] for c in CASES}))
def test_go_reports_the_same(section: str, tmp_path: Path) -> None:
    go = find_go()
    assert go is not None
    for _, number, top, code, message in (c for c in CASES if c[0] == section):
        file = tmp_path / f"p{number}.go"
        file.write_text(f"package p\n\n{source(top, code, 'illegal')}\n", encoding="utf-8")
        done = subprocess.run(
            [go, "tool", "compile", "-e", "-p", "p", "-o", str(tmp_path / "p.o"), str(file)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        found = [line.split(": ", 1)[1] for line in (done.stdout + done.stderr).splitlines() if f"{file.name}:3:" in line]
        assert any(message in text for text in found), f"{code}\n{done.stdout}{done.stderr}"
