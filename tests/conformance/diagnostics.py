# SPDX-License-Identifier: BSD-3-Clause
"""gotk's diagnostics beside the Go compiler's, position by position and word by word.

Sources are the erroneous files of Go's test suite and mutations of valid and erroneous programs (seeded: the same seed makes the same programs):
tokens deleted, doubled or swapped, names, types, operators and literals exchanged. A program's difference is what one of the two compilers
says (line, column, message) and the other does not.

    python tests/conformance/diagnostics.py --suite                      the errorcheck files
    python tests/conformance/diagnostics.py --mutate 500 --seed 7 [DIR]  500 mutations of the programs below DIR (default: tests/programs)
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance import errorcheck, suite
from gotk.compiler import packages
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse, stops_checking
from gotk.compiler.types.checker import check_package
from gotk.diagnostics import Diagnostic, in_order

ROOT = Path(__file__).resolve().parents[2]
#: what both compilers say of a file: (line, column, message)
Said = tuple[int, int, str]


def ours(text: bytes, name: str = "x.go") -> list[Said]:
    """gotk's answer, in order."""
    tree, diagnostics = parse(text, name)
    found: list[Diagnostic] = list(diagnostics)
    if not stops_checking(found):
        with deep_recursion():
            check_package("p", [tree], packages.shared().importer, diagnostics=found, complete=False)
    return [(d.line, d.col, d.message) for d in in_order(found)]


