# SPDX-License-Identifier: BSD-3-Clause
"""A run: what a program printed, how it ended and what was measured. The same object for all
runtimes.

Tables are made when they are asked for, so a run that only prints never loads pandas.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gotk.circumstances import Watch
from gotk.errors import GotkError, InternalError, RunError
from gotk.runtimes.base import Running, RunResult

if TYPE_CHECKING:
    import pandas as pd

    from gotk.program import Program
    from gotk.runtimes.base import Job
    from gotk.runtimes.control import Control

__all__ = ["COMMON_METRICS", "METRICS", "Run", "last_run"]

# Metrics that every runtime reports under the same name and unit, as far as it can know them.
COMMON_METRICS = {
    "wall_ns": "time from the start of the program's process to its end, ns",
    "user_ns": "CPU time in user mode, ns",
    "system_ns": "CPU time in the kernel, ns",
    "peak_rss_bytes": "largest resident memory, bytes",
    "goroutines_created": "goroutines started, the main one included",
    "threads_created": "OS threads started, the main one included",
    "voluntary_switches": "times an OS thread gave up its CPU to wait",
    "involuntary_switches": "times the OS took the CPU from a thread",
    "bytes_per_goroutine": "largest stack that the typical (median) goroutine had (on threads: reserved), bytes",
    "exit_code": "the program's exit code",
}

# Metrics of our own runtimes besides the common ones.
METRICS = COMMON_METRICS | {
    "main_ns": "time from the program's first instruction to its end, ns",
    "max_goroutines": "largest number of goroutines alive at once (sampled, so perhaps less, beyond the rows of the table)",
    "goroutine_switches": "times a thread went from one goroutine to another",
    "steals": "times a proc took goroutines from another's queue",
    "parks": "times a goroutine began to wait",
    "preemptions": "times a goroutine was taken off its thread when its slice was over",
    "handoffs": "times a proc was handed on because its thread blocked in a system call",
    "heap_alloc_bytes": "bytes allocated in all",
    "heap_peak_bytes": "largest size of the heap, bytes",
    "goroutines_exited": "goroutines that came to an end",
    "goroutine_rows": "goroutines that have a row in the table, at most as many as were created",
    "stack_peak_bytes": "largest size of all goroutine stacks together, bytes",
}

_last: Run | None = None


def last_run() -> Run | None:
    """The run that ended last in this session, also if it failed or was interrupted."""
    return _last


class Run:
    """One run of a program. Programs make it; users read it.

    Attributes: `run_id` (short, unique), `name`, `runtime`, `gomaxprocs`, `params`, `seed`,
    `program`. Everything else waits for the end of the run, so it may be used at once on a run that
    was started in the background.
    """

    def __init__(
        self, program: Program, job: Job, running: Running, watch: Watch, *, run_id: str,
        runtime: str, name: str | None, gomaxprocs_asked: int | None, compile_ns: int,
    ) -> None:  # fmt: skip
        self.program = program
        self.run_id = run_id
        self.name = name
        self.runtime = runtime
        self.gomaxprocs = job.gomaxprocs
        self.params: Mapping[str, Any] = dict(job.params)
        self.seed = job.seed
        self._asked = gomaxprocs_asked
        self.compile_ns = compile_ns
        self._memory_limit = job.memory_limit
        self._one_proc = job.gomaxprocs == 1 and not any(a.lstrip("-").startswith("test.cpu") for a in job.args)
        self._running: Running | None = running
        self._watch = watch
        self._result: RunResult | None = None
        self._failure: BaseException | None = None
        self._circumstances: dict[str, Any] = {}
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    # Life.

    def _finish(self) -> RunResult:
        """Wait in this thread and take the result in. Only the thread that owns the run
        calls it.
        """
        global _last
        assert self._running is not None
        try:
            result = self._running.wait()
            self._circumstances = self._watch.row(
                run_id=self.run_id,
                runtime=self.runtime,
                seed=self.seed,
                gomaxprocs_asked=self._asked,
                gomaxprocs=result.metrics.pop("gomaxprocs", self.gomaxprocs),
                trace=False,
                memory_limit_bytes=self._memory_limit,
                go=result.versions.get("go"),
            )
            if isinstance(result.error, (RunError, InternalError)):
                result.error.run = self
            self._result = result
            _last = self
            return result
        except BaseException as failure:
            self._failure = failure
            raise
        finally:
            self._running = None
            self._ended.set()

    def _finish_in_background(self) -> None:
        def work() -> None:
            try:
                self._finish()
            except BaseException:  # kept: `wait` raises it where somebody looks
                return

        self._thread = threading.Thread(target=work, name=f"gotk-{self.run_id}", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the run is over."""
        return self._ended.is_set()

    def wait(self, timeout: float | None = None) -> Run:
        """Wait for the end, at most `timeout` seconds; returns the run itself.
        KeyboardInterrupt leaves the run going.
        """
        if not self._ended.wait(timeout):
            return self
        if self._failure is not None:
            raise self._failure
        return self

    def stop(self) -> Run:
        """End a run in the background and wait for its end. What was measured is kept."""
        running = self._running
        if running is not None:
            running.stop()
        return self.wait()

    @functools.cached_property
    def control(self) -> Control | None:
        """Live counters and the GOMAXPROCS of the running program; None if the runtime
        has none or the run is over.
        """
        running = self._running
        if running is None or running.control_fd is None:
            return None
        from gotk.runtimes.control import Control

        return Control(running.control_fd)

    def monitor(self) -> Any:
        """A panel with live counters and a GOMAXPROCS slider for a run in the
        background; needs a notebook.
        """
        from gotk.jupyter.monitor import monitor

        return monitor(self)

    def _ended_result(self) -> RunResult:
        self.wait()
        if self._result is None:
            raise GotkError("the run has no result")
        return self._result

    def __getstate__(self) -> dict[str, Any]:
        self._ended.wait()
        return {
            k: v
            for k, v in self.__dict__.items()
            if k not in ("_ended", "_thread", "_watch", "control")
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._thread = None
        self._ended = threading.Event()
        self._ended.set()

    # What it printed, how it ended.

    @property
    def output(self) -> str:
        """What the program printed, stdout and stderr in the order of arrival."""
        return self._ended_result().output.decode(errors="replace")

    @property
    def stdout(self) -> str:
        """What the program printed on stdout."""
        return self._ended_result().stdout.decode(errors="replace")

    @property
    def stderr(self) -> str:
        """What the program printed on stderr, a panic's trace included."""
        return self._ended_result().stderr.decode(errors="replace")

    @property
    def exit_code(self) -> int:
        """The program's exit code: 2 after a panic or fatal error, 128 + n if signal n ended it."""
        return self._ended_result().exit_code

    @property
    def error(self) -> Exception | None:
        """What went wrong, None after a good end."""
        return self._ended_result().error

    @property
    def stopped(self) -> str | None:
        """Why we ended the program: timeout, memory, interrupt or stop; None if it ended
        by itself.
        """
        return self._ended_result().stopped

    @property
    def outputs(self) -> dict[str, Any]:
        """The Go variables asked for, as Python values: slices of numbers as numpy arrays."""
        return self._ended_result().outputs

    # What was measured.

    @property
    def raw_metrics(self) -> dict[str, int]:
        """The known metrics as a plain dict; METRICS of module gotk.run says what they mean."""
        return self._ended_result().metrics

    @functools.cached_property
    def metrics(self) -> pd.Series[Any]:
        """The metrics as a Series, unknown ones NA. Names and units are the same for all
        runtimes (METRICS of module gotk.run).
        """
        from gotk.frames import metrics_series

        metrics = self.raw_metrics
        names = COMMON_METRICS if self.runtime == "go" else METRICS
        return metrics_series(metrics, list(names), self.run_id)

    @property
    def runtime_metrics(self) -> dict[str, float]:
        """Values at the end of the run under the keys of Go's runtime/metrics, as
        ``/sched/gomaxprocs:threads``.
        """
        return self._ended_result().runtime_metrics

    @functools.cached_property
    def goroutines(self) -> pd.DataFrame:
        """One row per goroutine: who created it where, times running, runnable, waiting.
        Empty on ``go``, which does not tell.
        """
        from gotk.frames import GOROUTINE_COLUMNS, table_frame

        table = self._ended_result().tables.get("goroutines")
        return table_frame(table, self.run_id, GOROUTINE_COLUMNS)

    @functools.cached_property
    def records(self) -> pd.DataFrame:
        """What the program recorded with ``gotk.Record``: columns run_id, seq, name,
        value, t_ns (since the start).
        """
        from gotk.frames import records_frame

        return records_frame(self._ended_result().records, self.run_id)

    @functools.cached_property
    def circumstances(self) -> pd.DataFrame:
        """One row: machine, limits, load, versions, seed (columns:
        `gotk.circumstances.COLUMNS`).
        """
        from gotk.frames import circumstances_frame

        self.wait()
        return circumstances_frame([self._circumstances])

    @functools.cached_property
    def benchmarks(self) -> pd.DataFrame:
        """One row per result that the program printed in the Go benchmark format: columns run_id, name,
        procs, n, ns_per_op, bytes_per_op, allocs_per_op, then other metrics (MB_per_s, …). `stdout` has
        the text for benchstat.
        """
        from gotk.benchmarks import parse_benchmarks
        from gotk.frames import benchmarks_frame

        return benchmarks_frame(parse_benchmarks(self.stdout, suffixed=not self._one_proc), self.run_id)

    def record_pairs(self) -> list[tuple[str, Any]]:
        """All records as (name, value), in their order."""
        table = self._ended_result().records
        if table is None:
            return []
        values = table.columns["value"]
        if hasattr(values, "tolist"):
            values = values.tolist()
        return list(zip(table.columns["name"], values, strict=True))

    @property
    def circumstances_row(self) -> dict[str, Any]:
        """The circumstances as a plain dict."""
        self.wait()
        return dict(self._circumstances)

    def record_values(self, name: str) -> list[Any]:
        """The values recorded under `name`, in their order, as a plain list."""
        return [value for recorded, value in self.record_pairs() if recorded == name]

    # How it is shown.

    @property
    def summary(self) -> str:
        """One line: runtime, procs, time, goroutines, threads, memory, and how it ended."""
        head = [self.name] if self.name else []
        head.append(self.runtime)
        head.append(f"GOMAXPROCS={self.gomaxprocs}")
        if not self.done:
            return " · ".join([*head, "running"])
        if self._result is None:
            return " · ".join([*head, f"failed: {self._failure}"])
        metrics, result = self.raw_metrics, self._result
        parts = [*head, format_ns(metrics.get("wall_ns"))]
        cpu = metrics.get("user_ns", 0) + metrics.get("system_ns", 0)
        parts.append(f"{format_ns(cpu)} CPU")
        for name, word in (("goroutines_created", "goroutine"), ("threads_created", "thread")):
            count = metrics.get(name)
            if count is not None:
                parts.append(f"{count:,} {word}{'' if count == 1 else 's'}")
        if metrics.get("peak_rss_bytes") is not None:
            parts.append(f"{metrics['peak_rss_bytes'] / 2**20:,.1f} MiB")
        if result.error is not None:
            parts.append(str(result.error).split("\n", 1)[0])
        elif result.stopped is not None:
            parts.append("interrupted" if result.stopped == "interrupt" else "stopped")
        return " · ".join(parts)

    def __repr__(self) -> str:
        return f"<Run {self.run_id}: {self.summary}>"


def format_ns(ns: int | float | None) -> str:
    """A time in the unit that reads best, three digits: ``1.23 ms``."""
    if ns is None:
        return "?"
    value = float(ns)
    for unit in ("ns", "µs", "ms"):
        if abs(value) < 999.5:
            return f"{value:.0f} ns" if unit == "ns" else f"{value:.3g} {unit}"
        value /= 1000
    return f"{value:.3g} s"
