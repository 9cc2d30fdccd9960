# SPDX-License-Identifier: BSD-3-Clause
"""Lowers go and defer statements.

The callee and the arguments are evaluated at the statement; a thunk makes the call later. For ``defer`` the thunk is the code of a
closure ``func()`` that holds the operands and passes the recover token on; for ``go`` it is the goroutine's entry, which finds the
operands in a struct that the runtime has copied to the new stack.
A deferred literal without parameters needs no thunk, and the object of a ``go`` literal is the struct itself.
"""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.lower.function import calls
from gotk.compiler.lower.function.calls import Prepared, perform, prepare, unparen
from gotk.compiler.lower.function.core import BOOL, UNSAFE_POINTER, Fn, func_object
from gotk.compiler.lower.function.dispatch import STMT, lowers
from gotk.compiler.lower.function.exprs import closure_layout, make_closure
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Func, Signature, Tuple, Type

Operand = tuple[str, Type]
#: emits the call in the thunk, given the operands as the thunk sees them
Emit = Callable[[Fn, list[str]], None]

_NO_RESULT = Signature(Tuple([]), Tuple([]))


def call_of(s: ast.GoStmt | ast.DeferStmt) -> ast.CallExpr:
    call = unparen(s.call)
    assert type(call) is ast.CallExpr
    return call


def operands_of(fn: Fn, call: ast.CallExpr) -> tuple[list[Operand], Emit, str]:
    """Evaluate a go or defer call's operands: (operands, how to make the call from them, the callee's symbol if it is known)."""
    if call.kind == "call":
        return call_operands(fn, call)
    if call.kind == "conversion":
        value = calls.call_value(fn, call)
        return [(value, fn.type(call))], lambda thunk, held: None, ""
    return builtin_operands(fn, call)


def call_operands(fn: Fn, e: ast.CallExpr) -> tuple[list[Operand], Emit, str]:
    call = prepare(fn, e)
    held = list(call.args)
    known = called_func(e)
    recovers = known is None or known.decl is None or known.decl.has_recover
    if call.kind == "closure":
        held.insert(0, (call.target, UNSAFE_POINTER))
    elif call.kind == "iface":
        fn.at(e.pos)
        tab = fn.extract("{ ptr, ptr }", call.target, 0)
        fn.check_nil(tab)
        code, data = calls.method_code(fn, call)
        held = [(code, UNSAFE_POINTER), (data, UNSAFE_POINTER), *held]

    def emit(thunk: Fn, values: list[str]) -> None:
        kind = call.kind
        later = Prepared(kind, call.abi, [], call.pos)
        later.symbol = call.symbol
        skip = 0
        callee = call.symbol
        if kind == "closure":
            later.target = values[0]
            skip = 1
            callee = ""
        elif kind == "iface":
            # The method was found at the statement: an ordinary call of its code with the data word as receiver.
            later.kind = "direct"
            later.symbol = callee = values[0]
            later.args = [(values[1], UNSAFE_POINTER)]
            skip = 2
        later.args += [(v, t) for v, (_, t) in zip(values[skip:], call.args, strict=True)]
        if thunk.passes_token and recovers:
            if kind == "closure":
                thunk.at(call.pos)
                thunk.check_nil(later.target)
                callee = thunk.op(f"load ptr, ptr {later.target}, align 8")
            thunk.rt("void", "passtoken", f"ptr {thunk.symbol}", f"ptr {callee}")
        perform(thunk, later)

    return held, emit, call.symbol if call.kind == "direct" else ""


def called_func(e: ast.CallExpr) -> Func | None:
    """The declared function or method that is called, if the call says which."""
    fun = unparen(e.fun)
    found = func_object(fun)
    if found is not None:
        return found[0]
    if type(fun) is ast.SelectorExpr and fun.selection is not None and fun.selection.kind == "method":
        obj = fun.selection.obj
        return obj if type(obj) is Func else None
    return None


def builtin_operands(fn: Fn, e: ast.CallExpr) -> tuple[list[Operand], Emit, str]:
    """A builtin: its arguments are evaluated here, and stand for the argument expressions in the thunk."""
    from gotk.compiler.lower.function.builtins import empty_interface

    if e.builtin == "recover":
        # When the function returns, it is as if the function called it. Called by a panic it recovers nothing: no deferred function
        # calls it then.
        def recover(thunk: Fn, held: list[str]) -> None:
            if not thunk.passes_token:
                return  # on a goroutine of its own
            by_panic = thunk.op(f"icmp ne i8 {thunk.rt('i8', 'taketoken', f'ptr {thunk.symbol}')}, 0")
            token = thunk.op(f"select i1 {by_panic}, i8 0, i8 {held[0]}")
            thunk.call("{ ptr, ptr }", thunk.mod.go_runtime("gorecover"), (f"i8 {token}",))

        return [(fn.recover_token(), BOOL)], recover, ""
    args = [a for a in e.args if a.const is None and a.mode not in ("type", "nil")]
    types = [fn.type(a) for a in args]
    if e.builtin == "panic" and args:
        types = [empty_interface()]
        value = fn.value_as(args[0], types[0])
        values = [value]
    else:
        values = fn.stable_all(args, types)

    def emit(thunk: Fn, held: list[str]) -> None:
        if e.builtin == "panic" and args:
            thunk.at(e.pos)
            thunk.do(
                f"call void {thunk.mod.go_runtime('gopanic')}({{ ptr, ptr }} {held[0]})"
                f" cold noreturn nomerge{thunk.dbg}"
            )
            thunk.unreachable()
            return
        for a, v in zip(args, held, strict=True):
            thunk.hoisted[a] = v
        calls.call_results(thunk, e)

    return list(zip(values, types, strict=True)), emit, ""


