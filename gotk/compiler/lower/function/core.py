# SPDX-License-Identifier: BSD-3-Clause
"""`Fn`: one Go function being lowered. What every construct's file uses: values, addresses, conversions to another type's
representation, and where variables live.

A variable lives in one of three places. `ssa`: it is never assigned after its declaration and nobody takes its address, so it is just
an LLVM value. `ptr` to an alloca: LLVM's mem2reg makes a register of it if it can. `ptr` to the heap: its address escapes.

Order of evaluation follows the Go compiler where the spec leaves it open: within a statement all calls, receives and map reads come
first, from left to right, then the rest (`order`). This matters only when a call changes what another operand reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gotk.compiler.lower.function.builder import Builder
from gotk.compiler.lower.function.dispatch import ADDR, BIT, MULTI, STMT, VALUE
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    BASICS,
    Array,
    Basic,
    Func,
    Interface,
    Map,
    Package,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    Var,
)
from gotk.compiler.types.predicates import identical

if TYPE_CHECKING:
    from gotk.compiler.lower.escape import EscapeInfo
    from gotk.compiler.lower.function.rangefunc import Control
    from gotk.compiler.lower.module.abi import FuncABI
    from gotk.compiler.lower.module.context import ModuleContext
    from gotk.compiler.lower.module.layout import Layout

BOOL = BASICS["bool"]
INT = BASICS["int"]
UINT8 = BASICS["uint8"]
STRING = BASICS["string"]
UINTPTR = BASICS["uintptr"]
UNSAFE_POINTER = BASICS["unsafe.Pointer"]

SIGNED = frozenset({"int", "int8", "int16", "int32", "int64", "untyped int", "untyped rune"})
UNSIGNED = frozenset({"uint", "uint8", "uint16", "uint32", "uint64", "uintptr"})
INTEGER = SIGNED | UNSIGNED
FLOAT = frozenset({"float32", "float64", "untyped float"})
COMPLEX = frozenset({"complex64", "complex128", "untyped complex"})
STRINGS = frozenset({"string", "untyped string"})

Subst = Callable[[Type], Type]


class Unsupported(Exception):
    """A construct that lowering does not know: becomes a positioned error that names ``--runtime go``."""

    def __init__(self, pos: int, what: str) -> None:
        super().__init__(what)
        self.pos, self.what = pos, what


class Fn(Builder):
    """State of lowering one function, function literal or range-over-func body."""

    def __init__(
        self,
        mod: ModuleContext,
        pkg: Package,
        symbol: str,
        subst: Subst | None,
        escape: EscapeInfo | None,
    ) -> None:
        super().__init__(mod)
        self.pkg, self.symbol, self.subst, self.escape = pkg, symbol, subst, escape
        self.ssa: dict[Var, str] = {}
        self.ptr: dict[Var, str] = {}
        #: results of calls evaluated ahead of the rest of their statement (see `order`)
        self.hoisted: dict[ast.Expr, Any] = {}
        #: code of the closure objects made in this function: calls of them need not look inside, where LLVM could not know that nobody writes
        self.closure_code: dict[str, str] = {}
        self._types: dict[int, tuple[Type, Type]] = {}
        self._has_call: dict[ast.Expr, bool] = {}
        self.abi: FuncABI
        #: result variables (None if unnamed), and the memory of each if it has any
        self.result_vars: list[Var | None] = []
        self.result_ptrs: list[str] = []
        #: the %gotk.frame record if the function has defers, else ""
        self.frame = ""
        #: recover token (i8) if the function calls recover, else ""
        self.token = ""
        #: block that runs the defers and returns
        self.return_block = ""
        #: where break and continue of a statement go
        self.break_to: dict[ast.Stmt, str] = {}
        self.continue_to: dict[ast.Stmt, str] = {}
        self.fallthrough_to = ""
        #: label names of the function -> block
        self.labels: dict[str, str] = {}
        #: control record shared by a function and the bodies of its range-over-func loops
        self.control: Control | None = None
        #: the function that this is a part of: itself, unless this is the body of a range-over-func loop
        self.home: Fn = self
        #: of the function whose frame they are in: for each defer statement the code of the deferred closure, "" if it is not known
        self.defer_codes: list[str] = []
        self.parent: Fn | None = None
        #: a thunk that hands its recover token to what it calls
        self.passes_token = False
        #: measured.py: a benchmark's code; within its outermost loop; calls t.Helper
        self.measured = self.in_measured_loop = self.is_helper = False

    # ------------------------------------------------------------ types

    def no_pointers(self) -> Type:
        return UINT8

    def st(self, t: Type) -> Type:
        """`t` with the type parameters of the function being instantiated replaced."""
        if self.subst is None:
            return t
        found = self._types.get(id(t))
        if found is None:
            found = self._types[id(t)] = (t, self.subst(t))
        return found[1]

    def type(self, e: ast.Expr) -> Type:
        """Type of an expression's single value."""
        t = e.type
        assert t is not None, f"no type for {e}"
        if type(t) is Tuple:
            t = t.vars[0].type
        return t if self.subst is None else self.st(t)  # type: ignore[return-value, arg-type]

    def under(self, e: ast.Expr) -> Type:
        return self.type(e).underlying()

    def lay(self, t: Type) -> Layout:
        return self.mod.layout(t)

    def llvm(self, t: Type) -> str:
        return self.mod.layout(t).llvm

    # ------------------------------------------------------------ values

    def value(self, e: ast.Expr) -> str:
        """Value of `e`, of type `self.type(e)`. For memory types the pointer may be borrowed from a variable."""
        if e.const is not None:
            return self.mod.const_value(e.const, self.type(e))
        if self.hoisted and e in self.hoisted:
            return self.hoisted.pop(e)
        return VALUE[type(e)](self, e)

    def value_as(self, e: ast.Expr, t: Type) -> str:
        """Value of `e` converted to `t`, to which it is assignable."""
        src = self.type(e)
        value = self.value(e)
        return value if src is t else self.coerce(value, src, t, e)

    def stable(self, e: ast.Expr, t: Type) -> str:
        """Like `value_as`; memory values are copied unless nobody else can change them."""
        value = self.value_as(e, t)
        layout = self.lay(t)
        if layout.is_register or value == "zeroinitializer" or is_fresh(e):
            return value
        copy = self.slot(layout)
        self.copy(copy, value, layout)
        return copy

    def stable_all(self, exprs: Sequence[ast.Expr], types: Sequence[Type]) -> list[str]:
        self.order(exprs)
        return [self.stable(e, t) for e, t in zip(exprs, types, strict=True)]

    def bit(self, e: ast.Expr) -> str:
        """Truth value of `e` as i1."""
        if e.const is not None:
            return "true" if e.const else "false"
        handler = BIT.get(type(e))
        if handler is not None and not (self.hoisted and e in self.hoisted):
            return handler(self, e)
        return self.to_bit(self.value(e))

    def cond(self, e: ast.Expr, then: str, els: str) -> None:
        """Branch on `e`."""
        kind = type(e)
        if e.const is None and not self.hoisted:
            if kind is ast.ParenExpr:
                return self.cond(e.x, then, els)  # type: ignore[attr-defined]
            if kind is ast.UnaryExpr and e.op == "!":  # type: ignore[attr-defined]
                return self.cond(e.x, els, then)  # type: ignore[attr-defined]
            if kind is ast.BinaryExpr:
                op = e.op  # type: ignore[attr-defined]
                if op == "&&" or op == "||":
                    middle = self.new_block("and" if op == "&&" else "or")
                    if op == "&&":
                        self.cond(e.x, middle, els)  # type: ignore[attr-defined]
                    else:
                        self.cond(e.x, then, middle)  # type: ignore[attr-defined]
                    known = self.nonnull
                    self.nonnull = set(known)
                    self.start(middle)
                    self.cond(e.y, then, els)  # type: ignore[attr-defined]
                    self.nonnull = known
                    return None
        self.at(e.pos)
        self.cond_br(self.bit(e), then, els)
        return None

    def multi(self, e: ast.Expr) -> list[tuple[str, Type]]:
        """The values of a multi-value call or of a comma-ok form."""
        while type(e) is ast.ParenExpr and e not in self.hoisted:
            e = e.x
        if self.hoisted and e in self.hoisted:
            return self.hoisted.pop(e)
        return MULTI[type(e)](self, e)

    def discard(self, e: ast.Expr) -> None:
        """Evaluate `e` for its effects."""
        while type(e) is ast.ParenExpr:
            e = e.x
        if self.hoisted and e in self.hoisted:
            self.hoisted.pop(e)
        elif type(e) is ast.CallExpr:
            from gotk.compiler.lower.function.calls import call_results

            call_results(self, e)
        else:
            self.value(e)

    # ------------------------------------------------------------ addresses

    def addr(self, e: ast.Expr) -> str:
        """Address of addressable `e` (or of a slice's element, a pointer's target): nil and bounds checks done."""
        return ADDR[type(e)](self, e)

    def has_addr(self, e: ast.Expr) -> bool:
        """Whether `addr` can be asked for: `e` is addressable and not an LLVM value only."""
        while True:
            kind = type(e)
            if kind is ast.ParenExpr:
                e = e.x  # type: ignore[attr-defined]
            elif kind is ast.Ident:
                obj = e.obj  # type: ignore[attr-defined]
                return type(obj) is Var and not self.is_value(obj)
            elif kind is ast.StarExpr:
                return True
            elif kind is ast.SelectorExpr:
                selection = e.selection  # type: ignore[attr-defined]
                if selection is None:
                    return type(e.sel.obj) is Var  # type: ignore[attr-defined]
                if selection.kind != "field":
                    return False
                if selection.indirect or type(self.under(e.x)) is Pointer:  # type: ignore[attr-defined]
                    return True
                e = e.x  # type: ignore[attr-defined]
            elif kind is ast.IndexExpr:
                u = self.under(e.x)  # type: ignore[attr-defined]
                if type(u) is Slice or type(u) is Pointer:
                    return True
                if type(u) is not Array:
                    return False
                e = e.x  # type: ignore[attr-defined]
            else:
                return False

    def memory(self, e: ast.Expr) -> str:
        """Pointer to memory that holds the value of `e` now."""
        if e.const is None and self.has_addr(e) and e not in self.hoisted:
            return self.addr(e)
        return self.spill(self.value(e), self.lay(self.type(e)))

    # ------------------------------------------------------------ variables

    def is_value(self, var: Var) -> bool:
        """Whether the variable is an LLVM value without an address."""
        if var in self.ssa:
            return True
        if self.parent is not None and var not in self.ptr and var.func is not None:
            self.import_var(var)
            return var in self.ssa
        return False

    def import_var(self, var: Var) -> None:
        """Make a variable of the enclosing function known (bodies of range-over-func loops)."""
        raise NotImplementedError

    def result_ptr(self, i: int) -> str:
        """Memory of result `i`, for a return from within a range-over-func body."""
        if not self.result_ptrs:
            self.result_ptrs = [self.slot(layout) for layout in self.abi.result_layouts]
        return self.result_ptrs[i]

    def frame_ptr(self) -> str:
        return self.frame

    def recover_token(self) -> str:
        return self.token or "0"

    def next_ptr(self) -> str:
        assert self.control is not None
        return self.control.next

    def var_ptr(self, var: Var) -> str:
        """Address of a variable; a copy of the value if it has none."""
        found = self.ptr.get(var)
        if found is not None:
            return found
        if self.is_value(var):
            return self.spill(self.ssa[var], self.lay(self.st(var.type)))  # type: ignore[arg-type]
        found = self.ptr.get(var)
        if found is not None:
            return found
        assert var.func is None, f"variable {var.name} has no place"
        return self.mod.global_ref(var)

    def on_heap(self, var: Var) -> bool:
        if self.escape is not None:
            return self.escape.var_on_heap(var)
        return var.addr_taken or (var.captured and not captured_by_value(var))

    def declare(self, var: Var, value: str | None, *, fresh: bool = False) -> None:
        """Begin the life of a local variable with this value (None: zero).

        `fresh`: a memory value that nobody else refers to, which may become the variable itself."""
        t = self.st(var.type)  # type: ignore[arg-type]
        layout = self.lay(t)
        if self.on_heap(var):
            p = self.alloc(layout)
            if value is not None:
                self.store(value, p, layout)
            self.ptr[var] = p
            return
        if (
            layout.is_register
            and not var.reassigned
            and not var.addr_taken
            and not var.is_result
            and type(t.underlying()) is not Array
        ):
            self.ssa[var] = layout.zero if value is None else value
            return
        if fresh and value is not None and not layout.is_register and value.startswith("%v"):
            self.ptr[var] = value
            return
        p = self.ptr.get(var)  # type: ignore[assignment]
        if p is None:
            p = self.ptr[var] = self.slot(layout)
        if value is None:
            self.zero(p, layout)
        else:
            self.store(value, p, layout)

    # ------------------------------------------------------------ assignability

    def coerce(self, value: str, src: Type, dst: Type, e: ast.Expr | None = None) -> str:
        """`value` of type `src` as a value of `dst`, to which it is assignable: only interfaces change their representation."""
        du = dst.underlying()
        if type(du) is not Interface:
            return value
        su = src.underlying()
        if type(su) is Interface:
            if su is du or (not self.mod.iface_methods(dst) and not self.mod.iface_methods(src)):
                return value
            return self.iface_to_iface(value, src, dst)
        if type(su) is Basic and su.kind == "untyped nil":
            return "zeroinitializer"
        return self.to_iface(value, src, dst, e)

    def to_iface(self, value: str, src: Type, dst: Type, e: ast.Expr | None = None) -> str:
        """Interface value of type `dst` that holds `value` of concrete type `src`."""
        from gotk.compiler.lower.function.interfaces import box

        tab = self.mod.iface_tab(src, dst)
        data = box(self, value, src, e)
        if data == "null" or data[0] == "@":
            if tab[0] == "@":
                return f"{{ ptr {tab}, ptr {data} }}"
        return self.make("{ ptr, ptr }", (("ptr", tab), ("ptr", data)))

    def iface_to_iface(self, value: str, src: Type, dst: Type) -> str:
        from gotk.compiler.lower.function.interfaces import convert_iface

        return convert_iface(self, value, src, dst)

    # ------------------------------------------------------------ order of evaluation

    def order(self, exprs: Sequence[ast.Expr]) -> None:
        """Before `exprs` are evaluated in turn: evaluate the calls in them first if one could change what another operand reads."""
        last = -1
        for i, e in enumerate(exprs):
            if e.const is None and self.has_call(e):
                last = i
        if last <= 0:
            return
        for e in exprs[:last]:
            if self.unsettled(e):
                break
        else:
            return
        for e in exprs[: last + 1]:
            if e.const is None:
                self.hoist(e)

    def has_call(self, e: ast.Expr) -> bool:
        """Whether evaluating `e` calls a function, receives, or reads a map."""
        if e.const is not None or e in self.hoisted:
            return False
        kind = type(e)
        if kind is ast.Ident or kind is ast.BasicLit or kind is ast.FuncLit:
            return False
        found = self._has_call.get(e)
        if found is None:
            found = self._has_call[e] = self._find_call(e)
        return found

    def _find_call(self, e: Any) -> bool:
        if is_effect(self, e):
            return True
        return any(self.has_call(x) for x in operands(e))

    def unsettled(self, e: ast.Expr) -> bool:
        """Whether a call made meanwhile could change the value of `e` (calls in `e` itself aside)."""
        if e.const is not None or e in self.hoisted:
            return False
        kind = type(e)
        if kind is ast.Ident:
            obj = e.obj  # type: ignore[attr-defined]
            if type(obj) is not Var or self.is_value(obj):
                return False
            # A local array or struct is borrowed, not copied, until it is stored.
            return obj.func is None or obj.captured or obj.addr_taken
        if kind is ast.BasicLit or kind is ast.FuncLit:
            return False
        if is_effect(self, e):
            return False
        if kind is ast.StarExpr:
            return True
        if kind is ast.SelectorExpr:
            selection = e.selection  # type: ignore[attr-defined]
            if selection is None:
                return type(e.sel.obj) is Var  # type: ignore[attr-defined]
            if selection.indirect or type(self.under(e.x)) is Pointer:  # type: ignore[attr-defined]
                return True
        elif kind is ast.IndexExpr:
            return True
        elif kind is ast.UnaryExpr and e.op == "&":  # type: ignore[attr-defined]
            return False
        return any(self.unsettled(x) for x in operands(e))

    def hoist(self, e: ast.Expr) -> None:
        """Evaluate the calls in `e` and keep their results for when `e` itself is evaluated."""
        if e.const is not None or e in self.hoisted:
            return
        if is_effect(self, e) or takes_turn(self, e):
            t = e.type
            if type(t) is Tuple and not e.comma_ok:
                self.hoisted[e] = self.multi(e) if t.vars else ""
            elif e.comma_ok:
                self.hoisted[e] = self.multi(e)
            elif e.mode == "novalue":
                self.discard(e)
                self.hoisted[e] = ""
            else:
                layout = self.lay(self.type(e))
                value = self.value(e)
                if not layout.is_register and not is_fresh(e):
                    copy = self.slot(layout)
                    self.copy(copy, value, layout)
                    value = copy
                self.hoisted[e] = value
            return
        for x in operands(e):
            self.hoist(x)

    # ------------------------------------------------------------ statements

    def stmts(self, body: Sequence[ast.Stmt]) -> None:
        for s in body:
            if self.done:
                self.start(self.new_block("dead"))
            STMT[type(s)](self, s)

    def stmt(self, s: ast.Stmt) -> None:
        STMT[type(s)](self, s)


