# SPDX-License-Identifier: BSD-3-Clause
"""Operands: what an expression evaluates to while it is checked."""

from __future__ import annotations

from typing import Any

from gotk.compiler.syntax.exprstring import expr_string
from gotk.compiler.types.constants import format_const
from gotk.compiler.types.model import (
    INVALID,
    Alias,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
)
from gotk.compiler.types.predicates import UNTYPED_NIL, is_generic, is_untyped, unalias
from gotk.compiler.types.typeset import type_set
from gotk.compiler.types.typestring import Qualifier, type_string

MODE_TEXT = {
    "": "invalid operand",
    "novalue": "no value",
    "builtin": "built-in",
    "type": "type",
    "const": "constant",
    "var": "variable",
    "mapindex": "map index expression",
    "value": "value",
    "nil": "nil",
    "commaok": "comma, ok expression",
}


class Operand:
    """``mode`` as in syntax/ast.py ("" is invalid); ``val`` of a constant; ``name`` of a builtin. ``expr`` is what was written."""

    __slots__ = ("expr", "mode", "name", "type", "val")

    def __init__(self, mode: str, type: Type, expr: Any, val: Any = None) -> None:
        self.mode, self.type, self.expr, self.val = mode, type, expr, val
        self.name = ""

    @property
    def pos(self) -> int:
        return self.expr.pos

    @property
    def end(self) -> int:
        return self.expr.end

    def copy(self) -> Operand:
        x = Operand(self.mode, self.type, self.expr, self.val)
        x.name = self.name
        return x


_KINDS: dict[type, str] = {
    Array: "array",
    Slice: "slice",
    Struct: "struct",
    Pointer: "pointer",
    Signature: "func",
    Map: "map",
    Chan: "chan",
    Tuple: "tuple",
    Union: "union",
}


def composite_kind(t: Type) -> str:
    """"struct", "func" … of the underlying type; "" for basic types."""
    u = t.underlying()
    if type(u) is Interface:
        return "type parameter" if type(unalias(t)) is TypeParam else "interface"
    return _KINDS.get(type(u), "")


def operand_string(x: Operand, qualifier: Qualifier) -> str:
    """``x (variable of type int)`` and the like, as the Go compiler describes operands."""
    t = x.type
    if x.mode == "nil":
        if t is None or t is INVALID:
            return "nil (with invalid type)"
        if t is UNTYPED_NIL:
            return "nil"
        return f"nil (of type {type_string(t, qualifier)})"
    if x.expr is not None:
        expr = expr_string(x.expr)
    elif x.mode == "builtin":
        expr = x.name
    elif x.mode == "type":
        expr = type_string(t, qualifier)
    elif x.mode == "const":
        expr = format_const(x.val)
    else:
        expr = ""
    out = []
    has_type = False
    if x.mode not in ("", "novalue", "builtin", "type") and t is not None:
        if is_untyped(t):
            out.append(t.name + " ")  # type: ignore[attr-defined]
        else:
            has_type = True
    out.append(MODE_TEXT[x.mode])
    if x.mode == "const":
        text = format_const(x.val)
        if text != expr:
            out.append(" " + text)
    if has_type:
        if t is INVALID:
            out.append(" with invalid type")
        else:
            desc = "generic " if is_generic(t) else ""
            param = unalias(t)
            if type(param) is not TypeParam and type(t) in (Alias, Named):
                kind = composite_kind(t)
                if not kind:
                    u = t.underlying()
                    kind = u.name.rpartition(".")[2] if type(u) is Basic else "invalid"
                desc += kind + " "
            out.append(f" of {desc}type {type_string(t, qualifier)}")
            if type(param) is TypeParam:
                out.append(f" constrained by {type_string(param.constraint, qualifier)}")  # type: ignore[arg-type]
                if type_set(param).is_empty():
                    out.append(" with empty type set")
    text = "".join(out)
    return f"{expr} ({text})" if expr else text
