# SPDX-License-Identifier: BSD-3-Clause
"""Lowers composite literals.

Constant arrays are static data that is copied. Literals of register structs are built as values; everything else is filled in memory,
which is always memory of its own: the elements may refer to the variable that is assigned to.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import Fn
from gotk.compiler.lower.function.dispatch import VALUE, lowers
from gotk.compiler.lower.function.exprs import element
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Array, Map, Pointer, Slice, Struct, Type, Var

#: Array literals with at least this many constant elements are tried as static data.
_STATIC_MIN = 3


@lowers(VALUE, ast.CompositeLit)
def composite_value(fn: Fn, e: ast.CompositeLit) -> str:
    t = fn.type(e)
    u = t.underlying()
    kind = type(u)
    if kind is Pointer:  # elided &T in a literal of pointers
        return pointer_literal(fn, e, u.elem)  # type: ignore[attr-defined]
    if kind is Map:
        return map_literal(fn, e, t, u)  # type: ignore[arg-type]
    if kind is Slice:
        return slice_literal(fn, e, u)  # type: ignore[arg-type]
    layout = fn.lay(t)
    if kind is Struct and layout.is_register:
        return struct_value(fn, e, t, u)  # type: ignore[arg-type]
    p = fn.slot(layout)
    composite_into(fn, e, t, p, zeroed=False)
    return fn.load(p, layout)


def pointer_literal(fn: Fn, e: ast.CompositeLit, elem: Type) -> str:
    p = fn.alloc(fn.lay(elem))
    composite_into(fn, e, elem, p, zeroed=True)
    return p


def struct_elements(e: ast.CompositeLit, u: Struct) -> list[tuple[int, ast.Expr]]:
    """(field index, value) in source order."""
    found = []
    for i, elt in enumerate(e.elts):
        if type(elt) is ast.KeyValueExpr:
            assert type(elt.key) is ast.Ident
            found.append((field_index(u, elt.key), elt.value))
        else:
            found.append((i, elt))
    return found


def field_index(u: Struct, key: ast.Ident) -> int:
    for i, f in enumerate(u.fields):
        if f.name == key.name and (f is key.obj or f.name[:1].isupper() or _same_pkg(f, key)):
            return i
    raise AssertionError(f"no field {key.name}")


def _same_pkg(f: Var, key: ast.Ident) -> bool:
    other = key.obj
    return other is None or other.pkg is f.pkg or f.pkg is None


def struct_value(fn: Fn, e: ast.CompositeLit, t: Type, u: Struct) -> str:
    layout = fn.lay(t)
    elements = struct_elements(e, u)
    fn.order([x for _, x in elements])
    value = layout.zero
    for i, x in elements:
        ft: Type = u.fields[i].type  # type: ignore[assignment]
        field = fn.value_as(x, ft)
        if field != fn.lay(ft).zero and u.fields[i].name != "_":  # a blank field stays zero
            value = fn.insert(layout.llvm, value, fn.llvm(ft), field, i)
    return value


def composite_into(fn: Fn, e: ast.CompositeLit, t: Type, p: str, *, zeroed: bool) -> None:
    """Fill the memory at `p`, to which nothing else refers yet, with the literal `e` of struct, array (or other) type `t`."""
    u = t.underlying()
    kind = type(u)
    if kind is Struct:
        struct_into(fn, e, t, u, p, zeroed)  # type: ignore[arg-type]
    elif kind is Array:
        if not array_static(fn, e, t, p):
            array_into(fn, e, u.elem, u.len, p, zeroed)  # type: ignore[attr-defined]
    else:
        layout = fn.lay(t)
        value = map_literal(fn, e, t, u) if kind is Map else slice_literal(fn, e, u)  # type: ignore[arg-type]
        fn.store(value, p, layout)


def struct_into(fn: Fn, e: ast.CompositeLit, t: Type, u: Struct, p: str, zeroed: bool) -> None:
    layout = fn.lay(t)
    elements = struct_elements(e, u)
    if layout.is_register:
        fn.store(struct_value(fn, e, t, u), p, layout)
        return
    fn.order([x for _, x in elements])
    stored = [e for e in elements if u.fields[e[0]].name != "_"]
    if not zeroed and len(stored) < len(u.fields):
        fn.zero(p, layout)
        zeroed = True
    for i, x in elements:
        ft: Type = u.fields[i].type  # type: ignore[assignment]
        if u.fields[i].name == "_":
            fn.value_as(x, ft)
            continue
        into(fn, x, ft, fn.byte_offset(p, layout.offsets[i]), zeroed=zeroed)


def into(fn: Fn, x: ast.Expr, t: Type, p: str, *, zeroed: bool) -> None:
    """Store the value of `x` converted to `t` at `p`; nested literals are built in place."""
    y: ast.Expr = x
    while type(y) is ast.ParenExpr:
        y = y.x
    if type(y) is ast.CompositeLit and x not in fn.hoisted:
        xt = fn.type(y)
        kind = type(xt.underlying())
        if kind in (Struct, Array) and type(t.underlying()) is kind and not fn.lay(t).is_register:
            composite_into(fn, y, xt, p, zeroed=zeroed)
            return
    fn.store(fn.value_as(x, t), p, fn.lay(t))


def indexed(e: ast.CompositeLit) -> list[tuple[int, ast.Expr]]:
    """(index, value) of array and slice elements."""
    found = []
    at = 0
    for elt in e.elts:
        if type(elt) is ast.KeyValueExpr:
            at = int(elt.key.const)
            found.append((at, elt.value))
        else:
            found.append((at, elt))
        at += 1
    return found


def array_static(fn: Fn, e: ast.CompositeLit, t: Type, p: str) -> bool:
    """Copy the literal from static data if all of it is constant."""
    if len(e.elts) < _STATIC_MIN:
        return False
    init = fn.mod.static_array(e, t, fn.subst)
    if init is None:
        return False
    layout = fn.lay(t)
    if init == "zeroinitializer":
        fn.zero(p, layout)
    else:
        fn.copy(p, fn.mod.const_global(layout.llvm, init, layout.align), layout)
    return True


def array_into(fn: Fn, e: ast.CompositeLit, elem: Type, length: int, p: str, zeroed: bool) -> None:
    elements = indexed(e)
    fn.order([x for _, x in elements])
    if not zeroed and len(elements) < length:
        layout = fn.lay(Array(elem, length))
        fn.zero(p, layout)
        zeroed = True
    for i, x in elements:
        into(fn, x, elem, element(fn, p, elem, str(i)), zeroed=zeroed)


def slice_length(e: ast.CompositeLit) -> int:
    return max((i for i, _ in indexed(e)), default=-1) + 1


def slice_literal(fn: Fn, e: ast.CompositeLit, u: Slice) -> str:
    """A slice of a new array."""
    n = slice_length(e)
    array = Array(u.elem, n)
    layout = fn.lay(array)
    if n == 0:
        return fn.slice(fn.mod.const_global("i64", "0", 8), "0", "0")
    on_stack = fn.escape is not None and fn.escape.site_on_stack(e)
    p = fn.slot(layout) if on_stack else fn.alloc(layout)
    if not array_static(fn, e, array, p):
        array_into(fn, e, u.elem, n, p, zeroed=not on_stack)
    return fn.slice(p, str(n), str(n))


def map_literal(fn: Fn, e: ast.CompositeLit, t: Type, u: Map) -> str:
    """A new map, filled in source order."""
    from gotk.compiler.lower.function.maps import assign

    m = fn.rt("ptr", "makemap", f"ptr {fn.mod.type_desc(t)}", f"i64 {len(e.elts)}")
    fn.nonnull.add(m)
    elem_layout = fn.lay(u.elem)
    for elt in e.elts:
        assert type(elt) is ast.KeyValueExpr
        fn.at(elt.pos)
        key, value = fn.stable_all((elt.key, elt.value), (u.key, u.elem))
        fn.store(value, assign(fn, m, t, u, key), elem_layout)
    return m


