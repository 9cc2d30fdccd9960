# SPDX-License-Identifier: BSD-3-Clause
"""Runs one child process with care: own session, bounded capture, time and memory limits, exact
accounting.

Protocol of an end, in this order, so that no number is ever used after it was given back:
1. the pidfd (or a poll of waitid) says that the child is a zombie; its pid, which is also its
   group's, is still reserved;
2. the rest of its group is killed;
3. the pipes are drained, for at most `_DRAIN_S` in case somebody outside the group holds them;
4. wait4 reaps it and yields its resource usage; the guard forgets the group.

A stop (time limit, memory limit, interrupt, `Child.stop`) sends `stop_signal` to the group if the
runtime has one for "write your report", and SIGKILL after `stop_grace_s`; without one it sends
SIGKILL at once.

Peak memory: Linux carries the *parent's* peak into a child's ru_maxrss (exec takes the old address
space's high-water mark along, fs/exec.c exec_mmap), and a kernel with pandas is bigger than most
programs it starts. So ru_maxrss is believed only when it exceeds our own; else the last VmHWM that
a sample saw, if it was taken in the last fifth of the run; else nothing.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import resource
import selectors
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Literal

from gotk.runtimes import guard
from gotk.runtimes.capture import Capture, StreamName

__all__ = ["Child", "OnOutput", "ProcessResult", "StopReason", "run_process"]

OnOutput = Callable[[StreamName, str], None]
StopReason = Literal["timeout", "memory", "interrupt", "stop"]

# Time between two looks at /proc while the child runs: 50 a second cost a per mille of one CPU.
_SAMPLE_S = 0.02
# What is still in the pipes after the end is there at once; longer only a stranger holds them open.
_DRAIN_S = 0.25
_READ_BYTES = 1 << 18
_PIPE_BYTES = 1 << 20
_F_SETPIPE_SZ = 1031


@dataclass
class ProcessResult:
    """How a child ended and what it used.

    `exit_code` is the program's own, or 128 + the signal's number with `signal` set. Times are ns,
    sizes bytes; None is unknown.
    """

    pid: int
    exit_code: int
    signal: int | None
    stopped: StopReason | None
    wall_ns: int
    user_ns: int
    system_ns: int
    peak_rss_bytes: int | None
    peak_threads: int | None
    voluntary_switches: int
    involuntary_switches: int
    capture: Capture = field(repr=False)


class Child:
    """One child process. `start` it, then `wait` in the same or in another thread; `stop` from
    anywhere.

    `on_output` is called from the waiting thread with the stream's name and text, as it arrives.
    With ``inherit=True`` the child keeps our own stdin, stdout, stderr and terminal, and nothing is
    captured; with ``tee_stderr=True`` besides, its stderr is captured and passed on to ours.
    Otherwise it reads `stdin`, or finds its standard input empty.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        pass_fds: Sequence[int] = (),
        timeout: float | None = None,
        memory_limit: int | None = None,
        data_limit: int | None = None,
        on_output: OnOutput | None = None,
        stop_signal: int | None = None,
        stop_grace_s: float = 0.5,
        stdin: bytes | None = None,
        inherit: bool = False,
        tee_stderr: bool = False,
        cpus: Sequence[int] | None = None,
        capture_limit: int | None = None,
    ) -> None:
        self.argv = list(argv)
        self._env, self._cwd, self._pass_fds = env, cwd, pass_fds
        self._timeout, self._memory_limit, self._data_limit = timeout, memory_limit, data_limit
        self._on_output = on_output
        self._stop_signal, self._stop_grace_s = stop_signal, stop_grace_s
        self._stdin = stdin
        self._inherit = inherit
        self._tee_stderr = tee_stderr
        self._cpus = cpus
        self.capture = Capture(capture_limit) if capture_limit else Capture()
        self._lock = threading.Lock()  # guards _stopped and _reaped, for `stop` from other threads
        self._stopped: StopReason | None = None
        self._reaped = False
        self._kill_at: float | None = None
        self._peak_rss: int | None = None
        self._sampled_ns = 0
        self._peak_threads: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.result: ProcessResult | None = None

    @property
    def pid(self) -> int:
        """The child's process id, which is also its group's."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> Child:
        """Start the child. Raises OSError if that cannot be done."""
        stream = None if self._inherit else subprocess.PIPE
        self._started_ns = time.monotonic_ns()
        with _affinity(self._cpus):
            self._process = self._spawn(stream)
        if not self._inherit:
            guard.protect(self.pid)
        # If memory runs out in spite of the limit, the kernel's killer is to take the program, not
        # the notebook.
        with contextlib.suppress(OSError), open(f"/proc/{self.pid}/oom_score_adj", "w") as file:
            file.write("1000")
        if self._data_limit:
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(
                    self.pid, resource.RLIMIT_DATA, (self._data_limit, self._data_limit)
                )
        return self

    def _spawn(self, stream: int | None) -> subprocess.Popen[bytes]:
        with self._standard_input() as stdin:
            return subprocess.Popen(
                self.argv,
                stdin=stdin,
                stdout=stream,
                stderr=subprocess.PIPE if self._tee_stderr else stream,
                env=dict(self._env) if self._env is not None else None,
                cwd=self._cwd,
                pass_fds=tuple(self._pass_fds),
                start_new_session=not self._inherit,
            )

    @contextlib.contextmanager
    def _standard_input(self) -> Iterator[int | IO[bytes] | None]:
        """What Popen takes as stdin. Given bytes are a file, so nobody has to feed a pipe while the program runs."""
        if self._stdin is None:
            yield None if self._inherit else subprocess.DEVNULL
            return
        with tempfile.TemporaryFile() as file:
            file.write(self._stdin)
            file.seek(0)
            yield file

    def stop(self, reason: StopReason = "stop") -> None:
        """End the child and its group; the first reason given counts. Safe from any thread, also
        after the end.
        """
        with self._lock:
            if self._stopped is not None or self._reaped:
                return
            self._stopped = reason
            # A program over its memory limit gets no time to write reports: it may still be
            # growing.
            if self._stop_signal is not None and reason != "memory":
                self._kill_at = time.monotonic() + self._stop_grace_s
                self._signal(self._stop_signal)
            else:
                self._kill_at = time.monotonic()
                self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._inherit:
                os.kill(self.pid, number)
            else:
                os.killpg(self.pid, number)

    def wait(self) -> ProcessResult:
        """Wait for the end, feeding `on_output`. KeyboardInterrupt stops the child and shows as
        ``stopped``.
        """
        if self.result is not None:
            return self.result
        try:
            self._loop()
        except BaseException:
            self._signal(signal.SIGKILL)
            self._reap()
            raise
        return self._reap()

    def _loop(self) -> None:
        process = self._process
        assert process is not None
        deadline = None if self._timeout is None else time.monotonic() + self._timeout
        with selectors.DefaultSelector() as selector:
            pidfd = _open_pidfd(self.pid)
            if pidfd is not None:
                selector.register(pidfd, selectors.EVENT_READ, None)
            decoders = {}
            for name, pipe in (("stdout", process.stdout), ("stderr", process.stderr)):
                if pipe is not None:
                    os.set_blocking(pipe.fileno(), False)
                    with contextlib.suppress(OSError):
                        fcntl.fcntl(pipe.fileno(), _F_SETPIPE_SZ, _PIPE_BYTES)
                    selector.register(pipe, selectors.EVENT_READ, name)
                    decoders[name] = codecs.getincrementaldecoder("utf-8")("replace")
            try:
                self._watch(selector, decoders, deadline)
                if not self._inherit:
                    self._signal(
                        signal.SIGKILL
                    )  # whoever of the group is left; the zombie keeps its number
                self._drain(selector, decoders)
                for name, decoder in decoders.items():
                    self._emit(name, decoder.decode(b"", True))
            finally:
                if pidfd is not None:
                    os.close(pidfd)

    def _watch(
        self,
        selector: selectors.BaseSelector,
        decoders: Mapping[str, codecs.IncrementalDecoder],
        deadline: float | None,
    ) -> None:
        """Read and sample until the child is a zombie."""
        next_sample = 0.0
        while True:
            try:
                now = time.monotonic()
                if deadline is not None and now >= deadline:
                    self.stop("timeout")
                    deadline = None
                if self._kill_at is not None and now >= self._kill_at:
                    self._signal(signal.SIGKILL)
                    self._kill_at = now + 1.0
                if now >= next_sample:
                    self._sample()
                    next_sample = now + _SAMPLE_S
                until = [next_sample, *(t for t in (deadline, self._kill_at) if t is not None)]
                self._read(selector, decoders, max(0.0, min(until) - time.monotonic()))
                if _is_zombie(self.pid):
                    return
            except KeyboardInterrupt:
                if self._stopped is None:
                    self.stop("interrupt")
                else:  # the second press: no more patience
                    self._stopped = "interrupt"
                    self._signal(signal.SIGKILL)

    def _drain(
        self,
        selector: selectors.BaseSelector,
        decoders: Mapping[str, codecs.IncrementalDecoder],
    ) -> None:
        until = time.monotonic() + _DRAIN_S
        while any(key.data for key in selector.get_map().values()) and time.monotonic() < until:
            self._read(selector, decoders, 0.02)

    def _read(
        self,
        selector: selectors.BaseSelector,
        decoders: Mapping[str, codecs.IncrementalDecoder],
        timeout: float,
    ) -> None:
        for key, _ in selector.select(timeout):
            name = key.data
            if name is None:
                continue
            try:
                data = os.read(key.fd, _READ_BYTES)
            except BlockingIOError:
                continue
            if not data:
                selector.unregister(key.fileobj)
                continue
            self.capture.add(name, data)
            if self._tee_stderr and name == "stderr":
                with contextlib.suppress(OSError):
                    os.write(2, data)
            if self._on_output is not None:
                self._emit(name, decoders[name].decode(data))

    def _emit(self, name: str, text: str) -> None:
        if text and self._on_output is not None:
            self._on_output(name, text)  # type: ignore[arg-type]

    def _sample(self) -> None:
        """Take peak memory and thread count from /proc, and enforce the memory limit."""
        status = _read_status(self.pid)
        if status is None:
            return
        rss, peak, threads = status
        if peak is not None:
            self._peak_rss = max(peak, self._peak_rss or 0)
            self._sampled_ns = time.monotonic_ns()
        if threads is not None:
            self._peak_threads = max(threads, self._peak_threads or 0)
        if self._memory_limit is not None and rss is not None and rss > self._memory_limit:
            self.stop("memory")

    def _reap(self) -> ProcessResult:
        process = self._process
        assert process is not None
        while True:
            try:
                _, status, usage = os.wait4(process.pid, 0)
                break
            except KeyboardInterrupt:
                self._signal(signal.SIGKILL)
        ended_ns = time.monotonic_ns()
        with self._lock:
            self._reaped = True
        if not self._inherit:
            guard.release(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        killed = -process.returncode if process.returncode < 0 else None
        self.result = ProcessResult(
            pid=process.pid,
            exit_code=process.returncode if killed is None else 128 + killed,
            signal=killed,
            stopped=self._stopped,
            wall_ns=ended_ns - self._started_ns,
            user_ns=round(usage.ru_utime * 1e9),
            system_ns=round(usage.ru_stime * 1e9),
            peak_rss_bytes=self._believable_peak(usage.ru_maxrss * 1024, ended_ns),
            peak_threads=self._peak_threads,
            voluntary_switches=usage.ru_nvcsw,
            involuntary_switches=usage.ru_nivcsw,
            capture=self.capture,
        )
        return self.result

    def _believable_peak(self, child_maxrss: int, ended_ns: int) -> int | None:
        ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        # The kernel counts pages per CPU and adds up loosely: what is only a little above ours may
        # be ours.
        if child_maxrss > ours + ours // 8 + (8 << 20):
            return child_maxrss
        late = 5 * (self._sampled_ns - self._started_ns) >= 4 * (ended_ns - self._started_ns)
        return self._peak_rss if late else None


def run_process(argv: Sequence[str], **options: object) -> ProcessResult:
    """Start a `Child` with these options, wait for it, return its result."""
    return Child(argv, **options).start().wait()  # type: ignore[arg-type]


@contextlib.contextmanager
def _affinity(cpus: Sequence[int] | None) -> Iterator[None]:
    """Let this thread, and so the child that it starts, run on `cpus` only. Other
    threads are not touched.
    """
    if cpus is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _open_pidfd(pid: int) -> int | None:
    opener = getattr(os, "pidfd_open", None)
    if opener is None:
        return None
    with contextlib.suppress(OSError):
        return int(opener(pid))
    return None  # old kernel or seccomp: the loop's own rhythm finds the end


def _is_zombie(pid: int) -> bool:
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
    except ChildProcessError:
        return True


def _read_status(pid: int) -> tuple[int | None, int | None, int | None] | None:
    """(resident bytes, peak resident bytes, threads) of a process; None once it is gone."""
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            text = file.read()
    except OSError:
        return None
    found: dict[bytes, int] = {}
    for line in text.splitlines():
        key, _, value = line.partition(b":")
        if key in (b"VmRSS", b"VmHWM", b"Threads"):
            number = int(value.split()[0])
            found[key] = number * 1024 if key != b"Threads" else number
    return found.get(b"VmRSS"), found.get(b"VmHWM"), found.get(b"Threads")
