# SPDX-License-Identifier: BSD-3-Clause
"""Range clauses: over arrays, slices, strings, maps, channels, integers and functions (Go spec, "For statements with range clause")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.types.assign import unparen
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Chan,
    Map,
    Pointer,
    Signature,
    Slice,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    INT,
    RUNE,
    all_boolean,
    default_type,
    identical,
    is_integer,
    is_numeric,
    is_string,
    is_untyped,
    unalias,
)
from gotk.compiler.types.typeset import type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class RangeMixin:
    def range_types(self: Checker, t: Type) -> tuple[Type | None, Type | None, str, bool]:
        """(key type, value type, why it cannot be ranged over, whether it is a function) for a range over type `t`."""
        shown, t = t, unalias(t)
        if type(t) is not TypeParam:
            return self._range_under(t, t.underlying(), shown)
        u, why = self.common_under(t)
        if u is None:
            return None, None, why, False
        return self._range_under(t, u, (type_set(t).unders() or [(t, u)])[0][0])

    def _range_under(self: Checker, orig: Type, u: Type, shown: Type) -> tuple[Type | None, Type | None, str, bool]:
        k = type(u)
        if k is Basic:
            if is_string(u):
                return INT, RUNE, "", False
            if is_integer(u):
                return orig, None, "", False
            return None, None, "-", False
        if k is Array or k is Slice:
            return INT, u.elem, "", False  # type: ignore[attr-defined]
        if k is Pointer:
            base = u.elem.underlying()  # type: ignore[attr-defined]
            if type(base) is Array:
                return INT, base.elem, "", False
            return None, None, "-", False
        if k is Map:
            return u.key, u.elem, "", False  # type: ignore[attr-defined]
        if k is Chan:
            if u.dir == "send":  # type: ignore[attr-defined]
                return None, None, f"receive from send-only channel {self.text(shown)}", False
            return u.elem, None, "", False  # type: ignore[attr-defined]
        if k is Signature:
            return self._range_func(u)  # type: ignore[arg-type]
        return None, None, "-", False

    def _range_func(self: Checker, sig: Signature) -> tuple[Type | None, Type | None, str, bool]:
        params = sig.params.vars
        if len(params) != 1:
            return None, None, "func must be func(yield func(...) bool): wrong argument count", False
        if sig.results.vars:
            return None, None, "func must be func(yield func(...) bool): unexpected results", False
        pt = params[0].type
        assert pt is not None
        cb = pt.underlying()
        if type(unalias(pt)) is TypeParam:
            unders = type_set(pt).unders()
            cb = unders[0][1] if unders is not None and all(identical(unders[0][1], u) for _, u in unders) else INVALID
        if type(cb) is not Signature:
            return None, None, "func must be func(yield func(...) bool): argument is not func", False
        if len(cb.params.vars) > 2:
            return None, None, "func must be func(yield func(...) bool): yield func has too many parameters", False
        if len(cb.results.vars) != 1 or not all_boolean(cb.results.vars[0].type):  # type: ignore[arg-type]
            return None, None, "func must be func(yield func(...) bool): yield func does not return bool", False
        if cb.variadic:
            return None, None, f"yield func of type {self.text(cb)} cannot be variadic", False
        vs = cb.params.vars
        return (vs[0].type if vs else None), (vs[1].type if len(vs) > 1 else None), "", True

    def range_stmt(self: Checker, s: ast.RangeStmt) -> None:
        from gotk.compiler.types.checker import FuncNode

        x = self.expr(None, s.x)
        key: Type | None = None
        value: Type | None = None
        is_func = False
        is_int = False
        if x.mode:
            t = x.type
            if x.mode == "nil" or (x.mode == "const" and is_untyped(t) and is_numeric(t) and not is_integer(t)):
                self.error(x, f"cannot range over {self.describe(x)}", "InvalidRangeExpr")
                x.mode = ""
        if x.mode:
            k, v, cause, is_func = self.range_types(x.type)
            is_int = is_integer(x.type) or (type(unalias(x.type)) is TypeParam and k is x.type)
            if cause:
                text = f"cannot range over {self.describe(x)}"
                self.error(x, text if cause == "-" else f"{text}: {cause}", "InvalidRangeExpr")
                x.mode = ""
            else:
                key, value = k, v
                if s.key is not None and key is None:
                    self.error(s.key, f"range over {self.describe(x)} permits no iteration variables", "InvalidIterVar")
                elif s.value is not None and value is None:
                    self.error(s.value, f"range over {self.describe(x)} permits only one iteration variable", "InvalidIterVar")
                elif s.extra is not None:
                    self.error(s.extra, "range clause permits at most two iteration variables", "InvalidIterVar")
        if x.mode and not is_int:
            self.default(x)
        func = self.env.func
        s.captures = []
        if is_func:
            # The body becomes a function: what it uses of its surroundings is captured.
            assert func is not None
            node = FuncNode(s, func, func.name)
            node.locals = func.locals
            self.env.func = node
        self.open_scope()
        self._iteration_vars(s, x, key, value, is_int)
        self.open_scope()
        self.stmt_list(s.body.stmts)
        self.close_scope()
        self.close_scope()
        self.env.func = func

    def _iteration_vars(self: Checker, s: ast.RangeStmt, x: Operand, key: Type | None, value: Type | None, is_int: bool) -> None:
        pairs = [(s.key, key), (s.value, value)]
        if s.op == ":=":
            made: list[tuple[ast.Ident, Var]] = []
            for e, t in pairs:
                if e is None:
                    continue
                if type(e) is not ast.Ident:
                    self.error(e, f"invalid syntax tree: cannot declare {self.expr_text(e)}", "InvalidSyntaxTree")
                    continue
                v = self.new_local(e)
                v.loop_var = True
                if not x.mode or t is None:
                    v.type = INVALID
                    v.used = True
                elif is_int:
                    self.init_var(v, x, "range clause")
                else:
                    v.type = t
                made.append((e, v))
            for e, v in made:
                self.declare(self.env.scope, e, v)
                e.obj = v
                e.is_def = True
                e.type = v.type
                e.mode = "var"
            if not any(e.name != "_" for e, _ in made):
                self.error(s.pos, "no new variables on left side of :=", "NoNewVar")
            return
        for e, t in pairs:
            if e is None:
                continue
            if not x.mode or t is None:
                self.use_lhs(e)
                continue
            if is_int:
                # The variable's type decides what an untyped limit is.
                self.assign_var(e, None, x, "range clause")
                if x.mode and not is_integer(x.type) and type(unalias(x.type)) is not TypeParam:
                    self.error(e, f"cannot use iteration variable of type {self.text(x.type)}", "InvalidRangeExpr")
                continue
            self.assign_var(e, None, Operand("value", t, e), "assignment")
        if is_int and x.mode and s.key is None:
            self.assignment(x, None, "range clause")


__all__ = ["RangeMixin", "default_type", "unparen"]
