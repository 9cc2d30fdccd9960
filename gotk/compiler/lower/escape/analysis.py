# SPDX-License-Identifier: BSD-3-Clause
"""Runs the analysis over the functions of a package, callees first."""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.lower.escape.flows import FlowBuilder
from gotk.compiler.lower.escape.summary import Summary
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Func, Signature, Var

#: Summary of a function of another package, or None.
Foreign = Callable[[Func], Summary | None]


class EscapeInfo:
    """Answers for one function declaration and the FuncLits in it."""

    __slots__ = ("_boxes", "_sites", "_vars")

    def __init__(self, variables: set[int], sites: set[int], boxes: set[int]) -> None:
        """Ids of the variables, allocating nodes and boxed expressions that stay in the frame."""
        self._vars, self._sites, self._boxes = variables, sites, boxes

    def var_on_heap(self, var: Var) -> bool:
        """Whether `var` needs a heap cell: something may refer to it, and longer than its frame or its iteration lives."""
        if not (var.addr_taken or (var.captured and (var.reassigned or var.is_result))):
            return False
        return id(var) not in self._vars

    def site_on_stack(self, node: ast.Node) -> bool:
        """Whether what `node` allocates does not outlive the frame: ``&T{}`` (the UnaryExpr), ``new`` and ``make`` with constant size (the CallExpr), a
        slice literal, a FuncLit's closure, a method value's closure (the SelectorExpr), the array of a call's variadic arguments (the CallExpr),
        a deferred call's closure (the DeferStmt),
        the bytes of a concatenation (the BinaryExpr) or of a conversion between string and []byte (the CallExpr). The memory may be one slot of the frame, even in a loop."""
        return id(node) in self._sites

    def box_on_stack(self, expr: ast.Expr) -> bool:
        """Whether the box that holds the value of `expr` in an interface does not outlive the frame."""
        return id(expr) in self._boxes


_NOTHING = EscapeInfo(set(), set(), set())


class Analysis:
    """The analyses of one package's functions, made on demand."""

    def __init__(self, foreign: Foreign | None = None, package: str = "") -> None:
        """`package`: path of the package whose functions are analysed; others' are asked of `foreign`."""
        self._foreign, self._package = foreign, package
        self._infos: dict[int, tuple[ast.FuncDecl, EscapeInfo, Summary | None]] = {}
        self._active: set[int] = set()

    def info(self, decl: ast.FuncDecl) -> EscapeInfo:
        """What stays in the frame of this function."""
        return self._get(decl)[0]

    def summary(self, fn: Func) -> Summary | None:
        """How the parameters of `fn` leak; None if nothing is known (then all of them do)."""
        fn = fn.origin
        if self._is_foreign(fn):
            return self._foreign(fn)  # type: ignore[misc]
        decl = fn.decl
        if decl is None:
            return None
        if decl.body is None:
            return _bodyless(fn, decl)
        if id(decl) in self._active:
            return None  # recursion: assume the worst
        return self._get(decl)[1]

    def _is_foreign(self, fn: Func) -> bool:
        """A plain function of another package; generic ones and natives are there with their syntax."""
        if self._foreign is None or fn.pkg is None or fn.pkg.path == self._package:
            return False
        sig = fn.type
        if isinstance(sig, Signature) and (sig.tparams or sig.recv_tparams):
            return False
        decl = fn.decl
        return decl is None or decl.body is not None

    def _get(self, decl: ast.FuncDecl) -> tuple[EscapeInfo, Summary | None]:
        found = self._infos.get(id(decl))
        if found is None:
            if decl.body is None or decl.obj is None or id(decl) in self._active:
                return _NOTHING, None
            self._active.add(id(decl))
            try:
                info, summary = self._analyse(decl)
            finally:
                self._active.discard(id(decl))
            found = self._infos[id(decl)] = (decl, info, summary)
        return found[1], found[2]

    def _analyse(self, decl: ast.FuncDecl) -> tuple[EscapeInfo, Summary | None]:
        builder = FlowBuilder(decl, self.summary)
        if not builder.build():
            return _NOTHING, None
        builder.graph.solve()
        info = EscapeInfo(
            {id(var) for var, at in builder.variables.items() if not at.escapes},
            {id(node) for node, at in builder.sites.items() if not at.escapes},
            {id(node) for node, at in builder.boxes.items() if not at.escapes},
        )
        return info, Summary([p.leaks or {} for p in builder.params])


def _bodyless(fn: Func, decl: ast.FuncDecl) -> Summary | None:
    """LLVM's intrinsics keep nothing, atomics keep what they store, natives everything unless marked ``//gotk:noescape``."""
    sig = fn.type
    assert isinstance(sig, Signature)
    count = len(sig.params.vars)
    for line in decl.directives:
        if line == "gotk:noescape" or line.startswith("gotk:intrinsic llvm."):
            return Summary([{} for _ in range(count)])
        if line.startswith("gotk:intrinsic atomic."):
            return Summary([{}, *({-1: 0} for _ in range(count - 1))])
    return None
