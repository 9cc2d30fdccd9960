# SPDX-License-Identifier: BSD-3-Clause
"""Type inference: unification of parameter and argument types, core types of constraints, and untyped constants
(Go spec, "Type inference", "Type unification")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gotk.compiler.types import subst as substitution
from gotk.compiler.types.model import (
    Alias,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    default_type,
    identical,
    is_typed,
    is_valid,
    max_type,
    same_id,
    unalias,
)
from gotk.compiler.types.typeset import Term, match_chan, type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

ASSIGN, EXACT = 1, 2
_MAX_DEPTH = 100


class _Cell:
    """What is inferred for one or several joined type parameters."""

    __slots__ = ("type",)

    def __init__(self) -> None:
        self.type: Type | None = None


class Unifier:
    """Finds types for `tparams` such that two types become identical (or assignable, in mode ASSIGN at the top)."""

    def __init__(self, tparams: Sequence[TypeParam], targs: Sequence[Type | None]) -> None:
        self.cells: dict[TypeParam, _Cell] = {}
        self.depth = 0
        for tp, targ in zip(tparams, targs, strict=True):
            cell = _Cell()
            cell.type = targ
            self.cells[tp] = cell

    def at(self, tp: TypeParam) -> Type | None:
        return self.cells[tp].type

    def set(self, tp: TypeParam, t: Type) -> None:
        self.cells[tp].type = t

    def join(self, x: TypeParam, y: TypeParam) -> bool:
        a, b = self.cells[x], self.cells[y]
        if a is b:
            return True
        if a.type is not None and b.type is not None:
            return False
        if a.type is None:
            a, b = b, a
        for tp, cell in self.cells.items():
            if cell is b:
                self.cells[tp] = a
        return True

    def bound(self, t: Type) -> TypeParam | None:
        t = unalias(t)
        return t if type(t) is TypeParam and t in self.cells else None

    def unify(self, x: Type, y: Type, mode: int) -> bool:
        self.depth += 1
        try:
            return self.depth <= _MAX_DEPTH and self._nify(x, y, mode)
        finally:
            self.depth -= 1

    def _nify(self, x: Type, y: Type, mode: int) -> bool:
        if x is y or unalias(x) is unalias(y):
            return True
        # A bound type parameter, if any, comes first; else a defined type.
        if self.bound(x) is None and self.bound(y) is not None:
            x, y = y, x
        px, py = self.bound(x), self.bound(y)
        exact = bool(mode & EXACT)
        if px is None and not exact:
            # Inexact: a defined type and a type literal match through the underlying type.
            xn, yn = unalias(x), unalias(y)
            if type(xn) is not Named and type(yn) is Named:
                x, y = y, x
                xn, yn = yn, xn
            if type(xn) is Named and type(yn) not in (Named, TypeParam):
                # A literal and a defined type (that is no interface, unless both are).
                if type(xn.underlying()) is not Interface or type(yn) is Interface:
                    if not (type(xn.underlying()) is Interface and type(yn) is Interface):
                        x = xn.underlying()
        if px is not None and py is not None:
            if self.join(px, py):
                return True
            # Both have types: they must unify.
            return self.unify(self.at(px), self.at(py), mode)  # type: ignore[arg-type]
        if px is not None:
            tx = self.at(px)
            if tx is not None:
                if self.unify(tx, y, mode):
                    # Inexact unification may have matched a defined type with a literal, or channels: keep the more specific one.
                    if not exact:
                        yn = unalias(y)
                        txn = unalias(tx)
                        if (type(yn) is Named and type(txn) is not Named) or (type(yn) is Chan and type(txn) is Chan and txn.dir == "both" and yn.dir != "both"):
                            self.set(px, y)
                    return True
                return False
            self.set(px, y)
            return True
        emode = mode | EXACT
        x, y = unalias(x), unalias(y)
        # A type parameter of the surrounding function that is not being inferred matches through its core type.
        if not exact:
            if type(x) is TypeParam and type(y) is not TypeParam:
                core = _core(x)
                if core is not None:
                    return self.unify(core[1], y, mode) if core[0] or True else False
            elif type(y) is TypeParam and type(x) is not TypeParam:
                core = _core(y)
                if core is not None:
                    return self.unify(x, core[1], mode)
            if mode & ASSIGN and type(x) is not type(y):
                # An interface parameter: unify its methods with those of the argument.
                xi = type(x.underlying()) is Interface and type(x) is not TypeParam
                yi = type(y.underlying()) is Interface and type(y) is not TypeParam
                if xi != yi:
                    iface, other = (x, y) if xi else (y, x)
                    return self._methods(iface, other, emode)
                if xi and yi:
                    return self._interfaces(x, y, emode)
        if type(x) is not type(y):
            return False
        return _UNIFY[type(x)](self, x, y, mode, emode)

    def _methods(self, iface: Type, other: Type, mode: int) -> bool:
        from gotk.compiler.types.methods import lookup_field_or_method
        from gotk.compiler.types.model import Func

        wanted = type_set(iface).methods
        for m in wanted:
            f = lookup_field_or_method(other, False, m.pkg, m.name).obj
            if not isinstance(f, Func) or f.type is None or not self.unify(m.type, f.type, mode):  # type: ignore[arg-type]
                return False
        return True

    def _interfaces(self, x: Type, y: Type, mode: int) -> bool:
        xs = {(m.name, None if m.exported or m.pkg is None else m.pkg.path): m for m in type_set(x).methods}
        ys = {(m.name, None if m.exported or m.pkg is None else m.pkg.path): m for m in type_set(y).methods}
        small, large = (xs, ys) if len(xs) <= len(ys) else (ys, xs)
        for key, m in small.items():
            n = large.get(key)
            if n is None or not self.unify(m.type, n.type, mode):  # type: ignore[arg-type]
                return False
        return True

    # ---- by kind

    def _basic(self, x: Basic, y: Basic, mode: int, emode: int) -> bool:
        return x.kind == y.kind

    def _array(self, x: Array, y: Array, mode: int, emode: int) -> bool:
        return (x.len < 0 or y.len < 0 or x.len == y.len) and self.unify(x.elem, y.elem, emode)

    def _elem(self, x: Any, y: Any, mode: int, emode: int) -> bool:
        return self.unify(x.elem, y.elem, emode)

    def _map(self, x: Map, y: Map, mode: int, emode: int) -> bool:
        return self.unify(x.key, y.key, emode) and self.unify(x.elem, y.elem, emode)

    def _chan(self, x: Chan, y: Chan, mode: int, emode: int) -> bool:
        if x.dir != y.dir and mode & EXACT:
            return False
        return self.unify(x.elem, y.elem, emode)

    def _struct(self, x: Struct, y: Struct, mode: int, emode: int) -> bool:
        if len(x.fields) != len(y.fields):
            return False
        return all(
            f.embedded == g.embedded and s == t and same_id(f, g.pkg, g.name) and self.unify(f.type, g.type, emode)  # type: ignore[arg-type]
            for f, g, s, t in zip(x.fields, y.fields, x.tags, y.tags, strict=True)
        )

    def _tuple(self, x: Tuple, y: Tuple, mode: int, emode: int) -> bool:
        if len(x.vars) != len(y.vars):
            return False
        return all(self.unify(a.type, b.type, mode) for a, b in zip(x.vars, y.vars, strict=True))  # type: ignore[arg-type]

    def _signature(self, x: Signature, y: Signature, mode: int, emode: int) -> bool:
        return x.variadic == y.variadic and self._tuple(x.params, y.params, emode, emode) and self._tuple(x.results, y.results, emode, emode)

    def _interface(self, x: Interface, y: Interface, mode: int, emode: int) -> bool:
        xs, ys = type_set(x), type_set(y)
        if mode & ASSIGN and not mode & EXACT:
            return self._interfaces(x, y, emode)
        if xs.comparable != ys.comparable or len(xs.methods) != len(ys.methods) or not xs.same_terms(ys):
            return False
        return all(
            same_id(m, n.pkg, n.name) and self.unify(m.type, n.type, emode)  # type: ignore[arg-type]
            for m, n in zip(xs.methods, ys.methods, strict=True)
        )

    def _named(self, x: Named, y: Named, mode: int, emode: int) -> bool:
        if not mode & EXACT:
            xi, yi = type(x.underlying()) is Interface, type(y.underlying()) is Interface
            if mode & ASSIGN and (xi or yi):
                if x.origin is y.origin and len(x.targs) == len(y.targs):
                    return all(self.unify(a, b, emode) for a, b in zip(x.targs, y.targs, strict=True))
                if xi and yi:
                    return self._interfaces(x, y, emode)
                return self._methods(x if xi else y, y if xi else x, emode)
        if x.origin is not y.origin and not identical(x.origin, y.origin):
            return False
        if len(x.targs) != len(y.targs):
            return False
        return all(self.unify(a, b, mode | EXACT) for a, b in zip(x.targs, y.targs, strict=True))

    def _never(self, x: Any, y: Any, mode: int, emode: int) -> bool:
        return False


_UNIFY: dict[type, Callable[..., bool]] = {
    Basic: Unifier._basic,
    Array: Unifier._array,
    Slice: Unifier._elem,
    Pointer: Unifier._elem,
    Map: Unifier._map,
    Chan: Unifier._chan,
    Struct: Unifier._struct,
    Tuple: Unifier._tuple,
    Signature: Unifier._signature,
    Interface: Unifier._interface,
    Named: Unifier._named,
    TypeParam: Unifier._never,
    Union: Unifier._never,
}


def _core(tp: TypeParam) -> Term | None:
    """The single (tilde, type) that all types of a parameter's set have as underlying type."""
    term = core_term(tp)
    return None if term is None else (term[0], term[1])


