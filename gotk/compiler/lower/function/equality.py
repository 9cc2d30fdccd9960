# SPDX-License-Identifier: BSD-3-Clause
"""Lowers == and != for every comparable type.

Interfaces compare by dynamic type (itabs are not unique, types are), then by value; the runtime panics if that type is not
comparable. Structs and arrays compare field by field, or by their bytes where these say it all.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import COMPLEX, FLOAT, STRINGS, Fn
from gotk.compiler.types.model import Array, Basic, Interface, Slice, Struct, Type

#: Structs of more fields than this, and arrays that are not plain bytes, are compared by the runtime.
_MAX_FIELDS = 8


def is_nil(fn: Fn, value: str, t: Type) -> str:
    """``value == nil`` as i1."""
    u = t.underlying()
    if type(u) is Interface:
        value = fn.extract("{ ptr, ptr }", value, 0)
    elif type(u) is Slice:
        value = fn.extract("{ ptr, i64, i64 }", value, 0)
    return fn.op(f"icmp eq ptr {value}, null")


def equal(fn: Fn, x: str, y: str, t: Type, *, negate: bool = False, other: Type | None = None) -> str:
    """``x == y`` (or != if `negate`) as i1, for two values of type `t`; `other`: y's type if it is another interface."""
    u = t.underlying()
    layout = fn.lay(u)
    kind = type(u)
    if kind is Basic:
        basic: str = u.kind  # type: ignore[attr-defined]
        if basic in FLOAT:
            return fn.op(f"fcmp {'une' if negate else 'oeq'} {layout.llvm} {x}, {y}")
        if basic in STRINGS:
            bit = string_equal(fn, x, y)
        elif basic in COMPLEX:
            part = "float" if "float" in layout.llvm else "double"
            parts = [
                fn.op(
                    f"fcmp oeq {part} {fn.extract(layout.llvm, x, i)}, {fn.extract(layout.llvm, y, i)}"
                )
                for i in (0, 1)
            ]
            bit = fn.op(f"and i1 {parts[0]}, {parts[1]}")
        else:
            return fn.op(f"icmp {'ne' if negate else 'eq'} {layout.llvm} {x}, {y}")
    elif kind is Interface:
        bit = iface_equal(fn, x, t, y, other or t)
    elif kind is Struct:
        bit = struct_equal(fn, x, y, t, u)  # type: ignore[arg-type]
    elif kind is Array:
        bit = array_equal(fn, x, y, t, u)  # type: ignore[arg-type]
    else:
        return fn.op(f"icmp {'ne' if negate else 'eq'} ptr {x}, {y}")
    return fn.not_(bit) if negate else bit


def string_equal(fn: Fn, x: str, y: str) -> str:
    """Lengths first, then bytes."""
    s = "{ ptr, i64 }"
    if y == "zeroinitializer" or x == "zeroinitializer":
        other = x if y == "zeroinitializer" else y
        if other == "zeroinitializer":
            return "true"
        return fn.op(f"icmp eq i64 {fn.extract(s, other, 1)}, 0")
    xl, yl = fn.extract(s, x, 1), fn.extract(s, y, 1)
    same = fn.op(f"icmp eq i64 {xl}, {yl}")
    bytes_, end = fn.new_block("bytes"), fn.new_block("eq")
    first = fn.block
    fn.cond_br(same, bytes_, end)
    fn.start(bytes_)
    # Where one length is a constant, comparing that many bytes lets LLVM do it inline.
    n = _constant_length(y) or _constant_length(x) or xl
    bit = bytes_equal(fn, fn.extract(s, x, 0), fn.extract(s, y, 0), n)
    fn.start(end)
    return fn.op(f"phi i1 [ false, %{first} ], [ {bit}, %{bytes_} ]")


def _constant_length(operand: str) -> str:
    if operand[0] == "{":
        return operand.rsplit("i64 ", 1)[1].rstrip("} ")
    return ""


def bytes_equal(fn: Fn, p: str, q: str, n: str) -> str:
    memcmp = fn.mod.intrinsic("memcmp", "i32", ["ptr", "ptr", "i64"])
    return fn.op(f"icmp eq i32 {fn.call('i32', memcmp, (f'ptr {p}', f'ptr {q}', f'i64 {n}'))}, 0")


def dynamic_type(fn: Fn, value: str, t: Type) -> str:
    """Descriptor of what an interface value of type `t` holds, or null."""
    tab = fn.extract("{ ptr, ptr }", value, 0)
    return type_of_tab(fn, tab, t)


def type_of_tab(fn: Fn, tab: str, t: Type) -> str:
    if not fn.mod.iface_methods(t):
        return tab
    null = fn.op(f"icmp eq ptr {tab}, null")
    load, end = fn.new_block("tab"), fn.new_block("type")
    first = fn.block
    fn.cond_br(null, end, load)
    fn.start(load)
    found = fn.op(f"load ptr, ptr {tab}, align 8")
    fn.start(end)
    return fn.op(f"phi ptr [ null, %{first} ], [ {found}, %{load} ]")


