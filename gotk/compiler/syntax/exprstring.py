# SPDX-License-Identifier: BSD-3-Clause
"""Expressions as text, in the short form that messages quote (function bodies as ``{…}``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gotk.compiler.syntax import ast


def expr_string(e: ast.Node | None) -> str:
    """`e` as the Go compiler quotes it: one line, blanks around binary operators, bodies shortened."""
    if e is None:
        return ""
    return _DISPATCH[type(e)](e)


def stmt_string(s: ast.Stmt) -> str:
    """A simple statement in the same form."""
    if type(s) is ast.AssignStmt:
        return f"{_list(s.lhs)} {s.op} {_list(s.rhs)}"
    if type(s) is ast.IncDecStmt:
        return f"{expr_string(s.x)}{s.op}"
    if type(s) is ast.SendStmt:
        return f"{expr_string(s.chan)} <- {expr_string(s.value)}"
    return expr_string(s.x) if type(s) is ast.ExprStmt else ""


def _list(es: list[Any]) -> str:
    return ", ".join([expr_string(e) for e in es])


def _binary(e: ast.BinaryExpr) -> str:
    return f"{_operand(e.x)} {e.op} {_operand(e.y)}"


def _operand(e: ast.Expr) -> str:
    return expr_string(e)


def _slice(e: ast.SliceExpr) -> str:
    out = f"{expr_string(e.x)}[{expr_string(e.lo)}:{expr_string(e.hi)}"
    if e.three:
        out += f":{expr_string(e.max)}"
    return out + "]"


def _call(e: ast.CallExpr) -> str:
    fun = expr_string(e.fun)
    return f"{fun}({_list(e.args)}{'...' if e.ellipsis else ''})"


def _fields(fields: list[ast.Field]) -> str:
    parts = []
    for f in fields:
        names = ", ".join([n.name for n in f.names])
        t = expr_string(f.type_expr)
        parts.append(f"{names} {t}" if names else t)
    return ", ".join(parts)


def _signature(t: ast.FuncType) -> str:
    out = f"({_fields(t.params)})"
    if not t.results:
        return out
    if len(t.results) == 1 and not t.results[0].names:
        return f"{out} {expr_string(t.results[0].type_expr)}"
    return f"{out} ({_fields(t.results)})"


def _struct(t: ast.StructType) -> str:
    if not t.fields:
        return "struct{}"
    parts = []
    for f in t.fields:
        names = ", ".join([n.name for n in f.names])
        text = expr_string(f.type_expr)
        text = f"{names} {text}" if names else text
        if f.tag is not None:
            text += " " + f.tag.value
        parts.append(text)
    return "struct{" + "; ".join(parts) + "}"


def _interface(t: ast.InterfaceType) -> str:
    parts = []
    for e in t.elems:
        if e.name is not None and e.func_type is not None:
            parts.append(e.name.name + _signature(e.func_type))
        else:
            parts.append(expr_string(e.type_expr))
    return "interface{" + "; ".join(parts) + "}"


def _chan(t: ast.ChanType) -> str:
    elem = expr_string(t.elem)
    if t.dir == "send":
        return "chan<- " + elem
    if t.dir == "recv":
        return "<-chan " + elem
    if type(t.elem) is ast.ChanType and t.elem.dir == "recv":
        elem = f"({elem})"
    return "chan " + elem


def _unary(e: ast.UnaryExpr) -> str:
    return e.op + expr_string(e.x)


def _array(t: ast.ArrayType) -> str:
    return f"[{expr_string(t.len)}]{expr_string(t.elem)}"


def _composite(e: ast.CompositeLit) -> str:
    t = expr_string(e.type_expr)
    return t + ("{…}" if e.elts else "{}")


_DISPATCH: dict[type, Callable[[Any], str]] = {
    ast.BadExpr: lambda e: "_",
    ast.Ident: lambda e: e.name,
    ast.BasicLit: lambda e: e.value,
    ast.CompositeLit: _composite,
    ast.KeyValueExpr: lambda e: f"{expr_string(e.key)}: {expr_string(e.value)}",
    ast.FuncLit: lambda e: f"func{_signature(e.func_type)} {{{'…' if e.body.stmts else ''}}}",
    ast.ParenExpr: lambda e: f"({expr_string(e.x)})",
    ast.SelectorExpr: lambda e: f"{expr_string(e.x)}.{e.sel.name}",
    ast.IndexExpr: lambda e: f"{expr_string(e.x)}[{_list(e.indices)}]",
    ast.SliceExpr: _slice,
    ast.TypeAssertExpr: lambda e: f"{expr_string(e.x)}.({'type' if e.type_expr is None else expr_string(e.type_expr)})",
    ast.CallExpr: _call,
    ast.StarExpr: lambda e: "*" + expr_string(e.x),
    ast.UnaryExpr: _unary,
    ast.BinaryExpr: _binary,
    ast.ArrayType: _array,
    ast.Ellipsis: lambda e: "..." + expr_string(e.elem),
    ast.StructType: _struct,
    ast.FuncType: lambda t: "func" + _signature(t),
    ast.InterfaceType: _interface,
    ast.MapType: lambda t: f"map[{expr_string(t.key)}]{expr_string(t.value)}",
    ast.ChanType: _chan,
}
