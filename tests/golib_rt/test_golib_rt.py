# SPDX-License-Identifier: BSD-3-Clause
"""The Go side of our runtime (runtime, sync, time, context) against Go's own, run by real Go."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

import pytest

from . import harness

GO = shutil.which("go", path=str(pathlib.Path(sys.executable).parent)) or shutil.which("go")


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    target = tmp_path_factory.mktemp("golib_rt") / "module"
    harness.build(target)
    return target


@pytest.mark.skipif(GO is None, reason="needs the Go toolchain")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("package", harness.PACKAGES)
def test_package(module: pathlib.Path, package: str) -> None:
    assert GO is not None
    done = subprocess.run(
        [GO, "test", "-vet=off", "-count=1", f"./rt/{package}"],
        cwd=module,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]
