# SPDX-License-Identifier: BSD-3-Clause
"""Questions about types: identity, kinds, comparability, default types (Go spec, "Properties of types and values").

Predicates named ``is_*`` look at the underlying type and are false for type parameters; ``all_*`` are true for a type parameter if
they hold for every type of its type set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gotk.compiler.types.model import (
    BASICS,
    INVALID,
    Alias,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Object,
    Package,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
    _basic,
)

BOOL = _basic("bool", "bool")
STRING = _basic("string", "string")
INT = _basic("int", "int")
INT8 = _basic("int8", "int8")
INT16 = _basic("int16", "int16")
INT32 = _basic("int32", "int32")
INT64 = _basic("int64", "int64")
UINT = _basic("uint", "uint")
UINT8 = _basic("uint8", "uint8")
UINT16 = _basic("uint16", "uint16")
UINT32 = _basic("uint32", "uint32")
UINT64 = _basic("uint64", "uint64")
UINTPTR = _basic("uintptr", "uintptr")
FLOAT32 = _basic("float32", "float32")
FLOAT64 = _basic("float64", "float64")
COMPLEX64 = _basic("complex64", "complex64")
COMPLEX128 = _basic("complex128", "complex128")
UNSAFE_POINTER = _basic("unsafe.Pointer", "unsafe.Pointer")
BYTE = _basic("uint8", "byte")
RUNE = _basic("int32", "rune")
UNTYPED_BOOL = _basic("untyped bool", "untyped bool")
UNTYPED_INT = _basic("untyped int", "untyped int")
UNTYPED_RUNE = _basic("untyped rune", "untyped rune")
UNTYPED_FLOAT = _basic("untyped float", "untyped float")
UNTYPED_COMPLEX = _basic("untyped complex", "untyped complex")
UNTYPED_STRING = _basic("untyped string", "untyped string")
UNTYPED_NIL = _basic("untyped nil", "untyped nil")

UNSIGNED_KINDS = frozenset({"uint", "uint8", "uint16", "uint32", "uint64", "uintptr"})
SIGNED_KINDS = frozenset({"int", "int8", "int16", "int32", "int64", "untyped int", "untyped rune"})
INTEGER_KINDS = SIGNED_KINDS | UNSIGNED_KINDS
FLOAT_KINDS = frozenset({"float32", "float64", "untyped float"})
COMPLEX_KINDS = frozenset({"complex64", "complex128", "untyped complex"})
NUMERIC_KINDS = INTEGER_KINDS | FLOAT_KINDS | COMPLEX_KINDS
STRING_KINDS = frozenset({"string", "untyped string"})
BOOLEAN_KINDS = frozenset({"bool", "untyped bool"})
ORDERED_KINDS = INTEGER_KINDS | FLOAT_KINDS | STRING_KINDS
CONST_KINDS = NUMERIC_KINDS | STRING_KINDS | BOOLEAN_KINDS
UNTYPED_KINDS = frozenset(k for k in BASICS if k.startswith("untyped"))
NO_KIND = ""


def unalias(t: Type) -> Type:
    """The type that an alias (of an alias …) stands for."""
    while type(t) is Alias:
        actual = t.actual
        if actual is None:
            return INVALID
        t = actual
    return t


def as_named(t: Type) -> Named | None:
    t = unalias(t)
    return t if type(t) is Named else None


def is_type_param(t: Type) -> bool:
    return type(unalias(t)) is TypeParam


def is_valid(t: Type) -> bool:
    return unalias(t) is not INVALID


def basic_kind(t: Type) -> str:
    """Kind of the underlying basic type; "" if it is another type or a type parameter."""
    k = type(t)
    if k is Basic:
        return t.kind  # type: ignore[attr-defined]
    if k is TypeParam:
        return NO_KIND
    if k is Alias:
        t = unalias(t)
        if type(t) is TypeParam:
            return NO_KIND
    u = t.underlying()
    return u.kind if type(u) is Basic else NO_KIND


def is_boolean(t: Type) -> bool:
    return basic_kind(t) in BOOLEAN_KINDS


def is_integer(t: Type) -> bool:
    return basic_kind(t) in INTEGER_KINDS


def is_unsigned(t: Type) -> bool:
    return basic_kind(t) in UNSIGNED_KINDS


def is_signed(t: Type) -> bool:
    return basic_kind(t) in SIGNED_KINDS


def is_float(t: Type) -> bool:
    return basic_kind(t) in FLOAT_KINDS


def is_complex(t: Type) -> bool:
    return basic_kind(t) in COMPLEX_KINDS


def is_numeric(t: Type) -> bool:
    return basic_kind(t) in NUMERIC_KINDS


def is_string(t: Type) -> bool:
    return basic_kind(t) in STRING_KINDS


def is_const_type(t: Type) -> bool:
    return basic_kind(t) in CONST_KINDS


def is_untyped(t: Type) -> bool:
    return type(t) is Basic and t.kind in UNTYPED_KINDS


def is_typed(t: Type) -> bool:
    return not (type(t) is Basic and t.kind in UNTYPED_KINDS)


def is_untyped_numeric(t: Type) -> bool:
    return type(t) is Basic and t.kind in UNTYPED_KINDS and t.kind in NUMERIC_KINDS


def all_kinds(t: Type, kinds: frozenset[str]) -> bool:
    """Whether the underlying type (of every type in a type parameter's type set) is basic with one of these kinds."""
    k = type(t)
    if k is Basic:
        return t.kind in kinds  # type: ignore[attr-defined]
    t = unalias(t)
    if type(t) is TypeParam:
        from gotk.compiler.types.typeset import type_set

        return type_set(t).every(lambda u: u is not None and basic_kind(u) in kinds)
    return basic_kind(t) in kinds


def all_integer(t: Type) -> bool:
    return all_kinds(t, INTEGER_KINDS)


def all_unsigned(t: Type) -> bool:
    return all_kinds(t, UNSIGNED_KINDS)


def all_numeric(t: Type) -> bool:
    return all_kinds(t, NUMERIC_KINDS)


def all_string(t: Type) -> bool:
    return all_kinds(t, STRING_KINDS)


def all_boolean(t: Type) -> bool:
    return all_kinds(t, BOOLEAN_KINDS)


def all_ordered(t: Type) -> bool:
    return all_kinds(t, ORDERED_KINDS)


def all_numeric_or_string(t: Type) -> bool:
    return all_kinds(t, NUMERIC_KINDS | STRING_KINDS)


def is_interface(t: Type) -> bool:
    """Whether `t` is an interface type (type parameters included, whose underlying type is their constraint)."""
    return type(t.underlying()) is Interface


def is_non_type_param_interface(t: Type) -> bool:
    return type(unalias(t)) is not TypeParam and type(t.underlying()) is Interface


def is_pointer(t: Type) -> bool:
    return type(unalias(t)) is not TypeParam and type(t.underlying()) is Pointer


def is_bytes_or_runes(t: Type) -> bool:
    """[]byte or []rune (elements with such an underlying type)."""
    if type(t) is not Slice:
        return False
    return basic_kind(t.elem) in ("uint8", "int32")


def is_generic(t: Type) -> bool:
    """A generic type that is not instantiated."""
    k = type(t)
    if k is Named or k is Alias:
        return bool(t.tparams) and not t.targs  # type: ignore[attr-defined]
    return False


def has_nil(t: Type) -> bool:
    """Whether nil is a value of `t` (of every type in a type parameter's set)."""
    t = unalias(t)
    u = t.underlying()
    k = type(u)
    if k is Basic:
        return u.kind == "unsafe.Pointer"  # type: ignore[attr-defined]
    if k is Interface:
        if type(t) is not TypeParam:
            return True
        from gotk.compiler.types.typeset import type_set

        return type_set(t).every(lambda x: x is not None and has_nil(x))
    return k in (Slice, Pointer, Signature, Map, Chan)


def comparable(
    t: Type, *, dynamic: bool = True, report: Callable[[str, Type | None], None] | None = None, seen: set[int] | None = None
) -> bool:
    """Whether ``==`` is defined for values of `t`; with `dynamic`, interfaces count as comparable (they may panic).

    `report` is given the reason (a template and the type for its %s) when a struct, array or type set is not."""
    if seen is None:
        seen = set()
    t = unalias(t)
    if id(t) in seen:
        return True
    seen.add(id(t))
    u = t.underlying()
    k = type(u)
    if k is Basic:
        return u.kind != "untyped nil"  # type: ignore[attr-defined]
    if k is Pointer or k is Chan:
        return True
    if k is Struct:
        for f in u.fields:  # type: ignore[attr-defined]
            if not comparable(f.type, dynamic=dynamic, seen=seen):
                if report is not None:
                    report("struct containing %s cannot be compared", f.type)
                return False
        return True
    if k is Array:
        if not comparable(u.elem, dynamic=dynamic, seen=seen):  # type: ignore[attr-defined]
            if report is not None:
                report("%s cannot be compared", t)
            return False
        return True
    if k is Interface:
        if dynamic and type(t) is not TypeParam:
            return True
        from gotk.compiler.types.typeset import type_set

        ts = type_set(u)
        if ts.is_comparable(seen):
            return True
        if report is not None:
            report("empty type set" if ts.is_empty() else "incomparable types in type set", None)
        return False
    return False


def same_id(obj: Object, pkg: Package | None, name: str, fold: bool = False) -> bool:
    """Whether the field or method `obj` is called `name` when written in package `pkg` (Go spec, "Uniqueness of identifiers")."""
    if fold and obj.name.lower() == name.lower():
        return True
    if obj.name != name:
        return False
    if name[:1].isupper():
        return True
    return same_pkg(obj.pkg, pkg)


def same_pkg(a: Package | None, b: Package | None) -> bool:
    if a is None or b is None:
        return a is b
    return a is b or a.path == b.path


def identical(x: Type, y: Type) -> bool:
    """Go spec, "Type identity"."""
    return x is y or _identical(x, y, None, False)


def identical_ignore_tags(x: Type, y: Type) -> bool:
    return x is y or _identical(x, y, None, True)


_Pairs = tuple[int, int, "_Pairs"] | None  # type: ignore[misc]


def _same_list(xs: list[Type], ys: list[Type], pairs: object, tags: bool) -> bool:
    if len(xs) != len(ys):
        return False
    return all(_identical(x, y, pairs, tags) for x, y in zip(xs, ys, strict=True))


def _identical(x: Type, y: Type, pairs: object, tags: bool) -> bool:
    if type(x) is Alias:
        x = unalias(x)
    if type(y) is Alias:
        y = unalias(y)
    if x is y:
        return True
    k = type(x)
    if k is not type(y):
        return False
    return _IDENTICAL[k](x, y, pairs, tags)


def _id_basic(x: Basic, y: Basic, pairs: object, tags: bool) -> bool:
    return x.kind == y.kind


def _id_array(x: Array, y: Array, pairs: object, tags: bool) -> bool:
    return (x.len < 0 or y.len < 0 or x.len == y.len) and _identical(x.elem, y.elem, pairs, tags)


def _id_elem(x: Slice, y: Slice, pairs: object, tags: bool) -> bool:
    return _identical(x.elem, y.elem, pairs, tags)


def _id_map(x: Map, y: Map, pairs: object, tags: bool) -> bool:
    return _identical(x.key, y.key, pairs, tags) and _identical(x.elem, y.elem, pairs, tags)


def _id_chan(x: Chan, y: Chan, pairs: object, tags: bool) -> bool:
    return x.dir == y.dir and _identical(x.elem, y.elem, pairs, tags)


def _id_struct(x: Struct, y: Struct, pairs: object, tags: bool) -> bool:
    if len(x.fields) != len(y.fields):
        return False
    if not tags and x.tags != y.tags and (any(x.tags) or any(y.tags)):
        return False
    return all(
        f.embedded == g.embedded and same_id(f, g.pkg, g.name) and _identical(f.type, g.type, pairs, tags)  # type: ignore[arg-type]
        for f, g in zip(x.fields, y.fields, strict=True)
    )


def _id_tuple(x: Tuple, y: Tuple, pairs: object, tags: bool) -> bool:
    if len(x.vars) != len(y.vars):
        return False
    return all(_identical(v.type, w.type, pairs, tags) for v, w in zip(x.vars, y.vars, strict=True))  # type: ignore[arg-type]


def _id_signature(x: Signature, y: Signature, pairs: object, tags: bool) -> bool:
    if x.variadic != y.variadic or len(x.tparams) != len(y.tparams):
        return False
    if x.tparams:
        from gotk.compiler.types.subst import substitute

        mapping = dict(zip(y.tparams, x.tparams, strict=True))
        for p, q in zip(x.tparams, y.tparams, strict=True):
            if not _identical(p.constraint, substitute(q.constraint, mapping), pairs, tags):  # type: ignore[arg-type]
                return False
        return _id_tuple(x.params, substitute(y.params, mapping), pairs, tags) and _id_tuple(  # type: ignore[arg-type]
            x.results, substitute(y.results, mapping), pairs, tags  # type: ignore[arg-type]
        )
    return _id_tuple(x.params, y.params, pairs, tags) and _id_tuple(x.results, y.results, pairs, tags)


def _id_union(x: Union, y: Union, pairs: object, tags: bool) -> bool:
    def within(a: Union, b: Union) -> bool:
        return all(any(t == u and _identical(p, q, pairs, tags) for u, q in b.terms) for t, p in a.terms)

    return within(x, y) and within(y, x)


def _id_interface(x: Interface, y: Interface, pairs: object, tags: bool) -> bool:
    from gotk.compiler.types.typeset import type_set

    xs, ys = type_set(x), type_set(y)
    if len(xs.methods) != len(ys.methods) or xs.comparable != ys.comparable:
        return False
    at: Any = pairs
    while at is not None:  # interfaces may mention each other: assume what is being proved
        a, b, at = at
        if (a is x and b is y) or (a is y and b is x):
            return True
    if not xs.same_terms(ys):
        return False
    pairs = (x, y, pairs)
    for m, n in zip(xs.methods, ys.methods, strict=True):
        if not same_id(m, n.pkg, n.name) or not _identical(m.type, n.type, pairs, tags):  # type: ignore[arg-type]
            return False
    return True


def _id_named(x: Named, y: Named, pairs: object, tags: bool) -> bool:
    if len(x.targs) != len(y.targs) or len(x.outer_targs) != len(y.outer_targs):
        return False
    a, b = x.origin, y.origin
    if a is not b and not same_type_name(a, b):
        return False
    if not x.targs and not x.outer_targs:
        return True
    return _same_list(x.targs, y.targs, pairs, tags) and _same_list(x.outer_targs, y.outer_targs, pairs, tags)


def same_type_name(a: Named, b: Named) -> bool:
    """Whether two defined types are the same declaration, seen twice because its package was loaded twice."""
    p, q = a.obj, b.obj
    if p.name != q.name or p.local_id != q.local_id or p.pkg is q.pkg or p.pkg is None or q.pkg is None:
        return False
    return p.pkg.path == q.pkg.path and p.pkg.path != "main" and p.pos == q.pos


def _id_never(x: Type, y: Type, pairs: object, tags: bool) -> bool:
    return False


_IDENTICAL: dict[type, Callable[..., bool]] = {
    Basic: _id_basic,
    Array: _id_array,
    Slice: _id_elem,
    Pointer: _id_elem,
    Map: _id_map,
    Chan: _id_chan,
    Struct: _id_struct,
    Tuple: _id_tuple,
    Signature: _id_signature,
    Union: _id_union,
    Interface: _id_interface,
    Named: _id_named,
    TypeParam: _id_never,
}

_DEFAULTS = {
    "untyped bool": BOOL,
    "untyped int": INT,
    "untyped rune": RUNE,
    "untyped float": FLOAT64,
    "untyped complex": COMPLEX128,
    "untyped string": STRING,
}


def default_type(t: Type) -> Type:
    """The type an untyped constant gets where none is asked for; other types (and untyped nil) are returned as they are."""
    if type(t) is Basic:
        return _DEFAULTS.get(t.kind, t)
    return t


def max_type(x: Type, y: Type) -> Type | None:
    """The "larger" of two untyped numeric types, the kind of the result of an operation on both; None if they don't mix."""
    if x is y:
        return x
    if is_untyped_numeric(x) and is_untyped_numeric(y):
        order = ("untyped int", "untyped rune", "untyped float", "untyped complex")
        return x if order.index(x.kind) > order.index(y.kind) else y  # type: ignore[attr-defined]
    return None


def deref(t: Type) -> tuple[Type, bool]:
    """(base, True) for an unnamed pointer type \\*base, else (t, False)."""
    p = unalias(t)
    if type(p) is Pointer:
        return p.elem, True
    return t, False


def method_key(f: Func) -> tuple[str, str]:
    """Sort key of methods: by name, then by package path for unexported ones."""
    return (f.name, "" if f.exported or f.pkg is None else f.pkg.path)
