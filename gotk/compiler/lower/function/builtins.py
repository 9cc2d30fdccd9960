# SPDX-License-Identifier: BSD-3-Clause
"""Lowers the builtin functions, except append, copy and make of slices (slices.py)."""

from __future__ import annotations

from gotk.compiler.lower.function.core import COMPLEX, FLOAT, INTEGER, SIGNED, STRINGS, Fn
from gotk.compiler.lower.function.dispatch import BUILTIN, lowers
from gotk.compiler.lower.function.exprs import index_operand, to_i64
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    BASICS,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Type,
)

_SLICE = "{ ptr, i64, i64 }"
_STRING = "{ ptr, i64 }"


@lowers(BUILTIN, "len")
def len_(fn: Fn, e: ast.CallExpr) -> str:
    return length(fn, e.args[0], "chanlen")


@lowers(BUILTIN, "cap")
def cap_(fn: Fn, e: ast.CallExpr) -> str:
    x = e.args[0]
    if type(fn.under(x)) is Slice:
        return fn.extract(_SLICE, fn.value(x), 2)
    return length(fn, x, "chancap")


def length(fn: Fn, x: ast.Expr, chan_entry: str) -> str:
    u = fn.under(x)
    kind = type(u)
    if kind is Slice:
        return fn.extract(_SLICE, fn.value(x), 1)
    if kind is Basic:
        return fn.extract(_STRING, fn.value(x), 1)
    if kind is Array:
        fn.discard(x)
        return str(u.len)  # type: ignore[attr-defined]
    if kind is Pointer:
        fn.discard(x)
        return str(u.elem.underlying().len)  # type: ignore[attr-defined]
    value = fn.value(x)
    if kind is Chan:
        return fn.rt("i64", chan_entry, f"ptr {value}")
    assert kind is Map
    return map_length(fn, value)


def map_length(fn: Fn, m: str) -> str:
    null = fn.op(f"icmp eq ptr {m}, null")
    load, end = fn.new_block("map"), fn.new_block("len")
    first = fn.block
    fn.cond_br(null, end, load)
    fn.start(load)
    n = fn.op(f"load i64, ptr {m}, align 8")
    fn.start(end)
    return fn.op(f"phi i64 [ 0, %{first} ], [ {n}, %{load} ]")


@lowers(BUILTIN, "new")
def new(fn: Fn, e: ast.CallExpr) -> str:
    """``new(T)``, and ``new(expr)``: a variable with that value."""
    x = e.args[0]
    u = fn.under(e)
    assert type(u) is Pointer
    layout = fn.lay(u.elem)
    value = None if x.mode == "type" else fn.value_as(x, u.elem)
    if fn.escape is not None and fn.escape.site_on_stack(e):
        p = fn.slot(layout)
        if value is None:
            fn.zero(p, layout)
    else:
        fn.at(e.pos)
        p = fn.alloc(layout)
    if value is not None:
        fn.store(value, p, layout)
    return p


@lowers(BUILTIN, "make")
def make(fn: Fn, e: ast.CallExpr) -> str:
    t = fn.type(e)
    u = t.underlying()
    kind = type(u)
    if kind is Slice:
        from gotk.compiler.lower.function.slices import make_slice

        return make_slice(fn, e, u)  # type: ignore[arg-type]
    size = "0"
    if len(e.args) > 1:
        size, unsigned = index_operand(fn, e.args[1])
        if unsigned:
            size = fn.op(f"select i1 {fn.op(f'icmp slt i64 {size}, 0')}, i64 -1, i64 {size}")
    fn.at(e.pos)
    entry = "makemap" if kind is Map else "makechan"
    if kind is Map and not size.isdigit():
        # A size hint that is negative or absurd is not an error for maps made at run time.
        size = fn.op(f"select i1 {fn.op(f'icmp slt i64 {size}, 0')}, i64 0, i64 {size}")
    made = fn.rt("ptr", entry, f"ptr {fn.mod.type_desc(t)}", f"i64 {size}")
    fn.nonnull.add(made)
    return made


@lowers(BUILTIN, "delete")
def delete(fn: Fn, e: ast.CallExpr) -> str:
    from gotk.compiler.lower.function import maps

    t, u = maps.map_of(fn, e.args[0])
    fn.order(e.args)
    m = fn.value(e.args[0])
    key = fn.value_as(e.args[1], u.key)
    fn.at(e.pos)
    maps.delete(fn, m, t, u, key)
    return ""


