# SPDX-License-Identifier: BSD-3-Clause
"""The circumstances of a measurement: one row per run, keyed by ``run_id``.

A number without them cannot be compared with another. They are columns of a table of their own,
because ``DataFrame.attrs`` do not survive a concat. What cannot be read on this machine is None.
"""

from __future__ import annotations

import contextlib
import functools
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gotk.cpus import cgroup_folders, cpu_limits

__all__ = ["COLUMNS", "Watch", "machine"]

# Columns of the table, in order, with what they mean.
COLUMNS = {
    "run_id": "the run",
    "started": "when the run started, UTC",
    "runtime": "gotk, threads or go",
    "seed": "the run's seed",
    "gomaxprocs_asked": "GOMAXPROCS given for the run; missing: the default",
    "gomaxprocs": "GOMAXPROCS in force at the end of the run",
    "trace": "whether scheduler events were recorded",
    "dropped_events": "events that did not fit the trace's buffers",
    "memory_limit_bytes": "the run's memory limit",
    "cpu_model": "the processor's name",
    "cpus": "CPUs of the machine",
    "affinity": "the CPUs that the process may use, as 0-3,6",
    "cpu_quota": "cgroup limit in CPUs; missing: none",
    "throttled_ns": "time for which the cgroup was throttled during the run",
    "load_before": "load average over a minute at the start",
    "load_after": "load average over a minute at the end",
    "governor": "frequency governor of CPU 0",
    "kernel": "the operating system's kernel",
    "python": "version of Python",
    "gotk": "version of gotk",
    "llvmlite": "version of llvmlite (and of the LLVM in it)",
    "go": "version of Go, for runs on it",
}


@functools.cache
def machine() -> dict[str, Any]:
    """What does not change while this process runs."""
    return {
        "cpu_model": _cpu_model(),
        "governor": _read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "gotk": _version_of("gotk"),
        "llvmlite": _version_of("llvmlite"),
    }


class Watch:
    """Made right before a run; `row` right after it gives the run's circumstances."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._load = _load()
        self._throttled = _throttled_ns()

    def row(self, **known: Any) -> dict[str, Any]:
        """One row of the table; `known` are columns that only the caller knows. Raises
        KeyError for an unknown column.
        """
        throttled = _throttled_ns()
        limits = cpu_limits()
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row |= machine()
        row |= {
            "started": self._started,
            "cpus": limits.machine,
            "affinity": _affinity(),
            "cpu_quota": limits.quota,
            "load_before": self._load,
            "load_after": _load(),
        }
        if throttled is not None and self._throttled is not None:
            row["throttled_ns"] = throttled - self._throttled
        for name, value in known.items():
            if name not in COLUMNS:
                raise KeyError(name)
            row[name] = value
        return row


def _read(path: str) -> str | None:
    with contextlib.suppress(OSError):
        return Path(path).read_text().strip() or None
    return None


def _cpu_model() -> str | None:
    for line in (_read("/proc/cpuinfo") or "").splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Model"):
            return value.strip()
    return platform.processor() or platform.machine() or None


def _version_of(package: str) -> str | None:
    if package == "gotk":
        import gotk

        return gotk.__version__
    from importlib import metadata  # loads the email package: not at import

    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(package)
    return None


def _load() -> float | None:
    with contextlib.suppress(OSError):
        return os.getloadavg()[0]
    return None


def _throttled_ns() -> int | None:
    """Time for which this process's cgroup was throttled, so far."""
    for folder in cgroup_folders("cpu"):
        text = _read(str(folder / "cpu.stat"))
        for line in (text or "").splitlines():
            key, _, value = line.partition(" ")
            if key == "throttled_usec":
                return int(value) * 1000
            if key == "throttled_time":
                return int(value)
    return None


def _affinity() -> str | None:
    try:
        cpus = sorted(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return None
    parts: list[str] = []
    first = last = cpus[0]
    for cpu in [*cpus[1:], -1]:
        if cpu == last + 1:
            last = cpu
            continue
        parts.append(str(first) if first == last else f"{first}-{last}")
        first = last = cpu
    return ",".join(parts)
