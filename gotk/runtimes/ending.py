# SPDX-License-Identifier: BSD-3-Clause
"""From a child's end to a RunResult: which error it was, and the metrics that every
runtime shares.
"""

from __future__ import annotations

import signal

from gotk.compiler.source import MadeProgram
from gotk.errors import GoExit, GoFatal, InternalError, RunTimeout
from gotk.runtimes.base import Job, RunResult
from gotk.runtimes.iodir import IoDirectory
from gotk.runtimes.process import ProcessResult
from gotk.runtimes.traces import error_of, translate

__all__ = ["assemble", "error_of_end"]


def assemble(
    ended: ProcessResult, job: Job, program: MadeProgram, io: IoDirectory, *, own: bool
) -> RunResult:
    """The result of a run, with what is known without the runtime's own report.

    `own` says that the runtime is ours, so that a signal which ended it is our fault and not the
    program's.
    """
    capture = ended.capture
    stderr = capture.stream("stderr")
    output = capture.both()
    made = program.made
    text = stderr.decode(errors="replace")
    if not made.same_lines:
        text = translate(text, made.name, made.name, made.line)
        output = translate(
            output.decode(errors="replace"), made.name, made.name, made.line
        ).encode()
    metrics = {
        "wall_ns": ended.wall_ns,
        "user_ns": ended.user_ns,
        "system_ns": ended.system_ns,
        "voluntary_switches": ended.voluntary_switches,
        "involuntary_switches": ended.involuntary_switches,
        "exit_code": ended.exit_code,
    }
    if ended.peak_rss_bytes is not None:
        metrics["peak_rss_bytes"] = ended.peak_rss_bytes
    ours, theirs = io.metrics()
    metrics.update(ours)
    return RunResult(
        exit_code=ended.exit_code,
        stdout=capture.stream("stdout"),
        stderr=text.encode(),
        output=output,
        metrics=metrics,
        runtime_metrics=theirs,
        records=io.records(),
        outputs=io.outputs(program.outputs),
        error=error_of_end(ended, job, text, own=own),
        stopped=ended.stopped,
        output_bytes=capture.total_bytes,
        dropped_output_bytes=capture.dropped_bytes,
    )


def error_of_end(ended: ProcessResult, job: Job, stderr: str, *, own: bool) -> Exception | None:
    """The error that this end amounts to; None for a good end, and for one that the user
    asked for.
    """
    if ended.stopped == "timeout":
        seconds = job.timeout or 0.0
        return RunTimeout(f"the program was stopped: {seconds:g} s were over", seconds=seconds)
    if ended.stopped == "memory":
        limit = (job.memory_limit or 0) / 2**20
        return GoFatal(
            "fatal error: out of memory\nthe program was stopped at its memory limit of "
            f"{limit:,.0f} MiB",
            reason="out of memory",
        )
    if ended.stopped is not None:
        return None
    found = error_of(stderr, ended.exit_code)
    if isinstance(found, GoFatal) and own and found.reason.startswith("undefined symbol"):
        # gotk-run and the compiler are of different versions: nothing that a program could do.
        return InternalError(f"{found.reason} (is the native library older than the compiler?)")
    if found is not None:
        return found
    if ended.signal is not None:
        name = signal.Signals(ended.signal).name
        if ended.signal == signal.SIGKILL:
            return GoFatal(
                "the program was killed from outside, most likely because the machine ran out of "
                "memory",
                reason="killed",
            )
        if own:
            return InternalError(f"the program's process died of {name}", seed=job.seed)
        return GoFatal(f"the program died of {name}", reason=name)
    if ended.exit_code != 0:
        code = ended.exit_code
        if code == 2 and job.inherit and not job.measure:
            # Its stderr went past us, so the three cannot be told apart.
            return GoExit("the program panicked, met a fatal error or called os.Exit(2)", code=code)
        return GoExit(f"the program ended with os.Exit({code})", code=code)
    return None
