# SPDX-License-Identifier: BSD-3-Clause
"""Which functions of other packages are small enough to be compiled into their callers' modules.

Objects are compiled one by one, so LLVM can inline a call into another package only if it sees the body. Such a body is lowered again in the
caller's module as ``available_externally``: LLVM may inline it and never emits it. The syntax of these functions is part of a package's
export data, as that of generic functions is.
"""

from __future__ import annotations

import dataclasses

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Interface, Signature

#: Nodes of the body. About what LLVM inlines by itself; more would only cost time.
MAX_NODES = 60

_NEVER = (
    ast.FuncLit,
    ast.DeferStmt,
    ast.GoStmt,
    ast.SelectStmt,
    ast.LabeledStmt,
    ast.TypeSwitchStmt,
)
_DIRECTIVES = ("go:noinline", "gotk:noinline", "gotk:native", "gotk:intrinsic")

_children: dict[type, tuple[str, ...]] = {}
# Slots that the checker fills: they lead out of the syntax.
_SKIP = {"type", "const", "obj", "selection", "captures", "sig", "targs", "var", "target", "func_type"}


def is_inlinable(decl: ast.FuncDecl) -> bool:
    """Whether `decl` is a small function without loops over functions, closures, defers, or recover."""
    if decl.body is None or decl.has_defer or decl.has_recover:
        return False
    if any(d.startswith(_DIRECTIVES) for d in decl.directives):
        return False
    count = 0
    todo: list[ast.Node] = [decl.body]
    while todo:
        node = todo.pop()
        kind = type(node)
        count += 1
        if count > MAX_NODES or kind in _NEVER:
            return False
        if kind is ast.BranchStmt and node.tok == "goto":  # type: ignore[attr-defined]
            return False
        if kind is ast.RangeStmt and not _plain_range(node):  # type: ignore[arg-type]
            return False
        if kind is ast.CallExpr and node.builtin in ("recover", "print", "println"):  # type: ignore[attr-defined]
            return False
        for name in _fields(kind):
            value = getattr(node, name)
            if isinstance(value, ast.Node):
                todo.append(value)
            elif type(value) is list:
                todo += [v for v in value if isinstance(v, ast.Node)]
    return True


def _plain_range(node: ast.RangeStmt) -> bool:
    """Not over a function: that would make the body a function of its own."""
    t = node.x.type
    return t is not None and type(t.underlying()) not in (Signature, Interface)


def _fields(kind: type) -> tuple[str, ...]:
    found = _children.get(kind)
    if found is None:
        names = [f.name for f in dataclasses.fields(kind)]
        found = _children[kind] = tuple(n for n in names if n not in _SKIP and n not in ("pos", "end"))
    return found
