# SPDX-License-Identifier: BSD-3-Clause
"""Affinity, quotas and the default of GOMAXPROCS, on made trees of /proc and /sys."""

from __future__ import annotations

from pathlib import Path

import pytest

import gotk
from gotk import cpus
from gotk.cpus import CpuLimits, cpu_limits
from gotk.limits import available_memory, parse_size


def tree(root: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(root)


V2 = "36 25 0:32 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw\n"


def test_v2_takes_the_minimum_over_ancestors(tmp_path: Path) -> None:
    root = tree(tmp_path, {
        "proc/self/cgroup": "0::/a/b\n",
        "proc/self/mountinfo": V2,
        "sys/fs/cgroup/cgroup.controllers": "cpu",
        "sys/fs/cgroup/a/cpu.max": "150000 100000\n",
        "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
    })  # fmt: skip
    limits = cpu_limits(root)
    assert limits.quota == 1.5
    assert limits.quota_source is not None and limits.quota_source.endswith("/a/cpu.max")


def test_v1_with_a_mount_that_shows_a_part(tmp_path: Path) -> None:
    root = tree(tmp_path, {
        "proc/self/cgroup": "4:cpu,cpuacct:/docker/abc/x\n0::/\n",
        "proc/self/mountinfo": "30 25 0:26 /docker/abc /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n",
        "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "400000",
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
        "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us": "-1",
        "sys/fs/cgroup/cpu/x/cpu.cfs_period_us": "100000",
    })  # fmt: skip
    assert cpu_limits(root).quota == 4


def test_a_cgroup_namespace_and_missing_files_are_no_limit(tmp_path: Path) -> None:
    root = tree(tmp_path, {"proc/self/cgroup": "0::/../../x\n", "proc/self/mountinfo": V2})
    assert cpu_limits(root).quota is None
    assert cpu_limits(str(tmp_path / "nowhere")).quota is None


@pytest.mark.parametrize(
    ("affinity", "quota", "procs"),
    [
        (8, None, 8),
        (8, 2.5, 3),
        (8, 0.5, 2),
        (8, 1.0, 2),
        (1, 0.5, 1),
        (2, 0.1, 2),
        (4, 16.0, 4),
        (8, 3.0, 3),
    ],
)
def test_gos_rounding(affinity: int, quota: float | None, procs: int) -> None:
    assert CpuLimits(64, affinity, quota, None).default_procs == procs


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpus, "_session", None)
    monkeypatch.delenv("GOMAXPROCS", raising=False)


def test_the_session_default() -> None:
    machine = gotk.gomaxprocs()
    assert machine.source == "machine" and "affinity" in str(machine)
    assert int(gotk.gomaxprocs(5)) == 5
    assert gotk.gomaxprocs().source == "session"
    assert gotk.gomaxprocs("auto") == machine


def test_the_environment_counts_unless_the_session_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOMAXPROCS", "7")
    assert (gotk.gomaxprocs().value, gotk.gomaxprocs().source) == (7, "environment")
    assert gotk.gomaxprocs(3).value == 3


def test_more_procs_than_cpus_are_remarked_on() -> None:
    assert "will wait for a CPU" in str(gotk.gomaxprocs(1000))


@pytest.mark.parametrize("wrong", [0, -1, 1025, 1.5, "two", True, [2]])
def test_wrong_numbers_are_refused(wrong: object) -> None:
    with pytest.raises(gotk.UsageError, match="GOMAXPROCS must be"):
        gotk.gomaxprocs(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512M", 512 << 20),
        ("1.5G", 3 << 29),
        ("64KiB", 64 << 10),
        ("100", 100),
        ("7 kb", 7 << 10),
        (5, 5),
    ],
)
def test_sizes(text: str | int, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "x", "5X", "-1M", 1.5, True])
def test_wrong_sizes(text: object) -> None:
    with pytest.raises(gotk.UsageError, match="memory_limit must be"):
        parse_size(text)  # type: ignore[arg-type]


def test_available_memory_is_the_tightest(tmp_path: Path) -> None:
    root = tree(tmp_path, {
        "proc/meminfo": "MemTotal: 9000 kB\nMemAvailable: 8000 kB\n",
        "proc/self/cgroup": "0::/a\n",
        "proc/self/mountinfo": V2,
        "sys/fs/cgroup/memory.max": "max",
        "sys/fs/cgroup/memory.current": "5",
        "sys/fs/cgroup/a/memory.max": "3000000",
        "sys/fs/cgroup/a/memory.current": "1000000",
    })  # fmt: skip
    assert available_memory(root) == 2_000_000
    assert available_memory(str(tmp_path / "nowhere")) is None
