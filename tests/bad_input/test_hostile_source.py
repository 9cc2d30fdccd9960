# SPDX-License-Identifier: BSD-3-Clause
"""Source that no one would write: each ends within a second with Go's kind of answer, an error at a position, and never with a Python exception.

Seeded: `SEED` and `ROUNDS` of the environment (``GOTK_FUZZ_SEED``, ``GOTK_FUZZ_ROUNDS``) make longer runs; a failure names its seed.
"""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import pytest

from gotk.compiler import packages
from gotk.compiler.build import compile_program
from gotk.errors import CompileError

SEED = int(os.environ.get("GOTK_FUZZ_SEED", "1"))
ROUNDS = int(os.environ.get("GOTK_FUZZ_ROUNDS", "60"))
#: CPU seconds for one file. The goal is one; this is more, as a busy machine's CPU seconds are longer.
LIMIT = 2.5
MANY = 100_000  # characters
PROGRAMS = Path(__file__).resolve().parents[1] / "programs"


@pytest.fixture(scope="module", autouse=True)
def library() -> None:
    """The packages that the programs import are loaded beforehand: their time is not the source's."""
    for path in ("fmt", "runtime", "sync", "time", "os", "context", "errors", "strings", "sort"):
        packages.shared().importer(path)


def answer(source: str | bytes) -> list[str]:
    """The errors of a file, [] if it compiles (to IR); what else is raised is a failure of the test."""
    data = source.encode("utf-8", "surrogateescape") if isinstance(source, str) else source
    began = time.process_time()
    try:
        compile_program([("cell.go", data)])
        found: list[str] = []
    except CompileError as error:
        str(error)
        assert all(d.line > 0 or "main is undeclared" in d.message for d in error.diagnostics), error.diagnostics
        found = [str(d) for d in error.diagnostics]
    assert time.process_time() - began < LIMIT
    return found


def body(statements: str) -> str:
    return f"package main\nfunc main() {{\n{statements}\n}}\n"


