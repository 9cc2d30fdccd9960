# SPDX-License-Identifier: BSD-3-Clause
"""What a benchmark measures must be done: calls in a function with a ``*testing.B`` parameter, and in literals within it.

A loop that calls ``fib(20)`` b.N times and drops the results is nothing to LLVM, which knows that the calls change nothing and always give the
same. Here, arguments of calls pass through empty assembly that might change them, and results end in assembly that might read them; so do
variables that the benchmark's loop assigns. The assembly has no instructions. Go promises this for loops over ``b.Loop()``; its compiler does
not remove calls in loops over ``b.N`` either.

Also here: functions that call ``t.Helper()`` are not inlined, since they are told from their callers by their frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gotk.compiler.lower.module.natives import leaves_of
from gotk.compiler.syntax import ast
from gotk.compiler.target import target
from gotk.compiler.types.model import Func, Named, Pointer, Type, Var
from gotk.compiler.types.predicates import unalias

if TYPE_CHECKING:
    from gotk.compiler.lower.function.core import Fn

_TESTING = "testing"


def is_benchmark(param_types: Sequence[Type]) -> bool:
    """Whether one of the parameters is a ``*testing.B``."""
    for t in param_types:
        t = unalias(t)
        if type(t) is Pointer:
            named = unalias(t.elem)
            if type(named) is Named and named.obj.name == "B" and named.obj.pkg is not None and named.obj.pkg.path == _TESTING:
                return True
    return False


def is_helper_mark(callee: Func) -> bool:
    return callee.name == "Helper" and callee.pkg is not None and callee.pkg.path == _TESTING


def opaque(fn: Fn, operand: str, t: Type, by_memory: bool) -> str:
    """The operand of type `t`, as far as LLVM knows changed, and so is memory."""
    if by_memory:
        return _through(fn, "ptr", operand)
    layout = fn.lay(t)
    for path, leaf in leaves_of(fn.mod, t):
        part = fn.extract(layout.llvm, operand, *path) if path else operand
        part = _through(fn, leaf, part)
        operand = fn.insert(layout.llvm, operand, leaf, part, *path) if path else part
    return operand


def _through(fn: Fn, llvm: str, operand: str) -> str:
    register = target().float_register if llvm in ("float", "double") else "r"
    return fn.op(f'call {llvm} asm sideeffect "", "={register},0,~{{memory}}"({llvm} {operand})')


def keep(fn: Fn, operand: str, t: Type) -> None:
    """Use the value."""
    layout = fn.lay(t)
    if not layout.is_register:
        return
    for path, leaf in leaves_of(fn.mod, t):
        part = fn.extract(layout.llvm, operand, *path) if path else operand
        register = target().float_register if leaf in ("float", "double") else "r"
        fn.do(f'call void asm sideeffect "", "{register},~{{memory}}"({leaf} {part})')


def loop_body(fn: Fn, stmts: list[ast.Stmt]) -> None:
    """The statements of a loop; in a benchmark's outermost loop the variables that they assign are used at its end."""
    if not fn.measured or fn.in_measured_loop:
        fn.stmts(stmts)
        return
    fn.in_measured_loop = True
    fn.stmts(stmts)
    fn.in_measured_loop = False
    if fn.done:
        return
    for s in stmts:
        if type(s) is not ast.AssignStmt:
            continue
        for e in s.lhs:
            var = e.obj if type(e) is ast.Ident else None
            if type(var) is Var:
                _keep_variable(fn, var)


def _keep_variable(fn: Fn, var: Var) -> None:
    if var in fn.ssa:
        keep(fn, fn.ssa[var], fn.st(var.type))  # type: ignore[arg-type]
    elif var in fn.ptr and not fn.on_heap(var):
        t = fn.st(var.type)  # type: ignore[arg-type]
        if fn.lay(t).is_register:
            keep(fn, fn.load(fn.ptr[var], fn.lay(t)), t)
