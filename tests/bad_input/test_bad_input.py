# SPDX-License-Identifier: BSD-3-Clause
"""Whatever is typed: a clear message, the kernel alive, the notebook's state intact. One real ipykernel serves all tests of this file."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.timeout(120)


class Kernel:
    """A kernel and what one cell did: status, all text (outputs and error), seconds."""

    def __init__(self) -> None:
        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def run(self, code: str, interrupt_after: float | None = None, timeout: float = 60) -> tuple[str, str, float]:
        start = time.monotonic()
        message = self.client.execute(code)
        interrupted = 0.0
        text: list[str] = []
        status = ""
        while not status:
            if interrupt_after is not None and not interrupted and time.monotonic() - start > interrupt_after:
                self.manager.interrupt_kernel()
                interrupted = time.monotonic()
            assert time.monotonic() - start < timeout, "the cell does not end"
            try:
                reply = self.client.get_iopub_msg(timeout=0.1)
            except Exception:
                continue
            if reply["parent_header"].get("msg_id") != message:
                continue
            content: dict[str, Any] = reply["content"]
            if reply["msg_type"] == "stream":
                text.append(content["text"])  # as it comes: a kernel may send a line in pieces
            elif reply["msg_type"] in ("display_data", "execute_result"):
                text.append(content["data"].get("text/plain", "") + "\n")
            elif reply["msg_type"] == "error":
                text.append("\n".join(content["traceback"] or [content["evalue"]]) + "\n")
            elif reply["msg_type"] == "status" and content["execution_state"] == "idle":
                status = self._reply_status(message)
        seconds = time.monotonic() - (interrupted or start)
        return status, re.sub(r"\x1b\[[0-9;]*m", "", "".join(text)), seconds

    def _reply_status(self, message: str) -> str:
        while True:
            reply = self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message:
                return str(reply["content"]["status"])


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    assert kernel.run("%load_ext gotk\nmarker = [1, 2, 3]")[0] == "ok"
    assert kernel.run('%%go\nfmt.Println("warm")')[0] == "ok"
    yield kernel
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)


def assert_alive(kernel: Kernel) -> None:
    """The notebook's state is there, and a cell of Go still works."""
    assert kernel.run("print(marker)")[:2] == ("ok", "[1, 2, 3]\n")
    status, text, _ = kernel.run('%%go -q\nfmt.Println("still", 6*7)')
    assert (status, text) == ("ok", "still 42\n")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("%%go\nx := := 1\n", r"1:\d+: syntax error: unexpected :=", id="syntax error"),
        pytest.param('%%go\nvar s string = 42\n_ = s\n', r"cannot use 42 .* as string value in variable declaration", id="type error"),
        pytest.param('%%go\nimport "net/http"\nhttp.Get("x")\n', r"1:\d+: .*net/http.*runtime go", id="unsupported package"),
        pytest.param('%%go\nimport "github.com/pkg/errors"\nerrors.New("x")\n', r"1:\d+: .*github.com/pkg/errors.*(?s:.*)put what you need of it into this file", id="package of a module"),
        pytest.param("%%go --nonsense\nfmt.Println()\n", r"unrecognized arguments: --nonsense", id="unknown option"),
        pytest.param("%%go -i not_there\nfmt.Println()\n", r"not_there: there is no variable of that name", id="missing input"),
        pytest.param("%%go -i marker_object\nfmt.Println()\n", r"marker_object", id="input without a Go type"),
        pytest.param("%gomaxprocs 0", r"between 1 and \d+, not 0", id="GOMAXPROCS 0"),
        pytest.param("%%go -p 0\nfmt.Println()\n", r"between 1 and \d+, not 0", id="--gomaxprocs 0"),
        pytest.param("%%go\nfmt.Println(\x00)\n", r"NUL|null|syntax error", id="NUL byte"),
        pytest.param("%%go\n" + "(" * 5000 + "\n", r"syntax error|too deep", id="deep nesting"),
        pytest.param("%%go\n", r".", id="empty cell"),
    ],
)
def test_wrong_input_gets_a_clear_message(kernel: Kernel, cell: str, expected: str) -> None:
    kernel.run("marker_object = object()")
    status, text, seconds = kernel.run(cell)
    if "empty" not in expected and cell != "%%go\n":
        assert status == "error", text
        assert re.search(expected, text, re.S), text
    assert "Traceback" not in text and seconds < 5
    assert_alive(kernel)


