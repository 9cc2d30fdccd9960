# SPDX-License-Identifier: BSD-3-Clause
"""The syntax tree of a Go file, after the pattern of the Go spec's grammar.

Every node has ``pos`` (first byte) and ``end`` (just past the last byte), see `position`. Expressions carry slots that
the type checker fills in place (`Expr.type`, `Expr.const`, `Expr.mode`, …); the parser leaves them at their defaults.
Parenthesised expressions are kept (`ParenExpr`), so that errors can name what was written.
Missing pieces after a syntax error are `BadExpr`, `BadStmt`, `BadDecl`; a tree with syntax errors is never checked
(`parser.stops_checking`), one with other errors of the lexer and parser is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from gotk.compiler.types.model import Func, Object, Selection, Type, Var

T = TypeVar("T")


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def _node(cls: type[T]) -> type[T]:
    return dataclass(slots=True, eq=False)(cls)


# Operand modes (set by the checker).
Mode = Literal[
    "",  # not checked yet, or invalid
    "novalue",  # call of a function without result
    "builtin",
    "type",
    "const",
    "var",  # addressable variable
    "mapindex",  # m[k]: assignable, not addressable; allows comma-ok
    "value",
    "nil",
    "commaok",  # <-c, x.(T): a value that allows the two-value form
]


@_node
class Node:
    pos: int
    end: int


# ---------------------------------------------------------------- expressions


@_node
class Expr(Node):
    """An expression or type expression.

    ``type``: its type; for untyped operands the *final* type after conversion (as go/types records it), so lowering never
    sees an untyped type except untyped nil (type of the context is recorded too) and constants used nowhere.
    ``const``: the constant's value, or None: bool, bytes (strings), int (integers, runes), Fraction (floats) or `ConstComplex`.
    Inside generic bodies, types may mention type parameters; lowering substitutes.
    """

    type: Type | None = field(init=False, default=None)
    const: Any = field(init=False, default=None)
    mode: Mode = field(init=False, default="")
    comma_ok: bool = field(init=False, default=False)  # used in a two-value form (v, ok = x)


@_node
class BadExpr(Expr):
    pass


@_node
class Ident(Expr):
    name: str
    obj: Object | None = field(init=False, default=None)  # what it denotes (use) or declares (def)
    is_def: bool = field(init=False, default=False)
    targs: list[Type] | None = field(init=False, default=None)  # instance of a generic function (inferred or explicit)


@_node
class BasicLit(Expr):
    kind: Literal["INT", "FLOAT", "IMAG", "CHAR", "STRING", "BAD"]  # BAD: the lexer reported an error
    value: str  # as written


@_node
class CompositeLit(Expr):
    type_expr: Expr | None  # None: elided inside another literal; `type` is set by the checker all the same
    elts: list[Expr]  # KeyValueExpr or plain; for struct keys the key Ident.obj is the field Var
    lbrace: int
    rbrace: int


@_node
class KeyValueExpr(Expr):
    key: Expr
    colon: int
    value: Expr


@_node
class FuncLit(Expr):
    func_type: FuncType
    body: Block
    captures: list[Var] = field(init=False, default_factory=list)  # variables of enclosing functions, in order of first use
    sig: Any = field(init=False, default=None)  # types.Signature
    has_defer: bool = field(init=False, default=False)
    has_recover: bool = field(init=False, default=False)


@_node
class ParenExpr(Expr):
    x: Expr


@_node
class SelectorExpr(Expr):
    """``x.sel``. Qualified identifier: ``selection`` is None and ``sel.obj`` the package's object (``sel.targs`` for instances)."""

    x: Expr
    sel: Ident
    selection: Selection | None = field(init=False, default=None)


@_node
class IndexExpr(Expr):
    """``x[index]`` or the instantiation ``x[T1, T2]`` (then ``indices`` has all and x is a generic func or type)."""

    x: Expr
    lbrack: int
    indices: list[Expr]
    targs: list[Type] | None = field(init=False, default=None)


@_node
class SliceExpr(Expr):
    x: Expr
    lbrack: int
    lo: Expr | None
    hi: Expr | None
    max: Expr | None
    three: bool


@_node
class TypeAssertExpr(Expr):
    x: Expr
    lparen: int
    type_expr: Expr | None  # None: x.(type)


@_node
class CallExpr(Expr):
    """``kind`` is set by the checker: a call, a conversion ``T(x)`` or a builtin (``builtin`` names it)."""

    fun: Expr
    lparen: int
    args: list[Expr]  # may start with a type for make/new
    ellipsis: int  # position of ``...`` or 0
    rparen: int
    kind: Literal["", "call", "conversion", "builtin"] = field(init=False, default="")
    builtin: str = field(init=False, default="")  # "append", "unsafe.Sizeof", …
    spread: bool = field(init=False, default=False)  # f(g()) with multi-value g


@_node
class StarExpr(Expr):
    x: Expr


@_node
class UnaryExpr(Expr):
    op: str  # + - ! ^ & <- ~ (the last in constraints)
    x: Expr


@_node
class BinaryExpr(Expr):
    x: Expr
    op_pos: int
    op: str
    y: Expr


# ---------------------------------------------------------------- type expressions


@_node
class ArrayType(Expr):
    len: Expr | None  # None: slice; Ellipsis node for [...]T
    elem: Expr


@_node
class Ellipsis(Expr):
    """``...T`` in a parameter list (elem set) or ``...`` as array length (elem None)."""

    elem: Expr | None


@_node
class Field(Node):
    """One line of a struct, parameter or result list; ``names`` empty: embedded or unnamed."""

    names: list[Ident]
    type_expr: Expr
    tag: BasicLit | None = None
    doc: str = ""


@_node
class StructType(Expr):
    fields: list[Field]


