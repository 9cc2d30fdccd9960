# SPDX-License-Identifier: BSD-3-Clause
"""Expressions: dispatch, literals, unary operators, and the final types of untyped operands.

An untyped operand keeps its untyped type in the tree until its context decides: `convert_untyped` then walks down again
(`update_type`) and records the final type in every node that takes part, as lowering needs it.
"""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast, literals
from gotk.compiler.types import constants
from gotk.compiler.types.model import (
    INVALID,
    Basic,
    Chan,
    ConstComplex,
    Interface,
    Pointer,
    Signature,
    Tuple,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_KINDS,
    UNTYPED_NIL,
    UNTYPED_RUNE,
    UNTYPED_STRING,
    all_boolean,
    all_integer,
    all_kinds,
    all_numeric,
    all_string,
    default_type,
    has_nil,
    is_boolean,
    is_const_type,
    is_generic,
    is_integer,
    is_numeric,
    is_string,
    is_untyped,
    is_valid,
    max_type,
    unalias,
)
from gotk.compiler.types.typeset import type_set
from gotk.compiler.types.validtype import ValidTypeMixin

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

_OP_NAMES = {
    "+": "addition",
    "-": "subtraction",
    "^": "bitwise XOR",
    "*": "multiplication",
    "<<": "shift",
}


