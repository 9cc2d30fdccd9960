# SPDX-License-Identifier: BSD-3-Clause
"""Constants and static data: string pool, constant operands, and composite literals that need no code.

Read-only data is private and shared within the module. What a package variable's initialiser points to (``&T{…}``, slice elements) is
mutable and has exactly one copy; it lies in the data segment, whose whole range the collector scans.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gotk.compiler.lower.module.constants import (
    byte_array,
    complex_parts,
    float32_const,
    float64_const,
)
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Array,
    Basic,
    Func,
    Interface,
    Map,
    Nil,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
    Var,
)

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext

Subst = Callable[[Type], Type]

#: An array literal with more elements than this that are not written down is made by code instead of spelled out.
_MAX_IMPLIED = 4096

_FLOATS = {"float32": float32_const, "float64": float64_const, "untyped float": float64_const}


class StaticData:
    """The data of one module."""

    def __init__(self, mod: ModuleContext) -> None:
        self._mod = mod
        self.out: list[str] = []
        self._strings: dict[bytes, str] = {}
        self._shared: dict[tuple[str, str, int], str] = {}
        self._zero_base = ""

    # ------------------------------------------------------------ strings and constants

    def string_data(self, value: bytes) -> str:
        if not value:
            return "null"
        found = self._strings.get(value)
        if found is None:
            found = self._strings[value] = f"@.str.{len(self._strings)}"
            self.out.append(
                f"{found} = private unnamed_addr constant [{len(value)} x i8] {byte_array(value)}, align 1"
            )
        return found

    def string_const(self, value: bytes) -> str:
        if not value:
            return "zeroinitializer"
        return f"{{ ptr {self.string_data(value)}, i64 {len(value)} }}"

    def const_value(self, value: Any, t: Type) -> str:
        u = t.underlying()
        if type(u) is not Basic:
            raise TypeError(f"constant of type {type(u).__name__}")
        kind = u.kind
        vtype = type(value)
        if vtype is bool:
            return "1" if value else "0"
        if vtype is bytes:
            return self.string_const(value)
        as_float = _FLOATS.get(kind)
        if as_float is not None:
            return as_float(value)
        if kind.endswith("complex64"):
            re, im = complex_parts(value)
            return f"{{ float {float32_const(re)}, float {float32_const(im)} }}"
        if kind.endswith("complex128") or kind == "untyped complex":
            re, im = complex_parts(value)
            return f"{{ double {float64_const(re)}, double {float64_const(im)} }}"
        if kind == "unsafe.Pointer":
            return f"inttoptr (i64 {int(value)} to ptr)" if value else "null"
        if vtype is not int:
            re, im = complex_parts(value)
            value = int(re)
        return str(value)

    def const_global(self, llvm_type: str, init: str, align: int, mutable: bool) -> str:
        if mutable:
            name = f"@.data.{len(self.out)}"
            self.out.append(f"{name} = internal global {llvm_type} {init}, align {align}")
            return name
        key = (llvm_type, init, align)
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = f"@.const.{len(self._shared)}"
            self.out.append(
                f"{found} = private unnamed_addr constant {llvm_type} {init}, align {align}"
            )
        return found

    def zero_base(self) -> str:
        """Where pointers to values of size zero point."""
        if not self._zero_base:
            self._zero_base = self.const_global("[16 x i8]", "zeroinitializer", 16, False)
        return self._zero_base

    # ------------------------------------------------------------ values without code

    def interface_const(self, inner: str, concrete: Type, iface: Type) -> str:
        """``{ tab, data }`` of interface type `iface` for a constant value of a concrete type."""
        mod = self._mod
        layout = mod.layout(concrete)
        if layout.direct:
            data = inner if layout.llvm == "ptr" else None
            if data is None:
                raise TypeError("pointer-shaped aggregate")  # static_value does not come here with one
        elif layout.size == 0:
            data = self.zero_base()
        else:
            data = self.const_global(layout.llvm, inner, layout.align, False)
        return f"{{ ptr {mod.iface_tab(concrete, iface)}, ptr {data} }}"

    def static_value(self, expr: ast.Expr, t: Type, subst: Subst | None, shared: bool) -> str | None:
        """See `ModuleContext.static_value`; with `shared` false nothing may refer to mutable data."""
        while type(expr) is ast.ParenExpr:
            expr = expr.x
        et = expr.type
        if expr.mode == "nil" or et is None:
            return self._mod.layout(t).zero if expr.mode == "nil" else None
        if subst is not None:
            et = subst(et)
        if expr.mode == "type":
            return None
        to_iface = type(t.underlying()) is Interface
        if to_iface and type(et.underlying()) is not Interface:
            layout = self._mod.layout(et)
            if layout.direct and layout.llvm != "ptr":
                return None
            inner = self._value(expr, et, subst, shared)
            if inner is None:
                return None
            return self.interface_const(inner, et, t)
        if to_iface:
            return None
        return self._value(expr, t, subst, shared)

    def _value(self, expr: ast.Expr, t: Type, subst: Subst | None, shared: bool) -> str | None:
        if expr.const is not None:
            if type(t.underlying()) is Basic:
                return self.const_value(expr.const, t)
            return None
        handler = _STATIC.get(type(expr))
        return None if handler is None else handler(self, expr, t, subst, shared)

    def _ident(self, expr: ast.Ident, t: Type, subst: Subst | None, shared: bool) -> str | None:
        obj = expr.obj
        if type(obj) is Nil:
            return self._mod.layout(t).zero
        if type(obj) is Func and type(t.underlying()) is Signature:
            targs = expr.targs or ()
            if subst is not None:
                targs = [subst(a) for a in targs]
            if self._needs_targs(obj) and not targs:
                return None
            return self._mod.func_value(obj, targs)
        return None

    @staticmethod
    def _needs_targs(fn: Func) -> bool:
        sig = fn.type
        return isinstance(sig, Signature) and bool(sig.tparams)

    def _selector(self, expr: ast.SelectorExpr, t: Type, subst: Subst | None, shared: bool) -> str | None:
        if expr.selection is None:
            return self._ident(expr.sel, t, subst, shared)
        return None

    def _composite(self, expr: ast.CompositeLit, t: Type, subst: Subst | None, shared: bool) -> str | None:
        u = t.underlying()
        kind = type(u)
        if kind is Pointer:
            # An elided &T inside another literal.
            return self._address_of_literal(expr, u.elem, subst, shared)  # type: ignore[attr-defined]
        if kind is Struct:
            return self._struct(expr, t, u, subst, shared)  # type: ignore[arg-type]
        if kind is Array:
            return self._array(expr, u.elem, u.len, subst, shared)  # type: ignore[attr-defined]
        if kind is Slice:
            return self._slice(expr, u.elem, subst, shared)  # type: ignore[attr-defined]
        return None

    def _struct(
        self, expr: ast.CompositeLit, t: Type, u: Struct, subst: Subst | None, shared: bool
    ) -> str | None:
        layout = self._mod.layout(t)
        if not expr.elts:
            return layout.zero
        values: dict[int, ast.Expr] = {}
        for i, elt in enumerate(expr.elts):
            if type(elt) is ast.KeyValueExpr:
                assert type(elt.key) is ast.Ident
                index = _field_index(u, elt.key.name)
                values[index] = elt.value
            else:
                values[i] = elt
        parts: list[str] = []
        for i, f in enumerate(u.fields):
            field_layout = self._mod.layout(f.type)  # type: ignore[arg-type]
            value = values.get(i)
            if value is None:
                text: str | None = field_layout.zero
            else:
                text = self.static_value(value, f.type, subst, shared)  # type: ignore[arg-type]
            if text is None:
                return None
            if f.name == "_":
                text = field_layout.zero  # evaluated, but not kept
            parts.append(f"{field_layout.llvm} {text}")
        if layout.padded:
            parts.append("[1 x i8] zeroinitializer")
        return "{ " + ", ".join(parts) + " }"

    def _elements(
        self, expr: ast.CompositeLit, elem: Type, length: int, subst: Subst | None, shared: bool
    ) -> tuple[str, int] | None:
        """Initialiser of an array type for the elements, and its length; `length` < 0: as long as the elements say."""
        layout = self._mod.layout(elem)
        at = 0
        size = 0
        values: dict[int, str] = {}
        for elt in expr.elts:
            value = elt
            if type(elt) is ast.KeyValueExpr:
                if type(elt.key.const) is not int:
                    return None
                at = elt.key.const
                value = elt.value
            text = self.static_value(value, elem, subst, shared)
            if text is None:
                return None
            values[at] = text
            at += 1
            size = max(size, at)
        if length < 0:
            length = size
        if not values:
            return "zeroinitializer", length
        if length - len(values) > _MAX_IMPLIED:
            return None
        if layout.llvm == "i8":
            data = bytes(int(values.get(i, "0")) & 0xFF for i in range(length))
            return byte_array(data), length
        zero = layout.zero
        prefix = layout.llvm + " "
        texts = [prefix + values.get(i, zero) for i in range(length)]
        return "[" + ", ".join(texts) + "]", length

    def _array(
        self, expr: ast.CompositeLit, elem: Type, length: int, subst: Subst | None, shared: bool
    ) -> str | None:
        found = self._elements(expr, elem, length, subst, shared)
        return None if found is None else found[0]

    def _slice(self, expr: ast.CompositeLit, elem: Type, subst: Subst | None, shared: bool) -> str | None:
        if not expr.elts:
            return f"{{ ptr {self.zero_base()}, i64 0, i64 0 }}"
        if not shared:
            return None
        found = self._elements(expr, elem, -1, subst, shared)
        if found is None:
            return None
        text, length = found
        layout = self._mod.layout(elem)
        where = self.const_global(f"[{length} x {layout.llvm}]", text, layout.align, True)
        return f"{{ ptr {where}, i64 {length}, i64 {length} }}"

    def _unary(self, expr: ast.UnaryExpr, t: Type, subst: Subst | None, shared: bool) -> str | None:
        if expr.op != "&":
            return None
        x = expr.x
        while type(x) is ast.ParenExpr:
            x = x.x
        if type(x) is ast.CompositeLit:
            assert x.type is not None
            return self._address_of_literal(x, subst(x.type) if subst else x.type, subst, shared)
        obj = x.sel.obj if type(x) is ast.SelectorExpr and x.selection is None else getattr(x, "obj", None)
        if type(obj) is Var and obj.func is None and not obj.is_field and self._is_global(obj):
            return self._mod.global_ref(obj)
        return None

    @staticmethod
    def _is_global(var: Var) -> bool:
        return var.pkg is not None and var.pkg.scope.names.get(var.name) is var

    def _address_of_literal(
        self, expr: ast.CompositeLit, elem: Type, subst: Subst | None, shared: bool
    ) -> str | None:
        if not shared:
            return None
        text = self._composite(expr, elem, subst, shared)
        if text is None or type(elem.underlying()) is Map:
            return None
        layout = self._mod.layout(elem)
        if layout.size == 0:
            return self.zero_base()
        return self.const_global(layout.llvm, text, layout.align, True)

    def _call(self, expr: ast.CallExpr, t: Type, subst: Subst | None, shared: bool) -> str | None:
        """Conversions that change nothing, and []byte("constant")."""
        if expr.kind != "conversion" or len(expr.args) != 1:
            return None
        arg = expr.args[0]
        at = arg.type
        if at is None:
            return self.static_value(arg, t, subst, shared) if arg.mode == "nil" else None
        if subst is not None:
            at = subst(at)
        u, au = t.underlying(), at.underlying()
        if shared and type(arg.const) is bytes and type(u) is Slice:
            return self._bytes_of_string(arg.const, u)
        same = (
            type(u) is type(au)
            and type(u) is not Interface
            and self._mod.layout(u).llvm == self._mod.layout(au).llvm
            and (type(u) is not Basic or u.kind == au.kind)  # type: ignore[attr-defined]
        )
        return self.static_value(arg, at, subst, shared) if same or arg.mode == "nil" else None

    def _bytes_of_string(self, value: bytes, u: Slice) -> str | None:
        elem = u.elem.underlying()
        if type(elem) is not Basic or elem.kind != "uint8":
            return None
        if not value:
            return f"{{ ptr {self.zero_base()}, i64 0, i64 0 }}"
        n = len(value)
        where = self.const_global(f"[{n} x i8]", byte_array(value), 1, True)
        return f"{{ ptr {where}, i64 {n}, i64 {n} }}"


def _field_index(u: Struct, name: str) -> int:
    for i, f in enumerate(u.fields):
        if f.name == name:
            return i
    raise KeyError(name)


_STATIC: dict[type, Callable[..., str | None]] = {
    ast.Ident: StaticData._ident,
    ast.SelectorExpr: StaticData._selector,
    ast.CompositeLit: StaticData._composite,
    ast.UnaryExpr: StaticData._unary,
    ast.CallExpr: StaticData._call,
}
