# SPDX-License-Identifier: BSD-3-Clause
"""Who loads whom: the front loads nothing heavy, and every export exists."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gotk

HEAVY = ("pandas", "seaborn", "matplotlib", "IPython", "ipywidgets", "llvmlite", "numpy")


def loaded_after(code: str) -> set[str]:
    """Heavy modules that a fresh Python has loaded after `code`."""
    script = f"{code}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    return set(eval(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import gotk", set()),
        ("import gotk; gotk.Program('x := 1'); gotk.gomaxprocs()", set()),
        ("import gotk.runtimes.go, gotk.runtimes.native, gotk.cli.run", set()),
        ("import gotk; gotk.sweep; gotk.compare", set()),
        ("import gotk.frames", {"pandas", "numpy"}),
    ],
)
def test_what_is_loaded(code: str, expected: set[str]) -> None:
    assert loaded_after(code) == expected


@pytest.mark.parametrize("runtime", ["go", "gotk"])
def test_neither_pandas_nor_numpy_is_loaded_by_a_run_that_only_prints(runtime: str) -> None:
    code = (
        f"import gotk\ntry:\n  print(gotk.Program('println(1)').run({runtime!r}).summary)\n"
        "except gotk.RuntimeUnavailable: pass"
    )
    assert loaded_after(code) == set()


def test_every_export_can_be_had() -> None:
    for name in gotk.__all__:
        if name != "lab":  # needs ipywidgets; tests/unit/jupyter has it
            assert getattr(gotk, name) is not None
    assert set(gotk.__all__) <= set(dir(gotk))
    with pytest.raises(AttributeError, match="nonsense"):
        gotk.nonsense  # noqa: B018
