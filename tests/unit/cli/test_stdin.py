# SPDX-License-Identifier: BSD-3-Clause
"""A program that waits for its standard input lets other goroutines run, on one proc, and its descriptor stays as the parent made it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	ticks := 0
	go func() {
		for {
			time.Sleep(time.Millisecond)
			ticks++
		}
	}()
	b := make([]byte, 5)
	for {
		n, err := os.Stdin.Read(b)
		fmt.Printf("%q %v\\n", b[:n], err)
		if err != nil {
			break
		}
	}
	fmt.Println(ticks > 20)
}
"""


@pytest.mark.parametrize("runtime", ["gotk", "threads"])
def test_standard_input_is_waited_for(runtime: str, tmp_path: Path) -> None:
    (tmp_path / "reader.go").write_text(PROGRAM)
    read, write = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "gotk", "run", "--runtime", runtime, "--gomaxprocs", "1", str(tmp_path / "reader.go")],
        stdin=read, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        os.write(write, b"hello wor")
        assert child.stdout is not None
        lines = [child.stdout.readline(), child.stdout.readline()]  # it runs, and waits for more
        time.sleep(0.1)
        os.write(write, b"ld\n")
        lines.append(child.stdout.readline())
        assert not fcntl.fcntl(read, fcntl.F_GETFL) & os.O_NONBLOCK
    finally:
        os.close(write)
        rest, _ = child.communicate(timeout=30)
        os.close(read)
    assert "".join(lines) + rest == '"hello" <nil>\n" wor" <nil>\n"ld\\n" <nil>\n"" EOF\ntrue\n'
    assert child.returncode == 0
