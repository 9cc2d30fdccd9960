# SPDX-License-Identifier: BSD-3-Clause
"""The type checker's frame: state, errors, and the order of the passes over a package.

A file per construct holds the rest as mixins of `Checker`: resolver.py (collecting objects), decl.py (declarations), typexpr.py (types),
expr.py, binary.py, index.py, selector.py, literals.py, call.py, builtins.py, conversions.py, assign.py, stmt.py, ranges.py, returns.py,
instantiate.py, infer.py, initorder.py, validtype.py, limits.py.

Errors are collected, in the wording and at the positions of the Go compiler. An invalid operand (mode "") or `INVALID` type
silences what would only follow from an error already reported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.exprstring import expr_string
from gotk.compiler.syntax.position import pos_col, pos_file, pos_line
from gotk.compiler.types.assign import AssignMixin
from gotk.compiler.types.binary import BinaryMixin
from gotk.compiler.types.builtins import BuiltinMixin
from gotk.compiler.types.call import CallMixin
from gotk.compiler.types.conversions import ConversionMixin
from gotk.compiler.types.decl import DeclMixin
from gotk.compiler.types.expr import ExprMixin
from gotk.compiler.types.index import IndexMixin
from gotk.compiler.types.infer import InferMixin
from gotk.compiler.types.initorder import InitOrderMixin
from gotk.compiler.types.instantiate import InstantiateMixin
from gotk.compiler.types.limits import LimitMixin
from gotk.compiler.types.literals import LiteralMixin
from gotk.compiler.types.model import (
    Func,
    Object,
    Package,
    PkgName,
    Scope,
    Signature,
    Tuple,
    Type,
    Var,
)
from gotk.compiler.types.operand import Operand, operand_string
from gotk.compiler.types.predicates import INT
from gotk.compiler.types.ranges import RangeMixin
from gotk.compiler.types.resolver import DeclInfo, ResolverMixin
from gotk.compiler.types.returns import ReturnMixin
from gotk.compiler.types.selector import SelectorMixin
from gotk.compiler.types.stmt import StmtMixin
from gotk.compiler.types.typestring import tuple_string, type_string
from gotk.compiler.types.typexpr import TypeExprMixin
from gotk.compiler.types.universe import UNIVERSE
from gotk.compiler.types.validtype import ValidTypeMixin
from gotk.diagnostics import Diagnostic

Importer = Callable[[str], Package]


class Env:
    """Where checking stands: changes with each declaration and function."""

    __slots__ = ("decl", "err_pos", "func", "has_call_or_recv", "iota", "panics", "scope", "sig", "tparams")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.decl: DeclInfo | None = None  # package-level declaration whose dependencies are recorded
        self.iota: int | None = None  # value of iota in a constant declaration
        self.err_pos: int = 0  # position for errors of an implicitly repeated constant expression
        self.sig: Signature | None = None  # of the function being checked
        self.func: FuncNode | None = None
        self.tparams: list[Any] = []  # type parameters of the enclosing generic function
        self.panics: set[int] = set()  # ids of call nodes that are panic(…)
        self.has_call_or_recv = False

    def copy(self) -> Env:
        new = Env(self.scope)
        for name in Env.__slots__:
            setattr(new, name, getattr(self, name))
        return new


class FuncNode:
    """A function whose body is being checked, or the body of a range over a function; linked to the one around it."""

    __slots__ = ("depth", "locals", "name", "node", "outer", "seen")

    def __init__(self, node: Any, outer: FuncNode | None, name: str) -> None:
        self.node = node  # FuncDecl, FuncLit or RangeStmt; None for initialisers of package variables
        self.outer = outer
        self.name = name
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.seen: set[Var] = set()  # captured variables already listed
        self.locals: list[Var] = []  # variables declared in it, for "declared and not used"


class Checker(  # type: ignore[misc]
    ResolverMixin,
    DeclMixin,
    TypeExprMixin,
    ExprMixin,
    BinaryMixin,
    IndexMixin,
    SelectorMixin,
    LiteralMixin,
    CallMixin,
    BuiltinMixin,
    ConversionMixin,
    AssignMixin,
    StmtMixin,
    RangeMixin,
    ReturnMixin,
    InstantiateMixin,
    InferMixin,
    InitOrderMixin,
    ValidTypeMixin,
    LimitMixin,
):
    """One package's check. Use `check_package`."""

    def __init__(self, path: str, files: list[ast.File], importer: Importer, diagnostics: list[Diagnostic], complete: bool) -> None:
        self.files = files
        self.complete = complete
        self.importer = importer
        self.diagnostics = diagnostics
        name = files[0].package.name if files else ""
        self.pkg = Package(path, name)
        self.pkg.scope.parent = UNIVERSE
        self.pkg.files = files
        self.pkg.file_names = [f.name for f in files]
        self.decls: dict[Object, DeclInfo] = {}
        self.file_scopes: list[Scope] = []
        self.imported: dict[str, Package] = {}
        self.pkg_names: list[tuple[PkgName, ast.ImportSpec]] = []
        self.dot_imports: dict[tuple[int, str], PkgName] = {}
        self.methods: dict[str, list[Func]] = {}  # by base type name, until its declaration collects them
        self.env = Env(self.pkg.scope)
        self.delayed: list[Callable[[], None]] = []
        self.path: list[Object] = []  # objects being declared, outermost first
        self.state: dict[Object, int] = {}  # index in `path` + 1 while being declared, -1 when done
        self.shift_lhs: set[int] = set()  # ids of untyped non-constant shift operands
        self.local_types = 0
        self.valid_types: set[int] = set()
        self._held: list[Any] = []  # keeps what the ids in `valid_types` mean
        self.local_specs: dict[Object, ast.TypeSpec] = {}  # types declared in functions
        self._switch_case = False  # comparing a case with the switch's tag: errors are worded so
        self.int_type = INT
        self.target_name = ""  # what a generic function value is assigned to, for messages
        self._last_error = (0, "")
        self.all_locals: list[Var] = []
        self.instances: list[tuple[Any, Any, list[int]]] = []  # (type parameters, arguments, their positions) of all instantiations
        self.instance_pos: dict[int, int] = {}  # id of an instance of a generic type -> where it was first written
        self.same_tparam: dict[Any, Any] = {}  # type parameter that a receiver declares -> its type's own
        self.unknown_names = False  # a package that could not be imported was imported with "."
        self._reported: set[tuple[int, str]] = set()
        self._qualify_cache: dict[Package, str] = {}

    # ---------------------------------------------------------------- errors

    def qualify(self, pkg: Package) -> str:
        """Package prefix in messages: none for this package, the path in quotes if the name is ambiguous."""
        if pkg is self.pkg or pkg.path == self.pkg.path:
            return ""
        found = self._qualify_cache.get(pkg)
        if found is None:
            found = pkg.name
            for other in self._all_imports():
                if other is not pkg and other.name == pkg.name and other.path != pkg.path:
                    found = f'"{pkg.path}"'
                    break
            self._qualify_cache[pkg] = found
        return found

    def _all_imports(self) -> list[Package]:
        seen: dict[str, Package] = {}
        todo = list(self.imported.values())
        while todo:
            p = todo.pop()
            if p.path not in seen:
                seen[p.path] = p
                todo += p.imports
        return list(seen.values())

    def text(self, t: Type | None) -> str:
        """A type in a message."""
        return "<nil>" if t is None else type_string(t, self.qualify)

    def describe(self, x: Operand) -> str:
        return operand_string(x, self.qualify)

    def tuple_text(self, t: Tuple, variadic: bool = False) -> str:
        return tuple_string(t, variadic, self.qualify)

    def error(self, at: Any, message: str, code: str = "", hint: str = "") -> None:
        """Report at a position, node, object or operand. Messages about invalid operands or types follow from earlier errors and are dropped."""
        if "invalid operand" in message or "invalid type" in message:
            if self.diagnostics:
                return
        end = 0
        if type(at) is int:
            pos = at
        elif isinstance(at, Operand):
            pos, end = at.expr.pos, at.expr.end
        elif isinstance(at, Object):
            pos = at.pos
            end = pos + len(at.name.encode())
        else:
            pos, end = at.pos, at.end
        if self.env.err_pos:
            pos, end = self.env.err_pos, 0
        # As the Go compiler: a message is not repeated on its line, and never given twice for one place.
        key = (pos, message)
        repeated = (pos_line(pos), message) == self._last_error
        if repeated or key in self._reported:
            return
        self._last_error = (pos_line(pos), message)
        self._reported.add(key)
        file = self.files[pos_file(pos)].name if pos and pos_file(pos) < len(self.files) else ""
        end_line, end_col = (pos_line(end), pos_col(end)) if end > pos and pos_line(end) == pos_line(pos) else (0, 0)
        self.diagnostics.append(Diagnostic(file, pos_line(pos), pos_col(pos), end_line, end_col, message, code, hint))

    def where(self, pos: int) -> str:
        """``file:line:col`` for the second lines of messages."""
        if not pos:
            return "-"
        return f"{self.files[pos_file(pos)].name}:{pos_line(pos)}:{pos_col(pos)}"

    def also_declared(self, obj: Object) -> str:
        """The second line of a redeclaration error."""
        if obj.pos:
            return f"\n\t{self.where(obj.pos)}: other declaration of {obj.name}"
        return ""

    def invalid(self, e: Any) -> Operand:
        return Operand("", _INVALID, e)

    @staticmethod
    def expr_text(e: Any) -> str:
        return expr_string(e)

    # ---------------------------------------------------------------- delayed work

    def later(self, action: Callable[[], None]) -> None:
        """Do `action` once the types declared so far are complete, in the present environment."""
        env = self.env.copy()
        self.delayed.append(lambda: self._run(env, action))

    def _run(self, env: Env, action: Callable[[], None]) -> None:
        saved, self.env = self.env, env
        try:
            action()
        finally:
            self.env = saved

    def process_delayed(self) -> None:
        queue = self.delayed
        i = 0
        while i < len(queue):
            queue[i]()
            i += 1
        queue.clear()

    # ---------------------------------------------------------------- passes

    def check(self) -> Package:
        self.collect_objects()
        self.package_objects()
        self.process_delayed()
        self.init_order()
        self.unused_imports()
        if not self.diagnostics:
            self.check_instances()
        if not self.diagnostics:
            self.check_sizes()
        self.pkg.imports = sorted(self.imported.values(), key=lambda p: p.path)
        self.pkg.complete = True
        for info in list(self.decls):
            if isinstance(info, Func):
                info.resolver = None
        return self.pkg


from gotk.compiler.types.model import INVALID as _INVALID  # noqa: E402


def check_package(path: str, files: list[ast.File], importer: Importer, *, diagnostics: list[Diagnostic], complete: bool = True) -> Package:
    """Check the files of a package and annotate their trees in place.

    `importer` gives the checked package of an import path, or raises `ImportError` (its text is shown). Errors are appended to `diagnostics`
    in the order in which they are found; lowering needs a package without any. User errors are never raised.
    ``complete``: no function's body is elsewhere (as in assembly), so a missing one is an error."""
    own: list[Diagnostic] = []
    checker = Checker(path, files, importer, own, complete)
    pkg = checker.check()
    diagnostics += own
    return pkg
