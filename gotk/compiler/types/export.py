# SPDX-License-Identifier: BSD-3-Clause
"""Export data: a checked package as bytes, and back.

It holds all package-level objects with their types, and the syntax of those functions whose bodies importers may need: generic ones,
small ones that can be inlined, and natives (which have no body but directives). Each body is a blob of its own inside the data and is
read only when something asks for `Func.decl`, since a program needs few of them.

Objects keep their identity across packages: each package numbers the objects in its data (``Package.export_table``); another package's data
refers to them by (path, number). Instances of generic types are made again through `instantiate`, and so are canonical.
Predeclared objects are referred to by name. Data is only valid for the very compiler that wrote it (caches are keyed by its version).
"""

from __future__ import annotations

import gc
import io
import pickle
import threading
from collections.abc import Callable
from typing import Any

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Alias,
    Func,
    Interface,
    Named,
    Object,
    Package,
    Pointer,
    Signature,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.subst import instantiate
from gotk.compiler.types.universe import ANY, COMPARABLE, ERROR, UNIVERSE, UNSAFE

Importer = Callable[[str], Package]

_PROTOCOL = 5


class _Context(threading.local):
    """The packages being loaded by this thread, innermost last: (package, importer, instances made before their generic type was complete)."""

    def __init__(self) -> None:
        self.stack: list[tuple[Package, Importer, list[Named]]] = []


_context = _Context()


def _predeclared() -> dict[str, Any]:
    found: dict[str, Any] = {"any interface": ANY, "error": ERROR, "comparable": COMPARABLE}
    found["error interface"] = ERROR.underlying()
    found["error method"] = ERROR.underlying().methods[0]  # type: ignore[attr-defined]
    found["comparable interface"] = COMPARABLE.underlying()
    for name, obj in UNIVERSE.names.items():
        found["." + name] = obj
        if isinstance(obj.type, Alias):
            found["alias " + name] = obj.type
    for name, obj in UNSAFE.scope.names.items():
        found["unsafe." + name] = obj
    return found


_PREDECLARED = _predeclared()
_PREDECLARED_IDS = {id(obj): name for name, obj in _PREDECLARED.items()}


class _Pickler(pickle.Pickler):
    """Main data (`syntax` False): own objects enter the table. Bodies: own objects in the table become references to it."""

    def __init__(self, file: io.BytesIO, pkg: Package, table: dict[int, int], objects: list[Any], syntax: bool) -> None:
        super().__init__(file, _PROTOCOL)
        self.pkg, self.table, self.objects, self.syntax = pkg, table, objects, syntax

    def reducer_override(self, obj: Any) -> Any:
        kind = type(obj)
        name = _PREDECLARED_IDS.get(id(obj))
        if name is not None:
            return _universe, (name,)
        if kind is Package:
            return _package, (obj.path,)
        if kind is Named:
            if obj.origin is not obj:
                return _instance, (obj.origin, obj.targs, obj.outer_targs)
            obj.underlying()
            return self._object(obj, obj.obj.pkg)
        if kind is TypeParam:
            return self._object(obj, obj.obj.pkg)
        if kind is Alias:
            return self._object(obj, obj.obj.pkg) if obj.origin is obj else NotImplemented
        if kind is Func and obj.origin is not obj:
            named = _instance_of(obj)
            if named is not None:
                return _instance_method, (named, obj.name, obj.pkg.path if obj.pkg is not None else "")
            return NotImplemented
        if issubclass(kind, Object):
            return self._object(obj, obj.pkg)
        return NotImplemented

    def _object(self, obj: Any, owner: Package | None) -> Any:
        if owner is None:
            return NotImplemented
        if owner is not self.pkg and owner.path != self.pkg.path:
            index = _index(owner).get(id(obj))
            return NotImplemented if index is None else (_reference, (owner.path, index))
        index = self.table.get(id(obj))
        if self.syntax:
            return NotImplemented if index is None else (_reference, (owner.path, index))
        if index is None:
            self.table[id(obj)] = len(self.objects)
            self.objects.append(obj)
        if type(obj) is Var and obj.func is not None:
            _, state = obj.__getstate__()
            state["func"] = None  # set again when the function's syntax is read
            return _new_var, (), (None, state)
        return NotImplemented


def _instance_of(f: Func) -> Named | None:
    """The instantiated type that `f` is a method of, None if it is no such method."""
    sig = f.type
    if type(sig) is not Signature or sig.recv is None or sig.recv.type is None:
        return None
    t = unalias(sig.recv.type)
    if type(t) is Pointer:
        t = unalias(t.elem)
    if type(t) is Named and t.origin is not t and type(t.underlying()) is not Interface:
        return t
    return None


def _index(pkg: Package) -> dict[int, int]:
    found = getattr(pkg, "_export_index", None)
    if found is None:
        found = {id(obj): i for i, obj in enumerate(pkg.export_table or ())}
        pkg._export_index = found  # type: ignore[attr-defined]
    return found


