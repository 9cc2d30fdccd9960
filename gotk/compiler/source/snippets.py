# SPDX-License-Identifier: BSD-3-Clause
"""Declarations of earlier cells, used again in a later one.

A snippet becomes a Go file of its own beside the program's: `snippet_file` keeps its declarations and blanks everything else (``main``, statements, what a
later text declares anew), so a line of the file is the line of the cell that was saved. What is left may no longer need all of
the snippet's imports: those are kept for their effects only (``import _ "time"``), and missing ones of known packages are added as in any cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gotk.compiler.source.gotypes import names_of, specs_of
from gotk.compiler.source.imports import import_specs, missing_imports, used_qualifiers
from gotk.compiler.source.text import Edit, MadeText, apply_edits
from gotk.compiler.source.tree import Node, field_names, parse_tree, text_of

__all__ = ["Snippet", "declared_names", "snippet_file"]


@dataclass(frozen=True)
class Snippet:
    """A saved text by its name; errors in it are shown as in ``NAME.go``."""

    name: str
    source: str

    @property
    def file(self) -> str:
        return f"{self.name}.go"


def declared_names(nodes: Iterable[Node]) -> set[str]:
    """What these declarations declare: names, and ``Type.name`` for methods."""
    found: set[str] = set()
    for node in nodes:
        if node.type == "function_declaration":
            found.update(field_names(node))
        elif node.type == "method_declaration":
            found.add(_method_name(node))
        elif node.type in ("var_declaration", "const_declaration"):
            for spec in specs_of(node):
                found.update(text_of(n) for n in names_of(spec))
        elif node.type == "type_declaration":
            for spec in node.named_children:
                found.update(field_names(spec))
    return found - {"_", "init"}


def _method_name(node: Node) -> str:
    receiver = node.child_by_field_name("receiver")
    base = ""
    todo = list(receiver.named_children) if receiver is not None else []
    while todo and not base:
        part = todo.pop(0)
        if part.type == "type_identifier":
            base = text_of(part)
        todo = [c for c in part.named_children if c.type != "identifier"] + todo
    return f"{base}.{field_names(node)[0] if field_names(node) else ''}"


def snippet_file(
    name: str, data: bytes, root: Node, nodes: Iterable[Node], replaced: set[str], edits: Iterable[Edit], alias: str
) -> MadeText:
    """The Go file `name` with a snippet's declarations `nodes`, without those in `replaced` and without main. `data` is its text, `root` the tree;
    `edits` (new initialisers) are made in it as well; `alias` is an import declaration that is added if they need it."""
    keep: list[Node] = []
    changes: list[Edit] = []
    for node in nodes:
        kind = node.type
        if kind == "package_clause":
            continue
        if kind == "function_declaration" and set(field_names(node)) & (replaced | {"main"}):
            continue
        if kind == "method_declaration" and _method_name(node) in replaced:
            continue
        keep.append(node)
        if kind in ("var_declaration", "const_declaration", "type_declaration"):
            changes += _replaced_specs(node, replaced, data)
    # Comments stay: a directive belongs to the declaration below it, and others do no harm.
    keep += [n for n in root.named_children if n.type == "comment"]
    at = 0
    for start, end in [*sorted((n.start_byte, n.end_byte) for n in keep), (len(data), len(data))]:
        start, end = min(start, len(data)), min(end, len(data))
        gap = data[at:start]
        if gap.strip(b" \t\r\n;"):
            changes.append(Edit(at, start, _blank(gap, b";" in gap and b"\n" not in gap and at > 0)))
        at = max(at, end)
    gone = list(changes)
    changes += [e for e in edits if not any(g.start <= e.start < g.end for g in gone)]
    body = parse_tree(apply_edits(name, data, changes).text + b"\n")
    header = "package main; " + "".join(f'import "{path}"; ' for path in missing_imports(body))
    if any(b"gotk__cell" in edit.new for edit in changes):
        header += f"{alias}; "
    if data.startswith(b"//go:"):
        header += "\n"  # a directive must be alone on its line
    # Imports come before anything that `changes` makes longer, so they lie in the new text where they lie in the old one.
    changes += _unused_imports(body)
    changes.append(Edit(0, 0, header.encode()))
    if not data.endswith(b"\n"):
        changes.append(Edit(len(data), len(data), b"\n"))
    return apply_edits(name, data, changes)


def _blank(text: bytes, separator: bool = False) -> bytes:
    """Spaces, with the line breaks kept; with a semicolon in front if what stands before and after must stay apart."""
    blank = bytes(b if b in b"\n\r\t" else 0x20 for b in text)
    return b";" + blank[1:] if separator else blank


def _replaced_specs(node: Node, replaced: set[str], data: bytes) -> list[Edit]:
    """Edits that take the replaced names out of a declaration. A constant keeps its place (iota counts it), as ``_``."""
    edits: list[Edit] = []
    specs = node.named_children if node.type == "type_declaration" else specs_of(node)
    specs = [s for s in specs if s.type != "comment"]
    names = [list(s.children_by_field_name("name")) if node.type == "type_declaration" else names_of(s) for s in specs]
    gone = [[n for n in group if text_of(n) in replaced] for group in names]
    if node.type != "const_declaration" and all(len(g) == len(n) for g, n in zip(gone, names, strict=True)) and names:
        return [Edit(node.start_byte, node.end_byte, _blank(data[node.start_byte : node.end_byte]))]
    for spec, group, out in zip(specs, names, gone, strict=True):
        if not out:
            continue
        if node.type != "const_declaration" and len(out) == len(group):
            edits.append(Edit(spec.start_byte, spec.end_byte, _blank(data[spec.start_byte : spec.end_byte])))
        else:
            for name in out:
                width = name.end_byte - name.start_byte
                edits.append(Edit(name.start_byte, name.end_byte, b"_" + b" " * (width - 1)))
    return edits


def _unused_imports(root: Node) -> list[Edit]:
    """Imports of a name that nothing uses, made blank."""
    used = used_qualifiers(root)
    edits = []
    for name, spec in import_specs(root):
        if name in ("_", ".") or name in used:
            continue
        alias = spec.child_by_field_name("name")
        if alias is not None:
            edits.append(Edit(alias.start_byte, alias.end_byte, b"_"))
        else:
            edits.append(Edit(spec.start_byte, spec.start_byte, b"_ "))
    return edits
