# SPDX-License-Identifier: BSD-3-Clause
"""Reading files of Go's test suite: recipes, build constraints, imports; and the worker processes' limits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPO / "tests"))

from conformance import suite  # noqa: E402
from conformance.outcome import Outcome  # noqa: E402


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_recipes(tmp_path: Path) -> None:
    write(tmp_path, "a.go", "// run -gcflags=-l one 'two words'\n\npackage main\n")
    write(tmp_path, "sub/b.go", "// +build linux\n// run\n\npackage main\n")
    write(tmp_path, "c.go", "// errorcheck -0\n\npackage p\n")
    write(tmp_path, "d.go", "package main // run\n")
    write(tmp_path, "e.dir/f.go", "// run\n\npackage main\n")
    found = suite.files({"run"}, tmp_path)
    assert [f.name for f in found] == ["a.go", "sub/b.go"]
    assert found[0].flags == ["-gcflags=-l"]
    assert found[0].arguments == ["one", "two words"]


@pytest.mark.parametrize(
    ("constraint", "out"),
    [
        ("//go:build linux && amd64", False),
        ("//go:build !linux", True),
        ("//go:build (windows || gc) && !cgo", False),
        ("//go:build cgo", True),
        ("// +build !windows !arm64", False),
        ("// +build amd64,!linux", True),
        ("// +build ignore", True),
    ],
)
def test_constraints(constraint: str, out: bool) -> None:
    found = suite.excluded(f"// run\n\n{constraint}\n\npackage main\n")
    assert found == (constraint if out else None)


def test_constraints_end_at_the_package_clause() -> None:
    assert suite.excluded("package main\n\n//go:build windows\n") is None


def test_imports() -> None:
    text = """package main // import "no"
import "fmt"
import ( /* "no" */
\t"os"; x "sort"
\t_ `time`
)
var s = "import \\"no\\""
"""
    assert suite.imports(text) == ["fmt", "os", "sort", "time"]


def test_reasons_do_not_change_from_run_to_run() -> None:
    found = Outcome("fail", "exit at 0xc000012345\nin /tmp/abc/def/x.go 2026/01/02 10:20:30").tidy()
    assert found.reason == "exit at … in …x.go …"


CHECKS = """
import os, sys, time
from pathlib import Path
from conformance import workers
from conformance.outcome import Outcome
from conformance.suite import SuiteFile

def check(file):
    if file.name == "dies": os._exit(3)
    if file.name == "sleeps": time.sleep(60)
    if file.name == "raises": raise ValueError("no")
    return Outcome("pass")

if __name__ == "__main__":
    files = [SuiteFile(Path(n), n, "k", ()) for n in ("fine", "dies", "sleeps", "raises", "last")]
    for file, found in workers.run_all(files, {"k": check}, workers=2, limit_s=2):
        print(file.name, found.outcome)
"""


def test_nothing_that_a_file_does_stops_the_rest(tmp_path: Path) -> None:
    script = write(tmp_path, "checks.py", CHECKS)
    env = {**os.environ, "PYTHONPATH": f"{REPO / 'tests'}:{REPO}"}
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, timeout=60, check=True)
    assert sorted(done.stdout.splitlines()) == ["dies crash", "fine pass", "last pass", "raises crash", "sleeps hang"]
