# SPDX-License-Identifier: BSD-3-Clause
"""Type sets of interfaces (Go spec, "Interface types"): all methods, and the union of terms that remains after intersection.

``terms`` is None for "every type"; otherwise a list of (tilde, type) without overlaps, empty if no type qualifies.
"""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.types.model import Basic, Func, Interface, Slice, Type, TypeParam, Union
from gotk.compiler.types.predicates import (
    INVALID,
    STRING,
    comparable,
    identical,
    method_key,
    same_id,
    unalias,
)

Term = tuple[bool, Type]


class TypeSet:
    """``methods``: sorted by name, then package; ``comparable``: only comparable types (the predeclared constraint was embedded)."""

    __slots__ = ("comparable", "methods", "terms")

    def __init__(self, methods: list[Func], terms: list[Term] | None, comparable: bool = False) -> None:
        self.methods, self.terms, self.comparable = methods, terms, comparable

    def is_empty(self) -> bool:
        return self.terms is not None and not self.terms

    def is_all(self) -> bool:
        """Every type belongs (``any``)."""
        return self.terms is None and not self.comparable and not self.methods

    def is_method_set(self) -> bool:
        """An ordinary interface: described by its methods alone, so that variables may have it as type."""
        return not self.comparable and self.terms is None

    def has_terms(self) -> bool:
        return bool(self.terms)

    def is_comparable(self, seen: set[int] | None = None) -> bool:
        if self.terms is None:
            return self.comparable
        return bool(self.terms) and all(comparable(t, dynamic=False, seen=seen) for _, t in self.terms)

    def every(self, test: Callable[[Type | None], bool]) -> bool:
        """`test` holds for the underlying type of each term; it is asked about None if there are no specific types."""
        if not self.terms:
            return test(None)
        return all(test(unalias(t).underlying()) for _, t in self.terms)

    def unders(self) -> list[tuple[Type, Type]] | None:
        """(type, underlying type) of each term; None if there are no specific types."""
        if not self.terms:
            return None
        return [(t, unalias(t).underlying()) for _, t in self.terms]

    def method(self, pkg: object, name: str, fold: bool = False) -> Func | None:
        for m in self.methods:
            if same_id(m, pkg, name, fold):  # type: ignore[arg-type]
                return m
        return None

    def includes(self, t: Type) -> bool:
        if self.terms is None:
            return True
        return any(_term_includes(term, t) for term in self.terms)

    def subset_of(self, other: TypeSet) -> bool:
        """Whether each of our terms lies within a term of `other`."""
        if other.terms is None:
            return True
        if self.terms is None:
            return False
        return all(any(_term_subset(t, u) for u in other.terms) for t in self.terms)

    def same_terms(self, other: TypeSet) -> bool:
        return self.subset_of(other) and other.subset_of(self)


def _term_includes(term: Term, t: Type) -> bool:
    tilde, u = term
    if tilde:
        t = unalias(t).underlying()
        u = unalias(u).underlying()
    return identical(t, u)


def _term_subset(x: Term, y: Term) -> bool:
    if not _same_base(x, y):
        return False
    return y[0] or not x[0]


def _same_base(x: Term, y: Term) -> bool:
    a, b = x[1], y[1]
    if y[0]:
        a = unalias(a).underlying()
    if x[0]:
        b = unalias(b).underlying()
    return identical(a, b)


def union_terms(terms: list[Term]) -> list[Term]:
    """Drop terms that lie within others."""
    kept: list[Term] = []
    for t in terms:
        if any(_term_subset(t, k) for k in kept):
            continue
        kept = [k for k in kept if not _term_subset(k, t)]
        kept.append(t)
    return kept


def intersect_terms(xs: list[Term] | None, ys: list[Term] | None) -> list[Term] | None:
    if xs is None:
        return ys
    if ys is None:
        return xs
    out: list[Term] = []
    for x in xs:
        for y in ys:
            if _same_base(x, y):
                out.append(x if y[0] else y)
    return union_terms(out)


EVERY_TYPE = TypeSet([], None)
NO_TYPE = TypeSet([], [])

#: Called as report(interface, embedded index or -1, method, other method) for duplicate methods while a declared interface is checked.
Report = Callable[[Interface, int, Func, Func], None]


