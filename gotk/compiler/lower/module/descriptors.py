# SPDX-License-Identifier: BSD-3-Clause
"""Run-time type descriptors and itabs (docs/architecture.md, section 7).

Where a descriptor is defined: those of basic types (and of ``error``) in package runtime; those of a package-level defined type T and of \\*T in
T's package; all others, and those of the program's own types, as ``linkonce_odr`` in every object that uses them, where the loader keeps one.
So packages are loaded with the method tables that they themselves define, and importers only name the symbols.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.lower.module.symbols import quote
from gotk.compiler.types.model import (
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.typeset import all_methods
from gotk.compiler.types.typestring import canonical_string, reflect_string

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext

KINDS = {
    "bool": 1,
    "int": 2,
    "int8": 3,
    "int16": 4,
    "int32": 5,
    "int64": 6,
    "uint": 7,
    "uint8": 8,
    "uint16": 9,
    "uint32": 10,
    "uint64": 11,
    "uintptr": 12,
    "float32": 13,
    "float64": 14,
    "complex64": 15,
    "complex128": 16,
    "string": 24,
    "unsafe.Pointer": 26,
}
_COMPOSITE_KINDS: dict[type, int] = {
    Array: 17,
    Chan: 18,
    Signature: 19,
    Interface: 20,
    Map: 21,
    Pointer: 22,
    Slice: 23,
    Struct: 25,
}
_CHAN_DIRS = {"recv": 1, "send": 2, "both": 3}

FLAG_NAMED, FLAG_DIRECT, FLAG_MEMEQ, FLAG_COMPARABLE, FLAG_NOPTR, FLAG_VARIADIC = 1, 2, 4, 8, 16, 32

#: The path that owns the descriptors of predeclared types.
RUNTIME = "runtime"

_STRING = "{ ptr, i64 }"
_TYPE = (
    f"{{ i64, i32, i8, i8, i8, i8, {_STRING}, {_STRING}, {_STRING}, ptr, ptr, i64, ptr, i64, ptr, i64, "
    "ptr, i64, i64, ptr, i64 }"
)
_FIELD = f"{{ {_STRING}, ptr, i64, {_STRING}, i64, {_STRING} }}"
_METHOD = f"{{ {_STRING}, {_STRING}, ptr, ptr }}"


def type_hash(canonical: str) -> int:
    """FNV-1a, 32 bits, of the canonical string: equal in all objects."""
    h = 0x811C9DC5
    for byte in canonical.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


class Descriptors:
    """The descriptors and itabs of one module."""

    def __init__(self, mod: ModuleContext) -> None:
        self._mod = mod
        self.out: list[str] = []
        self._by_id: dict[int, str] = {}
        self._keep: list[Type] = []
        self._known: set[str] = set()
        self._itabs: dict[tuple[str, str], str] = {}
        self._todo: list[tuple[Type, str, str]] = []

    # ------------------------------------------------------------ types

    def type_desc(self, t: Type) -> str:
        found = self._by_id.get(id(t))
        if found is not None:
            return found
        u = unalias(t)
        canonical = canonical_string(u)
        symbol = quote("type:" + canonical)
        self._by_id[id(t)] = symbol
        self._keep.append(t)
        if symbol not in self._known:
            self._known.add(symbol)
            self._todo.append((u, canonical, symbol))
        return symbol

    def flush(self) -> bool:
        """Define or declare what was asked for since the last time. Returns whether there was anything."""
        if not self._todo:
            return False
        while self._todo:
            t, canonical, symbol = self._todo.pop()
            owner = owner_path(t)
            if owner is not None and owner != self._mod.package.path:
                self._mod.declare(symbol, f"{symbol} = external dso_local constant i8")
            else:
                self._define(t, canonical, symbol, owner)
        return True

    def define_own(self) -> None:
        """Define the descriptors that other packages expect from this one."""
        package = self._mod.package
        if package.path == RUNTIME:
            from gotk.compiler.types.universe import ERROR

            for t in [*_predeclared(), ERROR]:
                self.type_desc(t)
                self.type_desc(Pointer(t))
        if package.name == "main":
            return
        for obj in package.scope.names.values():
            t = obj.type  # type: ignore[assignment]
            if type(t) is Named and t.obj is obj and not t.tparams:
                self.type_desc(t)
                self.type_desc(Pointer(t))

    def _define(self, t: Type, canonical: str, symbol: str, owner: str | None) -> None:
        mod = self._mod
        layout = mod.layout(t)
        u = t.underlying()
        kind = type(u)
        named = t if type(t) is Named else None
        number = KINDS[u.kind] if kind is Basic else _COMPOSITE_KINDS[kind]  # type: ignore[attr-defined]
        flags = 0
        name, pkgpath = b"", b""
        if named is not None:
            flags |= FLAG_NAMED
            if named.obj.pkg is not None:
                pkgpath = named.obj.pkg.path.encode()
            name = _local_name(named, canonical).encode()
        elif number == KINDS["unsafe.Pointer"]:
            flags |= FLAG_NAMED
            name, pkgpath = b"Pointer", b"unsafe"
        elif kind is Basic:
            flags |= FLAG_NAMED
            name = reflect_string(t).encode()
        flags |= FLAG_DIRECT if layout.direct else 0
        flags |= FLAG_MEMEQ if layout.memeq and layout.comparable else 0
        flags |= FLAG_COMPARABLE if layout.comparable else 0
        flags |= 0 if layout.has_pointers else FLAG_NOPTR
        elem = key = ptrto = "null"
        length = chandir = 0
        inout, nin, nout = "null", 0, 0
        fields, nfields = "null", 0
        if kind is Pointer or kind is Slice:
            elem = self.type_desc(u.elem)  # type: ignore[attr-defined]
        elif kind is Array:
            elem, length = self.type_desc(u.elem), u.len  # type: ignore[attr-defined]
        elif kind is Chan:
            elem, chandir = self.type_desc(u.elem), _CHAN_DIRS[u.dir]  # type: ignore[attr-defined]
        elif kind is Map:
            key, elem = self.type_desc(u.key), self.type_desc(u.elem)  # type: ignore[attr-defined]
        elif kind is Signature:
            flags |= FLAG_VARIADIC if u.variadic else 0  # type: ignore[attr-defined]
            inout, nin, nout = self._inout(u)  # type: ignore[arg-type]
        elif kind is Struct:
            fields, nfields = self._fields(u, layout.offsets)  # type: ignore[arg-type]
        if kind is Interface:
            methods, nmethods = self._interface_methods(u)  # type: ignore[arg-type]
        else:
            methods, nmethods = self._methods(t)
        if named is not None or kind is Basic:
            ptrto = self.type_desc(Pointer(t))
        s = mod.string_const
        # Named types' descriptors are the package's own, and only its object has them.
        linkage = "" if owner is not None else "linkonce_odr "
        self.out.append(
            f"{symbol} = {linkage}dso_local constant {_TYPE} {{ i64 {layout.size}, i32 {type_hash(canonical)}, i8 {number}, "
            f"i8 {layout.align}, i8 {flags}, i8 {chandir}, {_STRING} {s(reflect_string(t).encode())}, {_STRING} {s(name)}, "
            f"{_STRING} {s(pkgpath)}, ptr {elem}, ptr {key}, i64 {length}, ptr {fields}, i64 {nfields}, ptr {methods}, "
            f"i64 {nmethods}, ptr {inout}, i64 {nin}, i64 {nout}, ptr {ptrto}, i64 {layout.ptrbytes} }}, align 8"
        )

    def _table(self, elem: str, rows: list[str]) -> tuple[str, int]:
        if not rows:
            return "null", 0
        n = len(rows)
        text = "[" + ", ".join(f"{elem} {row}" for row in rows) + "]"
        return self._mod.const_global(f"[{n} x {elem}]", text, 8), n

    def _inout(self, sig: Signature) -> tuple[str, int, int]:
        ins = [self.type_desc(v.type) for v in sig.params.vars]  # type: ignore[arg-type]
        outs = [self.type_desc(v.type) for v in sig.results.vars]  # type: ignore[arg-type]
        return self._table("ptr", ins + outs)[0], len(ins), len(outs)

    def _fields(self, u: Struct, offsets: tuple[int, ...]) -> tuple[str, int]:
        s = self._mod.string_const
        rows: list[str] = []
        for f, tag, offset in zip(u.fields, u.tags or [""] * len(u.fields), offsets, strict=True):
            flags = (1 if f.embedded else 0) | (2 if f.exported else 0)
            tag_bytes = tag if isinstance(tag, bytes) else tag.encode("utf-8", "surrogateescape")
            path = "" if f.exported or f.pkg is None else f.pkg.path
            rows.append(
                f"{{ {_STRING} {s(f.name.encode())}, ptr {self.type_desc(f.type)}, i64 {offset}, "  # type: ignore[arg-type]
                f"{_STRING} {s(tag_bytes)}, i64 {flags}, {_STRING} {s(path.encode())} }}"
            )
        return self._table(_FIELD, rows)

    def _method_row(self, m: Func, sig: Type, code: str) -> str:
        s = self._mod.string_const
        path = "" if m.exported or m.pkg is None else m.pkg.path
        return (
            f"{{ {_STRING} {s(m.name.encode())}, {_STRING} {s(path.encode())}, "
            f"ptr {self.type_desc(sig)}, ptr {code} }}"
        )

    def _interface_methods(self, u: Interface) -> tuple[str, int]:
        rows = [self._method_row(m, m.type, "null") for m in all_methods(u)]  # type: ignore[arg-type]
        return self._table(_METHOD, rows)

    def _methods(self, t: Type) -> tuple[str, int]:
        wrappers = self._mod.wrappers
        rows = [
            self._method_row(m.func, m.func.type, wrappers.data_word_code(t, m))  # type: ignore[arg-type]
            for m in wrappers.method_set(t)
        ]
        return self._table(_METHOD, rows)

    # ------------------------------------------------------------ itabs

    def itab(self, concrete: Type, iface: Type) -> str:
        concrete_desc, iface_desc = self.type_desc(concrete), self.type_desc(iface)
        found = self._itabs.get((concrete_desc, iface_desc))
        if found is not None:
            return found
        c = canonical_string(unalias(concrete))
        symbol = quote(f"itab:{c},{canonical_string(unalias(iface))}")
        self._itabs[concrete_desc, iface_desc] = symbol
        wrappers = self._mod.wrappers
        by_name = {(m.func.name, _package_of(m.func)): m for m in wrappers.method_set(concrete)}
        codes = [
            wrappers.data_word_code(concrete, by_name[m.name, _package_of(m)])
            for m in self._mod.iface_methods(iface)
        ]
        n = len(codes)
        table = ", ".join(f"ptr {code}" for code in codes)
        # Not linkonce: two itabs of a pair may exist, and a private one needs no symbol.
        self.out.append(
            f"{symbol} = private unnamed_addr constant {{ ptr, ptr, i32, i32, [{n} x ptr] }} {{ ptr {concrete_desc}, "
            f"ptr {iface_desc}, i32 {type_hash(c)}, i32 0, [{n} x ptr] [{table}] }}, align 8"
        )
        return symbol


def _package_of(m: Func) -> str:
    return "" if m.exported or m.pkg is None else m.pkg.path


def _predeclared() -> list[Basic]:
    from gotk.compiler.types.model import BASICS

    return [t for kind, t in BASICS.items() if kind in KINDS]


def _local_name(t: Named, canonical: str) -> str:
    """Name without the package and the number of a local type, type arguments included."""
    pkg = t.obj.pkg
    name = canonical.removeprefix(f"{pkg.path}.") if pkg is not None else canonical
    return name.replace(f"{t.obj.name}·{t.obj.local_id}", t.obj.name, 1) if t.obj.local_id else name


def owner_path(t: Type) -> str | None:
    """Package whose object defines the descriptor of `t`, or None if every user does."""
    t = unalias(t)
    if type(t) is Pointer:
        t = unalias(t.elem)
        if type(t) is not Named and type(t) is not Basic:
            return None
    if type(t) is Basic:
        return RUNTIME
    if type(t) is not Named or t.targs or t.obj.local_id or t.outer_targs:
        return None
    pkg = t.obj.pkg
    if pkg is None:
        return RUNTIME
    return None if pkg.name == "main" else pkg.path
