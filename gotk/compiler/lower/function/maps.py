# SPDX-License-Identifier: BSD-3-Clause
"""Lowers map reads, writes and literals' insertions.

Integer and pointer keys of 4 and 8 bytes and strings have entries of their own in the runtime, which take the key by value; for all other
keys a pointer is passed. An element's pointer is valid until the next write to the map.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import BOOL, INTEGER, STRINGS, Fn
from gotk.compiler.lower.function.dispatch import MULTI, lowers
from gotk.compiler.lower.function.strings import is_string, view
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Basic, Chan, Map, Pointer, Type


def variant(fn: Fn, key: Type) -> str:
    """Suffix of the runtime entries for this key type: "_fast32", "_fast64", "_faststr" or ""."""
    u = key.underlying()
    kind = type(u)
    if kind is Basic:
        if u.kind in STRINGS:  # type: ignore[attr-defined]
            return "_faststr"
        if u.kind in INTEGER or u.kind == "unsafe.Pointer":  # type: ignore[attr-defined]
            size = fn.lay(u).size
            return "_fast64" if size == 8 else "_fast32" if size == 4 else ""
        return ""
    return "_fast64" if kind is Pointer or kind is Chan else ""


def key_args(fn: Fn, key: str, t: Type) -> tuple[str, list[str]]:
    """(suffix of the runtime entry, its key arguments)."""
    suffix = variant(fn, t)
    if suffix == "_fast32":
        return suffix, [f"i32 {key}"]
    if suffix == "_fast64":
        if fn.llvm(t) == "ptr":
            key = "0" if key == "null" else fn.op(f"ptrtoint ptr {key} to i64")
        return suffix, [f"i64 {key}"]
    if suffix == "_faststr":
        s = "{ ptr, i64 }"
        return suffix, [f"ptr {fn.extract(s, key, 0)}", f"i64 {fn.extract(s, key, 1)}"]
    return "", [f"ptr {fn.spill(key, fn.lay(t))}"]


def map_of(fn: Fn, e: ast.Expr) -> tuple[Type, Map]:
    t = fn.type(e)
    u = t.underlying()
    assert type(u) is Map
    return t, u


def access(fn: Fn, m: str, t: Type, u: Map, key: str) -> str:
    """Pointer to the element, or null."""
    suffix, args = key_args(fn, key, u.key)
    return fn.rt("ptr", "mapaccess" + suffix, f"ptr {fn.mod.type_desc(t)}", f"ptr {m}", *args)


def assign(fn: Fn, m: str, t: Type, u: Map, key: str) -> str:
    """Pointer to the element to store into; panics if the map is nil."""
    suffix, args = key_args(fn, key, u.key)
    return fn.rt("ptr", "mapassign" + suffix, f"ptr {fn.mod.type_desc(t)}", f"ptr {m}", *args)


def delete(fn: Fn, m: str, t: Type, u: Map, key: str) -> None:
    suffix, args = key_args(fn, key, u.key)
    fn.rt("void", "mapdelete" + suffix, f"ptr {fn.mod.type_desc(t)}", f"ptr {m}", *args)


def lookup(fn: Fn, e: ast.IndexExpr) -> tuple[str, str, Type]:
    """(value, i1 found, element type) of ``m[k]``."""
    t, u = map_of(fn, e.x)
    fn.order((e.x, e.indices[0]))
    m = fn.value(e.x)
    # The key is only read, so one that is made from bytes needs no copy.
    key = view(fn, e.indices[0]) if is_string(u.key.underlying()) and e.indices[0].const is None else fn.value_as(e.indices[0], u.key)
    fn.at(e.pos)
    p = access(fn, m, t, u, key)
    found = fn.op(f"icmp ne ptr {p}, null")
    layout = fn.lay(u.elem)
    if layout.size == 0:
        return layout.zero, found, u.elem
    zero = fn.mod.const_global(layout.llvm, layout.zero, layout.align)
    at = fn.op(f"select i1 {found}, ptr {p}, ptr {zero}")
    return fn.load(at, layout), found, u.elem


def map_index(fn: Fn, e: ast.IndexExpr) -> str:
    return lookup(fn, e)[0]


@lowers(MULTI, ast.IndexExpr)
def map_index_ok(fn: Fn, e: ast.IndexExpr) -> list[tuple[str, Type]]:
    """``v, ok = m[k]``."""
    value, found, t = lookup(fn, e)
    return [(value, t), (fn.to_bool(found), BOOL)]
