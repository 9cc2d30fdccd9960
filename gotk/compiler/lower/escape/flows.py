# SPDX-License-Identifier: BSD-3-Clause
"""Builds the graph of one function by walking its syntax: where the value of each expression goes.

`expr(hole, e)` lets the value of `e` flow to `hole` and accounts for everything inside `e`. What is not understood flows to the heap.
Expressions without pointers in their type are only walked for what is inside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gotk.compiler.lower.escape.calls import CallFlows
from gotk.compiler.lower.escape.graph import DISCARD, Frame, Graph, Hole, Location, shifted
from gotk.compiler.lower.escape.kinds import (
    STRINGS,
    has_pointers,
    is_direct,
    is_type_param,
    rough_size,
    strip,
    under,
    under_of,
)
from gotk.compiler.lower.escape.summary import Summary
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
    Var,
)

#: Arrays made by slice literals and make live in a frame up to this size in bytes, variables and other objects up to `MAX_OBJECT`:
#: what is larger costs more to zero and to find stack for than the allocator takes.
MAX_ARRAY = 64 << 10
MAX_OBJECT = 128 << 10


class _GiveUp(Exception):
    """The function has a construct (goto) for which scopes do not tell what runs more than once."""


class FlowBuilder(CallFlows):
    """Graph of one function declaration. After `build`: `graph`, `variables`, `sites`, `boxes`, `params`."""

    def __init__(self, decl: ast.FuncDecl, summary: Callable[[Func], Summary | None]) -> None:
        self.decl = decl
        self.summary = summary
        self.graph = Graph()
        self.frame: Frame = self.graph.top
        self.loop = 1
        self.variables: dict[Var, Location] = {}
        self.sites: dict[ast.Node, Location] = {}
        self.boxes: dict[ast.Expr, Location] = {}
        self.params: list[Location] = []
        #: of the function being walked, with their types
        self.results: list[tuple[Location, Type | None]] = []
        self.heap = self.graph.to_heap
        #: what deferred calls hold until the function ends, by frame
        self.deferred: dict[Frame, Location] = {}

    def build(self) -> bool:
        """False if the function cannot be analysed."""
        fn = self.decl.obj
        assert fn is not None
        sig = fn.type
        assert isinstance(sig, Signature)
        params = ([sig.recv] if sig.recv is not None else []) + sig.params.vars
        for i, var in enumerate(params):
            at = self.variable(var)
            at.param = i
            self.params.append(at)
        for i, var in enumerate(sig.results.vars):
            at = self.variable(var)
            at.result = i
            self.results.append((at, var.type))
        assert self.decl.body is not None
        try:
            self.block(self.decl.body.stmts)
        except _GiveUp:
            return False
        return True

    # ------------------------------------------------------------ locations

    def variable(self, var: Var) -> Location:
        at = self.variables.get(var)
        if at is None:
            at = self.variables[var] = self.graph.new(self.frame, self.loop)
            if var.type is not None and too_large(var.type, MAX_OBJECT):
                at.escapes = True
        return at

    def site(self, hole: Hole, node: ast.Node, table: dict[Any, Location] | None = None) -> Hole:
        """An allocation by `node` whose address goes to `hole`; returns the hole for what is stored in it."""
        if table is None:
            table = self.sites
        at = table.get(node)
        if at is None:
            at = table[node] = self.graph.new(self.frame, self.loop)
        self.graph.flow(shifted(hole, -1), at)
        return (at, 0)

    def temporary(self, holes: Sequence[Hole]) -> Hole:
        """One hole that leads to several."""
        if len(holes) == 1:
            return holes[0]
        at = self.graph.new(self.frame, self.loop)
        for hole in holes:
            self.graph.flow(hole, at)
        return (at, 0)

    def is_global(self, var: Var) -> bool:
        return var not in self.variables and var.pkg is not None and var.pkg.scope.names.get(var.name) is var

    # ------------------------------------------------------------ expressions

    def expr(self, hole: Hole, e: ast.Expr) -> None:
        if e.const is not None:
            return
        if hole[0] is not None and hole[1] >= 0 and e.type is not None and not has_pointers(e.type):
            hole = DISCARD
        handler = _EXPR.get(type(e))
        if handler is not None:
            handler(self, hole, e)

    def discard(self, e: ast.Expr | None) -> None:
        if e is not None:
            self.expr(DISCARD, e)

    def converted(self, hole: Hole, e: ast.Expr, to: Type | None) -> None:
        """`e` assigned to something of type `to`: it may be boxed into an interface."""
        if to is None or e.type is None or e.mode == "nil":
            self.expr(hole, e)
            return
        if type(under_of(to)) is Interface and not is_type_param(to):
            if e.const is not None:
                return  # constants are boxed in static data
            if is_type_param(e.type):
                self.expr(self.heap, e)
                return
            if type(under(e)) is not Interface and not is_direct(e.type):
                if too_large(e.type, MAX_OBJECT):
                    hole = self.heap
                self.expr(self.site(hole, e, self.boxes), e)
                return
        self.expr(hole, e)

    def _ident(self, hole: Hole, e: ast.Ident) -> None:
        var = e.obj
        if type(var) is not Var or hole[0] is None:
            return
        if self.is_global(var):
            return  # whatever it holds is on the heap already
        self.graph.flow(hole, self.variable(var))

    def _paren(self, hole: Hole, e: ast.ParenExpr) -> None:
        self.expr(hole, e.x)

    def _selector(self, hole: Hole, e: ast.SelectorExpr) -> None:
        selection = e.selection
        if selection is None:
            return  # qualified identifier: a package's object
        if selection.kind == "method_expr":
            return
        if selection.kind == "method":
            # A bound method may do with its receiver what it likes, whenever it is called.
            self.receiver(self.heap, e)
            self.site(hole, e)
            return
        steps = _loads(selection.recv, selection.path[:-1])
        self.expr(shifted(hole, steps) if hole[0] is not None else DISCARD, e.x)

    def _index(self, hole: Hole, e: ast.IndexExpr) -> None:
        if e.mode == "type" or type(under(e.x)) is Signature:
            return
        u = under(e.x)
        kind = type(u)
        for index in e.indices:
            if kind is Map:
                self.converted(DISCARD, index, u.key)  # type: ignore[attr-defined]
            else:
                self.discard(index)
        if kind is Array:
            self.expr(hole, e.x)
        elif (kind is Pointer or kind is Slice) and hole[0] is not None:
            self.expr(shifted(hole, 1), e.x)
        elif kind is Map or kind is Basic or hole[0] is None:
            self.discard(e.x)
        else:
            self.expr(self.heap, e.x)

    def _slice(self, hole: Hole, e: ast.SliceExpr) -> None:
        for part in (e.lo, e.hi, e.max):
            self.discard(part)
        if type(under(e.x)) is Array and hole[0] is not None:
            self.expr(shifted(hole, -1), e.x)
        else:
            self.expr(hole, e.x)

    def _star(self, hole: Hole, e: ast.StarExpr) -> None:
        self.expr(shifted(hole, 1) if hole[0] is not None else DISCARD, e.x)

    def _assert(self, hole: Hole, e: ast.TypeAssertExpr) -> None:
        self.asserted(hole, e.x, first_type(e.type))

    def asserted(self, hole: Hole, x: ast.Expr, to: Type | None) -> None:
        """The value of interface `x` as a `to`."""
        if hole[0] is None or to is None:
            self.expr(hole, x)
        elif is_type_param(to):
            self.expr(hole, x)
            self.expr(shifted(hole, 1), x)
        elif type(under_of(to)) is Interface or is_direct(to):
            self.expr(hole, x)
        else:
            self.expr(shifted(hole, 1), x)

    def _unary(self, hole: Hole, e: ast.UnaryExpr) -> None:
        if e.op != "&":
            self.discard(e.x)
            return
        x = strip(e.x)
        if type(x) is ast.CompositeLit:
            if hole[0] is None:
                hole = self.temporary([])
            if x.type is not None and too_large(x.type, MAX_OBJECT):
                hole = self.heap
            self.expr(self.site(hole, e), x)
        else:
            self.address(hole, x)

    def address(self, hole: Hole, x: ast.Expr) -> None:
        """The address of the variable, field or element `x` goes to `hole`."""
        if hole[0] is None:
            self.discard(x)
            return
        self.expr_any(shifted(hole, -1), x)

    def expr_any(self, hole: Hole, e: ast.Expr) -> None:
        """`expr` for an address: a type without pointers does not matter then."""
        handler = _EXPR.get(type(e))
        if handler is not None:
            handler(self, hole, e)

    def _binary(self, hole: Hole, e: ast.BinaryExpr) -> None:
        # Comparisons, arithmetic, and concatenation, whose result is new.
        if e.op in ("==", "!=") and e.x.type is not None and e.y.type is not None:
            self.converted(DISCARD, e.x, e.y.type)
            self.converted(DISCARD, e.y, e.x.type)
            return
        self.discard(e.x)
        self.discard(e.y)
        u = under(e)
        if e.op == "+" and type(u) is Basic and u.kind in STRINGS:
            self.text(hole, e)

    def _composite(self, hole: Hole, e: ast.CompositeLit) -> None:
        u = under(e)
        kind = type(u)
        if kind is Pointer:  # an elided &T
            elem = u.elem  # type: ignore[attr-defined]
            if too_large(elem, MAX_OBJECT):
                hole = self.heap
            self._elements(self.site(hole, e), e, elem)
        elif kind is Slice:
            elem = u.elem  # type: ignore[attr-defined]
            if too_large(Array(elem, max(1, literal_length(e))), MAX_ARRAY):
                hole = self.heap
            self._elements(self.site(hole, e), e, e.type)
        else:
            self._elements(hole, e, e.type)

    def _elements(self, hole: Hole, e: ast.CompositeLit, t: Type | None) -> None:
        u = under_of(t)
        kind = type(u)
        if kind is Struct:
            for i, elt in enumerate(e.elts):
                if type(elt) is ast.KeyValueExpr:
                    key = elt.key
                    field = key.obj if type(key) is ast.Ident else None
                    to = field.type if type(field) is Var else None
                    self.converted(hole, elt.value, to or elt.value.type)
                else:
                    self.converted(hole, elt, u.fields[i].type)  # type: ignore[attr-defined]
            return
        if kind is Map:
            for elt in e.elts:
                assert type(elt) is ast.KeyValueExpr
                self.converted(self.heap, elt.key, u.key)  # type: ignore[attr-defined]
                self.converted(self.heap, elt.value, u.elem)  # type: ignore[attr-defined]
            return
        elem = getattr(u, "elem", None)
        if elem is None:
            hole = self.heap
        for elt in e.elts:
            value = elt.value if type(elt) is ast.KeyValueExpr else elt
            self.converted(hole, value, elem)

    def _func_lit(self, hole: Hole, e: ast.FuncLit) -> None:
        self.func_lit(hole, e)

    def func_lit(self, hole: Hole, e: ast.FuncLit, direct: Sequence[Location] | None = None) -> None:
        """A closure goes to `hole`. `direct`: results of a literal that is called on the spot."""
        closure = self.site(hole, e)
        for var in e.captures:
            if self.is_global(var):
                continue
            by_reference = var.reassigned or var.addr_taken or var.is_result
            self.graph.flow(shifted(closure, -1) if by_reference else closure, self.variable(var))
        sig = e.sig
        frame, loop, results = self.frame, self.loop, self.results
        self.frame, self.loop = Frame(frame), 1
        inner: list[tuple[Location, Type | None]] = []
        if isinstance(sig, Signature):
            for var in sig.params.vars:
                self.variable(var)
            for i, var in enumerate(sig.results.vars):
                at = self.variable(var)
                if direct is not None:
                    self.graph.flow((direct[i], 0), at)
                else:
                    # Whoever calls it may keep what it returns.
                    self.graph.flow(self.heap, at)
                inner.append((at, var.type))
        self.results = inner
        self.block(e.body.stmts)
        self.frame, self.loop, self.results = frame, loop, results

    # ------------------------------------------------------------ assignment

    def target(self, e: ast.Expr) -> Hole:
        """The hole of what is assigned to; walks what is inside."""
        e = strip(e)
        kind = type(e)
        if kind is ast.Ident:
            var = e.obj  # type: ignore[attr-defined]
            if e.name == "_" or type(var) is not Var:  # type: ignore[attr-defined]
                return DISCARD
            return self.heap if self.is_global(var) else (self.variable(var), 0)
        if kind is ast.SelectorExpr:
            selection = e.selection  # type: ignore[attr-defined]
            if selection is None:
                return self.heap
            if _loads(selection.recv, selection.path[:-1]) == 0:
                return self.target(e.x)  # type: ignore[attr-defined]
            self.discard(e.x)  # type: ignore[attr-defined]
            return self.heap
        if kind is ast.IndexExpr:
            u = under(e.x)  # type: ignore[attr-defined]
            if type(u) is Map:
                self.converted(self.heap, e.indices[0], u.key)  # type: ignore[attr-defined]
                self.discard(e.x)  # type: ignore[attr-defined]
                return self.heap
            self.discard(e.indices[0])  # type: ignore[attr-defined]
            if type(u) is Array:
                return self.target(e.x)  # type: ignore[attr-defined]
            self.discard(e.x)  # type: ignore[attr-defined]
            return self.heap
        self.discard(e)
        return self.heap

    def assign(self, lhs: Sequence[ast.Expr], rhs: Sequence[ast.Expr]) -> None:
        if len(lhs) == len(rhs):
            for left, right in zip(lhs, rhs, strict=True):
                self.converted(self.target(left), right, left.type or right.type)
            return
        self.multi([self.target(left) for left in lhs], rhs[0], [left.type for left in lhs])

    def multi(self, holes: list[Hole], e: ast.Expr, types: Sequence[Type | None]) -> None:
        """A multi-valued expression: a call, or a comma-ok form (whose second value is a bool)."""
        e = strip(e)
        if type(e) is ast.CallExpr:
            self.call(self.boxing(holes, e, types), e)
        else:
            self.expr(holes[0], e)

    def boxing(self, holes: list[Hole], e: ast.Expr, types: Sequence[Type | None]) -> list[Hole]:
        """Results of a call that are converted to interfaces on the way: their boxes are on the heap."""
        values = getattr(e.type, "vars", None)
        if values is None:
            return holes
        out: list[Hole] = []
        for hole, var, to in zip(holes, values, types, strict=False):
            boxed = (
                to is not None
                and var.type is not None
                and type(under_of(to)) is Interface
                and type(under_of(var.type)) is not Interface
            )
            out.append(self.heap if boxed and not is_direct(var.type) else hole)
        return out

    # ------------------------------------------------------------ statements

    def block(self, stmts: Sequence[ast.Stmt]) -> None:
        for s in stmts:
            self.stmt(s)

    def stmt(self, s: ast.Stmt | None) -> None:
        if s is None:
            return
        handler = _STMT.get(type(s))
        if handler is not None:
            handler(self, s)

    def _expr_stmt(self, s: ast.ExprStmt) -> None:
        self.discard(s.x)

    def _send(self, s: ast.SendStmt) -> None:
        self.discard(s.chan)
        u = under(s.chan)
        self.converted(self.heap, s.value, u.elem if type(u) is Chan else s.value.type)

    def _inc_dec(self, s: ast.IncDecStmt) -> None:
        self.target(s.x)  # a map keeps the key

    def _assign(self, s: ast.AssignStmt) -> None:
        if s.op in ("=", ":="):
            self.assign(s.lhs, s.rhs)
        else:
            self.target(s.lhs[0])
            self.discard(s.rhs[0])

    def _decl(self, s: ast.DeclStmt) -> None:
        if type(s.decl) is not ast.GenDecl or s.decl.tok != "var":
            return
        for spec in s.decl.specs:
            assert type(spec) is ast.VarSpec
            for name in spec.names:
                if type(name.obj) is Var and name.name != "_":
                    self.variable(name.obj)
            if spec.values:
                self.assign(spec.names, spec.values)

    def _go(self, s: ast.GoStmt) -> None:
        call = strip(s.call)
        if type(call) is ast.CallExpr:
            self.leak_call(call)

    def _defer(self, s: ast.DeferStmt) -> None:
        call = strip(s.call)
        if type(call) is ast.CallExpr:
            self.deferred_call(s, call)

    def _return(self, s: ast.ReturnStmt) -> None:
        holes: list[Hole] = [(at, 0) for at, _ in self.results]
        types = [t for _, t in self.results]
        if len(s.results) == len(holes):
            for hole, e, to in zip(holes, s.results, types, strict=True):
                self.converted(hole, e, to)
        elif s.results:
            self.multi(holes, s.results[0], types)

    def _branch(self, s: ast.BranchStmt) -> None:
        if s.tok == "goto":
            raise _GiveUp

    def _block(self, s: ast.Block) -> None:
        self.block(s.stmts)

    def _if(self, s: ast.IfStmt) -> None:
        self.stmt(s.init)
        self.discard(s.cond)
        self.block(s.then.stmts)
        self.stmt(s.els)

    def _switch(self, s: ast.SwitchStmt) -> None:
        self.stmt(s.init)
        self.discard(s.tag)
        for clause in s.cases:
            for e in clause.exprs or ():
                if s.tag is not None:
                    self.converted(DISCARD, e, s.tag.type)
                    self.converted(DISCARD, s.tag, e.type)
                else:
                    self.discard(e)
            self.block(clause.body)

    def _type_switch(self, s: ast.TypeSwitchStmt) -> None:
        self.stmt(s.init)
        holes: list[Hole] = []
        for clause in s.cases:
            if clause.var is None:
                continue
            hole: Hole = (self.variable(clause.var), 0)
            t = clause.var.type
            if t is None or not has_pointers(t):
                continue
            if is_type_param(t):
                holes += [hole, shifted(hole, 1)]
            elif type(under_of(t)) is Interface or is_direct(t):
                holes.append(hole)
            else:
                holes.append(shifted(hole, 1))
        if holes:
            self.expr(self.temporary(holes), s.x)
        else:
            self.discard(s.x)
        for clause in s.cases:
            self.block(clause.body)

    def _select(self, s: ast.SelectStmt) -> None:
        for clause in s.cases:
            self.stmt(clause.comm)
            self.block(clause.body)

    def _for(self, s: ast.ForStmt) -> None:
        # Each iteration has its own copies of the loop's variables, with the values of the iteration before.
        self.loop += 1
        self.stmt(s.init)
        if type(s.init) is ast.AssignStmt and s.init.op == ":=":
            for e in s.init.lhs:
                if type(e) is ast.Ident and type(e.obj) is Var and e.name != "_":
                    self.variable(e.obj).holds = self.loop - 1
        self.discard(s.cond)
        self.stmt(s.post)
        self.block(s.body.stmts)
        self.loop -= 1

    def _range(self, s: ast.RangeStmt) -> None:
        u = under(s.x)
        kind = type(u)
        if kind is Signature:
            self._range_func(s)
            return
        inner: Hole = DISCARD
        if kind is Slice or kind is Array or (kind is Pointer and type(under_of(u.elem)) is Array):  # type: ignore[attr-defined]
            middle = self.graph.new(self.frame, self.loop)
            inner = (middle, 0) if kind is Array else (middle, 1)
            self.loop += 1
            if s.value is not None:
                self.graph.flow(self._range_target(s.value, getattr(under_of(u.elem), "elem", u.elem) if kind is Pointer else u.elem), middle)  # type: ignore[arg-type, attr-defined]
            if s.key is not None:
                self.target(s.key)
            self.loop -= 1
            self.expr(inner, s.x)
        else:
            self.loop += 1
            for e in (s.key, s.value):
                if e is not None:
                    self.target(e)
            self.loop -= 1
            self.discard(s.x)
        self.loop += 1
        self.block(s.body.stmts)
        self.loop -= 1

    def _range_target(self, e: ast.Expr, elem: Type) -> Hole:
        hole = self.target(e)
        boxed = e.type is not None and type(under_of(e.type)) is Interface and type(under_of(elem)) is not Interface
        return self.heap if boxed else hole

    def _range_func(self, s: ast.RangeStmt) -> None:
        """The body is a closure that the iterator may keep."""
        self.discard(s.x)
        for var in s.captures:
            if not self.is_global(var):
                self.graph.flow(shifted(self.heap, -1), self.variable(var))
        self.loop += 1
        for e in (s.key, s.value):
            if e is not None:
                self.target(e)
        self.block(s.body.stmts)
        self.loop -= 1

    def _labeled(self, s: ast.LabeledStmt) -> None:
        self.stmt(s.stmt)


def _loads(t: Type, path: Sequence[int]) -> int:
    """Pointers followed on the way from a value of type `t` through embedded fields to the struct that has the field."""
    count = 0
    for index in [*path, None]:
        u = under_of(t)
        if type(u) is Pointer:
            count += 1
            u = under_of(u.elem)
        if index is None:
            return count
        if type(u) is not Struct:
            return count
        field = u.fields[index].type
        assert field is not None
        t = field
    return count


def first_type(t: Type | None) -> Type | None:
    """The type of the first value of a tuple."""
    values = getattr(t, "vars", None)
    return values[0].type if values else t


def literal_length(e: ast.CompositeLit) -> int:
    """Length of the array that a slice literal makes."""
    at = size = 0
    for elt in e.elts:
        if type(elt) is ast.KeyValueExpr and type(elt.key.const) is int:
            at = elt.key.const
        at += 1
        size = max(size, at)
    return size


def too_large(t: Type, limit: int) -> bool:
    """Whether a value takes more than `limit` bytes, as far as that is known."""
    u = under_of(t)
    if type(u) is not Array and type(u) is not Struct:
        return False
    return rough_size(t) > limit



_EXPR: dict[type, Callable[[FlowBuilder, Hole, Any], None]] = {
    ast.Ident: FlowBuilder._ident,
    ast.ParenExpr: FlowBuilder._paren,
    ast.SelectorExpr: FlowBuilder._selector,
    ast.IndexExpr: FlowBuilder._index,
    ast.SliceExpr: FlowBuilder._slice,
    ast.StarExpr: FlowBuilder._star,
    ast.TypeAssertExpr: FlowBuilder._assert,
    ast.UnaryExpr: FlowBuilder._unary,
    ast.BinaryExpr: FlowBuilder._binary,
    ast.CompositeLit: FlowBuilder._composite,
    ast.FuncLit: FlowBuilder._func_lit,
    ast.CallExpr: CallFlows.call_expr,
}

_STMT: dict[type, Callable[[FlowBuilder, Any], None]] = {
    ast.ExprStmt: FlowBuilder._expr_stmt,
    ast.SendStmt: FlowBuilder._send,
    ast.IncDecStmt: FlowBuilder._inc_dec,
    ast.AssignStmt: FlowBuilder._assign,
    ast.DeclStmt: FlowBuilder._decl,
    ast.GoStmt: FlowBuilder._go,
    ast.DeferStmt: FlowBuilder._defer,
    ast.ReturnStmt: FlowBuilder._return,
    ast.BranchStmt: FlowBuilder._branch,
    ast.Block: FlowBuilder._block,
    ast.IfStmt: FlowBuilder._if,
    ast.SwitchStmt: FlowBuilder._switch,
    ast.TypeSwitchStmt: FlowBuilder._type_switch,
    ast.SelectStmt: FlowBuilder._select,
    ast.ForStmt: FlowBuilder._for,
    ast.RangeStmt: FlowBuilder._range,
    ast.LabeledStmt: FlowBuilder._labeled,
}
