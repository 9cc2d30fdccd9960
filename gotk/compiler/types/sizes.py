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
    return _measure(t, {})[1]


def sizeof(t: Type) -> int:
    """Size in bytes. Sizes beyond the address space are returned as they are (the caller reports them)."""
    return _measure(t, {})[0]


def offsetsof(t: Struct) -> list[int]:
    """Offset of each field in bytes."""
    memo: dict[int, tuple[int, int]] = {}
    offsets = []
    at = 0
    for f in t.fields:
        assert f.type is not None
        size, align = _measure(f.type, memo)
        at = align_up(at, align)
        offsets.append(at)
        at += size
    return offsets


def _measure(t: Type, memo: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """(size, alignment). `memo` is by type, so that structs of structs of structs take no exponential time."""
    u = t.underlying()
    k = type(u)
    if k is Basic:
        size = _BASIC.get(u.kind, 8)  # type: ignore[attr-defined]
        return size, 4 if u.kind == "complex64" else min(size, 8)  # type: ignore[attr-defined]
    if k is Array:
        size, align = _measure(u.elem, memo)  # type: ignore[attr-defined]
        return max(u.len, 0) * size, align  # type: ignore[attr-defined]
    if k is Slice:
        return 24, 8
    if k is Interface:
        return 16, 8
    if k is not Struct:
        return 8, 8
    found = memo.get(id(u))
    if found is not None:
        return found
    at, most, last = 0, 1, -1
    for f in u.fields:  # type: ignore[attr-defined]
        last, align = _measure(f.type, memo)
        at = align_up(at, align) + last
        most = max(most, align)
    if last == 0 and at > 0:
        at += 1  # a pointer to the final field must not point past the object
    found = memo[id(u)] = align_up(at, most), most
    return found


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