# ---------------------------------------------------------------- what the data calls when it is read


def _universe(name: str) -> Any:
    return _PREDECLARED[name]


def _package(path: str) -> Package:
    pkg, importer, _ = _context.stack[-1]
    if path == pkg.path:
        return pkg
    return UNSAFE if path == "unsafe" else importer(path)


def _reference(path: str, index: int) -> Any:
    table = _package(path).export_table
    assert table is not None
    return table[index]


def _instance(origin: Named, targs: list[Type], outer_targs: list[Type]) -> Named:
    if not hasattr(origin, "tparams"):
        # Met inside its own generic type, which is still being read: `load_package` completes it.
        if not hasattr(origin, "_instances"):
            origin._instances = None
        origin.obj, origin.tparams = None, []  # type: ignore[assignment]
        made = instantiate(origin, targs, outer_targs)
        del origin.tparams
        _context.stack[-1][2].append(made)
        return made
    return instantiate(origin, targs, outer_targs)


def _instance_method(named: Named, name: str, pkg_path: str) -> Func:
    for f in named.methods:
        if f.name == name and (f.exported or f.pkg is None or f.pkg.path == pkg_path):
            return f
    raise LookupError(f"no method {name}")


def _new_var() -> Var:
    return Var.__new__(Var)


# ---------------------------------------------------------------- dump and load


def _keeps_syntax(f: Func) -> bool:
    from gotk.compiler.inline import is_inlinable

    decl, sig = f.decl, f.type
    if decl is None or type(sig) is not Signature:
        return False
    return decl.body is None or bool(sig.tparams or sig.recv_tparams) or is_inlinable(decl)


def dump_package(pkg: Package) -> bytes:
    """Export data of a checked package. Also numbers its objects, so that packages which import it in this process can be dumped."""
    functions: list[tuple[Func, ast.FuncDecl]] = []
    methods: list[Func] = []
    for obj in pkg.scope.names.values():
        if isinstance(obj, Func):
            methods.append(obj)
        elif isinstance(obj.type, Named) and obj.type.obj is obj:
            methods += obj.type.origin._methods or ()
    for f in methods:
        decl = f.decl
        f._decl = None
        if decl is not None:
            functions.append((f, decl))
    out = io.BytesIO()
    pickle.dump(pkg.path, out, _PROTOCOL)
    table: dict[int, int] = {}
    objects: list[Any] = []
    try:
        main = _Pickler(out, pkg, table, objects, False)
        state = (
            pkg.name,
            pkg.file_names,
            [p.path for p in pkg.imports],
            list(pkg.scope.names.items()),
        )
        main.dump(state)
        main.dump(objects)
        pkg.export_table = objects
        pkg._export_index = table  # type: ignore[attr-defined]
    finally:
        for f, decl in functions:
            f._decl = decl
    blobs: dict[int, bytes] = {}
    for f, decl in functions:
        if _keeps_syntax(f):
            blob = io.BytesIO()
            _Pickler(blob, pkg, table, objects, True).dump(decl)
            blobs[table[id(f)]] = blob.getvalue()
    pickle.dump(blobs, out, _PROTOCOL)
    return out.getvalue()


def load_package(data: bytes, importer: Importer) -> Package:
    """The package whose export data this is; packages it refers to are asked of `importer`."""
    source = io.BytesIO(data)
    pkg = Package(pickle.load(source), "")
    collecting = gc.isenabled()
    gc.disable()  # nothing of this is garbage, and there are many objects
    early: list[Named] = []
    _context.stack.append((pkg, importer, early))
    try:
        reader = pickle.Unpickler(source)
        pkg.name, pkg.file_names, imports, names = reader.load()
        pkg.export_table = reader.load()
        _complete(early)
        pkg.importer = importer
        pkg.scope.names = dict(names)
        for f, blob in pickle.load(source).items():
            pkg.export_table[f]._decl = blob
        pkg.imports = [importer(path) for path in imports]
    finally:
        _context.stack.pop()
        if collecting:
            gc.enable()
    pkg.scope.parent = UNIVERSE
    pkg.complete = True
    return pkg


def _complete(early: list[Named]) -> None:
    for named in early:
        named.obj, named.tparams = named.origin.obj, named.origin.tparams


def load_syntax(f: Func, blob: bytes) -> ast.FuncDecl:
    """Syntax of an imported function."""
    pkg = f.pkg
    assert pkg is not None
    early: list[Named] = []
    _context.stack.append((pkg, pkg.importer, early))
    try:
        decl: ast.FuncDecl = pickle.loads(blob)
        _complete(early)
    finally:
        _context.stack.pop()
    sig = f.type
    assert isinstance(sig, Signature)
    for v in (*sig.params.vars, *sig.results.vars):
        v.func = decl
    if sig.recv is not None:
        sig.recv.func = decl
    return decl


__all__ = ["Type", "dump_package", "load_package", "load_syntax"]
