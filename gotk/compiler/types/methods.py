# SPDX-License-Identifier: BSD-3-Clause
"""Fields and methods of types: lookup through embedded fields (Go spec, "Selectors"), method sets, and interface satisfaction."""

from __future__ import annotations

from dataclasses import dataclass

from gotk.compiler.types.model import (
    INVALID,
    Func,
    Interface,
    Named,
    Package,
    Pointer,
    Struct,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import identical, method_key, same_id, unalias
from gotk.compiler.types.typeset import type_set


@dataclass(slots=True, eq=False)
class Found:
    """Result of a lookup.

    ``obj``: the field or method, None if there is none. ``path``: indices of the embedded fields passed through and, for a field, its own.
    ``indirect``: a pointer was followed on the way (for methods: before the receiver's own). ``ambiguous``: found more than once at the shallowest depth.
    ``needs_pointer``: the method has a pointer receiver but the type is no pointer and the operand is not addressable."""

    obj: Var | Func | None
    path: list[int]
    indirect: bool = False
    ambiguous: bool = False
    needs_pointer: bool = False


_NOTHING = Found(None, [])


def is_interface_pointer(t: Type) -> bool:
    p = unalias(t).underlying()
    return type(p) is Pointer and type(p.elem.underlying()) is Interface


def lookup_field_or_method(
    t: Type, addressable: bool, pkg: Package | None, name: str, fold: bool = False
) -> Found:
    """The field or method `name`, written in package `pkg`, of a value of type `t`.

    With `fold`, case is ignored (for hints)."""
    if name == "_":
        return _NOTHING
    named = unalias(t)
    if type(named) is Named:
        under = named.underlying()
        if type(under) is Pointer:  # methods cannot be called through a defined pointer type, but fields can
            found = _lookup(under, False, pkg, name, fold)
            if isinstance(found.obj, Func):
                return _NOTHING
            return found
    found = _lookup(t, addressable, pkg, name, fold)
    if found.obj is None and not found.ambiguous and type(named) is TypeParam:
        from gotk.compiler.types.typeset import core_type

        core = core_type(named)
        if core is not None and type(core) is not Interface:
            field = _lookup(core, addressable, pkg, name, fold)
            if isinstance(field.obj, Var):
                # Go has no access to fields through type parameters: what looks like one is not found.
                return _NOTHING
    return found


#: levels of embedding that are searched: instances that embed ever larger ones have no end
MAX_EMBEDDED = 100


def _lookup(t: Type, addressable: bool, pkg: Package | None, name: str, fold: bool) -> Found:
    typ = unalias(t)
    is_pointer = False
    if type(typ) is Pointer:
        elem = unalias(typ.elem)
        is_pointer = True
        if type(elem.underlying()) is Interface:
            return _NOTHING  # a pointer to an interface has no methods
        typ = elem
    seen: set[Named] = set()
    # (type, path, followed a pointer, reached more than once at this depth)
    current: list[tuple[Type, list[int], bool, bool]] = [(typ, [], is_pointer, False)]
    while current and len(current[0][1]) < MAX_EMBEDDED:
        following: list[tuple[Type, list[int], bool, bool]] = []
        obj: Var | Func | None = None
        path: list[int] = []
        indirect = False
        count = 0
        for typ, at, ind, multiple in current:
            typ = unalias(typ)
            if type(typ) is Named:
                if typ in seen:
                    continue
                seen.add(typ)
                hit = -1
                for i, m in enumerate(typ.origin.methods):
                    if same_id(m, pkg, name, fold):
                        hit = i
                        break
                if hit >= 0:
                    obj = typ.methods[hit]
                    path, indirect = at, ind
                    count += 2 if multiple else 1
                    continue
            u = typ.underlying()
            k = type(u)
            if k is Struct:
                for i, f in enumerate(u.fields):  # type: ignore[attr-defined]
                    if same_id(f, pkg, name, fold):
                        obj, path, indirect = f, [*at, i], ind
                        count += 2 if multiple else 1
                        continue
                    if f.embedded and count == 0:
                        ft = unalias(f.type)
                        ptr = type(ft) is Pointer
                        if ptr:
                            ft = unalias(ft.elem)  # type: ignore[attr-defined]
                        if type(ft) is Named or type(ft.underlying()) in (Struct, Interface):
                            following.append((ft, [*at, i], ind or ptr, multiple))
            elif k is Interface:
                im = type_set(typ).method(pkg, name, fold)
                if im is not None:
                    obj, path, indirect = im, at, ind
                    count += 2 if multiple else 1
        if count == 1:
            if isinstance(obj, Func) and obj.ptr_recv and not indirect and not addressable:
                return Found(obj, path, False, needs_pointer=True)
            return Found(obj, path, indirect)
        if count > 1:
            return Found(None, path, False, ambiguous=True)
        current = _consolidate(following)
    return _NOTHING


def _consolidate(
    entries: list[tuple[Type, list[int], bool, bool]],
) -> list[tuple[Type, list[int], bool, bool]]:
    """The same type embedded twice at one depth: kept once, marked, so that what it provides is ambiguous."""
    if len(entries) < 2:
        return entries
    out: list[tuple[Type, list[int], bool, bool]] = []
    for t, path, ind, multiple in entries:
        for i, other in enumerate(out):
            if identical(other[0], t):
                out[i] = (other[0], other[1], other[2], True)
                break
        else:
            out.append((t, path, ind, multiple))
    return out


@dataclass(slots=True, eq=False)
class Method:
    """An entry of a method set: the method, the embedded fields to walk to its receiver, and whether a pointer is followed on the way
    (the leading dereference of \\*T included)."""

    func: Func
    path: list[int]
    indirect: bool

    @property
    def name(self) -> str:
        return self.func.name


def method_set(t: Type) -> list[Method]:
    """Method set of `t` (Go spec, "Method sets"), promoted methods included, sorted by name, then package."""
    names: dict[tuple[str, str], Func] = {}
    _collect(t, names, set())
    out: list[Method] = []
    for f in names.values():
        found = lookup_field_or_method(t, False, f.pkg, f.name)
        # A method with type parameters implements no interface's method.
        if isinstance(found.obj, Func) and not found.needs_pointer and not getattr(found.obj.type, "tparams", None):
            out.append(Method(found.obj, found.path, found.indirect))
    out.sort(key=lambda m: method_key(m.func))
    return out


def _collect(t: Type, names: dict[tuple[str, str], Func], seen: set[Named]) -> None:
    t = unalias(t)
    if type(t) is Pointer:
        t = unalias(t.elem)
        if type(t.underlying()) is Interface:
            return
    if type(t) is Named:
        if t in seen:
            return
        seen.add(t)
        if type(t.underlying()) is Pointer:
            return
        for m in t.origin.methods:
            names.setdefault(method_key(m), m)
    u = t.underlying()
    if type(u) is Struct:
        for f in u.fields:
            if f.embedded:
                _collect(f.type, names, seen)  # type: ignore[arg-type]
    elif type(u) is Interface:
        for m in type_set(t).methods:
            names.setdefault(method_key(m), m)


@dataclass(slots=True, eq=False)
class Missing:
    """Why a type does not implement an interface: the interface's ``method``; ``have``: a method of that name (or nearly), if any.

    ``kind``: "missing", "name" (differs in case), "signature", "pointer" (declared on \\*T), "field" (a field of that name),
    "unexported", "ptr_to_iface"."""

    method: Func
    kind: str
    have: Func | None = None


def missing_method(v: Type, iface: Type, static: bool = True) -> Missing | None:
    """The first method of `iface` that `v` lacks, None if there is none.

    If `v` is an interface and not `static` (type assertions), only methods that are there with another signature count."""
    wanted = type_set(iface).methods
    if not wanted:
        return None
    vu = v.underlying()
    if type(vu) is Interface:
        have = type_set(v)
        for m in wanted:
            f = have.method(m.pkg, m.name)
            if f is None:
                if static:
                    return _explain(v, m)
                continue
            if not identical(f.type, m.type):  # type: ignore[arg-type]
                return Missing(m, "signature", f)
        return None
    for m in wanted:
        found = lookup_field_or_method(v, False, m.pkg, m.name)
        f = found.obj if isinstance(found.obj, Func) else None
        if f is None:
            return _explain(v, m)
        if f.type is None and f.resolver is not None:
            f.resolver(f)
        if not identical(f.type, m.type):  # type: ignore[arg-type]
            return Missing(m, "signature", f)
        if found.needs_pointer:
            return Missing(m, "pointer", f)
    return None


def _explain(v: Type, m: Func) -> Missing:
    found = lookup_field_or_method(v, False, m.pkg, m.name)
    if isinstance(found.obj, Var):
        return Missing(m, "field")
    if is_interface_pointer(v):
        elem = unalias(v).underlying().elem  # type: ignore[attr-defined]
        if lookup_field_or_method(elem, False, m.pkg, m.name).obj is not None:
            return Missing(m, "ptr_to_iface")
    found = lookup_field_or_method(v, False, m.pkg, m.name, fold=True)
    if isinstance(found.obj, Func):
        if found.obj.name == m.name:
            return Missing(m, "unexported", found.obj)
        return Missing(m, "name", found.obj)
    return Missing(m, "missing")


def implements(t: Type, iface: Interface) -> bool:
    """Whether concrete `t` has all methods of `iface` with identical signatures (type sets are not looked at)."""
    return t is not INVALID and missing_method(t, iface) is None
