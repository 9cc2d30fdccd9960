# SPDX-License-Identifier: BSD-3-Clause
"""Asks the type checker about one place in a cell.

The cell goes the way that it goes when it is run (gotk.compiler.source adds package clause, imports and main), is parsed and checked, errors and all.
A checker of our own notes what it knows when it comes to the place. A tree with syntax errors may be more than the checker can take: then it
stops early, which is an answer like any other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gotk.assist.repair import PLACEHOLDER
from gotk.compiler import packages
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.source import Cell, MadeText, Snippet
from gotk.compiler.source.imports import KNOWN
from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parser import parse
from gotk.compiler.types.checker import Checker
from gotk.compiler.types.model import INVALID, Object, Package, PkgName, Scope, Type
from gotk.compiler.types.operand import Operand
from gotk.diagnostics import Diagnostic

__all__ = ["Answer", "Context", "ask", "check_text", "idents", "library_paths"]


@dataclass(frozen=True)
class Context:
    """What a cell is written in: the snippets that it uses, and values that come in by ``-i``."""

    snippets: tuple[Snippet, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Answer:
    """What is known at the placeholder: of ``x.placeholder`` the package or the operand's type and mode, else the names in scope (inner ones
    first); `literal` is the type of the composite literal whose element it is."""

    package: Package | None = None
    type: Type | None = None
    mode: str = ""
    names: dict[str, Object] | None = None
    literal: Type | None = None
    main: Package | None = None


class _Checker(Checker):
    """Notes what there is at the placeholder."""

    answer: Answer

    def ident(self, e: ast.Ident, want_type: bool = False) -> Operand:
        if e.name == PLACEHOLDER:
            self.answer.names = _visible(self.env.scope)
            return Operand("", INVALID, e)
        return super().ident(e, want_type)

    def selector(self, e: ast.SelectorExpr, target: Type | None, want_type: bool) -> Operand:
        if e.sel.name != PLACEHOLDER:
            return super().selector(e, target, want_type)
        left = e.x
        if type(left) is ast.Ident:
            found = self.lookup(left.name)
            if isinstance(found, PkgName):
                found.used = True
                self.answer.package = found.imported
                return Operand("", INVALID, e)
        x = self.expr_or_type(left)
        if x.mode and x.type is not None and x.type is not INVALID:
            self.answer.type, self.answer.mode = x.type, x.mode
        return Operand("", INVALID, e)


def _visible(scope: Scope | None) -> dict[str, Object]:
    names: dict[str, Object] = {}
    while scope is not None:
        for name, obj in scope.names.items():
            names.setdefault(name, obj)
        scope = scope.parent
    return names


@dataclass
class Checked:
    """A cell as the checker left it."""

    package: Package
    trees: list[ast.File]
    files: tuple[MadeText, ...]
    answer: Answer


def check_text(text: str, context: Context) -> Checked:
    """Parse and check a cell's text."""
    cell = Cell(text, "cell.go", context.snippets)
    try:
        made = cell.make(inputs=context.inputs)
    except Exception:
        made = cell.make()
    trees = []
    for number, file in enumerate(made.files):
        tree, _ = parse(file.text, file.name, number)
        trees.append(tree)
    diagnostics: list[Diagnostic] = []
    checker = _Checker("main", trees, packages.shared().importer, diagnostics, complete=True)
    checker.answer = Answer(main=checker.pkg)
    with deep_recursion(), contextlib.suppress(Exception):
        checker.check()
    answer = checker.answer
    for node in nodes(trees):
        if type(node) is ast.CompositeLit and any(_is_placeholder(e) for e in node.elts):
            answer.literal = node.type
    return Checked(checker.pkg, trees, made.files, answer)


def _is_placeholder(element: ast.Expr) -> bool:
    key = element.key if isinstance(element, ast.KeyValueExpr) else element
    return isinstance(key, ast.Ident) and key.name == PLACEHOLDER


def ask(text: str, context: Context) -> Answer | None:
    """What is known at the placeholder in `text`; None if the checker did not get there."""
    answer = check_text(text, context).answer
    found = answer.package is not None or answer.type is not None or answer.names is not None
    return answer if found else None


# ---------------------------------------------------------------- syntax trees

_SKIP = frozenset(["type", "const", "obj", "selection", "captures", "sig", "targs", "var", "target", "pos", "end"])
_fields: dict[type, tuple[str, ...]] = {}


def nodes(trees: list[ast.File]) -> Iterator[ast.Node]:
    """All nodes of these trees."""
    todo: list[Any] = list(trees)
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, ast.Node):
            yield node
            kind = type(node)
            names = _fields.get(kind)
            if names is None:
                names = tuple(n for n in kind.__dataclass_fields__ if n not in _SKIP or _is_syntax(kind, n))
                _fields[kind] = names
            for name in names:
                todo.append(getattr(node, name))


def _is_syntax(kind: type, name: str) -> bool:
    """A field of this name that holds syntax in spite of it: `init` fields are given by the parser, the others by the checker."""
    return name not in ("pos", "end") and kind.__dataclass_fields__[name].init  # type: ignore[attr-defined]


def idents(trees: list[ast.File], name: str) -> Iterator[tuple[ast.Ident, ast.SelectorExpr | None]]:
    """Identifiers of this name, with the selector expression that they end, if they do."""
    ends: dict[int, ast.SelectorExpr] = {}
    found: list[ast.Ident] = []
    for node in nodes(trees):
        if type(node) is ast.SelectorExpr and node.sel.name == name:
            ends[id(node.sel)] = node
        if type(node) is ast.Ident and node.name == name:
            found.append(node)
    for ident in found:
        yield ident, ends.get(id(ident))


def library_paths() -> list[str]:
    """Import paths that a program may write: golib's, without internal ones, and those that only real Go has."""
    known = {p for p in packages.shared().index if "internal" not in p.split("/")}
    return sorted(known | set(KNOWN.values()))
