# SPDX-License-Identifier: BSD-3-Clause
"""A Go program and its runs: the front door of gotk for Python code."""

from __future__ import annotations

import math
import os
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gotk.circumstances import Watch
from gotk.compiler.source import Cell, PackageVar
from gotk.cpus import check_procs
from gotk.cpus import gomaxprocs as procs_setting
from gotk.errors import Interrupted, UsageError
from gotk.limits import MIN_MEMORY_LIMIT, default_memory_limit, parse_size
from gotk.run import Run
from gotk.runtimes.base import Job, get_runtime
from gotk.runtimes.process import OnOutput
from gotk.saved import resolve

__all__ = ["Program", "load"]


class Program:
    """A Go program: a whole file with ``package main``, or declarations with ``func main``, or bare
    statements.

    `source` is the text, `name` the file name that errors and traces show. In the last two forms
    missing imports of known packages are added. `with_` brings declarations of saved snippets in (names in
    `gotk.snippets`, or texts by name): the program's own declarations take their place where both have one.
    Nothing is compiled before the first run or `check`.
    """

    def __init__(
        self,
        source: str,
        name: str = "cell.go",
        *,
        with_: Iterable[str] | Mapping[str, str] = (),
    ) -> None:
        if not isinstance(source, str):
            raise UsageError(
                f"a Program is made from a str of Go source, not {type(source).__name__}"
            )
        self.source = source
        self.name = name
        used = resolve(with_)
        if any(snippet.file == name for snippet in used):
            raise UsageError(f"the program itself is called {name}; no snippet of it can be")
        self._cell = Cell(source, name, used)
        #: texts of the snippets that it uses, by name
        self.with_ = {snippet.name: snippet.source for snippet in used}

    @property
    def variables(self) -> dict[str, PackageVar]:
        """The package-level variables (its snippets' too), which `params` can set: name -> type and
        initialiser as written.
        """
        return self._cell.all_variables

    @property
    def has_main(self) -> bool:
        """There is something to run: a main function, or statements."""
        return self._cell.has_main

    @property
    def declares(self) -> set[str]:
        """Names that the program declares for its package, ``Type.name`` for methods; not main."""
        return self._cell.declares

    def check(self, runtime: str = "gotk", **arguments: Any) -> None:
        """Compile for `runtime` without running; arguments as for `run` (params, inputs, outputs). Raises CompileError with all errors found."""
        get_runtime(runtime).prepare(self._job(runtime, **arguments)[0])

    def check_arguments(self, runtime: str = "gotk", **arguments: Any) -> None:
        """Raise UsageError if `run` could not take these arguments; compiles nothing."""
        arguments.pop("name", None)
        arguments.pop("check", None)
        job, _ = self._job(runtime, **arguments)
        self._cell.make(params=job.params, inputs=job.inputs, outputs=job.outputs)

    def run(
        self,
        runtime: str = "gotk",
        gomaxprocs: int | None = None,
        params: Mapping[str, Any] | None = None,
        *,
        seed: int | None = None,
        timeout: float | None = None,
        memory_limit: int | str | None = None,
        args: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        stdin: str | bytes | None = None,
        inputs: Mapping[str, Any] | None = None,
        outputs: Sequence[str] = (),
        on_output: OnOutput | None = None,
        stack_size: int | str | None = None,
        cpus: Sequence[int] | None = None,
        name: str | None = None,
        check: bool = True,
        options: Mapping[str, Any] | None = None,
    ) -> Run:
        """Run the program and wait for its end.

        Args:
            runtime: ``gotk`` (our scheduler), ``threads`` (one OS thread per goroutine) or ``go``.
            gomaxprocs: procs for this run; default: `gotk.gomaxprocs()`.
            params: values for package-level variables, replacing their initialisers.
            seed: of every random choice of the scheduler (and `gotk.Seed()`); default: a fresh one.
            timeout: seconds after which the program is stopped.
            memory_limit: bytes, or a size as ``512M``; default: four fifths of what is available.
            args: the program's command line, without its name.
            env: additions to its environment.
            stdin: what it reads from its standard input; default: nothing.
            inputs: Python values that become package variables: numbers, strings, bools, lists,
                dicts, numpy arrays.
            outputs: names of package variables whose last values come back in ``run.outputs``.
            on_output: called with ("stdout" or "stderr", text) as output arrives.
            stack_size: of a thread, runtime ``threads`` only; default 1 MiB.
            cpus: numbers of the CPUs that the program may use; default: all that we may.
            name: the run's name in tables and summaries.
            check: raise the run's error (GoPanic, GoFatal, GoExit, RunTimeout); otherwise it is
                only in ``run.error``.
            options: settings of one runtime that have no argument of their own.

        Raises CompileError, UsageError and RuntimeUnavailable before anything runs.
        KeyboardInterrupt stops the program within a second and is raised again with the run as its
        attribute ``run`` (also: `gotk.last_run()`).
        """
        run = self._start(
            runtime, gomaxprocs, params, seed=seed, timeout=timeout, memory_limit=memory_limit, args=args, env=env, stdin=stdin,
            inputs=inputs, outputs=outputs, on_output=on_output, stack_size=stack_size, cpus=cpus, name=name, options=options,
        )  # fmt: skip
        result = run._finish()
        if result.stopped == "interrupt":
            raise Interrupted("the program was stopped; gotk.last_run() has what it printed and what was measured", run=run)
        if check and result.error is not None:
            raise result.error
        return run

    def start(
        self,
        runtime: str = "gotk",
        gomaxprocs: int | None = None,
        params: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Run:
        """Start the program in the background; arguments as for `run`, but errors stay in
        ``run.error``.

        The run says when it is `done`; `wait` and `stop` do what they say; `control` has live
        counters.
        """
        options.pop("check", None)
        run = self._start(runtime, gomaxprocs, params, **options)
        run._finish_in_background()
        return run

    def run_in_terminal(
        self, runtime: str = "gotk", gomaxprocs: int | None = None, **options: Any
    ) -> Run:
        """Run with our own stdin, stdout and stderr left to the program; for the shell command.

        Takes the arguments of `run` and ``measure``: False leaves out metrics that need code added
        to the program. Nothing is captured; errors of the run are in ``run.error``.
        """
        run = self._start(runtime, gomaxprocs, options.pop("params", None), inherit=True, **options)
        run._finish()
        return run

    def _start(
        self,
        runtime: str,
        gomaxprocs: int | None,
        params: Mapping[str, Any] | None,
        *,
        name: str | None = None,
        **options: Any,
    ) -> Run:
        job, place = self._job(runtime, gomaxprocs=gomaxprocs, params=params, **options)
        began = time.monotonic_ns()
        place.prepare(job)  # before the watch, so that compiling does not count as the run's load
        compile_ns = time.monotonic_ns() - began
        watch = Watch()
        running = place.start(job)
        asked = None if gomaxprocs is None else job.gomaxprocs
        return Run(
            self, job, running, watch, run_id=secrets.token_hex(6), runtime=runtime, name=name, gomaxprocs_asked=asked,
            compile_ns=compile_ns,
        )  # fmt: skip

    def _job(
        self,
        runtime: str,
        *,
        gomaxprocs: int | None = None,
        params: Mapping[str, Any] | None = None,
        seed: int | None = None,
        timeout: float | None = None,
        memory_limit: int | str | None = None,
        args: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        inputs: Mapping[str, Any] | None = None,
        outputs: Sequence[str] = (),
        on_output: OnOutput | None = None,
        stack_size: int | str | None = None,
        cpus: Sequence[int] | None = None,
        stdin: str | bytes | None = None,
        inherit: bool = False,
        measure: bool = True,
        options: Mapping[str, Any] | None = None,
    ) -> tuple[Job, Any]:
        """The checked job and its runtime. Raises UsageError."""
        place = get_runtime(runtime)
        if isinstance(args, str) or isinstance(outputs, str):
            raise UsageError("args and outputs are lists of str, not one str")
        for what, given in (("params", params), ("inputs", inputs)):
            if given is not None and not isinstance(given, Mapping):
                raise UsageError(f"{what} is a dict of values by name, as {{'n': 5000}}, not {given!r}")
        if timeout is not None and not (_is_number(timeout) and 0 < timeout < math.inf):
            raise UsageError(f"timeout must be a number of seconds above 0, not {timeout!r}")
        if seed is not None and (not hasattr(seed, "__index__") or not 0 <= int(seed) < 1 << 63):
            raise UsageError(f"seed must be a whole number from 0 to 2**63 - 1, not {seed!r}")
        if stdin is not None and not isinstance(stdin, (str, bytes, bytearray, memoryview)):
            raise UsageError(f"stdin is the text or the bytes that the program reads, not {type(stdin).__name__}")
        job = Job(
            cell=self._cell,
            gomaxprocs=int(procs_setting()) if gomaxprocs is None else check_procs(gomaxprocs),
            params=dict(params or {}),
            inputs=dict(inputs or {}),
            outputs=tuple(dict.fromkeys(outputs)),
            args=tuple(str(arg) for arg in args),
            env=dict(env or {}),
            seed=secrets.randbits(63) if seed is None else int(seed),
            timeout=timeout,
            memory_limit=_memory_limit(memory_limit),
            stack_size=None if stack_size is None else _stack_size(stack_size, runtime),
            on_output=on_output,
            cpus=None if cpus is None else _cpus(cpus),
            stdin=stdin.encode() if isinstance(stdin, str) else None if stdin is None else bytes(stdin),
            inherit=inherit,
            measure=measure,
            options=dict(options or {}),
        )
        return job, place

    def __repr__(self) -> str:
        lines = len(self.source.splitlines())
        variables = ", ".join(self.variables)
        settable = f", variables: {variables}" if variables else ""
        return f"<Program {self.name}: {lines} line{'' if lines == 1 else 's'}{settable}>"


def load(
    path: str | os.PathLike[str], *, with_: Iterable[str] | Mapping[str, str] = ()
) -> Program:
    """The program in the Go file at `path`; `with_` as for `Program`. Raises UsageError if it cannot be read."""
    return Program(read_source(path), Path(path).name, with_=with_)


def read_source(path: str | os.PathLike[str]) -> str:
    """Text of a Go file. Raises UsageError if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"there is no file {os.fspath(path)}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{os.fspath(path)} is not a Go file: what stands in line {line} is not UTF-8 text"
        ) from None
    except OSError as error:
        raise UsageError(f"{os.fspath(path)} cannot be read: {error.strerror}") from None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _memory_limit(limit: int | str | None) -> int | None:
    if limit is None:
        return default_memory_limit()
    size = parse_size(limit)
    if size < MIN_MEMORY_LIMIT:
        least = MIN_MEMORY_LIMIT >> 20
        raise UsageError(
            f"memory_limit must be at least {least}M, not {limit!r} (bytes, or a size as 512M)"
        )
    return size


def _cpus(cpus: Sequence[int]) -> tuple[int, ...]:
    allowed = os.sched_getaffinity(0)
    wanted = tuple(dict.fromkeys(int(cpu) for cpu in cpus))
    if not wanted or not allowed.issuperset(wanted):
        known = ", ".join(map(str, sorted(allowed)))
        raise UsageError(
            f"cpus must be among those that this process may use ({known}), not {cpus!r}"
        )
    return wanted


def _stack_size(size: int | str, runtime: str) -> int:
    if runtime != "threads":
        raise UsageError(
            f'stack_size belongs to the runtime "threads"; on "{runtime}" stacks grow by themselves'
        )
    parsed = parse_size(size, "stack_size")
    if not 16 << 10 <= parsed <= 1 << 30:
        raise UsageError(f"stack_size must be between 16K and 1G, not {size!r}")
    return parsed
