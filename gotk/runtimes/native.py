# SPDX-License-Identifier: BSD-3-Clause
"""The runtimes ``gotk`` and ``threads``: our compiler's objects, run by the native executable
gotk-run.

Both run the same objects; only the mode differs. The report comes back through a memfd (so that it
survives the program), the live counters through another, records and outputs through the run's
directory.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
from collections.abc import Sequence
from pathlib import Path

from gotk.compiler.source import MadeProgram
from gotk.errors import CompileError, GoFatal, GoPanic, RuntimeUnavailable
from gotk.runtimes.base import Job, RunResult
from gotk.runtimes.control import make_control_page
from gotk.runtimes.ending import assemble
from gotk.runtimes.iodir import IoDirectory
from gotk.runtimes.process import Child
from gotk.runtimes.report import Report, parse_report
from gotk.runtimes.traces import parse_goroutines, translate

__all__ = ["NativeRuntime", "find_gotk_run"]

# Our metrics that mean what Go's runtime/metrics means by another name.
_GO_KEYS = {
    "gomaxprocs": "/sched/gomaxprocs:threads",
    "goroutines_created": "/sched/goroutines-created:goroutines",
    "heap_alloc_bytes": "/gc/heap/allocs:bytes",
}

# Time for the report after SIGTERM: it is written in milliseconds, unless the program is badly
# stuck.
_REPORT_GRACE_S = 0.6

_PACKAGE = Path(__file__).resolve().parent.parent


def find_gotk_run() -> Path | None:
    """The native executable: ``$GOTK_RUN``, else the one that was built with the package."""
    given = os.environ.get("GOTK_RUN")
    path = Path(given) if given else _PACKAGE / "native" / "bin" / "gotk-run"
    return path if os.access(path, os.X_OK) else None


class NativeRuntime:
    """Runs on our scheduler (``gotk``) or one OS thread per goroutine (``threads``)."""

    def __init__(self, name: str) -> None:
        self.name = name

    def prepare(self, job: Job) -> None:
        """Compile `job`'s program if that has not been done."""
        self._build(self._make(job))

    def start(self, job: Job) -> NativeRunning:
        """Compile if need be and start. Raises CompileError, UsageError, RuntimeUnavailable."""
        executable = find_gotk_run()
        if executable is None:
            raise RuntimeUnavailable(
                f'the native runtime is not built, so "{self.name}" cannot run: install gotk with a C compiler '
                'present, or build it in place with "make native"; the runtime "go" works without it'
            )
        program = self._make(job)
        objects = self._build(program)
        return NativeRunning(self.name, executable, job, program, objects)

    @staticmethod
    def _make(job: Job) -> MadeProgram:
        return job.cell.make(params=job.params, inputs=job.inputs, outputs=job.outputs)

    @staticmethod
    def _build(program: MadeProgram) -> Sequence[str]:
        from gotk.compiler.build import build_program

        files = {made.name: made for made in program.files}
        try:
            return build_program([(made.name, made.text) for made in program.files]).objects
        except CompileError as error:
            mapped = []
            for diagnostic in error.diagnostics:
                made = files.get(os.path.basename(diagnostic.file))
                mapped.append(diagnostic if made is None else made.diagnostic(diagnostic))
            raise CompileError(mapped, program.origin) from None


class NativeRunning:
    """A run of gotk-run under way."""

    def __init__(
        self,
        mode: str,
        executable: Path,
        job: Job,
        program: MadeProgram,
        objects: Sequence[str],
    ) -> None:
        self._job, self._program = job, program
        self._io = IoDirectory(program.data_files)
        self._report_fd = os.memfd_create("gotk-report", os.MFD_CLOEXEC)
        self.control_fd: int | None = make_control_page()
        argv = [
            str(executable), "--mode", mode, "--procs", str(job.gomaxprocs), "--seed", str(job.seed),
            "--report-fd", str(self._report_fd), "--control-fd", str(self.control_fd),
        ]  # fmt: skip
        if job.memory_limit is not None:
            argv += ["--memory-limit", str(job.memory_limit)]
        if job.stack_size is not None:
            argv += ["--stack-size", str(job.stack_size)]
        for name, value in job.options.items():
            argv += [f"--{name.replace('_', '-')}", str(value)]
        for path in objects:
            argv += ["--object", path]
        argv += ["--", program.made.name.removesuffix(".go"), *job.args]
        env = {**os.environ, **job.env, "GOTK_IO_DIR": self._io.path, "GOTK_SEED": str(job.seed)}
        self._child = Child(
            argv,
            env=env,
            pass_fds=(self._report_fd, self.control_fd),
            timeout=job.timeout,
            # gotk-run keeps the limit itself and ends with Go's own message; this is for what slips
            # through.
            memory_limit=None if job.memory_limit is None else job.memory_limit * 5 // 4,
            on_output=job.on_output,
            stop_signal=signal.SIGTERM,
            stop_grace_s=_REPORT_GRACE_S,
            stdin=job.stdin,
            inherit=job.inherit,
            tee_stderr=job.inherit and job.measure,
            cpus=job.cpus,
        )
        try:
            self._child.start()
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        self._io.remove()
        os.close(self._report_fd)
        if self.control_fd is not None:
            fd, self.control_fd = self.control_fd, None
            os.close(fd)

    def stop(self) -> None:
        """End the run, from any thread; it writes its report first."""
        self._child.stop()

    def wait(self) -> RunResult:
        """Wait for the end and collect what was measured."""
        try:
            ended = self._child.wait()
            result = assemble(ended, self._job, self._program, self._io, own=True)
            report = parse_report(_read_all(self._report_fd), self._place)
        finally:
            self._close()
        if report is not None:
            self._merge(result, report)
        return result

    def _place(self, text: str) -> str:
        made = self._program.made
        return translate(text, made.name, made.name, made.line)

    def _merge(self, result: RunResult, report: Report) -> None:
        measured = dict(report.metrics)
        if "wall_ns" in measured:
            # Ours includes the process's start and is comparable over all runtimes; theirs is the
            # program alone.
            measured["main_ns"] = measured.pop("wall_ns")
        for name in (
            "user_ns",
            "system_ns",
            "voluntary_switches",
            "involuntary_switches",
            "exit_code",
        ):
            measured.pop(name, None)
        result.metrics.update(measured)
        if report.typical_stack is not None:
            result.metrics.setdefault("bytes_per_goroutine", report.typical_stack)
        result.runtime_metrics.update(
            {key: float(measured[ours]) for ours, key in _GO_KEYS.items() if ours in measured}
        )
        result.runtime_metrics.update(report.runtime_metrics)
        result.tables.update(report.tables)
        if (
            result.error is None
            or isinstance(result.error, (GoPanic, GoFatal))
            or not report.message
        ):
            return
        if result.exit_code == 2 and report.kind in ("panic", "fatal"):
            # The program's stderr was not captured, or its end was lost in a flood.
            traces = parse_goroutines(self._place(report.traces))
            message = re.sub(r"^(panic: |fatal error: )", "", report.message)
            if report.kind == "panic":
                result.error = GoPanic(f"panic: {message}", value=message, goroutines=traces)
            else:
                result.error = GoFatal(f"fatal error: {message}", reason=message, goroutines=traces)


def _read_all(fd: int) -> bytes:
    """All of a memfd."""
    with contextlib.suppress(OSError):
        return os.pread(fd, os.fstat(fd).st_size, 0)
    return b""
