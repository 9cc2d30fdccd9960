# SPDX-License-Identifier: BSD-3-Clause
"""The kernel's side of the LLVM host: starts it, sends IR text, gets objects back.

`LLVMClient` is one host, `LLVMPool` what a session uses: one or two of them. A host is started lazily or ahead of use by `prestart`, in a process group of its own, so that an interrupt of
the notebook does not reach it; it ends when this process does, because its stdin closes. A host that crashes (LLVM aborts on its own
faults) or runs over the time limit is replaced at the next request; the request itself fails with `InternalError` that holds LLVM's last words.

Thread-safe: one request at a time under `_lock`.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import IO, Any

from gotk.compiler.llvm.frames import FRAME, pack_frame
from gotk.errors import InternalError

#: seconds; LLVM needs well under a minute for the largest package, so only a fault of LLVM takes longer.
DEFAULT_TIMEOUT_S = 120.0


class LLVMClient:
    """A handle on one LLVM host process. Use `shared()` unless a second, parallel host is wanted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._owner = 0
        self._next_id = 0

    def prestart(self) -> None:
        """Start the host without waiting for it, so that the first compilation finds it warm."""
        if self._lock.acquire(blocking=False):
            try:
                self._ensure()
            finally:
                self._lock.release()

    def compile_object(
        self,
        ir: str,
        output: str,
        *,
        opt: int = 2,
        cpu: str | None = None,
        timeout: float = DEFAULT_TIMEOUT_S,
    ) -> dict[str, int]:
        """Write the object of `ir` for `cpu` (None: this machine's) to the path `output` (atomically). Returns the steps' times in ns."""
        request = {"op": "object", "output": output, "opt": opt, "cpu": cpu}
        header, _ = self._request(request, ir, timeout)
        return header["timings"]

    def compile_text(
        self, ir: str, op: str, *, opt: int = 2, timeout: float = DEFAULT_TIMEOUT_S
    ) -> bytes:
        """The result itself: ``op`` is "object", "assembly" or "ir" (after optimisation)."""
        return self._request({"op": op, "output": None, "opt": opt}, ir, timeout)[1]

    def ping(self, timeout: float = DEFAULT_TIMEOUT_S) -> dict[str, Any]:
        """LLVM's version, CPU and triple as the host sees them."""
        return self._request({"op": "ping"}, "", timeout)[0]

    @property
    def pid(self) -> int | None:
        """Process id of the host, None if it is not running."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def close(self) -> None:
        """End the host. The next request starts another."""
        with self._lock:
            self._kill()

    # ------------------------------------------------------------ process

    def _ensure(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and self._owner != os.getpid():
            # We are a forked copy: the host and its pipes belong to the parent.
            self._process = process = None
        if process is not None and process.poll() is None:
            return process
        self._kill()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the host)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gotk.compiler.llvm.host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            process_group=0,
            env={**os.environ, "PYTHONPATH": _python_path(), "PYTHONSAFEPATH": "1"},
        )
        self._owner = os.getpid()
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.kill()
        process.wait()
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    # ------------------------------------------------------------ requests

    def _request(
        self, request: dict[str, Any], ir: str, timeout: float
    ) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            process = self._ensure()
            self._next_id += 1
            request["id"] = self._next_id
            deadline = time.monotonic() + timeout
            try:
                assert process.stdin is not None
                try:
                    for part in pack_frame(request, ir.encode()):
                        process.stdin.write(part)
                    process.stdin.flush()
                    answer = self._read_answer(process, deadline)
                except BrokenPipeError:
                    answer = None
            except BaseException:
                # Interrupted or out of time: the answer would come when nobody waits for it.
                self._kill()
                raise
            if answer is None:
                raise InternalError(f"LLVM stopped unexpectedly{self._last_words()}")
            header, payload = answer
            if not header["ok"]:
                raise InternalError(f"LLVM refuses the generated code: {header['error']}")
            return header, payload

    def _read_answer(
        self, process: subprocess.Popen[bytes], deadline: float
    ) -> tuple[dict[str, Any], bytes] | None:
        import json

        assert process.stdout is not None
        fd = process.stdout.fileno()
        prefix = _read_exactly(fd, FRAME.size, deadline)
        if prefix is None:
            return None
        header_size, payload_size = FRAME.unpack(prefix)
        header = _read_exactly(fd, header_size, deadline)
        payload = _read_exactly(fd, payload_size, deadline)
        if header is None or payload is None:
            return None
        return json.loads(header), payload

    def _last_words(self) -> str:
        words = b""
        if self._stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                size = self._stderr.seek(0, os.SEEK_END)
                self._stderr.seek(max(0, size - 2000))
                words = self._stderr.read()
        self._kill()
        text = words.decode(errors="replace").strip()
        return f": {text}" if text else ""


def _read_exactly(fd: int, size: int, deadline: float) -> bytes | None:
    """`size` bytes from a pipe, None at its end; InternalError after the deadline (monotonic seconds)."""
    chunks: list[bytes] = []
    while size > 0:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            raise InternalError("LLVM did not finish within its time limit")
        chunk = os.read(fd, min(size, 1 << 20))
        if not chunk:
            return None
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _python_path() -> str:
    """PYTHONPATH with which the host finds this very package, whatever the kernel's sys.path was made of."""
    import gotk

    roots = list(getattr(gotk, "__path__", []))
    root = os.path.dirname(os.path.abspath(roots[0])) if roots else os.getcwd()
    inherited = os.environ.get("PYTHONPATH")
    return os.pathsep.join([root, inherited] if inherited else [root])