@lowers(BUILTIN, "clear")
def clear(fn: Fn, e: ast.CallExpr) -> str:
    x = e.args[0]
    t = fn.type(x)
    u = t.underlying()
    value = fn.value(x)
    fn.at(e.pos)
    if type(u) is Map:
        fn.rt("void", "mapclear", f"ptr {fn.mod.type_desc(t)}", f"ptr {value}")
        return ""
    assert type(u) is Slice
    layout = fn.lay(u.elem)
    n = fn.extract(_SLICE, value, 1)
    size = fn.op(f"mul i64 {n}, {layout.size}")
    memset = fn.mod.intrinsic("llvm.memset.p0.i64", "void", ["ptr", "i8", "i64", "i1"])
    p = fn.extract(_SLICE, value, 0)
    fn.call("void", memset, (f"ptr {p}", "i8 0", f"i64 {size}", "i1 false"))
    return ""


@lowers(BUILTIN, "close")
def close(fn: Fn, e: ast.CallExpr) -> str:
    c = fn.value(e.args[0])
    fn.at(e.pos)
    fn.rt("void", "closechan", f"ptr {c}")
    return ""


# ---------------------------------------------------------------- numbers


@lowers(BUILTIN, "complex")
def complex_(fn: Fn, e: ast.CallExpr) -> str:
    llvm = fn.llvm(fn.type(e))
    part_type = BASICS["float32" if "float" in llvm else "float64"]
    part = fn.llvm(part_type)
    fn.order(e.args)
    parts = []
    for x in e.args:
        if x.const is not None:
            parts.append((part, fn.mod.const_value(x.const, part_type)))
        else:
            parts.append((part, fn.value(x)))
    return fn.make(llvm, parts)


@lowers(BUILTIN, "real")
def real(fn: Fn, e: ast.CallExpr) -> str:
    x = e.args[0]
    return fn.extract(fn.llvm(fn.type(x)), fn.value(x), 0)


@lowers(BUILTIN, "imag")
def imag(fn: Fn, e: ast.CallExpr) -> str:
    x = e.args[0]
    return fn.extract(fn.llvm(fn.type(x)), fn.value(x), 1)


@lowers(BUILTIN, "min", "max")
def min_max(fn: Fn, e: ast.CallExpr) -> str:
    """min and max: NaN wins over all, and -0 is less than 0."""
    t = fn.type(e)
    u = t.underlying()
    assert type(u) is Basic
    fn.order(e.args)
    values = [fn.value_as(x, t) for x in e.args]
    result = values[0]
    llvm = fn.llvm(t)
    smallest = e.builtin == "min"
    for v in values[1:]:
        if u.kind in FLOAT:
            name = "llvm.minimum" if smallest else "llvm.maximum"
            suffix = "f32" if llvm == "float" else "f64"
            intrinsic = fn.mod.intrinsic(f"{name}.{suffix}", llvm, [llvm, llvm])
            result = fn.op(f"call {llvm} {intrinsic}({llvm} {result}, {llvm} {v})")
        elif u.kind in STRINGS:
            from gotk.compiler.lower.function.strings import compare

            order = compare(fn, v, result)
            bit = fn.op(f"icmp {'slt' if smallest else 'sgt'} i64 {order}, 0")
            result = fn.op(f"select i1 {bit}, {llvm} {v}, {llvm} {result}")
        else:
            sign = "s" if u.kind in SIGNED else "u"
            name = f"llvm.{sign}{e.builtin}.{llvm}"
            intrinsic = fn.mod.intrinsic(name, llvm, [llvm, llvm])
            result = fn.op(f"call {llvm} {intrinsic}({llvm} {result}, {llvm} {v})")
    return result


# ---------------------------------------------------------------- panics and printing


@lowers(BUILTIN, "panic")
def panic(fn: Fn, e: ast.CallExpr) -> str:
    any_type = empty_interface()
    value = fn.value_as(e.args[0], any_type)
    fn.at(e.pos)
    fn.do(f"call void {fn.mod.go_runtime('gopanic')}({{ ptr, ptr }} {value}) cold noreturn nomerge{fn.dbg}")
    fn.unreachable()
    return ""


_EMPTY = Interface([], [])


def empty_interface() -> Interface:
    return _EMPTY


@lowers(BUILTIN, "recover")
def recover(fn: Fn, e: ast.CallExpr) -> str:
    fn.at(e.pos)
    return fn.call("{ ptr, ptr }", fn.mod.go_runtime("gorecover"), (f"i8 {fn.recover_token()}",))


@lowers(BUILTIN, "print", "println")
def print_(fn: Fn, e: ast.CallExpr) -> str:
    fn.order(e.args)
    values = []
    for x in e.args:
        t = fn.type(x)
        values.append((fn.value(x), t))
    fn.at(e.pos)
    runtime(fn, "printlock")
    for i, (value, t) in enumerate(values):
        if i and e.builtin == "println":
            runtime(fn, "printsp")
        print_one(fn, value, t)
    if e.builtin == "println":
        runtime(fn, "printnl")
    runtime(fn, "printunlock")
    return ""


