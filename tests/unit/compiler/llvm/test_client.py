# SPDX-License-Identifier: BSD-3-Clause
"""The LLVM host: compiles, survives bad input, is replaced after a crash, ends with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gotk.compiler.llvm.client import LLVMClient
from gotk.errors import InternalError

IR = "define i64 @f(i64 %x) {\n  %y = add i64 %x, 1\n  ret i64 %y\n}\n"


@pytest.fixture
def host() -> Iterator[LLVMClient]:
    client = LLVMClient()
    yield client
    client.close()


def test_objects_are_elf(host: LLVMClient, tmp_path: Path) -> None:
    output = tmp_path / "sub" / "f.o"
    timings = host.compile_object(IR, str(output))
    assert output.read_bytes()[:4] == b"\x7fELF"
    assert set(timings) == {"parse_ns", "verify_ns", "optimize_ns", "emit_ns"}
    assert [p.name for p in output.parent.iterdir()] == ["f.o"], "no temporary files left"


def test_text_results(host: LLVMClient) -> None:
    assert b"leaq" in host.compile_text(IR, "assembly") or b"add" in host.compile_text(IR, "assembly")
    assert b"define" in host.compile_text(IR, "ir")


def test_bad_ir_is_our_fault_and_the_host_lives(host: LLVMClient) -> None:
    with pytest.raises(InternalError, match="expected type"):
        host.compile_text("define bogus", "ir")
    pid = host.pid
    assert b"define" in host.compile_text(IR, "ir")
    assert host.pid == pid


def test_invalid_module_is_reported(host: LLVMClient) -> None:
    twice = "define void @f() {\n  %x = alloca i8\n  ret i64 0\n}\n"
    with pytest.raises(InternalError, match="LLVM refuses"):
        host.compile_text(twice, "ir")


def test_dead_host_is_replaced(host: LLVMClient) -> None:
    host.compile_text(IR, "ir")
    assert host.pid is not None
    os.kill(host.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert b"define" in host.compile_text(IR, "ir")


def test_crash_during_a_request_is_an_error_with_last_words(host: LLVMClient) -> None:
    # Stopped, so that the request is surely on its way when the host dies.
    host.compile_text(IR, "ir")
    pid = host.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    killer = subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -KILL {pid}"])
    with pytest.raises(InternalError, match="stopped unexpectedly"):
        host.compile_text(IR, "ir")
    killer.wait()
    assert b"define" in host.compile_text(IR, "ir")


def test_time_limit(host: LLVMClient) -> None:
    host.compile_text(IR, "ir")
    assert host.pid is not None
    os.kill(host.pid, signal.SIGSTOP)
    with pytest.raises(InternalError, match="time limit"):
        host.compile_text(IR, "ir", timeout=0.3)
    assert b"define" in host.compile_text(IR, "ir")


def test_host_is_in_its_own_process_group(host: LLVMClient) -> None:
    host.ping()
    assert host.pid is not None
    assert os.getpgid(host.pid) == host.pid != os.getpgid(0)


def test_host_ends_with_its_parent() -> None:
    script = textwrap.dedent(
        """
        import os
        from gotk.compiler.llvm.client import LLVMClient
        client = LLVMClient()
        client.ping()
        print(client.pid, flush=True)
        os._exit(0)
        """
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    pid = int(out.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not _alive(pid):
            return
        time.sleep(0.05)
    pytest.fail(f"host {pid} outlived its parent")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
