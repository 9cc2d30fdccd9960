# SPDX-License-Identifier: BSD-3-Clause
"""Collecting a package's objects: imports, constants, variables, types, functions and methods of all files, before any is checked."""
# mypy: disable-error-code="misc"

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Alias,
    Const,
    Func,
    Named,
    Object,
    Package,
    PkgName,
    Scope,
    TypeName,
    Var,
)
from gotk.compiler.types.universe import UNIVERSE, UNSAFE

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class DeclInfo:
    """Declaration of a package-level object. ``deps``: package-level objects that its initialiser or body mentions, in order."""

    __slots__ = ("deps", "file", "init", "iota", "lhs", "node", "order", "spec", "type_expr")

    def __init__(self, file: Scope, order: int) -> None:
        self.file = file
        self.order = order
        self.lhs: list[Var] | None = None  # all variables of ``var a, b = f()``
        self.type_expr: ast.Expr | None = None
        self.init: ast.Expr | None = None
        self.iota = 0
        self.spec: Any = None  # ConstSpec, TypeSpec
        self.node: ast.FuncDecl | None = None
        self.deps: dict[Object, None] = {}


class ResolverMixin:
    def collect_objects(self: Checker) -> None:
        pkg = self.pkg
        self.all_methods: list[tuple[Func, ast.FuncDecl]] = []
        for file in self.files:
            scope = Scope(pkg.scope, "file")
            self.file_scopes.append(scope)
            if file.package.name != pkg.name:
                self.error(file.package, f"package {file.package.name}; expected package {pkg.name}", "MismatchedPkgName")
                continue
            for decl in file.decls:
                if type(decl) is ast.FuncDecl:
                    self._collect_func(decl, scope)
                elif type(decl) is ast.GenDecl:
                    _COLLECT[decl.tok](self, decl, scope)
        for scope in self.file_scopes:
            for name, obj in list(scope.names.items()):
                alt = pkg.scope.names.get(name)
                if alt is None:
                    continue
                if isinstance(obj, PkgName):
                    self.error(alt, f"{alt.name} already declared through import of package {obj.imported.name} (\"{obj.imported.path}\")\n\t{self.where(obj.pos)}: other declaration of {name}", "DuplicateDecl")
                else:
                    via = f'{obj.pkg.name} ("{obj.pkg.path}")' if obj.pkg is not None else ""
                    self.error(alt, f"{alt.name} already declared through dot-import of package {via}", "DuplicateDecl")
        for f, decl in self.all_methods:
            self._attach_method(f, decl)

    # ---- imports

    def _collect_imports(self: Checker, decl: ast.GenDecl, scope: Scope) -> None:
        for spec in decl.specs:
            assert isinstance(spec, ast.ImportSpec)
            path = spec.path_value
            problem = _bad_path(path)
            if problem:
                self.error(spec.path, f"invalid import path ({problem})", "BadImportPath")
                continue
            imported = self.import_package(spec.path, path)
            if imported is None:
                continue
            name = imported.name
            if spec.name is not None:
                name = spec.name.name
            if name == "init":
                self.error(spec, "cannot import package as init - init must be a func", "InvalidInitDecl")
                continue
            obj = PkgName(name, self.pkg, imported, spec.name.pos if spec.name is not None else spec.path.pos)
            if spec.name is not None:
                spec.name.obj = obj
            if name == "." and imported.fake:
                self.unknown_names = True
            elif name == ".":
                self.pkg_names.append((obj, spec))
                for n, o in imported.scope.names.items():
                    if o.exported:
                        alt = scope.names.get(n)
                        if alt is not None and alt is not o:
                            self.error(spec.name or spec, f"{alt.name} redeclared in this block{self.also_declared(alt)}", "DuplicateDecl")
                            continue
                        scope.names[n] = o
                        self.dot_imports[(id(scope), n)] = obj
            elif name == "_":
                obj.used = True
            elif imported.fake:
                obj.used = True
                scope.names.setdefault(name, obj)
            else:
                self.pkg_names.append((obj, spec))
                alt = scope.names.get(name)
                if alt is not None:
                    self.error(obj.pos, f"{name} redeclared in this block{self.also_declared(alt)}", "DuplicateDecl")
                    continue
                obj.parent = scope
                scope.names[name] = obj

    def import_package(self: Checker, at: ast.Node, path: str) -> Package | None:
        if path == "unsafe":
            return UNSAFE
        found = self.imported.get(path)
        if found is not None:
            return found
        try:
            if path.startswith("/"):
                raise ImportError(f"could not import {path} (import path cannot be absolute path)")
            plain = posixpath.normpath(path)
            if plain != path and not path.startswith("./"):
                raise ImportError(f'could not import {path} (non-canonical import path "{path}" (should be "{plain}"))')
            found = self.importer(path)
        except ImportError as problem:
            hint = getattr(problem, "hint", "")
            self.error(at, str(problem), "BrokenImport", hint)
            # A stand-in, of which everything may be used: no further errors follow from the missing package.
            found = Package(path, path.rpartition("/")[2])
            found.fake = True
        self.imported[path] = found
        return found

    # ---- constants, variables, types

    def _collect_consts(self: Checker, decl: ast.GenDecl, scope: Scope) -> None:
        for spec in decl.specs:
            assert isinstance(spec, ast.ConstSpec)
            for i, name in enumerate(spec.names):
                obj = Const(name.name, None, None, self.pkg, name.pos)
                info = DeclInfo(scope, len(self.decls))
                info.spec = spec
                info.type_expr = spec.type_expr
                info.init = spec.values[i] if i < len(spec.values) else None
                info.iota = spec.iota
                self.declare_package(name, obj, info)
            self.const_arity(spec)

    def _collect_vars(self: Checker, decl: ast.GenDecl, scope: Scope) -> None:
        for spec in decl.specs:
            assert isinstance(spec, ast.VarSpec)
            shared: DeclInfo | None = None
            lhs: list[Var] = []
            if len(spec.values) == 1 and len(spec.names) > 1:
                shared = DeclInfo(scope, len(self.decls))
                shared.lhs = lhs
                shared.type_expr = spec.type_expr
                shared.init = spec.values[0]
            for i, name in enumerate(spec.names):
                obj = Var(name.name, None, self.pkg, name.pos)
                lhs.append(obj)
                info = shared
                if info is None:
                    info = DeclInfo(scope, len(self.decls))
                    info.type_expr = spec.type_expr
                    info.init = spec.values[i] if i < len(spec.values) else None
                info.spec = spec
                self.declare_package(name, obj, info)
            if spec.values and shared is None:
                self.var_arity(spec)

    def _collect_types(self: Checker, decl: ast.GenDecl, scope: Scope) -> None:
        for spec in decl.specs:
            assert isinstance(spec, ast.TypeSpec)
            obj = TypeName(spec.name.name, None, self.pkg, spec.name.pos)
            info = DeclInfo(scope, len(self.decls))
            info.spec = spec
            self.declare_package(spec.name, obj, info)

    # ---- functions

    def _collect_func(self: Checker, decl: ast.FuncDecl, scope: Scope) -> None:
        name = decl.name.name
        obj = Func(name, None, self.pkg, decl.name.pos)
        obj.decl = decl
        obj.resolver = self.resolve_func
        decl.obj = obj
        decl.name.obj = obj
        decl.name.is_def = True
        info = DeclInfo(scope, len(self.decls))
        info.node = decl
        if decl.recv is not None:
            self.all_methods.append((obj, decl))
            self.decls[obj] = info
            return
        if name == "init" or (name == "main" and self.pkg.name == "main"):
            if decl.func_type.tparams:
                self.error(decl.func_type.tparams[0], f"func {name} must have no type parameters", "InvalidInitDecl")
            if decl.func_type.params or decl.func_type.results:
                self.error(decl.name, f"func {name} must have no arguments and no return values", "InvalidInitDecl" if name == "init" else "InvalidMainDecl")
        if name == "init":
            obj.parent = self.pkg.scope
            self.decls[obj] = info
            if decl.body is None:
                self.error(obj, "func init must have a body", "MissingInitBody")
            return
        self.declare_package(decl.name, obj, info)

    def _attach_method(self: Checker, f: Func, decl: ast.FuncDecl) -> None:
        """Find the base type of a method by syntax alone, through aliases of this package."""
        assert decl.recv is not None
        ptr, base, _ = unpack_receiver(decl.recv.type_expr)
        f.ptr_recv = ptr
        name = base.name if type(base) is ast.Ident else ""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            obj = self.pkg.scope.names.get(name)
            if not isinstance(obj, TypeName):
                return
            spec = self.decls[obj].spec
            if not spec.alias:
                if f.name != "_":
                    self.methods.setdefault(name, []).append(f)
                return
            rhs = spec.type_expr
            while type(rhs) is ast.ParenExpr or (type(rhs) is ast.StarExpr and not ptr):
                if type(rhs) is ast.StarExpr:
                    ptr = f.ptr_recv = True
                rhs = rhs.x
            if type(rhs) is ast.IndexExpr:
                rhs = rhs.x
            name = rhs.name if type(rhs) is ast.Ident else ""

    def declare_package(self: Checker, ident: ast.Ident, obj: Object, info: DeclInfo) -> None:
        name = ident.name
        ident.obj = obj
        ident.is_def = True
        if name == "init":
            self.error(ident, "cannot declare init - must be func", "InvalidInitDecl")
            return
        if name == "main" and self.pkg.name == "main" and not isinstance(obj, Func):
            self.error(ident, "cannot declare main - must be func", "InvalidMainDecl")
            return
        self.declare(self.pkg.scope, ident, obj)
        self.decls[obj] = info

    def declare(self: Checker, scope: Scope, ident: ast.Ident | None, obj: Object) -> None:
        """Enter `obj` into `scope`; blank names are not entered."""
        name = obj.name
        if ident is not None:
            ident.obj = obj
            ident.is_def = True
        if name == "_":
            return
        alt = scope.names.get(name)
        if alt is not None:
            self.error(ident if ident is not None else obj, f"{name} redeclared in this block{self.also_declared(alt)}", "DuplicateDecl")
            return
        scope.names[name] = obj
        obj.parent = scope
        if type(obj) is Var and not obj.used and self.env.func is not None:
            self.env.func.locals.append(obj)

    # ---- resolution of names

    def lookup(self: Checker, name: str) -> Object | None:
        scope: Scope | None = self.env.scope
        while scope is not None:
            obj = scope.names.get(name)
            if obj is not None:
                if scope.kind == "file":
                    via = self.dot_imports.get((id(scope), name))
                    if via is not None:
                        via.used = True
                return obj
            scope = scope.parent
        return None

    def package_objects(self: Checker) -> None:
        """Check all package-level declarations: types first, so that their methods are known to what follows."""
        objects = list(self.decls)
        for scope in self.file_scopes:
            scope.parent = self.pkg.scope
        # An alias may need another type's methods; go through non-alias types first, as the Go compiler does.
        aliases: list[Object] = []
        for obj in objects:
            if isinstance(obj, TypeName):
                if self.decls[obj].spec.alias:
                    aliases.append(obj)
                else:
                    self.obj_decl(obj)
        for obj in aliases:
            self.obj_decl(obj)
        for obj in objects:
            if not isinstance(obj, TypeName):
                self.obj_decl(obj)

    def unused_imports(self: Checker) -> None:
        for obj, spec in self.pkg_names:
            if obj.used:
                continue
            path = obj.imported.path
            if obj.name in ("", ".", "_") or (obj.name == obj.imported.name and (spec.name is None or path.rpartition("/")[2] == obj.name)):
                self.error(spec, f'"{path}" imported and not used', "UnusedImport")
            elif spec.name is None:
                self.error(spec, f'"{path}" imported as {obj.name} and not used', "UnusedImport")
            else:
                self.error(spec, f'"{path}" imported as {obj.name} and not used', "UnusedImport")


_COLLECT = {
    "import": ResolverMixin._collect_imports,
    "const": ResolverMixin._collect_consts,
    "var": ResolverMixin._collect_vars,
    "type": ResolverMixin._collect_types,
}


def unpack_receiver(e: ast.Expr) -> tuple[bool, ast.Expr, list[ast.Expr]]:
    """(is pointer, base type expression, type parameter expressions) of a receiver's type."""
    ptr = False
    while True:
        if type(e) is ast.ParenExpr:
            e = e.x
        elif type(e) is ast.StarExpr:
            ptr = True
            e = e.x
        else:
            break
    if type(e) is ast.IndexExpr:
        base = e.x
        while type(base) is ast.ParenExpr:
            base = base.x
        return ptr, base, e.indices
    return ptr, e, []


def _bad_path(path: str) -> str:
    if not path:
        return "empty string"
    for ch in path:
        if not ch.isprintable() or ch.isspace() or ch in '!"#$%&\'()*,:;<=>?[\\]^{|}`\ufffd':
            return f"invalid character U+{ord(ch):04X}" + (f" '{ch}'" if ch.isprintable() else "")
    return ""


__all__ = ["UNIVERSE", "Alias", "DeclInfo", "Named", "ResolverMixin", "unpack_receiver"]