def make_thunk(
    fn: Fn, node: ast.Stmt, held: list[Operand], emit: Emit, *, kind: str, callee: str = ""
) -> str:
    """Emit the thunk: ``void(ptr args)`` for go, a closure's code for defer. If the callee of a go statement is known, it is
    named after that: so the table of goroutines tells what each one runs."""
    from gotk.compiler.lower.function.function import emit as emit_function

    mod = fn.mod
    symbol = mod.thunk_symbol(callee, "gocall") if callee else mod.thunk_symbol(fn.home.symbol, kind)
    thunk = Fn(mod, fn.pkg, symbol, fn.subst, None)
    thunk.abi = mod.signature_abi(_NO_RESULT)
    thunk.scope = mod.di_function(symbol, fn.pkg, node.pos)
    thunk.at(node.pos)
    layout = closure_layout(fn, [t for _, t in held])
    values = [
        thunk.load(thunk.byte_offset("%ctx", offset), fn.lay(t))
        for (_, t), offset in zip(held, layout.offsets[1:], strict=True)
    ]
    if kind == "deferwrap":
        thunk.passes_token = True
    emit(thunk, values)
    if not thunk.done:
        thunk.do(f"ret void{thunk.dbg}")
    param = "ptr swiftself %ctx" if kind == "deferwrap" else "ptr %ctx"
    emit_function(thunk, "void", [param], "internal", mod.attrs)
    return symbol


# ---------------------------------------------------------------- defer


@lowers(STMT, ast.DeferStmt)
def defer(fn: Fn, s: ast.DeferStmt) -> None:
    call = call_of(s)
    fn.at(s.pos)
    closure = deferred_closure(fn, s, call)
    sig = fn.under(call.fun) if call.kind == "call" else None
    returns = type(sig) is Signature and not call.args and bool(sig.results.vars)
    fn.home.defer_codes.append("" if returns else fn.closure_code.get(closure, ""))
    fn.at(s.pos)
    fn.call("void", fn.mod.go_runtime("deferproc"), (f"ptr {fn.frame_ptr()}", f"ptr {closure}"))


def deferred_closure(fn: Fn, s: ast.DeferStmt, call: ast.CallExpr) -> str:
    if call.kind == "call" and not call.args:
        sig = fn.under(call.fun)
        fun = unparen(call.fun)
        is_method = type(fun) is ast.SelectorExpr and fun.selection is not None
        if type(sig) is Signature and not fn.mod.signature_abi(sig).sret and not is_method:
            return fn.value(call.fun)
    held, emit, _ = operands_of(fn, call)
    symbol = make_thunk(fn, s, held, emit, kind="deferwrap")
    return make_closure(fn, s, symbol, held)


# ---------------------------------------------------------------- go


@lowers(STMT, ast.GoStmt)
def go(fn: Fn, s: ast.GoStmt) -> None:
    call = call_of(s)
    fn.at(s.pos)
    fun = unparen(call.fun)
    if call.kind == "call" and type(fun) is ast.FuncLit:
        held, emit, callee = literal_operands(fn, call, fun)
    else:
        held, emit, callee = operands_of(fn, call)
    symbol = make_thunk(fn, s, held, emit, kind="gowrap", callee=callee)
    spawn(fn, s, symbol, held)


def literal_operands(
    fn: Fn, call: ast.CallExpr, lit: ast.FuncLit
) -> tuple[list[Operand], Emit, str]:
    """``go func(…) {…}(…)``: the captured variables go into the struct, which serves as the closure object."""
    from gotk.compiler.lower.function.function import captured, lower_literal

    sig = fn.under(lit)
    assert type(sig) is Signature
    abi = fn.mod.signature_abi(sig)
    fn.order(call.args)
    symbol = lower_literal(fn, lit)
    captures = captured(fn, lit.captures)
    args = calls.arguments(fn, call, sig)

    def emit(thunk: Fn, values: list[str]) -> None:
        later = Prepared("direct", abi, [], call.pos)
        later.symbol = symbol
        later.args = [
            (v, t) for v, (_, t) in zip(values[len(captures) :], args, strict=True)
        ]
        later.context = "%ctx"
        perform(thunk, later)

    return [*captures, *args], emit, symbol


def spawn(fn: Fn, s: ast.GoStmt, symbol: str, held: list[Operand]) -> None:
    fn.at(s.pos)
    if not held:
        fn.rt("void", "spawn", f"ptr {symbol}", "ptr null", "i64 0")
        return
    layout = closure_layout(fn, [t for _, t in held])
    p = fn.slot(layout)
    fn.do(f"store ptr null, ptr {p}, align 8")
    for (value, t), offset in zip(held, layout.offsets[1:], strict=True):
        fn.store(value, fn.byte_offset(p, offset), fn.lay(t))
    fn.rt("void", "spawn", f"ptr {symbol}", f"ptr {p}", f"i64 {layout.size}")
    # The copy that stays behind would keep what only the goroutine uses alive as long as this function runs.
    for (_, t), offset in zip(held, layout.offsets[1:], strict=True):
        inner = fn.lay(t)
        if inner.has_pointers and inner.size <= 64:
            for at in range(offset, offset + inner.size, 8):
                fn.do(f"store volatile ptr null, ptr {fn.byte_offset(p, at)}, align 8")
