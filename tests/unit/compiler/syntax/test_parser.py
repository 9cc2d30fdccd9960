# SPDX-License-Identifier: BSD-3-Clause
"""The parser: shapes that are easy to get wrong, error wording and recovery, hostile input."""

from __future__ import annotations

import random

import pytest

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parser import parse


def parse_ok(body: str) -> ast.File:
    file, diagnostics = parse(("package p\n" + body).encode(), "p.go")
    assert not diagnostics, [d.message for d in diagnostics]
    return file


def first_stmt(body: str) -> ast.Stmt:
    func = parse_ok("func f() {\n" + body + "\n}").decls[0]
    assert isinstance(func, ast.FuncDecl) and func.body is not None
    return func.body.stmts[0]


def errors(source: str) -> list[str]:
    _, diagnostics = parse(source.encode(), "p.go")
    return [f"{d.line}:{d.col}: {d.message}" for d in diagnostics]


def test_composite_literal_needs_parentheses_in_a_control_clause() -> None:
    stmt = first_stmt("if x == T {\n}")
    assert isinstance(stmt, ast.IfStmt) and isinstance(stmt.cond, ast.BinaryExpr)
    stmt = first_stmt("if x == (T{}) {\n}")
    assert isinstance(stmt, ast.IfStmt) and isinstance(stmt.cond, ast.BinaryExpr)
    assert isinstance(stmt.cond.y, ast.ParenExpr) and isinstance(stmt.cond.y.x, ast.CompositeLit)
    stmt = first_stmt("for _, x := range []int{1, 2} {\n}")
    assert isinstance(stmt, ast.RangeStmt) and isinstance(stmt.x, ast.CompositeLit)


@pytest.mark.parametrize(
    ("decl", "generic"),
    [("[P any] int", True), ("[N]int", False), ("[]int", False), ("[N * M]int", False), ("[P *T,] int", True),
     ("[P ~int | string] int", True), ("[P, Q any] int", True), ("[P interface{ m() }] struct{}", True)],
)
def test_type_parameters_against_array_length(decl: str, generic: bool) -> None:
    gen = parse_ok("type T" + decl).decls[0]
    assert isinstance(gen, ast.GenDecl) and isinstance(gen.specs[0], ast.TypeSpec)
    assert bool(gen.specs[0].tparams) == generic


def test_receive_arrow_binds_to_the_leftmost_chan() -> None:
    stmt = first_stmt("x := <-chan int(nil)")
    assert isinstance(stmt, ast.AssignStmt)
    assert isinstance(stmt.rhs[0], (ast.UnaryExpr, ast.ChanType, ast.CallExpr))


def test_positions_count_bytes_from_one() -> None:
    file = parse_ok('var é, x = "é", y')
    spec = file.decls[0].specs[0]  # type: ignore[attr-defined]
    from gotk.compiler.syntax.position import pos_col, pos_line

    assert (pos_line(spec.names[1].pos), pos_col(spec.names[1].pos)) == (2, 9)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("package p\nfunc f() {\n\tx := \n}\n", "4:1: syntax error: unexpected }, expected expression"),
        ("package p\nx := 1\n", "2:1: syntax error: non-declaration statement outside function body"),
        ("package p\nfunc f() {\n\tif x = 1 {\n\t}\n}\n", "3:7: syntax error: cannot use assignment x = 1 as value"),
        ("package p\nfunc f() {\n\tf(1 2)\n}\n", "3:6: syntax error: unexpected literal 2 in argument list; possibly missing comma or )"),
        ("package p\nfunc f()\n{\n}\n", "3:1: syntax error: unexpected semicolon or newline before {"),
        ('package p\nvar s = "abc\n', "2:13: newline in string"),
        ("package p\nvar c = 'ab'\n", "2:9: more than one character in rune literal"),
        ("package p\nvar x = 0b12\n", "2:12: invalid digit '2' in binary literal"),
        ("func f() {}\n", "1:1: syntax error: package statement must be first"),
    ],
)
def test_error_wording_is_the_go_compilers(source: str, expected: str) -> None:
    assert errors(source)[0] == expected


def test_all_errors_are_collected() -> None:
    found = errors("package p\nfunc f() {\n\ta b\n\tc d\n}\nfunc g() {\n\tif {\n\t}\n}\n")
    assert [e.split(":")[0] for e in found] == ["3", "4", "7"]


def test_hostile_input_ends_with_a_positioned_error() -> None:
    rng = random.Random(1)
    cases = [bytes(rng.randrange(256) for _ in range(2000)) for _ in range(20)]
    cases += [b"package p\nvar x = " + b"(" * 100_000, b"package p\nvar x = " + b"[]" * 100_000 + b"int",
              b"package p\nfunc f() {" + b"{" * 100_000, b"package p\nvar x = 1" + b"+1" * 100_000,
              b"package p\nvar x\x00 = 1", b"package p\n\xff\xfe", b"", b"package"]
    for source in cases:
        _, diagnostics = parse(source, "p.go")
        assert diagnostics and all(d.line >= 1 for d in diagnostics)
