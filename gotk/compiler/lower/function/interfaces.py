# SPDX-License-Identifier: BSD-3-Clause
"""Lowers interface values: boxing, conversions between interfaces, and type assertions.

An interface value is ``{tab, data}``; tab is a type descriptor for empty interfaces, else an itab whose first word is one. Pointer-shaped
values are the data word itself, others are boxed in memory that nobody changes.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import BOOL, Fn
from gotk.compiler.lower.function.dispatch import MULTI, VALUE, lowers
from gotk.compiler.lower.function.equality import type_of_tab
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Array, Interface, Struct, Type
from gotk.compiler.types.predicates import identical

_IFACE = "{ ptr, ptr }"


def box(fn: Fn, value: str, t: Type, e: ast.Expr | None) -> str:
    """Data word for `value` of concrete type `t`; `e` is the expression it came from."""
    layout = fn.lay(t)
    if layout.direct:
        return unwrap_direct(fn, value, t)
    if layout.size == 0:
        return fn.mod.const_global("i64", "0", 8)
    if (layout.is_register and is_constant(value)) or value == "zeroinitializer":
        return fn.mod.const_global(layout.llvm, value, layout.align)
    if e is not None and fn.escape is not None and fn.escape.box_on_stack(e):
        p = fn.slot(layout)
    else:
        p = fn.alloc(layout)
    fn.store(value, p, layout)
    return p


def is_constant(operand: str) -> bool:
    return "%" not in operand


def unwrap_direct(fn: Fn, value: str, t: Type) -> str:
    """The pointer in a pointer-shaped value (which may be a struct or array of one)."""
    u = t.underlying()
    while type(u) is Struct or type(u) is Array:
        if value == "zeroinitializer":
            return "null"
        index, inner = single_pointer(fn, u)
        value = fn.extract(fn.llvm(u), value, index)
        u = inner.underlying()
    return "null" if value == "zeroinitializer" else value


def wrap_direct(fn: Fn, pointer: str, t: Type) -> str:
    """The pointer-shaped value of type `t` whose pointer this is."""
    u = t.underlying()
    if type(u) is Struct or type(u) is Array:
        index, inner = single_pointer(fn, u)
        value = wrap_direct(fn, pointer, inner)
        layout = fn.lay(u)
        return fn.insert(layout.llvm, "zeroinitializer", fn.llvm(inner), value, index)
    return pointer


def single_pointer(fn: Fn, u: Struct | Array) -> tuple[int, Type]:
    if type(u) is Array:
        return 0, u.elem
    assert type(u) is Struct
    for i, f in enumerate(u.fields):
        if fn.lay(f.type).size:  # type: ignore[arg-type]
            return i, f.type  # type: ignore[return-value]
    raise AssertionError("no pointer in a pointer-shaped struct")


def unbox(fn: Fn, data: str, t: Type) -> str:
    """Value of type `t` from a data word."""
    layout = fn.lay(t)
    if layout.direct:
        return wrap_direct(fn, data, t)
    if layout.size == 0:
        return layout.zero
    return fn.load(data, layout)


def convert_iface(fn: Fn, value: str, src: Type, dst: Type) -> str:
    """An interface value as one of another interface type whose methods it surely has; nil stays nil."""
    have, want = fn.mod.iface_methods(src), fn.mod.iface_methods(dst)
    if len(have) == len(want) and identical(src.underlying(), dst.underlying()):
        return value
    tab, data = fn.extract(_IFACE, value, 0), fn.extract(_IFACE, value, 1)
    desc = type_of_tab(fn, tab, src)
    if not want:
        return fn.make(_IFACE, (("ptr", desc), ("ptr", data)))
    null = fn.op(f"icmp eq ptr {desc}, null")
    find, end = fn.new_block("itab"), fn.new_block("conv")
    first = fn.block
    fn.cond_br(null, end, find)
    fn.start(find)
    found = fn.rt("ptr", "getitab", f"ptr {fn.mod.type_desc(dst)}", f"ptr {desc}")
    fn.start(end)
    new_tab = fn.op(f"phi ptr [ null, %{first} ], [ {found}, %{find} ]")
    return fn.make(_IFACE, (("ptr", new_tab), ("ptr", data)))


def matches(fn: Fn, desc: str, tab: str, src: Type, t: Type) -> tuple[str, str]:
    """Whether the dynamic type `desc` (null if the interface is nil) fits `t`: (i1, tab for the result if `t` is an interface)."""
    if type(t.underlying()) is not Interface:
        return fn.op(f"icmp eq ptr {desc}, {fn.mod.type_desc(t)}"), ""
    if not fn.mod.iface_methods(t):
        return fn.op(f"icmp ne ptr {desc}, null"), desc
    find, end = fn.new_block("itab"), fn.new_block("has")
    null = fn.op(f"icmp eq ptr {desc}, null")
    first = fn.block
    fn.cond_br(null, end, find)
    fn.start(find)
    found = fn.rt("ptr", "getitab", f"ptr {fn.mod.type_desc(t)}", f"ptr {desc}")
    fn.start(end)
    itab = fn.op(f"phi ptr [ null, %{first} ], [ {found}, %{find} ]")
    return fn.op(f"icmp ne ptr {itab}, null"), itab


@lowers(VALUE, ast.TypeAssertExpr)
def assertion(fn: Fn, e: ast.TypeAssertExpr) -> str:
    """``x.(T)``: panics unless x holds a T."""
    if e.comma_ok:
        return assertion_ok(fn, e)[0][0]
    src, dst = fn.type(e.x), fn.type(e)
    value = fn.value(e.x)
    fn.at(e.lparen)
    tab, data = fn.extract(_IFACE, value, 0), fn.extract(_IFACE, value, 1)
    desc = type_of_tab(fn, tab, src)
    ok, new_tab = matches(fn, desc, tab, src, dst)
    want = fn.mod.type_desc(dst)
    if new_tab:
        fn.check(ok, fn.trap_with("panicassertI", f"ptr {desc}", f"ptr {want}"))
        return fn.make(_IFACE, (("ptr", new_tab), ("ptr", data)))
    iface = fn.mod.type_desc(src)
    fn.check(ok, fn.trap_with("panicdottypeE", f"ptr {desc}", f"ptr {want}", f"ptr {iface}"))
    return unbox(fn, data, dst)


@lowers(MULTI, ast.TypeAssertExpr)
def assertion_ok(fn: Fn, e: ast.TypeAssertExpr) -> list[tuple[str, Type]]:
    """``v, ok = x.(T)``: the zero value if x does not hold a T."""
    src, dst = fn.type(e.x), fn.type(e)
    value = fn.value(e.x)
    fn.at(e.lparen)
    tab, data = fn.extract(_IFACE, value, 0), fn.extract(_IFACE, value, 1)
    desc = type_of_tab(fn, tab, src)
    ok, new_tab = matches(fn, desc, tab, src, dst)
    flag = fn.to_bool(ok)
    if new_tab:
        held = fn.op(f"select i1 {ok}, ptr {data}, ptr null")
        kept = fn.op(f"select i1 {ok}, ptr {new_tab}, ptr null")
        return [(fn.make(_IFACE, (("ptr", kept), ("ptr", held))), dst), (flag, BOOL)]
    layout = fn.lay(dst)
    if layout.direct:
        held = fn.op(f"select i1 {ok}, ptr {data}, ptr null")
        return [(wrap_direct(fn, held, dst), dst), (flag, BOOL)]
    if layout.size == 0:
        return [(layout.zero, dst), (flag, BOOL)]
    # Reading from a zero value instead of branching keeps this short: select the address, then load.
    zero = fn.mod.const_global(layout.llvm, layout.zero, layout.align)
    at = fn.op(f"select i1 {ok}, ptr {data}, ptr {zero}")
    return [(fn.load(at, layout), dst), (flag, BOOL)]
