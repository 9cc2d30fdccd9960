# SPDX-License-Identifier: BSD-3-Clause
"""The suite's files: where they are, and what each says about itself.

A file's first line (the second, if the first is a build constraint of the old form) is its recipe: ``// KIND FLAGS… ARGUMENTS…``. A file without
one is material of another file.
"""

from __future__ import annotations

import functools
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

#: where Debian's package puts it; ``GOTK_GO_TESTS`` names another folder
DEFAULT_ROOT = Path("/usr/share/go-1.19/test")

MISSING = (
    "conformance: there is no Go test suite at {root}\n"
    "  on Debian and Ubuntu: apt-get install golang-1.19-src\n"
    "  elsewhere: set GOTK_GO_TESTS to the folder `test` of Go's source tree"
)

#: words that a build constraint may find true here
_TAGS = {"linux", "amd64", "gc", "unix", "test_run", *(f"go1.{n}" for n in range(1, 28))}

#: packages that gotk's library promises; files that import others are counted apart
_LISTED = """
    bufio bytes cmp container/heap container/list container/ring context crypto/md5 crypto/sha256 encoding/binary errors flag fmt
    golang.org/x/sync/errgroup golang.org/x/sync/semaphore hash/crc32 hash/fnv io iter log maps math math/bits math/cmplx math/rand
    math/rand/v2 net os reflect runtime runtime/debug slices sort strconv strings sync sync/atomic testing text/tabwriter time
    unicode unicode/utf8 unsafe
"""
LISTED = frozenset(_LISTED.split())


@dataclass(frozen=True, slots=True)
class SuiteFile:
    """One file with a recipe. ``name`` is relative to the suite's root, with slashes; ``words`` are the recipe's words after the kind."""

    path: Path
    name: str
    kind: str
    words: tuple[str, ...]

    @property
    def flags(self) -> list[str]:
        """The words before the first that is no flag."""
        found = []
        for word in self.words:
            if not word.startswith("-"):
                break
            found.append(word)
        return found

    @property
    def arguments(self) -> list[str]:
        """The words after the flags: the program's command line."""
        return list(self.words[len(self.flags) :])

    @property
    def folder(self) -> Path:
        """The folder with this file's packages, for kinds that have one."""
        return self.path.with_suffix(".dir")

    def text(self) -> str:
        return self.path.read_text(encoding="utf-8", errors="replace")

    def excluded(self) -> str | None:
        """The build constraint that leaves this file out on linux/amd64, if there is one."""
        return excluded(self.text())

    def wanted_output(self) -> str:
        """What the program must print; a file without an ``.out`` beside it must print nothing."""
        try:
            return self.path.with_suffix(".out").read_text(encoding="utf-8").replace("\r\n", "\n")
        except FileNotFoundError:
            return ""

    def sources(self) -> list[Path]:
        """The Go files that this test compiles."""
        return sorted(self.folder.rglob("*.go")) if self.folder.is_dir() and "dir" in self.kind else [self.path]

    def unlisted_imports(self) -> list[str]:
        """Imported packages of the library that are not in `LISTED`."""
        found: set[str] = set()
        for source in self.sources():
            found |= set(imports(source.read_text(encoding="utf-8", errors="replace")))
        found = {p for p in found if not p.startswith((".", "test/", self.folder.name)) and p not in LISTED}
        return sorted(found)


def root() -> Path:
    return Path(os.environ.get("GOTK_GO_TESTS", DEFAULT_ROOT))


def read_recipe(path: Path, base: Path) -> SuiteFile | None:
    """The file's recipe; None if it has none."""
    with path.open("rb") as file:
        lines = [file.readline().decode(errors="replace").strip() for _ in range(2)]
    line = lines[1] if "+build" in lines[0] else lines[0]
    found = re.match(r"//\s*([a-z]+)\b(.*)$", line)
    if found is None or not line.startswith(("// ", "//errorcheck")):
        return None
    try:
        words = tuple(shlex.split(found[2]))
    except ValueError:
        words = tuple(found[2].split())
    return SuiteFile(path, path.relative_to(base).as_posix(), found[1], words)


def files(kinds: set[str], base: Path | None = None) -> list[SuiteFile]:
    """All files of these kinds, in order of name. Folders ``x.dir`` belong to the file ``x.go`` and are not searched."""
    base = base or root()
    found = []
    for folder, below, names in os.walk(base):
        below[:] = [n for n in below if not n.endswith(".dir")]
        for name in names:
            if name.endswith(".go"):
                file = read_recipe(Path(folder, name), base)
                if file is not None and file.kind in kinds:
                    found.append(file)
    return sorted(found, key=lambda f: f.name)


_COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\\n])*"|`[^`]*`)', re.S)
_IMPORT = re.compile(r'^\s*import\s*(?:\((?P<group>[^)]*)\)|(?:[\w.]+\s*)?["`](?P<one>[^"`]+)["`])', re.M)


def imports(text: str) -> list[str]:
    """Import paths of Go source, read from its imports alone: it may be wrong elsewhere."""
    plain = _COMMENT.sub(lambda m: m[1] or " ", text)
    found: list[str] = []
    for match in _IMPORT.finditer(plain):
        found += [match["one"]] if match["one"] else re.findall(r'["`]([^"`]+)["`]', match["group"])
    return found


def excluded(text: str) -> str | None:
    """The first build constraint above the package clause that is false here."""
    for line in text.split("\n"):
        if line.startswith("package "):
            break
        if found := re.match(r"//go:build\s+(.*)", line):
            if not _holds(found[1]):
                return line.strip()
        elif found := re.match(r"//\s*\+build\s+(.*)", line):
            # Spaces are "or", commas are "and".
            if not any(all(_tag(t) for t in option.split(",")) for option in found[1].split()):
                return line.strip()
    return None


def _tag(word: str) -> bool:
    return word[1:] not in _TAGS if word.startswith("!") else word in _TAGS


@functools.cache
def _holds(expression: str) -> bool:
    python = re.sub(r"[\w.]+", lambda m: str(m[0] in _TAGS), expression)
    python = python.replace("&&", " and ").replace("||", " or ").replace("!", " not ")
    if re.fullmatch(r"(?:True|False|and|or|not|[()\s])+", python) is None:
        return True
    return bool(eval(python.strip()))  # the line above lets nothing else through
