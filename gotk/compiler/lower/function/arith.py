# SPDX-License-Identifier: BSD-3-Clause
"""Lowers arithmetic, shifts, comparisons and the logical operators.

Integers wrap. Division by zero panics; the most negative number divided by -1 is itself (LLVM leaves that undefined, so it is guarded).
Shift counts of the width or more give 0 or the sign. Floats are IEEE 754, never fused or reassociated.
"""

from __future__ import annotations

from gotk.compiler.lower.function.core import (
    COMPLEX,
    FLOAT,
    SIGNED,
    STRINGS,
    UNSIGNED,
    Fn,
)
from gotk.compiler.lower.function.dispatch import BIT, VALUE, lowers
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import BASICS, Basic, Interface, Type

_INT_OPS = {"+": "add", "-": "sub", "*": "mul", "&": "and", "|": "or", "^": "xor"}
_FLOAT_OPS = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
_COMPARE = frozenset({"==", "!=", "<", "<=", ">", ">="})
_SIGNED_PRED = {"<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}
_UNSIGNED_PRED = {"<": "ult", "<=": "ule", ">": "ugt", ">=": "uge"}
_FLOAT_PRED = {"<": "olt", "<=": "ole", ">": "ogt", ">=": "oge"}


@lowers(VALUE, ast.BinaryExpr)
def binary_value(fn: Fn, e: ast.BinaryExpr) -> str:
    op = e.op
    if op in _COMPARE or op == "&&" or op == "||":
        return fn.to_bool(binary_bit(fn, e))
    t = fn.type(e)
    if op == "<<" or op == ">>":
        fn.order((e.x, e.y))
        x = fn.value_as(e.x, t)
        y = fn.value(e.y)
        fn.at(e.op_pos)
        return shift(fn, op, x, t, y, fn.type(e.y), e.y.const)
    u = t.underlying()
    if op == "+" and type(u) is Basic and u.kind in STRINGS:
        from gotk.compiler.lower.function.strings import concat

        return concat(fn, e)
    fn.order((e.x, e.y))
    x = fn.value(e.x)
    y = fn.value(e.y)
    fn.at(e.op_pos)
    return arithmetic(fn, op, x, y, t, e.y.const)


def arithmetic(fn: Fn, op: str, x: str, y: str, t: Type, y_const: object = None) -> str:
    """``x op y`` for operands of type `t` (numbers or strings; not shifts or comparisons)."""
    u = t.underlying()
    assert type(u) is Basic
    kind = u.kind
    llvm = fn.llvm(u)
    if kind in FLOAT:
        return fn.op(f"{_FLOAT_OPS[op]} {llvm} {x}, {y}")
    if kind in COMPLEX:
        return complex_arithmetic(fn, op, x, y, t)
    if kind in STRINGS:
        from gotk.compiler.lower.function.strings import concat2

        return concat2(fn, x, y)
    name = _INT_OPS.get(op)
    if name is not None:
        return fn.op(f"{name} {llvm} {x}, {y}")
    if op == "&^":
        return fn.op(f"and {llvm} {x}, {fn.op(f'xor {llvm} {y}, -1')}")
    return divide(fn, op, x, y, llvm, kind in SIGNED, y_const)


def divide(fn: Fn, op: str, x: str, y: str, llvm: str, signed: bool, y_const: object) -> str:
    if y_const is not None:
        if y_const == -1 and signed:
            return fn.op(f"sub {llvm} 0, {x}") if op == "/" else "0"
    else:
        fn.check(fn.op(f"icmp ne {llvm} {y}, 0"), fn.trap("panicdivide"))
    if not signed:
        return fn.op(f"{'udiv' if op == '/' else 'urem'} {llvm} {x}, {y}")
    if y_const is not None:
        return fn.op(f"{'sdiv' if op == '/' else 'srem'} {llvm} {x}, {y}")
    # -1 is divided by as 1, then the sign is turned: minimum / -1 would trap.
    minus = fn.op(f"icmp eq {llvm} {y}, -1")
    safe = fn.op(f"select i1 {minus}, {llvm} 1, {llvm} {y}")
    if op == "%":
        return fn.op(f"srem {llvm} {x}, {safe}")
    quotient = fn.op(f"sdiv {llvm} {x}, {safe}")
    negated = fn.op(f"sub {llvm} 0, {x}")
    return fn.op(f"select i1 {minus}, {llvm} {negated}, {llvm} {quotient}")


def shift(
    fn: Fn, op: str, x: str, t: Type, y: str, y_type: Type, y_const: object
) -> str:
    """``x op y`` with op << or >>; `y` has its own integer type."""
    u = t.underlying()
    assert type(u) is Basic
    signed = u.kind in SIGNED
    llvm = fn.llvm(u)
    width = int(llvm[1:])
    name = "shl" if op == "<<" else "ashr" if signed else "lshr"
    if y_const is not None:
        n = int(y_const)  # type: ignore[call-overload]
        if n >= width:
            if name == "ashr":
                n = width - 1
            else:
                return "0"
        return fn.op(f"{name} {llvm} {x}, {n}")
    yu = y_type.underlying()
    assert type(yu) is Basic
    y_llvm = fn.llvm(yu)
    if yu.kind not in UNSIGNED:
        fn.check(fn.op(f"icmp sge {y_llvm} {y}, 0"), fn.trap("panicshift"))
    y_width = int(y_llvm[1:])
    big = fn.op(f"icmp uge {y_llvm} {y}, {width}")
    if y_width > width:
        count = fn.op(f"trunc {y_llvm} {y} to {llvm}")
    elif y_width < width:
        count = fn.op(f"zext {y_llvm} {y} to {llvm}")
    else:
        count = y
    if name == "ashr":
        count = fn.op(f"select i1 {big}, {llvm} {width - 1}, {llvm} {count}")
        return fn.op(f"ashr {llvm} {x}, {count}")
    masked = fn.op(f"and {llvm} {count}, {width - 1}")
    result = fn.op(f"{name} {llvm} {x}, {masked}")
    return fn.op(f"select i1 {big}, {llvm} 0, {llvm} {result}")


# ---------------------------------------------------------------- complex numbers


def complex_arithmetic(fn: Fn, op: str, x: str, y: str, t: Type) -> str:
    llvm = fn.llvm(t)
    part = "float" if "float" in llvm else "double"
    if op == "/":
        return complex_divide(fn, x, y, llvm, part)
    a, b = fn.extract(llvm, x, 0), fn.extract(llvm, x, 1)
    c, d = fn.extract(llvm, y, 0), fn.extract(llvm, y, 1)
    if op == "*":
        ac, bd = fn.op(f"fmul {part} {a}, {c}"), fn.op(f"fmul {part} {b}, {d}")
        ad, bc = fn.op(f"fmul {part} {a}, {d}"), fn.op(f"fmul {part} {b}, {c}")
        re, im = fn.op(f"fsub {part} {ac}, {bd}"), fn.op(f"fadd {part} {ad}, {bc}")
    else:
        name = _FLOAT_OPS[op]
        re, im = fn.op(f"{name} {part} {a}, {c}"), fn.op(f"{name} {part} {b}, {d}")
    return fn.make(llvm, ((part, re), (part, im)))


def complex_divide(fn: Fn, x: str, y: str, llvm: str, part: str) -> str:
    """Division is done in complex128 by the runtime (infinities and NaNs as C99 has them)."""
    from gotk.compiler.lower.function.convert import complex_to_complex

    wide = BASICS["complex128"]
    narrow = BASICS["complex64"]
    if part == "float":
        x = complex_to_complex(fn, x, narrow, wide)
        y = complex_to_complex(fn, y, narrow, wide)
    pair = "{ double, double }"
    result = fn.call(pair, fn.mod.go_runtime("complex128div"), (f"{pair} {x}", f"{pair} {y}"))
    if part == "float":
        return complex_to_complex(fn, result, wide, narrow)
    return result


# ---------------------------------------------------------------- unary


@lowers(VALUE, ast.UnaryExpr)
def unary_value(fn: Fn, e: ast.UnaryExpr) -> str:
    op = e.op
    if op == "&":
        from gotk.compiler.lower.function.exprs import address_of

        return address_of(fn, e)
    if op == "<-":
        from gotk.compiler.lower.function.channels import receive

        return receive(fn, e)
    if op == "!":
        return fn.to_bool(fn.not_(fn.bit(e.x)))
    x = fn.value(e.x)
    if op == "+":
        return x
    u = fn.under(e)
    assert type(u) is Basic
    llvm = fn.llvm(u)
    if op == "^":
        return fn.op(f"xor {llvm} {x}, -1")
    if u.kind in FLOAT:
        return fn.op(f"fneg {llvm} {x}")
    if u.kind in COMPLEX:
        part = "float" if "float" in llvm else "double"
        re, im = fn.extract(llvm, x, 0), fn.extract(llvm, x, 1)
        return fn.make(
            llvm, ((part, fn.op(f"fneg {part} {re}")), (part, fn.op(f"fneg {part} {im}")))
        )
    return fn.op(f"sub {llvm} 0, {x}")


@lowers(BIT, ast.UnaryExpr)
def unary_bit(fn: Fn, e: ast.UnaryExpr) -> str:
    if e.op == "!":
        return fn.not_(fn.bit(e.x))
    return fn.to_bit(unary_value(fn, e))


# ---------------------------------------------------------------- logic and comparison


@lowers(BIT, ast.BinaryExpr)
def binary_bit(fn: Fn, e: ast.BinaryExpr) -> str:
    op = e.op
    if op == "&&" or op == "||":
        return logical(fn, e)
    if op not in _COMPARE:
        return fn.to_bit(binary_value(fn, e))
    return comparison(fn, e)


def logical(fn: Fn, e: ast.BinaryExpr) -> str:
    fn.order((e.x,))
    x = fn.bit(e.x)
    rest, end = fn.new_block("rest"), fn.new_block("end")
    first = fn.block
    is_and = e.op == "&&"
    fn.cond_br(x, rest if is_and else end, end if is_and else rest)
    known = fn.nonnull
    fn.nonnull = set(known)
    waiting, fn.hoisted = fn.hoisted, {}
    fn.start(rest)
    y = fn.bit(e.y)
    fn.hoisted = waiting
    fn.nonnull = known
    last = fn.block
    fn.start(end)
    return fn.op(f"phi i1 [ {'false' if is_and else 'true'}, %{first} ], [ {y}, %{last} ]")


def comparison(fn: Fn, e: ast.BinaryExpr) -> str:
    """A comparison; operands of different types are an interface and what implements it, or identical but for a name."""
    from gotk.compiler.lower.function.equality import equal, equal_iface_concrete, is_nil

    op = e.op
    tx, ty = fn.type(e.x), fn.type(e.y)
    if op == "==" or op == "!=":
        bit = None
        if e.y.mode == "nil" and e.x.mode != "nil":
            bit = is_nil(fn, fn.value(e.x), tx)
        elif e.x.mode == "nil":
            bit = "true" if e.y.mode == "nil" else is_nil(fn, fn.value(e.y), ty)
        if bit is None:
            fn.order((e.x, e.y))
            x, y = compared(fn, e)
            fn.at(e.op_pos)
            x_iface = type(tx.underlying()) is Interface
            y_iface = type(ty.underlying()) is Interface
            if x_iface and not y_iface:
                bit = equal_iface_concrete(fn, x, tx, y, ty)
            elif y_iface and not x_iface:
                bit = equal_iface_concrete(fn, y, ty, x, tx)
            else:
                return equal(fn, x, y, tx, negate=op == "!=", other=ty)
        return fn.not_(bit) if op == "!=" else bit
    fn.order((e.x, e.y))
    x, y = compared(fn, e)
    return ordered(fn, op, x, y, tx)


def compared(fn: Fn, e: ast.BinaryExpr) -> tuple[str, str]:
    """The operands of a comparison; strings made from bytes are not copied, unless a call might change the bytes."""
    from gotk.compiler.lower.function.strings import is_string, view

    if is_string(fn.under(e.x)) and not fn.has_call(e.x) and not fn.has_call(e.y):
        return view(fn, e.x), view(fn, e.y)
    return fn.value(e.x), fn.value(e.y)


def ordered(fn: Fn, op: str, x: str, y: str, t: Type) -> str:
    """``x op y`` with op one of < <= > >=, as i1."""
    u = t.underlying()
    assert type(u) is Basic
    kind = u.kind
    if kind in STRINGS:
        from gotk.compiler.lower.function.strings import compare

        return fn.op(f"icmp {_SIGNED_PRED[op]} i64 {compare(fn, x, y)}, 0")
    llvm = fn.llvm(u)
    if kind in FLOAT:
        return fn.op(f"fcmp {_FLOAT_PRED[op]} {llvm} {x}, {y}")
    pred = _SIGNED_PRED[op] if kind in SIGNED else _UNSIGNED_PRED[op]
    return fn.op(f"icmp {pred} {llvm} {x}, {y}")
