# SPDX-License-Identifier: BSD-3-Clause
"""What a runtime gets and gives: a `Job` in, a `RunResult` out. Three modules implement it.

A runtime compiles and starts a program and says how it ended. It raises CompileError, UsageError
and RuntimeUnavailable before a program runs; how a *run* ended is data, never an exception, so that
nothing that was measured is lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from gotk.errors import UsageError
from gotk.runtimes.process import OnOutput, StopReason

if TYPE_CHECKING:
    from gotk.compiler.source import Cell
    from gotk.errors import RunError

__all__ = ["RUNTIMES", "Job", "RunResult", "Running", "Runtime", "get_runtime"]

RUNTIMES = ("gotk", "threads", "go")


@dataclass(frozen=True)
class Job:
    """One run to be done. Sizes in bytes, `timeout` in seconds; None means the runtime's default.

    `gomaxprocs` is always a number here: the default has been resolved. `inherit` leaves the
    terminal to the program.
    """

    cell: Cell
    gomaxprocs: int
    params: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    timeout: float | None = None
    memory_limit: int | None = None
    stack_size: int | None = None
    on_output: OnOutput | None = None
    cpus: tuple[int, ...] | None = None
    stdin: bytes | None = None  # None: empty, or ours with `inherit`
    inherit: bool = False
    measure: bool = True  # False: leave out what needs code added to the program
    options: Mapping[str, Any] = field(default_factory=dict)


class Table:
    """A table as columns of equal length (lists or numpy arrays), before pandas: `frames` makes a
    DataFrame of it.

    Given `make` instead of columns, they are made when first asked for: most runs' tables never
    are, and numpy takes longer to load than a small program to run.
    """

    def __init__(
        self,
        columns: dict[str, Any] | None = None,
        *,
        make: Callable[[], dict[str, Any]] | None = None,
    ) -> None:
        self._columns = columns
        self._make = make

    @property
    def columns(self) -> dict[str, Any]:
        """Column name -> values."""
        if self._columns is None:
            assert self._make is not None
            self._columns, self._make = self._make(), None
        return self._columns

    def __getstate__(self) -> dict[str, Any]:
        return {"_columns": self.columns, "_make": None}


@dataclass
class RunResult:
    """How a run ended and what was measured.

    `metrics` holds integers in the units of their names, without the unknown ones; `error` is what
    went wrong, None after a good end; `runtime_metrics` holds values under the keys of Go's
    runtime/metrics.
    """

    exit_code: int
    stdout: bytes
    stderr: bytes
    output: bytes
    metrics: dict[str, int] = field(default_factory=dict)
    runtime_metrics: dict[str, float] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    records: Table | None = None
    outputs: dict[str, Any] = field(default_factory=dict)
    error: RunError | Exception | None = None
    stopped: StopReason | None = None
    output_bytes: int = 0
    dropped_output_bytes: int = 0
    versions: dict[str, str] = field(default_factory=dict)


class Running(Protocol):
    """A run under way."""

    def wait(self) -> RunResult:
        """Wait for the end. KeyboardInterrupt stops the run; the result then says ``stopped ==
        "interrupt"``.
        """

    def stop(self) -> None:
        """End the run, from any thread."""

    @property
    def control_fd(self) -> int | None:
        """The page of live counters (docs/architecture.md), if the runtime has one."""


class Runtime(Protocol):
    """A place where programs run."""

    name: str

    def prepare(self, job: Job) -> None:
        """Compile, so that `start` finds it done. Raises what `start` would raise."""

    def start(self, job: Job) -> Running:
        """Start the program. Raises CompileError, UsageError or RuntimeUnavailable."""


_made: dict[str, Runtime] = {}
_lock = threading.Lock()


def get_runtime(name: str) -> Runtime:
    """The runtime called `name`. Raises UsageError for an unknown name."""
    with _lock:
        if name not in _made:
            _made[name] = _make(name)
        return _made[name]


def _make(name: str) -> Runtime:
    if name == "go":
        from gotk.runtimes.go import GoRuntime

        return GoRuntime()
    if name in ("gotk", "threads"):
        from gotk.runtimes.native import NativeRuntime

        return NativeRuntime(name)
    known = ", ".join(RUNTIMES)
    raise UsageError(f"there is no runtime {name!r}; the runtimes are {known}")
