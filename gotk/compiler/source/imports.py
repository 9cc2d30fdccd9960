# SPDX-License-Identifier: BSD-3-Clause
"""Which packages a cell uses without importing them.

A use is ``name.Something`` where `name` is declared neither in the cell's package scope nor in any
scope around the use; so a local variable called ``sort`` does not pull in the package sort. Only
packages of `KNOWN` are found: an unknown name stays for the compiler to report.
"""

from __future__ import annotations

from collections.abc import Iterable

from gotk.compiler.source.tree import Node, field_names, text_of

__all__ = ["KNOWN", "import_names", "missing_imports", "uses_of", "uses_packages"]

# Package name -> import path. Where two packages share a name, the one that programs mean far more
# often.
KNOWN: dict[str, str] = {
    path.rsplit("/", 1)[-1]: path
    for path in [
        "bufio",
        "bytes",
        "cmp",
        "context",
        "errors",
        "expvar",
        "flag",
        "fmt",
        "gotk",
        "hash",
        "io",
        "iter",
        "log",
        "maps",
        "math",
        "os",
        "path",
        "reflect",
        "regexp",
        "runtime",
        "slices",
        "sort",
        "strconv",
        "strings",
        "sync",
        "testing",
        "time",
        "unicode",
        "unique",
        "unsafe",
        "weak",
        "container/heap",
        "container/list",
        "container/ring",
        "crypto/md5",
        "crypto/sha1",
        "crypto/sha256",
        "crypto/sha512",
        "encoding/base64",
        "encoding/binary",
        "encoding/csv",
        "encoding/gob",
        "encoding/hex",
        "encoding/json",
        "hash/crc32",
        "hash/crc64",
        "hash/fnv",
        "hash/maphash",
        "html/template",
        "io/fs",
        "log/slog",
        "math/big",
        "math/bits",
        "math/cmplx",
        "math/rand",
        "net",
        "net/http",
        "net/url",
        "os/exec",
        "os/signal",
        "path/filepath",
        "runtime/debug",
        "runtime/metrics",
        "runtime/pprof",
        "runtime/trace",
        "sync/atomic",
        "syscall",
        "text/tabwriter",
        "unicode/utf16",
        "unicode/utf8",
        "golang.org/x/sync/errgroup",
        "golang.org/x/sync/semaphore",
        "golang.org/x/sync/singleflight",
    ]
}

_SCOPES = frozenset(
    [
        "function_declaration",
        "method_declaration",
        "func_literal",
        "block",
        "if_statement",
        "for_statement",
        "expression_switch_statement",
        "type_switch_statement",
        "select_statement",
        "expression_case",
        "default_case",
        "type_case",
        "communication_case",
    ]
)
_DECLARE_NAME = frozenset(
    [
        "parameter_declaration",
        "variadic_parameter_declaration",
        "type_parameter_declaration",
        "var_spec",
        "const_spec",
        "type_spec",
        "type_alias",
    ]
)
_DECLARE_LEFT = frozenset(("short_var_declaration", "range_clause", "receive_statement"))


def import_names(root: Node) -> dict[str, str]:
    """Names that the file's own imports declare, with their paths (the name is the alias or the
    path's last part).
    """
    return {name: _path_of(spec) for name, spec in import_specs(root)}


def import_specs(root: Node) -> list[tuple[str, Node]]:
    """The file's own imports, with the names that they declare."""
    found: list[tuple[str, Node]] = []
    for child in root.named_children:
        if child.type == "import_declaration":
            for spec in _descendants(child, "import_spec"):
                alias = spec.child_by_field_name("name")
                name = text_of(alias) if alias else _package_name(_path_of(spec))
                found.append((name, spec))
    return found


def _path_of(spec: Node) -> str:
    path = spec.child_by_field_name("path")
    return text_of(path)[1:-1] if path else ""


def used_qualifiers(root: Node) -> set[str]:
    """Names before a dot that no scope in the file declares: packages, or variables of other files."""
    return {name for name, _ in _free_qualifiers(root, [_package_scope(root)])}


