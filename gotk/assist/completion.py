# SPDX-License-Identifier: BSD-3-Clause
"""Completion of Go source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gotk.assist.query import Answer, Context, ask, library_paths
from gotk.assist.repair import PLACEHOLDER, candidates, look
from gotk.compiler import packages
from gotk.compiler.source.imports import KNOWN
from gotk.compiler.types.methods import method_set
from gotk.compiler.types.model import (
    Builtin,
    Const,
    Func,
    Interface,
    Named,
    Object,
    Package,
    PkgName,
    Pointer,
    Struct,
    Type,
    TypeName,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.typeset import all_methods, core_type

__all__ = ["Completion", "complete", "members"]

KEYWORDS = ["break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var"]

_WORD = re.compile(r"[^\W\d]\w*\Z")
_TAIL = re.compile(r"\w*")
_SELECTOR = re.compile(r"\.\s*\Z")
_NUMBER = re.compile(r"(?<![\w.])\d[\w.]*\Z")
_QUALIFIER = re.compile(r"(?<![\w.)\]])([A-Za-z_]\w*)\s*\.\s*\Z")
_IMPORT_LINE = re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?["`]([^"`\n]*)\Z')


#: Right after the first start golib may be under compilation for seconds; a kernel that waits for it in a completion answers nothing else.
_PATIENCE_S = 0.3


#: Characters of a cell up to which it is looked at: checking some 3,000 lines takes about 100 ms.
LONGEST = 100_000


@dataclass(frozen=True)
class Completion:
    """`text` replaces the characters from `start` to the cursor; `kind`: package, function, method, field, type, variable, constant, keyword."""

    text: str
    kind: str
    start: int


def complete(source: str, offset: int, context: Context | None = None) -> list[Completion]:
    """What may stand at `offset` (characters), best first. Never raises."""
    try:
        if len(source) > LONGEST or packages.shared().is_busy(_PATIENCE_S):
            return []
        return _complete(source, max(0, min(offset, len(source))), context or Context())
    except Exception:  # editor help must not get in the way of editing
        return []


def _complete(source: str, offset: int, context: Context) -> list[Completion]:
    where = look(source, offset)
    line = source[source.rfind("\n", 0, offset) + 1 : offset]
    if where.inside == "string":
        return _import_paths(source, where.token, line, offset, [b for b, _ in where.open])
    if where.inside:
        return []
    before = source[:offset]
    if _NUMBER.search(before):
        return []
    word = _WORD.search(before)
    start = word.start() if word else offset
    prefix = before[start:]
    end = offset + len(_TAIL.match(source, offset)[0])  # type: ignore[index]
    dotted = _SELECTOR.search(before[:start]) is not None
    answer = None
    for text in candidates(source, start, end, PLACEHOLDER):
        answer = ask(text, context)
        if answer is not None:
            break
    if dotted:
        found = _after_dot(answer, before[:start])
    else:
        found = _names(answer)
    return _fitting(found, prefix, start)


def _fitting(found: Iterable[tuple[str, str]], prefix: str, start: int) -> list[Completion]:
    """Those that begin with the prefix; then those that do so if case is ignored."""
    exact: list[Completion] = []
    folded: list[Completion] = []
    low = prefix.lower()
    seen: set[str] = set()
    for text, kind in found:
        if text in seen or not text.lower().startswith(low):
            continue
        seen.add(text)
        (exact if text.startswith(prefix) else folded).append(Completion(text, kind, start))
    return exact + folded


# ---------------------------------------------------------------- after a dot


def _after_dot(answer: Answer | None, before: str) -> list[tuple[str, str]]:
    if answer is not None and answer.package is not None:
        return _package_members(answer.package)
    if answer is not None and answer.type is not None:
        return members(answer.type, answer.mode, answer.main)
    # The checker did not get there, or knows no such name: a package's name says enough.
    name = _QUALIFIER.search(before)
    if name is not None and name[1] in KNOWN and (answer is None or answer.names is None):
        path = KNOWN[name[1]]
        if path in packages.shared().index:
            return _package_members(packages.shared().importer(path))
    return []


def _package_members(package: Package) -> list[tuple[str, str]]:
    found = [(name, kind_of(obj)) for name, obj in package.scope.names.items() if obj.exported and not isinstance(obj, PkgName)]
    return sorted(found)


def members(t: Type, mode: str, main: Package | None) -> list[tuple[str, str]]:
    """Fields and methods that may follow ``x.``, for an operand of this type and mode; unexported ones of the program's own package only."""
    fields: dict[str, str] = {}
    methods: dict[str, str] = {}

    def visible(obj: Object) -> bool:
        return obj.name != "_" and (obj.exported or obj.pkg is main)

    for method in _methods_of(t):
        if visible(method):
            methods[method.name] = "method"
    if mode != "type":
        for field in _fields_of(t):
            if visible(field):
                fields.setdefault(field.name, "field")
    return [*sorted(fields.items()), *sorted((n, k) for n, k in methods.items() if n not in fields)]


