# SPDX-License-Identifier: BSD-3-Clause
"""Lowers channel operations: send, receive, and ``select`` in all its forms."""

from __future__ import annotations

from gotk.compiler.lower.function.core import BOOL, Fn
from gotk.compiler.lower.function.dispatch import MULTI, STMT, lowers
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Chan, Type


def chan_elem(fn: Fn, e: ast.Expr) -> Type:
    u = fn.under(e)
    assert type(u) is Chan
    return u.elem


@lowers(STMT, ast.SendStmt)
def send(fn: Fn, s: ast.SendStmt) -> None:
    elem = chan_elem(fn, s.chan)
    fn.order((s.chan, s.value))
    c = fn.value(s.chan)
    value = fn.value_as(s.value, elem)
    fn.at(s.pos)
    fn.rt("void", "chansend", f"ptr {c}", f"ptr {fn.spill(value, fn.lay(elem))}")


def receive(fn: Fn, e: ast.UnaryExpr) -> str:
    """``<-c`` for its value."""
    return receive_ok(fn, e)[0][0]


@lowers(MULTI, ast.UnaryExpr)
def receive_ok(fn: Fn, e: ast.UnaryExpr) -> list[tuple[str, Type]]:
    elem = chan_elem(fn, e.x)
    c = fn.value(e.x)
    fn.at(e.pos)
    layout = fn.lay(elem)
    slot = fn.slot(layout)
    ok = fn.rt("i8", "chanrecv", f"ptr {c}", f"ptr {slot}")
    return [(fn.load(slot, layout), elem), (ok, BOOL)]


# ---------------------------------------------------------------- select

_CASE = "{ ptr, ptr, i64 }"
_RECV, _SEND = 1, 2


def comm_parts(clause: ast.CommClause) -> tuple[ast.UnaryExpr | None, ast.SendStmt | None]:
    """The receive operation or the send of a clause (both None: default)."""
    comm = clause.comm
    if comm is None:
        return None, None
    if type(comm) is ast.SendStmt:
        return None, comm
    x: ast.Expr = comm.x if type(comm) is ast.ExprStmt else comm.rhs[0]  # type: ignore[attr-defined]
    while type(x) is ast.ParenExpr:
        x = x.x
    assert type(x) is ast.UnaryExpr and x.op == "<-"
    return x, None


@lowers(STMT, ast.SelectStmt)
def select(fn: Fn, s: ast.SelectStmt) -> None:
    """Channels and values to send are evaluated in source order, once; then the runtime chooses; then the clause runs."""
    end = fn.new_block("selected")
    fn.break_to[s] = end
    default: ast.CommClause | None = None
    clauses: list[ast.CommClause] = []
    for clause in s.cases:
        if clause.comm is None:
            default = clause
        else:
            clauses.append(clause)
    if len(clauses) == 1 and default is None:
        single(fn, clauses[0], end)
    else:
        many(fn, s, clauses, default, end)
    fn.start(end)


def single(fn: Fn, clause: ast.CommClause, end: str) -> None:
    """One clause and no default: the plain operation."""
    recv, send_stmt = comm_parts(clause)
    if send_stmt is not None:
        send(fn, send_stmt)
    else:
        assert recv is not None
        fn.hoisted[recv] = receive_ok(fn, recv) if recv.comma_ok else receive(fn, recv)
        take(fn, clause, recv)
    fn.stmts(clause.body)
    fn.br(end)


def take(fn: Fn, clause: ast.CommClause, recv: ast.UnaryExpr) -> None:
    """The assignment or declaration of a receive clause, with the received values waiting in `fn.hoisted`."""
    comm = clause.comm
    assert comm is not None
    if type(comm) is ast.ExprStmt:
        fn.hoisted.pop(recv, None)
    else:
        fn.stmt(comm)


def many(
    fn: Fn,
    s: ast.SelectStmt,
    clauses: list[ast.CommClause],
    default: ast.CommClause | None,
    end: str,
) -> None:
    n = len(clauses)
    fn.at(s.pos)
    cases = fn.alloca(f"[{max(n, 1)} x {_CASE}]", 8)
    slots: list[str] = []
    for i, clause in enumerate(clauses):
        recv, send_stmt = comm_parts(clause)
        if send_stmt is not None:
            elem = chan_elem(fn, send_stmt.chan)
            layout = fn.lay(elem)
            fn.order((send_stmt.chan, send_stmt.value))
            c = fn.value(send_stmt.chan)
            value = fn.stable(send_stmt.value, elem)
            slot = fn.spill(value, layout)
            direction = _SEND
        else:
            assert recv is not None
            c = fn.value(recv.x)
            layout = fn.lay(chan_elem(fn, recv.x))
            slot = "null" if type(clause.comm) is ast.ExprStmt else fn.slot(layout)
            direction = _RECV
        slots.append(slot)
        at = 24 * i
        fn.do(f"store ptr {c}, ptr {fn.byte_offset(cases, at)}, align 8")
        fn.do(f"store ptr {slot}, ptr {fn.byte_offset(cases, at + 8)}, align 8")
        fn.do(f"store i64 {direction}, ptr {fn.byte_offset(cases, at + 16)}, align 8")
    fn.at(s.pos)
    has_default = 0 if default is None else 1
    where = cases if n else "null"
    pair = fn.rt("{ i64, i64 }", "selectgo", f"ptr {where}", f"i64 {n}", f"i8 {has_default}")
    chosen = fn.extract("{ i64, i64 }", pair, 0)
    if not s.cases:
        fn.unreachable()
        return
    blocks = [fn.new_block("case") for _ in clauses]
    other = fn.new_block("default")
    targets = " ".join(f"i64 {i}, label %{b}" for i, b in enumerate(blocks))
    fn.do(f"switch i64 {chosen}, label %{other} [ {targets} ]")
    fn.done = True
    known = fn.nonnull
    for clause, block, slot in zip(clauses, blocks, slots, strict=True):
        fn.nonnull = set(known)
        fn.start(block)
        recv, _send = comm_parts(clause)
        if recv is not None and slot != "null":
            elem = chan_elem(fn, recv.x)
            value = fn.load(slot, fn.lay(elem))
            if recv.comma_ok:
                received = fn.extract("{ i64, i64 }", pair, 1)
                ok = fn.op(f"trunc i64 {received} to i8")
                fn.hoisted[recv] = [(value, elem), (ok, BOOL)]
            else:
                fn.hoisted[recv] = value
            take(fn, clause, recv)
        fn.stmts(clause.body)
        fn.br(end)
    fn.nonnull = set(known)
    fn.start(other)
    if default is not None:
        fn.stmts(default.body)
        fn.br(end)
    else:
        fn.unreachable()
    fn.nonnull = known
