# SPDX-License-Identifier: BSD-3-Clause
"""Types that would contain themselves: ``invalid recursive type``."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.types.model import INVALID, Array, Interface, Named, Struct, Type, Union
from gotk.compiler.types.predicates import identical, unalias

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

MAX_NESTED = 12  # instances of one generic type inside each other before the expansion counts as infinite


class ValidTypeMixin:
    def valid_type(self: Checker, t: Named) -> None:
        """Report `t` if it contains itself other than through pointers, slices, maps, channels, or functions."""
        self._valid(t, [])

    def _valid(self: Checker, t: Type | None, path: list[Named]) -> bool:
        t = unalias(t)  # type: ignore[arg-type]
        k = type(t)
        if k is Named:
            if id(t) in self.valid_types or t.obj.pkg is not self.pkg:  # type: ignore[attr-defined]
                if not t.targs:  # type: ignore[attr-defined]
                    return True
            if t._underlying is INVALID:  # type: ignore[attr-defined]
                return False
            nested = 0
            for i, other in enumerate(path):
                if other is t or (other.origin is t.origin and identical(other, t)):  # type: ignore[attr-defined]
                    self._recursive(path[i:])
                    return False
                if other.origin is t.origin:  # type: ignore[attr-defined]
                    nested += 1
            if nested > MAX_NESTED:
                self._recursive([t])  # type: ignore[list-item]
                return False
            path.append(t)  # type: ignore[arg-type]
            inner = t.rhs if t.rhs is not None and not t.targs else t.underlying()  # type: ignore[attr-defined]
            ok = self._valid(inner, path)
            path.pop()
            if ok:
                self.valid_types.add(id(t))
                self._held.append(t)
            return ok
        if k is Array:
            return self._valid(t.elem, path)  # type: ignore[attr-defined]
        if k is Struct:
            return all(self._valid(f.type, path) for f in t.fields)  # type: ignore[attr-defined]
        if k is Interface:
            return all(self._valid(e, path) for e in t.embeddeds)  # type: ignore[attr-defined]
        if k is Union:
            return all(self._valid(u, path) for _, u in t.terms)  # type: ignore[attr-defined]
        return t is not INVALID

    def _recursive(self: Checker, cycle: list[Named]) -> None:
        plain = [t for t in cycle if not t.targs]
        if plain and len(plain) < len(cycle):
            self._recursive_through_instances(cycle)
            for t in plain:  # the generic types are all right
                t._underlying = INVALID
            return
        objects = []
        for t in cycle:
            if t.obj not in objects:
                objects.append(t.obj)
        self.cycle_error(objects)  # type: ignore[arg-type]
        for t in cycle:
            t.origin._underlying = INVALID

    def _recursive_through_instances(self: Checker, cycle: list[Named]) -> None:
        """``type A B[A]``: an instance stands at the place where it is written."""
        places = [(self.instance_pos.get(id(t), t.obj.pos) if t.targs else t.obj.pos, self.text(t)) for t in cycle]
        first = places.index(min(places))
        places = places[first:] + places[:first]
        message = f"invalid recursive type {places[0][1]}"
        for i, (pos, name) in enumerate(places):
            message += f"\n\t{self.where(pos)}: {name} refers to {places[(i + 1) % len(places)][1]}"
        self.error(places[0][0], message, "InvalidDeclCycle")
