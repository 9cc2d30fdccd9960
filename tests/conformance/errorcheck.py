# SPDX-License-Identifier: BSD-3-Clause
"""Kinds ``errorcheck``, ``errorcheckdir``, ``errorcheckoutput``: gotk's checker judged as Go's own test runner judges its compiler.

Every ``// ERROR "regexp"`` comment (also ``GC_ERROR``) must find a diagnostic at its line, and no diagnostic may be left over. Where gotk does not
meet a file's demand, today's Go is asked, as the files are older than it: if it does not, either, then gotk passes when it reports errors at
exactly the lines where today's Go does; the reason says what that Go does.
"""

from __future__ import annotations

import atexit
import dataclasses
import functools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from conformance.known import CAUSES
from conformance.outcome import Outcome
from conformance.suite import SuiteFile
from gotk import Program
from gotk.compiler import packages
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse, stops_checking
from gotk.compiler.types.checker import Importer, check_package
from gotk.compiler.types.model import Package
from gotk.diagnostics import Diagnostic
from gotk.runtimes.go import find_go

#: flags that change nothing in what the checker has to say
_HARMLESS = {"-e", "-e=0", "-d=panic", "-complete", "-s", "-t"}
_WANTED = re.compile(r"// (?:GC_)?ERROR (.*)")
_QUOTED = re.compile(r'"([^"]*)"')
_LINE = re.compile(r"LINE(([+-])(\d+))?")


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    file: str
    line: int
    pattern: str


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """One diagnostic of either compiler: its text without the position."""

    file: str
    line: int
    text: str


# ---------------------------------------------------------------------------------------------------- the kinds


def is_internal(file: SuiteFile) -> bool:
    """Flags that ask for the Go compiler's own output (inlining, escapes, bounds checks …), for its runtime's dialect, or for an older language."""
    return any(flag not in _HARMLESS for flag in file.flags)


def check(file: SuiteFile) -> Outcome:
    excluded = file.excluded()
    if excluded:
        return Outcome("excluded", excluded)
    if is_internal(file):
        return Outcome("internal", " ".join(file.flags))
    problems, note = {"errorcheckdir": _folder, "errorcheckoutput": _output}.get(file.kind, _single)(file)
    found = Outcome("fail", "; ".join(problems)) if problems else Outcome("pass", note)
    if problems and file.name in CAUSES:
        found = Outcome("fail", f"{CAUSES[file.name]} | {found.reason}")
    unlisted = [p for p in file.unlisted_imports() if p != "embed"]
    if unlisted and problems:
        return Outcome("outside", f"imports {', '.join(unlisted)}: {found.reason}")
    return found


KINDS = dict.fromkeys(("errorcheck", "errorcheckdir", "errorcheckoutput"), check)


def wanted(name: str, text: str) -> list[Wanted]:
    """The ERROR comments of one file. Raises ValueError for a pattern that Python cannot read."""
    out = []
    for number, line in enumerate(text.split("\n"), 1):
        if "////" in line:
            continue  # a double comment switches ERROR off
        found = _WANTED.search(line)
        if found is None:
            continue
        for quoted in _QUOTED.findall(found[1]):
            pattern = _LINE.sub(lambda m: f"{name}:{number + int((m[2] or '+') + (m[3] or '0'))}", quoted)  # noqa: B023
            re.compile(pattern)
            out.append(Wanted(name, number, pattern))
    return out


def judge(want: Sequence[Wanted], said: Sequence[Said]) -> list[str]:
    """What is wrong with `said`, a line each; [] if nothing."""
    problems = []
    left = list(said)
    for w in want:
        here = [s for s in left if (s.file, s.line) == (w.file, w.line)]
        matching = [s for s in here if re.search(w.pattern, s.text)]
        left = [s for s in left if s not in matching]
        if not here:
            problems.append(f"{w.file}:{w.line}: missing error {w.pattern!r}")
        elif not matching:
            problems.append(f"{w.file}:{w.line}: no match for {w.pattern!r} in " + " | ".join(s.text for s in here))
    problems += [f"{s.file}:{s.line}: unexpected: {s.text}" for s in left]
    return problems


# ---------------------------------------------------------------------------------------------------- the two compilers


def check_files(names: Sequence[str], texts: Sequence[bytes], path: str, importer: Importer, *, complete: bool) -> tuple[Package | None, list[Said]]:
    """gotk's diagnostics for the files of one package."""
    diagnostics: list[Diagnostic] = []
    trees = []
    for i, (name, text) in enumerate(zip(names, texts, strict=True)):
        tree, errors = parse(text, name, i)
        trees.append(tree)
        diagnostics += errors
    package = None
    if not stops_checking(diagnostics):
        with deep_recursion():
            package = check_package(path, trees, importer, diagnostics=diagnostics, complete=complete)
    said = [Said(d.file, d.line, d.message) for d in diagnostics]
    return package, list(dict.fromkeys(said))


