# SPDX-License-Identifier: BSD-3-Clause
"""Every error that gotk raises on purpose, in one tree.

::

    GotkError
     ├── UsageError            wrong argument to gotk itself; also a ValueError ├── CompileError
     the source is not a Go program (or not one we compile) ├── RunError              a program ran
     and did not end well; holds the `run` │    ├── GoPanic          the program's own, recoverable:
     value and goroutine traces │    ├── GoFatal          the program's own, final: deadlock, stack
     overflow, out of memory, ... │    ├── GoExit           the program called os.Exit with a code
     other than 0 │    └── RunTimeout       the time limit given to the run was over ├──
     RuntimeUnavailable    the runtime asked for cannot be used here (no Go toolchain, ...) └──
     InternalError         our fault: please report, with the seed

All of them survive pickling, because a sweep may run its points in another process. A notebook
shows `str(error)` and no Python traceback, so every message is complete by itself: what happened,
where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gotk.diagnostics import Diagnostic
    from gotk.run import Run

__all__ = [
    "CompileError",
    "Frame",
    "GoExit",
    "GoFatal",
    "GoPanic",
    "GoroutineTrace",
    "GotkError",
    "InternalError",
    "Interrupted",
    "RunError",
    "RunTimeout",
    "RuntimeUnavailable",
    "UsageError",
]


class GotkError(Exception):
    """Base of every error that gotk raises on purpose."""


class UsageError(GotkError, ValueError):
    """An argument that gotk cannot use. The caller's fault; the message says what would work."""


class Interrupted(KeyboardInterrupt):
    """The stop button or Ctrl-C ended what gotk was doing. `run` is the run that it stopped, `frame` has the rows of a sweep or a
    comparison up to then; None where there is none. Code that catches KeyboardInterrupt catches it too.
    """

    def __init__(self, message: str = "", *, run: Run | None = None, frame: Any = None) -> None:
        super().__init__(message)
        self.run = run
        self.frame = frame


class CompileError(GotkError):
    """The source has errors: `diagnostics` holds all of them. It is made from the order in which they
    were found: the ten found first come first, by position, as the Go compiler shows them.

    The text shows the first ten as Go does, each with its source line and a caret. `source` is the text that
    they all are about, or texts by file name.
    """

    def __init__(
        self, diagnostics: Sequence[Diagnostic], source: str | Mapping[str, str] | None = None
    ) -> None:
        from gotk.diagnostics import as_reported

        super().__init__(list(diagnostics), source)
        self.diagnostics: list[Diagnostic] = as_reported(diagnostics)
        self.source = source

    def __str__(self) -> str:
        from gotk.diagnostics import render

        return render(self.diagnostics, self.source)


@dataclass(frozen=True, slots=True)
class Frame:
    """One call of a goroutine's trace. `file` and `line` are the user's own."""

    function: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.function} ({self.file}:{self.line})"


@dataclass(frozen=True, slots=True)
class GoroutineTrace:
    """One goroutine as a panic or a fatal error shows it.

    `state` is what Go prints in brackets (``chan receive``, ``running``), `frames` goes from the
    innermost call outwards, `created_by` is the ``go`` statement that started it (None for the main
    goroutine).
    """

    id: int
    state: str
    frames: tuple[Frame, ...] = field(default=())
    created_by: Frame | None = None


class RunError(GotkError):
    """A program ran and did not end well. `run` holds what it printed and what was measured until
    then.
    """

    def __init__(self, message: str, *, run: Run | None = None, **fields: Any) -> None:
        super().__init__(message)
        self.message = message
        self.run = run
        for name, value in fields.items():
            setattr(self, name, value)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # The run refers back to its error, so it is restored as state, after the object exists.
        return (_rebuild, (type(self), self.message), self.__dict__)


def _rebuild(kind: type[RunError], message: str) -> RunError:
    error = kind.__new__(kind, message)
    error.args = (message,)
    return error


class GoPanic(RunError):
    """The program panicked and nobody recovered.

    `value` is the text after ``panic: `` as Go prints it; `goroutines` the traces, the panicking
    goroutine first; `text` the whole message as Go wrote it on stderr.
    """

    value: str
    goroutines: tuple[GoroutineTrace, ...]
    text: str

    def __init__(
        self,
        message: str,
        *,
        value: str = "",
        goroutines: Sequence[GoroutineTrace] = (),
        text: str = "",
        run: Run | None = None,
    ) -> None:
        super().__init__(
            message, run=run, value=value, goroutines=tuple(goroutines), text=text or message
        )


class GoFatal(RunError):
    """The program met an error that cannot be recovered.

    `reason` is the text after ``fatal error: ``, as ``all goroutines are asleep - deadlock!``,
    ``stack overflow``, ``out of memory``, ``concurrent map writes``; `goroutines` and `text` as in
    `GoPanic`.
    """

    reason: str
    goroutines: tuple[GoroutineTrace, ...]
    text: str

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        goroutines: Sequence[GoroutineTrace] = (),
        text: str = "",
        run: Run | None = None,
    ) -> None:
        super().__init__(
            message, run=run, reason=reason, goroutines=tuple(goroutines), text=text or message
        )


class GoExit(RunError):
    """The program ended itself with ``os.Exit(code)``, code not 0. `code` is that number."""

    code: int

    def __init__(self, message: str, *, code: int = 1, run: Run | None = None) -> None:
        super().__init__(message, run=run, code=code)


class RunTimeout(RunError):
    """The run was stopped because its time limit was over. `seconds` is the limit."""

    seconds: float

    def __init__(self, message: str, *, seconds: float = 0.0, run: Run | None = None) -> None:
        super().__init__(message, run=run, seconds=seconds)


class RuntimeUnavailable(GotkError):
    """The runtime cannot be used on this machine. The message names what to install or to choose
    instead.
    """


class InternalError(GotkError):
    """A fault of gotk itself, never of the program. Please report it with its message, which holds
    the seed.
    """

    def __init__(self, message: str, *, seed: int | None = None, run: Run | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.seed = seed
        self.run = run

    def __str__(self) -> str:
        seed = "" if self.seed is None else f" (seed {self.seed})"
        return (
            f"internal error: {self.message}{seed}\n"
            "This is a fault of gotk, not of the program: please report it with the program."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,), self.__dict__)
