# SPDX-License-Identifier: BSD-3-Clause
"""golib's sources: which packages there are, their files, what they import, and the keys under which what is made of them is cached.

A package's key is a digest of its files, of its imports' keys, and of the compiler itself, so an object or an export is reused exactly
as long as nothing that it came from has changed. Reading all of golib takes some tens of milliseconds; the result is kept on disk under
a signature made of names, sizes and modification times, so that a session pays for that once per change.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from gotk.compiler.llvm import cache
from gotk.compiler.target import TARGETS, target

GOTK_ROOT = Path(__file__).resolve().parents[1]
GOLIB_ROOT = GOTK_ROOT / "golib" / "src"

#: The package that every other one uses without importing it.
RUNTIME = "runtime"


@dataclass(slots=True)
class SourcePackage:
    """A golib package on disk: its import path, files (absolute, sorted), direct imports (sorted, unsafe left out), and key."""

    path: str
    files: list[str]
    imports: list[str] = field(default_factory=list)
    key: str = ""


def find_files(root: Path) -> dict[str, list[Path]]:
    """Go files by folder relative to `root`, both sorted; without tests, and without files whose name ends in another machine's GOARCH."""
    ours = target().goarch
    others = tuple(f"_{t.goarch}.go" for t in TARGETS.values() if t.goarch != ours)
    found: dict[str, list[Path]] = {}
    for folder, _, names in os.walk(root):
        files = sorted(n for n in names if n.endswith(".go") and not n.endswith(("_test.go", *others)))
        if files:
            path = os.path.relpath(folder, root).replace(os.sep, "/")
            found[path] = [Path(folder) / n for n in files]
    return dict(sorted(found.items()))


_COMMENT_OR_STRING = re.compile(rb'//[^\n]*|/\*.*?\*/|("(?:[^"\\\n]|\\.)*"|`[^`]*`)', re.DOTALL)
_IMPORT = re.compile(rb'(?:^|;)\s*import\s*(?:\((.*?)\)|([^\n;]*))', re.DOTALL | re.MULTILINE)
_FIRST_DECL = re.compile(rb"^(?:func|type|var|const)\b", re.MULTILINE)
_PATH = re.compile(rb'"([^"\n]+)"|`([^`\n]+)`')


def scan_imports(source: bytes) -> set[str]:
    """Import paths of a Go file, from its text alone (package clause and import declarations come first)."""
    text = _COMMENT_OR_STRING.sub(lambda m: m.group(1) or b" ", source)
    end = _FIRST_DECL.search(text)
    if end is not None:
        text = text[: end.start()]
    paths: set[str] = set()
    for group, single in _IMPORT.findall(text):
        for quoted, raw in _PATH.findall(group or single):
            paths.add((quoted or raw).decode())
    return paths


@functools.cache
def compiler_key() -> str:
    """Digest of everything in this compiler that shapes export data and IR (objects have their own keys)."""
    parts: list[str | bytes] = []
    for file in _compiler_files():
        parts += [file.relative_to(GOTK_ROOT).as_posix(), file.read_bytes()]
    return cache.digest(*parts)


def _compiler_files() -> list[Path]:
    folder = GOTK_ROOT / "compiler"
    files = [p for part in ("syntax", "types", "lower") for p in (folder / part).rglob("*.py")]
    return sorted([*files, folder / "target.py", GOTK_ROOT / "native" / "abi" / "runtime.def"])


def _signature() -> str:
    """Digest of names, sizes and modification times of golib and of the compiler."""
    parts: list[str] = []
    for files in [*find_files(GOLIB_ROOT).values(), _compiler_files()]:
        for file in files:
            stat = file.stat()
            parts.append(f"{file} {stat.st_size} {stat.st_mtime_ns}")
    return cache.digest(*parts)


def load_index() -> dict[str, SourcePackage]:
    """All golib packages by import path, with keys."""
    entry = cache.entry_path("index", _signature(), ".json")
    try:
        rows = json.loads(entry.read_bytes())
        return {row["path"]: SourcePackage(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        pass
    index = _make_index()
    rows = [{"path": p.path, "files": p.files, "imports": p.imports, "key": p.key} for p in index.values()]
    with contextlib.suppress(OSError):  # a full disk costs time, nothing else
        cache.write_entry(entry, json.dumps(rows).encode())
    return index


def _make_index() -> dict[str, SourcePackage]:
    index: dict[str, SourcePackage] = {}
    contents: dict[str, list[bytes]] = {}
    for path, files in find_files(GOLIB_ROOT).items():
        texts = [file.read_bytes() for file in files]
        imports = set().union(*(scan_imports(text) for text in texts)) - {"unsafe"}
        if path != RUNTIME:
            imports.add(RUNTIME)
        index[path] = SourcePackage(path, [str(f) for f in files], sorted(imports))
        contents[path] = texts
    runtime_closure = set(_closure(index, [RUNTIME]))
    for path in runtime_closure:
        # What runtime itself imports cannot use runtime.
        index[path].imports = [p for p in index[path].imports if p != RUNTIME]
    for package in _in_order(index):
        imported = [index[p].key for p in package.imports if p in index]
        names = [os.path.basename(f) for f in package.files]
        package.key = cache.digest(compiler_key(), package.path, *names, *contents[package.path], *imported)
    return index


def _closure(index: dict[str, SourcePackage], roots: list[str]) -> list[str]:
    """Packages that `roots` need, themselves included, dependencies first; unknown paths and cycles are left to the checker."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(path: str) -> None:
        if path in seen or path not in index:
            return
        seen.add(path)
        for imported in index[path].imports:
            visit(imported)
        order.append(path)

    for root in roots:
        visit(root)
    return order


def dependency_order(index: dict[str, SourcePackage], roots: list[str]) -> list[str]:
    """Import paths of everything that `roots` need, in the order in which packages are initialised; runtime comes first."""
    return _closure(index, [RUNTIME, *sorted(roots)])


def _in_order(index: dict[str, SourcePackage]) -> list[SourcePackage]:
    return [index[path] for path in _closure(index, list(index))]
