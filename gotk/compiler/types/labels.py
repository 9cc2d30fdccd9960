# SPDX-License-Identifier: BSD-3-Clause
"""Labels, goto, break and continue with labels (Go spec, "Labeled statements", "Goto statements"), and the targets of branches."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Label

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

_LOOPS = (ast.ForStmt, ast.RangeStmt)
_BREAKABLE = (ast.ForStmt, ast.RangeStmt, ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt)


class _Block:
    """A block, its labels declared so far, and the labelled statement whose body it is, if any."""

    __slots__ = ("labels", "parent", "stmt")

    def __init__(self, parent: _Block | None, stmt: ast.LabeledStmt | None) -> None:
        self.parent, self.stmt = parent, stmt
        self.labels: dict[str, ast.LabeledStmt] = {}

    def goto_target(self, name: str) -> ast.LabeledStmt | None:
        b: _Block | None = self
        while b is not None:
            s = b.labels.get(name)
            if s is not None:
                return s
            b = b.parent
        return None

    def enclosing(self, name: str) -> ast.LabeledStmt | None:
        b: _Block | None = self
        while b is not None:
            if b.stmt is not None and b.stmt.label.name == name:
                return b.stmt
            b = b.parent
        return None


class LabelMixin:
    def check_labels(self: Checker, body: ast.Block) -> None:
        """Check all labels of a function body; sets `BranchStmt.target` of branches with labels."""
        declared: dict[str, tuple[Label, ast.LabeledStmt]] = {}
        forward = self._label_block(body.stmts, _Block(None, None), declared)
        for jump in forward:
            assert jump.label is not None
            name = jump.label.name
            if name in declared:
                label, _ = declared[name]
                label.used = True
                self.error(jump.label, f"goto {name} jumps into block\n\t{self.where(label.pos)}: other declaration of label {name}" if False else f"goto {name} jumps into block", "JumpIntoBlock")
            else:
                self.error(jump.label, f"label {name} not defined" if False else f"label {name} not declared", "UndeclaredLabel")
        for name, (label, _) in declared.items():
            if not label.used:
                self.error(label, f"label {name} declared and not used", "UnusedLabel")

    def _label_block(
        self: Checker, stmts: list[ast.Stmt], block: _Block, declared: dict[str, tuple[Label, ast.LabeledStmt]]
    ) -> list[ast.BranchStmt]:
        """Check one statement list; returns the forward jumps that are not resolved in it."""
        forward: list[ast.BranchStmt] = []
        # position of a variable declared after a pending forward jump: the jump would skip it
        var_pos = 0
        skipped: list[ast.BranchStmt] = []

        def declare_var(pos: int) -> None:
            nonlocal var_pos, skipped
            var_pos = pos
            skipped = list(forward)

        def inner(body: list[ast.Stmt], stmt: ast.LabeledStmt | None) -> None:
            forward.extend(self._label_block(body, _Block(block, stmt), declared))

        def visit(s: ast.Stmt | None, labelled: ast.LabeledStmt | None = None) -> None:
            k = type(s)
            if k is ast.DeclStmt:
                decl = s.decl  # type: ignore[union-attr]
                if type(decl) is ast.GenDecl and decl.tok == "var":
                    declare_var(decl.pos)
            elif k is ast.AssignStmt:
                if s.op == ":=":  # type: ignore[union-attr]
                    declare_var(s.pos)  # type: ignore[union-attr]
            elif k is ast.LabeledStmt:
                assert isinstance(s, ast.LabeledStmt)
                name = s.label.name
                if name != "_":
                    label = Label(name, None, self.pkg, s.label.pos)
                    s.label.obj = label
                    s.label.is_def = True
                    other = declared.get(name)
                    if other is not None:
                        self.error(s.label, f"label {name} already declared\n\t{self.where(other[0].pos)}: other declaration of {name}", "DuplicateLabel")
                    else:
                        declared[name] = (label, s)
                    block.labels[name] = s
                    rest: list[ast.BranchStmt] = []
                    for jump in forward:
                        assert jump.label is not None
                        if jump.label.name == name:
                            label.used = True
                            jump.target = s
                            jump.label.obj = label
                            if jump in skipped:
                                self.error(jump.label, f"goto {name} jumps over variable declaration at line {self._line(var_pos)}", "JumpOverDecl")
                        else:
                            rest.append(jump)
                    forward[:] = rest
                visit(s.stmt, s)
            elif k is ast.BranchStmt:
                assert isinstance(s, ast.BranchStmt)
                if s.label is not None:
                    self._branch(s, block, declared, forward)
            elif k is ast.Block:
                inner(s.stmts, labelled)  # type: ignore[union-attr]
            elif k is ast.IfStmt:
                inner(s.then.stmts, labelled)  # type: ignore[union-attr]
                if s.els is not None:  # type: ignore[union-attr]
                    visit(s.els)  # type: ignore[union-attr]
            elif k is ast.ForStmt or k is ast.RangeStmt:
                inner(s.body.stmts, labelled)  # type: ignore[union-attr]
            elif k in (ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt):
                outer = _Block(block, labelled)
                for clause in s.cases:  # type: ignore[union-attr]
                    forward.extend(self._label_block(clause.body, _Block(outer, None), declared))

        for s in stmts:
            visit(s)
        return forward

    @staticmethod
    def _line(pos: int) -> int:
        from gotk.compiler.syntax.position import pos_line

        return pos_line(pos)

    def _branch(
        self: Checker,
        s: ast.BranchStmt,
        block: _Block,
        declared: dict[str, tuple[Label, ast.LabeledStmt]],
        forward: list[ast.BranchStmt],
    ) -> None:
        assert s.label is not None
        name = s.label.name
        if s.tok == "goto":
            target = block.goto_target(name)
            if target is None or name not in declared:
                forward.append(s)  # perhaps declared later
                return
            s.target = target
            if isinstance(target.label.obj, Label):
                declared[name][0].used = True
                s.label.obj = declared[name][0]
            return
        target = block.enclosing(name)
        if target is None:
            found = declared.get(name)
            if found is not None or block.goto_target(name) is not None:
                if found is not None:
                    found[0].used = True
                self.error(s.label, f"invalid {s.tok} label {name}", "MisplacedLabel")
            else:
                self.error(s.label, f"{s.tok} label not defined: {name}" if True else "", "UndeclaredLabel")
            return
        if name in declared:
            declared[name][0].used = True
            s.label.obj = declared[name][0]
        stmt = target.stmt
        ok = isinstance(stmt, _LOOPS) if s.tok == "continue" else isinstance(stmt, _BREAKABLE)
        if not ok:
            self.error(s.label, f"invalid {s.tok} label {name}", "MisplacedLabel")
            return
        s.target = stmt
