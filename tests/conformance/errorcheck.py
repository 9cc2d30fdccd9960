# SPDX-License-Identifier: BSD-3-Clause
"""Go's ``// errorcheck`` files against gotk's checker, judged as Go's own test runner judges its compiler.

Every ``// ERROR "regexp"`` comment (also ``GC_ERROR``) must find a diagnostic at its line, and no diagnostic may be left over. The files are
read where a package of the system put them (see ``files``) and are not part of this project.

Where a file fails, the Go compiler of today is asked, as the files are older than it: if it fails the file, too, gotk passes when it
reports errors at exactly the lines where today's Go does, and the file's row says so.

    python tests/conformance/errorcheck.py [-v] [FILE …]      (names below the suite's folder, or parts of them)
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from gotk.compiler import packages
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse, stops_checking
from gotk.compiler.types.checker import Importer, check_package
from gotk.compiler.types.model import Package
from gotk.diagnostics import Diagnostic

SUITE = Path(os.environ.get("GOTK_GO_TESTS", "/usr/share/go-1.19/test"))
#: seconds for one file; the slowest takes a tenth of it
LIMIT = 30.0

_WANTED = re.compile(r"// (?:GC_)?ERROR (.*)")
_QUOTED = re.compile(r'"([^"]*)"')
_LINE = re.compile(r"LINE(([+-])(\d+))?")
_ACTIONS = ("errorcheck", "errorcheckdir", "errorcheckoutput", "errorcheckwithauto", "errorcheckandrundir")


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """``kind``: the file's action, with " (internal flags)" if it asks for output that only the Go compiler's back end makes.
    ``outcome``: pass, fail, or skip (internal flags)."""

    file: str
    kind: str
    outcome: str
    reason: str = ""


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


# ---------------------------------------------------------------------------------------------------- the files


def files(suite: Path = SUITE) -> Iterator[tuple[Path, str, list[str]]]:
    """All files whose first lines name an errorcheck action: (path, action, arguments)."""
    for path in sorted(suite.rglob("*.go")):
        found = action_of(path)
        if found is not None:
            yield path, *found


def action_of(path: Path) -> tuple[str, list[str]] | None:
    """The action is in the first line that is a comment and no build constraint."""
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            if line.startswith(("// +build", "//go:build")) or not line.strip():
                continue
            words = line[2:].split() if line.startswith("//") else []
            return (words[0], words[1:]) if words and words[0] in _ACTIONS else None
    return None


def is_internal(action: str, arguments: Sequence[str]) -> bool:
    """Flags that ask for the Go compiler's own output (inlining, escapes, bounds checks …), for its runtime's dialect, or for an older language."""
    if action in ("errorcheckwithauto", "errorcheckandrundir"):
        return True
    harmless = {"-e", "-e=0", "-d=panic", "-complete", "-s", "-t", "10"}
    return any(a.startswith("-") and a not in harmless for a in arguments)


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


class Go:
    """Today's Go compiler, if there is one: what it says of a package."""

    def __init__(self) -> None:
        self.go = shutil.which("go")
        self.folder = tempfile.mkdtemp(prefix="errorcheck-") if self.go else ""
        self.config = ""

    def close(self) -> None:
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Go:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def import_config(self) -> str:
        """A file that tells the compiler where the library's export data is."""
        if not self.config:
            listing = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
            out = subprocess.run([self.go or "go", "list", "-export", "-f", listing, "std"], capture_output=True, text=True, check=True)
            self.config = os.path.join(self.folder, "importcfg")
            Path(self.config).write_text(out.stdout)
        return self.config

    def compile(self, paths: Sequence[Path], package: str, *, extra: str = "", output: str = "a.o") -> list[Said]:
        """Errors for these files as one package; `extra`: further lines of the import configuration.

        The output goes to a folder of its own: the Go compiler removes its output file when it fails, whatever it was."""
        config = self.import_config()
        if extra:
            config = os.path.join(self.folder, "importcfg.extra")
            Path(config).write_text(Path(self.import_config()).read_text() + extra)
        out = os.path.join(self.folder, output)
        Path(out).unlink(missing_ok=True)
        command = [self.go or "go", "tool", "compile", "-C", "-e", "-d=panic", "-lang=go1.26", "-importcfg", config, "-p", package, "-o", out]
        done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=60)
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


# ---------------------------------------------------------------------------------------------------- one file


class _TooSlow(Exception):
    pass


