# SPDX-License-Identifier: BSD-3-Clause
"""The report of gotk-run, its page of counters, and the native runtime around a stand-in
for gotk-run.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gotk
from gotk.runtimes.control import Control, control_fields, make_control_page
from gotk.runtimes.native import NativeRuntime
from gotk.runtimes.report import parse_report, state_names, wait_reasons


def report_bytes(metrics: dict[str, Any], rows: int = 0, **ended: Any) -> bytes:
    """A report with a table of `rows` goroutines."""
    columns = {
        "g": np.arange(1, rows + 1, dtype="<i8"),
        "creator": np.zeros(rows, dtype="<u4"),
        "name": np.ones(rows, dtype="<u4"),
        "state": np.full(rows, 5, dtype="u1"),
        "wait_reason": np.arange(rows, dtype="u1") % 2,
        "ended_ns": np.array([-1] + [10] * (rows - 1), dtype="<i8")[:rows],
        "running_ns": np.full(rows, 1, dtype="<i8"),
        "runnable_ns": np.full(rows, 2, dtype="<i8"),
        "waiting_ns": np.full(rows, 3, dtype="<i8"),
        "syscall_ns": np.full(rows, 4, dtype="<i8"),
        "stack_bytes": np.full(rows, 200, dtype="<i8"),
    }
    described, raw = {}, b""
    for name, column in columns.items():
        described[name] = {"dtype": column.dtype.name, "offset": len(raw)}
        raw += column.tobytes()
    header = json.dumps(
        {
            "metrics": metrics,
            "exit": {"kind": "exit", "code": 0, "message": "", "traces": ""} | ended,
            "tables": {"goroutines": {"rows": rows, "columns": described}},
            "strings": ["cell.go:3", "main.work"],
        }
    ).encode()
    return b"GOTKRPT1" + struct.pack("<Q", len(header)) + header + raw


def test_a_report_is_read() -> None:
    report = parse_report(
        report_bytes({"steals": 3, "/sched/x:y": 1.5, "unknown": None}, 3), lambda t: t + "!"
    )
    assert report is not None
    assert report.metrics == {"steals": 3}
    assert report.runtime_metrics == {"/sched/x:y": 1.5}
    columns = report.tables["goroutines"].columns
    assert list(columns["g"]) == [1, 2, 3]
    assert list(columns["creator"]) == ["cell.go:3!"] * 3
    assert list(columns["name"]) == ["main.work"] * 3
    assert list(columns["state"]) == ["dead"] * 3
    assert list(columns["wait_reason"]) == [None, "chan receive", None]


def test_a_report_that_was_cut_off_gives_what_is_there() -> None:
    whole = report_bytes({"steals": 3}, 3)
    assert parse_report(b"") is None
    assert parse_report(b"GARBAGE!" + whole[8:]) is None
    for size in range(0, len(whole), 7):
        report = parse_report(whole[:size])
        assert report is None or report.metrics == {"steals": 3}
        assert report is None or "goroutines" not in report.tables


def test_names_come_from_the_table_of_states() -> None:
    assert state_names()[:2] == ("idle", "runnable")
    assert "chan receive" in wait_reasons() and wait_reasons()[0] == ""


def test_the_control_page_is_laid_out_as_the_header_says() -> None:
    fields = control_fields()
    assert fields[:3] == ("magic", "gomaxprocs_wanted", "gomaxprocs")
    fd = make_control_page()
    control = Control(fd)
    os.pwrite(fd, struct.pack("<Q", 42), 8 * fields.index("steals"))
    assert control.counters()["steals"] == 42
    control.set_gomaxprocs(3)
    assert struct.unpack("<Q", os.pread(fd, 8, 8)) == (3,)
    with pytest.raises(gotk.UsageError):
        control.set_gomaxprocs(0)
    os.close(fd)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Installs a script as gotk-run and skips compiling; returns a function that sets
    what the script does.
    """
    monkeypatch.setattr(NativeRuntime, "_build", staticmethod(lambda program: ["a.o"]))

    def install(body: str) -> None:
        script = tmp_path / "gotk-run"
        script.write_text(
            f"#!{sys.executable}\nimport os, sys, time\nargs = sys.argv[1:]\n"
            "def option(name): return args[args.index(name) + 1]\n"
            "def report(data): os.write(int(option('--report-fd')), data)\n" + body
        )
        script.chmod(0o755)
        monkeypatch.setenv("GOTK_RUN", str(script))

    return install


