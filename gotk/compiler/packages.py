# SPDX-License-Identifier: BSD-3-Clause
"""golib's packages, compiled: export data to check against and objects to load, each made once and kept on disk.

`Library.importer` is what the checker calls for an import. A package that is not in the cache is compiled on the way, its imports first.
The object is made in the background (by an LLVM host) while the next package is checked; `Library.objects` waits for what it returns.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from gotk.compiler import sources
from gotk.compiler.llvm import cache, client
from gotk.compiler.lower.escape import Summary
from gotk.compiler.lower.module.package import UNSUPPORTED_HINT, Lowered, lower_package
from gotk.compiler.lower.module.sharing import Sharing
from gotk.compiler.lower.module.symbols import link_name
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse
from gotk.compiler.types import export
from gotk.compiler.types.checker import check_package
from gotk.compiler.types.model import Func, Package
from gotk.compiler.types.universe import UNSAFE
from gotk.diagnostics import Diagnostic, render
from gotk.errors import InternalError


def _way_out(path: str) -> str:
    """What to do about an import that golib does not have. Programs are one package on real Go, too, so that only helps for its own library."""
    if path.startswith((".", "/")):
        return "a program is one package: put the declarations of that folder into this file"
    if "." in path.partition("/")[0]:
        return "packages of modules cannot be loaded: put what you need of it into this file"
    return UNSUPPORTED_HINT


class PackageNotFound(ImportError):
    """No such package in golib. The checker turns it into a diagnostic at the import, with the hint."""

    def __init__(self, path: str) -> None:
        super().__init__(f"package {path} is not in gotk's library")
        self.path = path
        self.hint = _way_out(path)


@dataclass(slots=True)
class _Loaded:
    package: Package
    object: Path
    summaries: dict[str, Summary]
    instances: list[str]
    pending: Future[dict[str, int]] | None = None


class Library:
    """The packages that this process has loaded. Thread-safe; use `shared()`."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._index: dict[str, sources.SourcePackage] | None = None
        self._loaded: dict[str, _Loaded] = {}
        self._loading: list[str] = []

    def is_busy(self, patience_s: float) -> bool:
        """Whether another thread is still compiling packages after so many seconds: who only wants to help does not wait for that."""
        if self._lock.acquire(timeout=patience_s):
            self._lock.release()
            return False
        return True

    @property
    def index(self) -> dict[str, sources.SourcePackage]:
        """All packages of golib by import path."""
        if self._index is None:
            self._index = sources.load_index()
        return self._index

    def importer(self, path: str) -> Package:
        """The checked package `path`. Raises `PackageNotFound`."""
        if path == "unsafe":
            return UNSAFE
        with self._lock:
            return self._load(path).package

    @property
    def runtime(self) -> Package:
        """Package runtime, on which all compiled code relies."""
        return self.importer(sources.RUNTIME)

    def order(self, imports: Iterable[str]) -> list[str]:
        """Import paths of `imports` and all that they need, in the order of initialisation."""
        return sources.dependency_order(self.index, [p for p in imports if p != "unsafe"])

    def objects(self, paths: Iterable[str]) -> list[str]:
        """Object files of these packages, made if need be."""
        with self._lock:
            loaded = [self._load(path) for path in paths]
        for item in loaded:
            if item.pending is not None:
                item.pending.result()
                item.pending = None
        return [str(item.object) for item in loaded]

    # ------------------------------------------------------------ loading and compiling

    def _load(self, path: str) -> _Loaded:
        found = self._loaded.get(path)
        if found is not None:
            return found
        source = self.index.get(path)
        if source is None:
            raise PackageNotFound(path)
        if path in self._loading:
            raise InternalError("golib imports itself: " + " -> ".join([*self._loading, path]))
        self._loading.append(path)
        try:
            for imported in source.imports:
                self.importer(imported)
            item = self._from_cache(source) or self._compile(source)
        finally:
            self._loading.pop()
        self._loaded[path] = item
        return item

    @staticmethod
    def _entry(source: sources.SourcePackage) -> Path:
        key = cache.digest(source.key, cache.machine_tag(cache.library_cpu()))
        return cache.entry_path("golib", key, f"-{source.path.replace('/', '_')}.pkg")

    def _from_cache(self, source: sources.SourcePackage) -> _Loaded | None:
        """An entry holds a line of JSON (the object's path below the cache's folder; escape summaries) and the export data. The object lies under the
        digest of its IR, so a change of the compiler that does not change the code does not run LLVM again."""
        entry = cache.find(self._entry(source))
        if entry is None:
            return None
        try:
            line, _, data = entry.read_bytes().partition(b"\n")
        except OSError:
            return None
        head = json.loads(line)
        object_path = cache.find(cache.cache_dir() / head["object"])
        if object_path is None:
            return None
        summaries = {name: Summary.unpack(rows) for name, rows in head["escape"].items()}
        package = export.load_package(data, self.importer)
        return _Loaded(package, object_path, summaries, head["instances"])

    def instances_of(self, paths: Iterable[str]) -> set[str]:
        """Symbols of the instances that the objects of these packages, and of all that they need, have for others."""
        with self._lock:
            found: set[str] = set()
            for path in self.order(paths):
                found.update(self._load(path).instances)
            return found

    def summary(self, fn: Func) -> Summary | None:
        """What escape analysis found out about a function of a loaded package."""
        loaded = self._loaded.get(fn.pkg.path) if fn.pkg is not None else None
        return loaded.summaries.get(link_name(fn)) if loaded is not None else None

    def _compile(self, source: sources.SourcePackage) -> _Loaded:
        package, lowered = compile_to_ir(source, self)
        text = lowered.ir
        cpu = cache.library_cpu()
        object_path = cache.object_path(text, cpu=cpu)
        head = {
            "object": object_path.relative_to(cache.cache_dir()).as_posix(),
            "escape": {name: s.pack() for name, s in lowered.summaries.items()},
            "instances": lowered.instances,
        }
        entry = self._entry(source)
        try:
            line = json.dumps(head, separators=(",", ":")).encode()
            cache.write_entry(entry, line + b"\n" + export.dump_package(package))
        except OSError as error:
            raise InternalError(f"cannot write to {entry.parent}: {error.strerror}") from error
        loaded = _Loaded(package, object_path, lowered.summaries, lowered.instances)
        if not cache.is_cached(object_path):
            loaded.pending = client.shared().submit_object(text, str(object_path), cpu=cpu)
        return loaded


def compile_to_ir(source: sources.SourcePackage, library: Library) -> tuple[Package, Lowered]:
    """Check and lower a golib package. An error in it is our own: `InternalError`."""
    diagnostics: list[Diagnostic] = []
    files = []
    texts: dict[str, str] = {}
    for i, file in enumerate(source.files):
        shown = f"{source.path}/{os.path.basename(file)}"
        data = Path(file).read_bytes()
        texts[shown] = data.decode(errors="replace")
        tree, errors = parse(data, shown, i)
        files.append(tree)
        diagnostics += errors
    with deep_recursion():
        if not diagnostics:
            package = check_package(source.path, files, library.importer, diagnostics=diagnostics)
        if not diagnostics:
            runtime = library.runtime if sources.RUNTIME in source.imports else None
            sharing = Sharing(library.instances_of(source.imports).__contains__) if runtime else None
            lowered = lower_package(
                package, runtime, diagnostics, foreign=library.summary, sharing=sharing
            )
    if diagnostics:
        raise InternalError(f"golib's package {source.path} has errors:\n{render(diagnostics, texts)}")
    return package, lowered


_shared: Library | None = None
_shared_lock = threading.Lock()


def shared() -> Library:
    """The library of this process."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Library()
        return _shared
