# SPDX-License-Identifier: BSD-3-Clause
"""The shell command: what passes through, exit codes, files written. Each call is a
process of its own.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from gotk.runtimes.go import find_go

needs_go = pytest.mark.skipif(find_go() is None, reason="no Go toolchain")

on_all = pytest.mark.parametrize(
    "runtime", [pytest.param("go", marks=needs_go), "gotk", "threads"]
)

ECHO = """package main

import (
	"fmt"
	"os"
	"strings"
)

var code = 0

func main() {
	fmt.Println("args", os.Args[1:])
	buf := make([]byte, 1000)
	n, _ := os.Stdin.Read(buf)
	for _, line := range strings.Fields(string(buf[:n])) {
		fmt.Println("line", line)
	}
	if code == 2 {
		panic("two")
	}
	os.Exit(code)
}
"""


def gotk(*arguments: str, stdin: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gotk", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


@pytest.fixture
def echo(tmp_path: Path) -> str:
    path = tmp_path / "echo.go"
    path.write_text(ECHO)
    return str(path)


@on_all
def test_output_input_and_arguments_pass_through(echo: str, runtime: str) -> None:
    done = gotk("run", "--runtime", runtime, echo, "--json", "x", stdin="a\nb\n")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "args [--json x]\nline a\nline b\n",
        "",
    )


def test_with_uses_another_files_declarations(tmp_path: Path) -> None:
    (tmp_path / "lib.go").write_text("package main\n\nfunc greet() string { return \"hello\" }\n\nfunc main() {}\n")
    (tmp_path / "prog.go").write_text("fmt.Println(greet())\n")
    done = gotk("run", "--with", str(tmp_path / "lib.go"), str(tmp_path / "prog.go"))
    assert (done.returncode, done.stdout) == (0, "hello\n")
    done = gotk("run", "--with", str(tmp_path / "no.go"), str(tmp_path / "prog.go"))
    assert done.returncode != 0 and "there is no file" in done.stderr


@on_all
def test_exit_codes(echo: str, tmp_path: Path, runtime: str) -> None:
    assert gotk("run", "--runtime", runtime, "--set", "code=7", echo).returncode == 7
    panicked = gotk("run", "--runtime", runtime, "--set", "code=2", echo)
    assert panicked.returncode == 2
    assert panicked.stderr.startswith(
        "panic: two\n\ngoroutine 1 [running]:\nmain.main()\n\techo.go:19 "
    )
    broken = tmp_path / "broken.go"
    broken.write_text("package main\nfunc main() { x := 1 }\n")
    failed = gotk("run", "--runtime", runtime, str(broken))
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[0] == "broken.go:2:15: declared and not used: x"
    assert failed.stderr.splitlines()[2].endswith("^")
    late = gotk("run", "--runtime", runtime, "--timeout", "0.3", "-", stdin="for {}")
    assert late.returncode == 124 and "0.3 s were over" in late.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "required: prog.go"),
        (["run", "/nonexistent.go"], "there is no file /nonexistent.go"),
        (["run", "--runtime", "rust", "x.go"], "invalid choice"),
        (["run", "--gomaxprocs", "0", "{echo}"], "GOMAXPROCS must be between 1"),
        (["run", "--gomaxprocs", "many", "{echo}"], "must be a whole number"),
        (["run", "--set", "code", "{echo}"], "must be NAME=VALUE"),
        (["run", "--set", "m=1", "{echo}"], "no package variable m"),
        (["run", "--cpus", "a", "{echo}"], "--cpus must be numbers"),
        (["sweep", "{echo}"], "--grid"),
        (["sweep", "-g", "code=1", "-g", "code=2", "{echo}"], "twice; write --grid code=1,2"),
        (["sweep", "-g", "timeout=soon", "{echo}"], "timeout must be a number of seconds"),
        (["sweep", "-g", "code=1", "-o", "/nonexistent/x.csv", "{echo}"], "/nonexistent/x.csv cannot be written"),
        (["sweep", "-g", "code=1", "-o", "x.xlsx", "{echo}"], "must end with .csv or .parquet"),
        (["compare", "--csv", "/nonexistent/x.csv"], "/nonexistent/x.csv cannot be written"),
        (["compare", "--figure", "x.xyz"], "must end with .png or .svg or .pdf"),
        (["compare", "--repeats", "0"], "one repeat"),
        (["run", "/"], "/ cannot be read: Is a directory"),
        (["run", "--race", "{echo}"], "there is no race detector here"),
        (["nonsense"], "invalid choice"),
        ([], "required: COMMAND"),
    ],
)
def test_wrong_command_lines_end_with_64(arguments: list[str], message: str, echo: str) -> None:
    done = gotk(*[argument.replace("{echo}", echo) for argument in arguments])
    assert done.returncode == 64
    assert message in done.stderr and "Traceback" not in done.stderr


@needs_go
def test_json_and_summary(echo: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    done = gotk(
        "run",
        "--runtime",
        "go",
        "--set",
        "code=2",
        "--json",
        str(path),
        "--summary",
        "--gomaxprocs",
        "1",
        echo,
    )
    assert done.returncode == 2
    data = json.loads(path.read_text())
    assert data["error"]["kind"] == "GoPanic" and data["exit_code"] == 2
    assert data["metrics"]["goroutines_created"] == 1 and data["circumstances"]["gomaxprocs"] == 1
    assert data["params"] == {"code": "2"}
    assert "go · GOMAXPROCS=1" in done.stderr and "panic: two" in done.stderr


@needs_go
def test_sweep_writes_a_table(echo: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    done = gotk(
        "sweep",
        "-g",
        "code=0,7",
        "-g",
        "runtime=go",
        "--repeats",
        "2",
        "--output",
        str(path),
        "-q",
        echo,
    )
    assert done.returncode == 0, done.stderr
    frame = pd.read_csv(path)
    assert sorted(frame["code"]) == [0, 0, 7, 7]
    assert (frame["exit_code"] == frame["code"]).all()


@needs_go
def test_compare_prints_a_table(tmp_path: Path) -> None:
    figure = tmp_path / "figure.png"
    done = gotk("compare", "--runtimes", "go", "--measures", "pipes,context_switch", "--repeats", "1", "--quick", "-q",
                "--figure", str(figure), timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "context switch on one CPU" in done.stdout
    assert figure.read_bytes()[:4] == b"\x89PNG"


@needs_go
def test_short_options_are_those_of_the_notebook(echo: str) -> None:
    source = "var n = 1\nfmt.Println(n, runtime.GOMAXPROCS(0))"
    done = gotk("run", "-r", "go", "-p", "3", "-s", "n=5", "-", stdin=source)
    assert (done.returncode, done.stdout) == (0, "5 3\n"), done.stderr
    assert gotk("run", "-r", "go", "-p", "auto", "-", stdin=source).returncode == 0


def test_a_file_that_is_no_text_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.go"
    path.write_bytes(b'package main\n\n// caf\xe9\nfunc main() {}\n')
    done = gotk("run", str(path))
    assert done.returncode == 64
    assert "latin.go is not a Go file: what stands in line 3 is not UTF-8 text" in done.stderr


@needs_go
def test_a_sweep_over_time_limits(tmp_path: Path) -> None:
    path = tmp_path / "spin.go"
    path.write_text("for {}\n")
    table = tmp_path / "table.csv"
    gotk("sweep", "-g", "timeout=0.2,0.3", "-g", "runtime=go", "--repeats", "1", "-q", "-o", str(table), str(path))
    assert set(pd.read_csv(table)["error_kind"]) == {"RunTimeout"}


def test_version_and_doctor() -> None:
    assert gotk("--version").stdout == gotk("version").stdout
    assert gotk("version").stdout.startswith("gotk 0.")
    doctor = gotk("doctor", timeout=200)
    assert "GOMAXPROCS" in doctor.stdout and "limits on OS threads" in doctor.stdout
    assert "runtime threads" in doctor.stdout and "Traceback" not in doctor.stderr


@needs_go
def test_interrupt_ends_the_program_and_the_command(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    source = f'os.WriteFile("{marker}.tmp", []byte(fmt.Sprint(os.Getpid())), 0o600)\nos.Rename("{marker}.tmp", "{marker}")\nfor {{}}'
    command = subprocess.Popen(
        [sys.executable, "-m", "gotk", "run", "--runtime", "go", "-"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert command.stdin is not None
    command.stdin.write(source.encode())
    command.stdin.close()
    until = time.monotonic() + 60
    while not marker.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(command.pid, signal.SIGINT)
    assert command.wait(5) == 130
    program = Path(f"/proc/{marker.read_text()}")
    until = time.monotonic() + 2  # it is dead; whoever has inherited it may still have to take note
    while program.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not program.exists()


@needs_go
def test_the_program_keeps_the_terminal(echo: str) -> None:
    source = "fi, _ := os.Stdout.Stat()\nfmt.Println(fi.Mode()&os.ModeCharDevice != 0)"
    ours, theirs = pty.openpty()
    path = Path(echo).with_name("tty.go")
    path.write_text(source)
    done = subprocess.run(
        [sys.executable, "-m", "gotk", "run", "--runtime", "go", str(path)],
        stdout=theirs,
        stderr=theirs,
        timeout=60,
    )
    os.close(theirs)
    assert done.returncode == 0
    assert os.read(ours, 100).strip() == b"true"
    os.close(ours)
