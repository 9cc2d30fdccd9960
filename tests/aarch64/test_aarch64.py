# SPDX-License-Identifier: BSD-3-Clause
"""The library built for aarch64 runs cross-compiled programs under emulation as this machine runs them natively: run.py for some programs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("aarch64_run", Path(__file__).with_name("run.py"))
assert _spec is not None and _spec.loader is not None
run = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(run)

LACKING = run.missing_tools()
PROGRAMS = ["bank_transfers.go", "callers_keep_their_registers_when_a_callee_recovers.go", "panicking_worker_recovered.go"]


@pytest.mark.skipif(bool(LACKING), reason=f"needs a cross compiler and an emulator, both optional: {', '.join(LACKING)} not found")
def test_programs_under_emulation(tmp_path: Path) -> None:
    wrapper = run.build(tmp_path / "build", tests=False)
    paths = [path for path in run.program_paths() if path.name in PROGRAMS]
    assert len(paths) == len(PROGRAMS)
    assert run.compare(paths, [("gotk", 2), ("threads", 2)], tmp_path, wrapper) == []
