# SPDX-License-Identifier: BSD-3-Clause
"""Types and objects of a checked Go package: what the checker produces and lowering consumes.

Types compare by `identical` (types/predicates.py), not by ``==``; composite types are not interned. All of it can be pickled
(a package's export data is its pickle). `Named` types are resolved lazily through ``underlying``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from gotk.compiler.syntax import ast


class ConstComplex(NamedTuple):
    """Value of a complex constant."""

    re: Fraction
    im: Fraction


# ---------------------------------------------------------------- types


class Type:
    """Base of all types. ``underlying()`` is itself except for Named, Alias and TypeParam."""

    __slots__ = ()

    def underlying(self) -> Type:
        return self


class Basic(Type):
    """A predeclared type. ``kind``: "bool", "int", "int8" … "uintptr", "float32", "float64", "complex64", "complex128", "string",
    "unsafe.Pointer", "invalid", or "untyped bool|int|rune|float|complex|string|nil". byte and rune are the *same objects* as uint8 and int32
    except for their display name (kind is "uint8"/"int32", name "byte"/"rune")."""

    __slots__ = ("kind", "name")

    def __init__(self, kind: str, name: str | None = None) -> None:
        self.kind = kind
        self.name = name or kind

    def __reduce__(self) -> tuple[Any, ...]:
        return _basic, (self.kind, self.name)


#: every predeclared type by display name: one object each, also after unpickling
BASICS: dict[str, Basic] = {}


def _basic(kind: str, name: str) -> Basic:
    found = BASICS.get(name)
    if found is None:
        found = BASICS[name] = Basic(kind, name)
    return found


INVALID = _basic("invalid", "invalid type")


class Array(Type):
    __slots__ = ("elem", "len")

    def __init__(self, elem: Type, len: int) -> None:
        self.elem, self.len = elem, len  # len < 0: unknown after an error


class Slice(Type):
    __slots__ = ("elem",)

    def __init__(self, elem: Type) -> None:
        self.elem = elem


class Pointer(Type):
    __slots__ = ("elem",)

    def __init__(self, elem: Type) -> None:
        self.elem = elem


class Map(Type):
    __slots__ = ("elem", "key")

    def __init__(self, key: Type, elem: Type) -> None:
        self.key, self.elem = key, elem


class Chan(Type):
    __slots__ = ("dir", "elem")

    def __init__(self, dir: Literal["both", "send", "recv"], elem: Type) -> None:
        self.dir, self.elem = dir, elem


class Struct(Type):
    """``fields`` are Var objects with ``is_field``; ``tags[i]`` is "" or the tag's value."""

    __slots__ = ("fields", "tags")

    def __init__(self, fields: list[Var], tags: list[str]) -> None:
        self.fields, self.tags = fields, tags


class Tuple(Type):
    """Parameter or result list, or the type of a multi-value call."""

    __slots__ = ("vars",)

    def __init__(self, vars: list[Var]) -> None:
        self.vars = vars


class Signature(Type):
    """``recv`` is None for plain functions and for method *values*; ``tparams`` of generic functions; ``recv_tparams`` are the type
    parameters that a method of a generic type declares in its receiver. The last parameter of a variadic one has a Slice type."""

    __slots__ = ("params", "recv", "recv_tparams", "results", "tparams", "variadic")

    def __init__(
        self,
        params: Tuple,
        results: Tuple,
        variadic: bool = False,
        recv: Var | None = None,
        tparams: list[TypeParam] | None = None,
        recv_tparams: list[TypeParam] | None = None,
    ) -> None:
        self.params, self.results, self.variadic = params, results, variadic
        self.recv = recv
        self.tparams = tparams or []
        self.recv_tparams = recv_tparams or []


class Union(Type):
    """``~int | string`` in a constraint: terms are (tilde, type)."""

    __slots__ = ("terms",)

    def __init__(self, terms: list[tuple[bool, Type]]) -> None:
        self.terms = terms


class Interface(Type):
    """``methods``: explicitly declared; ``embeddeds``: types. ``all_methods`` (sorted by name, then package) and the type set are
    computed by types/typeset.py. ``implicit``: made from a constraint literal such as [T ~int]."""

    __slots__ = ("_all_methods", "_typeset", "embed_pos", "embeddeds", "implicit", "methods")

    def __init__(self, methods: list[Func], embeddeds: list[Type], implicit: bool = False) -> None:
        self.methods, self.embeddeds, self.implicit = methods, embeddeds, implicit
        self.embed_pos: list[int] = []
        self._all_methods: list[Func] | None = None
        self._typeset: Any = None

    def __getstate__(self) -> Any:
        state = {name: getattr(self, name) for name in Interface.__slots__}
        state["_all_methods"] = state["_typeset"] = None
        return None, state