class GoCompiler:
    """Answers of the Go compiler, each made in a folder of its own (it deletes its output file when it fails)."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="diagnostics-"))
        go = shutil.which("go")
        if go is None:
            raise SystemExit("the go command is not on the path")
        listing = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
        config = subprocess.run([go, "list", "-export", "-f", listing, "std"], capture_output=True, text=True, check=True)
        (self.folder / "importcfg").write_text(config.stdout)
        self.compiler = subprocess.run([go, "tool", "-n", "compile"], capture_output=True, text=True, check=True).stdout.strip()
        self.number = 0

    def answer(self, text: bytes, name: str = "x.go") -> list[Said]:
        self.number += 1
        folder = self.folder / str(self.number)
        folder.mkdir()
        try:
            (folder / name).write_bytes(text)
            command = [self.compiler, "-e", "-d=panic", "-importcfg", str(self.folder / "importcfg"), "-p", "p", "-o", "a.o", name]
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60)
            return parse_go((done.stdout + done.stderr).decode("utf-8", "surrogateescape"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def parse_go(text: str) -> list[Said]:
    said: list[Said] = []
    for line in text.splitlines():
        found = re.match(r"(?:[^:]*):(\d+):(\d+): (.*)", line)
        if line.startswith("\t") and said:
            before = said[-1]
            said[-1] = (before[0], before[1], before[2] + "\n" + line)
        elif found:
            said.append((int(found[1]), int(found[2]), found[3]))
        elif line.strip():
            said.append((0, 0, line))
    return said


# ---------------------------------------------------------------------------------------------------- mutations

_TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|[A-Za-z_]\w*|\d[\w.]*|\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|[=!<>:+\-*/%&|^]=|<<|>>|&\^|\s+|.", re.S)
_WORDS = ["int", "string", "float64", "bool", "error", "any", "x", "nil", "0", "1.5", '"s"', "true", "len", "T", "struct{}", "func()", "[]int", "map[string]int", "*int", "chan int", "_", "uint8", "'a'", "1i", "iota", "make", "append", "interface{ M() }", "-1", "1 << 70"]
_MARKS = ["(", ")", "{", "}", "[", "]", ",", ";", ":", ".", ":=", "=", "==", "+", "-", "*", "/", "&", "<-", "<<", "%", "!", "...", "&&", "++", "<", "return", "for", "if", "go", "defer", "func", "var", "type", "const", "switch", "case", "default", "break", "continue", "goto L", "range", "fallthrough", "\n"]


def mutate(text: str, rng: random.Random) -> str:
    """`text` with one to three small changes."""
    tokens = _TOKEN.findall(text)
    places = [i for i, t in enumerate(tokens) if not t.isspace() and not t.startswith(("//", "/*"))]
    names = [tokens[i] for i in places if re.match(r"[A-Za-z_]", tokens[i])]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        i = rng.choice(places)
        kind = rng.random()
        word = bool(re.match(r"[\w\"'`]", tokens[i]))
        if kind < 0.12:
            tokens[i] = ""
        elif kind < 0.17:
            tokens[i] += " " + tokens[i]
        elif kind < 0.22:
            j = rng.choice(places)
            tokens[i], tokens[j] = tokens[j], tokens[i]
        elif kind < 0.27:
            tokens[i] += " " + rng.choice(_MARKS)
        elif word:
            tokens[i] = rng.choice(names) if rng.random() < 0.5 else rng.choice(_WORDS)
        elif rng.random() < 0.5:
            tokens[i] = rng.choice(_MARKS[:26])
        else:
            k = rng.choice([p for p in places if re.match(r"[\w\"'`]", tokens[p])] or places)
            tokens[k] = rng.choice(names) if rng.random() < 0.5 else rng.choice(_WORDS)
    return "".join(tokens)


def mutations(folder: Path, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    known = set(packages.shared().index) | {"unsafe"}
    sources = []
    for path in sorted(folder.rglob("*.go") if folder.is_dir() else [folder]):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        imports = re.findall(r'^(?:import )?\s*(?:[\w.]+ )?"([a-z0-9/.]+)"$', text, re.M)
        if all(i in known for i in imports) and "-lang=go1." not in text[:200] and len(text) < 12_000:
            sources.append((path, text))
    for n in range(count):
        rng = random.Random(seed * 1_000_003 + n)
        path, text = rng.choice(sources)
        yield f"{path.name} #{n}", mutate(text, rng).encode("utf-8", "surrogateescape")


# ---------------------------------------------------------------------------------------------------- comparison


def compare(cases: list[tuple[str, bytes]], *, keep: Path | None, strict: bool) -> int:
    """Print the differences, and their classes with counts. Returns the number of programs that differ."""
    go = GoCompiler()
    classes: collections.Counter[str] = collections.Counter()
    example: dict[str, str] = {}
    differing = said_by_go = same = lines_differ = 0
    started = time.monotonic()
    try:
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for (name, text), theirs in zip(cases, pool.map(lambda c: go.answer(c[1]), cases), strict=True):
                said_by_go += len(theirs)
                try:
                    mine = ours(text)
                except Exception as error:
                    where = error.__traceback__
                    while where is not None and where.tb_next is not None:
                        where = where.tb_next
                    mine = [(0, 0, f"CRASH {type(error).__name__}: {str(error)[:200]} at {where and os.path.basename(where.tb_frame.f_code.co_filename)}:{where and where.tb_lineno}")]
                if not strict:
                    theirs = [(a, b, m.split("\n")[0]) for a, b, m in theirs]
                    mine = [(a, b, m.split("\n")[0]) for a, b, m in mine]
                theirs = sorted(set(theirs))
                mine = sorted(set(mine))
                same += len(set(theirs) & set(mine))
                if {a for a, _, _ in theirs} != {a for a, _, _ in mine}:
                    lines_differ += 1
                if theirs == mine:
                    continue
                differing += 1
                lines = text.decode("utf-8", "replace").split("\n")
                print(f"==== {name}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / (re.sub(r"\W+", "_", name) + ".go")).write_bytes(text)
                missing = [s for s in theirs if s not in mine]
                extra = [s for s in mine if s not in theirs]
                for sign, said in sorted([("-", s) for s in missing] + [("+", s) for s in extra], key=lambda d: (d[1][:2], d[0]))[: 1000 if len(cases) == 1 else 12]:
                    print(f"  {sign} {said[0]}:{said[1]}: {said[2]}")
                for at in sorted({s[0] for s in missing + extra})[:4]:
                    if 0 < at <= len(lines):
                        print(f"      {at}| {lines[at - 1].strip()[:160]}")
                for sign, said in [("-", s) for s in missing] + [("+", s) for s in extra]:
                    key = sign + " " + shape(said[2])
                    classes[key] += 1
                    example.setdefault(key, name)
    finally:
        go.close()
    print("---- classes of differences: - only the Go compiler says so, + only gotk")
    for key, n in classes.most_common(60):
        print(f"{n:5} {key}   ({example[key]})")
    print(f"{len(cases)} programs, {differing} differ ({lines_differ} in the lines with errors); of {said_by_go} diagnostics of the Go compiler "
          f"{same} are the same ({same / max(1, said_by_go):.1%}); {time.monotonic() - started:.0f} s")  # fmt: skip
    return differing


def shape(message: str) -> str:
    """The message without its names and numbers."""
    text = message.split("\n")[0]
    text = re.sub(r'"[^"]*"', '"…"', text)
    keep = {"cannot", "use", "as", "value", "in", "of", "type", "is", "not", "undefined", "declared", "and", "used", "syntax", "error", "unexpected", "expected", "name", "literal", "invalid", "operation", "missing", "return", "to", "the", "a", "an", "at", "for", "but", "have", "want", "constant", "variable", "assignment", "mismatched", "types", "argument", "index", "call", "function", "newline", "end", "statement", "after", "keyword", "CRASH", "CompileError", "KeyError", "AttributeError", "TypeError", "IndexError", "AssertionError", "RecursionError", "ValueError"}
    return " ".join(w if w.strip("(),;:").lower() in {k.lower() for k in keep} or not re.search(r"\w", w) else "…" if re.search(r"[\d.\[\]*_\"]", w) or len(w) < 4 else w for w in text.split())[:110]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", action="store_true", help="the errorcheck files without internal flags")
    parser.add_argument("--mutate", type=int, default=0, metavar="N", help="number of mutated programs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the programs that differ")
    parser.add_argument("--strict", action="store_true", help="compare the further lines of messages, too")
    parser.add_argument("source", type=Path, nargs="?", default=ROOT / "tests/programs", help="a folder of Go programs, or one file")
    options = parser.parse_args()
    cases: list[tuple[str, bytes]] = []
    if options.suite:
        for file in suite.files({"errorcheck"}):
            if not errorcheck.is_internal(file):
                cases.append((file.name, file.path.read_bytes()))
    elif options.mutate:
        cases = list(mutations(options.source, options.mutate, options.seed))
    else:
        cases = [(options.source.name, options.source.read_bytes())]
    print(f"seed {options.seed}")
    return min(1, compare(cases, keep=options.keep, strict=options.strict))


if __name__ == "__main__":
    sys.exit(main())