#: A program's own module and the instances it shares are compiled side by side. A host takes some 100 MB (most of it LLVM's text, which they
#: share), so two must do.
_HOSTS = 2


class LLVMPool:
    """The hosts of this process; each request goes to one that is free. Thread-safe."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.owner = os.getpid()
        self._clients = [LLVMClient() for _ in range(size)]
        self._free = list(reversed(self._clients))  # the last is taken first: one that has just worked is warm
        self._changed = threading.Condition()

    def prestart(self) -> None:
        """Start the hosts without waiting for them."""
        for client in self._clients:
            client.prestart()

    @contextlib.contextmanager
    def _client(self) -> Iterator[LLVMClient]:
        with self._changed:
            while not self._free:
                self._changed.wait()
            client = self._free.pop()
        try:
            yield client
        finally:
            with self._changed:
                self._free.append(client)
                self._changed.notify()

    def compile_object(self, ir: str, output: str, *, cpu: str | None = None) -> dict[str, int]:
        """As `LLVMClient.compile_object`."""
        with self._client() as client:
            return client.compile_object(ir, output, cpu=cpu)

    def compile_text(self, ir: str, op: str) -> bytes:
        """As `LLVMClient.compile_text`."""
        with self._client() as client:
            return client.compile_text(ir, op)

    def submit_object(
        self, ir: str, output: str, *, cpu: str | None = None
    ) -> Future[dict[str, int]]:
        """`compile_object` in the background."""
        future: Future[dict[str, int]] = Future()

        def work() -> None:
            try:
                future.set_result(self.compile_object(ir, output, cpu=cpu))
            except BaseException as error:
                future.set_exception(error)

        # A thread of its own: it lives for one request, so there is none to be missing in a forked copy of this process.
        threading.Thread(target=work, name="gotk-llvm", daemon=True).start()
        return future


_shared: LLVMPool | None = None
_shared_lock = threading.Lock()


def shared() -> LLVMPool:
    """The session's hosts."""
    global _shared
    with _shared_lock:
        if _shared is None or _shared.owner != os.getpid():
            _shared = LLVMPool(max(1, min(_HOSTS, len(os.sched_getaffinity(0)))))
        return _shared