def test_allocating_without_end_is_a_fatal_error(kernel: Kernel) -> None:
    status, text, _ = kernel.run(
        "%%go --memory-limit 256M\nvar keep [][]byte\nfor {\n\tkeep = append(keep, make([]byte, 1<<20))\n}\n"
    )
    assert status == "error" and "out of memory" in text and "Traceback" not in text, text
    assert_alive(kernel)


def test_recursing_without_end_is_gos_stack_overflow(kernel: Kernel) -> None:
    status, text, _ = kernel.run(
        "%%go\nfunc f(n int) int {\n\treturn f(n+1) + 1\n}\n\nfunc main() {\n\tfmt.Println(f(0))\n}\n"
    )
    assert status == "error" and "stack overflow" in text and "Traceback" not in text, text[-2000:]
    assert_alive(kernel)


def test_a_gigabyte_of_output_is_bounded(kernel: Kernel) -> None:
    status, text, _ = kernel.run(
        '%%go --name big\nline := strings.Repeat("x", 1<<16-1) + "\\n"\nfor range 1 << 14 {\n\tos.Stdout.WriteString(line)\n}\n'
    )
    assert status == "ok" and len(text) < 1_000_000 and "not shown here" in text
    assert_alive(kernel)
    status, text, _ = kernel.run("import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000)")
    assert text == "True\n"


def test_a_program_that_never_stops_ends_at_its_time_limit(kernel: Kernel) -> None:
    status, text, seconds = kernel.run("%%go --timeout 1\nfor i := 0; ; i++ {\n}\n")
    assert status == "error" and "1 s" in text and seconds < 4, text
    assert_alive(kernel)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("for i := 0; ; i++ {\n}\n", id="spinning"),
        pytest.param("time.Sleep(time.Hour)\n", id="sleeping"),
        pytest.param('for {\n\tfmt.Println("again")\n}\n', id="printing"),
        pytest.param("for range 1000 {\n\tgo func() {\n\t\tfor {\n\t\t}\n\t}()\n}\nselect {}\n", id="a thousand spinning goroutines"),
    ],
)
@pytest.mark.parametrize("runtime", ["gotk", "threads"])
def test_interrupt_stops_within_a_second(kernel: Kernel, body: str, runtime: str) -> None:
    if runtime == "threads":
        body = body.replace("1000", "20")
    status, text, seconds = kernel.run(f"%%go -r {runtime}\n{body}", interrupt_after=1.0)
    assert status == "error" and "KeyboardInterrupt: the program was stopped" in text and "Traceback" not in text, text[-2000:]
    assert seconds < 1.5, seconds
    assert_alive(kernel)


def test_a_deadlock_is_gos_message_with_the_wait_reason_and_line(kernel: Kernel) -> None:
    status, text, _ = kernel.run("%%go\nch := make(chan int)\nch <- 1\n")
    assert status == "error"
    assert "all goroutines are asleep - deadlock!" in text and "chan send" in text and re.search(r"\.go:2", text), text
    assert_alive(kernel)


def test_an_interrupted_sweep_keeps_its_rows(kernel: Kernel) -> None:
    cell = "gotk.sweep('var ms = 1\\ntime.Sleep(time.Duration(ms) * time.Millisecond)', {'ms': [100]}, repeats=500)"
    status, text, seconds = kernel.run(f"import gotk\n{cell}", interrupt_after=1.5)
    assert status == "error" and re.search(r"KeyboardInterrupt: \d+ of 500 runs were done", text) and "Traceback" not in text, text[-2000:]
    assert seconds < 1.5
    status, text, _ = kernel.run("import sys; print(len(sys.last_value.frame) > 0, gotk.last_run().stopped)")
    assert text in ("True interrupt\n", "True None\n")  # None: it came between two runs
    assert_alive(kernel)
