# SPDX-License-Identifier: BSD-3-Clause
"""The universe scope: predeclared types, constants, nil and builtin functions; and package unsafe."""

from __future__ import annotations

from gotk.compiler.types.model import (
    Alias,
    Builtin,
    Const,
    Func,
    Interface,
    Named,
    Nil,
    Object,
    Package,
    Scope,
    Signature,
    Tuple,
    TypeName,
    Var,
)
from gotk.compiler.types.predicates import (
    BOOL,
    BYTE,
    COMPLEX64,
    COMPLEX128,
    FLOAT32,
    FLOAT64,
    INT,
    INT8,
    INT16,
    INT32,
    INT64,
    INVALID,
    RUNE,
    STRING,
    UINT,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    UINTPTR,
    UNSAFE_POINTER,
    UNTYPED_BOOL,
    UNTYPED_INT,
    UNTYPED_NIL,
)
from gotk.compiler.types.typeset import TypeSet

__all__ = ["ANY", "ANY_ALIAS", "COMPARABLE", "ERROR", "INVALID", "UNIVERSE", "UNSAFE"]

UNIVERSE = Scope(None, "universe")
UNSAFE = Package("unsafe", "unsafe")
UNSAFE.complete = True
UNSAFE.scope.parent = UNIVERSE

BUILTINS = (
    "append",
    "cap",
    "clear",
    "close",
    "complex",
    "copy",
    "delete",
    "imag",
    "len",
    "make",
    "max",
    "min",
    "new",
    "panic",
    "print",
    "println",
    "real",
    "recover",
)
UNSAFE_BUILTINS = ("Add", "Alignof", "Offsetof", "Sizeof", "Slice", "SliceData", "String", "StringData")


def _declare(obj: Object, scope: Scope = UNIVERSE, name: str | None = None) -> None:
    obj.parent = scope
    scope.names[name or obj.name] = obj


def _error_type() -> Named:
    obj = TypeName("error", None)
    named = Named(obj)
    obj.type = named
    recv = Var("", named)
    result = Var("", STRING)
    result.is_result = True
    method = Func("Error", Signature(Tuple([]), Tuple([result]), False, recv))
    named._underlying = Interface([method], [])
    _declare(obj)
    return named


def _comparable_type() -> Named:
    obj = TypeName("comparable", None)
    named = Named(obj)
    obj.type = named
    iface = Interface([], [])
    iface._typeset = TypeSet([], None, comparable=True)
    named._underlying = iface
    _declare(obj)
    return named


for _t in (
    BOOL,
    STRING,
    INT,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    UINTPTR,
    FLOAT32,
    FLOAT64,
    COMPLEX64,
    COMPLEX128,
    BYTE,
    RUNE,
):
    _declare(TypeName(_t.name, _t))

ANY = Interface([], [])
_any = TypeName("any", None)
ANY_ALIAS = Alias(_any, ANY)
_any.type = ANY_ALIAS
_declare(_any)
ERROR = _error_type()
COMPARABLE = _comparable_type()

_declare(Const("true", UNTYPED_BOOL, True))
_declare(Const("false", UNTYPED_BOOL, False))
_declare(Const("iota", UNTYPED_INT, 0))
_declare(Nil("nil", UNTYPED_NIL))
for _name in BUILTINS:
    _declare(Builtin(_name, None))
for _name in UNSAFE_BUILTINS:
    _declare(Builtin("unsafe." + _name, None, UNSAFE), UNSAFE.scope, _name)
_declare(TypeName("Pointer", UNSAFE_POINTER, UNSAFE), UNSAFE.scope)
IOTA = UNIVERSE.names["iota"]
