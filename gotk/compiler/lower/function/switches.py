# SPDX-License-Identifier: BSD-3-Clause
"""Lowers switch and type switch.

An expression switch over integers whose cases are all constant becomes LLVM's switch (a jump table or search tree); otherwise
the cases are compared in order. The clauses' bodies follow the comparisons.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import BOOL, INTEGER, Fn
from gotk.compiler.lower.function.dispatch import STMT, lowers
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Basic, Interface, Type


@lowers(STMT, ast.SwitchStmt)
def switch(fn: Fn, s: ast.SwitchStmt) -> None:
    from gotk.compiler.lower.function.equality import equal_iface_concrete

    if s.init is not None:
        fn.stmt(s.init)
    fn.at(s.pos)
    end = fn.new_block("endswitch")
    fn.break_to[s] = end
    blocks = [fn.new_block("case") for _ in s.cases]
    default = end
    for clause, b in zip(s.cases, blocks, strict=True):
        if clause.exprs is None:
            default = b
    known = fn.nonnull
    fn.nonnull = set(known)
    if s.tag is None:
        for clause, b in zip(s.cases, blocks, strict=True):
            for x in clause.exprs or ():
                following = fn.new_block("next")
                if type(fn.under(x)) is Interface:
                    fn.at(x.pos)
                    true = equal_iface_concrete(fn, fn.value(x), fn.type(x), "1", BOOL)
                    fn.cond_br(true, b, following)
                else:
                    fn.cond(x, b, following)
                fn.nonnull = set(known)
                fn.start(following)
        fn.br(default)
    else:
        dispatch(fn, s, blocks, default)
    clauses(fn, s.cases, blocks, end, known)


def clauses(
    fn: Fn, cases: list[ast.CaseClause], blocks: list[str], end: str, known: set[str]
) -> None:
    """The bodies; a fallthrough goes to the next one."""
    outer = fn.fallthrough_to
    for i, (clause, b) in enumerate(zip(cases, blocks, strict=True)):
        fn.nonnull = set(known)
        fn.fallthrough_to = blocks[i + 1] if i + 1 < len(blocks) else end
        fn.start(b)
        fn.stmts(clause.body)
        fn.br(end)
    fn.fallthrough_to = outer
    fn.nonnull = known
    fn.start(end)


def dispatch(fn: Fn, s: ast.SwitchStmt, blocks: list[str], default: str) -> None:
    """Evaluate the tag once and find the clause."""
    tag = s.tag
    assert tag is not None
    t = fn.type(tag)
    u = t.underlying()
    value = fn.stable(tag, t)
    if type(u) is Basic and u.kind in INTEGER and all_constant(s):
        llvm = fn.llvm(u)
        targets = []
        seen: set[int] = set()
        for clause, b in zip(s.cases, blocks, strict=True):
            for x in clause.exprs or ():
                n = int(x.const)
                if n not in seen:
                    seen.add(n)
                    targets.append(f"{llvm} {n}, label %{b}")
        fn.do(f"switch {llvm} {value}, label %{default} [ {' '.join(targets)} ]")
        fn.done = True
        return
    for clause, b in zip(s.cases, blocks, strict=True):
        for x in clause.exprs or ():
            fn.at(x.pos)
            bit = case_matches(fn, value, t, x, tag)
            following = fn.new_block("next")
            fn.cond_br(bit, b, following)
            fn.start(following)
    fn.br(default)


def all_constant(s: ast.SwitchStmt) -> bool:
    return all(x.const is not None for c in s.cases for x in c.exprs or ())


def case_matches(fn: Fn, value: str, t: Type, x: ast.Expr, tag: ast.Expr) -> str:
    """``tag == x`` as i1."""
    from gotk.compiler.lower.function.equality import equal, equal_iface_concrete, is_nil

    if x.mode == "nil":
        return is_nil(fn, value, t)
    xt = fn.type(x)
    tag_iface = type(t.underlying()) is Interface
    x_iface = type(xt.underlying()) is Interface
    y = fn.value(x)
    if tag.mode == "nil":
        return is_nil(fn, y, xt)
    if tag_iface and not x_iface:
        return equal_iface_concrete(fn, value, t, y, xt)
    if x_iface and not tag_iface:
        return equal_iface_concrete(fn, y, xt, value, t)
    return equal(fn, value, y, t, other=xt)


# ---------------------------------------------------------------- type switch


@lowers(STMT, ast.TypeSwitchStmt)
def type_switch(fn: Fn, s: ast.TypeSwitchStmt) -> None:
    from gotk.compiler.lower.function.equality import type_of_tab
    from gotk.compiler.lower.function.interfaces import matches, unbox

    if s.init is not None:
        fn.stmt(s.init)
    fn.at(s.pos)
    src = fn.type(s.x)
    value = fn.value(s.x)
    pair = "{ ptr, ptr }"
    tab, data = fn.extract(pair, value, 0), fn.extract(pair, value, 1)
    desc = type_of_tab(fn, tab, src)
    end = fn.new_block("endswitch")
    fn.break_to[s] = end
    blocks = [fn.new_block("case") for _ in s.cases]
    default = end
    found: dict[int, str] = {}  # tab for a single interface type
    for i, (clause, b) in enumerate(zip(s.cases, blocks, strict=True)):
        if clause.exprs is None:
            default = b
            continue
        for x in clause.exprs:
            fn.at(x.pos)
            following = fn.new_block("next")
            if x.mode == "nil":
                bit = fn.op(f"icmp eq ptr {desc}, null")
            else:
                bit, new_tab = matches(fn, desc, tab, src, fn.type(x))
                found[i] = new_tab
            fn.cond_br(bit, b, following)
            fn.start(following)
    fn.br(default)
    known = fn.nonnull
    for i, (clause, b) in enumerate(zip(s.cases, blocks, strict=True)):
        fn.nonnull = set(known)
        fn.start(b)
        var = clause.var
        if var is not None:
            exprs = clause.exprs
            if exprs is not None and len(exprs) == 1 and exprs[0].mode != "nil":
                t = fn.type(exprs[0])
                if type(t.underlying()) is Interface:
                    held = fn.make(pair, (("ptr", found[i]), ("ptr", data)))
                else:
                    held = unbox(fn, data, t)
            else:
                held = value
            fn.declare(var, held)
        fn.stmts(clause.body)
        fn.br(end)
    fn.nonnull = known
    fn.start(end)
