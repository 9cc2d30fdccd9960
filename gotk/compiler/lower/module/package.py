# SPDX-License-Identifier: BSD-3-Clause
"""Lowers a whole checked package to the text of one LLVM module: its functions, variables, initialiser and whatever these ask for.

Package variables whose initialisers need no code become data. The others are assigned by ``PATH.init`` in the order that the checker
found, and then it calls the package's init functions. The program's module also has ``gotk.entry``, where a run begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gotk.compiler.lower.escape import Foreign, Summary
from gotk.compiler.lower.function.core import Unsupported
from gotk.compiler.lower.function.function import lower_function
from gotk.compiler.lower.module.context import (
    Instance,
    ModuleContext,
    Subst,
    instance_signature,
)
from gotk.compiler.lower.module.sharing import Sharing, Wanted, is_small
from gotk.compiler.lower.module.symbols import link_name, quote
from gotk.compiler.syntax import ast
from gotk.compiler.syntax.position import pos_col, pos_file, pos_line
from gotk.compiler.types.model import (
    Func,
    Initializer,
    Package,
    Signature,
    Tuple,
    Type,
    Var,
)
from gotk.diagnostics import Diagnostic

#: What to do when our compiler lacks a construct.
UNSUPPORTED_HINT = "run this program with the real Go toolchain: --runtime go"


@dataclass(slots=True, eq=False)
class Lowered:
    """``ir``: the module's text; ``summaries``: for importers, how functions' parameters escape, by link name; ``instances``: symbols of
    the instances of generic functions that the object has for others."""

    ir: str
    summaries: dict[str, Summary]
    instances: list[str]


def lower_package(
    package: Package,
    runtime_package: Package | None,
    diagnostics: list[Diagnostic],
    *,
    foreign: Foreign | None = None,
    init_paths: Sequence[str] | None = None,
    sharing: Sharing | None = None,
) -> Lowered:
    """Lower `package`. Constructs that cannot be lowered are added to `diagnostics` (then the result is of no use).

    `foreign`: what escape analysis knows of other packages' functions; `init_paths`: of a program, the import paths of all packages
    in the order in which they are initialised, without its own; `sharing`: which instances are left to other objects."""
    return _PackageLowering(package, runtime_package, diagnostics, foreign, sharing).run(init_paths)


def lower_unit(
    roots: Sequence[Wanted],
    runtime_package: Package,
    diagnostics: list[Diagnostic],
    *,
    foreign: Foreign | None = None,
    sharing: Sharing | None = None,
) -> Lowered:
    """Lower these instances of library functions, and those that they call in turn, to a module of their own."""
    package = Package("instances", "instances")
    return _PackageLowering(package, runtime_package, diagnostics, foreign, sharing).run_unit(roots)


class _PackageLowering:
    def __init__(
        self,
        package: Package,
        runtime_package: Package | None,
        diagnostics: list[Diagnostic],
        foreign: Foreign | None,
        sharing: Sharing | None,
    ) -> None:
        self.package = package
        self.mod = ModuleContext(package, runtime_package, foreign, sharing)
        self.instances: list[str] = []
        self.diagnostics = diagnostics
        self.init_calls: list[Func] = []

    def run(self, init_paths: Sequence[str] | None) -> Lowered:
        mod, package = self.mod, self.package
        self._name_init_functions()
        dynamic = self._variables()
        for file in package.files:
            for decl in file.decls:
                if type(decl) is ast.FuncDecl:
                    self._function(decl)
        self._initialiser(dynamic)
        if init_paths is not None:
            self._entry(init_paths)
        mod.descriptors.define_own()
        self._flush()
        summaries = {} if init_paths is not None else self._summaries()
        return Lowered(mod.finish(), summaries, self.instances)

    def run_unit(self, roots: Sequence[Wanted]) -> Lowered:
        for root in roots:
            self.mod.func_ref(root.func, root.targs)
        self._flush()
        return Lowered(self.mod.finish(), {}, self.instances)

    def _flush(self) -> None:
        """Lower the instances that were asked for, and define the descriptors."""
        mod = self.mod
        while True:
            while mod.instances:
                self._instance(mod.instances.pop())
            if not mod.descriptors.flush() and not mod.instances:
                break

    def _summaries(self) -> dict[str, Summary]:
        out: dict[str, Summary] = {}
        for file in self.package.files:
            for decl in file.decls:
                if type(decl) is not ast.FuncDecl or decl.obj is None or decl.body is None:
                    continue
                summary = self.mod.escapes.summary(decl.obj)
                if summary is not None and not summary.says_nothing:
                    out[link_name(decl.obj)] = summary
        return out

    # ------------------------------------------------------------ functions

    def _function(self, decl: ast.FuncDecl) -> None:
        fn = decl.obj
        if fn is None or decl.name.name == "_" or decl.body is None:
            return
        sig = fn.type
        assert isinstance(sig, Signature)
        if sig.tparams or sig.recv_tparams:
            return  # lowered for each instance
        recv = sig.recv.type if sig.recv is not None else None
        self._lower(decl, self.package, self.mod.func_ref(fn), sig, recv)

    def _instance(self, instance: Instance) -> None:
        fn = instance.func
        sig = fn.type
        assert isinstance(sig, Signature)
        assert fn.decl is not None, f"{link_name(fn)} is generic but has no syntax"
        package = fn.pkg or self.package
        if not instance.targs:
            recv = sig.recv.type if sig.recv is not None else None
            self.mod.inlining = True
            self._lower(fn.decl, package, instance.symbol, sig, recv, None, "available_externally")
            self.mod.inlining = False
            return
        linkage = "linkonce_odr"
        if self.package.name != "main" and not is_small(fn.decl):
            linkage = "weak_odr"
            self.instances.append(instance.symbol)
        concrete, recv, subst = instance_signature(fn, instance.targs)
        self._lower(fn.decl, package, instance.symbol, concrete, recv, subst, linkage)

    def _lower(
        self,
        decl: ast.FuncDecl,
        package: Package,
        symbol: str,
        sig: Signature,
        recv: Type | None,
        subst: Subst | None = None,
        linkage: str = "",
    ) -> None:
        try:
            lower_function(
                self.mod,
                decl,
                pkg=package,
                symbol=symbol,
                sig=sig,
                recv=recv,
                subst=subst,
                linkage=f"{linkage} dso_local".lstrip(),
            )
        except Unsupported as error:
            self._report(error, package)

    def _report(self, error: Unsupported, package: Package) -> None:
        names = package.file_names
        index = pos_file(error.pos)
        self.diagnostics.append(
            Diagnostic(
                names[index] if index < len(names) else package.path,
                pos_line(error.pos),
                pos_col(error.pos),
                message=f"not supported yet by gotk: {error.what}",
                code="Unsupported",
                hint=UNSUPPORTED_HINT,
            )
        )

    # ------------------------------------------------------------ variables and initialisation

    def _name_init_functions(self) -> None:
        """``init`` may be declared many times: they are PATH.init.0, PATH.init.1, …"""
        for file in self.package.files:
            for decl in file.decls:
                if (
                    type(decl) is ast.FuncDecl
                    and decl.name.name == "init"
                    and decl.recv is None
                    and decl.obj is not None
                ):
                    symbol = quote(f"{self.package.path}.init.{len(self.init_calls)}")
                    self.mod.name_function(decl.obj, symbol)
                    self.init_calls.append(decl.obj)

    def _variables(self) -> list[Initializer]:
        """Define all package variables; returns the initialisers that need code."""
        mod = self.mod
        constants: dict[Var, str] = {}
        dynamic: list[Initializer] = []
        for init in self.package.init_order:
            if len(init.lhs) == 1:
                var = init.lhs[0]
                assert var.type is not None
                try:
                    value = mod.static_value(init.rhs, var.type)
                except Unsupported as error:
                    self._report(error, self.package)
                    continue
                if value is not None:
                    if var.name != "_":
                        constants[var] = value
                    continue
            dynamic.append(init)
        for obj in self.package.scope.names.values():
            if type(obj) is Var:
                mod.define_global(obj, constants.get(obj))
        return dynamic

    def _initialiser(self, dynamic: list[Initializer]) -> None:
        """``PATH.init``."""
        symbol = quote(f"{self.package.path}.init")
        statements: list[ast.Stmt] = [_assignment(init) for init in dynamic]
        statements += [_call(fn) for fn in self.init_calls]
        if not statements:
            self.mod.emit(f"define dso_local void {symbol}() {self.mod.attrs} {{\n  ret void\n}}\n")
            return
        pos = statements[0].pos
        body = ast.Block(pos, pos, statements, pos)
        name = ast.Ident(pos, pos, "init")
        decl = ast.FuncDecl(pos, pos, name, None, ast.FuncType(pos, pos, [], [], []), body)
        sig = Signature(Tuple([]), Tuple([]))
        decl.obj = Func("init", sig, self.package, pos)
        self._lower(decl, self.package, symbol, sig, None)

    def _entry(self, init_paths: Sequence[str]) -> None:
        """``gotk.entry``: every package's initialiser, then main.main."""
        mod = self.mod
        lines = [f"define dso_local void @gotk.entry() {mod.attrs_noinline} {{"]
        for path in init_paths:
            symbol = mod.declare(quote(f"{path}.init"), f"declare dso_local void {quote(f'{path}.init')}() nounwind")
            lines.append(f"  call void {symbol}()")
        lines.append(f"  call void {quote(f'{self.package.path}.init')}()")
        main = quote(f"{self.package.path}.main")
        # Not inlined: it is the last line of every trace of the main goroutine.
        lines += [f"  call void {main}() noinline", "  ret void", "}\n"]
        mod.emit("\n".join(lines))


def _ident(obj: Var | Func, pos: int) -> ast.Ident:
    ident = ast.Ident(pos, pos, obj.name)
    ident.obj = obj
    ident.type = obj.type
    ident.mode = "value" if isinstance(obj, Func) else "var"
    return ident


def _assignment(init: Initializer) -> ast.Stmt:
    rhs: ast.Expr = init.rhs
    pos = init.lhs[0].pos or rhs.pos
    lhs: list[ast.Expr] = [_ident(var, pos) for var in init.lhs]
    return ast.AssignStmt(pos, rhs.end, lhs, pos, "=", [rhs])


def _call(fn: Func) -> ast.Stmt:
    pos = fn.pos
    call = ast.CallExpr(pos, pos, _ident(fn, pos), pos, [], 0, pos)
    call.kind = "call"
    call.mode = "novalue"
    call.type = Tuple([])
    return ast.ExprStmt(pos, pos, call)