def _package_name(path: str) -> str:
    """The usual name of the package at `path`: its last part, but not a version suffix
    (math/rand/v2).
    """
    parts = path.split("/")
    if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdigit():
        parts.pop()
    return parts[-1]


def missing_imports(root: Node, elsewhere: Iterable[str] = ()) -> list[str]:
    """Paths of known packages that the file uses and does not import, sorted. `elsewhere`: names that
    other files of the program declare.
    """
    scope = set(import_names(root)) | _package_scope(root) | set(elsewhere)
    uses = _free_qualifiers(root, [scope])
    return sorted({KNOWN[name] for name, _ in uses if name in KNOWN})


def _package_scope(root: Node) -> set[str]:
    """Names that the file declares at package level."""
    scope: set[str] = set()
    for child in root.named_children:
        if child.type == "function_declaration":
            scope.update(field_names(child))
        elif child.type in ("var_declaration", "const_declaration", "type_declaration"):
            for kind in ("var_spec", "const_spec", "type_spec", "type_alias"):
                for spec in _descendants(child, kind):
                    scope.update(field_names(spec))
    return scope


def uses_of(root: Node, name: str, member: str) -> list[Node]:
    """The expressions ``name.member`` in which `name` is the package that the file imports by that
    name.
    """
    return [
        node
        for found, node in _free_qualifiers(root, [set()])
        if found == name and _member(node) == member
    ]


def uses_packages(expression: Node) -> bool:
    """The expression may name something of an imported package."""
    return bool(_free_qualifiers(expression, [set()]))


def _member(node: Node) -> str:
    # The grammar cannot always tell pkg.F(x) from the conversion pkg.T(x).
    field = node.child_by_field_name("field") or node.child_by_field_name("name")
    return text_of(field) if field is not None else ""


def _free_qualifiers(root: Node, scopes: list[set[str]]) -> list[tuple[str, Node]]:
    """Every ``name.x`` whose `name` no scope declares, as (name, selector or qualified type)."""
    found: list[tuple[str, Node]] = []
    # An explicit stack: generated cells nest expressions deeper than Python recurses.
    todo: list[tuple[Node, bool]] = [(root, False)]
    while todo:
        node, leaving = todo.pop()
        kind = node.type
        if leaving:
            if kind in _SCOPES:
                scopes.pop()
            # A declaration's scope begins after it, so its own initialiser has been visited first.
            if kind in _DECLARE_NAME:
                scopes[-1].update(field_names(node))
            elif kind in _DECLARE_LEFT:
                scopes[-1].update(_identifiers(node, "left"))
            continue
        if kind == "selector_expression":
            operand = node.child_by_field_name("operand")
            if operand is not None and operand.type == "identifier":
                _note(text_of(operand), node, scopes, found)
                continue
        elif kind == "qualified_type":
            package = node.child_by_field_name("package")
            if package is not None:
                _note(text_of(package), node, scopes, found)
            continue
        todo.append((node, True))
        if kind in _SCOPES:
            # The variable of a type switch is declared in each clause; no clause can see another
            # meaning of it.
            alias = kind == "type_switch_statement"
            scopes.append(set(_identifiers(node, "alias")) if alias else set())
        todo.extend((child, False) for child in reversed(node.named_children))
    return found


def _identifiers(node: Node, field: str) -> list[str]:
    group = node.child_by_field_name(field)
    if group is None:
        return []
    return [text_of(child) for child in group.named_children if child.type == "identifier"]


def _note(name: str, node: Node, scopes: list[set[str]], found: list[tuple[str, Node]]) -> None:
    if not any(name in scope for scope in scopes):
        found.append((name, node))


def _descendants(node: Node, kind: str) -> list[Node]:
    """Nodes of `kind` under `node`, not inside function bodies."""
    result: list[Node] = []
    stack = list(reversed(node.named_children))
    while stack:
        current = stack.pop()
        if current.type == kind:
            result.append(current)
        elif current.type != "block":
            stack.extend(reversed(current.named_children))
    return result
