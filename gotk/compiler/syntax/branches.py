# SPDX-License-Identifier: BSD-3-Clause
"""Labels and branches of one function body (Go spec, "Labeled statements" … "Fallthrough statements"): errors, and `BranchStmt.target`.

This needs no types, so the parser runs it on each body, function literals on their own. Its errors do not stop the type checker, as syntax
errors do: the Go compiler shows both.
"""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.position import pos_col, pos_line

Report = Callable[[int, int, str], None]
_LOOPS = (ast.ForStmt, ast.RangeStmt)
_SWITCHES = (ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt)


def check_branches(body: ast.Block, filename: str, report: Report) -> None:
    """Resolve all branches in `body`; ``report(start, end, message)`` is called for each error."""
    _Branches(filename, report).function(body)


class _Label:
    __slots__ = ("block", "stmt", "used")

    def __init__(self, stmt: ast.LabeledStmt, block: _Block) -> None:
        self.stmt, self.block, self.used = stmt, block, False


class _Block:
    """A block: where it starts, its labels, and the labelled statement whose body it is, if any."""

    __slots__ = ("labels", "parent", "start", "stmt")

    def __init__(self, parent: _Block | None, start: int, stmt: ast.LabeledStmt | None) -> None:
        self.parent, self.start, self.stmt = parent, start, stmt
        self.labels: dict[str, _Label] = {}


class _Scope:
    """What unlabelled branches refer to; ``last``: 0 in no clause of a switch, 1 in one that is not the last, 2 in the last."""

    __slots__ = ("breaks", "continues", "last")

    def __init__(self, breaks: ast.Stmt | None, continues: ast.Stmt | None, last: int = 0) -> None:
        self.breaks, self.continues, self.last = breaks, continues, last


