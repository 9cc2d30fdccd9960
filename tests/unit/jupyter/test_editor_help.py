# SPDX-License-Identifier: BSD-3-Clause
"""Tab and Shift-Tab as front ends ask for them: complete_request and inspect_request to a real ipykernel. "|" is the cursor."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

import gotk


class Kernel:
    def __init__(self) -> None:
        # The kernel imports the gotk that is under test.
        root = str(Path(gotk.__file__).resolve().parents[1])
        self.manager, self.client = start_new_kernel(kernel_name="python3", env={**os.environ, "PYTHONPATH": root})

    def run(self, code: str) -> str:
        return self.client.execute_interactive(code, timeout=60, output_hook=lambda _: None)["content"]["status"]

    def _ask(self, message: str) -> dict[str, Any]:
        while True:
            reply = self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]

    def complete(self, text: str) -> dict[str, Any]:
        at = text.index("|")
        return self._ask(self.client.complete(text.replace("|", "", 1), at))

    def inspect(self, text: str) -> str:
        at = text.index("|")
        reply = self._ask(self.client.inspect(text.replace("|", "", 1), at))
        assert reply["status"] == "ok"
        assert reply["found"] == bool(reply["data"])
        return reply["data"].get("text/plain", "")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    assert kernel.run("%load_ext gotk") == "ok"
    kernel.run("%%go -q\nfmt.Println()")  # whatever has to be compiled first is compiled
    yield kernel
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)


def test_completion_replaces_the_word_before_the_cursor(kernel: Kernel) -> None:
    reply = kernel.complete("%%go -p 2\nfmt.Prin|(1)\n")
    assert reply["matches"] == ["Print", "Printf", "Println"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (14, 18)


def test_offsets_are_characters(kernel: Kernel) -> None:
    text = '%%go\ns := "héé日本🙂"; fmt.Prin|\n'
    reply = kernel.complete(text)
    assert reply["matches"] == ["Print", "Printf", "Println"]
    assert reply["cursor_end"] == text.index("|") and reply["cursor_start"] == text.index("Prin")
    assert kernel.inspect('%%go\ns := "日本🙂"; fmt.Println(s, |').startswith("func Println(")


def test_kinds_and_order(kernel: Kernel) -> None:
    reply = kernel.complete("%%go\ntype T struct{ Zeta, alpha int }\nfunc (T) Beta() {}\nvar t T\nt.|\n")
    assert reply["matches"] == ["Zeta", "alpha", "Beta"]
    kinds = [c["type"] for c in reply["metadata"]["_jupyter_types_experimental"]]
    assert kinds == ["property", "property", "function"]


def test_python_is_not_offered_in_a_go_cell_and_answers_at_once(kernel: Kernel) -> None:
    kernel.run("import os; zz_python = 1")
    start = time.perf_counter()
    for text in ("%%go\nzz_|", "%%go\nos.nothing.|", "%%go\n\"os.pa|\""):
        assert kernel.complete(text)["matches"] == []
    assert time.perf_counter() - start < 1.5
    assert kernel.complete("zz_py|")["matches"] == ["zz_python"], "outside, Python is as it was"


def test_notebook_variables_and_snippets(kernel: Kernel) -> None:
    assert kernel.run("xs = [1.5, 2.0]") == "ok"
    assert kernel.run("%%go --save geo\n// Point is a place.\ntype Point struct{ X int }\n") == "ok"
    assert kernel.complete("%%go -i xs\nfmt.Println(x|)")["matches"] == ["xs"]
    assert kernel.complete("%%go --with geo\nvar p Point\np.|")["matches"] == ["X"]
    assert kernel.complete("%%go --with g|\nx := 1")["matches"] == ["geo"]
    assert kernel.complete("%go_doc fmt.Sprin|")["matches"] == ["fmt.Sprint", "fmt.Sprintf", "fmt.Sprintln"]
    assert kernel.inspect("%%go --with geo\nvar p Poi|nt").startswith("type Point struct{ X int }\n\nPoint is a place.")


def test_options_on_the_first_line(kernel: Kernel) -> None:
    assert kernel.complete("%%go --run|")["matches"] == ["--runtime"]
    assert set(kernel.complete("%%go -r |\nx := 1")["matches"]) == {"gotk", "threads", "go"}


def test_inspection(kernel: Kernel) -> None:
    assert kernel.inspect("%%go\nstrings.ToUp|per(s)").startswith("func ToUpper(s string) string")
    assert kernel.inspect("%%go\n// f is ours.\nfunc f(n int) {}\nfunc main() { f(|").startswith("func f(n int)\n\nf is ours.")
    assert kernel.inspect("%%go\nzz|") == ""
    assert "go" in kernel.inspect("%%g|o\nx := 1"), "the magic itself is IPython's to explain"
    assert "object" in kernel.inspect("prin|t")


def test_unloading_puts_everything_back() -> None:
    kernel = Kernel()
    try:
        kernel.run("%load_ext gotk")
        kernel.run("%unload_ext gotk")
        assert kernel.inspect("%%go\nstrings.ToUp|per(s)") == ""
        assert "Println" not in kernel.complete("%%go\nfmt.Prin|")["matches"]
    finally:
        kernel.client.stop_channels()
        kernel.manager.shutdown_kernel(now=True)
