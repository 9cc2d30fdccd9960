# SPDX-License-Identifier: BSD-3-Clause
"""Selectors: package members, fields, methods, method expressions."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler import missing
from gotk.compiler.syntax import ast
from gotk.compiler.types import methods as lookup
from gotk.compiler.types.model import (
    INVALID,
    Builtin,
    Const,
    Func,
    Interface,
    Object,
    PkgName,
    Pointer,
    Selection,
    Signature,
    Tuple,
    Type,
    TypeName,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import unalias

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class SelectorMixin:
    def selector(self: Checker, e: ast.SelectorExpr, target: Type | None, want_type: bool) -> Operand:
        bad = Operand("", INVALID, e)
        name = e.sel.name
        left = e.x
        if type(left) is ast.Ident:
            pkg_name = self.lookup(left.name)
            if isinstance(pkg_name, PkgName):
                return self._qualified(e, left, pkg_name)
        x = self.raw_expr(None, left)
        if x.mode == "builtin":
            self.error(e.sel.pos - 1, f"invalid use of {self.describe(x)} in selector expression", "UncalledBuiltin")
            return bad
        self.exclude(x, False)
        self.single_value(x)
        if not x.mode:
            return bad
        if want_type:
            self.error(e.sel, f"{self.expr_text(e)} is not a type", "NotAType")
            return bad
        t = x.type
        if x.mode == "nil":
            self.error(e.sel, f"{self.expr_text(e)} undefined (type untyped nil has no field or method {name})", "MissingFieldOrMethod")
            return bad
        e.selection = None
        found = lookup.lookup_field_or_method(t, x.mode == "var", self.pkg, name)
        obj = found.obj
        if obj is None or found.needs_pointer:
            self._not_found(e, x, found)
            return bad
        if isinstance(obj, Var):
            if x.mode == "type":
                self.error(left, f"operand for field selector {name} must be value of type {self.text(t)}", "MissingFieldOrMethod")
                return bad
            e.sel.obj = obj
            e.selection = Selection("field", t, obj, found.path, found.indirect)
            assert obj.type is not None
            return Operand("var" if x.mode == "var" or found.indirect else "value", obj.type, e)
        return self._method(e, x, obj, found)

    def _method(self: Checker, e: ast.SelectorExpr, x: Operand, f: Func, found: lookup.Found) -> Operand:
        origin = f.origin
        if origin in self.decls:
            self.obj_decl(origin)
            self.depend(origin)
        if f.type is None and f is not origin and isinstance(origin.type, Signature):
            # The instance's method list was made before the generic method's signature was known.
            f.type = self._late_signature(x.type, f)
        sig = f.type
        if not isinstance(sig, Signature):
            return Operand("", INVALID, e)
        e.sel.obj = f
        if x.mode == "type":
            e.selection = Selection("method_expr", x.type, f, found.path, found.indirect)
            params = sig.params.vars
            name = ""
            if params and params[0].name:
                name = sig.recv.name if sig.recv is not None and sig.recv.name else "_"
            first = Var(name, x.type, self.pkg, 0)
            first.is_param = True
            return Operand("value", Signature(Tuple([first, *params]), sig.results, sig.variadic, None, sig.tparams), e)
        e.selection = Selection("method", x.type, f, found.path, found.indirect)
        if f.ptr_recv and not found.indirect and x.mode == "var" and type(unalias(x.type)) is not Pointer:
            self.mark_address(e.x)
        return Operand("value", Signature(sig.params, sig.results, sig.variadic, None, sig.tparams), e)

    def _late_signature(self: Checker, t: Type, f: Func) -> Signature | None:
        from gotk.compiler.types.subst import instance_method

        base = unalias(t)
        if type(base) is Pointer:
            base = unalias(base.elem)
        made = instance_method(base, f.origin)  # type: ignore[arg-type]
        return made.type if isinstance(made.type, Signature) else None

    def _not_found(self: Checker, e: ast.SelectorExpr, x: Operand, found: lookup.Found) -> None:
        t = x.type
        name = e.sel.name
        if t.underlying() is INVALID:
            return
        if found.ambiguous:
            self.error(e.sel, f"ambiguous selector {self.expr_text(e.x)}.{name}", "AmbiguousSelector")
            return
        if found.needs_pointer:
            if x.mode == "type":
                self.error(e.sel, f"invalid method expression {self.text(t)}.{name} (needs pointer receiver (*{self.text(t)}).{name})", "InvalidMethodExpr")
            else:
                self.error(e.sel, f"cannot call pointer method {name} on {self.text(t)}", "InvalidMethodExpr")
            return
        if lookup.is_interface_pointer(t) or (type(unalias(t).underlying()) is Pointer and type(unalias(unalias(t).underlying().elem)) is TypeParam):  # type: ignore[attr-defined]
            elem = unalias(unalias(t).underlying().elem)  # type: ignore[attr-defined]
            if type(elem) is TypeParam:
                why = f"type {self.text(t)} is pointer to type parameter, not type parameter"
            else:
                why = f"type {self.text(t)} is pointer to interface, not interface"
        else:
            alt = lookup.lookup_field_or_method(t, x.mode == "var", self.pkg, name, fold=True)
            why = self.lookup_error(t, name, alt.obj)
        self.error(e.sel, f"{self.expr_text(e.x)}.{name} undefined ({why})", "MissingFieldOrMethod", _library_hint(t, name))

    def lookup_error(self: Checker, t: Type, name: str, obj: Object | None, literal: bool = False) -> str:
        """Why `name` was not found in `t`, given what a search without regard to case found."""
        kind = "missing"
        alt = ""
        if obj is not None:
            alt = obj.name
            exported = name[:1].isupper()
            if obj.pkg is self.pkg:
                kind = "misspelled"
            elif exported:
                if obj.exported:
                    kind = "misspelled"
                elif name[1:] == alt[1:]:
                    kind = "unexported"
            elif obj.exported:
                if name[1:] == alt[1:]:
                    kind = "misspelled"
            elif name == alt:
                kind = "inaccessible"
        what = "field" if isinstance(obj, Var) else "method"
        tt = self.text(t)
        if literal:
            if kind == "missing":
                return f"unknown field {name} in struct literal of type {tt}"
            if kind == "misspelled":
                return f"unknown field {name} in struct literal of type {tt}, but does have {alt}"
            if kind == "unexported":
                return f"unknown field {name} in struct literal of type {tt}, but does have unexported {alt}"
            return f"cannot refer to unexported field {alt} in struct literal of type {tt}"
        if kind == "missing":
            return f"type {tt} has no field or method {name}"
        if kind == "misspelled":
            return f"type {tt} has no field or method {name}, but does have {what} {alt}"
        if kind == "unexported":
            return f"type {tt} has no field or method {name}, but does have unexported {what} {alt}"
        return f"cannot refer to unexported {what} {alt}"

    def _qualified(self: Checker, e: ast.SelectorExpr, left: ast.Ident, pkg_name: PkgName) -> Operand:
        pkg_name.used = True
        left.obj = pkg_name
        e.selection = None
        name = e.sel.name
        imported = pkg_name.imported
        bad = Operand("", INVALID, e)
        obj = imported.scope.names.get(name)
        if obj is None or isinstance(obj, PkgName):
            if not imported.fake:
                alternatives = [o for n, o in imported.scope.names.items() if n.lower() == name.lower() and o.exported]
                if (len(alternatives) == 1 and name[:1].isupper()) or alternatives:
                    self.error(e.sel, f"undefined: {self.expr_text(e)} (but have {alternatives[0].name})", "UndeclaredImportedName")
                else:
                    self.error(e.sel, f"undefined: {self.expr_text(e)}", "UndeclaredImportedName", missing.hint(imported.path, name))
            return bad
        if not name[:1].isupper() and imported is not self.pkg:
            self.error(e.sel, f"undefined: {self.expr_text(e)}", "UndeclaredImportedName")
            return bad
        e.sel.obj = obj
        t = obj.type
        if isinstance(obj, Builtin):
            x = Operand("builtin", INVALID, e)
            x.name = obj.name
            return x
        if t is None:
            return bad
        if isinstance(obj, Const):
            return Operand("const", t, e, obj.value)
        if isinstance(obj, TypeName):
            return Operand("type", t, e)
        if isinstance(obj, Var):
            return Operand("var", t, e)
        return Operand("value", t, e)


__all__ = ["Interface", "SelectorMixin"]


def _library_hint(t: Type, name: str) -> str:
    """The way out if the type is one of golib's that lacks a member which Go's has."""
    t = unalias(t)
    if type(t) is Pointer:
        t = unalias(t.elem)
    obj = getattr(t, "obj", None)
    return missing.hint(obj.pkg.path, f"{obj.name}.{name}") if obj is not None and obj.pkg is not None else ""
