# SPDX-License-Identifier: BSD-3-Clause
"""Lowers make, append and copy of slices."""

from __future__ import annotations

from gotk.compiler.lower.function.core import STRINGS, Fn
from gotk.compiler.lower.function.dispatch import BUILTIN, lowers
from gotk.compiler.lower.function.exprs import element, index_operand
from gotk.compiler.lower.function.strings import view
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Array, Basic, Slice, Type

_SLICE = "{ ptr, i64, i64 }"
_STRING = "{ ptr, i64 }"
#: Largest constant-size buffer that goes on the (small, segmented) stack.
MAX_STACK_BUFFER = 256


def make_slice(fn: Fn, e: ast.CallExpr, u: Slice) -> str:
    fn.order(e.args[1:])
    n, _ = index_operand(fn, e.args[1])
    cap = index_operand(fn, e.args[2])[0] if len(e.args) > 2 else n
    fn.at(e.pos)
    if n.isdigit() and cap.isdigit() and int(n) <= int(cap):
        array = Array(u.elem, int(cap))
        layout = fn.lay(array)
        if (
            layout.size <= MAX_STACK_BUFFER
            and fn.escape is not None
            and fn.escape.site_on_stack(e)
        ):
            return fn.slice(fn.zeroed(layout), n, cap)
        if layout.size <= 1 << 20:
            return fn.slice(fn.alloc(layout), n, cap)
    p = fn.rt("ptr", "makeslice", f"ptr {fn.mod.type_desc(u.elem)}", f"i64 {n}", f"i64 {cap}")
    if n.startswith("%"):
        # The runtime has panicked otherwise. It lets LLVM drop the checks of an index that counts up from zero, or to another such index.
        assume = fn.mod.intrinsic("llvm.assume", "void", ["i1"])
        known = fn.op(f"icmp sge i64 {n}, 0")
        fn.call("void", assume, (f"i1 {known}",))
    return fn.slice(p, n, cap)


@lowers(BUILTIN, "append")
def append(fn: Fn, e: ast.CallExpr) -> str:
    t = fn.type(e)
    u = t.underlying()
    assert type(u) is Slice
    args = e.args
    if len(args) == 1:
        return fn.value_as(args[0], t)
    fn.order(args)
    if args[0].mode == "nil":
        base = "zeroinitializer"
    else:
        base = fn.value(args[0])
    if e.ellipsis:
        return append_slice(fn, e, base, u)
    values = [fn.stable(x, u.elem) for x in args[1:]]
    fn.at(e.pos)
    p, length, new_len, cap = grow(fn, base, str(len(values)), u.elem)
    layout = fn.lay(u.elem)
    for i, v in enumerate(values):
        at = length if i == 0 else fn.op(f"add i64 {length}, {i}")
        fn.store(v, element(fn, p, u.elem, at), layout)
    return fn.slice(p, new_len, cap)


def grow(fn: Fn, base: str, n: str, elem: Type) -> tuple[str, str, str, str]:
    """Room for `n` more elements: (array, old length, new length, capacity)."""
    p, length, cap = (fn.extract(_SLICE, base, i) for i in range(3))
    new_len = fn.op(f"add i64 {length}, {n}")
    fits = fn.op(f"icmp ule i64 {new_len}, {cap}")
    more, end = fn.new_block("grow"), fn.new_block("append")
    first = fn.block
    expect = fn.mod.intrinsic("llvm.expect.i1", "i1", ["i1", "i1"])
    likely = fn.op(f"call i1 {expect}(i1 {fits}, i1 true)")
    fn.cond_br(likely, end, more)
    fn.start(more)
    grown = fn.rt(
        "{ ptr, i64 }",
        "growslice",
        f"ptr {p}",
        f"i64 {new_len}",
        f"i64 {cap}",
        f"i64 {n}",
        f"ptr {fn.mod.type_desc(elem)}",
    )
    p2, cap2 = fn.extract("{ ptr, i64 }", grown, 0), fn.extract("{ ptr, i64 }", grown, 1)
    fn.start(end)
    array = fn.op(f"phi ptr [ {p}, %{first} ], [ {p2}, %{more} ]")
    capacity = fn.op(f"phi i64 [ {cap}, %{first} ], [ {cap2}, %{more} ]")
    return array, length, new_len, capacity


def append_slice(fn: Fn, e: ast.CallExpr, base: str, u: Slice) -> str:
    """``append(s, t...)``; t may be a string."""
    x = e.args[1]
    if x.mode == "nil":
        return base
    source, n = pointer_and_length(fn, x)
    fn.at(e.pos)
    p, length, new_len, cap = grow(fn, base, n, u.elem)
    move(fn, element(fn, p, u.elem, length), source, n, u.elem)
    return fn.slice(p, new_len, cap)


def pointer_and_length(fn: Fn, x: ast.Expr) -> tuple[str, str]:
    value = view(fn, x)
    u = fn.under(x)
    llvm = _STRING if type(u) is Basic and u.kind in STRINGS else _SLICE
    return fn.extract(llvm, value, 0), fn.extract(llvm, value, 1)


def move(fn: Fn, dst: str, src: str, n: str, elem: Type) -> None:
    layout = fn.lay(elem)
    if layout.size == 0:
        return
    size = n if layout.size == 1 else fn.op(f"mul i64 {n}, {layout.size}")
    memmove = fn.mod.intrinsic("llvm.memmove.p0.p0.i64", "void", ["ptr", "ptr", "i64", "i1"])
    fn.call("void", memmove, (f"ptr {dst}", f"ptr {src}", f"i64 {size}", "i1 false"))


@lowers(BUILTIN, "copy")
def copy(fn: Fn, e: ast.CallExpr) -> str:
    u = fn.under(e.args[0])
    assert type(u) is Slice
    fn.order(e.args)
    dst = fn.value(e.args[0])
    source, n = pointer_and_length(fn, e.args[1])
    fn.at(e.pos)
    room = fn.extract(_SLICE, dst, 1)
    smin = fn.mod.intrinsic("llvm.smin.i64", "i64", ["i64", "i64"])
    count = fn.op(f"call i64 {smin}(i64 {room}, i64 {n})")
    move(fn, fn.extract(_SLICE, dst, 0), source, count, u.elem)
    return count
