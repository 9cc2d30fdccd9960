# SPDX-License-Identifier: BSD-3-Clause
"""The process runner, with small children: floods, hangs, signals, limits, and what is
left behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gotk.runtimes.capture import Capture
from gotk.runtimes.process import Child, run_process


def sh(script: str, **options: object):
    return run_process(["/bin/sh", "-c", script], **options)


def alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def wait_gone(pid: int, seconds: float = 3.0) -> bool:
    until = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(pid)


def test_exit_code_streams_and_usage() -> None:
    ended = sh("echo out; echo err >&2; exit 3")
    assert (ended.exit_code, ended.signal, ended.stopped) == (3, None, None)
    assert ended.capture.stream("stdout") == b"out\n"
    assert ended.capture.stream("stderr") == b"err\n"
    assert ended.wall_ns > 0


def test_streams_merge_in_the_order_of_arrival() -> None:
    ended = sh("for i in 1 2 3; do echo o$i; sleep 0.05; echo e$i >&2; sleep 0.05; done")
    assert ended.capture.both() == b"o1\ne1\no2\ne2\no3\ne3\n"


def test_a_signal_shows_as_128_plus_its_number() -> None:
    ended = sh("kill -SEGV $$")
    assert (ended.exit_code, ended.signal) == (128 + 11, 11)


def test_output_arrives_while_the_child_runs_and_utf8_is_never_cut() -> None:
    seen: list[tuple[float, str, str]] = []
    start = time.monotonic()
    script = r"printf 'a\303'; sleep 0.3; printf '\251b'; printf '\377' >&2"
    sh(script, on_output=lambda stream, text: seen.append((time.monotonic() - start, stream, text)))
    assert "".join(text for _, stream, text in seen if stream == "stdout") == "aéb"
    assert "".join(text for _, stream, text in seen if stream == "stderr") == "�"
    assert seen[0][0] < 0.25


def test_a_gigabyte_neither_fills_memory_nor_hangs() -> None:
    code = "import os\nb = b'x' * (1 << 20)\nos.write(1, b'HEAD')\nfor _ in range(1024): os.write(1, b)\nos.write(1, b'TAIL')"
    shown = 0

    def on_output(stream: str, text: str) -> None:
        nonlocal shown
        shown += len(text)

    start = time.monotonic()
    ended = run_process([sys.executable, "-c", code], on_output=on_output, capture_limit=1 << 20)
    assert time.monotonic() - start < 60
    kept = ended.capture.stream("stdout")
    assert len(kept) < (1 << 20) + 100
    assert kept.startswith(b"HEADxxx") and kept.endswith(b"xxxTAIL") and b"bytes left out" in kept
    assert ended.capture.total_bytes == shown == (1 << 30) + 8
    assert abs(ended.capture.dropped_bytes - (ended.capture.total_bytes - (1 << 20))) <= 1 << 16


def test_a_timeout_ends_the_whole_group() -> None:
    start = time.monotonic()
    ended = sh("sleep 60 & echo $!; sleep 60", timeout=0.2)
    assert ended.stopped == "timeout"
    assert time.monotonic() - start < 1
    assert wait_gone(int(ended.capture.stream("stdout")))


def test_background_children_do_not_outlive_the_program() -> None:
    ended = sh("sleep 60 & echo $!")
    assert (ended.exit_code, ended.stopped) == (0, None)
    assert wait_gone(int(ended.capture.stream("stdout")))


def test_a_stranger_holding_the_pipes_cannot_make_us_wait() -> None:
    start = time.monotonic()
    ended = sh("setsid sleep 5 & echo $!")
    assert time.monotonic() - start < 2
    os.kill(int(ended.capture.stream("stdout")), signal.SIGKILL)


def test_the_stop_signal_comes_first_and_sigkill_after_the_grace() -> None:
    kind = "trap 'echo report; exit 0' TERM; echo ready; while :; do sleep 0.02; done"
    stubborn = "trap 'echo report' TERM; echo ready; while :; do sleep 0.02; done"
    for script, code in ((kind, 0), (stubborn, 128 + 9)):
        child = Child(["/bin/sh", "-c", script], stop_signal=signal.SIGTERM, stop_grace_s=0.4)
        child._on_output = lambda stream, text, child=child: child.stop()
        start = time.monotonic()
        ended = child.start().wait()
        assert (ended.exit_code, ended.stopped) == (code, "stop")
        assert b"report" in ended.capture.stream("stdout")
        assert time.monotonic() - start < 1.5


def test_stop_from_another_thread_and_after_the_end() -> None:
    child = Child(["/bin/sleep", "60"]).start()
    threading.Timer(0.2, child.stop).start()
    ended = child.wait()
    assert ended.stopped == "stop"
    child.stop()
    assert child.wait() is ended


def test_interrupt_stops_the_child_within_a_second() -> None:
    pressed: list[float] = []

    def press(stream: str, text: str) -> None:
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    script = "trap '' INT TERM; echo before; sleep 60 & while :; do sleep 1; done"
    ended = sh(script, stop_signal=signal.SIGTERM, on_output=press)
    assert ended.stopped == "interrupt"
    assert time.monotonic() - pressed[0] < 1.3
    assert ended.capture.stream("stdout") == b"before\n"


def test_the_memory_limit_ends_a_grower() -> None:
    code = "import time\nx = []\nwhile True: x.append(bytearray(1 << 20)); time.sleep(0.001)"  # the watcher, too, needs a CPU now and then
    ended = run_process([sys.executable, "-c", code], memory_limit=100 << 20, timeout=60)
    assert ended.stopped == "memory"
    assert ended.peak_rss_bytes is not None and ended.peak_rss_bytes < 1 << 30


def test_peak_memory_is_the_childs_and_not_ours() -> None:
    ballast = bytearray(300 << 20)  # our own peak, which Linux hands on to children
    ballast[::4096] = b"x" * len(ballast[::4096])
    ended = sh("sleep 0.3")
    assert ended.peak_rss_bytes is None or ended.peak_rss_bytes < 20 << 20
    del ballast


def test_affinity_holds_for_the_child_only() -> None:
    before = os.sched_getaffinity(0)
    cpu = min(before)
    ended = sh("grep Cpus_allowed_list /proc/self/status", cpus=[cpu])
    assert ended.capture.stream("stdout").split()[-1] == str(cpu).encode()
    assert os.sched_getaffinity(0) == before


def test_children_die_with_this_process() -> None:
    code = (
        "import sys, time\nfrom gotk.runtimes.process import Child\n"
        "child = Child(['/bin/sleep', '60']).start()\nprint(child.pid, flush=True)\ntime.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_gone(pid)


def test_folders_go_with_this_process(tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept", tmp_path / "gone"
    for folder in (kept, gone):
        folder.mkdir()
        (folder / "file").write_text("x")
    code = (
        "import os\nfrom gotk.runtimes import guard\n"
        f"guard.protect_folder({str(kept)!r})\nguard.protect_folder({str(gone)!r})\n"
        f"guard.release_folder({str(kept)!r})\nos.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    until = time.monotonic() + 3
    while gone.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not gone.exists() and kept.exists()


def test_a_missing_executable_is_an_oserror() -> None:
    with pytest.raises(FileNotFoundError):
        run_process(["/nonexistent"])


def test_no_descriptors_are_left_open() -> None:
    sh("true")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        sh("echo x")
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("sizes", [[5], [100, 100], [3] * 60, [400], [40, 30, 20, 10, 5, 4, 3]])
def test_capture_keeps_head_and_tail(sizes: list[int]) -> None:
    capture = Capture(limit=100)
    whole = b""
    for number, size in enumerate(sizes):
        data = bytes([65 + number % 26]) * size
        whole += data
        capture.add("stdout", data)
    kept = capture.stream("stdout")
    assert capture.total_bytes == len(whole)
    assert kept[:50] == whole[:50]
    assert kept[-20:] == whole[-20:]
    if len(whole) <= 100:
        assert kept == whole and capture.dropped_bytes == 0