def captured_by_value(var: Var) -> bool:
    """Whether closures hold a copy of the variable: nobody can see the difference."""
    return not (var.reassigned or var.addr_taken or var.is_result)


def is_fresh(e: ast.Expr) -> bool:
    """Whether a memory value of `e` is a temporary (or immutable) that no assignment can reach."""
    while type(e) is ast.ParenExpr:
        e = e.x
    kind = type(e)
    return e.const is not None or kind in _FRESH or (kind is ast.UnaryExpr)


_FRESH = frozenset({ast.CompositeLit, ast.TypeAssertExpr, ast.CallExpr, ast.BasicLit, ast.BinaryExpr})

#: Builtins that change nothing.
_PURE_BUILTINS = frozenset({"len", "cap", "real", "imag", "complex", "min", "max", "new"})


def is_effect(fn: Fn, e: Any) -> bool:
    """Whether evaluating the node itself is a call, a receive, a map read, or may skip such a thing."""
    kind = type(e)
    if kind is ast.CallExpr:
        if e.kind == "conversion":
            return False
        return not (
            e.kind == "builtin" and (e.builtin in _PURE_BUILTINS or e.builtin.startswith("unsafe."))
        )
    if kind is ast.UnaryExpr:
        return e.op == "<-"
    if kind is ast.IndexExpr:
        return e.mode == "mapindex" or type(fn.under(e.x)) is Map if e.x.type is not None else False
    if kind is ast.BinaryExpr:
        return e.op in ("&&", "||") and fn.has_call(e.y)
    return False