def type_set(t: Type, report: Report | None = None) -> TypeSet:
    """Type set of an interface or of a type parameter's constraint; cached in the interface."""
    u = t if type(t) is Interface else t.underlying()
    if type(u) is not Interface:
        return NO_TYPE if u is INVALID else TypeSet([], [(False, t)])
    found = u._typeset
    if found is not None:
        return found
    if not u.methods and not u.embeddeds:
        u._typeset = EVERY_TYPE
        return EVERY_TYPE
    u._typeset = EVERY_TYPE  # an interface that embeds itself: an error elsewhere
    methods: dict[tuple[str, str], Func] = {}
    for m in u.methods:
        methods.setdefault(method_key(m), m)
    terms: list[Term] | None = None
    only_comparable = False
    complete = True
    for i, embedded in enumerate(u.embeddeds):
        eu = embedded.underlying()
        k = type(eu)
        more: list[Term] | None = None
        if k is Interface:
            ts = type_set(eu)
            if ts.comparable:
                only_comparable = True
            for m in ts.methods:
                other = methods.setdefault(method_key(m), m)
                if other is not m and not identical(m.type, other.type) and report is not None:  # type: ignore[arg-type]
                    report(u, i, m, other)
            more = ts.terms
        elif k is Union:
            more = _union_set(eu)  # type: ignore[arg-type]
        elif eu is INVALID:
            complete = False
            continue
        else:
            more = [(False, embedded)]
        terms = intersect_terms(terms, more)
    if only_comparable and terms is not None:
        terms = [t for t in terms if comparable(t[1], dynamic=False)]
        only_comparable = False
    ordered = sorted(methods.values(), key=method_key)
    result = TypeSet(ordered, terms, only_comparable)
    u._typeset = result if complete else None
    u._all_methods = ordered
    return result


def _union_set(union: Union) -> list[Term] | None:
    out: list[Term] = []
    for tilde, t in union.terms:
        u = t.underlying()
        if type(u) is Interface and type(unalias(t)) is not TypeParam:
            ts = type_set(u)
            if ts.terms is None:
                return None
            out += ts.terms
        elif u is not INVALID:
            out.append((tilde, t))
    return union_terms(out)


def all_methods(t: Type) -> list[Func]:
    """All methods of an interface, embedded ones included, sorted by name, then package."""
    return type_set(t).methods


def core_type(t: Type) -> Type | None:
    """The single underlying type of all types in a type set (channels may differ in direction); of other types the underlying type."""
    t = unalias(t)
    if type(t) is not TypeParam:
        return t.underlying()
    return _core(t, strings=False)


def common_under(t: Type) -> tuple[Type | None, str, Type | None, Type | None]:
    """(underlying type common to a type set, "", None, None), or (None, reason with %s for two types, the first type, the second)."""
    from gotk.compiler.types.model import Chan

    unders = type_set(t).unders()
    if unders is None:
        return None, "no specific type", None, None
    first: Type | None = None
    result: Type | None = None
    for term, u in unders:
        if result is None:
            first, result = term, u
            continue
        if type(result) is Chan and type(u) is Chan:
            if not identical(result.elem, u.elem):
                return None, "channels %s and %s have different element types", first, term
            if result.dir == "both":
                first, result = term, u
            elif u.dir not in ("both", result.dir):
                return None, "channels %s and %s have conflicting directions", first, term
            continue
        if not identical(result, u):
            return None, "%s and %s have different underlying types", first, term
    return result, "", None, None


def core_string(t: Type) -> Type | None:
    """Like `core_type`, but a type set of byte slices and strings has core type string (copy, append, slicing)."""
    t = unalias(t)
    if type(t) is not TypeParam:
        return t.underlying()
    return _core(t, strings=True)


def _core(t: Type, strings: bool) -> Type | None:
    unders = type_set(t).unders()
    if unders is None:
        return None
    su: Type | None = None
    has_string = False
    for _, u in unders:
        if strings and type(u) is Basic and u.kind == "string":
            u = _BYTES
            has_string = True
        if su is None:
            su = u
            continue
        merged = match_chan(su, u)
        if merged is None:
            return None
        su = merged
    return STRING if has_string else su


def match_chan(x: Type, y: Type) -> Type | None:
    """`x` if identical to `y`; of two channel types with the same elements the one with a direction."""
    from gotk.compiler.types.model import Chan

    if identical(x, y):
        return x
    if type(x) is Chan and type(y) is Chan and identical(x.elem, y.elem):
        if x.dir == "both":
            return y
        if y.dir == "both":
            return x
    return None


def _bytes() -> Slice:
    from gotk.compiler.types.predicates import BYTE

    return Slice(BYTE)


_BYTES = _bytes()
