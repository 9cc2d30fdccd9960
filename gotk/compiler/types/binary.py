# SPDX-License-Identifier: BSD-3-Clause
"""Binary operators: arithmetic, comparison, shifts (Go spec, "Operators")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants
from gotk.compiler.types.model import (
    INVALID,
    Map,
    Signature,
    Slice,
    Type,
)
from gotk.compiler.types.operand import Operand, composite_kind
from gotk.compiler.types.predicates import (
    UINT,
    UNTYPED_BOOL,
    UNTYPED_INT,
    all_boolean,
    all_integer,
    all_numeric,
    all_numeric_or_string,
    all_ordered,
    all_string,
    comparable,
    default_type,
    has_nil,
    identical,
    is_complex,
    is_integer,
    is_non_type_param_interface,
    is_numeric,
    is_pointer,
    is_type_param,
    is_untyped,
    is_valid,
)

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_EQUALITY = frozenset({"==", "!="})


class BinaryMixin:
    def binary_expr(self: Checker, e: ast.BinaryExpr) -> Operand:
        return self.binary(e, e.x, e.y, e.op, e.op_pos)

    def binary(self: Checker, e: ast.Expr | None, lhs: ast.Expr, rhs: ast.Expr, op: str, op_pos: int, x: Operand | None = None) -> Operand:
        """``lhs op rhs``; `e` is the whole expression, None for an assignment operation."""
        if x is None:
            x = self.expr(None, lhs)
        y = self.expr(None, rhs)
        node: Any = e if e is not None else lhs
        if not x.mode:
            return Operand("", INVALID, node)
        if not y.mode:
            return Operand("", INVALID, node)
        if op == "<<" or op == ">>":
            return self.shift(node, x, y, op, op_pos)
        self.match_operands(x, y)
        if not x.mode or not y.mode:
            return Operand("", INVALID, node)
        if op in _COMPARISONS:
            return self.comparison(node, x, y, op)
        if x.type is not y.type and not identical(x.type, y.type):
            if is_valid(x.type) and is_valid(y.type):
                self._mismatch(e, x, y, lhs, rhs, op)
            return Operand("", INVALID, node)
        if not self.binary_defined(x, op):
            return Operand("", INVALID, node)
        if op == "/" or op == "%":
            if (x.mode == "const" or all_integer(x.type)) and y.mode == "const" and constants.is_zero_divisor(y.val, is_complex(x.type)):
                self.error(y, "invalid operation: division by zero", "DivByZero")
                return Operand("", INVALID, node)
        if x.mode == "const" and y.mode == "const":
            integer = op == "/" and is_integer(x.type)
            try:
                value = constants.binary(op, x.val, y.val, integer)
            except OverflowError as problem:
                self.error(op_pos, str(problem), "InvalidConstVal")
                return Operand("", INVALID, node)
            kind = x.type.underlying().kind  # type: ignore[attr-defined]
            z = Operand("const", x.type, node, constants.normalize(value, kind))
            self.overflow(z, op_pos)
            return z
        return Operand("value", x.type, node)

    def _mismatch(self: Checker, e: ast.Expr | None, x: Operand, y: Operand, lhs: ast.Expr, rhs: ast.Expr, op: str) -> None:
        if e is not None:
            self.error(x, f"invalid operation: {self.expr_text(e)} (mismatched types {self.text(x.type)} and {self.text(y.type)})", "MismatchedTypes")
        else:
            self.error(x, f"invalid operation: {self.expr_text(lhs)} {op}= {self.expr_text(rhs)} (mismatched types {self.text(x.type)} and {self.text(y.type)})", "MismatchedTypes")

    def binary_defined(self: Checker, x: Operand, op: str) -> bool:
        t = x.type
        if op == "+":
            ok = all_numeric_or_string(t)
        elif op in ("-", "*", "/"):
            ok = all_numeric(t)
        elif op in ("&&", "||"):
            ok = all_boolean(t)
        else:
            ok = all_integer(t)
        if not ok:
            self.error(x, f"invalid operation: operator {op} not defined on {self.describe(x)}", "UndefinedOp")
        return ok

    def match_operands(self: Checker, x: Operand, y: Operand) -> None:
        """Convert untyped operands to the other's type where that may make sense; else leave the mismatch to the caller."""
        if self._may_convert(x, y):
            self.convert_untyped(x, y.type)
            if x.mode:
                self.convert_untyped(y, x.type)

    def _may_convert(self: Checker, x: Operand, y: Operand) -> bool:
        xt, yt = x.type, y.type
        if not is_untyped(xt) and not is_untyped(yt):
            return False
        if all_numeric(xt) != all_numeric(yt):
            return False
        if is_non_type_param_interface(xt) or is_non_type_param_interface(yt):
            return True
        if all_boolean(xt) != all_boolean(yt) or all_string(xt) != all_string(yt):
            return False
        if x.mode == "nil":
            return has_nil(yt)
        if y.mode == "nil":
            return has_nil(xt)
        return not is_pointer(xt) and not is_pointer(yt)

    # ---------------------------------------------------------------- comparison

    def comparison(self: Checker, node: Any, x: Operand, y: Operand, op: str) -> Operand:
        culprit = x
        cause = ""
        ok, _ = self.assignable(x, y.type)
        if not ok:
            ok, _ = self.assignable(y, x.type)
        code = "UndefinedOp"
        if not ok:
            culprit = y
            code = "MismatchedTypes"
            cause = f"mismatched types {self.text(x.type)} and {self.text(y.type)}"
        elif op in _EQUALITY:
            if x.mode == "nil" or y.mode == "nil":
                if not has_nil(y.type if x.mode == "nil" else x.type):
                    culprit = y
                    ok = False
            elif not comparable(x.type):
                cause = self._incomparable(x.type)
                ok = False
            elif not comparable(y.type):
                culprit = y
                cause = self._incomparable(y.type)
                ok = False
        elif not all_ordered(x.type):
            ok = False
        elif not all_ordered(y.type):
            culprit = y
            ok = False
        if not ok:
            if not cause:
                if is_type_param(x.type) or is_type_param(y.type):
                    if not is_type_param(x.type):
                        culprit = y
                    cause = f"type parameter {self.text(culprit.type)} cannot use operator {op}"
                else:
                    what = composite_kind(culprit.type) or self.text(culprit.type)
                    cause = f"operator {op} not defined on {what}"
            if self._switch_case:
                self.error(x, f"invalid case {self.expr_text(x.expr)} in switch on {self.expr_text(y.expr)} ({cause})", code)
            else:
                self.error(culprit, f"invalid operation: {self.expr_text(x.expr)} {op} {self.expr_text(y.expr)} ({cause})", code)
            return Operand("", INVALID, node)
        if x.mode == "const" and y.mode == "const":
            value = constants.compare(op, x.val, y.val)
            return Operand("const", UNTYPED_BOOL, node, value)
        # The operands get their default types: what they are compared as.
        if is_untyped(x.type):
            self.update_type(x.expr, default_type(x.type), True)
        if is_untyped(y.type):
            self.update_type(y.expr, default_type(y.type), True)
        return Operand("value", UNTYPED_BOOL, node)

    def _incomparable(self: Checker, t: Type) -> str:
        """Why `t` cannot be compared."""
        u = t.underlying()
        k = type(u)
        if k in (Slice, Map, Signature):
            return f"{composite_kind(t)} can only be compared to nil"
        reasons: list[str] = []

        def report(template: str, of: Type | None) -> None:
            reasons.append(template % self.text(of) if "%s" in template else template)

        comparable(t, report=report)
        if is_type_param(t):
            return reasons[0] if reasons else "incomparable types in type set"
        return reasons[0] if reasons else ""

    # ---------------------------------------------------------------- shifts

    def shift(self: Checker, node: Any, x: Operand, y: Operand, op: str, op_pos: int) -> Operand:
        bad = Operand("", INVALID, node)
        xval = constants.to_int(x.val) if x.mode == "const" and is_untyped(x.type) else None
        if not (all_integer(x.type) or (is_untyped(x.type) and xval is not None)):
            self.error(x, f"invalid operation: shifted operand {self.describe(x)} must be integer", "InvalidShiftOperand")
            return bad
        yval: int | None = None
        if y.mode == "const":
            yval = constants.to_int(y.val)
            if yval is not None and yval < 0 and type(y.val) is not bool:
                self.error(y, f"invalid operation: negative shift count {self.describe(y)}", "InvalidShiftCount")
                return bad
            if is_untyped(y.type):
                if type(y.val) in (bytes, bool) or yval is None:
                    self.invalid_conversion("TruncatedFloat" if is_numeric(y.type) else "InvalidConstVal", y, UINT, y)
                    return bad
                if x.mode != "const":
                    self.convert_untyped(y, UINT)
                    if not y.mode:
                        return bad
            elif not all_integer(y.type):
                self.error(y, f"invalid operation: shift count {self.describe(y)} must be integer", "InvalidShiftCount")
                return bad
        elif all_integer(y.type):
            if is_untyped(y.type):
                self.convert_untyped(y, UINT)
                if not y.mode:
                    return bad
        elif is_untyped(y.type) and is_numeric(y.type):
            self.convert_untyped(y, UINT)
            if not y.mode:
                return bad
        else:
            self.error(y, f"invalid operation: shift count {self.describe(y)} must be integer", "InvalidShiftCount")
            return bad
        if x.mode == "const":
            if y.mode == "const":
                assert yval is not None
                if yval > constants.MAX_SHIFT:
                    self.error(y, f"invalid operation: invalid shift count {self.describe(y)}", "InvalidShiftCount")
                    return bad
                t = x.type
                if is_untyped(t) and not is_integer(t):
                    t = UNTYPED_INT
                value = constants.to_int(x.val)
                assert value is not None
                value = value << yval if op == "<<" else value >> yval
                z = Operand("const", t, node, value)
                self.overflow(z, op_pos)
                return z
            if is_untyped(x.type):
                # Non-constant shift of an untyped constant: its type comes from the context of the whole shift.
                self.shift_lhs.add(id(x.expr))
                self._held.append(x.expr)
                t = x.type
                return Operand("value", t, node)
        if not all_integer(x.type):
            self.error(x, f"invalid operation: shifted operand {self.describe(x)} must be integer", "InvalidShiftOperand")
            return bad
        return Operand("value", x.type, node)
