# SPDX-License-Identifier: BSD-3-Clause
"""``make bench-latency``: from submit to first output of a 50-line cell in a warm kernel, beside ``go run`` on the same file.

"First time" is a cell whose text was never compiled: each round changes a constant in it, so that no cache has it. "Unchanged" runs the same text
again. The clock starts when the cell's text is handed to `Program` and stops at the first byte of output.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

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


def go_run_ns(source: str) -> int:
    """``go run`` on a file with this text, to its first byte of output, ns."""
    go = find_go()
    assert go is not None
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


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench-latency", description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args(arguments)
    first_output_ns(CELL % 1)  # warm: the LLVM host and the packages, as after %load_ext
    figures: dict[str, list[float]] = {"first": [], "unchanged": [], "go first": [], "go unchanged": []}
    salt = time.time_ns() % 1_000_000_007
    with_go = find_go() is not None
    for number in range(options.repeats):
        source = CELL % (salt + number)
        figures["first"].append(first_output_ns(source)[0] / 1e6)
        figures["unchanged"].append(first_output_ns(source)[0] / 1e6)
        if with_go and number < max(3, options.repeats // 4):
            figures["go first"].append(go_run_ns(source) / 1e6)
            figures["go unchanged"].append(go_run_ns(source) / 1e6)
    lines = CELL.count("\n")
    print(f"submit to first output of a {lines}-line cell, ms, warm kernel: median [min–max] of {options.repeats}")
    for name, label in (("first", "gotk, first time"), ("unchanged", "gotk, unchanged"), ("go first", "go run, first time"), ("go unchanged", "go run, unchanged")):
        values = figures[name]
        if values:
            print(f"  {label:22} {statistics.median(values):9.1f} [{min(values):.1f}–{max(values):.1f}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
