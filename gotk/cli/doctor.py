# SPDX-License-Identifier: BSD-3-Clause
"""``gotk doctor``: runs a small program on each runtime and names the machine's limits
that concurrency runs into.
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path

from gotk.circumstances import machine
from gotk.cpus import cgroup_folders, gomaxprocs
from gotk.errors import GotkError
from gotk.limits import available_memory
from gotk.program import Program
from gotk.run import format_ns
from gotk.runtimes.base import RUNTIMES

__all__ = ["add_arguments", "execute", "thread_limits"]

_PROBE = """
done := make(chan int)
go func() { done <- 42 }()
fmt.Println(<-done)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def execute(options: argparse.Namespace) -> int:
    """Print the findings; 1 if our own runtime does not work."""
    known = machine()
    print(
        f"{known['cpu_model']}, {known['kernel']}, Python {known['python']}, gotk {known['gotk']}"
    )
    print(gomaxprocs())
    memory = available_memory()
    print(f"memory that can be taken: {memory / 2**20:,.0f} MiB" if memory else "memory: unknown")
    print("limits on OS threads:")
    for name, limit in thread_limits().items():
        print(f"  {name}: {limit:,}")
    works = {name: _probe(name) for name in RUNTIMES}
    return 0 if works["gotk"] else 1


def _probe(runtime: str) -> bool:
    try:
        run = Program(_PROBE, "probe.go").run(runtime, timeout=120)
    except GotkError as error:
        print(f"runtime {runtime}: does not work: {error}")
        return False
    except Exception as error:  # a doctor must survive the patient
        print(f"runtime {runtime}: does not work: {type(error).__name__}: {error}")
        return False
    good = run.output == "42\n"
    word = "works" if good else f"printed {run.output!r} instead of 42"
    print(f"runtime {runtime}: {word} ({format_ns(run.raw_metrics['wall_ns'])})")
    return good


def thread_limits() -> dict[str, int]:
    """What bounds the number of threads here, by the name of the limit. Source:
    pthread_create(3), EAGAIN.
    """
    found: dict[str, int] = {}
    soft = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    if soft != resource.RLIM_INFINITY:
        found["processes of this user (ulimit -u)"] = soft
    for name, path in (
        ("kernel.threads-max", "/proc/sys/kernel/threads-max"),
        ("kernel.pid_max", "/proc/sys/kernel/pid_max"),
        # glibc maps a stack and a guard page for each thread.
        ("vm.max_map_count / 2", "/proc/sys/vm/max_map_count"),
    ):
        try:
            number = int(Path(path).read_text())
        except (OSError, ValueError):
            continue
        found[name] = number // 2 if name.endswith("/ 2") else number
    for folder in cgroup_folders("pids"):
        try:
            limit = (folder / "pids.max").read_text().strip()
            used = int((folder / "pids.current").read_text())
        except (OSError, ValueError):
            continue
        if limit != "max":
            found[f"cgroup pids ({used:,} in use)"] = int(limit)
    return found
