# SPDX-License-Identifier: BSD-3-Clause
"""What a correct program may still not ask for: types too large for the machine, instantiations without end.

Both are looked for only in a package without other errors, as the Go compiler does.
"""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gotk.compiler.types import sizes
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Chan,
    Func,
    Map,
    Named,
    Object,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeName,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import unalias

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

MAX_TYPE = 1 << 50  # bytes, as in the Go compiler
MAX_CHAN_ELEM = 1 << 16
MAX_FRAME = 1 << 30
MAX_FIELDS = 1 << 16  # of a struct and the structs in it together: its layout is written out in the code that copies it


class LimitMixin:
    # ---------------------------------------------------------------- sizes

    def check_sizes(self: Checker) -> None:
        seen: set[int] = set()
        fields: dict[int, int] = {}
        for obj in self.decls:
            t = obj.type
            if isinstance(obj, TypeName) and isinstance(t, Named):
                if not t.tparams:
                    if _fields(t, fields) > MAX_FIELDS:
                        self.error(obj, f"type {self.text(t)} has too many fields (gotk's limit is {MAX_FIELDS})", "TypeTooLarge")
                        return
                    self._check_size(obj, t.underlying(), seen)
            elif isinstance(obj, Var) and t is not None:
                self._check_size(obj, t, seen)
            elif isinstance(obj, Func) and isinstance(t, Signature) and not t.tparams and not t.recv_tparams:
                self._check_size(obj, t, seen)
                self._check_frame(obj, t)
        for v in self.all_locals:
            if v.type is not None:
                self._check_size(v, v.type, seen)

    def _check_size(self: Checker, at: Object, t: Type, seen: set[int]) -> bool:
        """Report the first part of `t` that is too large; False if there is one. Other named types are checked where they are declared."""
        t = unalias(t)
        k = type(t)
        if k not in (Array, Chan, Struct, Pointer, Slice, Map, Signature) or id(t) in seen:
            return True
        seen.add(id(t))
        self._held.append(t)
        parts: list[Type] = []
        if k is Struct:
            parts = [f.type for f in t.fields]  # type: ignore[attr-defined]
        elif k is Map:
            parts = [t.key, t.elem]  # type: ignore[attr-defined]
        elif k is Signature:
            parts = [v.type for v in (*t.params.vars, *t.results.vars)]  # type: ignore[attr-defined]
        else:
            parts = [t.elem]  # type: ignore[attr-defined]
        if any(not self._check_size(at, p, seen) for p in parts if p is not None):
            return False
        if k is Chan or k is Array:
            elem = t.elem  # type: ignore[attr-defined]
            if sizes.has_varying_size(elem):
                return True
            if k is Chan and sizes.sizeof(elem) >= MAX_CHAN_ELEM:
                self.error(at.pos, "channel element type too large (>64kB)", "TypeTooLarge")
                return False
            if k is Array and sizes.sizeof(t) >= MAX_TYPE:
                self.error(at.pos, f"type {self.text(t)} larger than address space", "TypeTooLarge")
                return False
        return True

    def _check_frame(self: Checker, obj: Func, sig: Signature) -> None:
        values = [*sig.params.vars, *sig.results.vars]
        if sig.recv is not None:
            values.append(sig.recv)
        size = 0
        for v in values:
            assert v.type is not None
            if not sizes.has_varying_size(v.type):
                size += sizes.sizeof(v.type)
        if size >= MAX_FRAME:
            at: Any = obj if obj.decl is None or obj.decl.recv is None else obj.decl.pos + len("func ")
            self.error(at, f"stack frame too large (>1GB): 0 MB locals + {size >> 20} MB args", "TypeTooLarge")

    # ---------------------------------------------------------------- instantiation

    def check_instances(self: Checker) -> None:
        """Report a cycle of instantiations in which types grow: it would need ever more instances.

        Nodes are type parameters. ``f[A]`` leads from each parameter in A to f's own; the step grows the type unless A is that parameter itself.
        A cycle with a step that grows has no end."""
        steps: dict[TypeParam, list[tuple[TypeParam, bool, Type, int]]] = {}
        for tparams, targs, positions in self.instances:
            for i, (to, arg) in enumerate(zip(tparams, targs, strict=False)):
                found: list[TypeParam] = []
                _parameters(arg, found, set())
                to = self.same_tparam.get(to, to)
                for p in found:
                    grows = p is not unalias(arg)
                    p = self.same_tparam.get(p, p)
                    steps.setdefault(p, []).append((to, grows, arg, positions[i]))
        for start, edges in steps.items():
            for to, grows, arg, pos in edges:
                if grows:
                    path = _path(steps, to, start)
                    if path is not None:
                        self._instance_cycle([*path, (start, to, arg, pos)])
                        return

    def _instance_cycle(self: Checker, cycle: list[tuple[TypeParam, TypeParam, Type, int]]) -> None:
        lines = "".join(f"\n\t{self.where(pos)}: {to.obj.name} instantiated as {self.text(arg)}" for _, to, arg, pos in cycle)
        self.error(cycle[-1][1].obj, "instantiation cycle:" + lines, "InvalidInstanceCycle")


def _fields(t: Type, memo: dict[int, int]) -> int:
    """Fields of a struct, those of its structs included."""
    u = t.underlying()
    if type(u) is Array:
        return _fields(u.elem, memo)
    if type(u) is not Struct:
        return 1
    found = memo.get(id(u))
    if found is None:
        memo[id(u)] = 1
        found = memo[id(u)] = sum(_fields(f.type, memo) for f in u.fields if f.type is not None)
    return found


def _path(steps: dict[TypeParam, list[Any]], start: TypeParam, goal: TypeParam) -> list[tuple[TypeParam, TypeParam, Type, int]] | None:
    """The steps from `start` to `goal`; [] if they are the same."""
    before: dict[TypeParam, tuple[TypeParam, TypeParam, Type, int] | None] = {start: None}
    todo = [start]
    while todo:
        at = todo.pop()
        if at is goal:
            path = []
            step = before[at]
            while step is not None:
                path.append(step)
                step = before[step[0]]
            return path[::-1]
        for to, _, arg, pos in steps.get(at, ()):
            if to not in before:
                before[to] = (at, to, arg, pos)
                todo.append(to)
    return None


def _parameters(t: Type | None, found: list[TypeParam], seen: set[int]) -> None:
    """Type parameters that `t` mentions."""
    if t is None or t is INVALID:
        return
    t = unalias(t)
    k = type(t)
    if k is TypeParam:
        found.append(t)  # type: ignore[arg-type]
        return
    if id(t) in seen:
        return
    seen.add(id(t))
    parts: list[Type | None] = []
    if k is Named:
        parts = list(t.targs)  # type: ignore[attr-defined]
    elif k in (Pointer, Slice, Array, Chan):
        parts = [t.elem]  # type: ignore[attr-defined]
    elif k is Map:
        parts = [t.key, t.elem]  # type: ignore[attr-defined]
    elif k is Struct:
        parts = [f.type for f in t.fields]  # type: ignore[attr-defined]
    elif k is Tuple:
        parts = [v.type for v in t.vars]  # type: ignore[attr-defined]
    elif k is Signature:
        parts = [t.params, t.results]  # type: ignore[attr-defined]
    elif hasattr(t, "methods"):
        parts = [m.type for m in t.methods]
    for p in parts:
        _parameters(p, found, seen)
