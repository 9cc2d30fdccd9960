# SPDX-License-Identifier: BSD-3-Clause
"""Lowers string concatenation, comparison, and the conversions between strings, bytes and runes."""

from __future__ import annotations

from functools import partial

from gotk.compiler.lower.function.core import STRINGS, Fn
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Basic, Slice

_STRING = "{ ptr, i64 }"


#: Bytes of a string or []byte that does not leave its frame which the frame has room for; longer ones are on the heap.
BUFFER = 32


def buffer(fn: Fn, e: ast.Expr) -> str:
    """Where the runtime may put the bytes that `e` makes, if they are not more than `BUFFER`; null if they outlive the frame."""
    if fn.escape is not None and fn.escape.site_on_stack(e):
        return fn.alloca(f"[{BUFFER} x i8]", 8)
    return "null"


def is_view(fn: Fn, e: ast.Expr) -> bool:
    """Whether `e` is a conversion between string and []byte, so that `view` saves its copy."""
    if type(e) is not ast.CallExpr or e.kind != "conversion" or e.const is not None or e in fn.hoisted:
        return False
    to, have = fn.under(e), fn.under(e.args[0])
    if is_string(have):
        to, have = have, to
    return is_string(to) and type(have) is Slice and fn.lay(have.elem).size == 1


def view(fn: Fn, e: ast.Expr) -> str:
    """The value of `e`, for an operation that only reads its bytes and is over before anything can change them. If `e` is a conversion
    between string and []byte, the original's bytes serve."""
    while type(e) is ast.ParenExpr:
        e = e.x
    if not is_view(fn, e):
        return fn.value(e)
    x = e.args[0]  # type: ignore[attr-defined]
    value = fn.value(x)
    if type(fn.under(e)) is Slice:
        if x.const is not None and not isinstance(x.const, bytes):
            return fn.value(e)
        length = fn.extract(_STRING, value, 1)
        return fn.slice(fn.extract(_STRING, value, 0), length, length)
    if x.mode == "nil":
        return "zeroinitializer"
    s = "{ ptr, i64, i64 }"
    return fn.string(fn.extract(s, value, 0), fn.extract(s, value, 1))


def words(fn: Fn, s: str) -> tuple[str, str]:
    """The two words of a string as typed arguments."""
    return f"ptr {fn.extract(_STRING, s, 0)}", f"i64 {fn.extract(_STRING, s, 1)}"


def concat(fn: Fn, e: ast.BinaryExpr) -> str:
    """``a + b + c`` is one operation of the runtime, not two."""
    parts: list[ast.Expr] = []
    collect(e, parts)
    fn.order(parts)
    # With a call among them the bytes might change before they are copied; and if all others are empty, they would not be.
    copied = any(isinstance(p.const, bytes) and p.const for p in parts)
    read = partial(view, fn) if copied and not any(fn.has_call(p) for p in parts) else fn.value
    values = [read(p) for p in parts]
    fn.at(e.op_pos)
    return concat_values(fn, values, buffer(fn, e))


def collect(e: ast.Expr, parts: list[ast.Expr]) -> None:
    while type(e) is ast.ParenExpr and e.const is None:
        e = e.x
    if type(e) is ast.BinaryExpr and e.op == "+" and e.const is None:
        collect(e.x, parts)
        collect(e.y, parts)
    else:
        parts.append(e)


def concat_values(fn: Fn, values: list[str], into: str) -> str:
    if len(values) == 2:
        return concat2(fn, values[0], values[1], into)
    parts = fn.alloca(f"[{len(values)} x {_STRING}]", 8)
    for i, v in enumerate(values):
        fn.do(f"store {_STRING} {v}, ptr {fn.byte_offset(parts, 16 * i)}, align 8")
    return fn.rt(_STRING, "concatstrings", f"ptr {parts}", f"i64 {len(values)}", f"ptr {into}")


def concat2(fn: Fn, x: str, y: str, into: str = "null") -> str:
    return fn.rt(_STRING, "concat2", *words(fn, x), *words(fn, y), f"ptr {into}")


def compare(fn: Fn, x: str, y: str) -> str:
    """-1, 0 or +1 as i64."""
    return fn.rt("i64", "cmpstring", *words(fn, x), *words(fn, y))


def is_string(t: object) -> bool:
    return type(t) is Basic and t.kind in STRINGS


def from_slice(fn: Fn, value: str, runes: bool, into: str) -> str:
    """A string from []byte or []rune; `into`: see `buffer`."""
    s = "{ ptr, i64, i64 }"
    args = (f"ptr {fn.extract(s, value, 0)}", f"i64 {fn.extract(s, value, 1)}")
    if runes:
        return fn.rt(_STRING, "slicerunetostring", *args)
    return fn.rt(_STRING, "slicebytetostring", *args, f"ptr {into}")


def to_slice(fn: Fn, value: str, runes: bool, into: str) -> str:
    """[]byte or []rune from a string: capacity is the length."""
    if runes:
        pair = fn.rt(_STRING, "stringtoslicerune", *words(fn, value))
    else:
        pair = fn.rt(_STRING, "stringtoslicebyte", *words(fn, value), f"ptr {into}")
    length = fn.extract(_STRING, pair, 1)
    return fn.slice(fn.extract(_STRING, pair, 0), length, length)
