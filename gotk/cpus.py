# SPDX-License-Identifier: BSD-3-Clause
"""How many CPUs this process may use, and the session's default for GOMAXPROCS.

Go's rule since 1.25 is followed: the CPUs of the affinity mask, or the CPU bandwidth limit of the
cgroup, rounded up, if that is less, but never below 2 while the mask has 2. The limit is the
minimum over the process's cgroup and all its visible ancestors; cgroup v2 (``cpu.max``) and v1
(``cpu.cfs_quota_us`` / ``cpu.cfs_period_us``) are read. Sources: Go 1.25 release notes, section
Runtime; Linux Documentation/admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gotk.errors import UsageError

__all__ = [
    "MAX_PROCS",
    "CpuLimits",
    "ProcsSetting",
    "cgroup_folders",
    "check_procs",
    "cpu_limits",
    "gomaxprocs",
]

# More than any machine we know has; beyond, a typing error is likelier than a wish.
MAX_PROCS = 1024


@dataclass(frozen=True)
class CpuLimits:
    """What the machine allows: `affinity` CPUs in the mask, of `machine` in all, `quota`
    CPUs of bandwidth (None: no limit).
    """

    machine: int
    affinity: int
    quota: float | None
    quota_source: str | None

    @property
    def default_procs(self) -> int:
        """GOMAXPROCS by Go's rule."""
        if self.quota is None:
            return self.affinity
        return max(1, min(self.affinity, max(2, math.ceil(self.quota))))


@dataclass(frozen=True)
class ProcsSetting:
    """The session's default for GOMAXPROCS, with its reasons; ``int(setting)`` is the number."""

    value: int
    source: Literal["machine", "session", "environment"]
    limits: CpuLimits

    def __int__(self) -> int:
        return self.value

    def __index__(self) -> int:
        return self.value

    def __str__(self) -> str:
        why = {
            "machine": "what the machine allows",
            "session": "set in this session",
            "environment": "set by the environment variable GOMAXPROCS",
        }[self.source]
        limits = self.limits
        lines = [f"GOMAXPROCS = {self.value} ({why})"]
        plural = "s" if limits.affinity != 1 else ""
        lines.append(f"  affinity: {limits.affinity} CPU{plural} of the machine's {limits.machine}")
        if limits.quota is None:
            lines.append("  cgroup CPU quota: none")
        else:
            lines.append(f"  cgroup CPU quota: {limits.quota:g} CPUs ({limits.quota_source})")
        if self.value > limits.default_procs:
            lines.append(
                f"  more than the {limits.default_procs} that can run at once: the others will "
                "wait for a CPU"
            )
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)


_session: int | None = None


def gomaxprocs(n: int | Literal["auto"] | None = None) -> ProcsSetting:
    """Show or set the default of GOMAXPROCS for later runs in this session.

    Without an argument nothing changes; a number of at least 1 sets it; ``"auto"`` returns to what
    the machine allows. The environment variable GOMAXPROCS counts where the session sets nothing,
    as it does for Go. Returns the setting in force with its reasons. Raises UsageError for anything
    else.
    """
    global _session
    if n == "auto":
        _session = None
    elif n is not None:
        _session = check_procs(n)
    limits = cpu_limits()
    if _session is not None:
        return ProcsSetting(_session, "session", limits)
    given = os.environ.get("GOMAXPROCS", "")
    if given.isdigit() and int(given) > 0 and n != "auto":
        return ProcsSetting(int(given), "environment", limits)
    return ProcsSetting(limits.default_procs, "machine", limits)


def check_procs(n: object) -> int:
    """`n` as a number of procs. Raises UsageError, saying what would do."""
    if isinstance(n, bool) or not hasattr(n, "__index__"):
        raise UsageError(f'GOMAXPROCS must be a whole number or "auto", not {n!r}')
    value = int(n.__index__())
    if not 1 <= value <= MAX_PROCS:
        raise UsageError(
            f"GOMAXPROCS must be between 1 and {MAX_PROCS}, not {value}; leave it out for the "
            "default of "
            f"{cpu_limits().default_procs}"
        )
    return value


def cpu_limits(root: str = "/") -> CpuLimits:
    """The limits in force now; `root` is where proc and sys are found (for tests)."""
    try:
        affinity = len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        affinity = os.cpu_count() or 1
    quota: float | None = None
    source: str | None = None
    for folder in cgroup_folders("cpu", root):
        found = _quota_of(folder)
        if found is not None and (quota is None or found[0] < quota):
            quota, source = found
    return CpuLimits(max(os.cpu_count() or 1, affinity), affinity, quota, source)


def _quota_of(folder: Path) -> tuple[float, str] | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        quota, period = (folder / "cpu.max").read_text().split()[:2]
        if quota == "max":
            return None
        return int(quota) / int(period), f"{folder}/cpu.max"
    with contextlib.suppress(OSError, ValueError, ZeroDivisionError):
        microseconds = int((folder / "cpu.cfs_quota_us").read_text())
        if microseconds <= 0:
            return None
        period_us = int((folder / "cpu.cfs_period_us").read_text())
        return microseconds / period_us, f"{folder}/cpu.cfs_quota_us"
    return None


@functools.cache
def cgroup_folders(controller: str, root: str = "/") -> tuple[Path, ...]:
    """Folders of this process's cgroups that bear on `controller`, v1 and v2, each
    followed by its visible ancestors.
    """
    base = Path(root)
    found: list[Path] = []
    paths: list[tuple[str, str]] = []  # ("" for v2 or the controller, path)
    with contextlib.suppress(OSError):
        for line in (base / "proc/self/cgroup").read_text().splitlines():
            ident, _, rest = line.partition(":")
            controllers, _, path = rest.partition(":")
            if ident == "0" and not controllers:
                paths.append(("", path))
            elif controller in controllers.split(","):
                paths.append((controller, path))
    for kind, path in paths:
        mount = _mount_of(kind, base)
        if mount is None:
            continue
        mount_root, mount_point = mount
        top = base / mount_point.lstrip("/")
        # In a container the mount may show only a part of the tree, and a cgroup namespace shows
        # "/..".
        relative = os.path.normpath("/" + path).lstrip("/")
        if mount_root != "/" and ("/" + relative + "/").startswith(mount_root.rstrip("/") + "/"):
            relative = ("/" + relative)[len(mount_root) :].lstrip("/")
        folder = top / relative if relative not in ("", ".") else top
        while True:
            if folder.is_dir():
                found.append(folder)
            if folder == top:
                break
            folder = folder.parent
    return tuple(found)


def _mount_of(controller: str, base: Path) -> tuple[str, str] | None:
    """(root, mount point) of the hierarchy, from mountinfo."""
    with contextlib.suppress(OSError):
        for line in (base / "proc/self/mountinfo").read_text().splitlines():
            left, _, right = line.partition(" - ")
            fields, after = left.split(), right.split()
            if len(fields) < 5 or not after:
                continue
            if not controller and after[0] == "cgroup2":
                return fields[3], fields[4]
            if controller and after[0] == "cgroup" and controller in after[-1].split(","):
                return fields[3], fields[4]
    return None
