# SPDX-License-Identifier: BSD-3-Clause
"""The cache on disk: objects by the hash of what they were made from, and packages' export data.

Entries are immutable: a key is a digest over everything that determines the content, so a changed compiler, CPU or source gives another
key and stale entries are merely unused. They are written under a temporary name and renamed, so readers in other processes never
see half an entry. An installation brings entries of its own for golib (`SHIPPED`, made when the wheel is built and never written to); they are
looked up after the user's cache. `prune` removes the least recently used ones beyond a size limit; use is recorded in the file's mtime.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import platform
import tempfile
import time
from importlib import metadata
from pathlib import Path

from gotk.compiler.target import is_cross, target

#: bytes kept by `prune`; golib takes a few MB, a notebook's cells some tens of KB each
DEFAULT_LIMIT = 256 << 20

#: seconds after which a hit refreshes the entry's mtime (a write per hit would cost more than it tells)
_TOUCH_AFTER_S = 3600.0


#: Entries that came with the installation: golib, compiled when the wheel was built (gotk/native/CMakeLists.txt). May be missing.
SHIPPED: Path | None = Path(__file__).resolve().parents[2] / "native" / "bin" / "golib"

#: The CPU that golib is compiled for where the machine has its features, so that what an installation brings fits other machines too
#: (an image, a shared home): AVX2, BMI, FMA. Programs are compiled for the very CPU.
LIBRARY_CPU = "x86-64-v3"
_LIBRARY_CPU_FLAGS = {"avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "cx16", "popcnt", "sse4_2", "ssse3", "lahf_lm"}


@functools.cache
def cache_dir() -> Path:
    """``$GOTK_CACHE_DIR``, else ``$XDG_CACHE_HOME/gotk`` or ``~/.cache/gotk``; a temporary folder of this process if none can be written."""
    configured = os.environ.get("GOTK_CACHE_DIR")
    if configured:
        candidates = [Path(configured)]
    else:
        base = os.environ.get("XDG_CACHE_HOME")
        candidates = [(Path(base) if base else Path.home() / ".cache") / "gotk"]
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=candidate):
                return candidate
        except (OSError, RuntimeError):
            continue
    return Path(tempfile.mkdtemp(prefix="gotk-cache-"))


@functools.cache
def _cpuinfo() -> tuple[str, ...]:
    """The lines of /proc/cpuinfo that tell CPUs apart, of the first one, which stands for all."""
    lines: list[str] = []
    with contextlib.suppress(OSError):
        wanted = ("model name", "flags", "Features", "CPU part", "CPU implementer")
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if not line.strip():
                break
            if line.startswith(wanted):
                lines.append(line)
    return tuple(lines)


@functools.cache
def library_cpu() -> str | None:
    """`LIBRARY_CPU` if this machine can run code made for it, else None: the very CPU."""
    if target().name != "x86_64" or is_cross():
        return None
    flags = next((set(line.split()) for line in _cpuinfo() if line.startswith("flags")), set())
    return LIBRARY_CPU if flags >= _LIBRARY_CPU_FLAGS else None


@functools.cache
def machine_tag(cpu: str | None = None) -> str:
    """What an object depends on besides its IR: LLVM (by llvmlite's version), what host.py asks of it, and the CPU, by name or (None) this one with
    its features."""
    made_for = cpu or (f"{target().name} {target().baseline}" if is_cross() else platform.machine() + "\n".join(_cpuinfo()))
    asked = digest(Path(__file__).with_name("host.py").read_bytes())
    return f"llvmlite {metadata.version('llvmlite')}\n{asked}\n{made_for}"


def digest(*parts: str | bytes) -> str:
    """Hex key of these parts (lengths included, so that no two lists of parts run together)."""
    hasher = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hasher.update(len(data).to_bytes(8, "little"))
        hasher.update(data)
    return hasher.hexdigest()


def entry_path(kind: str, key: str, suffix: str) -> Path:
    """Where the entry `key` lies (whether it exists or not): ``kind/ab/abcdef….suffix``."""
    return cache_dir() / kind / key[:2] / f"{key}{suffix}"


#: what host.py's choice of passes is called; to be changed with it, since the passes shape an object as the IR does
PIPELINE = "O2, slp for floats, no scatter"


def object_path(ir: str, *, opt: int = 2, cpu: str | None = None) -> Path:
    """Path of the object that LLVM makes of this IR text for `cpu` (None: this machine's)."""
    return entry_path("objects", digest(machine_tag(cpu), PIPELINE, str(opt), ir), ".o")


def find(path: Path) -> Path | None:
    """An entry by its path in the cache: there, or among those that were installed with gotk."""
    if is_cached(path):
        return path
    if SHIPPED is not None:
        shipped = SHIPPED / path.relative_to(cache_dir())
        if shipped.is_file():
            return shipped
    return None


def is_cached(path: Path) -> bool:
    """Whether an entry exists; notes its use for `prune`."""
    try:
        stat = path.stat()
    except OSError:
        return False
    if time.time() - stat.st_mtime > _TOUCH_AFTER_S:
        with contextlib.suppress(OSError):
            os.utime(path)
    return True


def write_entry(path: Path, data: bytes) -> None:
    """Write an entry atomically. Raises OSError if the disk is full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def prune(limit: int = DEFAULT_LIMIT) -> int:
    """Remove least recently used entries until the cache has at most `limit` bytes. Returns the bytes removed."""
    entries: list[tuple[float, int, Path]] = []
    for path in cache_dir().rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                stat = path.stat()
                entries.append((stat.st_mtime, stat.st_size, path))
    total = sum(size for _, size, _ in entries)
    removed = 0
    for _, size, path in sorted(entries, key=lambda e: e[0]):
        if total - removed <= limit:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            removed += size
    return removed
