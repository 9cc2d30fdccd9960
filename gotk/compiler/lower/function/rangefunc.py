# SPDX-License-Identifier: BSD-3-Clause
"""Lowers range loops over functions.

The loop's body becomes a function of its own, ``bool(key, value)``, whose closure object lies on the heap::

    { code, state, what the body uses of the enclosing functions… }

An iterator may keep the body and call it when the loop is over: the state, checked first, makes that a panic. Whatever else the object
refers to may be on the enclosing function's stack, since nobody reads it unless the state says that the loop goes on.

Leaving the body otherwise than by its end or ``continue`` returns false to the iterator. Where to go then is a number in a variable of the
enclosing function (`Control.next`): after the iterator has returned, each level looks whether it is the one that is meant.
Variables of the enclosing functions are brought in when the body first mentions them (`Body.bring`), so nothing needs to be known in advance.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gotk.compiler.lower.function.core import BOOL, UNSAFE_POINTER, Fn
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Signature, Type, Var

# States of a loop: the runtime's panicrangestatus has the same numbers.
_DONE, _READY, _PANIC, _EXHAUSTED, _MISSING_PANIC = range(5)
_STATE_OFFSET = 8
_FIRST_CAPTURE = 16


class Control:
    """Of a function with range-over-func loops: the ways out of bodies, numbered from 1, and the variable that holds the way taken."""

    def __init__(self, home: Fn) -> None:
        self.next = home.alloca("i64", 8)
        self.exits: list[tuple[str, Any]] = []

    def number(self, kind: str, goal: Any) -> int:
        for i, (k, g) in enumerate(self.exits):
            if k == kind and (g is goal or (kind == "goto" and g == goal)):
                return i + 1
        self.exits.append((kind, goal))
        return len(self.exits)


class Body(Fn):
    """The body of one loop, being lowered as a function."""

    def __init__(self, parent: Fn, symbol: str) -> None:
        super().__init__(parent.mod, parent.pkg, symbol, parent.subst, parent.escape)
        self._types = parent._types
        self.parent = parent
        self.home = parent.home
        self.control = parent.control
        #: operands of the parent that go into the closure object, with their types and offsets
        self.brought: list[tuple[str, Type, int]] = []
        self.known: dict[Any, str] = {}
        self.size = _FIRST_CAPTURE
        #: exits that bodies inside this one, or itself, may ask for
        self.exits: set[int] = set()
        self.quit_block = ""
        #: labels that a goto reaches without leaving the body
        self.own_labels: set[str] = set()

    def bring(self, key: Any, t: Type, get: Callable[[Fn], str]) -> str:
        """The operand that `get` gives in the parent, as seen in the body: loaded from the closure object at entry."""
        found = self.known.get(key)
        if found is not None:
            return found
        assert self.parent is not None
        operand = get(self.parent)
        layout = self.lay(t)
        offset = (self.size + layout.align - 1) & -layout.align
        self.size = offset + layout.size
        self.brought.append((operand, t, offset))
        at, name = self.temp(), self.temp()
        self.allocas.append(f"  {at} = getelementptr inbounds i8, ptr %ctx, i64 {offset}")
        self.allocas.append(f"  {name} = load {layout.llvm}, ptr {at}, align {layout.align}")
        self.known[key] = name
        return name

    def import_var(self, var: Var) -> None:
        parent = self.parent
        assert parent is not None
        if parent.is_value(var):
            t = self.st(var.type)  # type: ignore[arg-type]
            self.ssa[var] = self.bring(var, t, lambda f: f.ssa[var])
        else:
            p = self.bring(var, UNSAFE_POINTER, lambda f: f.var_ptr(var))
            self.ptr[var] = p
            self.nonnull.add(p)

    def result_ptr(self, i: int) -> str:
        return self.bring(("result", i), UNSAFE_POINTER, lambda f: f.result_ptr(i))

    def frame_ptr(self) -> str:
        return self.bring("frame", UNSAFE_POINTER, lambda f: f.frame_ptr())

    def recover_token(self) -> str:
        return self.bring("token", BOOL, lambda f: f.recover_token())

    def next_ptr(self) -> str:
        return self.bring("next", UNSAFE_POINTER, lambda f: f.next_ptr())

    def set_state(self, state: int) -> None:
        self.do(f"store i64 {state}, ptr {self.byte_offset('%ctx', _STATE_OFFSET)}, align 8")


def range_func(fn: Fn, s: ast.RangeStmt, sig: Signature) -> None:
    """``for k, v := range f``: calls f with the body."""
    if fn.home.control is None:
        fn.home.control = Control(fn.home)
    fn.control = fn.home.control
    iterator = fn.value(s.x)
    yield_type = sig.params.vars[0].type
    assert yield_type is not None
    yield_sig = yield_type.underlying()
    assert isinstance(yield_sig, Signature)

    symbol = fn.mod.thunk_symbol(fn.home.symbol, "range")
    body = Body(fn, symbol)
    body.own_labels = collect_labels(s.body.stmts, set())
    lower_body(body, s, yield_sig)

    fn.at(s.pos)
    closure = fn.alloc_bytes(body.size, has_pointers=True)
    fn.do(f"store ptr {symbol}, ptr {closure}, align 8")
    state = fn.byte_offset(closure, _STATE_OFFSET)
    fn.do(f"store i64 {_READY}, ptr {state}, align 8")
    for operand, t, offset in body.brought:
        fn.store(operand, fn.byte_offset(closure, offset), fn.lay(t))
    if body.exits:
        fn.do(f"store i64 0, ptr {fn.next_ptr()}, align 8")
    fn.check_nil(iterator)
    code = fn.op(f"load ptr, ptr {iterator}, align 8")
    fn.call("void", code, (f"ptr {closure}", f"ptr swiftself {iterator}"))
    after = fn.op(f"load i64, ptr {state}, align 8")
    swallowed = fn.op(f"icmp ne i64 {after}, {_PANIC}")
    fn.check(swallowed, fn.trap_with("panicrangestatus", f"i64 {_MISSING_PANIC}"))
    fn.do(f"store i64 {_EXHAUSTED}, ptr {state}, align 8")
    if body.exits:
        go_on(fn, body.exits)


def lower_body(body: Body, s: ast.RangeStmt, sig: Signature) -> None:
    from gotk.compiler.lower.function.function import define
    from gotk.compiler.lower.function.ranges import bind, wanted

    body.abi = body.mod.signature_abi(sig)
    body.scope = body.mod.di_function(body.symbol, body.pkg, s.pos)
    body.at(s.pos)
    state = body.op(f"load i64, ptr {body.byte_offset('%ctx', _STATE_OFFSET)}, align 8")
    ready = body.op(f"icmp eq i64 {state}, {_READY}")
    body.set_state(_PANIC)  # also if the call is wrong: an iterator that recovers that panic must not hide it
    body.check(ready, body.trap_with("panicrangestatus", f"i64 {state}"))
    body.quit_block = quit_ = body.new_block("quit")
    again = body.new_block("again")
    body.break_to[s], body.continue_to[s] = quit_, again
    pairs: list[tuple[ast.Expr | None, str, Type]] = []
    for i, (e, t) in enumerate(zip((s.key, s.value), body.abi.param_types, strict=False)):
        if e is not None and wanted(e):
            pairs.append((e, f"%p{i}", t))
    bind(body, s, pairs)
    body.stmts(s.body.stmts)
    body.start(again)
    body.set_state(_READY)
    body.do("ret i8 1")
    body.done = True
    body.start(quit_)
    body.set_state(_DONE)
    body.do("ret i8 0")
    body.done = True
    define(body, s.pos, "internal", body.mod.attrs, closure=True)


def go_on(fn: Fn, exits: set[int]) -> None:
    """After the iterator has returned: take the way out that the body chose, or go on behind the loop if none."""
    assert fn.control is not None
    way = fn.op(f"load i64, ptr {fn.next_ptr()}, align 8")
    here = fn.new_block("endrange")
    blocks = {n: fn.new_block("exit") for n in sorted(exits)}
    targets = " ".join(f"i64 {n}, label %{b}" for n, b in blocks.items())
    fn.do(f"switch i64 {way}, label %{here} [ {targets} ]")
    fn.done = True
    for n, b in blocks.items():
        fn.start(b)
        kind, goal = fn.control.exits[n - 1]
        take_exit(fn, n, kind, goal)
    fn.start(here)


def take_exit(fn: Fn, number: int, kind: str, goal: Any) -> None:
    from gotk.compiler.lower.function.stmts import label_block, return_values

    local = ""
    if kind == "break":
        local = fn.break_to.get(goal, "")
    elif kind == "continue":
        local = fn.continue_to.get(goal, "")
    elif kind == "goto" and (fn is fn.home or goal in labels_of(fn)):
        local = label_block(fn, goal)
    if local:
        fn.do(f"store i64 0, ptr {fn.next_ptr()}, align 8")
        fn.br(local)
    elif kind == "return" and fn is fn.home:
        if fn.frame:
            fn.br(fn.return_block)
        else:
            layouts = fn.abi.result_layouts
            return_values(fn, [fn.load(fn.result_ptr(i), lay) for i, lay in enumerate(layouts)])
    else:
        quit_with(fn, number)


def quit_with(fn: Fn, number: int) -> None:
    assert isinstance(fn, Body)
    fn.exits.add(number)
    fn.br(fn.quit_block)


def leave(fn: Fn, kind: str, goal: Any) -> None:
    """A branch out of the body: to a statement around the loop."""
    assert fn.control is not None
    number = fn.control.number(kind, goal)
    fn.do(f"store i64 {number}, ptr {fn.next_ptr()}, align 8")
    quit_with(fn, number)


def leave_return(fn: Fn, s: ast.ReturnStmt) -> None:
    """``return`` in a body: of the enclosing function."""
    from gotk.compiler.lower.function.stmts import result_values

    values = result_values(fn, s)
    if values is not None:
        for i, (value, layout) in enumerate(zip(values, fn.home.abi.result_layouts, strict=True)):
            fn.store(value, fn.result_ptr(i), layout)
    leave(fn, "return", None)


def leave_to_label(fn: Fn, s: ast.BranchStmt) -> bool:
    """A goto whose label is outside of the body; False if it is inside (an ordinary branch)."""
    assert s.label is not None
    if fn is fn.home or s.label.name in labels_of(fn):
        return False
    leave(fn, "goto", s.label.name)
    return True


def labels_of(fn: Fn) -> set[str]:
    assert isinstance(fn, Body)
    return fn.own_labels


def collect_labels(stmts: list[ast.Stmt], found: set[str]) -> set[str]:
    """Labels in these statements."""
    for s in stmts:
        while type(s) is ast.LabeledStmt:
            found.add(s.label.name)
            s = s.stmt
        if isinstance(s, ast.Block):
            collect_labels(s.stmts, found)
        elif isinstance(s, ast.IfStmt):
            collect_labels(s.then.stmts, found)
            if s.els is not None:
                collect_labels([s.els], found)
        elif isinstance(s, (ast.ForStmt, ast.RangeStmt)):
            collect_labels(s.body.stmts, found)
        elif isinstance(s, (ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt)):
            for c in s.cases:
                collect_labels(c.body, found)
    return found
