# SPDX-License-Identifier: BSD-3-Clause
"""``make bench-latency``: from submit to first output in a warm kernel, of a 53-line cell and of a thousand lines, beside ``go run`` and
``go build`` on the same files.

"First time" is a text that was never compiled: each round changes a constant in it, so that no cache has it; for Go it changes as well.
"Unchanged" runs the same text again. The clock starts when the text is handed to `Program` and stops at the first byte of output, so everything is in
it: reading the cell, compiling, starting the process, loading, and package initialisation. "In a notebook" is the same from the front end's side:
from sending the cell to an ipykernel to the first message with output.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from gotk.compiler.build import build_program
from gotk.compiler.source import Cell
from gotk.program import Program
from gotk.runtimes.go import find_go

__all__ = ["CELL", "first_output_ns", "main"]

CELL = """package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

type result struct {
	worker int
	words  map[string]int
}

func count(text string) map[string]int {
	words := make(map[string]int)
	for _, word := range strings.Fields(text) {
		words[strings.ToLower(word)] += %d
	}
	return words
}

func main() {
	fmt.Println("started")
	texts := []string{"the quick brown fox", "jumps over the lazy dog", "the end"}
	results := make(chan result, len(texts))
	var group sync.WaitGroup
	for worker, text := range texts {
		group.Add(1)
		go func() {
			defer group.Done()
			results <- result{worker, count(text)}
		}()
	}
	group.Wait()
	close(results)
	total := make(map[string]int)
	for r := range results {
		for word, n := range r.words {
			total[word] += n
		}
	}
	words := make([]string, 0, len(total))
	for word := range total {
		words = append(words, word)
	}
	sort.Strings(words)
	for _, word := range words {
		fmt.Printf("%%s %%d\\n", word, total[word])
	}
	time.Sleep(time.Millisecond)
}
"""


def first_output_ns(source: str, runtime: str = "gotk") -> tuple[int, int]:
    """(time to the first output, time to the end of the run), ns."""
    first = 0

    def on_output(_stream: str, _text: str) -> None:
        nonlocal first
        first = first or time.perf_counter_ns()

    start = time.perf_counter_ns()
    Program(source).run(runtime=runtime, on_output=on_output)
    return first - start, time.perf_counter_ns() - start


def stages_ns(source: str) -> dict[str, int]:
    """What the steps of a first run take, ns. LLVM's steps are those of the first of its hosts; ``llvm`` is the time until all are done."""
    start = time.perf_counter_ns()
    made = Cell(source).make().made
    text = made.text
    stages = {"cell to file": time.perf_counter_ns() - start}
    timings = build_program([(made.name, text)]).timings
    for name, label in _STAGES.items():
        stages[label] = timings.get(name, 0)
    stages["start, load, first output"] = first_output_ns(source)[0]
    return stages


_STAGES = {
    "syntax_ns": "parse",
    "check_ns": "check",
    "lower_ns": "lower",
    "llvm_ns": "llvm",
    "parse_ns": "llvm: parse",
    "verify_ns": "llvm: verify",
    "optimize_ns": "llvm: optimise",
    "emit_ns": "llvm: emit",
}


def go_ns(source: str) -> tuple[int, int]:
    """``go build`` of a file with this text, and ``go run`` to its first byte of output, ns."""
    go = find_go()
    assert go is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cell.go"
        path.write_text(source)
        start = time.perf_counter_ns()
        subprocess.run([go, "build", "-o", "cell", str(path)], check=True, cwd=folder)
        build = time.perf_counter_ns() - start
    return build, _go_run_ns(go, source)


def _go_run_ns(go: str, source: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cell.go"
        path.write_text(source)
        start = time.perf_counter_ns()
        with subprocess.Popen([go, "run", str(path)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.read(1)
            first = time.perf_counter_ns() - start
            child.stdout.read()
    return first


class _Kernel:
    """An ipykernel with gotk loaded."""

    def __init__(self) -> None:
        from jupyter_client.manager import start_new_kernel

        roots = os.pathsep.join(p for p in sys.path if p)  # the gotk that measures is the one that is measured
        self._manager, self._client = start_new_kernel(kernel_name="python3", env={**os.environ, "PYTHONPATH": roots})
        self._client.execute_interactive("%load_ext gotk", timeout=60)

    def first_output_ns(self, source: str) -> int:
        """Time from sending a cell with this Go text to its first output, ns."""
        start = time.perf_counter_ns()
        message = self._client.execute("%%go -q\n" + source)
        first = 0
        while True:
            reply = self._client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message:
                continue
            if reply["msg_type"] == "stream":
                first = first or time.perf_counter_ns() - start
            elif reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                self._client.get_shell_msg(timeout=60)
                return first

    def close(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


class _Subject:
    """A program to be measured, and its figures in ms."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.figures: dict[str, list[float]] = {}

    def note(self, name: str, ns: int) -> None:
        self.figures.setdefault(name, []).append(ns / 1e6)

    def measure(self, salt: int, with_go: bool, kernel: _Kernel) -> None:
        """One round: five texts, from five salts."""
        source = self.template % salt
        self.note("gotk, first time", first_output_ns(source)[0])
        self.note("gotk, unchanged", first_output_ns(source)[0])
        in_notebook = self.template % (salt + 4)
        self.note("in a notebook, first time", kernel.first_output_ns(in_notebook))
        self.note("in a notebook, unchanged", kernel.first_output_ns(in_notebook))
        if with_go:
            build, run = go_ns(self.template % (salt + 1))
            self.note("go build, first time", build)
            self.note("go run, unchanged", run)
            self.note("go run, first time", _go_run_ns(find_go() or "go", self.template % (salt + 2)))
        for name, ns in stages_ns(self.template % (salt + 3)).items():
            self.note(f"    {name}", ns)

    def report(self) -> None:
        lines = self.template.count("\n")
        rounds = len(self.figures["gotk, first time"])
        print(f"submit to first output of {lines} lines of Go, ms, warm kernel: median [min–max] of {rounds}")
        for name, values in self.figures.items():
            print(f"  {name:32} {statistics.median(values):9.1f} [{min(values):.1f}–{max(values):.1f}]")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench-latency", description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args(arguments)
    thousand = (Path(__file__).parent / "thousand.go").read_text().replace("%", "%%")
    thousand = thousand.replace('Println("started")', 'Println("started", %d)')
    cell, large = _Subject(CELL), _Subject(thousand)
    for subject in (cell, large):  # warm: the LLVM hosts and the packages, as after %load_ext
        first_output_ns(subject.template % 1)
    salt = time.time_ns() % 1_000_000_007
    with_go = find_go() is not None
    kernel = _Kernel()
    try:
        kernel.first_output_ns(cell.template % 1)
        for number in range(options.repeats):
            some = number % 4 == 0  # Go's figures are steady; a quarter of the rounds is enough
            cell.measure(salt + 5 * number, with_go and some, kernel)
            if some:
                large.measure(salt + 5 * number, with_go, kernel)
    finally:
        kernel.close()
    cell.report()
    large.report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