@functools.cache
def _go() -> tuple[str, Path]:
    """Today's Go and a folder of this process for what it makes, in it ``importcfg``: where the library's export data is."""
    go = find_go()
    assert go is not None
    folder = Path(tempfile.mkdtemp(prefix="gotk-errorcheck-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    listing = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
    out = subprocess.run([go, "list", "-export", "-f", listing, "std"], capture_output=True, text=True, check=True, cwd=folder)
    Path(folder, "importcfg").write_text(out.stdout)
    return go, folder


def go_says(paths: Sequence[Path], package: str, *, more_imports: str = "", output: str = "a.o") -> list[Said]:
    """The Go compiler's errors for these files as one package, in the language version that gotk speaks.

    Its output goes to a folder of its own: the compiler removes the output file when it fails, whatever file that is."""
    go, folder = _go()
    config = folder / "importcfg"
    if more_imports:
        config = folder / "importcfg.more"
        config.write_text((folder / "importcfg").read_text() + more_imports)
    out = folder / output
    out.unlink(missing_ok=True)
    command = [go, "tool", "compile", "-C", "-e", "-d=panic", "-importcfg", str(config), "-p", package, "-o", str(out)]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=60, cwd=folder)
    return split_output(done.stdout + done.stderr)


def split_output(text: str) -> list[Said]:
    """The Go compiler's text to diagnostics; a line that begins with a tab belongs to the one before."""
    said: list[Said] = []
    for line in text.splitlines():
        if line.startswith("\t") and said:
            said[-1] = dataclasses.replace(said[-1], text=said[-1].text + "\n" + line)
        elif line and not line.startswith("#"):
            found = re.match(r"(?:.*/)?([^/:]+):(\d+)(?::\d+)?: (.*)", line)
            said.append(Said(found[1], int(found[2]), found[3]) if found else Said("", 0, line))
    return said


def _library(path: str) -> Package:
    return packages.shared().importer(path)


def _single(file: SuiteFile, path: Path | None = None) -> tuple[list[str], str]:
    path = path or file.path
    text = path.read_bytes()
    want = wanted(path.name, text.decode("latin-1"))
    _, said = check_files([path.name], [text], "p", _library, complete="-complete" in file.flags)
    problems = judge(want, said)
    if not want and not said:
        problems = ["no error at all"]
    if not problems or find_go() is None:
        return problems, ""
    return _ask_today(problems, want, said, go_says([path], "p"))


def _ask_today(problems: list[str], want: list[Wanted], ours: list[Said], theirs: list[Said]) -> tuple[list[str], str]:
    differences = judge(want, theirs)
    if not differences:
        return problems, ""
    note = "today's Go: " + "; ".join(differences[:2])
    at = {(s.file, s.line) for s in theirs}
    mine = {(s.file, s.line) for s in ours}
    if at == mine:
        return [], note
    missing = [f"{s.file}:{s.line}: today's Go says: {s.text}" for s in theirs if (s.file, s.line) not in mine]
    extra = [f"{s.file}:{s.line}: unexpected: {s.text}" for s in ours if (s.file, s.line) not in at]
    return missing + extra, ""


def _folder(file: SuiteFile) -> tuple[list[str], str]:
    """Every package of the file's folder in order of name (with -s each file is one); imports are relative (``./a``)."""
    one_each = "-s" in file.flags
    groups: dict[str, list[Path]] = {}
    for path in sorted(file.folder.glob("*.go")):
        found = re.search(r"^package\s+(\w+)", path.read_text(encoding="latin-1"), re.M)
        groups.setdefault(path.name if one_each else (found[1] if found else ""), []).append(path)
    done: dict[str, Package] = {}

    def importer(path: str) -> Package:
        if not path.startswith("./"):
            return _library(path)
        if path[2:] not in done:
            raise ImportError(f"could not import {path} (open : no such file)")
        return done[path[2:]]

    problems: list[str] = []
    notes: list[str] = []
    for name, paths in groups.items():
        want = [w for p in paths for w in wanted(p.name, p.read_text(encoding="latin-1"))]
        stem = paths[0].stem if one_each or len(paths) == 1 else name
        package, said = check_files([p.name for p in paths], [p.read_bytes() for p in paths], f"test/{stem}", importer, complete=False)
        wrong, note = judge(want, said), ""
        if find_go() is not None:
            folder = _go()[1]
            known = "".join(f"importmap ./{k}=test/{k}\npackagefile test/{k}={folder}/{k}.a\n" for k in done)
            theirs = go_says(paths, f"test/{stem}", more_imports=known, output=f"{stem}.a")
            if wrong:
                wrong, note = _ask_today(wrong, want, said, theirs)
        if package is not None:
            done |= dict.fromkeys([stem, *(p.stem for p in paths)], package)
        problems += wrong
        notes += [note] if note else []
    return problems, "; ".join(notes)


def _output(file: SuiteFile) -> tuple[list[str], str]:
    """The program prints the file to check; its arguments name further source files of it."""
    text = file.path.read_text()
    for name in file.arguments:
        if name.endswith(".go"):
            # Both are of package main, and the other one has the imports.
            other = (file.path.parent / name).read_text()
            text = other + re.sub(r"^package .*$", "", text, count=1, flags=re.M)
    run = Program(text).run(timeout=60)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "tmp__.go")
        made.write_bytes(run.stdout.encode("utf-8", "surrogateescape"))
        return _single(file, made)