def core_term(tp: TypeParam) -> tuple[bool, Type, bool] | None:
    """(tilde, type, is the only term) of a type parameter's core type; None if there is none."""
    ts = type_set(tp)
    if not ts.terms:
        return None
    if len(ts.terms) == 1:
        tilde, t = ts.terms[0]
        return tilde, t.underlying() if tilde else t, True
    under: Type | None = None
    for _, t in ts.terms:
        u = t.underlying()
        if under is None:
            under = u
            continue
        merged = match_chan(under, u)
        if merged is None:
            return None
        under = merged
    return (True, under, False) if under is not None else None


def mentions(t: Type | None, tparams: set[TypeParam], seen: set[int] | None = None) -> bool:
    """Whether `t` has one of these type parameters in it."""
    if t is None:
        return False
    k = type(t)
    if k is TypeParam:
        return t in tparams
    if k is Basic:
        return False
    if k is Alias:
        return mentions(t.actual, tparams, seen)  # type: ignore[attr-defined]
    if k is Named:
        return any(mentions(a, tparams, seen) for a in t.targs)  # type: ignore[attr-defined]
    if k in (Slice, Pointer, Chan, Array):
        return mentions(t.elem, tparams, seen)  # type: ignore[attr-defined]
    if k is Map:
        return mentions(t.key, tparams, seen) or mentions(t.elem, tparams, seen)  # type: ignore[attr-defined]
    if k is Signature:
        return mentions(t.params, tparams, seen) or mentions(t.results, tparams, seen)  # type: ignore[attr-defined]
    if k is Tuple:
        return any(mentions(v.type, tparams, seen) for v in t.vars)  # type: ignore[attr-defined]
    seen = set() if seen is None else seen
    if id(t) in seen:
        return False
    seen.add(id(t))
    if k is Struct:
        return any(mentions(f.type, tparams, seen) for f in t.fields)  # type: ignore[attr-defined]
    if k is Interface:
        return any(mentions(m.type, tparams, seen) for m in t.methods) or any(  # type: ignore[attr-defined]
            mentions(e, tparams, seen) for e in t.embeddeds  # type: ignore[attr-defined]
        )
    if k is Union:
        return any(mentions(u, tparams, seen) for _, u in t.terms)  # type: ignore[attr-defined]
    return False


