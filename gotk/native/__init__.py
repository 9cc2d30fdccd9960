# SPDX-License-Identifier: BSD-3-Clause
"""The scheduler in this process, for native functions: ``with Scheduler(procs=2) as s: s.spawn(function, argument)``.

Programs in cells never run here: a cell's compiled Go runs in a process of its own, whatever it does. This module is for native functions that a
user hands over knowingly: they run inside the Python process, on threads of gotk's library, and a fault in one of them is a fault of the process.

A function is ``void f(void *arg)``: a cffi function pointer, a ctypes function, an object with an ``address`` (numba's ``cfunc``), or the address as
an int. It gets a stack of its own, 8 MiB unless `stack_size` says otherwise, of which only what it touches takes
memory. Functions that are callbacks into Python (cffi's ``callback``, ctypes'
from a callable) work too, up to Python 3.13: they take the interpreter's lock in turns, and must not wait in gotk's own functions, which then return
an error.

For native code that wants to yield, sleep or use channels: ``gotk/native/include/gotk.h`` (`include_dir`, `library`).
"""

from __future__ import annotations

import ctypes
import functools
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from gotk.errors import GotkError, RuntimeUnavailable, UsageError

__all__ = ["Scheduler", "SchedulerError", "include_dir", "library"]

_FOLDER = Path(__file__).resolve().parent
_INTERRUPT_S = 0.05  # how long a wait may keep a KeyboardInterrupt back

_CDEF = """
struct gotk_config { uint32_t size; uint32_t procs; uint64_t stack_size; uint64_t seed; int64_t slice_ns; };
struct gotk_counters { uint64_t created, alive, switches, steals, parks, threads, procs, stack_bytes; };
int gotk_start(const struct gotk_config *config);
int gotk_go(void (*f)(void *arg), void *arg, unsigned flags);
int gotk_wait(int64_t timeout_ns);
int gotk_stop(void);
int gotk_counters(struct gotk_counters *out, size_t size);
const char *gotk_error_text(int error);
"""
_NOWAIT = 1
_STACK = 8 << 20  # as the main thread's, for callbacks into Python
_EDEADLOCK, _ETIMEOUT = -8, -9


class SchedulerError(GotkError):
    """A call of the library failed; `code` is its number in ``gotk.h``."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def include_dir() -> Path:
    """Where ``gotk.h`` is, for a C compiler's ``-I``."""
    return _FOLDER / "include"


def library() -> Path:
    """The shared library. Raises RuntimeUnavailable if it is not built."""
    path = _FOLDER / "bin" / "libgotk.so"
    if not path.exists():
        raise RuntimeUnavailable(
            f'the native library is not built ({path} is missing): install gotk with a C compiler present, or build it in place with "make native"'
        )
    return path


@functools.cache
def _load() -> tuple[Any, Any]:
    import cffi

    ffi = cffi.FFI()
    ffi.cdef(_CDEF)
    return ffi, ffi.dlopen(str(library()))


def _check(code: int) -> None:
    if code:
        ffi, lib = _load()
        raise SchedulerError(ffi.string(lib.gotk_error_text(code)).decode(), code)


class Scheduler:
    """gotk's scheduler, started in this process; there is one at a time.

    procs: how many functions run at the same time; None: as many as CPUs may be used. stack_size: bytes for each goroutine (at least 16 KiB), of
    which only what is touched takes memory. seed: of the scheduler's random choices.

    As a context manager it waits at the end for all goroutines. Raises SchedulerError, UsageError, RuntimeUnavailable.
    """

    def __init__(self, procs: int | None = None, *, stack_size: int | None = None, seed: int = 0) -> None:
        for name, value, least, most in (
            ("procs", procs, 1, 1024), ("stack_size", stack_size, 16 << 10, 1 << 40), ("seed", seed, 0, 2**64 - 1),
        ):  # fmt: skip
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most):
                raise UsageError(f"{name} must be an int from {least:,} to {most:,}, not {value!r}")
        self._ffi, self._lib = _load()
        config = self._ffi.new("struct gotk_config *")
        config.size = self._ffi.sizeof("struct gotk_config")
        config.procs = procs or 0
        config.stack_size = stack_size or _STACK
        config.seed = seed
        _check(self._lib.gotk_start(config))
        self._pid = os.getpid()
        self._kept: list[object] = []  # what the goroutines use, until they have ended

    def spawn(self, function: Any, argument: Any = None) -> None:
        """Run ``function(argument)`` as a goroutine.

        argument: None, an int (an address, or a number that fits in a pointer), a cffi pointer or buffer, a ctypes pointer, array or structure,
        or anything with the buffer protocol (a NumPy array: its data). What the function uses is kept alive until `wait` or `stop`."""
        address, python = _function(self._ffi, function)
        if python and sys.version_info >= (3, 14):
            raise UsageError("from version 3.14 on Python runs on the stacks of threads only: hand over a compiled function, not a callback into Python")
        pointer, keep = _argument(self._ffi, argument)
        _check(self._lib.gotk_go(self._ffi.cast("void(*)(void *)", address), self._ffi.cast("void *", pointer), _NOWAIT if python else 0))
        self._kept.append((function, keep))

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until all goroutines have ended; False if `timeout` (seconds) is over first. Ctrl-C works.

        Raises SchedulerError if some wait for ever."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = _INTERRUPT_S if end is None else min(_INTERRUPT_S, end - time.monotonic())
            code = self._lib.gotk_wait(max(0, int(left * 1e9)))
            if code != _ETIMEOUT:
                _check(code)
                self._kept.clear()
                return True
            if end is not None and time.monotonic() >= end:
                return False

    def counters(self) -> dict[str, int]:
        """created, alive, switches, steals, parks, threads, procs, stack_bytes: since the process started, also after `stop`."""
        out = self._ffi.new("struct gotk_counters *")
        _check(self._lib.gotk_counters(out, self._ffi.sizeof("struct gotk_counters")))
        return {name: int(getattr(out, name)) for name, _ in self._ffi.typeof("struct gotk_counters").fields}

    def stop(self) -> None:
        """Wait for all goroutines and end the threads. Raises SchedulerError if some waited for ever; they are given up, and it is stopped."""
        try:
            self.wait()
        except SchedulerError as error:
            if error.code != _EDEADLOCK:
                raise
        _check(self._lib.gotk_stop())
        self._kept.clear()

    def __enter__(self) -> Scheduler:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.stop()
        except SchedulerError:
            if kind is None:
                raise


