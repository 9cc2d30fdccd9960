# SPDX-License-Identifier: BSD-3-Clause
"""Sizes, alignments and field offsets of types on 64-bit machines, as the Go compiler lays them out.

Needed by the checker for constant unsafe.Sizeof, Alignof and Offsetof; lowering has its own layouts, which agree (a test compares)."""

from __future__ import annotations

from gotk.compiler.types.model import Array, Basic, Interface, Slice, Struct, Type, TypeParam
from gotk.compiler.types.predicates import unalias

_BASIC = {
    "bool": 1,
    "int8": 1,
    "uint8": 1,
    "int16": 2,
    "uint16": 2,
    "int32": 4,
    "uint32": 4,
    "float32": 4,
    "complex64": 8,
    "complex128": 16,
    "string": 16,
    "untyped string": 16,
    "untyped bool": 1,
    "untyped rune": 4,
    "untyped complex": 16,
}


def align_up(n: int, align: int) -> int:
    return (n + align - 1) & -align


def alignof(t: Type) -> int:
    u = t.underlying()
    k = type(u)
    if k is Array:
        return alignof(u.elem)  # type: ignore[attr-defined]
    if k is Struct:
        return max([alignof(f.type) for f in u.fields], default=1)  # type: ignore[attr-defined]
    if k is Basic:
        size = _BASIC.get(u.kind, 8)  # type: ignore[attr-defined]
        if u.kind == "complex64":  # type: ignore[attr-defined]
            return 4
        return min(size, 8)
    return 8


def sizeof(t: Type) -> int:
    """Size in bytes. Sizes beyond the address space are returned as they are (the caller reports them)."""
    u = t.underlying()
    k = type(u)
    if k is Basic:
        return _BASIC.get(u.kind, 8)  # type: ignore[attr-defined]
    if k is Array:
        return max(u.len, 0) * sizeof(u.elem)  # type: ignore[attr-defined]
    if k is Slice:
        return 24
    if k is Struct:
        if not u.fields:  # type: ignore[attr-defined]
            return 0
        offsets = offsetsof(u)  # type: ignore[arg-type]
        last = sizeof(u.fields[-1].type)  # type: ignore[attr-defined]
        end = offsets[-1] + last
        if last == 0 and end > 0:
            end += 1  # a pointer to the final field must not point past the object
        return align_up(end, alignof(u))
    if k is Interface:
        return 16
    return 8


def offsetsof(t: Struct) -> list[int]:
    """Offset of each field in bytes."""
    offsets = []
    at = 0
    for f in t.fields:
        assert f.type is not None
        at = align_up(at, alignof(f.type))
        offsets.append(at)
        at += sizeof(f.type)
    return offsets


def has_varying_size(t: Type, seen: set[int] | None = None) -> bool:
    """Whether the size depends on type parameters: then unsafe.Sizeof is not constant."""
    t = unalias(t)
    if type(t) is TypeParam:
        return True
    seen = set() if seen is None else seen
    if id(t) in seen:
        return False
    seen.add(id(t))
    u = t.underlying()
    if type(u) is Array:
        return has_varying_size(u.elem, seen)
    if type(u) is Struct:
        return any(has_varying_size(f.type, seen) for f in u.fields)  # type: ignore[arg-type]
    return False