class InferMixin:
    def infer(
        self: Checker,
        pos: int,
        tparams: list[TypeParam],
        targs: list[Type | None],
        params: Sequence[Type],
        args: Sequence[Operand],
        callee: str | None,
        reverse: bool = False,
    ) -> list[Type] | None:
        """Type arguments for `tparams` (some given in `targs`); None after reporting why they cannot be inferred."""
        if all(t is not None for t in targs):
            return list(targs)  # type: ignore[arg-type]
        if any(not a.mode for a in args):
            return None
        if any(t is not None and not is_valid(t) for t in targs):
            return None
        prefix = f"in call to {callee}, " if callee is not None else ""
        free = set(tparams)
        given = {tp: t for tp, t in zip(tparams, targs, strict=True) if t is not None}
        if given:
            params = [substitution.substitute(p, given) for p in params]
        u = Unifier(tparams, targs)

        def mismatch(t: Type, arg: Operand, param: Type) -> None:
            known = {tp: x for tp in tparams if (x := u.at(tp)) is not None}
            shown = substitution.substitute(param, known)
            of = self.target_name if reverse else self.expr_text(arg.expr)
            if not known:
                message = f"type {self.text(t)} of {of} does not match {self.text(param)} (cannot infer {_name_list(tparams)})"
            elif shown is param:
                message = f"type {self.text(t)} of {of} does not match {self.text(param)}"
            elif reverse:
                message = f"inferred type {self.text(shown)} for {self.text(param)} does not match type {self.text(t)} of {of}"
            else:
                message = f"type {self.text(t)} of {of} does not match inferred type {self.text(shown)} for {self.text(param)}"
            self.error(arg, prefix + message, "CannotInferTypeArgs")

        untyped: list[tuple[TypeParam, Operand]] = []
        for param, arg in zip(params, args, strict=True):
            if not reverse and not mentions(param, free) and not (type(arg.type) is Signature and arg.type.tparams):
                continue
            at = arg.type
            if type(at) is Signature and at.tparams:
                at = Signature(at.params, at.results, at.variadic)
            if arg.mode == "nil":
                continue
            if is_typed(at):
                if not u.unify(param, at, ASSIGN):
                    mismatch(at, arg, param)
                    return None
            else:
                p = unalias(param)
                if type(p) is TypeParam and p in free:
                    untyped.append((p, arg))
        # Constraints with a core type say more about their parameter; so do the methods of a constraint.
        changed = True
        rounds = 0
        while changed:
            changed = False
            rounds += 1
            before = [u.at(tp) for tp in tparams]
            for tp in tparams:
                tx = u.at(tp)
                core = core_term(tp)
                if core is not None:
                    tilde, ct, single = core
                    if tx is not None:
                        # A tilde lets defined types through; without it the types must be identical.
                        txu = unalias(tx)
                        if tilde and type(txu) is not TypeParam:
                            txu = txu.underlying()
                        if not u.unify(txu, ct, 0):
                            bound = self.text(tp.constraint)
                            self.error(pos, f"{prefix}{tp.obj.name} (type {self.text(tx)}) does not satisfy {bound}", "CannotInferTypeArgs")
                            return None
                    elif single and not tilde:
                        u.set(tp, ct)
                if tx is not None and tp.constraint is not None and (core is None or not mentions(tx, free)):
                    # With a core type or without, a known argument must have the constraint's methods.
                    methods = type_set(tp).methods
                    if methods and not u._methods(tp.constraint, tx, EXACT):
                        cause = self.missing_method_cause(tx, tp.constraint) or ""
                        self.error(pos, f"{prefix}{tp.obj.name} (type {self.text(tx)}) does not satisfy {self.text(tp.constraint)} {cause}".rstrip(), "CannotInferTypeArgs")
                        return None
            after = [u.at(tp) for tp in tparams]
            changed = any(a is not b for a, b in zip(before, after, strict=True)) and rounds < 50
        # Untyped constants only for what is still open.
        best: dict[TypeParam, tuple[Type, Operand]] = {}
        for tp, arg in untyped:
            if u.at(tp) is not None:
                continue
            known = best.get(tp)
            if known is None:
                best[tp] = (arg.type, arg)
                continue
            m = max_type(known[0], arg.type)
            if m is None:
                self.error(arg, f"{prefix}mismatched types {self.text(known[0])} and {self.text(arg.type)} (cannot infer {tp.obj.name})", "CannotInferTypeArgs")
                return None
            best[tp] = (m, arg)
        for tp in tparams:
            if tp in best and u.at(tp) is None:
                u.set(tp, default_type(best[tp][0]))
        # Inferred types may mention other type parameters that are inferred.
        result = [u.at(tp) for tp in tparams]
        for _ in range(len(tparams) + 1):
            env = {tp: t for tp, t in zip(tparams, result, strict=True) if t is not None and not mentions(t, {tp})}
            again = [None if t is None else substitution.substitute(t, env) for t in result]
            if all(a is b for a, b in zip(again, result, strict=True)):
                break
            result = again
        for tp, t in zip(tparams, result, strict=True):
            if t is None or mentions(t, free):
                where = self.where(tp.obj.pos) if tp.obj.pkg is self.pkg else None
                declared = f" (declared at {where})" if where is not None else (f" (declared at {self._foreign(tp)})")
                self.error(pos, f"{prefix}cannot infer {tp.obj.name}{declared}", "CannotInferTypeArgs")
                return None
        return result  # type: ignore[return-value]

    def _foreign(self: Checker, tp: TypeParam) -> str:
        from gotk.compiler.syntax.position import pos_col, pos_file, pos_line

        pkg = tp.obj.pkg
        if pkg is None:
            return "-"
        names = pkg.file_names
        i = pos_file(tp.obj.pos)
        name = names[i] if i < len(names) else pkg.path
        return f"{name}:{pos_line(tp.obj.pos)}:{pos_col(tp.obj.pos)}"


def _name_list(tparams: Sequence[TypeParam]) -> str:
    names = [tp.obj.name for tp in tparams]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return f"{names[0]} and {names[1]}"
    return ", ".join(names[:-1]) + ", and " + names[-1]
