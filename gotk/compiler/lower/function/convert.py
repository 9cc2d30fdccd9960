# SPDX-License-Identifier: BSD-3-Clause
"""Lowers conversions ``T(x)``.

Floats to integers behave as on amd64 under the Go compiler, also where the spec leaves the result open: the hardware's truncating
conversion to 32 or 64 bits, whose answer for what does not fit is the most negative number, then cut to the type's width.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import (
    COMPLEX,
    FLOAT,
    INTEGER,
    SIGNED,
    STRINGS,
    Fn,
)
from gotk.compiler.lower.function.strings import buffer, from_slice, to_slice
from gotk.compiler.syntax import ast
from gotk.compiler.target import target
from gotk.compiler.types.model import Array, Basic, Interface, Pointer, Slice, Type


def conversion(fn: Fn, e: ast.CallExpr) -> str:
    """A conversion that is not a constant."""
    x = e.args[0]
    dst = fn.type(e)
    if x.mode == "nil":
        return fn.lay(dst).zero
    src = fn.type(x)
    if x.const is not None and type(dst.underlying()) is not Interface:
        # A constant of a type parameter's type, or []byte("…").
        du = dst.underlying()
        if type(du) is Basic and not (du.kind in STRINGS and not isinstance(x.const, bytes)):
            return fn.mod.const_value(x.const, dst)
    value = fn.value(x)
    fn.at(e.pos)
    return convert(fn, value, src, dst, x, e)


def convert(
    fn: Fn, value: str, src: Type, dst: Type, x: ast.Expr | None = None, e: ast.Expr | None = None
) -> str:
    """`value` of type `src` as a value of type `dst`; `x`: the operand's expression, `e`: the conversion's, where there are any."""
    su, du = src.underlying(), dst.underlying()
    if su is du:
        return value
    dk = type(du)
    if dk is Interface:
        return fn.coerce(value, src, dst, x)
    if dk is Basic:
        if type(su) is Basic:
            return convert_basic(fn, value, su, du)  # type: ignore[arg-type]
        if type(su) is Slice:  # string([]byte), string([]rune)
            rune = fn.lay(su.elem).size == 4
            return from_slice(fn, value, rune, "null" if e is None else buffer(fn, e))
        return value  # unsafe.Pointer(p)
    if dk is Slice and type(su) is Basic:
        if su.kind in STRINGS:
            rune = fn.lay(du.elem).size == 4  # type: ignore[attr-defined]
            return to_slice(fn, value, rune, "null" if e is None else buffer(fn, e))
    if type(su) is Slice and (dk is Array or dk is Pointer):
        return slice_to_array(fn, value, du)
    return value


def slice_to_array(fn: Fn, value: str, du: Type) -> str:
    """Slice to array or to array pointer: panics if it is too short."""
    s = "{ ptr, i64, i64 }"
    array = du.elem.underlying() if type(du) is Pointer else du
    assert type(array) is Array
    length = fn.extract(s, value, 1)
    ok = fn.op(f"icmp uge i64 {length}, {array.len}")
    fn.check(ok, fn.trap_with("panicSliceConvert", f"i64 {length}", f"i64 {array.len}"))
    p = fn.extract(s, value, 0)
    if type(du) is Pointer:
        return p
    return fn.load(p, fn.lay(du))


def convert_basic(fn: Fn, value: str, su: Basic, du: Basic) -> str:
    sk, dk = su.kind, du.kind
    if sk == dk:
        return value
    if dk in STRINGS:
        if sk in STRINGS:
            return value
        from gotk.compiler.lower.function.exprs import to_i64

        wide, unsigned = to_i64(fn, value, su)
        if unsigned:
            # A uint64 beyond int64 is no code point either way.
            wide = fn.op(f"select i1 {fn.op(f'icmp slt i64 {wide}, 0')}, i64 -1, i64 {wide}")
        return fn.rt("{ ptr, i64 }", "intstring", f"i64 {wide}")
    if sk == "unsafe.Pointer":
        return value if dk == "unsafe.Pointer" else fn.op(f"ptrtoint ptr {value} to i64")
    if dk == "unsafe.Pointer":
        return fn.op(f"inttoptr i64 {value} to ptr")
    if sk in INTEGER and dk in INTEGER:
        return int_to_int(fn, value, fn.llvm(su), fn.llvm(du), sk in SIGNED)
    if sk in INTEGER and dk in FLOAT:
        name = "sitofp" if sk in SIGNED else "uitofp"
        return fn.op(f"{name} {fn.llvm(su)} {value} to {fn.llvm(du)}")
    if sk in FLOAT and dk in FLOAT:
        return float_to_float(fn, value, fn.llvm(su), fn.llvm(du))
    if sk in FLOAT and dk in INTEGER:
        return float_to_int(fn, value, fn.llvm(su), du)
    if sk in COMPLEX and dk in COMPLEX:
        return complex_to_complex(fn, value, su, du)
    return value


def int_to_int(fn: Fn, value: str, src: str, dst: str, signed: bool) -> str:
    a, b = int(src[1:]), int(dst[1:])
    if a == b:
        return value
    if a > b:
        return fn.op(f"trunc {src} {value} to {dst}")
    return fn.op(f"{'sext' if signed else 'zext'} {src} {value} to {dst}")


def float_to_float(fn: Fn, value: str, src: str, dst: str) -> str:
    if src == dst:
        return value
    return fn.op(f"{'fpext' if dst == 'double' else 'fptrunc'} {src} {value} to {dst}")


def complex_to_complex(fn: Fn, value: str, src: Type, dst: Type) -> str:
    s, d = fn.llvm(src), fn.llvm(dst)
    if s == d:
        return value
    sp, dp = ("float", "double") if "float" in s else ("double", "float")
    parts = [float_to_float(fn, fn.extract(s, value, i), sp, dp) for i in (0, 1)]
    return fn.make(d, ((dp, parts[0]), (dp, parts[1])))


def float_to_int(fn: Fn, value: str, src: str, du: Basic) -> str:
    kind = du.kind
    llvm = fn.llvm(du)
    if kind in ("int32", "int16", "int8", "uint16", "uint8"):
        n = truncate(fn, value, src, 32)
        return n if llvm == "i32" else fn.op(f"trunc i32 {n} to {llvm}")
    if kind == "uint32":
        return fn.op(f"trunc i64 {truncate(fn, value, src, 64)} to i32")
    if kind in ("int", "int64"):
        return truncate(fn, value, src, 64)
    # Unsigned 64 bits: what is 2**63 or more is converted less that much.
    limit = "0x43E0000000000000"  # 2**63, as LLVM writes both float and double constants
    small = fn.op(f"fcmp olt {src} {value}, {limit}")
    low = truncate(fn, value, src, 64)
    reduced = fn.op(f"fsub {src} {value}, {limit}")
    high = fn.op(f"or i64 {truncate(fn, reduced, src, 64)}, {-(1 << 63)}")
    return fn.op(f"select i1 {small}, i64 {low}, i64 {high}")


def truncate(fn: Fn, value: str, src: str, bits: int) -> str:
    """cvttsd2si or its kin: out of range is the most negative number. On aarch64 fcvtzs: the nearest one, as under the Go compiler there."""
    if target().name == "aarch64":
        saturate = fn.mod.intrinsic(f"llvm.fptosi.sat.i{bits}.f{64 if src == 'double' else 32}", f"i{bits}", [src])
        return fn.op(f"call i{bits} {saturate}({src} {value})")
    unit, insn, lanes = ("sse2", "cvttsd2si", 2) if src == "double" else ("sse", "cvttss2si", 4)
    vector = f"<{lanes} x {src}>"
    name = f"llvm.x86.{unit}.{insn}{'64' if bits == 64 else ''}"
    intrinsic = fn.mod.intrinsic(name, f"i{bits}", [vector])
    packed = fn.op(f"insertelement {vector} zeroinitializer, {src} {value}, i64 0")
    return fn.op(f"call i{bits} {intrinsic}({vector} {packed})")

