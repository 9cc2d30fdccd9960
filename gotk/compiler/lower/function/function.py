# SPDX-License-Identifier: BSD-3-Clause
"""Lowers whole functions: declared ones, function literals, and package initialisers.

The shape of what comes out::

    entry:  allocas; heap variables of results; setrecover (functions with defers); recover token; parameters
    body
    return: deferreturn, popframe, results loaded, ret          (functions with defers)
    cold blocks: run-time panics
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import gotk.compiler.lower.function.arith
import gotk.compiler.lower.function.assign
import gotk.compiler.lower.function.builtins
import gotk.compiler.lower.function.calls
import gotk.compiler.lower.function.channels
import gotk.compiler.lower.function.composite
import gotk.compiler.lower.function.defers
import gotk.compiler.lower.function.exprs
import gotk.compiler.lower.function.interfaces
import gotk.compiler.lower.function.maps
import gotk.compiler.lower.function.ranges
import gotk.compiler.lower.function.slices
import gotk.compiler.lower.function.switches  # noqa: F401
from gotk.compiler.lower.function.core import Fn, Subst, captured_by_value
from gotk.compiler.lower.function.dispatch import VALUE, lowers
from gotk.compiler.lower.function.exprs import closure_layout, make_closure
from gotk.compiler.lower.function.measured import is_benchmark
from gotk.compiler.lower.function.stmts import load_and_return, return_named
from gotk.compiler.syntax import ast
from gotk.compiler.target import target
from gotk.compiler.types.model import Array, Signature, Type, Var

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext
    from gotk.compiler.types.model import Package


def lower_function(
    mod: ModuleContext,
    decl: ast.FuncDecl,
    *,
    pkg: Package,
    symbol: str,
    sig: Signature,
    recv: Type | None = None,
    subst: Subst | None = None,
    linkage: str = "",
    attrs: str | None = None,
) -> None:
    """Define a declared function or method (or an instance of a generic one) in `mod`.

    `symbol` is operand text (``@"main.f"``); `sig` and `recv` (the receiver's type, None for functions) are concrete;
    `subst` replaces the type parameters that the body mentions."""
    fn = Fn(mod, pkg, symbol, subst, mod.escape(decl))
    fn.abi = mod.signature_abi(sig, recv)
    fn.measured = is_benchmark(fn.abi.param_types)
    params: list[Var | None] = []
    if decl.recv is not None:
        params += field_vars([decl.recv])
    params += field_vars(decl.func_type.params)
    results = field_vars(decl.func_type.results)
    assert decl.body is not None
    body(fn, decl, decl.body, params, results, decl.has_defer, decl.has_recover)
    if attrs is None:
        attrs = mod.attrs_noinline if fn.is_helper else function_attrs(mod, decl.directives)
    define(fn, decl.pos, linkage, attrs, closure=False)


def function_attrs(mod: ModuleContext, directives: Sequence[str]) -> str:
    for line in directives:
        word = line.partition(" ")[0]
        if word.endswith(":nosplit"):
            return mod.attrs_nosplit
    for line in directives:
        if line.partition(" ")[0].endswith(":noinline"):
            return mod.attrs_noinline
    return mod.attrs


def field_vars(fields: list[ast.Field]) -> list[Var | None]:
    """The variables that parameters or results declare, None for unnamed and blank ones."""
    found: list[Var | None] = []
    for f in fields:
        if not f.names:
            found.append(None)
        for name in f.names:
            found.append(name.obj if type(name.obj) is Var and name.name != "_" else None)
    return found


def define(fn: Fn, pos: int, linkage: str, attrs: str, *, closure: bool) -> None:
    """Hand the finished function to the module."""
    abi = fn.abi
    params = ["ptr %ret"] if abi.sret else []
    params += [f"{llvm} %p{i}" for i, llvm in enumerate(abi.param_llvm)]
    if closure:
        params.append("ptr swiftself %ctx")
    emit(fn, abi.ret, params, linkage, attrs)


def emit(fn: Fn, ret: str, params: list[str], linkage: str, attrs: str) -> None:
    scope = f" !dbg {fn.scope}" if fn.scope else ""
    head = f"define {linkage + ' ' if linkage else ''}{ret} {fn.symbol}({', '.join(params)}) {attrs}{scope} {{"
    fn.mod.emit("\n".join([head, "entry:", *fn.allocas, *fn.lines, *fn.cold, "}", ""]))


def body(
    fn: Fn,
    node: ast.FuncDecl | ast.FuncLit,
    block: ast.Block,
    params: list[Var | None],
    results: list[Var | None],
    has_defer: bool,
    has_recover: bool,
) -> None:
    """Prologue, statements, epilogue."""
    fn.scope = fn.mod.di_function(fn.symbol, fn.pkg, node.pos)
    fn.at(node.pos)
    fn.result_vars = results
    named = any(f.names for f in node.func_type.results)  # blank names count: a bare return gives their zero values
    if has_recover:
        fn.token = fn.rt("i8", "taketoken", f"ptr {fn.symbol}")
    bind_params(fn, params)
    if has_defer:
        begin_frame(fn, results)
    else:
        for var in results:
            if var is None:
                continue
            fn.declare(var, None)
        if named:
            fn.result_ptrs = [
                fn.ptr[var] if var is not None else fn.zeroed(layout)
                for var, layout in zip(results, fn.abi.result_layouts, strict=True)
            ]
    fn.stmts(block.stmts)
    fn.at(block.rbrace)
    if not fn.done:
        if fn.abi.result_types and not named:
            if fn.frame:
                return_named(fn)
            else:
                fn.unreachable()
        else:
            return_named(fn)
    if fn.frame:
        end_frame(fn)


def bind_params(fn: Fn, params: list[Var | None]) -> None:
    for i, var in enumerate(params):
        if var is None:
            continue
        operand = f"%p{i}"
        t = fn.abi.param_types[i]
        if fn.abi.by_memory[i]:
            fn.nonnull.add(operand)
            if not var.reassigned and not var.addr_taken and not fn.on_heap(var):
                fn.ptr[var] = operand  # the caller's copy, which nobody changes
                continue
        elif (
            not fn.on_heap(var)
            and not var.reassigned
            and not var.addr_taken
            and type(t.underlying()) is not Array
        ):
            fn.ssa[var] = operand
            continue
        fn.declare(var, operand)


# ---------------------------------------------------------------- functions with defers


def begin_frame(fn: Fn, results: list[Var | None]) -> None:
    """Push the frame record. What is needed after a recovery is in memory that escapes, or computed before setrecover."""
    abi = fn.abi
    slots = fn.alloca(abi.result_struct.llvm, 8) if abi.result_types else "null"
    fn.result_ptrs = []
    boxes: list[str] = []
    for var, layout, offset in zip(
        results, abi.result_layouts, abi.result_struct.offsets, strict=True
    ):
        if var is not None and fn.on_heap(var):
            fn.declare(var, None)
            fn.result_ptrs.append(fn.ptr[var])
            boxes.append(fn.ptr[var])
            continue
        p = fn.byte_offset(slots, offset)
        fn.zero(p, layout)
        fn.result_ptrs.append(p)
        if var is not None:
            fn.ptr[var] = p
    fn.frame = frame = fn.alloca(f"[{target().frame_words} x i64]", 16)
    fn.do(f"store ptr null, ptr {fn.byte_offset(frame, 16)}, align 8")
    # Results on the heap must be seen to escape before setrecover, too: else LLVM takes their first value for the last.
    escaping = slots
    if boxes:
        escaping = fn.alloca(f"[{len(boxes) + 1} x ptr]", 8)
        for i, p in enumerate([slots, *boxes]):
            fn.do(f"store ptr {p}, ptr {fn.byte_offset(escaping, 8 * i)}, align 8")
    fn.do(f"store ptr {escaping}, ptr {fn.byte_offset(frame, 24)}, align 8")
    again = fn.call("i64", fn.mod.runtime("setrecover"), (f"ptr {frame}",), " returns_twice")
    fn.return_block = fn.new_block("return")
    first = fn.new_block("body")
    fn.cond_br(fn.op(f"icmp eq i64 {again}, 0"), first, fn.return_block)
    fn.start(first)


def end_frame(fn: Fn) -> None:
    """Run the defers, pop the frame, and return the results as they are by then."""
    fn.start(fn.return_block)
    if len(fn.defer_codes) == 1 and fn.defer_codes[0]:
        run_deferred(fn, fn.defer_codes[0])
    else:
        fn.call("void", fn.mod.go_runtime("deferreturn"), (f"ptr {fn.frame}",))
    fn.call("void", fn.mod.runtime("popframe"), (f"ptr {fn.frame}",))
    load_and_return(fn)


def run_deferred(fn: Fn, code: str) -> None:
    """What deferreturn does, for a function with a single defer statement: if that was executed once, LLVM sees what is called."""
    loop, known, others, end = (fn.new_block(hint) for hint in ("defers", "deferred", "others", "pop"))
    defers = fn.byte_offset(fn.frame, 16)
    first = fn.op(f"load ptr, ptr {defers}, align 8")
    fn.cond_br(fn.op(f"icmp eq ptr {first}, null"), end, loop)
    fn.start(loop)
    following = fn.op(f"load ptr, ptr {first}, align 8")
    fn.cond_br(fn.op(f"icmp eq ptr {following}, null"), known, others)
    fn.start(known)
    closure = fn.op(f"load ptr, ptr {fn.byte_offset(first, 8)}, align 8")
    fn.do(f"store ptr null, ptr {defers}, align 8")
    fn.call("void", code, (f"ptr swiftself {closure}",))
    fn.br(end)
    fn.start(others)
    fn.call("void", fn.mod.go_runtime("deferreturn"), (f"ptr {fn.frame}",))
    fn.start(end)


# ---------------------------------------------------------------- function literals


@lowers(VALUE, ast.FuncLit)
def func_lit(fn: Fn, e: ast.FuncLit) -> str:
    """A function literal: its code, and a closure object with the captured variables."""
    code = lower_literal(fn, e)
    return make_closure(fn, e, code, captured(fn, e.captures))


def captured(fn: Fn, captures: Sequence[Var]) -> list[tuple[str, Type]]:
    """(value, type) of what a closure holds for each captured variable: a copy, or the variable's address."""
    from gotk.compiler.lower.function.core import UNSAFE_POINTER

    held = []
    for var in captures:
        t = fn.st(var.type)  # type: ignore[arg-type]
        if captured_by_value(var):
            value = fn.ssa[var] if fn.is_value(var) else fn.load(fn.var_ptr(var), fn.lay(t))
            held.append((value, t))
        else:
            held.append((fn.var_ptr(var), UNSAFE_POINTER))
    return held


def capture_types(fn: Fn, captures: Sequence[Var]) -> list[Type]:
    from gotk.compiler.lower.function.core import UNSAFE_POINTER

    return [fn.st(v.type) if captured_by_value(v) else UNSAFE_POINTER for v in captures]  # type: ignore[arg-type]


def lower_literal(outer: Fn, e: ast.FuncLit) -> str:
    """Emit the code of a function literal; its symbol."""
    mod = outer.mod
    symbol = mod.closure_symbol(outer.home.symbol)
    fn = Fn(mod, outer.pkg, symbol, outer.subst, outer.escape)
    fn._types = outer._types
    sig = outer.st(e.sig if e.sig is not None else e.type)  # type: ignore[arg-type]
    assert isinstance(sig, Signature)
    fn.abi = mod.signature_abi(sig)
    fn.measured = outer.measured or is_benchmark(fn.abi.param_types)
    bind_captures(fn, e.captures, "%ctx")
    params = field_vars(e.func_type.params)
    results = field_vars(e.func_type.results)
    body(fn, e, e.body, params, results, e.has_defer, e.has_recover)
    define(fn, e.pos, "internal", mod.attrs_noinline if fn.is_helper else mod.attrs, closure=True)
    return symbol


def bind_captures(fn: Fn, captures: Sequence[Var], ctx: str) -> None:
    """Make the captured variables known in the code of a closure whose object is `ctx`."""
    if not captures:
        return
    layout = closure_layout(fn, capture_types(fn, captures))
    for var, offset in zip(captures, layout.offsets[1:], strict=True):
        p = fn.byte_offset(ctx, offset)
        if not captured_by_value(var):
            pointer = fn.op(f"load ptr, ptr {p}, align 8")
            fn.ptr[var] = pointer
            fn.nonnull.add(pointer)
            continue
        t = fn.st(var.type)  # type: ignore[arg-type]
        held = fn.lay(t)
        if held.is_register and type(t.underlying()) is not Array:
            fn.ssa[var] = fn.load(p, held)
        else:
            fn.ptr[var] = p  # never assigned to: the closure's copy is the variable


# ---------------------------------------------------------------- package initialisers


def lower_initializers(
    mod: ModuleContext,
    pkg: Package,
    symbol: str,
    initializers: Sequence[tuple[Sequence[Var], ast.Expr]],
    calls: Sequence[str],
    *,
    pos: int = 0,
) -> None:
    """Define ``void symbol()``: assigns each package variable (several for a multi-value expression), then calls the functions
    `calls` (operands of ``void()`` functions: the package's init functions)."""
    fn = Fn(mod, pkg, symbol, None, None)
    from gotk.compiler.types.model import Tuple

    fn.abi = mod.signature_abi(Signature(Tuple([]), Tuple([])))
    fn.scope = mod.di_function(symbol, pkg, pos)
    for variables, expr in initializers:
        fn.at(expr.pos)
        if len(variables) == 1:
            var = variables[0]
            t = var.type
            assert t is not None
            value = fn.value_as(expr, t)
            if var.name != "_":
                fn.store(value, mod.global_ref(var), fn.lay(t))
            continue
        for var, (value, vt) in zip(variables, fn.multi(expr), strict=True):
            if var.name != "_":
                t = var.type
                assert t is not None
                fn.store(fn.coerce(value, vt, t), mod.global_ref(var), fn.lay(t))
    for callee in calls:
        fn.call("void", callee, ())
    return_named(fn)
    define(fn, pos, "", mod.attrs, closure=False)
