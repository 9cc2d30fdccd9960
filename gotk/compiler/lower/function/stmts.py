# SPDX-License-Identifier: BSD-3-Clause
"""Lowers blocks, if, for, return, labels and branches."""

from __future__ import annotations

from gotk.compiler.lower.function.core import Fn
from gotk.compiler.lower.function.dispatch import STMT, lowers
from gotk.compiler.lower.function.measured import loop_body
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Var


@lowers(STMT, ast.EmptyStmt)
def empty(fn: Fn, s: ast.EmptyStmt) -> None:
    pass


@lowers(STMT, ast.ExprStmt)
def expr_stmt(fn: Fn, s: ast.ExprStmt) -> None:
    fn.at(s.pos)
    fn.discard(s.x)


@lowers(STMT, ast.Block)
def block(fn: Fn, s: ast.Block) -> None:
    fn.stmts(s.stmts)


@lowers(STMT, ast.IfStmt)
def if_stmt(fn: Fn, s: ast.IfStmt) -> None:
    if s.init is not None:
        fn.stmt(s.init)
    if s.cond.const is not None and not has_label(s):
        # The other branch is checked but never runs.
        if s.cond.const:
            fn.stmts(s.then.stmts)
        elif s.els is not None:
            fn.stmt(s.els)
        return
    then, end = fn.new_block("then"), fn.new_block("endif")
    els = fn.new_block("else") if s.els is not None else end
    fn.at(s.cond.pos)
    known = fn.nonnull
    fn.nonnull = set(known)
    fn.cond(s.cond, then, els)
    fn.start(then)
    fn.stmts(s.then.stmts)
    fn.br(end)
    if s.els is not None:
        fn.nonnull = set(known)
        fn.start(els)
        fn.stmt(s.els)
        fn.br(end)
    fn.nonnull = known
    fn.start(end)


def has_label(s: ast.IfStmt) -> bool:
    """Whether a branch holds a label that a goto could reach (conservatively: any label)."""
    pending: list[object] = [s.then.stmts, s.els]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, ast.LabeledStmt):
            return True
        elif isinstance(node, ast.Block):
            pending.append(node.stmts)
        elif isinstance(node, ast.IfStmt):
            pending += [node.then.stmts, node.els]
        elif isinstance(node, (ast.ForStmt, ast.RangeStmt)):
            pending.append(node.body.stmts)
        elif isinstance(node, (ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt)):
            pending += [c.body for c in node.cases]
    return False


# ---------------------------------------------------------------- for


@lowers(STMT, ast.ForStmt)
def for_stmt(fn: Fn, s: ast.ForStmt) -> None:
    """The three-clause loop. Variables of its own that could be told apart between iterations (captured, or their address taken) are
    copied to fresh ones before the post statement."""
    if s.init is not None:
        fn.stmt(s.init)
    renewed = [v for v in loop_vars(s) if v in fn.ptr and (fn.on_heap(v) or v.captured or v.addr_taken)]
    head, body, end = fn.new_block("for"), fn.new_block("body"), fn.new_block("endfor")
    post = fn.new_block("post") if s.post is not None or renewed else head
    fn.break_to[s], fn.continue_to[s] = end, post
    known = fn.nonnull
    fn.nonnull = set(known)
    holders = hold(fn, renewed)
    fn.start(head)
    reload(fn, holders)
    if s.cond is not None and s.cond.const is not True:
        fn.at(s.cond.pos)
        fn.cond(s.cond, body, end)
    fn.start(body)
    loop_body(fn, s.body.stmts)
    fn.nonnull = set(known)
    if post != head:
        fn.start(post)
        reload(fn, holders)
        renew(fn, holders)
        if s.post is not None:
            fn.stmt(s.post)
    fn.br(head)
    fn.nonnull = known
    fn.start(end)


def loop_vars(s: ast.ForStmt) -> list[Var]:
    init = s.init
    if type(init) is not ast.AssignStmt or init.op != ":=":
        return []
    found = []
    for e in init.lhs:
        if type(e) is ast.Ident and e.is_def and type(e.obj) is Var:
            found.append(e.obj)
    return found


def hold(fn: Fn, renewed: list[Var]) -> list[tuple[Var, str]]:
    """The address of each renewed variable changes with every iteration: it is kept in a slot."""
    holders = []
    for v in renewed:
        if not fn.on_heap(v):
            continue  # a stack slot may serve all iterations: nobody outlives one
        slot = fn.alloca("ptr", 8)
        fn.do(f"store ptr {fn.ptr[v]}, ptr {slot}, align 8")
        holders.append((v, slot))
    return holders


