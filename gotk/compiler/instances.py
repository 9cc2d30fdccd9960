# SPDX-License-Identifier: BSD-3-Clause
"""Units: instances of library functions that programs share, each an object of its own (lower/module/sharing.py says which).

An instance whose type arguments come from golib too is the same in every program. It is found again by its symbol and the keys of the packages
whose sources its code is made from, so neither Python nor LLVM works for it twice. One with a program's own type (``slices.SortFunc`` on
[]main.Point) is lowered for each program, but its object is kept by the digest of its IR: it survives every edit that does not touch the type.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

from gotk.compiler import packages
from gotk.compiler.llvm import cache, client
from gotk.compiler.lower.module.package import lower_unit
from gotk.compiler.lower.module.sharing import Sharing, Wanted, packages_of
from gotk.diagnostics import Diagnostic

__all__ = ["Unit", "make_units"]


class Unit:
    """An object on its way: `path`, once `wait` has returned."""

    def __init__(self, path: Path, pending: Future[dict[str, int]] | None = None) -> None:
        self.path = path
        self._pending = pending

    def wait(self) -> str:
        if self._pending is not None:
            self._pending.result()
            self._pending = None
        return str(self.path)


def make_units(
    wanted: dict[str, Wanted], library: packages.Library, diagnostics: list[Diagnostic]
) -> list[Unit]:
    """The objects of these instances. Those that are missing are made in the background, by an LLVM host that has nothing else to do."""
    return [_make(symbol, wanted[symbol], library, diagnostics) for symbol in sorted(wanted)]


def _make(
    symbol: str, root: Wanted, library: packages.Library, diagnostics: list[Diagnostic]
) -> Unit:
    assert root.func.pkg is not None
    involved = {root.func.pkg.path} | packages_of(root.targs)
    entry = _entry(symbol, involved, library)
    if entry is not None:
        with contextlib.suppress(OSError, ValueError, KeyError):
            path = cache.cache_dir() / json.loads(entry.read_bytes())["object"]
            if cache.is_cached(path):
                return Unit(path)
    has = library.instances_of(p for p in involved if p in library.index)
    lowered = lower_unit(
        [root], library.runtime, diagnostics, foreign=library.summary, sharing=Sharing(has.__contains__)
    )
    path = cache.object_path(lowered.ir)
    if entry is not None:
        head = {"object": path.relative_to(cache.cache_dir()).as_posix()}
        with contextlib.suppress(OSError):  # a full disk costs time, nothing else
            cache.write_entry(entry, json.dumps(head).encode())
    if cache.is_cached(path):
        return Unit(path)
    return Unit(path, client.shared().submit_object(lowered.ir, str(path)))


def _entry(symbol: str, involved: Iterable[str], library: packages.Library) -> Path | None:
    """Where the object of an instance is noted; None if a program's own types are part of it."""
    keys = []
    for path in sorted(involved):
        source = library.index.get(path)
        if source is None:
            return None
        keys += [path, source.key]
    return cache.entry_path("instances", cache.digest(symbol, cache.machine_tag(), *keys), ".json")