class _Branches:
    def __init__(self, filename: str, report: Report) -> None:
        self.filename, self.report = filename, report
        self.labels: dict[str, _Label] = {}

    def function(self, body: ast.Block) -> None:
        for jump in self.block(None, body.pos, None, body.stmts, _Scope(None, None)):
            assert jump.label is not None
            name = jump.label.name
            label = self.labels.get(name)
            if label is None:
                self.report(jump.label.pos, jump.label.end, f"label {name} not defined")
            else:
                label.used = True
                self.report(jump.label.pos, jump.label.end, f"goto {name} jumps into block starting at {self.where(label.block.start)}")
        for name, label in self.labels.items():
            if not label.used:
                at = label.stmt.label
                self.report(at.pos, at.end, f"label {name} defined and not used")

    def where(self, pos: int) -> str:
        return f"{self.filename}:{pos_line(pos)}:{pos_col(pos)}"

    def block(self, parent: _Block | None, start: int, labelled: ast.LabeledStmt | None, stmts: list[ast.Stmt], scope: _Scope) -> list[ast.BranchStmt]:
        """Check one statement list; returns the forward jumps that are not resolved in it."""
        block = _Block(parent, start, labelled)
        forward: list[ast.BranchStmt] = []
        # The jumps that skip a variable's declaration if their label comes now, and that declaration.
        skipping: list[ast.BranchStmt] = []
        declared = ""

        def inner(body: list[ast.Stmt], at: int, inside: _Scope) -> None:
            forward.extend(self.block(block, at, here, body, inside))

        final = len(stmts) - 1
        while final > 0 and type(stmts[final]) is ast.EmptyStmt:
            final -= 1
        for index, s in enumerate(stmts):
            here: ast.LabeledStmt | None = None
            while type(s) is ast.LabeledStmt:
                here = s if self.declare(s, block, forward, skipping, declared) else None
                s = s.stmt
            k = type(s)
            if k is ast.DeclStmt:
                decl = s.decl  # type: ignore[attr-defined]
                if type(decl) is ast.GenDecl and decl.tok == "var" and decl.specs:
                    first = decl.specs[0]
                    skipping = list(forward)
                    if type(first) is ast.VarSpec:
                        declared = f"{first.names[0].name} at {self.where(first.names[0].pos)}"
            elif k is ast.AssignStmt:
                if s.op == ":=":  # type: ignore[attr-defined]
                    skipping = list(forward)
                    names = ", ".join(e.name if type(e) is ast.Ident else "_" for e in s.lhs)  # type: ignore[attr-defined]
                    declared = f"{names} at {self.where(s.op_pos)}"  # type: ignore[attr-defined]
            elif k is ast.BranchStmt:
                self.branch(s, block, scope, forward, index == final)  # type: ignore[arg-type]
            elif k is ast.Block:
                inner(s.stmts, s.pos, _Scope(scope.breaks, scope.continues))  # type: ignore[attr-defined]
            elif k is ast.IfStmt:
                inner(s.then.stmts, s.then.pos, _Scope(scope.breaks, scope.continues))  # type: ignore[attr-defined]
                if s.els is not None:  # type: ignore[attr-defined]
                    inner([s.els], s.els.pos, _Scope(scope.breaks, scope.continues))  # type: ignore[attr-defined]
            elif k is ast.ForStmt or k is ast.RangeStmt:
                inner(s.body.stmts, s.body.pos, _Scope(s, s))  # type: ignore[attr-defined]
            elif k in _SWITCHES:
                cases = s.cases  # type: ignore[attr-defined]
                for i, clause in enumerate(cases):
                    inner(clause.body, clause.pos, _Scope(s, scope.continues, 2 if i == len(cases) - 1 else 1))
        return forward

    def declare(self, s: ast.LabeledStmt, block: _Block, forward: list[ast.BranchStmt], skipping: list[ast.BranchStmt], declared: str) -> bool:
        """Enter a label and resolve the jumps to it; False if there is one of that name already."""
        name = s.label.name
        if name == "_":
            return True
        other = self.labels.get(name)
        if other is not None:
            self.report(s.label.pos, s.label.end, f"label {name} already defined at {self.where(other.stmt.pos)}")
            return False
        label = self.labels[name] = block.labels[name] = _Label(s, block)
        rest: list[ast.BranchStmt] = []
        for jump in forward:
            assert jump.label is not None
            if jump.label.name != name:
                rest.append(jump)
                continue
            label.used = True
            jump.target = s
            if jump in skipping:
                self.report(jump.label.pos, jump.label.end, f"goto {name} jumps over declaration of {declared}")
        forward[:] = rest
        return True

    def branch(self, s: ast.BranchStmt, block: _Block, scope: _Scope, forward: list[ast.BranchStmt], last: bool) -> None:
        tok = s.tok
        if s.label is None:
            self.unlabelled(s, scope, last)
            return
        name = s.label.name
        b: _Block | None = block
        if tok == "goto":
            while b is not None:
                label = b.labels.get(name)
                if label is not None:
                    label.used = True
                    s.target = label.stmt
                    return
                b = b.parent
            forward.append(s)  # perhaps defined later
            return
        while b is not None and (b.stmt is None or b.stmt.label.name != name):
            b = b.parent
        if b is None:
            known = self.labels.get(name)
            if known is not None:
                known.used = True
                self.report(s.label.pos, s.label.end, f"invalid {tok} label {name}")
            else:
                self.report(s.label.pos, s.label.end, f"{tok} label not defined: {name}")
            return
        assert b.stmt is not None
        label = self.labels.get(name)
        if label is not None:
            label.used = True
        stmt = b.stmt.stmt
        if isinstance(stmt, _LOOPS) or (tok == "break" and isinstance(stmt, _SWITCHES)):
            s.target = stmt
        else:
            self.report(s.label.pos, s.label.end, f"invalid {tok} label {name}")

    def unlabelled(self, s: ast.BranchStmt, scope: _Scope, last: bool) -> None:
        if s.tok == "break":
            s.target = scope.breaks
            if scope.breaks is None:
                self.report(s.pos, s.end, "break is not in a loop, switch, or select")
        elif s.tok == "continue":
            s.target = scope.continues
            if scope.continues is None:
                self.report(s.pos, s.end, "continue is not in a loop")
        elif s.tok == "fallthrough":
            switch = scope.breaks
            if isinstance(switch, ast.TypeSwitchStmt):
                self.report(s.pos, s.end, "cannot fallthrough in type switch")
            elif not isinstance(switch, ast.SwitchStmt) or not scope.last or not last:
                self.report(s.pos, s.end, "fallthrough statement out of place")
            elif scope.last == 2:
                self.report(s.pos, s.end, "cannot fallthrough final case in switch")