class Named(Type):
    r"""A defined type or an instance of a generic one. ``obj`` is its TypeName; ``origin`` the generic type (itself if not an
    instance) and ``targs`` the instance's arguments. Instances with identical arguments made through types/subst.py
    are the same object, yet compare with `identical` (a pickled package brings its own). ``methods``: of the origin,
    declared on T and \*T.

    A type declared inside a generic function depends on that function's type parameters without naming them:
    ``outer_tparams`` (of the origin) and ``outer_targs`` (of the instance that substitution makes)."""

    __slots__ = (
        "__weakref__",
        "_instances",
        "_methods",
        "_underlying",
        "obj",
        "origin",
        "outer_targs",
        "outer_tparams",
        "resolver",
        "rhs",
        "targs",
        "tparams",
    )

    def __init__(self, obj: TypeName, underlying: Type | None = None) -> None:
        self.obj = obj
        self._underlying = underlying
        self._methods: list[Func] | None = []  # None: an instance whose methods were not asked for yet
        self.tparams: list[TypeParam] = []
        self.targs: list[Type] = []
        self.outer_tparams: list[TypeParam] = []
        self.outer_targs: list[Type] = []
        self.origin: Named = self
        self.rhs: Type | None = None  # the declaration's right side while its underlying type is not known yet
        self.resolver: Any = None  # callable(named): computes _underlying or _methods of an instance on first use
        self._instances: Any = None  # of a generic type: the canonical instances by their arguments (subst.py)

    def underlying(self) -> Type:
        found = self._underlying
        if found is not None:
            return found
        if self.resolver is not None:
            self.resolver(self, False)
            return self._underlying or INVALID
        if self.rhs is None:
            return INVALID  # still being declared, or its declaration is invalid
        rhs, self.rhs = self.rhs, None  # a cycle of declarations ends here
        found = rhs.underlying()
        self.rhs = rhs
        if found is not INVALID:
            self._underlying = found
        return found

    @property
    def methods(self) -> list[Func]:
        """Declared methods; for an instance, with receiver and signature substituted (``Func.origin`` is the generic method)."""
        if self._methods is None:
            self.resolver(self, True)
        return self._methods  # type: ignore[return-value]

    def __getstate__(self) -> Any:
        return {name: getattr(self, name) for name in Named.__slots__ if name not in ("__weakref__", "_instances")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)
        if not hasattr(self, "_instances"):  # else instances of it were made while it was being read
            self._instances = None


class Alias(Type):
    """``type A = T`` (maybe generic). Lowering and predicates see through it with `unalias`."""

    __slots__ = ("actual", "obj", "origin", "targs", "tparams")

    def __init__(self, obj: TypeName, actual: Type | None) -> None:
        self.obj, self.actual = obj, actual
        self.tparams: list[TypeParam] = []
        self.targs: list[Type] = []
        self.origin: Alias = self

    def underlying(self) -> Type:
        return INVALID if self.actual is None else self.actual.underlying()


class TypeParam(Type):
    """A type parameter; identity is the object's. ``index`` in its list; ``constraint`` the declared bound."""

    __slots__ = ("constraint", "index", "obj")

    def __init__(self, obj: TypeName, constraint: Type | None, index: int) -> None:
        self.obj, self.constraint, self.index = obj, constraint, index

    def underlying(self) -> Type:
        return INVALID if self.constraint is None else self.constraint.underlying()


# ---------------------------------------------------------------- objects


class Object:
    """Something declared. ``pkg`` is None for the universe; ``pos`` 0 there."""

    __slots__ = ("name", "parent", "pkg", "pos", "type", "used")

    def __init__(self, name: str, type: Type | None, pkg: Package | None = None, pos: int = 0) -> None:
        self.name, self.type, self.pkg, self.pos = name, type, pkg, pos
        self.parent: Scope | None = None
        self.used = False

    @property
    def exported(self) -> bool:
        return self.name[:1].isupper()

    def __getstate__(self) -> Any:
        state = {name: getattr(self, name) for name in _all_slots(type(self))}
        state["parent"] = None
        return None, state


def _all_slots(cls: type) -> tuple[str, ...]:
    found = _SLOTS.get(cls)
    if found is None:
        found = _SLOTS[cls] = tuple(name for c in cls.__mro__ for name in getattr(c, "__slots__", ()))
    return found


_SLOTS: dict[type, tuple[str, ...]] = {}


class PkgName(Object):
    """An imported package in a file's scope."""

    __slots__ = ("imported",)

    def __init__(self, name: str, pkg: Package, imported: Package, pos: int) -> None:
        super().__init__(name, None, pkg, pos)
        self.imported = imported


class Const(Object):
    __slots__ = ("value",)

    def __init__(self, name: str, type: Type | None, value: Any, pkg: Package | None = None, pos: int = 0) -> None:
        super().__init__(name, type, pkg, pos)
        self.value = value


