# SPDX-License-Identifier: BSD-3-Clause
"""Errors: the tree, and that they survive a way to another process."""

from __future__ import annotations

import pickle

import pytest

import gotk
from gotk.diagnostics import Diagnostic
from gotk.errors import Frame, GoroutineTrace

ERRORS = [
    gotk.UsageError("m"),
    gotk.CompileError([Diagnostic("a.go", 1, 1, message="m")], "x"),
    gotk.GoPanic(
        "panic: 1", value="1", goroutines=[GoroutineTrace(1, "running", (Frame("f", "a.go", 3),))]
    ),
    gotk.GoFatal("fatal error: x", reason="x", text="all of it"),
    gotk.GoExit("m", code=3),
    gotk.RunTimeout("m", seconds=1.5),
    gotk.RuntimeUnavailable("m"),
    gotk.InternalError("m", seed=7),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_errors_survive_pickling(error: gotk.GotkError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    for name, value in vars(error).items():
        assert getattr(copy, name) == value


def test_the_tree() -> None:
    assert all(isinstance(error, gotk.GotkError) for error in ERRORS)
    assert isinstance(gotk.UsageError("m"), ValueError)
    runs = {gotk.GoPanic, gotk.GoFatal, gotk.GoExit, gotk.RunTimeout}
    assert {type(e) for e in ERRORS if isinstance(e, gotk.RunError)} == runs


def test_an_internal_error_names_the_seed_and_asks_for_a_report() -> None:
    assert "seed 7" in str(gotk.InternalError("m", seed=7))
    assert "please report" in str(gotk.InternalError("m"))
