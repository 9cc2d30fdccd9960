# SPDX-License-Identifier: BSD-3-Clause
"""Assignability, assignments, and initialisation of variables and constants (Go spec, "Assignability", "Assignment statements")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    INVALID,
    Chan,
    Const,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Tuple,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    UNTYPED_BOOL,
    UNTYPED_NIL,
    default_type,
    has_nil,
    identical,
    is_non_type_param_interface,
    is_numeric,
    is_untyped,
    is_valid,
    unalias,
)
from gotk.compiler.types.typeset import type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


def nth(n: int, what: str) -> str:
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix} {what}"


def count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def has_name(t: Type) -> bool:
    """A predeclared, defined, or parameter type."""
    k = type(unalias(t))
    return k is Named or k is TypeParam or k.__name__ == "Basic"


class AssignMixin:
    # ---------------------------------------------------------------- assignability

    def assignable(self: Checker, x: Operand, t: Type) -> tuple[bool, str]:
        """(whether `x` may be assigned to a variable of type `t`, else a reason or "")."""
        v = x.type
        if not x.mode or v is INVALID or t is INVALID:
            return True, ""
        if v is t or identical(v, t):
            return True, ""
        vo, to = unalias(v), unalias(t)
        vu, tu = vo.underlying(), to.underlying()
        vp = vo if type(vo) is TypeParam else None
        tp = to if type(to) is TypeParam else None
        if is_untyped(vo):
            if tp is not None:
                unders = type_set(tp).unders()
                return unders is not None and all(self.implicit_type(x, u)[0] is not None for _, u in unders), ""
            new, _, _ = self.implicit_type(x, t)
            return new is not None, ""
        # Identical underlying types, and at least one of the two is not a named type.
        if vp is None and tp is None and not (has_name(vo) and has_name(to)) and identical(vu, tu):
            return True, ""
        if (type(tu) is Interface and tp is None) or (type(tu) is Pointer and type(tu.elem.underlying()) is Interface):
            # Of a pointer to an interface this gives the reason.
            why = self.implements(v, t)
            if why is None:
                return True, ""
            if vp is None or has_name(to):
                return False, why
        elif type(vu) is Interface and vp is None and self.implements(t, v) is None:
            return False, "need type assertion"
        if type(vu) is Chan and vu.dir == "both" and type(tu) is Chan and identical(vu.elem, tu.elem):
            return not has_name(vo) or not has_name(to), ""
        if vp is None and tp is None:
            return False, ""
        # Type parameters: assignable if it is so for each type of the type set.
        if tp is not None and not has_name(vo):
            unders = type_set(tp).unders()
            if unders is None:
                return False, ""
            for term, _ in unders:
                ok, why = self.assignable(x, term)
                if not ok:
                    return False, f"cannot assign {self.text(v)} to {self.text(term)} (in {self.text(t)})"
            return True, ""
        if vp is not None and not has_name(to):
            unders = type_set(vp).unders()
            if unders is None:
                return False, ""
            y = x.copy()
            for term, _ in unders:
                y.type = term
                ok, why = self.assignable(y, t)
                if not ok:
                    return False, f"cannot assign {self.text(term)} (in {self.text(v)}) to {self.text(t)}"
            return True, ""
        return False, ""

    def assignment(self: Checker, x: Operand, t: Type | None, context: str) -> None:
        """Check that `x` can be assigned to a variable of type `t` (None: the blank identifier) and convert it if untyped."""
        self.single_value(x)
        if not x.mode:
            return
        if x.mode not in ("const", "var", "mapindex", "value", "nil", "commaok"):
            self.error(x, f"cannot assign {self.describe(x)} to {self.text(t)} in {context}", "IncompatibleAssign")
            x.mode = ""
            return
        if is_untyped(x.type):
            target = t
            if x.mode == "nil":
                if t is None:
                    self.error(x, f"use of untyped nil in {context}", "UntypedNilUse")
                    x.mode = ""
                    return
                if is_valid(t) and not has_nil(t):
                    self.error(x, f"cannot use {self.describe(x)} as {self.text(t)} value in {context}", "IncompatibleAssign")
                    x.mode = ""
                    return
                self.update_type(x.expr, t, True)
                return
            if t is None or is_non_type_param_interface(t):
                if t is None and x.type is UNTYPED_NIL:
                    self.error(x, f"use of untyped nil in {context}", "UntypedNilUse")
                    x.mode = ""
                    return
                target = default_type(x.type)
            assert target is not None
            new, value, code = self.implicit_type(x, target)
            if code:
                message = f"cannot use {self.describe(x)} as {self.text(target)} value in {context}"
                if code == "TruncatedFloat":
                    message += " (truncated)"
                elif code == "NumericOverflow":
                    message += " (overflows)"
                else:
                    code = "IncompatibleAssign"
                self.error(x, message, code)
                x.mode = ""
                return
            if value is not None:
                x.val = value
                x.expr.const = value
            if new is not x.type and new is not None:
                x.type = new
                self.update_type(x.expr, new, False)
        st = x.type
        if type(st) is Signature and st.tparams:
            self.error(x, f"cannot use generic function {self.expr_text(x.expr)} without instantiation in {context}", "WrongTypeArgCount")
            x.mode = ""
            return
        if t is None:
            return
        if st is t:
            return
        ok, cause = self.assignable(x, t)
        if not ok:
            if cause:
                self.error(x, f"cannot use {self.describe(x)} as {self.text(t)} value in {context}: {cause}", "IncompatibleAssign")
            else:
                self.error(x, f"cannot use {self.describe(x)} as {self.text(t)} value in {context}", "IncompatibleAssign")
            x.mode = ""

    # ---------------------------------------------------------------- initialisation

    def init_const(self: Checker, lhs: Const, x: Operand) -> None:
        if not x.mode or not is_valid(x.type) or lhs.type is INVALID:
            if lhs.type is None:
                lhs.type = INVALID
            return
        if x.mode != "const":
            self.error(x, f"{self.describe(x)} is not constant", "InvalidConstInit")
            if lhs.type is None:
                lhs.type = INVALID
            return
        if lhs.type is None:
            lhs.type = x.type
        self.assignment(x, lhs.type, "constant declaration")
        if x.mode:
            lhs.value = x.val

    def init_var(self: Checker, lhs: Var, x: Operand, context: str) -> None:
        if not x.mode or not is_valid(x.type) or lhs.type is INVALID:
            if lhs.type is None:
                lhs.type = INVALID
            x.mode = ""
            return
        if lhs.type is None:
            t = x.type
            if is_untyped(t):
                if t is UNTYPED_NIL:
                    self.error(x, f"use of untyped nil in {context}", "UntypedNilUse")
                    lhs.type = INVALID
                    x.mode = ""
                    return
                t = default_type(t)
            lhs.type = t
        self.assignment(x, lhs.type, context)

    def init_vars(self: Checker, lhs: Sequence[Var], rhs: Sequence[ast.Expr], ret: ast.ReturnStmt | None, context: str = "") -> None:
        """Initialise variables (or result parameters, for a return statement) from expressions."""
        n, r = len(lhs), len(rhs)
        if not context:
            context = "return statement" if ret is not None else ("multiple assignment" if n > 1 else "assignment")
        is_call = r == 1 and type(unparen(rhs[0])) is ast.CallExpr
        if n == r and not is_call:
            for v, e in zip(lhs, rhs, strict=True):
                self.target_name = v.name or "result variable"
                x = self.expr(v.type, e)
                self.init_var(v, x, context)
            return
        if r != 1:
            before = len(self.diagnostics)
            xs = [self.generic_expr(e) if ret is not None else self.raw_expr(None, e, True) for e in rhs]
            if len(self.diagnostics) == before and all(x.mode for x in xs):
                if ret is not None:
                    self.return_error(ret, lhs, xs)
                else:
                    self.assign_error(rhs, n, r)
            for v in lhs:
                if v.type is None:
                    v.type = INVALID
            return
        xs, comma_ok = self.multi_values(rhs[0], n == 2 and ret is None, lhs[0].type if n == 1 else None)
        if len(xs) == n:
            for v, x in zip(lhs, xs, strict=True):
                self.init_var(v, x, context)
            if comma_ok and xs[0].mode and xs[1].mode:
                self.record_comma_ok(rhs[0])
            return
        if xs[0].mode:
            if ret is not None:
                self.return_error(ret, lhs, xs)
            else:
                self.assign_error(rhs, n, len(xs))
        for v in lhs:
            if v.type is None:
                v.type = INVALID

    def multi_values(self: Checker, e: ast.Expr, allow_comma_ok: bool, target: Type | None = None) -> tuple[list[Operand], bool]:
        """The values of an expression: several for a call with a tuple result, two for a comma-ok form if allowed."""
        x = self.raw_expr(target, e)
        self.exclude(x, True)
        t = x.type
        if type(t) is Tuple and x.mode:
            out = []
            for i, v in enumerate(t.vars):
                dummy = ast.Ident(e.pos, e.end, nth(i + 1, "function result"))
                assert v.type is not None
                out.append(Operand("value", v.type, dummy))
            return out, False
        if allow_comma_ok and x.mode in ("mapindex", "commaok"):
            ok = Operand("value", UNTYPED_BOOL, ast.Ident(e.pos, e.end, "ok value of (comma, ok) expression"))
            ok.expr.type = UNTYPED_BOOL
            x.mode = "value"
            return [x, ok], True
        return [x], False

    def record_comma_ok(self: Checker, e: ast.Expr) -> None:
        """The two-value form of ``m[k]``, ``<-c``, ``x.(T)`` is used."""
        while True:
            e.comma_ok = True
            if type(e) is not ast.ParenExpr:
                return
            e = e.x

    def assign_error(self: Checker, rhs: Sequence[ast.Expr], n: int, r: int) -> None:
        variables, values = count(n, "variable"), count(r, "value")
        if len(rhs) == 1:
            call = unparen(rhs[0])
            if type(call) is ast.CallExpr:
                self.error(rhs[0], f"assignment mismatch: {variables} but {self.expr_text(call.fun)} returns {values}", "WrongAssignCount")
                return
        self.error(rhs[0], f"assignment mismatch: {variables} but {values}", "WrongAssignCount")

    def return_error(self: Checker, at: ast.Node, lhs: Sequence[Var], rhs: Sequence[Operand]) -> None:
        n, r = len(lhs), len(rhs)
        where: Any = at
        qualifier = "not enough"
        if r > n:
            where = rhs[n]
            qualifier = "too many"
        elif r > 0:
            where = rhs[r - 1]
        have = self.types_summary([x.type for x in rhs])
        want = self.types_summary([v.type for v in lhs])
        self.error(where, f"{qualifier} return values\n\thave {have}\n\twant {want}", "WrongResultCount")

    def types_summary(self: Checker, types: Sequence[Type | None], variadic: bool = False, dots: bool = False) -> str:
        """``(int, number, string)``: what there is and what is wanted, in messages about counts."""
        out = []
        for i, t in enumerate(types):
            if t is None or not is_valid(t):
                s = "unknown type"
            elif is_untyped(t):
                s = "number" if is_numeric(t) else t.name.replace("untyped ", "")  # type: ignore[attr-defined]
            else:
                s = self.text(t)
            if i == len(types) - 1:
                if variadic:
                    s = "..." + (self.text(t.elem) if type(t) is Slice else s)
                elif dots:
                    s += "..."
            out.append(s)
        return f"({', '.join(out)})"

    # ---------------------------------------------------------------- assignment statements

    def lhs_var(self: Checker, lhs: ast.Expr) -> Type | None:
        """Type of the variable on the left side; None for the blank identifier, INVALID after an error."""
        ident = unparen(lhs)
        if type(ident) is ast.Ident:
            if ident.name == "_":
                ident.obj = None
                return None
            obj = self.lookup(ident.name)
            if isinstance(obj, Var) and obj.func is not None:
                used = obj.used
                x = self.expr(None, lhs)
                obj.used = used  # assigning is not using
                obj.reassigned = True
                if not x.mode:
                    return INVALID
                return x.type
        x = self.expr(None, lhs)
        if not x.mode:
            return INVALID
        if x.mode in ("var", "mapindex"):
            if x.mode == "var":
                v = self.root_variable(ident)
                if v is not None:
                    v.reassigned = True
            return x.type
        inner = unparen(x.expr)
        if type(inner) is ast.SelectorExpr and unparen(inner.x).mode == "mapindex":
            self.error(x, f"cannot assign to struct field {self.expr_text(x.expr)} in map", "UnaddressableFieldAssign")
            return INVALID
        self.error(x, f"cannot assign to {self.expr_text(x.expr)} (neither addressable nor a map index expression)", "UnassignableOperand")
        return INVALID

    def assign_var(self: Checker, lhs: ast.Expr, rhs: ast.Expr | None, x: Operand | None, context: str) -> None:
        t = self.lhs_var(lhs)
        if t is INVALID:
            if x is not None:
                x.mode = ""
            else:
                self.use(rhs)
            return
        if x is None:
            assert rhs is not None
            if type(rhs) not in (ast.BasicLit, ast.BinaryExpr):
                self.target_name = self.expr_text(lhs)
            x = self.expr(t, rhs)
        if t is None and context == "assignment":
            context = "assignment to _ identifier"
        self.assignment(x, t, context)
        if t is None and x.mode and type(unparen(lhs)) is ast.Ident:
            lhs.type = x.type

    def assign_vars(self: Checker, lhs: Sequence[ast.Expr], rhs: Sequence[ast.Expr]) -> None:
        n, r = len(lhs), len(rhs)
        is_call = r == 1 and type(unparen(rhs[0])) is ast.CallExpr
        if n == r and not is_call:
            context = "assignment" if n == 1 else "multiple assignment"
            for a, b in zip(lhs, rhs, strict=True):
                self.assign_var(a, b, None, context)
            return
        if r != 1:
            self.use_lhs(*lhs)
            before = len(self.diagnostics)
            xs = [self.raw_expr(None, e, True) for e in rhs]
            if len(self.diagnostics) == before and all(x.mode for x in xs):
                self.assign_error(rhs, n, r)
            return
        context = "multiple assignment" if n > 1 else "assignment"
        target = None
        xs, comma_ok = self.multi_values(rhs[0], n == 2, target)
        if len(xs) == n:
            for a, x in zip(lhs, xs, strict=True):
                self.assign_var(a, None, x, context)
            if comma_ok and xs[0].mode and xs[1].mode:
                self.record_comma_ok(rhs[0])
            return
        if xs[0].mode:
            self.assign_error(rhs, n, len(xs))
        self.use_lhs(*lhs)

    def short_var_decl(self: Checker, s: ast.AssignStmt, lhs: Sequence[ast.Expr], rhs: Sequence[ast.Expr], loop: bool = False) -> None:
        """``a, b := …``: at least one new variable."""
        scope = self.env.scope
        seen: set[str] = set()
        variables: list[Var] = []
        new: list[tuple[ast.Ident, Var]] = []
        failed = False
        for e in lhs:
            if type(e) is not ast.Ident:
                self.use_lhs(e)
                self.error(e, f"non-name {self.expr_text(e)} on left side of :=", "BadDecl")
                failed = True
                variables.append(Var("_", None, self.pkg, e.pos))
                continue
            name = e.name
            if name != "_":
                if name in seen:
                    self.error(e, f"{name} repeated on left side of :=", "RepeatedDecl")
                    failed = True
                    variables.append(Var("_", None, self.pkg, e.pos))
                    continue
                seen.add(name)
                alt = scope.names.get(name)
                if alt is not None:
                    e.obj = alt
                    e.is_def = False
                    if isinstance(alt, Var):
                        alt.reassigned = True
                        here = self.env.func
                        if alt.func is not None and here is not None and here.node is not alt.func:
                            self.capture(alt, here)
                        e.type = alt.type
                        e.mode = "var"
                        variables.append(alt)
                    else:
                        self.error(e, f"cannot assign to {name}", "UnassignableOperand")
                        failed = True
                        variables.append(Var("_", None, self.pkg, e.pos))
                    continue
            v = self.new_local(e)
            v.loop_var = loop
            variables.append(v)
            if name != "_":
                new.append((e, v))
            else:
                e.obj = v
                e.is_def = True
        self.init_vars(variables, rhs, None)
        for e, v in new:
            self.declare(scope, e, v)
        for e, v in zip(lhs, variables, strict=True):
            if (type(e) is ast.Ident and e.type is None) or (type(e) is ast.Ident and e.is_def):
                e.type = v.type
                e.mode = "var"
        if not new and not failed:
            self.error(s.op_pos, "no new variables on left side of :=", "NoNewVar")


def unparen(e: ast.Expr) -> ast.Expr:
    while type(e) is ast.ParenExpr:
        e = e.x
    return e


__all__ = ["AssignMixin", "Map", "Pointer", "count", "nth", "unparen"]
