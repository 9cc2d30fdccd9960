# SPDX-License-Identifier: BSD-3-Clause
"""What the analysis asks about types. They may mention type parameters: those count as whatever is worst."""

from __future__ import annotations

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.typeset import core_type

STRINGS = frozenset({"string", "untyped string"})
_POINTERFUL = frozenset({"string", "untyped string", "unsafe.Pointer", "untyped nil"})
_SIZES = {
    "bool": 1,
    "int8": 1,
    "uint8": 1,
    "int16": 2,
    "uint16": 2,
    "int32": 4,
    "uint32": 4,
    "float32": 4,
    "string": 16,
    "complex128": 16,
}


def strip(e: ast.Expr) -> ast.Expr:
    """`e` without parentheses."""
    while type(e) is ast.ParenExpr:
        e = e.x
    return e


def is_type_param(t: Type) -> bool:
    return type(unalias(t)) is TypeParam


def under_of(t: Type | None) -> Type:
    """Underlying type; of a type parameter its core type if it has one, else its constraint (an Interface)."""
    if t is None:
        return INVALID
    t = unalias(t)
    if type(t) is TypeParam:
        return core_type(t) or t.underlying()
    return t.underlying()


def under(e: ast.Expr) -> Type:
    return under_of(e.type)


def has_pointers(t: Type) -> bool:
    """Whether a value of `t` may hold a pointer."""
    t = unalias(t)
    if type(t) is TypeParam:
        return True
    u = t.underlying()
    kind = type(u)
    if kind is Basic:
        return u.kind in _POINTERFUL  # type: ignore[attr-defined]
    if kind is Array:
        return u.len != 0 and has_pointers(u.elem)  # type: ignore[attr-defined]
    if kind is Struct:
        return any(has_pointers(f.type) for f in u.fields)  # type: ignore[attr-defined]
    if kind is Tuple:
        return any(has_pointers(v.type) for v in u.vars)  # type: ignore[attr-defined]
    return True


def is_direct(t: Type) -> bool:
    """Whether an interface holds a value of `t` (no type parameter) in its data word."""
    u = unalias(t).underlying()
    kind = type(u)
    if kind in (Pointer, Chan, Map, Signature):
        return True
    if kind is Basic:
        return u.kind == "unsafe.Pointer"  # type: ignore[attr-defined]
    if kind is Array:
        return u.len == 1 and is_direct(u.elem)  # type: ignore[attr-defined]
    if kind is Struct:
        return len(u.fields) == 1 and is_direct(u.fields[0].type)  # type: ignore[attr-defined]
    return False


def rough_size(t: Type) -> int:
    """Size in bytes without padding; a type parameter counts as 16 bytes."""
    u = under_of(t)
    kind = type(u)
    if kind is Array:
        return max(0, u.len) * rough_size(u.elem)  # type: ignore[attr-defined]
    if kind is Struct:
        return sum(rough_size(f.type) for f in u.fields)  # type: ignore[misc, attr-defined]
    if kind is Basic:
        return _SIZES.get(u.kind, 8)  # type: ignore[attr-defined]
    if kind is Slice:
        return 24
    if kind is Interface:
        return 16
    return 8
