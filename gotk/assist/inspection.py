# SPDX-License-Identifier: BSD-3-Clause
"""Signature and comment of the name under the cursor."""

from __future__ import annotations

import re

from gotk.assist.completion import LONGEST, kind_of
from gotk.assist.docs import (
    BUILTINS,
    Source,
    comment_above,
    declaration,
    first_sentence,
    library_source,
    package_comment,
    without_hidden_fields,
)
from gotk.assist.query import Checked, Context, check_text, idents
from gotk.assist.repair import candidates, look
from gotk.compiler import packages
from gotk.compiler.source import MadeText
from gotk.compiler.source.imports import KNOWN
from gotk.compiler.syntax.position import pos_col, pos_file, pos_line
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
    Signature,
    TypeName,
    Var,
)
from gotk.compiler.types.typestring import type_string

__all__ = ["describe", "inspect"]

_WORD = re.compile(r"[^\W\d]\w*")


def inspect(source: str, offset: int, context: Context | None = None) -> str | None:
    """What the name at `offset` (characters) is; within a call's arguments, the function. None if there is nothing to say. Never raises."""
    try:
        if len(source) > LONGEST:
            return None
        return _inspect(source, max(0, min(offset, len(source))), context or Context())
    except Exception:  # editor help must not get in the way of editing
        return None


def _inspect(source: str, offset: int, context: Context) -> str | None:
    where = look(source, offset)
    if where.inside:
        path = _import_at(source, offset)
        if path is not None:
            return _package(path)
        if where.inside != "string":
            return None
    word = None if where.inside else _word_at(source, offset)
    if word is None:
        word = _call_at(source, [at for bracket, at in reversed(where.open) if bracket == "("])
    if word is None:
        return None
    start, end = word
    name = source[start:end]
    line = source.count("\n", 0, start) + 1
    col = len(source[source.rfind("\n", 0, start) + 1 : start].encode()) + 1
    for text in candidates(source, start, end, name):
        checked = check_text(text, context)
        obj = _object_at(checked, name, line, col)
        if obj is not None:
            return _object(obj, checked)
    if name in BUILTINS:
        return _builtin(name)
    if name in KNOWN:
        return _package(KNOWN[name])
    return None


def _word_at(source: str, offset: int) -> tuple[int, int] | None:
    """The identifier that the cursor is in or at the end of."""
    start = offset
    while start > 0 and (source[start - 1].isalnum() or source[start - 1] == "_"):
        start -= 1
    match = _WORD.match(source, start)
    return (start, match.end()) if match is not None and match.end() >= offset and match.end() > start else None


def _call_at(source: str, opened: list[int]) -> tuple[int, int] | None:
    """The function's name before the innermost open parenthesis that has one."""
    for at in opened:
        before = source[:at].rstrip()
        if before.endswith("]"):  # type arguments
            before = before[: before.rfind("[")]
        match = re.search(r"[^\W\d]\w*\Z", before)
        if match is not None and match[0] not in ("if", "for", "switch", "return", "func", "import", "var", "const", "type"):
            return match.start(), match.end()
    return None


def _import_at(source: str, offset: int) -> str | None:
    start = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    match = re.match(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./-]+)"\s*(?://.*)?$', source[start : end if end >= 0 else None])
    if match is None or match[1] not in packages.shared().index:
        return None
    return match[1]


def _object_at(checked: Checked, name: str, line: int, col: int) -> Object | None:
    for ident, selector in idents(checked.trees, name):
        index = pos_file(ident.pos)
        if index != len(checked.files) - 1:
            continue
        if checked.files[index].position(pos_line(ident.pos), pos_col(ident.pos)) != (line, col):
            continue
        if ident.obj is not None:
            return ident.obj
        if selector is not None and selector.selection is not None:
            return selector.selection.obj
    return None


# ---------------------------------------------------------------- texts


def describe(name: str, context: Context | None = None) -> str | None:
    """What ``fmt``, ``fmt.Println``, ``sync.Mutex.Lock`` or ``append`` is. Never raises; None if there is no such thing."""
    try:
        return _describe(name.strip(), context or Context())
    except Exception:
        return None


def _describe(name: str, context: Context) -> str | None:
    if name in BUILTINS:
        return _builtin(name)
    index = packages.shared().index
    if name in index or name in KNOWN:
        return _package(name if name in index else KNOWN[name])
    qualifier, _, rest = name.rpartition("/")
    head, *parts = rest.split(".")
    path = f"{qualifier}/{head}" if qualifier else (head if head in index else KNOWN.get(head, ""))
    if parts and path in index:
        return _member(packages.shared().importer(path), parts)
    checked = check_text("func main() {}\n", context)
    return _member(checked.package, [head, *parts], checked) if rest == name else None


def _member(package: Package, parts: list[str], checked: Checked | None = None) -> str | None:
    obj = package.scope.names.get(parts[0])
    if obj is None or len(parts) > 2:
        return None
    if len(parts) == 2:
        t = obj.type
        if not isinstance(obj, TypeName) or t is None:
            return None
        from gotk.compiler.types.methods import lookup_field_or_method

        obj = lookup_field_or_method(Pointer(t) if not isinstance(t.underlying(), Interface) else t, True, package, parts[1]).obj
        if obj is None:
            return None
    return _object(obj, checked)


