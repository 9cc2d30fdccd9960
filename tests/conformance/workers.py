# SPDX-License-Identifier: BSD-3-Clause
"""Files side by side in worker processes, each file under a hard limit.

A worker keeps its compiler between files. One that does not answer in time, or that dies, is killed and replaced; the file's outcome says
which of the two it was. So nothing that a file does can stop the rest.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from conformance.outcome import Outcome
from conformance.suite import SuiteFile

Check = Callable[[SuiteFile], Outcome]

_context = multiprocessing.get_context("spawn")


class _Worker:
    def __init__(self, checks: dict[str, Check]) -> None:
        ours, theirs = _context.Pipe()
        self.pipe: Connection = ours
        self.process = _context.Process(target=_serve, args=(theirs, checks), daemon=False)
        self.process.start()
        theirs.close()
        self.file: SuiteFile | None = None
        self.deadline = 0.0

    def give(self, file: SuiteFile, limit_s: float) -> None:
        self.file, self.deadline = file, time.monotonic() + limit_s
        self.pipe.send(file)

    def kill(self) -> None:
        """The worker and, through its session, all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()  # one that has just been started has no session of its own yet
        self.process.join()
        self.pipe.close()


def _serve(pipe: Connection, checks: dict[str, Check]) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            file: SuiteFile | None = pipe.recv()
        except EOFError:
            return
        if file is None:
            return
        pipe.send(_guarded(checks[file.kind], file))


def _guarded(check: Check, file: SuiteFile) -> Outcome:
    try:
        return check(file).tidy()
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome("crash", f"{type(error).__name__}: {error} ({os.path.basename(frame.filename)}:{frame.lineno})").tidy()


def run_all(
    files: Sequence[SuiteFile], checks: dict[str, Check], *, workers: int, limit_s: float
) -> Iterator[tuple[SuiteFile, Outcome]]:
    """Outcomes as they come. ``limit_s`` is for a file's compilation and all its runs together."""
    waiting = list(reversed(files))
    idle = [_Worker(checks) for _ in range(min(workers, len(files)))]
    busy: dict[Any, _Worker] = {}
    try:
        while waiting or busy:
            while waiting and idle:
                worker = idle.pop()
                worker.give(waiting.pop(), limit_s)
                busy[worker.pipe] = worker
            soonest = min(w.deadline for w in busy.values())
            ready = wait(list(busy), timeout=max(0.0, soonest - time.monotonic()))
            for pipe in ready:
                worker = busy.pop(pipe)
                assert worker.file is not None
                try:
                    outcome = worker.pipe.recv()
                    idle.append(worker)
                except EOFError:
                    worker.kill()
                    outcome = Outcome("crash", f"the compiler's process died (exit code {worker.process.exitcode})")
                    idle.append(_Worker(checks))
                yield worker.file, outcome
            now = time.monotonic()
            for worker in [w for w in busy.values() if w.deadline <= now]:
                del busy[worker.pipe]
                worker.kill()
                idle.append(_Worker(checks))
                assert worker.file is not None
                yield worker.file, Outcome("hang", f"no answer within {limit_s:.0f} s")
    finally:
        for worker in [*idle, *busy.values()]:
            worker.kill()