class ExprMixin:
    # ---------------------------------------------------------------- entry points

    def raw_expr(self: Checker, target: Type | None, e: ast.Expr, allow_generic: bool = False, hint: Type | None = None) -> Operand:
        """Check `e`, whatever it is, and record what was found in the node. ``target``: the type of the variable it is assigned to,
        from which type arguments of a generic function value are inferred; ``hint``: type of an elided composite literal."""
        handler = _EXPRS.get(type(e))
        if handler is None:
            x = self.type_operand(e)
        elif hint is not None and type(e) is ast.CompositeLit:
            x = self.composite_lit(e, hint)
        elif target is not None and type(e) in _TARGETED:
            x = handler(self, e, target)
        else:
            x = handler(self, e, None)
        x.expr = e
        if not allow_generic and x.mode:
            self.non_generic(x, target)
        e.mode = x.mode  # type: ignore[assignment]
        if x.mode and x.mode not in ("builtin", "novalue"):
            e.type = x.type
            e.const = x.val if x.mode == "const" else None
        elif x.mode == "novalue":
            e.type = None
        return x

    def expr(self: Checker, target: Type | None, e: ast.Expr, hint: Type | None = None) -> Operand:
        """A single value."""
        x = self.raw_expr(target, e, False, hint)
        m = x.mode
        if m == "novalue" or m == "builtin" or m == "type":
            self.exclude(x, True)
        elif x.type is not None and type(x.type) is Tuple:
            self.single_value(x)
        return x

    def generic_expr(self: Checker, e: ast.Expr) -> Operand:
        """A single value that may be a generic function."""
        x = self.raw_expr(None, e, True)
        self.exclude(x, True)
        self.single_value(x)
        return x

    def multi_expr(self: Checker, e: ast.Expr) -> Operand:
        """A value or several (a call with a tuple result)."""
        x = self.raw_expr(None, e)
        self.exclude(x, True)
        return x

    def expr_or_type(self: Checker, e: ast.Expr, allow_generic: bool = False) -> Operand:
        x = self.raw_expr(None, e, allow_generic)
        self.exclude(x, False)
        self.single_value(x)
        return x

    def exclude(self: Checker, x: Operand, types: bool) -> None:
        m = x.mode
        if m == "novalue":
            self.error(x, f"{self.expr_text(x.expr)} (no value) used as value" + ("" if types else " or type"), "TooManyValues")
        elif m == "builtin":
            self.error(x, f"{self.expr_text(x.expr)} (built-in) must be called", "UncalledBuiltin")
        elif m == "type" and types:
            self.error(x, f"{self.expr_text(x.expr)} (type) is not an expression", "NotAnExpr")
        else:
            return
        x.mode = ""
        x.type = INVALID

    def single_value(self: Checker, x: Operand) -> None:
        if x.mode == "value" and type(x.type) is Tuple:
            self.error(x, f"multiple-value {self.describe(x)} in single-value context", "TooManyValues")
            x.mode = ""
            x.type = INVALID

    def non_generic(self: Checker, x: Operand, target: Type | None) -> None:
        t = x.type
        if x.mode == "type":
            if is_generic(t):
                self.error(x, f"cannot use generic type {self.expr_text(x.expr)} without instantiation", "WrongTypeArgCount")
            else:
                return
        elif type(t) is Signature and t.tparams:
            if type(unalias(target).underlying() if target is not None else None) is Signature:
                self.func_inst(x, None, target)
                return
            self.error(x, f"cannot use generic function {self.expr_text(x.expr)} without instantiation", "WrongTypeArgCount")
        else:
            return
        x.mode = ""
        x.type = INVALID

    def use(self: Checker, *es: ast.Expr | None) -> None:
        """Check expressions for their side effects on "declared and not used", after an error around them."""
        for e in es:
            if e is None:
                continue
            if type(e) is ast.KeyValueExpr:
                self.use(e.key, e.value)
                continue
            self.raw_expr(None, e, True)

    def use_lhs(self: Checker, *es: ast.Expr) -> None:
        for e in es:
            if type(e) is ast.Ident:
                if e.name == "_":
                    continue
                obj = self.lookup(e.name)
                if isinstance(obj, Var) and obj.func is not None:
                    used = obj.used
                    self.raw_expr(None, e, True)
                    obj.used = used
                    continue
            self.raw_expr(None, e, True)

    # ---------------------------------------------------------------- simple expressions

    def _ident(self: Checker, e: ast.Ident, target: Type | None) -> Operand:
        return self.ident(e)

    def _bad(self: Checker, e: ast.BadExpr, target: Type | None) -> Operand:
        return Operand("", INVALID, e)

    def _basic_lit(self: Checker, e: ast.BasicLit, target: Type | None) -> Operand:
        kind = e.kind
        if kind == "BAD":
            return Operand("", INVALID, e)
        if len(e.value) > 10000 and kind in ("INT", "FLOAT", "IMAG"):
            self.error(e, f"excessively long constant: {e.value[:10]}... ({len(e.value)} chars)", "InvalidConstVal")
            return Operand("", INVALID, e)
        if kind == "INT":
            value = literals.int_value(e.value)
            if value.bit_length() > constants.MAX_BITS:
                self.error(e, "constant overflow", "InvalidConstVal")
                return Operand("", INVALID, e)
            return Operand("const", UNTYPED_INT, e, value)
        if kind == "STRING":
            return Operand("const", UNTYPED_STRING, e, literals.string_value(e.value))
        if kind == "CHAR":
            return Operand("const", UNTYPED_RUNE, e, literals.char_value(e.value))
        try:
            if kind == "FLOAT":
                return Operand("const", UNTYPED_FLOAT, e, literals.float_value(e.value))
            im = literals.imag_value(e.value)
            return Operand("const", UNTYPED_COMPLEX, e, ConstComplex(im * 0, im))
        except (OverflowError, ValueError):  # beyond all exponents; digits that its base does not have
            self.error(e, f"malformed constant: {e.value}", "InvalidConstVal")
            return Operand("", INVALID, e)

    def _func_lit(self: Checker, e: ast.FuncLit, target: Type | None) -> Operand:
        from gotk.compiler.types.model import Scope

        env = self.env
        scope = env.scope
        env.scope = Scope(scope, "function")
        sig = self.func_type(e.func_type, None)
        func_scope = env.scope
        env.scope = scope
        e.sig = sig
        e.captures = []
        iota = env.iota
        if env.func is not None and env.func.node is not None:
            self.func_body(e, env.func.name, sig, func_scope, e.body, env.decl, iota)
        else:
            self.later(lambda: self.func_body(e, "glob.", sig, func_scope, e.body, self.env.decl, iota))
        return Operand("value", sig, e)

    def _paren(self: Checker, e: ast.ParenExpr, target: Type | None) -> Operand:
        return self.raw_expr(target, e.x, True)

    def _key_value(self: Checker, e: ast.KeyValueExpr, target: Type | None) -> Operand:
        self.error(e, "no key:value expected", "InvalidSyntaxTree")
        return Operand("", INVALID, e)

    def type_operand(self: Checker, e: ast.Expr) -> Operand:
        if type(e) is ast.Ellipsis:
            self.error(e, "invalid use of ...", "InvalidSyntaxTree")
            return Operand("", INVALID, e)
        t = self.typ(e)
        return Operand("type" if t is not INVALID else "", t, e)

    def _star(self: Checker, e: ast.StarExpr, target: Type | None) -> Operand:
        x = self.expr_or_type(e.x)
        if not x.mode:
            return x
        if x.mode == "type":
            t = x.type
            self.later(lambda: self.not_constraint(e.x, t))
            return Operand("type", Pointer(t), e)
        if x.mode == "nil":
            self.error(x, f"invalid operation: cannot indirect {self.describe(x)}", "InvalidIndirection")
            return Operand("", INVALID, e)
        base = self.common_pointer(x)
        if base is None:
            return Operand("", INVALID, e)
        return Operand("var", base, e)

    def common_pointer(self: Checker, x: Operand) -> Type | None:
        """Element type of a pointer operand; an error if it is none."""
        u = x.type.underlying()
        if type(unalias(x.type)) is TypeParam:
            base: Type | None = None
            for _, t in type_set(x.type).unders() or [(x.type, INVALID)]:
                if type(t) is not Pointer:
                    self.error(x, f"invalid operation: cannot indirect {self.describe(x)}", "InvalidIndirection")
                    return None
                from gotk.compiler.types.predicates import identical

                if base is not None and not identical(base, t.elem):
                    self.error(x, f"invalid operation: pointers of {self.describe(x)} must have identical base types", "InvalidIndirection")
                    return None
                base = t.elem
            return base
        if type(u) is not Pointer:
            self.error(x, f"invalid operation: cannot indirect {self.describe(x)}", "InvalidIndirection")
            return None
        return u.elem

    def _type_assert(self: Checker, e: ast.TypeAssertExpr, target: Type | None) -> Operand:
        x = self.expr(None, e.x)
        if e.type_expr is None:
            self.error(e, "invalid syntax tree: use of .(type) outside type switch", "InvalidSyntaxTree")
            return Operand("", INVALID, e)
        if not x.mode:
            self.typ(e.type_expr)
            return x
        if type(unalias(x.type)) is TypeParam:
            self.error(x, f"invalid operation: cannot use type assertion on type parameter value {self.describe(x)}", "InvalidAssert")
            return Operand("", INVALID, e)
        if type(x.type.underlying()) is not Interface:
            self.error(x, f"invalid operation: {self.describe(x)} is not an interface", "InvalidAssert")
            self.typ(e.type_expr)
            return Operand("", INVALID, e)
        t = self.var_type(e.type_expr)
        if not is_valid(t):
            return Operand("", INVALID, e)
        self.type_assertion(e, x, t, False)
        return Operand("commaok", t, e)

    def type_assertion(self: Checker, e: ast.Node, x: Operand, t: Type, in_switch: bool) -> None:
        """Report an assertion that cannot succeed."""
        if type(t.underlying()) is Interface:
            # The dynamic type may implement any interface; an instance of a type parameter is known only when the code is made.
            return
        cause = self.missing_method_cause(t, x.type)
        if cause is None:
            return
        if in_switch:
            self.error(e, f"impossible type switch case: {self.expr_text(e)}\n\t{self.describe(x)} cannot have dynamic type {self.text(t)} {cause}", "ImpossibleAssert")
        else:
            self.error(e, f"impossible type assertion: {self.expr_text(e)}\n\t{self.text(t)} does not implement {self.text(x.type)} {cause}", "ImpossibleAssert")

    # ---------------------------------------------------------------- unary operators

    def _unary(self: Checker, e: ast.UnaryExpr, target: Type | None) -> Operand:
        op = e.op
        if op == "&":
            return self._address(e)
        x = self.expr(None, e.x)
        if not x.mode:
            return x
        if op == "<-":
            elem = self.chan_elem(x, x, True)
            if elem is None:
                return Operand("", INVALID, e)
            self.env.has_call_or_recv = True
            return Operand("commaok", elem, e)
        if op == "~":
            self.error(e, "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)" if all_integer(x.type) else "cannot use ~ outside of interface or type constraint", "UndefinedOp")
            return Operand("", INVALID, e)
        if not self.unary_defined(x, op):
            return Operand("", INVALID, e)
        if x.mode == "const":
            t = x.type.underlying()
            assert type(t) is Basic
            value = constants.unary(op, x.val, t.kind)
            y = Operand("const", x.type, e, value)
            self.overflow(y, e.pos)
            return y
        return Operand("value", x.type, e)

    def unary_defined(self: Checker, x: Operand, op: str) -> bool:
        if op == "!":
            ok = all_boolean(x.type)
        elif op == "^":
            ok = all_integer(x.type)
        else:
            ok = all_numeric(x.type)
        if not ok:
            self.error(x, f"invalid operation: operator {op} not defined on {self.describe(x)}", "UndefinedOp")
        return ok

    def _address(self: Checker, e: ast.UnaryExpr) -> Operand:
        inner = e.x
        while type(inner) is ast.ParenExpr:
            inner = inner.x
        x = self.raw_expr(None, e.x)
        self.exclude(x, True)
        self.single_value(x)
        if not x.mode:
            return x
        if type(inner) is not ast.CompositeLit and x.mode != "var":
            self.error(x, f"invalid operation: cannot take address of {self.describe(x)}", "UnaddressableOperand")
            return Operand("", INVALID, e)
        if type(inner) is not ast.CompositeLit:
            self.mark_address(inner)
        return Operand("value", Pointer(x.type), e)

    def mark_address(self: Checker, e: ast.Expr) -> None:
        """The variable that `e` is a part of has its address taken."""
        v = self.root_variable(e)
        if v is not None:
            v.addr_taken = True

    def root_variable(self: Checker, e: ast.Expr) -> Var | None:
        """The variable whose storage holds `e`, None if it is reached through a pointer, slice, or map."""
        from gotk.compiler.types.model import Array

        while True:
            k = type(e)
            if k is ast.ParenExpr:
                e = e.x  # type: ignore[attr-defined]
            elif k is ast.Ident:
                return e.obj if type(e.obj) is Var else None  # type: ignore[attr-defined]
            elif k is ast.SelectorExpr:
                sel = e.selection  # type: ignore[attr-defined]
                if sel is None:
                    obj = e.sel.obj  # type: ignore[attr-defined]
                    return obj if type(obj) is Var else None
                if sel.indirect or sel.kind != "field":
                    return None
                e = e.x  # type: ignore[attr-defined]
            elif k is ast.IndexExpr:
                t = e.x.type  # type: ignore[attr-defined]
                if t is None or type(t.underlying()) is not Array:
                    return None
                e = e.x  # type: ignore[attr-defined]
            else:
                return None

    def chan_elem(self: Checker, at: Any, x: Operand, recv: bool) -> Type | None:
        """Element type of the channel operand `x` for a receive or send; an error if the operation is not possible."""
        param = type(unalias(x.type)) is TypeParam
        unders = type_set(x.type).unders() if param else [(x.type, x.type.underlying())]
        cause = "no specific channel type" if unders is None else ""
        for t, u in unders or []:
            if type(u) is not Chan:
                cause = "non-channel"
            elif recv and u.dir == "send":
                cause = "send-only channel"
            elif not recv and u.dir == "recv":
                cause = "receive-only channel"
            if cause:
                if param:
                    cause += " " + self.text(t)
                break
        if not cause:
            found, cause = self.common_under(x.type)
            if type(found) is Chan:
                return found.elem
        verb, code = ("receive from", "InvalidReceive") if recv else ("send to", "InvalidSend")
        if param:
            self.error(at, f"invalid operation: cannot {verb} {self.describe(x)}: {cause}", code)
        else:
            self.error(at, f"invalid operation: cannot {verb} {cause} {self.text(x.type)} {self.describe(x)}", code)
        return None

    # ---------------------------------------------------------------- constants: overflow, representability

    def overflow(self: Checker, x: Operand, op_pos: int) -> None:
        """Check a constant result against its type; untyped integers must not grow without limit."""
        if not is_untyped(x.type):
            self.representable(x, x.type.underlying())  # type: ignore[arg-type]
            return
        if type(x.val) is int and x.val.bit_length() > constants.MAX_BITS:
            e = x.expr
            while type(e) is ast.ParenExpr:
                e = e.x
            name = ""
            if type(e) is ast.BinaryExpr:
                name = _OP_NAMES.get(e.op, "")
            elif type(e) is ast.UnaryExpr and e.op == "^":
                name = "bitwise complement"
            self.error(op_pos, f"constant {name + ' ' if name else ''}overflow", "InvalidConstVal")
            x.mode = ""
            x.type = INVALID

    def representable(self: Checker, x: Operand, t: Basic) -> None:
        """Round the constant `x` to `t`, or report why it does not fit."""
        value, code = self.representation(x, t)
        if code:
            self.invalid_conversion(code, x, x.type if not is_untyped(x.type) else t, x)
            x.mode = ""
            x.type = INVALID
            return
        x.val = value

    def representation(self: Checker, x: Operand, t: Basic) -> tuple[Any, str]:
        value = constants.represent(x.val, t.kind)
        if value is not None:
            return value, ""
        if is_numeric(x.type) and is_numeric(t):
            if not is_integer(x.type) and is_integer(t):
                return None, "TruncatedFloat"
            return None, "NumericOverflow"
        return None, "InvalidConstVal"

    def invalid_conversion(self: Checker, code: str, x: Operand, t: Type, at: Any) -> None:
        what = self.describe(x)
        if code == "TruncatedFloat":
            self.error(at, f"{what} truncated to {self.text(t)}", code)
        elif code == "NumericOverflow":
            self.error(at, f"{what} overflows {self.text(t)}", code)
        else:
            self.error(at, f"cannot convert {what} to type {self.text(t)}", code)

    # ---------------------------------------------------------------- untyped operands

    def convert_untyped(self: Checker, x: Operand, target: Type) -> None:
        """Give the untyped operand `x` a type from its context."""
        t, value, code = self.implicit_type(x, target)
        if code:
            to = target if type(unalias(target)) is TypeParam else target.underlying()
            self.invalid_conversion(code, x, to, x)
            x.mode = ""
            x.type = INVALID
            return
        if value is not None:
            x.val = value
            x.expr.const = value
        if t is not x.type and t is not None:
            x.type = t
            self.update_type(x.expr, t, False)

    def implicit_type(self: Checker, x: Operand, target: Type) -> tuple[Type | None, Any, str]:
        """(type, rounded value or None, "" or error code) of untyped `x` used where `target` is asked for."""
        if not x.mode or not is_untyped(x.type) or target is INVALID:
            return x.type, None, ""
        if is_untyped(target):
            m = max_type(x.type, target)
            return (m, None, "") if m is not None else (None, None, "InvalidUntypedConversion")
        if x.mode == "nil":
            return (target, None, "") if has_nil(target) else (None, None, "InvalidUntypedConversion")
        u = target.underlying()
        if type(unalias(target)) is TypeParam:
            unders = type_set(target).unders()
            if unders is None:
                return None, None, "InvalidUntypedConversion"
            for _, t in unders:
                got, _, _ = self.implicit_type(x, t)
                if got is None:
                    return None, None, "InvalidUntypedConversion"
            return target, None, ""
        if type(u) is Basic:
            if x.mode == "const":
                value, code = self.representation(x, u)
                return (None, None, code) if code else (target, value, "")
            kind = x.type.kind  # type: ignore[attr-defined]
            if kind == "untyped bool":
                ok = is_boolean(target)
            elif kind == "untyped string":
                ok = is_string(target)
            else:
                ok = kind != "untyped nil" and is_numeric(target)
            return (target, None, "") if ok else (None, None, "InvalidUntypedConversion")
        if type(u) is Interface:
            if not type_set(u).is_all():
                return None, None, "InvalidUntypedConversion"
            d = default_type(x.type)
            if x.mode == "const":
                value, code = self.representation(x, d)  # type: ignore[arg-type]
                if code:
                    return None, None, code
                return d, value, ""
            return d, None, ""
        return None, None, "InvalidUntypedConversion"

    def update_type(self: Checker, e: ast.Expr, t: Type, final: bool) -> None:
        """Record the type that an untyped expression got, in all nodes that take part. ``final``: not untyped any more."""
        old = e.type
        if type(old) is not Basic or old.kind not in UNTYPED_KINDS:
            return
        final = final or not is_untyped(t)
        k = type(e)
        if k is ast.ParenExpr:
            self.update_type(e.x, t, final)  # type: ignore[attr-defined]
        elif k is ast.UnaryExpr:
            if e.const is None and e.op not in ("<-", "&"):  # type: ignore[attr-defined]
                self.update_type(e.x, t, final)  # type: ignore[attr-defined]
        elif k is ast.BinaryExpr and e.const is None:
            op = e.op  # type: ignore[attr-defined]
            if op in _COMPARISONS:
                pass  # the operands have types of their own
            elif op in ("<<", ">>"):
                self.update_type(e.x, t, final)  # type: ignore[attr-defined]
            else:
                self.update_type(e.x, t, final)  # type: ignore[attr-defined]
                self.update_type(e.y, t, final)  # type: ignore[attr-defined]
        if not final:
            e.type = t
            return
        if id(e) in self.shift_lhs:
            self.shift_lhs.discard(id(e))
            if not all_integer(t):
                self.error(e, f"invalid operation: shifted operand {self.expr_text(e)} (type {self.text(t)}) must be integer", "InvalidShiftOperand")
                e.type = t
                return
        if e.const is not None and e.mode == "const":
            u = t.underlying()
            if type(u) is Basic and is_const_type(t):
                value = constants.represent(e.const, u.kind)
                if value is not None:
                    e.const = value
        e.type = t

    def default(self: Checker, x: Operand) -> None:
        """Convert an untyped operand to its default type."""
        if x.mode and is_untyped(x.type):
            self.convert_untyped(x, default_type(x.type))

    # ---------------------------------------------------------------- small helpers

    def is_string_or_bytes(self: Checker, t: Type) -> bool:
        return all_string(t) or all_kinds(t, frozenset())


