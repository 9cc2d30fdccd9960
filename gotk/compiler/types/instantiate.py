# SPDX-License-Identifier: BSD-3-Clause
"""Instantiation of generic types and functions, and whether type arguments satisfy their constraints (Go spec, "Instantiations")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.types import methods as lookup
from gotk.compiler.types import subst as substitution
from gotk.compiler.types.model import (
    INVALID,
    Alias,
    Interface,
    Named,
    Pointer,
    Signature,
    Type,
    TypeParam,
)
from gotk.compiler.types.predicates import comparable, identical, is_valid, unalias
from gotk.compiler.types.typeset import type_set
from gotk.compiler.types.universe import COMPARABLE

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class InstantiateMixin:
    def subst(self: Checker, t: Type, env: Mapping[TypeParam, Type]) -> Type:
        return substitution.substitute(t, env)

    def instance(self: Checker, origin: Named, targs: Sequence[Type]) -> Named:
        return substitution.instantiate(origin, targs, origin.outer_tparams)

    def instantiated_type(self: Checker, e: ast.IndexExpr) -> Type:
        """``T[A, B]`` as a type."""
        generic = self.generic_type(e.x)
        if generic is INVALID:
            for arg in e.indices:
                self.var_type(arg)
            return INVALID
        origin = generic
        if type(origin) is Alias and not origin.tparams:
            origin = unalias(origin)
        if not isinstance(origin, Named | Alias) or not origin.tparams or origin.targs:
            self.error(e.x, f"invalid operation: {self.expr_text(e)} ({self.text(generic)} is not a generic type)", "NotAGenericType")
            return INVALID
        targs = [self.var_type(arg) for arg in e.indices]
        if any(t is INVALID for t in targs):
            return INVALID
        want = len(origin.tparams)
        if not self.check_count(e, origin.obj.name, len(targs), want, e.indices):
            return INVALID
        e.targs = targs
        made: Type
        if type(origin) is Alias:
            made = substitution.instantiate_alias(origin, targs)
        else:
            made = self.instance(origin, targs)  # type: ignore[arg-type]
            if id(made) not in self.instance_pos:
                self.instance_pos[id(made)] = e.pos
                self._held.append(made)
        tparams = origin.tparams

        def verify() -> None:
            self.verify(tparams, targs, e.indices, e)
            if isinstance(made, Named):
                self.valid_type(made)

        self.later(verify)
        return made

    def check_count(self: Checker, e: ast.Expr, name: str, got: int, want: int, args: Sequence[ast.Expr]) -> bool:
        if got == want:
            return True
        qualifier = "not enough" if got < want else "too many"
        self.error(e, f"{qualifier} type arguments for type {name}: have {got}, want {want}", "WrongTypeArgCount")
        return False

    def verify(self: Checker, tparams: Sequence[TypeParam], targs: Sequence[Type], at: Sequence[ast.Expr] | None, e: ast.Node | int) -> bool:
        """Check that arguments satisfy the constraints; reports the first that does not."""
        env = dict(zip(tparams, targs, strict=False))
        whole = e if isinstance(e, int) else e.pos
        self.instances.append((tparams, targs, [at[i].pos if at is not None and i < len(at) else whole for i in range(len(targs))]))
        for i, (tp, targ) in enumerate(zip(tparams, targs, strict=False)):
            if tp.constraint is None or targ is INVALID:
                continue
            bound = substitution.substitute(tp.constraint, env)
            cause = self.satisfies(targ, bound)
            if cause is not None:
                where = at[i] if at is not None and i < len(at) else e
                self.error(where, cause, "InvalidTypeArg")
                return False
        return True

    def satisfies(self: Checker, v: Type, t: Type) -> str | None:
        """None, or why type argument `v` does not satisfy constraint `t`."""
        return self.implements(v, t, constraint=True)

    def implements(self: Checker, v: Type, t: Type, constraint: bool = False) -> str | None:
        """None, or the sentence that says why `v` does not implement (satisfy) interface `t`."""
        vu, tu = v.underlying(), t.underlying()
        if vu is INVALID or tu is INVALID:
            return None
        verb = "satisfy" if constraint else "implement"
        vp = unalias(v)
        if type(vp) is Pointer and vp.elem.underlying() is INVALID:
            return None
        if type(tu) is not Interface:
            if type(unalias(t)) is not TypeParam and type(tu) is Pointer and type(tu.elem.underlying()) is Interface:
                detail = f"type {self.text(t)} is pointer to interface, not interface"
            else:
                detail = f"{self.text(t)} is not an interface"
            return f"{self.text(v)} does not {verb} {self.text(t)} ({detail})"
        ts = type_set(tu)
        if ts.is_all():
            return None
        vi = type_set(v) if type(vu) is Interface else None
        if vi is not None and vi.is_empty():
            return None
        if ts.is_empty():
            return f"cannot {verb} {self.text(t)} (empty type set)"
        missing = self.missing_method_cause(v, t)
        if missing is not None:
            return f"{self.text(v)} does not {verb} {self.text(t)} {missing}"
        if ts.comparable:
            if not comparable(v, dynamic=False):
                if constraint and comparable(v, dynamic=True):
                    pass  # satisfied, although == may panic (Go 1.20)
                else:
                    return f"{self.text(v)} does not {verb} comparable"
        if ts.terms is None:
            return None
        if vi is not None:
            if vi.terms is None:
                return f"{self.text(v)} does not {verb} {self.text(t)} ({self.text(v)} has no type constraints)" if constraint and type(unalias(v)) is TypeParam else (
                    f"{self.text(v)} does not {verb} {self.text(t)} ({self.text(v)} missing in {self.terms_text(ts.terms)})" if type(unalias(v)) is not TypeParam
                    else f"{self.text(v)} does not {verb} {self.text(t)}"
                )
            if not vi.subset_of(ts):
                for tilde, u in vi.terms:
                    if not any(_within((tilde, u), other) for other in ts.terms):
                        name = ("~" if tilde else "") + self.text(u)
                        return f"{self.text(v)} does not {verb} {self.text(t)} ({name} missing in {self.terms_text(ts.terms)})"
            return None
        if not ts.includes(v):
            alt = None
            for tilde, u in ts.terms:
                if not tilde and identical(u, unalias(u).underlying()) and identical(u, vu):
                    alt = u
                    break
            if alt is not None:
                return f"{self.text(v)} does not {verb} {self.text(t)} (possibly missing ~ for {self.text(alt)} in {self.text(t)})"
            return f"{self.text(v)} does not {verb} {self.text(t)} ({self.text(v)} missing in {self.terms_text(ts.terms)})"
        return None

    def terms_text(self: Checker, terms: Sequence[tuple[bool, Type]]) -> str:
        return " | ".join(("~" if tilde else "") + self.text(t) for tilde, t in terms)

    def missing_method_cause(self: Checker, v: Type, t: Type, static: bool = True) -> str | None:
        """None, or the words in parentheses that say which method of interface `t` is missing in `v`."""
        vu = v.underlying()
        if type(vu) is Interface and type(t.underlying()) is Interface and v is t:
            return None
        m = lookup.missing_method(v, t, static)
        if m is None:
            return None
        name = m.method.name
        if m.kind == "missing":
            if lookup.is_interface_pointer(v):
                return f"(type {self.text(v)} is pointer to interface, not interface)"
            u = unalias(v)
            if type(u) is Pointer and type(unalias(u.elem)) is TypeParam:
                return f"(type {self.text(v)} is pointer to type parameter, not type parameter)"
            return f"(missing method {name})"
        if m.kind == "ptr_to_iface":
            return f"(type {self.text(v)} is pointer to interface, not interface)"
        if m.kind == "field":
            return f"({self.text(v)}.{name} is a field, not a method)"
        if m.kind == "pointer":
            return f"(method {name} has pointer receiver)"
        if m.kind == "unexported":
            return f"(unexported method {name})"
        assert m.have is not None
        have, want = self.method_text(m.have), self.method_text(m.method)
        if m.kind == "name":
            return f"(missing method {name})\n\t\thave {have}\n\t\twant {want}"
        if have == want:
            return f"(wrong type for method {name})"
        return f"(wrong type for method {name})\n\t\thave {have}\n\t\twant {want}"

    def method_text(self: Checker, f: object) -> str:
        from gotk.compiler.types.typestring import signature_string

        sig = f.type  # type: ignore[attr-defined]
        name = f.name  # type: ignore[attr-defined]
        return f"{name}{signature_string(sig, self.qualify)}" if isinstance(sig, Signature) else name


def _within(x: tuple[bool, Type], y: tuple[bool, Type]) -> bool:
    from gotk.compiler.types.typeset import _term_subset

    return _term_subset(x, y)


__all__ = ["COMPARABLE", "InstantiateMixin", "is_valid"]
