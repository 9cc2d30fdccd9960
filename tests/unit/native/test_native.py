# SPDX-License-Identifier: BSD-3-Clause
"""gotk.native: the scheduler in this process, with functions from cffi, ctypes and by address. What could take a process down runs in another one."""

from __future__ import annotations

import array
import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from gotk import native
from gotk.errors import UsageError

SOURCE = r"""
#include <gotk.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>
_Atomic long total;
void add(void *arg) { volatile char deep[100000]; memset((char *)deep, 0, sizeof deep); atomic_fetch_add(&total, (long)arg); }
void square(void *arg) { double *x = arg; *x *= *x; }
void nap(void *arg) { gotk_sleep((long)arg); atomic_fetch_add(&total, 1); }
void spin(void *arg) { usleep((unsigned)(long)arg); }
static gotk_chan *c;
void stuck(void *arg) { if (!c) c = gotk_chan_new(1, 0); gotk_chan_recv(c, 0); }
"""

#: Where scripts run. Not in the checkout: Python would import its gotk, and load a second libgotk beside the one that C code is linked with.
ELSEWHERE = tempfile.gettempdir()
#: They import the gotk that is imported here, with the same libgotk, from wherever that is.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(native.__file__).parents[2])}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler")
    folder = tmp_path_factory.mktemp("native")
    (folder / "work.c").write_text(SOURCE)
    library = native.library()
    subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-I", native.include_dir(), "work.c", "-o", "work.so", library, f"-Wl,-rpath,{library.parent}"],
        cwd=folder, check=True,
    )  # fmt: skip
    return folder / "work.so"


@pytest.fixture
def work(shared: Path) -> Iterator[ctypes.CDLL]:
    lib = ctypes.CDLL(str(shared))
    ctypes.c_long.in_dll(lib, "total").value = 0
    yield lib


def total(lib: ctypes.CDLL) -> int:
    return ctypes.c_long.in_dll(lib, "total").value


@pytest.mark.parametrize("procs", [1, 2, 8])
def test_functions_of_all_kinds(work: ctypes.CDLL, shared: Path, procs: int) -> None:
    import cffi

    ffi = cffi.FFI()
    ffi.cdef("void add(void *);")
    address = ctypes.cast(work.add, ctypes.c_void_p).value
    with native.Scheduler(procs=procs) as s:
        s.spawn(work.add, 1)
        s.spawn(ffi.dlopen(str(shared)).add, 10)
        s.spawn(ffi.cast("void(*)(void *)", address), 100)
        s.spawn(address, 1000)
        s.spawn(SimpleNamespace(address=address), 10_000)
        s.spawn(ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address), 100_000)
        assert s.wait()
        assert total(work) == 111_111
        before = s.counters()["created"]
        for _ in range(500):
            s.spawn(work.add, 1)
        s.wait()
        counters = s.counters()
        assert counters["created"] - before == 500 and counters["alive"] == 0 and counters["procs"] == procs
    assert total(work) == 111_611


def test_arguments_are_passed_and_kept(work: ctypes.CDLL) -> None:
    import cffi

    ffi = cffi.FFI()
    doubles = array.array("d", [1.5])
    with native.Scheduler(procs=1) as s:
        s.spawn(work.square, doubles)
        cdata = ffi.new("double *", 3.0)
        s.spawn(work.square, cdata)
        plain = ctypes.c_double(4.0)
        s.spawn(work.square, plain)
        s.spawn(work.square, ctypes.pointer(plain))
        s.spawn(work.square, array.array("d", [9.0]))  # nobody else holds it
        s.wait()
    assert doubles[0] == 2.25 and cdata[0] == 9 and plain.value == 256


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python runs on threads' stacks only")
def test_callbacks_into_python_may_not_wait(work: ctypes.CDLL) -> None:
    import cffi

    ffi = cffi.FFI()
    seen = []
    gotk_yield = ctypes.CDLL(str(native.library())).gotk_yield

    @ffi.callback("void(void *)")
    def from_cffi(argument: object) -> None:
        seen.append((int(ffi.cast("intptr_t", argument)), gotk_yield()))

    @ctypes.CFUNCTYPE(None, ctypes.c_void_p)
    def from_ctypes(argument: int | None) -> None:
        seen.append((argument or 0, gotk_yield()))

    with native.Scheduler(procs=2) as s:
        for i in range(50):
            s.spawn(from_cffi, i)
            s.spawn(from_ctypes, i)
            s.spawn(work.nap, 1000)
    assert sorted(seen) == sorted([(i, -11) for i in range(50)] * 2)  # GOTK_ENOWAIT
    assert total(work) == 50


def test_waiting_with_a_limit(work: ctypes.CDLL) -> None:
    with native.Scheduler(procs=1) as s:
        s.spawn(work.nap, 80_000_000)
        assert not s.wait(timeout=0.001)
        assert s.wait(timeout=10)


def test_goroutines_that_wait_for_ever_are_an_error(work: ctypes.CDLL) -> None:
    s = native.Scheduler(procs=2)
    s.spawn(work.stuck)
    with pytest.raises(native.SchedulerError, match="all goroutines are asleep"):
        s.wait()
    with pytest.raises(native.SchedulerError, match="all goroutines are asleep"):
        s.stop()
    with pytest.raises(native.SchedulerError, match="does not run"):
        s.spawn(work.add, 1)
    with native.Scheduler(procs=1) as again:
        again.spawn(work.add, 1)
    assert total(work) == 1


def test_misuse_is_told(work: ctypes.CDLL) -> None:
    with pytest.raises(UsageError, match="procs must be an int from 1 to 1,024"):
        native.Scheduler(procs=0)
    with pytest.raises(UsageError, match="stack_size"):
        native.Scheduler(stack_size=100)
    with native.Scheduler(procs=1) as s:
        with pytest.raises(native.SchedulerError, match="runs already"):
            native.Scheduler()
        for wrong, message in [
            (None, "a native function is needed"), (print, "has no address"), (0, "no address of a function"), (8, "no address of a function"),
            (ctypes.addressof(ctypes.c_long.in_dll(work, "total")), "there is no code"), ("add", "a native function is needed"), (1 << 70, "no address"),
        ]:  # fmt: skip
            with pytest.raises(UsageError, match=message):
                s.spawn(wrong)
        with pytest.raises(UsageError, match="an argument is"):
            s.spawn(work.add, object())
        with pytest.raises(UsageError, match="does not fit"):
            s.spawn(work.add, 1 << 64)
    assert total(work) == 0


def test_interrupt_ends_a_wait(shared: Path) -> None:
    script = f"""
        import ctypes, os, signal, threading, time
        from gotk import native
        lib = ctypes.CDLL({str(shared)!r})
        s = native.Scheduler(procs=1)
        s.spawn(lib.nap, 6_000_000_000)
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        begin = time.monotonic()
        try:
            s.wait()
        except KeyboardInterrupt:
            print("interrupted", time.monotonic() - begin < 5.5)
        s.stop()
        print("stopped", ctypes.c_long.in_dll(lib, "total").value)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ELSEWHERE, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "interrupted True\nstopped 1\n", done.stderr


def test_a_limit_of_threads_is_an_error_and_the_process_lives() -> None:
    script = """
        import resource
        from gotk import native
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        try:
            native.Scheduler(procs=1024)
        except native.SchedulerError as error:
            print(error.code, "threads" in str(error))
        print("alive")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ELSEWHERE, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "-6 True\nalive\n", done.stderr  # GOTK_ETHREADS