def _methods_of(t: Type) -> list[Func]:
    u = unalias(t)
    if isinstance(u, TypeParam) or isinstance(u.underlying(), Interface):
        interface = u.underlying()
        return list(all_methods(interface)) if isinstance(interface, Interface) else []
    pointer = u if isinstance(u, Pointer) else Pointer(u)
    if isinstance(unalias(pointer.elem).underlying(), (Interface, Pointer)):
        return []
    return [m.func for m in method_set(pointer)]


def _fields_of(t: Type) -> list[Var]:
    """Fields of a struct or of what a pointer to one points to, outer ones first, with those of embedded structs."""
    found: list[Var] = []
    seen: set[int] = set()
    level: list[Type] = [t]
    while level:
        below: list[Type] = []
        for item in level:
            u: Type | None = unalias(item)
            if isinstance(u, TypeParam):
                u = core_type(u)
                if u is None:
                    continue
            if isinstance(u, Pointer) or (isinstance(u, Named) and isinstance(u.underlying(), Pointer)):
                u = unalias(u.underlying().elem)  # type: ignore[attr-defined]
            if u is None or id(u) in seen:
                continue
            seen.add(id(u))
            struct = u.underlying()
            if isinstance(struct, Struct):
                found += struct.fields
                below += [f.type for f in struct.fields if f.embedded and f.type is not None]
        level = below
    return found


# ---------------------------------------------------------------- names


def _names(answer: Answer | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if answer is not None and answer.literal is not None:
        struct = _fields_of(answer.literal)
        found += [(f.name, "field") for f in struct if f.exported or f.pkg is answer.main]
    names = answer.names if answer is not None and answer.names is not None else {}
    own: list[tuple[str, str]] = []
    universe: list[tuple[str, str]] = []
    for name, obj in names.items():
        if name.startswith("gotk__") or name in ("_", "main", "init"):
            continue
        (own if obj.pkg is not None else universe).append((name, kind_of(obj)))
    found += own
    if not names:
        from gotk.compiler.types.universe import UNIVERSE

        universe = [(name, kind_of(obj)) for name, obj in UNIVERSE.names.items()]
    found += sorted(universe)
    found += [(name, "keyword") for name in KEYWORDS]
    found += [(name, "package") for name in sorted(KNOWN)]
    return found


def kind_of(obj: Object) -> str:
    """The word that front ends show beside a completion."""
    if isinstance(obj, (Func, Builtin)):
        return "function"
    if isinstance(obj, TypeName):
        return "type"
    if isinstance(obj, Const):
        return "constant"
    if isinstance(obj, PkgName):
        return "package"
    return "variable"


# ---------------------------------------------------------------- import paths


def _import_paths(source: str, token: int, line: str, offset: int, opened: list[str]) -> list[Completion]:
    """Paths, if the string is an import's."""
    match = _IMPORT_LINE.match(line)
    if match is None:
        return []
    before = source[:token]
    if not re.match(r"^\s*import\b", line):
        group = before.rfind("(")
        if opened != ["("] or not re.search(r"(?:^|[;\n])\s*import\s*\Z", before[:group]):
            return []
    prefix = match[1]
    start = offset - len(prefix)
    return [Completion(path, "package", start) for path in library_paths() if path.startswith(prefix)]