@pytest.mark.parametrize("place", ["package main\nvar x = {}\nfunc main() {{}}\n", "package main\ntype x {}\nfunc main() {{}}\n", body("_ = {}").replace("{\n", "{{\n").replace("\n}", "\n}}")])
@pytest.mark.parametrize("opening", ["(", "[", "{", "func(){", "[]", "*", "-", "<-", "chan ", "map[int]", "struct{a ", "interface{", "T[", "f(", "a.b[", "func(", "~", "x{y:", "(*"])
def test_nesting_without_end(opening: str, place: str) -> None:
    assert answer(place.format(opening * (MANY // len(opening))))


@pytest.mark.parametrize("text", ["if x {", "for {", "switch {case 1:", "select {default:", "{", "L:", "if true {} else ", "go func(){", "a+", "x=", "x,", "a&&", "1<<"])
def test_nested_statements_without_end(text: str) -> None:
    assert answer(body(text * (MANY // len(text))))


@pytest.mark.parametrize(
    ("opening", "core", "closing"),
    [("(", "1", ")"), ("[]int{", "1", "}"), ("func() int { return ", "1", "}()"), ("- ", "1", ""), ("any(", "1", ")"), ("struct{a ", "int", "}{}"), ("f(", "1", ")")],
)
def test_nesting_up_to_the_limit_compiles_or_says_so(opening: str, core: str, closing: str) -> None:
    for depth in (100, 499, 501, 5000):
        found = answer(f"package main\nvar x = {opening * depth}{core}{closing * depth}\nfunc main() {{}}\n")
        if depth > 500:
            assert "nested too deeply" in found[0]


@pytest.mark.parametrize("operator", ["+", "&&", "|", "<<", "()", "[0]", "*"])
def test_operators_in_a_row(operator: str) -> None:
    operand = "" if operator in ("()", "[0]") else "x"
    assert answer("package main\nfunc f(x int) bool { return x" + (operator + operand) * 1000 + " }\nfunc main() {}\n")
    assert "expression too long" in answer("package main\nfunc f(x int) bool { return x" + (operator + operand) * (MANY // 4) + " }\nfunc main() {}\n")[0]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1<<1000000", "invalid shift count"),
        ("1<<511<<511<<511", "constant shift overflow"),
        ("1e1000000", "overflows"),
        ("1e1000000*1e1000000*1e1000000", "overflows"),
        ("1e400000000*1e400000000", "not representable"),
        ("1e99999999999999999999", "malformed constant"),
        ("0x1p1000000000", "overflows"),
        ("1/1e-2000000000", "malformed constant|division by zero|overflows"),
        ("9" * 9000, "constant overflow"),
        ("9" * 1_000_000, "excessively long constant"),
        ("0x" + "f" * 20_000, "excessively long constant"),
        ("int(1e1000000)", "cannot convert"),
        ('"' + "a" * 1_000_000, "string not terminated|newline in string"),
    ],
    ids=lambda e: e[:30],
)
def test_constants_beyond_everything(expression: str, expected: str) -> None:
    found = answer(f"package main\nconst c = {expression}\nvar v = c\nfunc main() {{ print(v) }}\n")
    assert found and re.search(expected, found[0]), found


def test_constant_strings_that_double() -> None:
    lines = "".join(f"s{i + 1} = s{i} + s{i}\n" for i in range(40))
    assert "constant string too long" in answer(f'package main\nconst (\ns0 = "aaaaaaaaaa"\n{lines})\nfunc main() {{ print(len(s40)) }}\n')[0]


@pytest.mark.parametrize(
    "source",
    [
        "type T[P any] struct{ f *T[[]P] }\nvar x T[int]",
        "func f[P any](n int) { if n > 0 { f[[]P](n - 1) } }",
        "func f[P any](x P) { g(struct{ a, b P }{x, x}) }\nfunc g[P any](x P) { f(x) }",
        "type T[P any] struct{ a P }\nfunc (t T[P]) M() { var u T[T[P]]; u.M() }",
        "type I[P any] interface{ m() I[I[P]] }\nvar x I[int]",
        "func F[T any]() any { return F[*T]() }\nvar x = F[int]()",
    ],
)
def test_instantiation_without_end_is_gos_error(source: str) -> None:
    assert "instantiation cycle" in answer(f"package main\n{source}\nfunc main() {{}}\n")[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("type T[P any] [2]T[[2]P]\nvar x T[int]", "invalid recursive type"),
        ("type A[T any] = []A[T]\nvar x A[int]", "invalid recursive type"),
        ("type N[P any] struct{ M[P] }\ntype M[P any] struct{ *N[[]P] }\nvar x N[int]\nvar y = x.foo", "no field or method foo|cycle"),
        ("".join(f"type T{i} struct{{ a, b T{i + 1} }}\n" for i in range(60)) + "type T60 struct{ a int }\nvar x T0", "too many fields|larger than"),
        ("var x [1 << 62]int", "larger than address space"),
        ("type T struct{ a [1 << 40]U }\ntype U struct{ a [1 << 40]int }\nvar x T", "larger than address space"),
        ("".join(f"var v{i} = v{i + 1}\n" for i in range(2000)) + "var v2000 = v0", "initialization cycle"),
        ("".join(f"type v{i} v{i + 1}\n" for i in range(2000)) + "type v2000 v0", "invalid recursive type"),
    ],
)
def test_types_without_end(source: str, expected: str) -> None:
    assert re.search(expected, answer(f"package main\n{source}\nfunc main() {{}}\n")[0])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"", "1:1: syntax error: package statement must be first"),
        (b"package main\nvar x\x00 = 1\nfunc main() {}\n", "2:6: invalid NUL character"),
        (b'package main\nvar x = "\xff"\nfunc main() {}\n', "2:10: invalid UTF-8 encoding"),
        (b"\xef\xbb\xbf\xef\xbb\xbfpackage main\nfunc main() {}\n", "1:4: invalid BOM in the middle of the file"),
        (b"package main\n/*" + b"x" * 1_000_000, "2:1: comment not terminated"),
        (b"package main\nfunc main() {\n" + b"x y z\n" * 170_000 + b"}\n", "3:3: syntax error: unexpected name y at end of statement"),
        (b"package main\nvar x = " + b"\\" * 1_000_000, r"2:9: invalid character U+005C '\'"),
        (b"package main\nfunc main() {\n\t" + b"a" * 1_000_000 + b"()\n}\n", "3:2: undefined: aaa"),
    ],
    ids=["empty", "NUL", "UTF-8", "BOM", "comment", "a megabyte of errors", "backslashes", "a megabyte's name"],
)
def test_files_that_are_no_text(source: bytes, expected: str) -> None:
    assert any(expected in e for e in answer(source)), answer(source)[:3]


def test_a_byte_order_mark_may_begin_a_file() -> None:
    assert answer(b"\xef\xbb\xbfpackage main\nfunc main() {}\n") == []


def test_random_bytes() -> None:
    rng = random.Random(SEED)
    for round_ in range(ROUNDS):
        size = rng.choice((10, 300, 5000))
        raw = bytes(rng.randrange(256) for _ in range(size))
        if rng.random() < 0.5:
            raw = b"package main\n" + raw
        try:
            assert answer(raw)
        except Exception as error:
            raise AssertionError(f"seed {SEED}, round {round_}: {raw!r}") from error
    assert answer(b"package main\n" + rng.randbytes(1_000_000))


_WORDS = ["(", ")", "{", "}", "[", "]", ",", ";", ":", ".", ":=", "=", "==", "+", "-", "*", "/", "&", "<-", "<<", "!", "...", "&&", "++", "<", "return", "for", "if", "else", "go", "defer", "func", "var", "type", "const", "switch", "case", "default", "break", "continue", "goto", "range\nfallthrough", "interface", "struct", "map", "chan", "select", "import", "package", "int", "string", "x", "y", "T", "f", "any", "nil", "0", "1.5", '"s"', "'a'", "`", "true", "len", "make", "append", "_", "~", "|", "\n", "/*", "//", "iota"]


def test_random_tokens() -> None:
    rng = random.Random(SEED)
    for round_ in range(ROUNDS * 4):
        words = " ".join(rng.choice(_WORDS) for _ in range(rng.choice((5, 40, 200))))
        source = rng.choice(("package main\n%s\n", "package main\nfunc main() {\n%s\n}\n", "package main\nvar x = %s\nfunc main() {}\n")) % words
        try:
            answer(source)
        except Exception as error:
            raise AssertionError(f"seed {SEED}, round {round_}: {source!r}") from error


def test_programs_with_bytes_changed() -> None:
    rng = random.Random(SEED)
    sources = [p.read_bytes() for p in sorted(PROGRAMS.glob("*.go"))]
    for round_ in range(ROUNDS):
        raw = bytearray(rng.choice(sources))
        for _ in range(rng.choice((1, 1, 2, 5))):
            at = rng.randrange(len(raw))
            kind = rng.random()
            if kind < 0.4:
                del raw[at : at + rng.choice((1, 1, 2, 10, 100))]
            elif kind < 0.7:
                raw[at] = rng.choice(b"(){}[],;:.=+-*/&<>!|\"'`xT01 \n\x00\xff")
            else:
                other = rng.randrange(len(raw))
                raw[at:at] = raw[other : other + rng.choice((1, 5, 30))]
        try:
            answer(bytes(raw))
        except Exception as error:
            raise AssertionError(f"seed {SEED}, round {round_}: {bytes(raw).decode(errors='replace')}") from error