def runtime(fn: Fn, name: str, *args: str) -> None:
    fn.call("void", fn.mod.go_runtime(name), args)


def print_one(fn: Fn, value: str, t: Type) -> None:
    from gotk.compiler.lower.function.convert import convert_basic

    u = t.underlying()
    kind = type(u)
    if kind is Basic:
        basic: str = u.kind  # type: ignore[attr-defined]
        if basic in ("bool", "untyped bool"):
            runtime(fn, "printbool", f"i8 {value}")
        elif basic in STRINGS:
            runtime(fn, "printstring", f"{_STRING} {value}")
        elif basic in INTEGER:
            wide, _ = to_i64(fn, value, t)
            runtime(fn, "printint" if basic in SIGNED else "printuint", f"i64 {wide}")
        elif basic == "float32":
            runtime(fn, "printfloat32", f"float {value}")
        elif basic in FLOAT:
            runtime(fn, "printfloat", f"double {value}")
        elif basic == "complex64":
            runtime(fn, "printcomplex64", f"{{ float, float }} {value}")
        elif basic in COMPLEX:
            wide = convert_basic(fn, value, u, BASICS["complex128"])  # type: ignore[arg-type]
            runtime(fn, "printcomplex", f"{{ double, double }} {wide}")
        else:
            runtime(fn, "printpointer", f"ptr {value}")
    elif kind is Interface:
        runtime(fn, "printeface", f"{{ ptr, ptr }} {value}")
    elif kind is Slice:
        runtime(fn, "printslice", f"{_SLICE} {value}")
    else:
        assert kind in (Pointer, Map, Chan, Signature)
        runtime(fn, "printpointer", f"ptr {value}")


# ---------------------------------------------------------------- unsafe


@lowers(BUILTIN, "unsafe.Add", "Add")
def unsafe_add(fn: Fn, e: ast.CallExpr) -> str:
    fn.order(e.args)
    p = fn.value(e.args[0])
    n, _ = index_operand(fn, e.args[1])
    return fn.op(f"getelementptr i8, ptr {p}, i64 {n}")


@lowers(BUILTIN, "unsafe.Slice", "Slice")
def unsafe_slice(fn: Fn, e: ast.CallExpr) -> str:
    fn.order(e.args)
    p = fn.value(e.args[0])
    n, _ = index_operand(fn, e.args[1])
    fn.at(e.pos)
    u = fn.under(e)
    assert type(u) is Slice
    size = fn.lay(u.elem).size
    runtime(fn, "unsafeslicecheck", f"ptr {p}", f"i64 {n}", f"i64 {size}", "i8 0")
    return fn.slice(p, n, n)


@lowers(BUILTIN, "unsafe.SliceData", "SliceData")
def unsafe_slice_data(fn: Fn, e: ast.CallExpr) -> str:
    return fn.extract(_SLICE, fn.value(e.args[0]), 0)


@lowers(BUILTIN, "unsafe.String", "String")
def unsafe_string(fn: Fn, e: ast.CallExpr) -> str:
    fn.order(e.args)
    p = fn.value(e.args[0])
    n, _ = index_operand(fn, e.args[1])
    fn.at(e.pos)
    runtime(fn, "unsafeslicecheck", f"ptr {p}", f"i64 {n}", "i64 1", "i8 1")
    return fn.string(p, n)


@lowers(BUILTIN, "unsafe.StringData", "StringData")
def unsafe_string_data(fn: Fn, e: ast.CallExpr) -> str:
    return fn.extract(_STRING, fn.value(e.args[0]), 0)


@lowers(BUILTIN, "unsafe.Sizeof", "unsafe.Alignof", "unsafe.Offsetof", "Sizeof", "Alignof", "Offsetof")
def unsafe_size(fn: Fn, e: ast.CallExpr) -> str:
    """Sizes that depend on type parameters: constants only after instantiation."""
    x = e.args[0]
    layout = fn.lay(fn.type(x))
    if e.builtin.endswith("Sizeof"):
        return str(layout.size)
    if e.builtin.endswith("Alignof"):
        return str(layout.align)
    selector = x
    while type(selector) is ast.ParenExpr:
        selector = selector.x
    assert type(selector) is ast.SelectorExpr and selector.selection is not None
    t = fn.type(selector.x)
    if type(t.underlying()) is Pointer:
        t = t.underlying().elem  # type: ignore[attr-defined]
    offset = 0
    for index in selector.selection.path:
        u = t.underlying()
        offset += fn.lay(t).offsets[index]
        t = u.fields[index].type  # type: ignore[attr-defined]
    return str(offset)