class TypeName(Object):
    """``type`` is the Named, Alias, Basic or TypeParam that it names. ``local_id``: > 0 numbers types declared in functions, for symbol names."""

    __slots__ = ("local_id", "owner")

    def __init__(self, name: str, type: Type | None, pkg: Package | None = None, pos: int = 0) -> None:
        super().__init__(name, type, pkg, pos)
        self.local_id = 0
        self.owner: str = ""  # link name of the enclosing function of a local type

    @property
    def is_alias(self) -> bool:
        return isinstance(self.type, Alias)


class Var(Object):
    """A variable, parameter, result or struct field.

    What lowering needs to place a local: ``captured`` (used by a nested FuncLit), ``reassigned`` (assigned after its declaration, other than by
    it), ``addr_taken`` (operand of & explicitly or by a method call or slicing), ``func``: the FuncDecl/FuncLit that declares it (None: package level)."""

    __slots__ = ("addr_taken", "captured", "embedded", "func", "is_field", "is_param", "is_result", "loop_var", "reassigned")

    def __init__(self, name: str, type: Type | None, pkg: Package | None = None, pos: int = 0) -> None:
        super().__init__(name, type, pkg, pos)
        self.embedded = False
        self.is_field = False
        self.is_param = False
        self.is_result = False
        self.captured = False
        self.reassigned = False
        self.addr_taken = False
        self.loop_var = False  # declared by a 3-clause for or range with :=: a new one per iteration
        self.func: ast.FuncDecl | ast.FuncLit | None = None


class Func(Object):
    """A function or method (``type`` is a Signature with ``recv``). ``decl``: its syntax, kept for generic bodies and inlining; ``origin``: the
    generic method of an instantiated type's method. ``ptr_recv``: receiver is a pointer."""

    __slots__ = ("_decl", "origin", "ptr_recv", "resolver")

    def __init__(self, name: str, type: Signature | None, pkg: Package | None = None, pos: int = 0) -> None:
        super().__init__(name, type, pkg, pos)
        self._decl: ast.FuncDecl | bytes | None = None
        self.origin: Func = self
        self.ptr_recv = False
        self.resolver: Any = None  # callable(func): fills ``type`` while the declaring package is being checked

    @property
    def decl(self) -> ast.FuncDecl | None:
        """Its syntax. Of an imported function it is there only for generic and small ones, and is read when first asked for."""
        found = self._decl
        if type(found) is bytes:
            from gotk.compiler.types.export import load_syntax

            found = self._decl = load_syntax(self, found)
        return found  # type: ignore[return-value]

    @decl.setter
    def decl(self, value: ast.FuncDecl | None) -> None:
        self._decl = value

    def __getstate__(self) -> Any:
        _, state = super().__getstate__()
        state["resolver"] = None
        return None, state


class Builtin(Object):
    """len, append, unsafe.Sizeof (name is "unsafe.Sizeof") …"""

    __slots__ = ()


class Nil(Object):
    __slots__ = ()


class Scope:
    """A lexical scope: universe → package → file → function → blocks."""

    __slots__ = ("kind", "names", "parent")

    def __init__(self, parent: Scope | None, kind: str = "block") -> None:
        self.parent = parent
        self.names: dict[str, Object] = {}
        self.kind = kind

    def lookup(self, name: str) -> Object | None:
        return self.names.get(name)


@dataclass(slots=True, eq=False)
class Selection:
    """What ``x.f`` selects. ``path``: indices of the embedded fields passed through, then the field's own (fields only; for methods just the embedded ones).
    ``indirect``: a pointer was followed on the way. ``recv``: type of x. For interface methods ``obj`` is the interface's Func."""

    kind: Literal["field", "method", "method_expr"]
    recv: Type
    obj: Var | Func
    path: list[int]
    indirect: bool


@dataclass(slots=True, eq=False)
class Initializer:
    """One package variable initialisation, in dependency order: ``lhs`` variables (several for a multi-value call), their expression, and the file."""

    lhs: list[Var]
    rhs: Any  # ast.Expr


class Package:
    """A checked package. ``files``: ASTs (empty in export data except for generic bodies); ``file_names`` by file index."""

    def __init__(self, path: str, name: str) -> None:
        self.path, self.name = path, name
        self.scope = Scope(None, "package")
        self.files: list[ast.File] = []
        self.file_names: list[str] = []
        self.imports: list[Package] = []  # direct, in order of path
        self.init_order: list[Initializer] = []
        self.complete = False
        self.fake = False  # stands in for a package that could not be imported
        # For export data (export.py): the objects that other packages' data may refer to by number, and the importer it was loaded with.
        self.export_table: list[Any] | None = None
        self.importer: Any = None
