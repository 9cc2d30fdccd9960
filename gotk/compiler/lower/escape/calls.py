# SPDX-License-Identifier: BSD-3-Clause
"""Flows through calls: arguments to parameters by the callee's summary, results to where the call's value goes; builtins and conversions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gotk.compiler.lower.escape.graph import DISCARD, Frame, Graph, Hole, Location, shifted
from gotk.compiler.lower.escape.kinds import (
    STRINGS,
    has_pointers,
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
    Func,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
)

#: Largest backing array of make([]T, n) that lives in a frame, in bytes.
_MAX_MAKE = 64 << 10


class CallFlows:
    """Mixin of `FlowBuilder`."""

    graph: Graph
    frame: Frame
    loop: int
    heap: Hole
    summary: Callable[[Func], Summary | None]
    deferred: dict[Frame, Location]
    sites: dict[ast.Node, Location]

    if TYPE_CHECKING:

        def expr(self, hole: Hole, e: ast.Expr) -> None: ...
        def expr_any(self, hole: Hole, e: ast.Expr) -> None: ...
        def discard(self, e: ast.Expr | None) -> None: ...
        def converted(self, hole: Hole, e: ast.Expr, to: Type | None) -> None: ...
        def site(self, hole: Hole, node: ast.Node) -> Hole: ...
        def temporary(self, holes: Sequence[Hole]) -> Hole: ...
        def func_lit(
            self, hole: Hole, e: ast.FuncLit, direct: Sequence[Location] | None = None
        ) -> None: ...

    def call_expr(self, hole: Hole, e: ast.CallExpr) -> None:
        self.call([hole], e)

    def call(self, holes: Sequence[Hole], e: ast.CallExpr) -> None:
        """A call whose results go to `holes`."""
        if e.kind == "conversion":
            self._conversion(holes[0] if holes else DISCARD, e)
        elif e.kind == "builtin" and e.spread:
            # copy(f()): whatever the builtin does with the values, the heap is a safe guess.
            inner = strip(e.args[0])
            assert type(inner) is ast.CallExpr
            sig = under(inner.fun)
            assert type(sig) is Signature
            self.call([self.heap] * len(sig.results.vars), inner)
        elif e.kind == "builtin":
            _BUILTINS.get(e.builtin, CallFlows._builtin_other)(
                self, holes[0] if holes else DISCARD, e
            )
        else:
            self._call(holes, e)

    # ------------------------------------------------------------ calls of functions

    def _call(self, holes: Sequence[Hole], e: ast.CallExpr, keep: Hole | None = None) -> None:
        """`keep`: where the arguments go besides (a deferred call's closure, which holds them)."""
        fun = strip(e.fun)
        sig = under(fun)
        if type(sig) is not Signature:
            for a in e.args:
                self.expr(self.heap, a)
            return
        if type(fun) is ast.FuncLit:
            self._call_literal(holes, e, fun, sig, keep)
            return
        fn, receiver = self._callee(fun)
        summary = self.summary(fn) if fn is not None else None
        into = self._parameters(summary, len(sig.params.vars) + (receiver is not None), holes, keep)
        if receiver is not None:
            self.receiver(into.pop(0), receiver)
        elif fn is None:
            self._callee_value(fun)
        self._arguments(into, e, sig)

    def _callee(self, fun: ast.Expr) -> tuple[Func | None, ast.SelectorExpr | None]:
        """(function called, if it is known; the selector whose operand is the receiver, if it is a method call)."""
        if type(fun) is ast.IndexExpr and fun.indices and type(under(fun.x)) is Signature:
            fun = strip(fun.x)  # explicit instantiation
        if type(fun) is ast.Ident:
            return (fun.obj, None) if type(fun.obj) is Func else (None, None)
        if type(fun) is ast.SelectorExpr:
            selection = fun.selection
            if selection is None:
                obj = fun.sel.obj
                return (obj, None) if type(obj) is Func else (None, None)
            if selection.kind == "method":
                fn = selection.obj
                assert isinstance(fn, Func)
                dynamic = is_type_param(selection.recv) or _is_interface_method(fn)
                return (None if dynamic else fn), fun
        return None, None

    def _callee_value(self, fun: ast.Expr) -> None:
        """The func value that is called: calling does not make it outlive anything."""
        self.discard(fun)

    def receiver(self, hole: Hole, e: ast.SelectorExpr) -> None:
        """The receiver of method selection `e` goes to `hole`: its address taken, or loaded, as the method wants it."""
        selection = e.selection
        assert selection is not None
        fn = selection.obj
        assert isinstance(fn, Func)
        loads = 0
        t: Type = selection.recv
        for index in selection.path:
            u = under_of(t)
            if type(u) is Pointer:
                loads += 1
                u = under_of(u.elem)
            if type(u) is not Struct:
                break
            field = u.fields[index].type
            assert field is not None
            t = field
        through_pointer = type(under_of(t)) is Pointer
        if not _is_interface_method(fn):
            if fn.ptr_recv and not through_pointer:
                loads -= 1
            elif not fn.ptr_recv and through_pointer:
                loads += 1
        if hole[0] is None:
            self.discard(e.x)
        elif loads < 0:
            self.expr_any(shifted(hole, loads), strip(e.x))
        else:
            self.expr(shifted(hole, loads), e.x)

    def _parameters(
        self, summary: Summary | None, count: int, holes: Sequence[Hole], keep: Hole | None
    ) -> list[Hole]:
        """The hole of each parameter."""
        if summary is None or len(summary.leaks) != count:
            return [self.heap] * count
        into: list[Hole] = []
        for leaks in summary.leaks:
            targets: list[Hole] = [] if keep is None else [keep]
            for key, derefs in leaks.items():
                if key < 0:
                    targets.append(shifted(self.heap, derefs))
                elif key < len(holes) and holes[key][0] is not None:
                    targets.append(shifted(holes[key], derefs))
            into.append(self.temporary(targets) if targets else DISCARD)
        return into

    def _arguments(self, into: list[Hole], e: ast.CallExpr, sig: Signature) -> None:
        params = sig.params.vars
        args = e.args
        if e.spread and len(args) == 1:
            inner = strip(args[0])
            holes = into
            if sig.variadic:
                holes = [*into[:-1], *([self.heap] * (len(getattr(args[0].type, "vars", ())) + 1))]
            assert type(inner) is ast.CallExpr
            # Values on their way from results to parameters may be boxed; their boxes are on the heap.
            values = getattr(inner.type, "vars", ())
            adjusted: list[Hole] = []
            for i, var in enumerate(values):
                to = params[min(i, len(params) - 1)].type
                boxed = to is not None and type(under_of(to)) is Interface
                boxed = boxed and type(under_of(var.type)) is not Interface
                adjusted.append(self.heap if boxed else holes[i] if i < len(holes) else self.heap)
            self.call(adjusted, inner)
            return
        if sig.variadic and not e.ellipsis:
            fixed = len(params) - 1
            for hole, arg, param in zip(into, args[:fixed], params, strict=False):
                self.converted(hole, arg, param.type)
            rest = args[fixed:]
            if rest:
                slice_type = params[-1].type
                elem = getattr(under_of(slice_type), "elem", None)
                hole = into[-1]
                if elem is None or len(rest) * rough_size(elem) > _MAX_MAKE:
                    hole = self.heap
                backing = self.site(hole, e)
                for arg in rest:
                    self.converted(backing, arg, elem)
            return
        for hole, arg, param in zip(into, args, params, strict=False):
            self.converted(hole, arg, param.type)

    def _call_literal(
        self,
        holes: Sequence[Hole],
        e: ast.CallExpr,
        fun: ast.FuncLit,
        sig: Signature,
        keep: Hole | None,
    ) -> None:
        """``func(…) {…}(…)``: its results are known to go nowhere else."""
        direct: list[Location] = []
        for i in range(len(sig.results.vars)):
            at = self.graph.new(self.frame, self.loop)
            if i < len(holes):
                self.graph.flow(holes[i], at)
            direct.append(at)
        self.func_lit(DISCARD if keep is None else keep, fun, direct)
        into: list[Hole] = [(self.variable(var), 0) for var in fun.sig.params.vars]  # type: ignore[attr-defined]
        if keep is not None:
            into = [self.temporary([hole, keep]) for hole in into]
        self._arguments(into, e, sig)

    def leak_call(self, e: ast.CallExpr) -> None:
        """A go statement's call: function value and arguments live on in another goroutine."""
        if e.kind != "call":
            for a in e.args:
                self.converted(self.heap, a, None)
            if e.kind == "builtin":
                self.call([], e)
            return
        fun = strip(e.fun)
        sig = under(fun)
        if type(fun) is ast.SelectorExpr and fun.selection is not None and fun.selection.kind == "method":
            self.receiver(self.heap, fun)
        else:
            self.expr(self.heap, fun)
        if type(sig) is Signature:
            self._arguments([self.heap] * len(sig.params.vars), e, sig)

    def deferred_call(self, s: ast.DeferStmt, e: ast.CallExpr) -> None:
        """What a deferred call needs is held until the function ends: longer than an iteration of a loop."""
        holder = self.deferred.get(self.frame)
        if holder is None:
            holder = self.deferred[self.frame] = self.graph.new(self.frame, 1)
        thunk = self.site((holder, 0), s)
        if e.kind == "builtin" or e.kind == "conversion":
            for a in e.args:
                if a.mode != "type":
                    self.expr(thunk, a)
            self.call([], e)
            return
        fun = strip(e.fun)
        if type(fun) is not ast.FuncLit and self._callee(fun) == (None, None):
            self.expr(thunk, fun)
        self._call([], e, thunk)

    # ------------------------------------------------------------ conversions

    def _conversion(self, hole: Hole, e: ast.CallExpr) -> None:
        x = e.args[0]
        to, have = under(e), under(x)
        if e.type is None:
            self.discard(x)
            return
        if _copies_text(to, have):
            self.discard(x)
            self.text(hole, e)
            return
        if hole[0] is None:
            self.discard(x)
            return
        if type(to) is Interface and not is_type_param(e.type):
            self.converted(hole, x, e.type)
            return
        if is_type_param(e.type) or (x.type is not None and is_type_param(x.type)):
            self.expr(self.heap, x)
            return
        if type(have) is Basic and have.kind == "unsafe.Pointer" and type(to) is Basic and to.kind != have.kind:
            self.expr(self.heap, x)  # a number from a pointer is out of sight
            return
        if type(to) is Basic or type(have) is Basic:
            if type(to) is Slice or type(have) is Slice:
                self.discard(x)  # between strings and runes: a copy
            else:
                self.expr(hole, x)
            return
        if type(have) is Slice and type(to) is Array:
            self.expr(shifted(hole, 1), x)
            return
        self.expr(hole, x)

    def text(self, hole: Hole, e: ast.Expr) -> None:
        """Fresh memory for the bytes of a string or []byte, whose address goes to `hole`: if it stays in the frame, short ones live there."""
        self.site(self.temporary([]) if hole[0] is None else hole, e)

    # ------------------------------------------------------------ builtins

    def _builtin_other(self, hole: Hole, e: ast.CallExpr) -> None:
        for a in e.args:
            if a.mode != "type":
                self.discard(a)

    def _append(self, hole: Hole, e: ast.CallExpr) -> None:
        if not e.args:
            return
        first, rest = e.args[0], e.args[1:]
        u = under(first)
        elem = getattr(u, "elem", None)
        pointers = elem is None or has_pointers(elem)
        if pointers:
            # The elements may be copied to a new array on the heap.
            targets = [shifted(self.heap, 1)]
            if hole[0] is not None:
                targets.append(hole)
            self.expr(self.temporary(targets), first)
        else:
            self.expr(hole, first)
        if e.ellipsis:
            for a in rest:
                self.expr(shifted(self.heap, 1) if pointers else DISCARD, a)
        else:
            for a in rest:
                self.converted(self.heap if pointers else DISCARD, a, elem)

    def _copy(self, hole: Hole, e: ast.CallExpr) -> None:
        self.discard(e.args[0])
        elem = getattr(under(e.args[0]), "elem", None)
        pointers = elem is None or has_pointers(elem)
        self.expr(shifted(self.heap, 1) if pointers else DISCARD, e.args[1])

    def _new(self, hole: Hole, e: ast.CallExpr) -> None:
        u = under(e)
        elem = u.elem if type(u) is Pointer else None
        if elem is None or rough_size(elem) > _MAX_MAKE:
            hole = self.heap
        if hole[0] is None:
            hole = self.temporary([])
        inside = self.site(hole, e)
        if e.args and e.args[0].mode != "type":
            self.converted(inside, e.args[0], elem)

    def _make(self, hole: Hole, e: ast.CallExpr) -> None:
        for a in e.args[1:]:
            self.discard(a)
        u = under(e)
        if type(u) is not Slice:
            return
        size = e.args[-1].const if len(e.args) > 1 else None
        if type(size) is not int or any(type(a.const) is not int for a in e.args[1:]):
            return
        if hole[0] is None:
            hole = self.temporary([])
        if size * max(1, rough_size(u.elem)) > _MAX_MAKE:
            return
        self.site(hole, e)

    def _delete(self, hole: Hole, e: ast.CallExpr) -> None:
        u = under(e.args[0])
        self.discard(e.args[0])
        self.converted(DISCARD, e.args[1], u.key if type(u) is Map else None)

    def _panic(self, hole: Hole, e: ast.CallExpr) -> None:
        self._to_interface(self.heap, e.args[0])

    def _to_interface(self, hole: Hole, e: ast.Expr) -> None:
        from gotk.compiler.types.universe import ANY

        self.converted(hole, e, ANY)

    def _through(self, hole: Hole, e: ast.CallExpr) -> None:
        """The result is (part of) an argument."""
        for a in e.args:
            self.expr(hole, a)


def _copies_text(to: Type, have: Type) -> bool:
    """Whether this is a conversion between string and []byte."""
    if type(have) is Slice:
        to, have = have, to
    if type(to) is not Slice or type(have) is not Basic or have.kind not in STRINGS:
        return False
    elem = under_of(to.elem)
    return type(elem) is Basic and elem.kind == "uint8"


def _is_interface_method(fn: Func) -> bool:
    sig = fn.type
    if not isinstance(sig, Signature) or sig.recv is None or sig.recv.type is None:
        return fn.decl is None and not fn.ptr_recv and isinstance(sig, Signature) and sig.recv is None
    return type(sig.recv.type.underlying()) is Interface


_BUILTINS: dict[str, Callable[[Any, Hole, ast.CallExpr], None]] = {
    "append": CallFlows._append,
    "copy": CallFlows._copy,
    "new": CallFlows._new,
    "make": CallFlows._make,
    "delete": CallFlows._delete,
    "panic": CallFlows._panic,
    "min": CallFlows._through,
    "max": CallFlows._through,
    "unsafe.Add": CallFlows._through,
    "unsafe.Slice": CallFlows._through,
    "unsafe.SliceData": CallFlows._through,
    "unsafe.String": CallFlows._through,
    "unsafe.StringData": CallFlows._through,
}