def _alarm(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def run_file(path: Path, action: str, arguments: list[str], go: Go, suite: Path = SUITE) -> Result:
    name = str(path.relative_to(suite))
    if is_internal(action, arguments):
        return Result(name, f"{action} (internal flags)", "skip", " ".join(arguments))
    old = signal.signal(signal.SIGALRM, _alarm)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        if action == "errorcheckdir":
            problems, note = _directory(path, "-s" in arguments, go)
        elif action == "errorcheckoutput":
            problems, note = _output(path, arguments, go)
        else:
            problems, note = _single(path, path.read_bytes(), go, complete="-complete" in arguments)
    except _TooSlow:
        problems, note = [f"no answer within {LIMIT:g} s"], ""
    except Exception as error:  # whatever it is, it is this file's result, and the run goes on
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        at = f" at {os.path.basename(where.tb_frame.f_code.co_filename)}:{where.tb_lineno}" if where is not None else ""
        problems, note = [f"{type(error).__name__}: {error}{at}"], ""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    return Result(name, action, "fail" if problems else "pass", "\n".join(problems) or note)


def _library(path: str) -> Package:
    return packages.shared().importer(path)


def _single(path: Path, text: bytes, go: Go, *, complete: bool = False) -> tuple[list[str], str]:
    want = wanted(path.name, text.decode("latin-1"))
    _, said = check_files([path.name], [text], "p", _library, complete=complete)
    problems = judge(want, said) if want else ([] if said else ["no error at all"])
    if not problems or go.go is None:
        return problems, ""
    return _ask_today(problems, want, said, go.compile([path], "p"))


def _ask_today(problems: list[str], want: list[Wanted], ours: list[Said], theirs: list[Said]) -> tuple[list[str], str]:
    """Today's Go is the judge of a file that it fails itself."""
    differences = judge(want, theirs)
    if not differences:
        return problems, ""
    note = "today's Go differs from the file: " + "; ".join(d.replace("\n", " ") for d in differences[:2])
    at = {(s.file, s.line) for s in theirs}
    mine = {(s.file, s.line) for s in ours}
    if at == mine:
        return [], note
    missing = [f"{s.file}:{s.line}: today's Go says: {s.text}" for s in theirs if (s.file, s.line) not in mine]
    extra = [f"{s.file}:{s.line}: unexpected: {s.text}" for s in ours if (s.file, s.line) not in at]
    return missing + extra, ""


def _directory(path: Path, single: bool, go: Go) -> tuple[list[str], str]:
    """Every package of FILE.dir in order of name (with -s each file is one); imports are relative (``./a``)."""
    folder = path.with_suffix(".dir")
    groups: dict[str, list[Path]] = {}
    for file in sorted(folder.glob("*.go")):
        found = re.search(r"^package\s+(\w+)", file.read_text(encoding="latin-1"), re.M)
        groups.setdefault(file.name if single else (found[1] if found else ""), []).append(file)
    done: dict[str, Package] = {}

    def importer(wanted_path: str) -> Package:
        if wanted_path.startswith("./"):
            if wanted_path[2:] not in done:
                raise ImportError(f"could not import {wanted_path} (open : no such file)")
            return done[wanted_path[2:]]
        return _library(wanted_path)

    problems: list[str] = []
    notes: list[str] = []
    extra = ""
    for files_ in groups.values():
        names = [f.name for f in files_]
        want = [w for f in files_ for w in wanted(f.name, f.read_text(encoding="latin-1"))]
        stem = files_[0].stem if single or len(files_) == 1 else files_[0].read_text().split("package ", 1)[1].split()[0]
        package, said = check_files(names, [f.read_bytes() for f in files_], f"test/{stem}", importer, complete=False)
        if package is not None:
            for key in {stem, *(f.stem for f in files_)}:
                done[key] = package
        wrong = judge(want, said)
        note = ""
        if go.go is not None and wrong:
            theirs = go.compile(files_, f"test/{stem}", extra=extra + _dir_map(done, go))
            wrong, note = _ask_today(wrong, want, said, theirs)
        elif go.go is not None:
            go.compile(files_, f"test/{stem}", extra=extra + _dir_map(done, go), output=f"{stem}.a")
        problems += wrong
        notes += [note] if note else []
    return problems, "; ".join(notes)


def _dir_map(done: dict[str, Package], go: Go) -> str:
    return "".join(f"importmap ./{k}=test/{k}\npackagefile test/{k}={go.folder}/{k}.a\n" for k in done)


def _output(path: Path, arguments: list[str], go: Go) -> tuple[list[str], str]:
    """The program prints the file to check (the arguments name further source files of the program)."""
    from gotk import Program

    texts = [(path.parent / a).read_text() for a in arguments if a.endswith(".go")]
    if texts:  # several files: one whole program of both, which share the package clause
        return ["a generator of several files is not run"], ""
    run = Program(path.read_text()).run(timeout=20)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "tmp__.go")
        made.write_bytes(run.stdout.encode() if isinstance(run.stdout, str) else run.stdout)
        return _single(made, made.read_bytes(), go)


# ---------------------------------------------------------------------------------------------------- all files


def run_all(chosen: Sequence[str] = (), suite: Path = SUITE) -> Iterator[Result]:
    with Go() as go:
        for path, action, arguments in files(suite):
            if not chosen or any(c in str(path) for c in chosen):
                yield run_file(path, action, arguments, go, suite)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="names, or parts of names, of files of the suite")
    parser.add_argument("-v", "--verbose", action="store_true", help="show the reasons in full")
    options = parser.parse_args()
    started = time.monotonic()
    counts: dict[str, int] = {}
    for result in run_all(options.files):
        counts[result.outcome] = counts.get(result.outcome, 0) + 1
        if result.outcome == "fail" or (options.verbose and result.reason and result.outcome == "pass"):
            lines = result.reason.split("\n")
            print(f"{result.outcome:5} {result.file}", *(lines if options.verbose else lines[:6]), sep="\n      ")
    judged = counts.get("pass", 0) + counts.get("fail", 0)
    print(f"{counts.get('pass', 0)} of {judged} pass ({counts.get('pass', 0) / max(1, judged):.1%}); "
          f"{counts.get('skip', 0)} with internal flags; {time.monotonic() - started:.0f} s ({shlex.join(sys.argv[1:])})")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
