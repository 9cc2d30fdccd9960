# SPDX-License-Identifier: BSD-3-Clause
"""Type expressions, and identifiers (which may turn out to be types)."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Builtin,
    Chan,
    Const,
    Func,
    Interface,
    Map,
    Named,
    Nil,
    Object,
    PkgName,
    Pointer,
    Scope,
    Signature,
    Slice,
    Tuple,
    Type,
    TypeName,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    UNTYPED_NIL,
    comparable,
    is_generic,
    is_integer,
    is_untyped,
    is_valid,
    unalias,
)
from gotk.compiler.types.typeset import type_set
from gotk.compiler.types.universe import IOTA

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


def object_kind(obj: Object) -> str:
    """The word for an object in messages."""
    if isinstance(obj, PkgName):
        return "package name"
    if isinstance(obj, Const):
        return "constant"
    if isinstance(obj, TypeName):
        if isinstance(obj.type, TypeParam):
            return "type parameter"
        return "type alias" if obj.is_alias or type(obj.type) is Basic else "defined type"
    if isinstance(obj, Var):
        if obj.is_field:
            return "struct field"
        if obj.is_param:
            return "parameter"
        if obj.is_result:
            return "result variable"
        return "package-level variable" if obj.func is None else "local variable"
    if isinstance(obj, Func):
        sig = obj.type
        return "method" if isinstance(sig, Signature) and sig.recv is not None else "function"
    if isinstance(obj, Builtin):
        return "built-in function"
    if isinstance(obj, Nil):
        return "untyped nil"
    return "label"


class TypeExprMixin:
    # ---------------------------------------------------------------- identifiers

    def ident(self: Checker, e: ast.Ident, want_type: bool = False) -> Operand:
        """What an identifier denotes."""
        name = e.name
        obj = self.lookup(name)
        if obj is None:
            if name == "_":
                self.error(e, "cannot use _ as value or type", "InvalidBlank")
            elif not self.unknown_names:
                self.error(e, f"undefined: {name}", "UndeclaredName")
            return Operand("", INVALID, e)
        e.obj = obj
        e.is_def = False
        k = type(obj)
        if k is Var:
            # Only uses of this package's variables count; a type error elsewhere should not make a variable look unused.
            obj.used = True
            t = obj.type
            func = obj.func  # type: ignore[attr-defined]
            if func is not None:
                here = self.env.func
                if here is not None and here.node is not func:
                    self.capture(obj, here)  # type: ignore[arg-type]
            elif obj in self.decls:
                self.depend(obj)
                if t is None or (obj in self.state and self.state[obj] > 0):
                    self.obj_decl(obj)
                    t = obj.type
            if t is None or t is INVALID:
                return Operand("", INVALID, e)
            return Operand("var", t, e)
        if k is not TypeName and k is not PkgName and obj in self.decls:
            if not want_type:
                self.depend(obj)
            self.obj_decl(obj)
        elif k is TypeName and obj.parent is self.pkg.scope:
            self.obj_decl(obj)
        elif k is TypeName and self.state.get(obj, 0) > 0:
            self._met_again(obj, self.state[obj] - 1)
        t = obj.type
        if k is TypeName:
            obj.used = True
            if t is None:
                return Operand("", INVALID, e)
            return Operand("type" if is_valid_or_open(t) else "", t, e)
        if k is Func:
            if t is None:
                return Operand("", INVALID, e)
            return Operand("value", t, e)
        if k is Const:
            if obj is IOTA:
                if self.env.iota is None and want_type:
                    return Operand("const", t, e, 0)  # type: ignore[arg-type]
                if self.env.iota is None:
                    self.error(e, "cannot use iota outside constant declaration", "InvalidIota")
                    return Operand("", INVALID, e)
                return Operand("const", t, e, self.env.iota)  # type: ignore[arg-type]
            if t is None or t is INVALID or obj.value is None:  # type: ignore[attr-defined]
                return Operand("", INVALID, e)
            return Operand("const", t, e, obj.value)  # type: ignore[attr-defined]
        if k is Builtin:
            x = Operand("builtin", INVALID, e)
            x.name = name if obj.pkg is None else obj.name
            return x
        if k is Nil:
            return Operand("nil", UNTYPED_NIL, e)
        if k is PkgName:
            if want_type:
                self._not_a_type(e)
            else:
                self.error(e, f"use of package {name} not in selector", "InvalidPkgUse")
            return Operand("", INVALID, e)
        return Operand("", INVALID, e)

    def depend(self: Checker, obj: Object) -> None:
        """The declaration being checked depends on `obj`, as far as initialisation order goes."""
        decl = self.env.decl
        if decl is not None:
            decl.deps[obj] = None

    def capture(self: Checker, v: Var, here: Any) -> None:
        """`v` belongs to a function around `here`: list it in every function literal (and range body) between."""
        owner = v.func
        at = here
        while at is not None and at.node is not owner:
            if v not in at.seen:
                at.seen.add(v)
                v.captured = True
                captures = getattr(at.node, "captures", None)
                if captures is not None:
                    captures.append(v)
            at = at.outer

    # ---------------------------------------------------------------- types

    def typ(self: Checker, e: ast.Expr) -> Type:
        """The type that `e` denotes; generic types must be instantiated."""
        return self.defined_type(e, None)

    def defined_type(self: Checker, e: ast.Expr, definition: object) -> Type:
        t = self.type_internal(e, definition)
        if is_generic(t):
            self.error(e, f"cannot use generic type {self.text(t)} without instantiation", "WrongTypeArgCount")
            t = INVALID
        e.type = t
        e.mode = "type"
        return t

    def generic_type(self: Checker, e: ast.Expr) -> Type:
        """A type that may be generic."""
        t = self.type_internal(e, None)
        e.type = t
        e.mode = "type"
        return t

    def var_type(self: Checker, e: ast.Expr) -> Type:
        """The type of a variable, field, element …: no constraint interfaces."""
        t = self.defined_type(e, None)
        k = type(t)
        if k is Named or k is Interface or type(unalias(t)) is Named:
            self.later(lambda: self.not_constraint(e, t))
        return t

    def not_constraint(self: Checker, e: ast.Expr, t: Type) -> None:
        u = t.underlying()
        if type(u) is not Interface or type(unalias(t)) is TypeParam:
            return
        ts = type_set(u)
        if not ts.is_method_set():
            why = "interface is (or embeds) comparable" if ts.comparable else "interface contains type constraints"
            self.error(e, f"cannot use type {self.text(t)} outside a type constraint: {why}", "MisplacedConstraintIface")

    def type_internal(self: Checker, e: ast.Expr, definition: object) -> Type:
        handler = _TYPES.get(type(e))
        if handler is None:
            self.error(e, f"{self.expr_text(e)} is not a type", "NotAType")
            self.use(e)
            return INVALID
        return handler(self, e, definition)

    def _type_ident(self: Checker, e: ast.Ident, definition: object) -> Type:
        x = self.ident(e, True)
        if x.mode == "type":
            return x.type
        if x.mode == "":
            if isinstance(e.obj, TypeName) and e.obj.type is not None:
                return e.obj.type if is_valid_or_open(e.obj.type) else INVALID
            if e.obj is not None and not isinstance(e.obj, TypeName | PkgName):
                self._not_a_type(e)
            return INVALID
        if x.mode == "novalue":
            self.error(e, f"{self.expr_text(e)} used as type", "NotAType")
        else:
            self._not_a_type(e)
        return INVALID

    def _not_a_type(self: Checker, e: ast.Ident) -> None:
        obj = e.obj
        assert obj is not None
        self.error(e, f"{e.name} ({object_kind(obj)}) is not a type", "NotAType")

    def _type_selector(self: Checker, e: ast.SelectorExpr, definition: object) -> Type:
        x = self.selector(e, None, True)
        if x.mode == "type":
            return x.type
        if x.mode == "novalue":
            self.error(e, f"{self.expr_text(e)} used as type", "NotAType")
        elif x.mode:
            self.error(e, f"{self.describe(x)} is not a type", "NotAType")
        return INVALID

    def _type_index(self: Checker, e: ast.IndexExpr, definition: object) -> Type:
        return self.instantiated_type(e)

    def _type_paren(self: Checker, e: ast.ParenExpr, definition: object) -> Type:
        return self.defined_type(e.x, definition)

    def _type_array(self: Checker, e: ast.ArrayType, definition: object) -> Type:
        if e.len is None:
            return Slice(self.var_type(e.elem))
        if type(e.len) is ast.Ellipsis:
            self.error(e, "invalid use of [...] array (outside a composite literal)", "BadDotDotDotSyntax")
            self.var_type(e.elem)
            return INVALID
        n = self.array_length(e.len)
        elem = self.var_type(e.elem)
        return Array(elem, n) if n >= 0 else INVALID

    def _type_star(self: Checker, e: ast.StarExpr, definition: object) -> Type:
        elem = self.var_type(e.x)
        if not is_valid_or_open(elem):
            return INVALID
        return Pointer(elem)

    def _type_func(self: Checker, e: ast.FuncType, definition: object) -> Type:
        scope = self.env.scope
        self.env.scope = Scope(scope, "function")
        sig = self.func_type(e, None)
        self.env.scope = scope
        return sig

    def _type_struct(self: Checker, e: ast.StructType, definition: object) -> Type:
        return self.struct_type(e)

    def _type_interface(self: Checker, e: ast.InterfaceType, definition: object) -> Type:
        return self.interface_type(e, definition)

    def _type_map(self: Checker, e: ast.MapType, definition: object) -> Type:
        key = self.var_type(e.key)
        elem = self.var_type(e.value)

        def check_key() -> None:
            if not is_valid(key) or comparable(key):
                return
            why = ""
            if type(unalias(key)) is TypeParam:
                why = " (missing comparable constraint)"
            self.error(e.key, f"invalid map key type {self.text(key)}{why}", "IncomparableMapKey")

        self.later(check_key)
        return Map(key, elem)

    def _type_chan(self: Checker, e: ast.ChanType, definition: object) -> Type:
        return Chan(e.dir, self.var_type(e.elem))

    def _type_bad(self: Checker, e: ast.BadExpr, definition: object) -> Type:
        return INVALID

    def array_length(self: Checker, e: ast.Expr) -> int:
        """Value of a constant array length; -1 after an error."""
        if type(e) is ast.Ident:
            obj = self.lookup(e.name)
            if obj is None:
                self.error(e, f"undefined array length {e.name} or missing type constraint", "InvalidArrayLen")
                return -1
            if not isinstance(obj, Const):
                self.error(e, f"invalid array length {e.name}", "InvalidArrayLen")
                obj.used = True
                return -1
        x = self.expr(None, e)
        if x.mode != "const":
            if x.mode:
                self.error(x, f"array length {self.describe(x)} must be constant", "InvalidArrayLen")
            return -1
        if is_untyped(x.type) or is_integer(x.type):
            n = constants.to_int(x.val)
            if n is not None:
                if 0 <= n < 1 << 63:
                    e.type = self.int_type if is_untyped(x.type) else x.type
                    e.const = n
                    return n
        if is_integer(x.type):
            self.error(x, f"invalid array length {self.describe(x)}", "InvalidArrayLen")
        else:
            self.error(x, f"array length {self.describe(x)} must be integer", "InvalidArrayLen")
        return -1


def is_valid_or_open(t: Type) -> bool:
    """Valid, or an alias whose declaration is not finished (its use in a cycle is judged there)."""
    from gotk.compiler.types.model import Alias

    while type(t) is Alias:
        if t.actual is None:
            return True
        t = t.actual
    return t is not INVALID


_TYPES: dict[type, Callable[[Any, Any, object], Type]] = {
    ast.BadExpr: TypeExprMixin._type_bad,
    ast.Ident: TypeExprMixin._type_ident,
    ast.SelectorExpr: TypeExprMixin._type_selector,
    ast.IndexExpr: TypeExprMixin._type_index,
    ast.ParenExpr: TypeExprMixin._type_paren,
    ast.ArrayType: TypeExprMixin._type_array,
    ast.StarExpr: TypeExprMixin._type_star,
    ast.FuncType: TypeExprMixin._type_func,
    ast.StructType: TypeExprMixin._type_struct,
    ast.InterfaceType: TypeExprMixin._type_interface,
    ast.MapType: TypeExprMixin._type_map,
    ast.ChanType: TypeExprMixin._type_chan,
}

__all__ = ["Tuple", "TypeExprMixin", "object_kind"]
