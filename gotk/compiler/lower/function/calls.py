# SPDX-License-Identifier: BSD-3-Clause
"""Lowers calls: of functions, methods, interface methods and func values.

A call has two steps: `prepare` evaluates the callee and the arguments, `perform` calls. Go and defer statements put a thunk between
the two (defers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gotk.compiler.lower.function.core import UNSAFE_POINTER, Fn, func_object, is_fresh
from gotk.compiler.lower.function.dispatch import BUILTIN, MULTI, VALUE, lowers
from gotk.compiler.lower.function.measured import is_helper_mark, keep, opaque
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Array, Signature, Slice, Type

if TYPE_CHECKING:
    from gotk.compiler.lower.module.abi import FuncABI

Operand = tuple[str, Type]


class Prepared:
    """A call whose operands are evaluated.

    ``kind``: "direct" (``symbol``; ``context`` is the closure object if it is a literal's code), "closure" (``target`` is the closure
    object) or "iface" (``target`` is the interface value, ``index`` the method's place in the itab). ``args``: receiver first (not
    for "iface")."""

    __slots__ = ("abi", "args", "context", "index", "kind", "pos", "symbol", "target")

    def __init__(self, kind: str, abi: FuncABI, args: list[Operand], pos: int) -> None:
        self.kind, self.abi, self.args, self.pos = kind, abi, args, pos
        self.symbol = self.target = self.context = ""
        self.index = 0


def unparen(e: ast.Expr) -> ast.Expr:
    while type(e) is ast.ParenExpr:
        e = e.x
    return e


@lowers(VALUE, ast.CallExpr)
def call_value(fn: Fn, e: ast.CallExpr) -> str:
    results = call_results(fn, e)
    return results[0][0] if results else ""


@lowers(MULTI, ast.CallExpr)
def call_results(fn: Fn, e: ast.CallExpr) -> list[Operand]:
    kind = e.kind
    if kind == "call":
        return perform(fn, prepare(fn, e))
    if kind == "conversion":
        from gotk.compiler.lower.function.convert import conversion

        return [(conversion(fn, e), fn.type(e))]
    if e.spread:
        e = spread_builtin(fn, e)
    value = BUILTIN[e.builtin](fn, e)
    return [(value, fn.type(e))] if value else []


def spread_builtin(fn: Fn, e: ast.CallExpr) -> ast.CallExpr:
    """``copy(f())``: the same call with the values of f, already evaluated, as its arguments."""
    args: list[ast.Expr] = []
    for value, t in fn.multi(e.args[0]):
        x = ast.BadExpr(e.args[0].pos, e.args[0].end)
        x.type, x.mode = t, "value"
        fn.hoisted[x] = value
        args.append(x)
    call = ast.CallExpr(e.pos, e.end, e.fun, e.lparen, args, e.ellipsis, e.rparen)
    call.type, call.mode, call.kind, call.builtin = e.type, e.mode, e.kind, e.builtin
    return call


def prepare(fn: Fn, e: ast.CallExpr) -> Prepared:
    """Evaluate the callee and the arguments of ``f(args)``, in Go's order."""
    fun = unparen(e.fun)
    sig = fn.under(e.fun)
    assert type(sig) is Signature
    found = func_object(fun)
    if found is not None:
        obj, targs = found
        fn.order(e.args)
        args = arguments(fn, e, sig)
        call = Prepared("direct", fn.mod.signature_abi(sig), args, e.pos)
        call.symbol = fn.mod.func_ref(obj, [fn.st(t) for t in targs or ()])
        return call
    if type(fun) is ast.IndexExpr and fun.targs is not None and fun not in fn.hoisted:
        fun = unparen(fun.x)  # x.m[T](…): the selector has the type arguments, too
    if (
        type(fun) is ast.SelectorExpr
        and fun.selection is not None
        and fun.selection.kind == "method"
        and fun not in fn.hoisted
    ):
        return prepare_method(fn, e, fun, sig)
    fn.order((e.fun, *e.args))
    closure = fn.value(e.fun)
    args = arguments(fn, e, sig)
    call = Prepared("closure", fn.mod.signature_abi(sig), args, e.pos)
    call.target = closure
    return call


def prepare_method(fn: Fn, e: ast.CallExpr, fun: ast.SelectorExpr, sig: Signature) -> Prepared:
    from gotk.compiler.lower.function.exprs import find_receiver

    fn.order((fun.x, *e.args))
    m = find_receiver(fn, fun)
    if m.iface:
        if is_helper_mark(m.callee):
            fn.is_helper = True
        args = arguments(fn, e, sig)
        call = Prepared("iface", fn.mod.signature_abi(sig, UNSAFE_POINTER), args, e.pos)
        call.target = m.recv
        call.index = fn.mod.itab_index(m.recv_type, m.callee)
        return call
    if is_helper_mark(m.callee):
        fn.is_helper = True
    recv = m.recv
    layout = fn.lay(m.recv_type)
    if not layout.is_register and not is_fresh(fun.x):
        copy = fn.slot(layout)
        fn.copy(copy, recv, layout)
        recv = copy
    args = arguments(fn, e, sig)
    call = Prepared(
        "direct", fn.mod.signature_abi(sig, m.recv_type), [(recv, m.recv_type), *args], e.pos
    )
    call.symbol = fn.mod.method_ref(m.recv_type, m.callee, [fn.st(t) for t in fun.sel.targs or ()])
    return call