_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_TARGETED = frozenset({ast.Ident, ast.ParenExpr, ast.SelectorExpr, ast.IndexExpr, ast.FuncLit, ast.CallExpr})

_EXPRS: dict[type, Callable[[Any, Any, Type | None], Operand]] = {
    ast.BadExpr: ExprMixin._bad,
    ast.Ident: ExprMixin._ident,
    ast.BasicLit: ExprMixin._basic_lit,
    ast.FuncLit: ExprMixin._func_lit,
    ast.ParenExpr: ExprMixin._paren,
    ast.KeyValueExpr: ExprMixin._key_value,
    ast.StarExpr: ExprMixin._star,
    ast.TypeAssertExpr: ExprMixin._type_assert,
    ast.UnaryExpr: ExprMixin._unary,
    ast.CompositeLit: lambda c, e, t: c.composite_lit(e, None),
    ast.SelectorExpr: lambda c, e, t: c.selector(e, t, False),
    ast.IndexExpr: lambda c, e, t: c.index_expr(e, t),
    ast.SliceExpr: lambda c, e, t: c.slice_expr(e),
    ast.CallExpr: lambda c, e, t: c.call_expr(e, t),
    ast.BinaryExpr: lambda c, e, t: c.binary_expr(e),
}

__all__ = ["UNTYPED_NIL", "ExprMixin", "ValidTypeMixin"]
