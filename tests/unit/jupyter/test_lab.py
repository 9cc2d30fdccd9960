# SPDX-License-Identifier: BSD-3-Clause
"""The panel of `gotk.lab`: what its buttons do, without a browser."""

from __future__ import annotations

import pytest

import gotk
from gotk.runtimes.go import find_go

pytestmark = pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")

SOURCE = """var n = 10
var label = "x"
total := 0
for i := range n {
	total += i
}
fmt.Println(label, total)
"""


def test_run_fills_table_and_figure() -> None:
    lab = gotk.lab(mine=gotk.Program(SOURCE))
    lab.workload.value = "mine"
    lab.runtime.value = ("go",)
    lab.repeats.value = 2
    assert [field.description for field in lab.parameters.children] == ["n", "label"]
    lab.parameters.children[0].value = "100"
    lab.start()
    lab.wait(60)
    assert [run.stdout for run in lab.runs] == ["x 4950\n"] * 2
    assert list(lab.frame["runtime"]) == ["go", "go"] and (lab.frame["wall_ms"] > 0).all()
    assert bytes(lab.figure.value).startswith(b"\x89PNG") and "<table" in lab.table.value
    assert not lab.run_button.disabled and lab.stop_button.disabled


def test_wrong_parameter_is_said_in_the_panel() -> None:
    lab = gotk.lab(mine=SOURCE)
    lab.workload.value = "mine"
    lab.runtime.value = ("go",)
    lab.parameters.children[0].value = "many"
    lab.start()
    lab.wait(60)
    assert "n" in lab.message.value and not lab.runs and not lab.run_button.disabled


def test_stop_ends_the_program_and_the_plan() -> None:
    lab = gotk.lab(forever="for {\n\ttime.Sleep(time.Second)\n}\n")
    lab.workload.value = "forever"
    lab.runtime.value = ("go",)
    lab.repeats.value = 5
    lab.start()
    while lab._current is None and lab._thread is not None and lab._thread.is_alive():
        pass
    lab.stop()
    lab.wait(30)
    assert lab._thread is not None and not lab._thread.is_alive() and not lab.runs