def arguments(fn: Fn, e: ast.CallExpr, sig: Signature) -> list[Operand]:
    """The arguments converted to the parameters' types, the variadic ones packed. `order` was called before."""
    params: list[Type] = [v.type for v in sig.params.vars]  # type: ignore[misc]
    args = e.args
    if e.spread:
        values = fn.multi(args[0])
        if sig.variadic:
            fixed = len(params) - 1
            elem = params[-1].underlying()
            assert type(elem) is Slice
            out = [(fn.coerce(v, t, p), p) for (v, t), p in zip(values[:fixed], params, strict=False)]
            rest = [fn.coerce(v, t, elem.elem) for v, t in values[fixed:]]
            out.append((pack(fn, e, rest, elem.elem), params[-1]))
            return out
        return [(fn.coerce(v, t, p), p) for (v, t), p in zip(values, params, strict=True)]
    if sig.variadic and not e.ellipsis:
        fixed = len(params) - 1
        slice_type = params[-1].underlying()
        assert type(slice_type) is Slice
        elem_type = slice_type.elem
        out = [(fn.stable(a, p), p) for a, p in zip(args[:fixed], params, strict=False)]
        rest = [fn.stable(a, elem_type) for a in args[fixed:]]
        out.append((pack(fn, e, rest, elem_type), params[-1]))
        return out
    return [(fn.stable(a, p), p) for a, p in zip(args, params, strict=True)]


def pack(fn: Fn, e: ast.CallExpr, values: Sequence[str], elem: Type) -> str:
    """The slice of variadic arguments."""
    n = len(values)
    if n == 0:
        return "zeroinitializer"
    from gotk.compiler.lower.function.exprs import element

    layout = fn.lay(Array(elem, n))
    on_stack = fn.escape is not None and fn.escape.site_on_stack(e)
    p = fn.slot(layout) if on_stack else fn.alloc(layout)
    elem_layout = fn.lay(elem)
    for i, v in enumerate(values):
        fn.store(v, element(fn, p, elem, str(i)), elem_layout)
    return fn.slice(p, str(n), str(n))


def perform(fn: Fn, call: Prepared) -> list[Operand]:
    """Emit the call and take its results apart."""
    abi = call.abi
    fn.at(call.pos)
    code, leading, trailing = target(fn, call)
    args: list[str] = []
    slot = ""
    if abi.sret:
        slot = fn.slot(abi.result_struct)
        args.append(f"ptr {slot}")
    args += leading
    llvm = abi.param_llvm
    at = len(llvm) - len(call.args)
    measured = fn.measured and not call.symbol.startswith('@"testing.')
    for i, (operand, t) in enumerate(call.args):
        if abi.by_memory[at + i] and operand == "zeroinitializer":
            operand = fn.zeroed(fn.lay(t))
        if measured:
            operand = opaque(fn, operand, t, abi.by_memory[at + i])
        args.append(f"{llvm[at + i]} {operand}")
    args += trailing
    value = fn.call(abi.ret, code, args)
    types = abi.result_types
    if abi.sret:
        results = [
            (fn.load(fn.byte_offset(slot, offset), layout), t)
            for t, layout, offset in zip(
                types, abi.result_layouts, abi.result_struct.offsets, strict=True
            )
        ]
    elif len(types) <= 1:
        results = [(value, t) for t in types]
    else:
        results = [(fn.extract(abi.ret, value, i), t) for i, t in enumerate(types)]
    if measured:
        for operand, t in results:
            keep(fn, operand, t)
    return results


def target(fn: Fn, call: Prepared) -> tuple[str, list[str], list[str]]:
    """(code operand, arguments before the declared ones, arguments after them)."""
    if call.kind == "direct":
        return call.symbol, [], [f"ptr swiftself {call.context}"] if call.context else []
    if call.kind == "closure":
        closure = call.target
        known = fn.closure_code.get(closure)
        if known is not None:
            return known, [], [f"ptr swiftself {closure}"]
        fn.check_nil(closure)
        return fn.op(f"load ptr, ptr {closure}, align 8"), [], [f"ptr swiftself {closure}"]
    code, data = method_code(fn, call)
    return code, [f"ptr {data}"], []


def method_code(fn: Fn, call: Prepared) -> tuple[str, str]:
    """Code pointer and data word of an interface method; panics if the interface is nil."""
    tab = fn.extract("{ ptr, ptr }", call.target, 0)
    fn.check_nil(tab)
    code = fn.op(f"load ptr, ptr {fn.byte_offset(tab, 24 + 8 * call.index)}, align 8")
    return code, fn.extract("{ ptr, ptr }", call.target, 1)
