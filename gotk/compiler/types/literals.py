# SPDX-License-Identifier: BSD-3-Clause
"""Composite literals (Go spec, "Composite literals")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants
from gotk.compiler.types import methods as lookup
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Interface,
    Map,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import is_generic, same_id, unalias
from gotk.compiler.types.typeset import core_type

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class LiteralMixin:
    def composite_lit(self: Checker, e: ast.CompositeLit, hint: Type | None) -> Operand:
        """`hint`: the element type of the literal around it, if the type is elided."""
        te = e.type_expr
        base: Type | None = None
        open_array = False
        if te is not None:
            if type(te) is ast.ArrayType and type(te.len) is ast.Ellipsis and te.len.elem is None:
                array = Array(self.var_type(te.elem), -1)
                typ: Type = array
                base = array
                open_array = True
                te.type, te.mode = array, "type"
            else:
                typ = self.typ(te)
                base = typ
        elif hint is not None:
            typ = hint
            base = typ
            u = core_type(base)
            if type(u) is Pointer:  # &T may be elided too
                base = u.elem
        else:
            self.error(e, "missing type in composite literal", "UntypedLit")
            self._use_elements(e.elts)
            return Operand("", INVALID, e)
        assert base is not None
        if base is INVALID or is_generic(base):
            self._use_elements(e.elts)
            return Operand("", INVALID, e)
        u = core_type(base)
        k = type(u)
        if k is Struct:
            if not self._struct_lit(e, base, u):  # type: ignore[arg-type]
                return Operand("value", typ, e)
        elif k is Array:
            n = self._elements(e.elts, u.elem, -1 if open_array else u.len)  # type: ignore[union-attr]
            if open_array:
                u.len = n  # type: ignore[union-attr]
        elif k is Slice:
            self._elements(e.elts, u.elem, -1)  # type: ignore[union-attr]
        elif k is Map:
            self._map_lit(e, u)  # type: ignore[arg-type]
        else:
            self._use_elements(e.elts)
            if u is INVALID:
                return Operand("", INVALID, e)
            cause = ""
            if u is None and type(unalias(base)) is TypeParam:
                cause = " (no core type)"
            element = "element " if te is None else ""
            self.error(e, f"invalid composite literal {element}type {self.text(typ)}{cause}", "InvalidLit")
            return Operand("", INVALID, e)
        return Operand("value", typ, e)

    def _use_elements(self: Checker, elts: list[ast.Expr]) -> None:
        for x in elts:
            if type(x) is ast.KeyValueExpr:
                # Keys may be field names: only values are looked at.
                if type(x.key) is not ast.Ident:
                    self.use(x.key)
                x = x.value
            if type(x) is ast.CompositeLit and x.type_expr is None:
                self._use_elements(x.elts)
            else:
                self.use(x)

    def _struct_lit(self: Checker, e: ast.CompositeLit, base: Type, struct: Struct) -> bool:
        fields = struct.fields
        elts = e.elts
        if not elts:
            return True
        if type(elts[0]) is ast.KeyValueExpr:
            self._keyed_struct(e, base, struct)
            return True
        for i, elt in enumerate(elts):
            if type(elt) is ast.KeyValueExpr:
                self.error(elt, "mixture of field:value and value elements in struct literal", "MixedStructLit")
                self._use_elements([elt])
                continue
            x = self.expr(fields[i].type if i < len(fields) else None, elt)
            if i >= len(fields):
                self.error(x, f"too many values in struct literal of type {self.text(base)}", "InvalidStructLit")
                break
            field = fields[i]
            if not field.exported and field.pkg is not self.pkg:
                self.error(x, f"implicit assignment to unexported field {field.name} in struct literal of type {self.text(base)}", "UnexportedLitField")
                continue
            self.assignment(x, field.type, "struct literal")
        if len(elts) < len(fields):
            hidden = any(not f.exported and f.pkg is not self.pkg for f in fields)
            hint = " (type has unexported fields - use key:value pairs)" if hidden else ""
            self.error(e.rbrace, f"too few values in struct literal of type {self.text(base)}{hint}", "InvalidStructLit")
        return True

    def _keyed_struct(self: Checker, e: ast.CompositeLit, base: Type, struct: Struct) -> None:
        paths: dict[tuple[int, ...], str] = {}  # of the fields that have a value: indices from the outermost struct on
        placed: list[tuple[tuple[int, ...], ast.KeyValueExpr]] = []
        for elt in e.elts:
            if type(elt) is not ast.KeyValueExpr:
                self.error(elt, "mixture of field:value and value elements in struct literal", "MixedStructLit")
                self.use(elt)
                continue
            key = elt.key
            if type(key) is not ast.Ident:
                self.error(elt, f"invalid field name {self.expr_text(key)} in struct literal", "InvalidLitField")
                self.use(elt.value)
                continue
            found = self._literal_field(key, base, struct)
            if found is None:
                self._use_elements([elt.value])
                continue
            field, path = found
            key.obj = field
            key.type = field.type
            x = self.expr(field.type, elt.value)
            self.assignment(x, field.type, "struct literal")
            if path in paths:
                self.error(elt, f"duplicate field name {key.name} in struct literal", "DuplicateLitField")
            for other, name in paths.items():
                if other == path[: len(other)] and len(other) < len(path):
                    self.error(key, f"cannot specify promoted field {key.name} and enclosing embedded field {name}", "DuplicateLitField")
                elif path == other[: len(path)] and len(path) < len(other):
                    self.error(key, f"cannot specify embedded field {key.name} and enclosed promoted field {name}", "DuplicateLitField")
            paths[path] = key.name
            placed.append((path, elt))
        if any(len(path) > 1 for path, _ in placed):
            e.elts = self._nested(struct, placed)

    def _literal_field(self: Checker, key: ast.Ident, base: Type, struct: Struct) -> tuple[Var, tuple[int, ...]] | None:
        """The field that a key names, which may be promoted (Go 1.27), and the indices that lead to it."""
        alt: Var | None = None
        for i, f in enumerate(struct.fields):
            if key.name != "_" and same_id(f, self.pkg, key.name):
                return f, (i,)
            if alt is None and f.name.lower() == key.name.lower() and f.name != "_":
                alt = f
        promoted = lookup.lookup_field_or_method(base, False, self.pkg, key.name)
        if not isinstance(promoted.obj, Var):
            self.error(key, self.lookup_error(base, key.name, alt, True), "MissingLitField")
            return None
        if promoted.indirect:
            self.error(key, f"invalid implicit pointer indirection to reach {key.name}", "InvalidLitField")
            return None
        return promoted.obj, tuple(promoted.path)

    def _nested(self: Checker, struct: Struct, placed: list[tuple[tuple[int, ...], ast.KeyValueExpr]]) -> list[ast.Expr]:
        """Elements in which promoted fields stand in literals of the embedded structs: what later passes see."""
        out: list[ast.Expr] = []
        opened: set[int] = set()
        i = 0
        while i < len(placed):
            path, elt = placed[i]
            first = path[0]
            if len(path) == 1:
                out.append(elt)
                i += 1
                continue
            group = []
            while i < len(placed) and placed[i][0][0] == first and len(placed[i][0]) > 1:
                group.append((placed[i][0][1:], placed[i][1]))
                i += 1
            if first in opened:
                hint = "put them next to each other, or write the embedded struct's literal"
                self.error(group[0][1], f"fields of embedded {struct.fields[first].name} apart from each other are not supported by gotk", "UnsupportedFeature", hint)
            opened.add(first)
            field = struct.fields[first]
            assert field.type is not None
            inner = core_type(field.type)
            assert type(inner) is Struct
            start, end = group[0][1].pos, group[-1][1].end
            lit = ast.CompositeLit(start, end, None, self._nested(inner, group), start, end)
            lit.type, lit.mode = field.type, "value"
            name = ast.Ident(start, start, field.name)
            name.obj, name.type = field, field.type
            out.append(ast.KeyValueExpr(start, end, name, start, lit))
        return out

    def _elements(self: Checker, elts: list[ast.Expr], elem: Type, length: int) -> int:
        """Elements of an array or slice literal; its length."""
        seen: set[int] = set()
        index = maximum = 0
        for elt in elts:
            valid = False
            value = elt
            if type(elt) is ast.KeyValueExpr:
                value = elt.value
                i = self.index_value(elt.key, length)
                if i is not None and i >= 0:
                    index = i
                    valid = True
                elif i is not None:
                    self.error(elt.key, f"index {self.expr_text(elt.key)} must be integer constant", "InvalidLitIndex")
            elif 0 <= length <= index:
                self.error(elt, f"index {index} is out of bounds (>= {length})", "OversizeArrayLit")
            else:
                valid = True
            if valid:
                if index in seen:
                    self.error(elt, f"duplicate index {index} in array or slice literal", "DuplicateLitKey")
                seen.add(index)
            x = self.expr(elem, value, hint=elem)
            self.assignment(x, elem, "array or slice literal")
            index += 1
            if index > maximum:
                maximum = index
        return maximum

    def _map_lit(self: Checker, e: ast.CompositeLit, m: Map) -> None:
        key_is_interface = type(m.key.underlying()) is Interface and type(unalias(m.key)) is not TypeParam
        seen: dict[Any, list[Type]] = {}
        for elt in e.elts:
            if type(elt) is not ast.KeyValueExpr:
                self.error(elt, "missing key in map literal", "MissingLitKey")
                self._use_elements([elt])
                continue
            x = self.expr(m.key, elt.key, hint=m.key)
            self.assignment(x, m.key, "map literal")
            if x.mode == "const":
                value = x.val
                duplicate = False
                key = (type(value), value)
                if key_is_interface:
                    from gotk.compiler.types.predicates import identical

                    types = seen.setdefault(key, [])
                    duplicate = any(identical(t, x.type) for t in types)
                    types.append(x.type)
                else:
                    duplicate = key in seen
                    seen.setdefault(key, [])
                if duplicate:
                    self.error(elt.key, f"duplicate key {constants.format_const(value)} in map literal", "DuplicateLitKey")
            y = self.expr(m.elem, elt.value, hint=m.elem)
            self.assignment(y, m.elem, "map literal")