def test_a_run_of_the_native_runtime(stand_in: Any) -> None:
    data = report_bytes({"wall_ns": 5, "goroutines_created": 2, "peak_rss_bytes": 99, "stack_peak_bytes": 800,
                         "max_goroutines": 4, "steals": 1}, 2)  # fmt: skip
    stand_in(f"print(' '.join(args))\nreport({data!r})\n")
    run = gotk.Program("println(1)").run(
        "threads", 3, seed=9, memory_limit="64M", stack_size="128K", args=["x"]
    )
    assert "--mode threads --procs 3 --seed 9" in run.output
    assert "--memory-limit 67108864 --stack-size 131072 --object a.o -- cell x" in run.output
    assert run.metrics["main_ns"] == 5 and run.metrics["wall_ns"] > 5
    assert run.metrics["peak_rss_bytes"] == 99
    assert run.metrics["bytes_per_goroutine"] == 200
    assert run.metrics["parks"] is gotk.frames.pd.NA
    frame = run.goroutines
    assert list(frame["total_ns"]) == [10, 10]
    assert frame["ended_ns"].isna().tolist() == [True, False]
    assert (frame["run_id"] == run.run_id).all()


def test_an_interrupted_run_still_reports(stand_in: Any) -> None:
    data = report_bytes({"steals": 7}, kind="signal")
    stand_in(
        f"import signal\ndef end(*_):\n  report({data!r})\n  "
        "os._exit(143)\nsignal.signal(signal.SIGTERM, end)\n"
        "print('ready', flush=True)\ntime.sleep(60)\n"
    )
    ready = threading.Event()
    run = gotk.Program("println(1)").start("gotk", on_output=lambda *_: ready.set())
    assert ready.wait(20)
    run._running.stop()
    run.wait(20)
    assert run.done and run.stopped == "stop" and run.error is None
    assert run.raw_metrics["steals"] == 7


def test_a_panic_whose_text_was_lost_is_taken_from_the_report(stand_in: Any) -> None:
    traces = "goroutine 1 [running]:\nmain.main()\n\tcell.go:1 +0x1\n"
    data = report_bytes({}, kind="panic", code=2, message="boom", traces=traces)
    stand_in(f"report({data!r})\nsys.exit(2)\n")
    with pytest.raises(gotk.GoPanic) as caught:
        gotk.Program("println(1)").run("gotk")
    assert caught.value.value == "boom"
    assert caught.value.goroutines[0].frames[0].line == 1


def test_a_crash_of_our_runtime_is_our_fault(stand_in: Any) -> None:
    stand_in("import signal\nos.kill(os.getpid(), signal.SIGSEGV)\ntime.sleep(5)\n")
    with pytest.raises(gotk.InternalError, match=r"SIGSEGV.*seed 5") as caught:
        gotk.Program("println(1)").run("gotk", seed=5)
    assert caught.value.run is not None


def test_live_counters_and_gomaxprocs_of_a_running_program(stand_in: Any) -> None:
    stand_in(
        "import mmap, struct\nm = mmap.mmap(int(option('--control-fd')), 4096)\nm[0:8] = "
        "b'GOTKCTL1'\n"
        "while struct.unpack('<Q', m[8:16])[0] == 0: time.sleep(0.01)\n"
        "print(struct.unpack('<Q', m[8:16])[0])\n"
    )
    run = gotk.Program("println(1)").start("gotk", timeout=20)
    control = run.control
    assert control is not None
    control.set_gomaxprocs(5)
    assert run.wait(20).output == "5\n"
    assert control.counters()["gomaxprocs_wanted"] == 5


def test_without_the_executable_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOTK_RUN", "/nonexistent")
    with pytest.raises(gotk.RuntimeUnavailable, match="make native"):
        NativeRuntime("gotk").start(gotk.Program("println(1)")._job("gotk")[0])
