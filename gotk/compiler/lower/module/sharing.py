# SPDX-License-Identifier: BSD-3-Clause
"""Which instances of generic functions a module leaves to other objects.

``slices.Sort`` on []string is the same code in every program, and LLVM needs longer for it than for the cell that calls it. So a module
has the bodies of its own generic functions and of small ones (LLVM shall inline them), and only declares

- what an object has that is loaded with it anyway: that of a package it imports, directly or not;
- in a program, the other instances of library functions: each of them becomes, with the instances it needs in turn, a *unit*, an object
  of its own that is kept like those of packages (gotk/compiler/instances.py).

Instances that others may rely on are ``weak_odr``: LLVM keeps them even if it has inlined every call.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Alias,
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
)

#: Nodes of a body up to which an instance stays with its callers. A hundred nodes are about where LLVM stops to inline.
SMALL = 100

_SKIP = frozenset(
    ["type", "const", "obj", "selection", "captures", "sig", "targs", "var", "target", "func_type", "pos", "end"]
)
_fields: dict[type, tuple[str, ...]] = {}
_small: dict[int, tuple[ast.FuncDecl, bool]] = {}


def is_small(decl: ast.FuncDecl) -> bool:
    """Whether the body of `decl` has at most `SMALL` nodes."""
    found = _small.get(id(decl))
    if found is None:
        found = _small[id(decl)] = (decl, _count(decl.body) <= SMALL)
    return found[1]


def _count(root: ast.Node | None) -> int:
    """Nodes of a tree, counted no further than needed."""
    count = 0
    todo: list[ast.Node] = [] if root is None else [root]
    while todo and count <= SMALL:
        node = todo.pop()
        count += 1
        kind = type(node)
        names = _fields.get(kind)
        if names is None:
            fields = [f.name for f in dataclasses.fields(kind)]
            names = _fields[kind] = tuple(n for n in fields if n not in _SKIP)
        for name in names:
            value = getattr(node, name)
            if isinstance(value, ast.Node):
                todo.append(value)
            elif type(value) is list:
                todo += [v for v in value if isinstance(v, ast.Node)]
    return count


@dataclasses.dataclass(slots=True, eq=False)
class Wanted:
    """An instance that the module calls and leaves to a unit."""

    func: Func
    targs: list[Type]


class Sharing:
    """The answer for one module. `wanted` collects what it leaves to units, by symbol."""

    def __init__(self, has: Callable[[str], bool], *, units: bool = False) -> None:
        """`has`: whether an object that is loaded with this module defines the symbol; `units`: whether instances of library functions
        may be left to units."""
        self._has = has
        self._units = units
        self.wanted: dict[str, Wanted] = {}

    def elsewhere(self, fn: Func, targs: Sequence[Type], symbol: str) -> bool:
        """Whether this instance is only to be declared here."""
        decl = fn.decl
        if decl is None or decl.body is None or fn.pkg is None or fn.pkg.name == "main":
            return False
        if is_small(decl):
            return False
        if symbol in self.wanted or self._has(symbol):
            return True
        if self._units:
            self.wanted[symbol] = Wanted(fn, list(targs))
            return True
        return False


def packages_of(types: Sequence[Type]) -> set[str]:
    """Import paths of the packages whose defined types occur in `types`."""
    found: set[str] = set()
    seen: set[int] = set()
    todo: list[Type | None] = list(types)
    while todo:
        t = todo.pop()
        if t is None or id(t) in seen:
            continue
        seen.add(id(t))
        kind = type(t)
        if kind is Named:
            if t.obj.pkg is not None:  # type: ignore[attr-defined]
                found.add(t.obj.pkg.path)  # type: ignore[attr-defined]
            todo += [*t.targs, *t.outer_targs]  # type: ignore[attr-defined]
        elif kind is Alias:
            todo.append(t.actual)  # type: ignore[attr-defined]
        elif kind in (Pointer, Slice, Array, Chan):
            todo.append(t.elem)  # type: ignore[attr-defined]
        elif kind is Map:
            todo += [t.key, t.elem]  # type: ignore[attr-defined]
        elif kind is Struct:
            # An unexported field belongs to the package that wrote the type.
            for field in t.fields:  # type: ignore[attr-defined]
                if field.pkg is not None:
                    found.add(field.pkg.path)
                todo.append(field.type)
        elif kind is Signature:
            todo += [t.params, t.results]  # type: ignore[attr-defined]
        elif kind is Tuple:
            todo += [v.type for v in t.vars]  # type: ignore[attr-defined]
        elif kind is Interface:
            for method in t.methods:  # type: ignore[attr-defined]
                if method.pkg is not None:
                    found.add(method.pkg.path)
                todo.append(method.type)
            todo += list(t.embeddeds)  # type: ignore[attr-defined]
    return found