def takes_turn(fn: Fn, e: Any) -> bool:
    """Whether the node, though without effects, keeps its place among the calls: Go's compiler evaluates builtins and conversions between
    strings and slices as it does calls."""
    if type(e) is not ast.CallExpr:
        return False
    if e.kind == "builtin":
        return e.builtin in _PURE_BUILTINS
    if e.kind == "conversion":
        return (type(fn.under(e)) is Slice) != (type(fn.under(e.args[0])) is Slice)
    return False


def operands(e: Any) -> Sequence[ast.Expr]:
    """Operand expressions of a node, in order (types left out)."""
    kind = type(e)
    if kind is ast.BinaryExpr:
        return (e.x, e.y)
    if kind is ast.SelectorExpr:
        return (e.x,) if e.selection is not None and e.selection.kind != "method_expr" else ()
    if kind is ast.CallExpr:
        if e.kind == "call":
            return (e.fun, *e.args)
        if e.kind == "builtin" and e.args and e.args[0].mode == "type":
            return e.args[1:]
        return e.args
    if kind is ast.IndexExpr:
        return (e.x, *e.indices) if e.x.mode != "type" and e.targs is None else ()
    if kind in (ast.ParenExpr, ast.StarExpr, ast.UnaryExpr, ast.TypeAssertExpr):
        return (e.x,)
    if kind is ast.SliceExpr:
        return [x for x in (e.x, e.lo, e.hi, e.max) if x is not None]
    if kind is ast.CompositeLit:
        found: list[ast.Expr] = []
        for elt in e.elts:
            if type(elt) is ast.KeyValueExpr:
                key = elt.key
                # Struct field names are not operands; array indices are constants.
                if key.const is None and not (type(key) is ast.Ident and getattr(key.obj, "is_field", False)):
                    found.append(key)
                found.append(elt.value)
            else:
                found.append(elt)
        return found
    return ()


def fields_of(u: Struct) -> list[Var]:
    return u.fields


def func_object(e: ast.Expr) -> tuple[Func, list[Type] | None] | None:
    """The declared function that an expression denotes, with type arguments, if it denotes one directly."""
    targs = None
    while True:
        kind = type(e)
        if kind is ast.ParenExpr:
            e = e.x  # type: ignore[attr-defined]
        elif kind is ast.IndexExpr:
            targs = targs or e.targs  # type: ignore[attr-defined]
            e = e.x  # type: ignore[attr-defined]
        elif kind is ast.Ident:
            obj = e.obj  # type: ignore[attr-defined]
            return (obj, targs or e.targs) if type(obj) is Func else None  # type: ignore[attr-defined]
        elif kind is ast.SelectorExpr and e.selection is None:  # type: ignore[attr-defined]
            sel = e.sel  # type: ignore[attr-defined]
            return (sel.obj, targs or sel.targs) if type(sel.obj) is Func else None
        else:
            return None


def same_type(a: Type, b: Type) -> bool:
    return a is b or identical(a, b)
