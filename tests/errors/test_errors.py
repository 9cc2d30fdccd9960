# SPDX-License-Identifier: BSD-3-Clause
"""Programs that must not compile. ``/* ERROR "…" */`` stands before the offending token and gives the message's first line (in backquotes if it
holds quotes); each error must be told, and no other.

A folder is one package: types/ and syntax/ hold a file per class of errors; the others are alone because their errors are only looked for in
packages without any other. The same files are given to real Go, if there is one, all at once; its answer is kept while neither changes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gotk.compiler import packages
from gotk.compiler.llvm import cache
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse, stops_checking
from gotk.compiler.types.checker import check_package
from gotk.diagnostics import Diagnostic
from gotk.runtimes.go import find_go, go_version

HERE = Path(__file__).parent
FOLDERS = sorted({p.parent.name for p in HERE.glob("*/*.go")})
_COMMENT = re.compile(rb"/\* ERROR (?:\"([^\"]*)\"|`([^`]*)`) \*/")

#: (file, line, column, first line of the message)
Error = tuple[str, int, int, str]


def wanted(folder: str) -> set[Error]:
    found: set[Error] = set()
    for path in sorted((HERE / folder).glob("*.go")):
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            for comment in _COMMENT.finditer(line):
                # The token is behind this comment and those that follow it.
                rest = re.match(rb"(?: */\* ERROR .*?\*/)* *", line[comment.end() :])
                assert rest is not None
                column = comment.end() + rest.end() + 1
                found.add((path.name, number, column, (comment[1] or comment[2]).decode()))
    assert found, folder
    return found


def difference(found: set[Error], folder: str) -> str:
    expected = wanted(folder)
    lines = [f"missing:    {e[0]}:{e[1]}:{e[2]}: {e[3]}" for e in sorted(expected - found)]
    return "\n".join(lines + [f"unexpected: {e[0]}:{e[1]}:{e[2]}: {e[3]}" for e in sorted(found - expected)])


@pytest.mark.parametrize("folder", FOLDERS)
def test_errors_of_gotk(folder: str) -> None:
    diagnostics: list[Diagnostic] = []
    trees = []
    for i, path in enumerate(sorted((HERE / folder).glob("*.go"))):
        tree, errors = parse(path.read_bytes(), path.name, i)
        trees.append(tree)
        diagnostics += errors
    if not stops_checking(diagnostics):
        with deep_recursion():
            check_package("p", trees, packages.shared().importer, diagnostics=diagnostics)
    assert not difference({(d.file, d.line, d.col, d.message.split("\n")[0]) for d in diagnostics}, folder)


@pytest.fixture(scope="module")
def of_real_go(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Error]]:
    """Errors by folder."""
    go = find_go()
    assert go is not None
    files = sorted(HERE.glob("*/*.go"))
    kept = cache.entry_path("errors-test", cache.digest(str(go_version()), *(p.read_bytes() for p in files)), ".txt")
    if not kept.exists():
        module = tmp_path_factory.mktemp("errors")
        for folder in FOLDERS:
            shutil.copytree(HERE / folder, module / folder)
        (module / "go.mod").write_text("module errors\n\ngo 1.27\n")
        env = os.environ | {"GOFLAGS": "", "GOTOOLCHAIN": "local", "GOPROXY": "off", "CGO_ENABLED": "0"}
        done = subprocess.run([go, "build", "-gcflags=-e", "./..."], cwd=module, env=env, capture_output=True, text=True, timeout=300)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stderr)
    found: dict[str, set[Error]] = {}
    for line in kept.read_text().split("\n"):
        error = re.match(r"(\w+)/([^/:]+):(\d+):(\d+): (.*)", line)
        if error:
            found.setdefault(error[1], set()).add((error[2], int(error[3]), int(error[4]), re.sub(r"(?<=at )[\w/]*/", "", error[5])))
    return found


@pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")
@pytest.mark.parametrize("folder", FOLDERS)
def test_errors_of_real_go(of_real_go: dict[str, set[Error]], folder: str) -> None:
    assert not difference(of_real_go.get(folder, set()), folder)