def iface_equal(fn: Fn, x: str, tx: Type, y: str, ty: Type) -> str:
    pair = "{ ptr, ptr }"
    dx, dy = dynamic_type(fn, x, tx), dynamic_type(fn, y, ty)
    same = fn.op(f"icmp eq ptr {dx}, {dy}")
    full, compare, end = fn.new_block("full"), fn.new_block("dyn"), fn.new_block("eq")
    first = fn.block
    fn.cond_br(same, full, end)
    fn.start(full)
    null = fn.op(f"icmp eq ptr {dx}, null")
    fn.cond_br(null, end, compare)
    fn.start(compare)
    a, b = fn.extract(pair, x, 1), fn.extract(pair, y, 1)
    result = fn.rt("i8", "efaceeq", f"ptr {dx}", f"ptr {a}", f"ptr {b}")
    bit = fn.to_bit(result)
    last = fn.block
    fn.start(end)
    return fn.op(f"phi i1 [ false, %{first} ], [ true, %{full} ], [ {bit}, %{last} ]")


def equal_iface_concrete(fn: Fn, x: str, tx: Type, y: str, ty: Type) -> str:
    """``x == y`` for an interface value and a value of concrete type: no boxing."""
    layout = fn.lay(ty)
    same = fn.op(f"icmp eq ptr {dynamic_type(fn, x, tx)}, {fn.mod.type_desc(ty)}")
    compare, end = fn.new_block("dyn"), fn.new_block("eq")
    first = fn.block
    fn.cond_br(same, compare, end)
    fn.start(compare)
    data = fn.extract("{ ptr, ptr }", x, 1)
    if layout.direct:
        from gotk.compiler.lower.function.interfaces import unwrap_direct

        bit = fn.op(f"icmp eq ptr {data}, {unwrap_direct(fn, y, ty)}")
    else:
        bit = equal(fn, fn.load(data, layout), y, ty)
    last = fn.block
    fn.start(end)
    return fn.op(f"phi i1 [ false, %{first} ], [ {bit}, %{last} ]")


def struct_equal(fn: Fn, x: str, y: str, t: Type, u: Struct) -> str:
    layout = fn.lay(u)
    fields = [(i, f) for i, f in enumerate(u.fields) if f.name != "_"]
    if not fields or layout.size == 0:
        return "true"
    if not layout.is_register:
        if layout.memeq:
            return bytes_equal(fn, x, y, str(layout.size))
        if len(fields) > _MAX_FIELDS:
            return runtime_equal(fn, x, y, t)

    def field(value: str, i: int, ft: Type) -> str:
        if layout.is_register:
            return fn.extract(layout.llvm, value, i)
        return fn.load(fn.byte_offset(value, layout.offsets[i]), fn.lay(ft))

    return all_of(
        fn,
        [
            (lambda i=i, ft=f.type: equal(fn, field(x, i, ft), field(y, i, ft), ft))
            for i, f in fields
        ],
    )


def all_of(fn: Fn, tests: list) -> str:
    """Conjunction of i1 tests, each evaluated only if those before are true."""
    if len(tests) == 1:
        return tests[0]()
    end = fn.new_block("eq")
    incoming: list[str] = []
    for i, test in enumerate(tests):
        bit = test()
        if i == len(tests) - 1:
            incoming.append(f"[ {bit}, %{fn.block} ]")
            break
        incoming.append(f"[ false, %{fn.block} ]")
        following = fn.new_block("and")
        fn.cond_br(bit, following, end)
        fn.start(following)
    fn.start(end)
    return fn.op("phi i1 " + ", ".join(incoming))


def array_equal(fn: Fn, x: str, y: str, t: Type, u: Array) -> str:
    layout = fn.lay(u)
    if layout.size == 0 or u.len == 0:
        return "true"
    if layout.is_register:
        return all_of(
            fn,
            [
                (
                    lambda i=i: equal(
                        fn, fn.extract(layout.llvm, x, i), fn.extract(layout.llvm, y, i), u.elem
                    )
                )
                for i in range(u.len)
            ],
        )
    if layout.memeq:
        return bytes_equal(fn, x, y, str(layout.size))
    return runtime_equal(fn, x, y, t)


def runtime_equal(fn: Fn, x: str, y: str, t: Type) -> str:
    layout = fn.lay(t)
    x, y = fn.spill(x, layout), fn.spill(y, layout)
    desc = fn.mod.type_desc(t)
    return fn.to_bit(fn.rt("i8", "typeequal", f"ptr {desc}", f"ptr {x}", f"ptr {y}"))