@_node
class FuncType(Expr):
    tparams: list[Field]
    params: list[Field]
    results: list[Field]
    func_pos: int = 0


@_node
class InterfaceElem(Node):
    """A method (``name`` and ``func_type``) or an embedded type / union (``type_expr``; unions are BinaryExpr with op "|")."""

    name: Ident | None
    func_type: FuncType | None
    type_expr: Expr | None
    doc: str = ""


@_node
class InterfaceType(Expr):
    elems: list[InterfaceElem]


@_node
class MapType(Expr):
    key: Expr
    value: Expr


@_node
class ChanType(Expr):
    dir: Literal["both", "send", "recv"]
    elem: Expr


# ---------------------------------------------------------------- statements


@_node
class Stmt(Node):
    pass


@_node
class BadStmt(Stmt):
    pass


@_node
class EmptyStmt(Stmt):
    implicit: bool


@_node
class ExprStmt(Stmt):
    x: Expr


@_node
class SendStmt(Stmt):
    chan: Expr
    arrow: int
    value: Expr


@_node
class IncDecStmt(Stmt):
    x: Expr
    op: Literal["++", "--"]
    op_pos: int


@_node
class AssignStmt(Stmt):
    """``lhs op rhs`` with op ``=``, ``:=`` or ``+=`` …; for ``:=`` each new Ident has ``is_def``."""

    lhs: list[Expr]
    op_pos: int
    op: str
    rhs: list[Expr]


@_node
class GoStmt(Stmt):
    call: Expr  # CallExpr unless erroneous


@_node
class DeferStmt(Stmt):
    call: Expr


@_node
class ReturnStmt(Stmt):
    results: list[Expr]


@_node
class BranchStmt(Stmt):
    tok: Literal["break", "continue", "goto", "fallthrough"]
    label: Ident | None
    target: Stmt | None = field(init=False, default=None)  # labelled or enclosing statement (branches.py)


@_node
class Block(Stmt):
    stmts: list[Stmt]
    rbrace: int


@_node
class IfStmt(Stmt):
    init: Stmt | None
    cond: Expr
    then: Block
    els: Stmt | None  # Block or IfStmt


@_node
class CaseClause(Stmt):
    exprs: list[Expr] | None  # None: default; types in a type switch (nil as Ident)
    colon: int
    body: list[Stmt]
    var: Var | None = field(init=False, default=None)  # type switch: the clause's own variable


@_node
class SwitchStmt(Stmt):
    init: Stmt | None
    tag: Expr | None
    cases: list[CaseClause]
    lbrace: int
    rbrace: int


@_node
class TypeSwitchStmt(Stmt):
    init: Stmt | None
    name: Ident | None  # v in switch v := x.(type)
    x: Expr  # the operand (without .(type))
    cases: list[CaseClause]
    lbrace: int
    rbrace: int


@_node
class CommClause(Stmt):
    comm: Stmt | None  # SendStmt, ExprStmt(<-c) or AssignStmt; None: default
    colon: int
    body: list[Stmt]


@_node
class SelectStmt(Stmt):
    cases: list[CommClause]
    lbrace: int
    rbrace: int


@_node
class ForStmt(Stmt):
    init: Stmt | None
    cond: Expr | None
    post: Stmt | None
    body: Block


@_node
class RangeStmt(Stmt):
    """``for key, value op range x``; op is "" (no variables), "=" or ":="."""

    key: Expr | None
    value: Expr | None
    op_pos: int
    op: str
    x: Expr
    body: Block
    extra: Expr | None = field(init=False, default=None)  # a third variable: an error
    # range over a func whose body is a synthesized closure: what the checker found
    captures: list[Var] = field(init=False, default_factory=list)


@_node
class LabeledStmt(Stmt):
    label: Ident
    stmt: Stmt


@_node
class DeclStmt(Stmt):
    decl: Decl


# ---------------------------------------------------------------- declarations


@_node
class Spec(Node):
    pass


@_node
class ImportSpec(Spec):
    name: Ident | None  # alias, "_" or "."
    path: BasicLit
    path_value: str


@_node
class ConstSpec(Spec):
    """One line of a const group; an implicit repetition has ``type_expr`` and ``values`` of the line it repeats (shared nodes must be
    re-checked with this line's iota: the parser stores the same nodes and sets ``implicit``)."""

    names: list[Ident]
    type_expr: Expr | None
    values: list[Expr]
    iota: int
    implicit: bool


@_node
class VarSpec(Spec):
    names: list[Ident]
    type_expr: Expr | None
    values: list[Expr]
    doc: str = ""


@_node
class TypeSpec(Spec):
    name: Ident
    tparams: list[Field]
    alias: bool
    type_expr: Expr
    doc: str = ""


@_node
class Decl(Node):
    pass


@_node
class BadDecl(Decl):
    pass


@_node
class GenDecl(Decl):
    tok: Literal["import", "const", "var", "type"]
    specs: list[Spec]


@_node
class FuncDecl(Decl):
    name: Ident
    recv: Field | None
    func_type: FuncType
    body: Block | None
    doc: str = ""
    directives: list[str] = field(default_factory=list)  # "//gotk:native NAME" lines without the slashes: "gotk:native NAME"
    obj: Func | None = field(init=False, default=None)
    has_defer: bool = field(init=False, default=False)
    has_recover: bool = field(init=False, default=False)


@_node
class File(Node):
    """One source file. ``name`` is what diagnostics and traces print."""

    name: str
    index: int  # index within the package: the file part of positions
    package: Ident
    decls: list[Decl]
    imports: list[ImportSpec]
    source: bytes
    doc: str = ""
    directives: Sequence[Any] = ()  # linedirectives.LineDirective, in order
