# SPDX-License-Identifier: BSD-3-Clause
"""Statements and function bodies."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants
from gotk.compiler.types.assign import unparen
from gotk.compiler.types.builtins import ARITY
from gotk.compiler.types.model import (
    INVALID,
    ConstComplex,
    Interface,
    Nil,
    Scope,
    Signature,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    BOOL,
    UNTYPED_NIL,
    all_boolean,
    all_numeric,
    comparable,
    default_type,
    has_nil,
    identical,
    is_valid,
    unalias,
)

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker, FuncNode
    from gotk.compiler.types.resolver import DeclInfo


class StmtMixin:
    # ---------------------------------------------------------------- functions

    def new_func_node(self: Checker, node: Any, name: str) -> FuncNode:
        from gotk.compiler.types.checker import FuncNode

        return FuncNode(node, self.env.func if self.env.func is not None and self.env.func.node is not None else None, name)

    def func_body(
        self: Checker,
        node: ast.FuncDecl | ast.FuncLit,
        name: str,
        sig: Signature,
        scope: Scope,
        body: ast.Block,
        decl: DeclInfo | None,
        iota: int | None = None,
    ) -> None:
        from gotk.compiler.types.checker import Env

        outer = self.env
        env = Env(scope)
        env.decl = decl
        env.sig = sig
        env.iota = iota
        env.panics = set()
        env.tparams = outer.tparams + sig.recv_tparams + sig.tparams if type(node) is ast.FuncLit else sig.recv_tparams + sig.tparams
        env.func = self.new_func_node(node, name)
        node.has_defer = node.has_recover = False
        for v in (*sig.params.vars, *sig.results.vars):
            v.func = node
        if sig.recv is not None:
            sig.recv.func = node
        self.env = env
        try:
            self.stmt_list(body.stmts)
            if sig.results.vars and not self.is_terminating_list(body.stmts):
                self.error(body.rbrace, "missing return", "MissingReturn")
            self.all_locals += env.func.locals
            for v in env.func.locals:
                if not v.used:
                    self.error(v, f"declared and not used: {v.name}", "UnusedVar")
        finally:
            self.env = outer

    # ---------------------------------------------------------------- statement lists

    def stmt_list(self: Checker, stmts: list[ast.Stmt]) -> None:
        for s in stmts:
            _STMTS[type(s)](self, s)

    def stmt(self: Checker, s: ast.Stmt) -> None:
        _STMTS[type(s)](self, s)

    def _nothing(self: Checker, s: ast.Stmt) -> None:
        pass

    def _expr_stmt(self: Checker, s: ast.ExprStmt) -> None:
        x = self.raw_expr(None, s.x)
        if not x.mode:
            return
        e = unparen(s.x)
        what = "is not used"
        if x.mode == "builtin":
            what = "must be called"
        elif x.mode == "type":
            what = "is not an expression"
        elif type(e) is ast.CallExpr:
            if e.kind == "call":
                return
            if e.kind == "builtin" and ARITY[e.builtin][2] == "statement":
                return
        elif type(e) is ast.UnaryExpr and e.op == "<-":
            return
        self.error(x, f"{self.describe(x)} {what}", "UnusedExpr")

    def _send(self: Checker, s: ast.SendStmt) -> None:
        ch = self.expr(None, s.chan)
        value = self.expr(None, s.value)
        if not ch.mode or not value.mode:
            return
        elem = self.chan_elem(s, ch, False)
        if elem is not None:
            self.assignment(value, elem, "send")

    def _inc_dec(self: Checker, s: ast.IncDecStmt) -> None:
        x = self.expr(None, s.x)
        if not x.mode:
            return
        if not all_numeric(x.type):
            self.error(s.x, f"invalid operation: {self.expr_text(s.x)}{s.op} (non-numeric type {self.text(x.type)})", "NonNumericIncDec")
            return
        self._assign_op_target(s.x)

    def _assign_op_target(self: Checker, e: ast.Expr) -> None:
        """The left side of ``x op= y`` or ``x++`` is assigned to (and was used, as it is read)."""
        t = self.lhs_var(e)
        if t is not None:
            v = self.root_variable(unparen(e))
            if v is not None:
                v.reassigned = True

    def _assign(self: Checker, s: ast.AssignStmt) -> None:
        if s.op == "=":
            self.assign_vars(s.lhs, s.rhs)
            return
        if s.op == ":=":
            self.short_var_decl(s, s.lhs, s.rhs)
            return
        op = s.op[:-1]
        if len(s.lhs) != 1 or len(s.rhs) != 1:
            self.error(s.op_pos, f"assignment operation {s.op} requires single-valued expressions", "MultiValAssignOp")
            self.use(*s.lhs, *s.rhs)
            return
        x = self.binary(None, s.lhs[0], s.rhs[0], op, s.op_pos)
        ident = unparen(s.lhs[0])
        if not x.mode:
            return
        if type(ident) is ast.Ident and ident.name == "_":
            self.error(ident, "cannot use _ as value", "InvalidBlank")
            return
        y = Operand(x.mode, x.type, s.lhs[0], x.val)
        t = self.lhs_var(s.lhs[0])
        if t is not None and t is not INVALID:
            self.assignment(y, t, "assignment operation")

    def _go(self: Checker, s: ast.GoStmt) -> None:
        self._suspended(s, s.call, "go")

    def _defer(self: Checker, s: ast.DeferStmt) -> None:
        func = self.env.func
        while func is not None and type(func.node) is ast.RangeStmt:
            func = func.outer
        if func is not None and func.node is not None:
            func.node.has_defer = True
        self._suspended(s, s.call, "defer")

    def _suspended(self: Checker, s: ast.Stmt, call: ast.Expr, word: str) -> None:
        if type(call) is not ast.CallExpr:
            inner = unparen(call)
            self.use(call)
            if type(inner) is ast.CallExpr:
                self.error(call, f"expression in {word} must not be parenthesized", "InvalidDefer")
            else:
                self.error(call, f"expression in {word} must be function call", "InvalidDefer")
            return
        x = self.raw_expr(None, call)
        if not x.mode:
            return
        if call.kind == "conversion":
            self.error(x, f"{word} requires function call, not conversion {self.describe(x)}", "InvalidDefer")
        elif call.kind == "builtin" and ARITY[call.builtin][2] == "expression":
            self.error(x, f"{word} discards result of {self.describe(x)}", "UnusedResults")

    def _return(self: Checker, s: ast.ReturnStmt) -> None:
        sig = self.env.sig
        assert sig is not None
        results = sig.results.vars
        if not results:
            if s.results:
                before = len(self.diagnostics)
                xs = []
                for e in s.results:
                    x = self.raw_expr(None, e, True)
                    xs.append(x)
                if len(self.diagnostics) == before:
                    from gotk.compiler.types.model import Tuple

                    first = xs[0]
                    if first.mode == "novalue":
                        self.error(s.results[0], f"{self.expr_text(s.results[0])} (no value) used as value", "TooManyValues")
                        return
                    types: list[Type | None] = []
                    for x in xs:
                        if type(x.type) is Tuple:
                            types += [v.type for v in x.type.vars]
                        else:
                            types.append(x.type)
                    self.error(s.results[0], f"too many return values\n\thave {self.types_summary(types)}\n\twant ()", "WrongResultCount")
            return
        if not s.results:
            if not results[0].name:
                self.error(s, f"not enough return values\n\thave ()\n\twant {self.types_summary([v.type for v in results])}", "WrongResultCount")
                return
            here = self.env.func
            for v in results:
                # A bare return names its results implicitly: an inner declaration must not hide them.
                alt = self.lookup(v.name) if v.name != "_" else None
                if alt is not None and alt is not v:
                    self.error(s, f"result parameter {v.name} not in scope at return\n\t{self.where(alt.pos)}: inner declaration of var {alt.name}{(' ' + self.text(alt.type)) if alt.type is not None else ''}", "OutOfScopeResult")
            del here
            return
        self.init_vars(results, s.results, s)

    def _block(self: Checker, s: ast.Block) -> None:
        self.open_scope()
        self.stmt_list(s.stmts)
        self.close_scope()

    def _if(self: Checker, s: ast.IfStmt) -> None:
        self.open_scope()
        if s.init is not None:
            self.stmt(s.init)
        x = self.expr(None, s.cond)
        if x.mode and not all_boolean(x.type):
            self.error(s.cond, "non-boolean condition in if statement", "InvalidCond")
        elif x.mode:
            self.default(x)
        self.open_scope()
        self.stmt_list(s.then.stmts)
        self.close_scope()
        if s.els is not None:
            self.stmt(s.els)
        self.close_scope()

    def _for(self: Checker, s: ast.ForStmt) -> None:
        self.open_scope()
        if s.init is not None:
            if type(s.init) is ast.AssignStmt and s.init.op == ":=":
                self.short_var_decl(s.init, s.init.lhs, s.init.rhs, loop=True)
            else:
                self.stmt(s.init)
        if s.cond is not None:
            x = self.expr(None, s.cond)
            if x.mode and not all_boolean(x.type):
                self.error(s.cond, "non-boolean condition in for statement", "InvalidCond")
            elif x.mode:
                self.default(x)
        if s.post is not None:
            self.stmt(s.post)
        self.open_scope()
        self.stmt_list(s.body.stmts)
        self.close_scope()
        self.close_scope()

    def _labeled(self: Checker, s: ast.LabeledStmt) -> None:
        self.stmt(s.stmt)

    def _decl(self: Checker, s: ast.DeclStmt) -> None:
        self.decl_stmt(s.decl)

    # ---------------------------------------------------------------- switch

    def _clauses(self: Checker, cases: list[Any]) -> None:
        first: Any = None
        for c in cases:
            is_default = c.comm is None if type(c) is ast.CommClause else c.exprs is None
            if is_default:
                if first is not None:
                    self.error(c, f"multiple defaults (first at {self.where(first.pos)})", "DuplicateDefault")
                else:
                    first = c

    def _switch(self: Checker, s: ast.SwitchStmt) -> None:
        self.open_scope()
        if s.init is not None:
            self.stmt(s.init)
        if s.tag is not None:
            x = self.expr(None, s.tag)
            self.assignment(x, None, "switch expression")
            if x.mode and x.mode != "nil" and not comparable(x.type) and not self._has_nil_only(x.type):
                self.error(x, f"cannot switch on {self.describe(x)} ({self.text(x.type)} is not comparable)", "InvalidExprSwitch")
                x.mode = ""
        else:
            ident = ast.Ident(s.lbrace, s.lbrace, "true")
            ident.type = BOOL
            x = Operand("const", BOOL, ident, True)
        self._clauses(s.cases)
        seen: dict[Any, list[tuple[Type, ast.Expr]]] = {}
        for c in s.cases:
            self._case_values(x, c.exprs or [], seen)
            self.open_scope()
            self.stmt_list(c.body)
            self.close_scope()
        self.close_scope()

    def _has_nil_only(self: Checker, t: Type) -> bool:
        return has_nil(t)

    def _case_values(self: Checker, x: Operand, exprs: list[ast.Expr], seen: dict[Any, list[tuple[Type, ast.Expr]]]) -> None:
        for e in exprs:
            v = self.expr(None, e)
            if not x.mode or not v.mode:
                continue
            y = x.copy()
            self.convert_untyped(v, x.type)
            if not v.mode:
                continue
            value, t = v.val if v.mode == "const" else None, v.type
            is_const = v.mode == "const"
            self._switch_case = True
            r = self.comparison(e, v, y, "==")
            self._switch_case = False
            # Go finds equal integers, floats and strings only; truth values are common in a switch without a value.
            if not r.mode or not is_const or isinstance(value, bool | ConstComplex):
                continue
            key = (type(value), value)
            others = seen.setdefault(key, [])
            for ot, oe in others:
                if identical(ot, t):
                    self.error(v, f"duplicate case {self.describe(v)} in expression switch\n\t{self.where(oe.pos)}: previous case", "DuplicateCase")
                    break
            else:
                others.append((t, e))

    def _type_switch(self: Checker, s: ast.TypeSwitchStmt) -> None:
        self.open_scope()
        if s.init is not None:
            self.stmt(s.init)
        name = s.name
        if name is not None and name.name == "_":
            self.error(name, "no new variable on left side of :=", "NoNewVar")
            name = None
        x = self.expr(None, s.x)
        valid = bool(x.mode)
        if valid:
            if type(unalias(x.type)) is TypeParam:
                self.error(x, f"cannot use type switch on type parameter value {self.describe(x)}", "InvalidTypeSwitch")
                valid = False
            elif type(x.type.underlying()) is not Interface:
                self.error(x, f"{self.describe(x)} is not an interface", "InvalidTypeSwitch")
                valid = False
        if name is not None:
            name.is_def = True
        self._clauses(s.cases)
        variables: list[Var] = []
        seen: list[tuple[Type | None, ast.Expr]] = []
        func = self.env.func
        assert func is not None
        for c in s.cases:
            t = self._case_types(x if valid else None, c.exprs or [], seen)
            self.open_scope()
            if name is not None:
                if c.exprs is None or len(c.exprs) != 1 or t is None:
                    t = x.type if valid else INVALID
                v = Var(name.name, t, self.pkg, name.pos)
                v.func = func.node
                self.env.scope.names[name.name] = v
                v.parent = self.env.scope
                c.var = v
                variables.append(v)
            self.stmt_list(c.body)
            self.close_scope()
        if name is not None and not any(v.used for v in variables):
            self.error(name, f"{name.name} declared and not used", "UnusedVar")
        self.close_scope()

    def _case_types(self: Checker, x: Operand | None, exprs: list[ast.Expr], seen: list[tuple[Type | None, ast.Expr]]) -> Type | None:
        """Check the types of a case; the last one (None for nil)."""
        t: Type | None = None
        for e in exprs:
            inner = unparen(e)
            if type(inner) is ast.Ident and isinstance(self.lookup(inner.name), Nil):
                t = None
                inner.obj = self.lookup(inner.name)
                inner.mode = e.mode = "nil"
                inner.type = e.type = UNTYPED_NIL
            else:
                t = self.typ(e)
                if not is_valid(t):
                    continue
                self.not_constraint(e, t)
            for other, at in seen:
                if (t is None and other is None) or (t is not None and other is not None and identical(t, other)):
                    shown = "nil" if t is None else self.text(t)
                    self.error(e, f"duplicate case {shown} in type switch\n\t{self.where(at.pos)}: previous case", "DuplicateCase")
                    break
            else:
                seen.append((t, e))
            if t is not None and x is not None:
                self.type_assertion(e, x, t, True)
        if exprs and len(exprs) == 1 and t is not None and not is_valid(t):
            return INVALID
        return t

    # ---------------------------------------------------------------- select

    def _select(self: Checker, s: ast.SelectStmt) -> None:
        self._clauses(s.cases)
        for c in s.cases:
            valid = c.comm is None
            recv: ast.Expr | None = None
            if type(c.comm) is ast.SendStmt:
                valid = True
            elif type(c.comm) is ast.AssignStmt:
                if len(c.comm.rhs) == 1 and c.comm.op in ("=", ":="):
                    recv = c.comm.rhs[0]
            elif type(c.comm) is ast.ExprStmt:
                recv = c.comm.x
            if recv is not None:
                inner = unparen(recv)
                valid = type(inner) is ast.UnaryExpr and inner.op == "<-"
            if not valid:
                self.error(c.comm if c.comm is not None else c, "select case must be send or receive (possibly with assignment)", "InvalidSelectCase")
                continue
            self.open_scope()
            if c.comm is not None:
                self.stmt(c.comm)
            self.stmt_list(c.body)
            self.close_scope()


_STMTS: dict[type, Callable[[Any, Any], None]] = {
    ast.BadStmt: StmtMixin._nothing,
    ast.EmptyStmt: StmtMixin._nothing,
    ast.ExprStmt: StmtMixin._expr_stmt,
    ast.SendStmt: StmtMixin._send,
    ast.IncDecStmt: StmtMixin._inc_dec,
    ast.AssignStmt: StmtMixin._assign,
    ast.GoStmt: StmtMixin._go,
    ast.DeferStmt: StmtMixin._defer,
    ast.ReturnStmt: StmtMixin._return,
    ast.BranchStmt: StmtMixin._nothing,
    ast.Block: StmtMixin._block,
    ast.IfStmt: StmtMixin._if,
    ast.ForStmt: StmtMixin._for,
    ast.RangeStmt: lambda c, s: c.range_stmt(s),
    ast.LabeledStmt: StmtMixin._labeled,
    ast.DeclStmt: StmtMixin._decl,
    ast.SwitchStmt: StmtMixin._switch,
    ast.TypeSwitchStmt: StmtMixin._type_switch,
    ast.SelectStmt: StmtMixin._select,
}

__all__ = ["StmtMixin", "constants", "default_type"]
