# SPDX-License-Identifier: BSD-3-Clause
"""Lowers range loops over integers, arrays, slices, strings, maps and channels (functions: rangefunc.py).

The range expression is evaluated once, before the loop; the length of a slice or array is fixed then. With ``:=`` each iteration has its
own variables; with ``=`` the variables are assigned to as by an assignment statement.
"""

from __future__ import annotations

from gotk.compiler.lower.function.assign import is_blank, target
from gotk.compiler.lower.function.core import INT, STRINGS, Fn, is_fresh
from gotk.compiler.lower.function.dispatch import STMT, lowers
from gotk.compiler.lower.function.exprs import element
from gotk.compiler.lower.function.measured import loop_body
from gotk.compiler.lower.function.strings import is_string, view
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    BASICS,
    Array,
    Basic,
    Chan,
    Map,
    Pointer,
    Signature,
    Slice,
    Type,
    Var,
)

_ITERATOR = "[12 x ptr]"


@lowers(STMT, ast.RangeStmt)
def range_stmt(fn: Fn, s: ast.RangeStmt) -> None:
    fn.at(s.pos)
    u = fn.under(s.x)
    kind = type(u)
    if kind is Signature:
        from gotk.compiler.lower.function.rangefunc import range_func

        range_func(fn, s, u)  # type: ignore[arg-type]
        return
    if kind is Basic:
        if u.kind in STRINGS:  # type: ignore[attr-defined]
            range_string(fn, s)
        else:
            range_int(fn, s)
    elif kind is Map:
        range_map(fn, s, u)  # type: ignore[arg-type]
    elif kind is Chan:
        range_chan(fn, s, u)  # type: ignore[arg-type]
    else:
        range_list(fn, s, u)


def wanted(e: ast.Expr | None) -> bool:
    return e is not None and not is_blank(e)


def bind(fn: Fn, s: ast.RangeStmt, pairs: list[tuple[ast.Expr | None, str, Type]]) -> None:
    """Give the iteration variables their values."""
    if s.op == ":=":
        for e, value, t in pairs:
            if wanted(e):
                assert type(e) is ast.Ident and type(e.obj) is Var
                vt = fn.st(e.obj.type)  # type: ignore[arg-type]
                fn.declare(e.obj, fn.coerce(value, t, vt))
        return
    stores = [(target(fn, e), e, value, t) for e, value, t in pairs if e is not None and wanted(e)]
    for store, e, value, t in stores:
        assert store is not None
        store(fn.coerce(value, t, fn.type(e)))


class Loop:
    """The blocks of a loop with a hidden counter or state, and what is known around it."""

    __slots__ = ("body", "end", "head", "known", "post")

    def __init__(self, fn: Fn, s: ast.RangeStmt) -> None:
        self.head, self.body = fn.new_block("range"), fn.new_block("body")
        self.post, self.end = fn.new_block("post"), fn.new_block("endrange")
        fn.break_to[s], fn.continue_to[s] = self.end, self.post
        self.known = fn.nonnull
        fn.nonnull = set(self.known)

    def finish(self, fn: Fn) -> None:
        fn.br(self.head)
        fn.nonnull = self.known
        fn.start(self.end)


def range_int(fn: Fn, s: ast.RangeStmt) -> None:
    """``for i := range n``; the type of i is n's."""
    t = fn.type(s.x)
    if s.key is not None and wanted(s.key):
        # An untyped constant takes the type of the variable.
        t = fn.type(s.key) if s.op == "=" else fn.st(s.key.obj.type)  # type: ignore[attr-defined]
    u = t.underlying()
    assert type(u) is Basic
    llvm = fn.llvm(u)
    n = fn.mod.const_value(s.x.const, t) if s.x.const is not None else fn.value(s.x)
    counted(fn, s, n, llvm, u.kind.startswith("u"), [(s.key, t)])


def counted(
    fn: Fn, s: ast.RangeStmt, n: str, llvm: str, unsigned: bool, keys: list[tuple[ast.Expr | None, Type]]
) -> None:
    loop = Loop(fn, s)
    counter = fn.alloca(llvm)
    fn.do(f"store {llvm} 0, ptr {counter}")
    fn.start(loop.head)
    i = fn.op(f"load {llvm}, ptr {counter}")
    fn.cond_br(fn.op(f"icmp {'ult' if unsigned else 'slt'} {llvm} {i}, {n}"), loop.body, loop.end)
    fn.start(loop.body)
    bind(fn, s, [(e, i, t) for e, t in keys])
    loop_body(fn, s.body.stmts)
    fn.start(loop.post)
    fn.do(f"store {llvm} {fn.op(f'add {llvm} {i}, 1')}, ptr {counter}")
    loop.finish(fn)