def _object(obj: Object, checked: Checked | None) -> str:
    if isinstance(obj, PkgName):
        return _package(obj.imported.path)
    if isinstance(obj, Builtin) or obj.pkg is None:
        return _builtin(obj.name)
    obj = _declared(obj)
    place = _place(obj, checked)
    source, line, shown = place if place is not None else (Source("", ()), 0, "")
    comment = comment_above(source, line) if line and not _is_local(obj) else ""
    text = _signature(obj, source, line, checked)
    parts = [text]
    if comment:
        parts.append(comment)
    if isinstance(obj, TypeName):
        methods = _method_list(obj, checked)
        if methods:
            parts.append(methods)
    if shown:
        parts.append(shown)
    return "\n\n".join(parts)


def _declared(obj: Object) -> Object:
    """An instance's method or field as it was declared."""
    return obj.origin if isinstance(obj, Func) else obj


def _is_local(obj: Object) -> bool:
    return isinstance(obj, Var) and not obj.is_field and obj.func is not None


def _place(obj: Object, checked: Checked | None) -> tuple[Source, int, str] | None:
    """Source, line and shown position of a declaration."""
    pkg = obj.pkg
    if pkg is None or not obj.pos:
        return None
    index = pos_file(obj.pos)
    if checked is not None and pkg is checked.package:
        if index >= len(checked.files):
            return None
        made: MadeText = checked.files[index]
        line, _ = made.position(pos_line(obj.pos), pos_col(obj.pos))
        source = Source(made.name, tuple(made.origin.decode(errors="replace").split("\n")))
        own = index == len(checked.files) - 1
        return source, line, f"line {line}" if own else f"{made.name}:{line}"
    if index >= len(pkg.file_names):
        return None
    source = library_source(pkg.file_names[index])
    return source, pos_line(obj.pos), f'import "{pkg.path}"'


def _signature(obj: Object, source: Source, line: int, checked: Checked | None) -> str:
    def qualify(pkg: Package) -> str:
        return "" if checked is not None and pkg is checked.package else pkg.name

    kind = kind_of(obj)
    typed = type_string(obj.type, qualify) if obj.type is not None else ""
    if isinstance(obj, Func):
        text = declaration(source, line, "func")
        if text.startswith("func"):
            return text
        sig = obj.type
        assert isinstance(sig, Signature)
        return f"func {obj.name}{typed.removeprefix('func')}"  # a method of an interface
    if isinstance(obj, TypeName):
        text = declaration(source, line, "type") or f"type {obj.name}"
        return text if checked is not None and obj.pkg is checked.package else without_hidden_fields(text)
    if isinstance(obj, Const):
        value = obj.value.decode(errors="replace") if isinstance(obj.value, bytes) else obj.value
        shown = repr(value) if isinstance(value, str) else str(value)
        return f"const {obj.name} {typed} = {shown}".replace("untyped ", "")
    if isinstance(obj, Var) and obj.is_field:
        return f"field {obj.name} {typed}"
    return f"{'var' if kind == 'variable' else kind} {obj.name} {typed}"


def _method_list(obj: TypeName, checked: Checked | None) -> str:
    """Signatures of the methods that may be called from outside (all, of the program's own types)."""
    t = obj.type
    if not isinstance(t, Named) or isinstance(t.underlying(), Interface):
        return ""
    own = checked is not None and obj.pkg is checked.package
    lines = []
    for method in method_set(Pointer(t)):
        func = method.func.origin
        if not (own or func.exported):
            continue
        place = _place(func, checked)
        text = declaration(place[0], place[1], "func") if place is not None else ""
        lines.append(text if text.startswith("func") else f"func ({obj.name}) {func.name}")
    return "\n".join(lines)


def _package(path: str) -> str:
    if path not in packages.shared().index:
        return f'package {path.rsplit("/", 1)[-1]}  // import "{path}"\n\nOnly on the runtime go: gotk\'s own library does not have it.'
    package = packages.shared().importer(path)
    lines = [f'package {package.name}  // import "{path}"']
    comment = package_comment(path)
    if comment:
        lines += ["", comment]
    listed: dict[str, list[str]] = {"const": [], "var": [], "func": [], "type": []}
    for name, obj in sorted(package.scope.names.items()):
        if not obj.exported:
            continue
        place = _place(obj, None)
        if isinstance(obj, Func) and place is not None:
            listed["func"].append(declaration(place[0], place[1], "func"))
        elif isinstance(obj, TypeName):
            summary = first_sentence(comment_above(place[0], place[1])) if place is not None else ""
            listed["type"].append(f"type {name}" + (f"  // {summary}" if summary else ""))
        else:
            listed["const" if isinstance(obj, Const) else "var"].append(name)
    for word in ("const", "var"):
        if listed[word]:
            lines += ["", f"{word} {', '.join(listed[word])}"]
    for word in ("type", "func"):
        if listed[word]:
            lines += ["", *listed[word]]
    return "\n".join(lines)


def _builtin(name: str) -> str:
    found = BUILTINS.get(name)
    if found is not None:
        return f"{found[0]}\n\n{found[1]}"
    from gotk.compiler.types.universe import UNIVERSE

    obj = UNIVERSE.names.get(name)
    if isinstance(obj, Const):
        return f"const {name}"
    return f"type {name}"