def reload(fn: Fn, holders: list[tuple[Var, str]]) -> None:
    for v, slot in holders:
        fn.ptr[v] = fn.op(f"load ptr, ptr {slot}, align 8")


def renew(fn: Fn, holders: list[tuple[Var, str]]) -> None:
    for v, slot in holders:
        layout = fn.lay(fn.st(v.type))  # type: ignore[arg-type]
        fresh = fn.alloc(layout)
        fn.store(fn.load(fn.ptr[v], layout), fresh, layout)
        fn.do(f"store ptr {fresh}, ptr {slot}, align 8")
        fn.ptr[v] = fresh


# ---------------------------------------------------------------- labels and branches


@lowers(STMT, ast.LabeledStmt)
def labeled(fn: Fn, s: ast.LabeledStmt) -> None:
    fn.nonnull = set()  # a goto may come from where nothing is known
    fn.start(label_block(fn, s.label.name))
    fn.stmt(s.stmt)
    fn.nonnull = set()


def label_block(fn: Fn, name: str) -> str:
    found = fn.labels.get(name)
    if found is None:
        found = fn.labels[name] = fn.new_block("label")
    return found


def inner_statement(s: ast.Stmt | None) -> ast.Stmt | None:
    while type(s) is ast.LabeledStmt:
        s = s.stmt
    return s


@lowers(STMT, ast.BranchStmt)
def branch(fn: Fn, s: ast.BranchStmt) -> None:
    fn.at(s.pos)
    tok = s.tok
    if tok == "fallthrough":
        fn.br(fn.fallthrough_to)
        return
    if tok == "goto":
        from gotk.compiler.lower.function.rangefunc import leave_to_label

        assert s.label is not None
        if not leave_to_label(fn, s):
            fn.br(label_block(fn, s.label.name))
        return
    goal = inner_statement(s.target)
    assert goal is not None
    table = fn.break_to if tok == "break" else fn.continue_to
    if goal in table:
        fn.br(table[goal])
        return
    from gotk.compiler.lower.function.rangefunc import leave

    leave(fn, tok, goal)


# ---------------------------------------------------------------- return


@lowers(STMT, ast.ReturnStmt)
def return_stmt(fn: Fn, s: ast.ReturnStmt) -> None:
    fn.at(s.pos)
    if fn is not fn.home:
        from gotk.compiler.lower.function.rangefunc import leave_return

        leave_return(fn, s)
        return
    values = result_values(fn, s)
    if values is None:
        return_named(fn)
    else:
        return_values(fn, values)


def result_values(fn: Fn, s: ast.ReturnStmt) -> list[str] | None:
    """Values of a return statement converted to the result types; None if it has no expressions."""
    types = fn.home.abi.result_types
    exprs = s.results
    if not exprs:
        return None
    if len(exprs) == 1 and len(types) > 1:
        values = fn.multi(exprs[0])
        return [fn.coerce(v, t, r) for (v, t), r in zip(values, types, strict=True)]
    if len(exprs) == 1:
        value = fn.value_as(exprs[0], types[0])
        return [value]
    return fn.stable_all(exprs, types)


def return_values(fn: Fn, values: list[str]) -> None:
    abi = fn.abi
    if fn.frame:
        for value, ptr, layout in zip(values, fn.result_ptrs, abi.result_layouts, strict=True):
            fn.store(value, ptr, layout)
        fn.br(fn.return_block)
        return
    if abi.sret:
        for value, layout, offset in zip(
            values, abi.result_layouts, abi.result_struct.offsets, strict=True
        ):
            fn.store(value, fn.byte_offset("%ret", offset), layout)
        ret(fn, "void")
    elif not values:
        ret(fn, "void")
    elif len(values) == 1:
        ret(fn, f"{abi.ret} {values[0]}")
    else:
        parts = [(layout.llvm, v) for v, layout in zip(values, abi.result_layouts, strict=True)]
        ret(fn, f"{abi.ret} {fn.make(abi.ret, parts)}")


def ret(fn: Fn, what: str) -> None:
    if not fn.done:
        fn.do(f"ret {what}{fn.dbg}")
        fn.done = True


def return_named(fn: Fn) -> None:
    """``return`` without expressions, or the end of the body: the named results as they are."""
    if fn.frame:
        fn.br(fn.return_block)
        return
    load_and_return(fn)


def load_and_return(fn: Fn) -> None:
    abi = fn.abi
    values = [fn.load(p, layout) for p, layout in zip(fn.result_ptrs, abi.result_layouts, strict=True)]
    frame, fn.frame = fn.frame, ""
    return_values(fn, values)
    fn.frame = frame


