# SPDX-License-Identifier: BSD-3-Clause
"""Lowers string concatenation, comparison, and the conversions between strings, bytes and runes."""

from __future__ import annotations

from gotk.compiler.lower.function.core import STRINGS, Fn
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Basic

_STRING = "{ ptr, i64 }"


def words(fn: Fn, s: str) -> tuple[str, str]:
    """The two words of a string as typed arguments."""
    return f"ptr {fn.extract(_STRING, s, 0)}", f"i64 {fn.extract(_STRING, s, 1)}"


def concat(fn: Fn, e: ast.BinaryExpr) -> str:
    """``a + b + c`` is one operation of the runtime, not two."""
    parts: list[ast.Expr] = []
    collect(e, parts)
    fn.order(parts)
    values = [fn.value(p) for p in parts]
    fn.at(e.op_pos)
    return concat_values(fn, values)


def collect(e: ast.Expr, parts: list[ast.Expr]) -> None:
    while type(e) is ast.ParenExpr and e.const is None:
        e = e.x
    if type(e) is ast.BinaryExpr and e.op == "+" and e.const is None:
        collect(e.x, parts)
        collect(e.y, parts)
    else:
        parts.append(e)


def concat_values(fn: Fn, values: list[str]) -> str:
    if len(values) == 2:
        return concat2(fn, values[0], values[1])
    buffer = fn.alloca(f"[{len(values)} x {_STRING}]", 8)
    for i, v in enumerate(values):
        fn.do(f"store {_STRING} {v}, ptr {fn.byte_offset(buffer, 16 * i)}, align 8")
    return fn.rt(_STRING, "concatstrings", f"ptr {buffer}", f"i64 {len(values)}")


def concat2(fn: Fn, x: str, y: str) -> str:
    return fn.rt(_STRING, "concat2", *words(fn, x), *words(fn, y))


def compare(fn: Fn, x: str, y: str) -> str:
    """-1, 0 or +1 as i64."""
    return fn.rt("i64", "cmpstring", *words(fn, x), *words(fn, y))


def is_string(t: object) -> bool:
    return type(t) is Basic and t.kind in STRINGS


def from_slice(fn: Fn, value: str, runtime: str) -> str:
    """A string from []byte or []rune."""
    s = "{ ptr, i64, i64 }"
    return fn.rt(_STRING, runtime, f"ptr {fn.extract(s, value, 0)}", f"i64 {fn.extract(s, value, 1)}")


def to_slice(fn: Fn, value: str, runtime: str) -> str:
    """[]byte or []rune from a string: capacity is the length."""
    pair = fn.rt(_STRING, runtime, *words(fn, value))
    length = fn.extract(_STRING, pair, 1)
    return fn.slice(fn.extract(_STRING, pair, 0), length, length)