def range_list(fn: Fn, s: ast.RangeStmt, u: Type) -> None:
    """Slices, arrays and pointers to arrays. An array is copied if its elements are used, so that assignments to it are not seen."""
    if type(u) is Slice:
        # Nobody else has the bytes of []byte(s), so the string's own serve.
        value = view(fn, s.x) if is_string(fn.under(operand(s.x))) else fn.value(s.x)
        base = fn.extract("{ ptr, i64, i64 }", value, 0)
        n = fn.extract("{ ptr, i64, i64 }", value, 1)
        elem = u.elem
    else:
        if type(u) is Pointer:
            array = u.elem.underlying()
            assert type(array) is Array
            if wanted(s.value) or (s.x.const is None and fn.has_call(s.x)):
                base = fn.value(s.x)
                if wanted(s.value) and array.len > 0:
                    fn.check_nil(base)
            else:
                base = "null"
        else:
            array = u  # type: ignore[assignment]
            assert type(array) is Array
            layout = fn.lay(array)
            if wanted(s.value):
                base = fn.value(s.x)
                if layout.is_register:
                    base = fn.spill(base, layout)
                elif not is_fresh(s.x):
                    copy = fn.slot(layout)
                    fn.copy(copy, base, layout)
                    base = copy
            else:
                if fn.has_call(s.x):
                    fn.discard(s.x)
                base = "null"
        n = str(array.len)
        elem = array.elem
    loop = Loop(fn, s)
    counter = fn.alloca("i64")
    fn.do(f"store i64 0, ptr {counter}")
    fn.start(loop.head)
    i = fn.op(f"load i64, ptr {counter}")
    fn.cond_br(fn.op(f"icmp slt i64 {i}, {n}"), loop.body, loop.end)
    fn.start(loop.body)
    pairs: list[tuple[ast.Expr | None, str, Type]] = [(s.key, i, INT)]
    if s.value is not None and wanted(s.value):
        value = fn.load(element(fn, base, elem, i), fn.lay(elem))
        pairs.append((s.value, value, elem))
    bind(fn, s, pairs)
    loop_body(fn, s.body.stmts)
    fn.start(loop.post)
    fn.do(f"store i64 {fn.op(f'add nuw nsw i64 {i}, 1')}, ptr {counter}")
    loop.finish(fn)


def operand(e: ast.Expr) -> ast.Expr:
    """What a conversion converts; other expressions themselves."""
    while type(e) is ast.ParenExpr:
        e = e.x
    return e.args[0] if type(e) is ast.CallExpr and e.kind == "conversion" else e


def range_string(fn: Fn, s: ast.RangeStmt) -> None:
    """Code points; an invalid byte gives U+FFFD and a width of one."""
    value = fn.value(s.x)
    p, n = fn.extract("{ ptr, i64 }", value, 0), fn.extract("{ ptr, i64 }", value, 1)
    loop = Loop(fn, s)
    counter = fn.alloca("i64")
    following = fn.alloca("i64")
    fn.do(f"store i64 0, ptr {counter}")
    fn.start(loop.head)
    i = fn.op(f"load i64, ptr {counter}")
    fn.cond_br(fn.op(f"icmp slt i64 {i}, {n}"), loop.body, loop.end)
    fn.start(loop.body)
    byte = fn.op(f"load i8, ptr {fn.op(f'getelementptr inbounds i8, ptr {p}, i64 {i}')}, align 1")
    ascii_, wide, ready = fn.new_block("ascii"), fn.new_block("wide"), fn.new_block("rune")
    fn.cond_br(fn.op(f"icmp sge i8 {byte}, 0"), ascii_, wide)
    fn.start(ascii_)
    rune1 = fn.op(f"zext i8 {byte} to i32")
    next1 = fn.op(f"add nuw nsw i64 {i}, 1")
    fn.br(ready)
    fn.start(wide)
    pair = fn.rt("{ i64, i64 }", "decoderune", f"ptr {p}", f"i64 {n}", f"i64 {i}")
    rune2 = fn.op(f"trunc i64 {fn.extract('{ i64, i64 }', pair, 0)} to i32")
    next2 = fn.extract("{ i64, i64 }", pair, 1)
    fn.start(ready)
    rune = fn.op(f"phi i32 [ {rune1}, %{ascii_} ], [ {rune2}, %{wide} ]")
    after = fn.op(f"phi i64 [ {next1}, %{ascii_} ], [ {next2}, %{wide} ]")
    fn.do(f"store i64 {after}, ptr {following}")
    bind(fn, s, [(s.key, i, INT), (s.value, rune, BASICS["rune"])])
    loop_body(fn, s.body.stmts)
    fn.start(loop.post)
    fn.do(f"store i64 {fn.op(f'load i64, ptr {following}')}, ptr {counter}")
    loop.finish(fn)


def range_map(fn: Fn, s: ast.RangeStmt, u: Map) -> None:
    m = fn.value(s.x)
    iterator = fn.alloca(_ITERATOR, 8)
    fn.rt("void", "mapiterinit", f"ptr {fn.mod.type_desc(fn.type(s.x))}", f"ptr {m}", f"ptr {iterator}")
    loop = Loop(fn, s)
    fn.start(loop.head)
    key = fn.op(f"load ptr, ptr {iterator}, align 8")
    fn.cond_br(fn.op(f"icmp ne ptr {key}, null"), loop.body, loop.end)
    fn.start(loop.body)
    pairs: list[tuple[ast.Expr | None, str, Type]] = []
    if wanted(s.key):
        pairs.append((s.key, fn.load(key, fn.lay(u.key)), u.key))
    if wanted(s.value):
        at = fn.op(f"load ptr, ptr {fn.byte_offset(iterator, 8)}, align 8")
        pairs.append((s.value, fn.load(at, fn.lay(u.elem)), u.elem))
    bind(fn, s, pairs)
    loop_body(fn, s.body.stmts)
    fn.start(loop.post)
    fn.at(s.pos)
    fn.rt("void", "mapiternext", f"ptr {iterator}")
    loop.finish(fn)


def range_chan(fn: Fn, s: ast.RangeStmt, u: Chan) -> None:
    c = fn.value(s.x)
    layout = fn.lay(u.elem)
    slot = fn.slot(layout)
    loop = Loop(fn, s)
    fn.start(loop.head)
    fn.at(s.pos)
    ok = fn.rt("i8", "chanrecv", f"ptr {c}", f"ptr {slot}")
    fn.cond_br(fn.to_bit(ok), loop.body, loop.end)
    fn.start(loop.body)
    if wanted(s.key):
        bind(fn, s, [(s.key, fn.load(slot, layout), u.elem)])
    loop_body(fn, s.body.stmts)
    fn.start(loop.post)
    loop.finish(fn)