def _function(ffi: Any, function: Any) -> tuple[int, bool]:
    """The function's address, and whether it is a callback into Python."""
    if isinstance(function, bool) or function is None:
        raise UsageError(f"a native function is needed, not {function!r}")
    if isinstance(function, int):
        address, python = function, False
    elif isinstance(function, ctypes._CFuncPtr):  # type: ignore[attr-defined]  # the base of all ctypes functions
        address = ctypes.cast(function, ctypes.c_void_p).value or 0
        python = bool(getattr(function, "_objects", None)) and not hasattr(function, "__name__")
    elif isinstance(function, ffi.CData):
        try:
            address = int(ffi.cast("uintptr_t", function))
        except TypeError:
            raise UsageError(f"a pointer to a function is needed, not {function!r}") from None
        python = " calling " in repr(function)  # how cffi shows a callback
    elif isinstance(getattr(function, "address", None), int):
        address, python = function.address, False
    elif callable(function):
        raise UsageError(
            "a Python function has no address: wrap it (ctypes.CFUNCTYPE(None, ctypes.c_void_p)(f), cffi's callback) or compile it (numba's cfunc)"
        )
    else:
        raise UsageError(f"a native function is needed (cffi, ctypes, numba's cfunc, an address), not {type(function).__name__}")
    if not 0x1000 <= address < 1 << 63:
        raise UsageError(f"{address:#x} is no address of a function")
    if not _executable(address):
        raise UsageError(f"there is no code at {address:#x}")
    return address, python


_code: list[tuple[int, int]] = []


def _executable(address: int) -> bool:
    """Whether the address lies in memory that can be run: a check that a wrong pointer does not take the process down."""
    if any(lo <= address < hi for lo, hi in _code):
        return True
    _code.clear()
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        for line in maps:
            span, rights = line.split(maxsplit=2)[:2]
            if "x" in rights:
                lo, hi = (int(part, 16) for part in span.split("-"))
                _code.append((lo, hi))
    return any(lo <= address < hi for lo, hi in _code)


def _argument(ffi: Any, argument: Any) -> tuple[int, object]:
    """The word to pass, and what must be kept alive meanwhile."""
    if argument is None:
        return 0, None
    if isinstance(argument, int):
        if not -(2**63) <= argument < 2**64:
            raise UsageError(f"{argument} does not fit in a pointer")
        return argument % 2**64, None
    if isinstance(argument, ffi.CData):
        return int(ffi.cast("uintptr_t", argument)), argument
    if isinstance(argument, ctypes._SimpleCData) and isinstance(argument, ctypes.c_void_p):
        return argument.value or 0, argument
    if isinstance(argument, ctypes._Pointer):
        return ctypes.cast(argument, ctypes.c_void_p).value or 0, argument
    if isinstance(argument, (ctypes.Structure, ctypes.Union, ctypes.Array, ctypes._SimpleCData)):
        return ctypes.addressof(argument), argument
    try:
        view = memoryview(argument)
    except TypeError:
        raise UsageError(
            f"an argument is None, an int, a cffi or ctypes pointer, or a buffer, not {type(argument).__name__}"
        ) from None
    buffer = ffi.from_buffer(view)
    return int(ffi.cast("uintptr_t", buffer)), (buffer, view)
