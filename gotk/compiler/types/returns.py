# SPDX-License-Identifier: BSD-3-Clause
"""Terminating statements (Go spec, "Terminating statements"): whether control can reach the end of a function."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class ReturnMixin:
    def is_terminating(self: Checker, s: ast.Stmt | None, label: str = "") -> bool:
        k = type(s)
        if k is ast.ReturnStmt:
            return True
        if k is ast.ExprStmt:
            call = s.x  # type: ignore[union-attr]
            while type(call) is ast.ParenExpr:
                call = call.x
            return id(call) in self.env.panics
        if k is ast.BranchStmt:
            return s.tok in ("goto", "fallthrough")  # type: ignore[union-attr]
        if k is ast.Block:
            return self.is_terminating_list(s.stmts)  # type: ignore[union-attr]
        if k is ast.IfStmt:
            return s.els is not None and self.is_terminating(s.then) and self.is_terminating(s.els)  # type: ignore[union-attr]
        if k is ast.LabeledStmt:
            return self.is_terminating(s.stmt, s.label.name)  # type: ignore[union-attr]
        if k is ast.ForStmt:
            return s.cond is None and not has_break(s.body, label, True)  # type: ignore[union-attr]
        if k is ast.SwitchStmt or k is ast.TypeSwitchStmt:
            default = False
            for clause in s.cases:  # type: ignore[union-attr]
                if clause.exprs is None:
                    default = True
                if not self.is_terminating_list(clause.body) or has_break_list(clause.body, label, True):
                    return False
            return default
        if k is ast.SelectStmt:
            return all(
                self.is_terminating_list(clause.body) and not has_break_list(clause.body, label, True)
                for clause in s.cases  # type: ignore[union-attr]
            )
        return False

    def is_terminating_list(self: Checker, stmts: list[ast.Stmt]) -> bool:
        for s in reversed(stmts):
            if type(s) is ast.EmptyStmt:
                continue
            return self.is_terminating(s)
        return False


def has_break_list(stmts: list[ast.Stmt], label: str, implicit: bool) -> bool:
    return any(has_break(s, label, implicit) for s in stmts)


def has_break(s: ast.Stmt | None, label: str, implicit: bool) -> bool:
    """Whether `s` has a break out of the statement labelled `label` (or, with `implicit`, an unlabelled one that refers to it)."""
    k = type(s)
    if k is ast.BranchStmt:
        if s.tok != "break":  # type: ignore[union-attr]
            return False
        if s.label is None:  # type: ignore[union-attr]
            return implicit
        return s.label.name == label  # type: ignore[union-attr]
    if k is ast.Block:
        return has_break_list(s.stmts, label, implicit)  # type: ignore[union-attr]
    if k is ast.IfStmt:
        return has_break(s.then, label, implicit) or (s.els is not None and has_break(s.els, label, implicit))  # type: ignore[union-attr]
    if k is ast.LabeledStmt:
        return has_break(s.stmt, label, implicit)  # type: ignore[union-attr]
    if k in (ast.SwitchStmt, ast.TypeSwitchStmt, ast.SelectStmt):
        return bool(label) and any(has_break_list(c.body, label, False) for c in s.cases)  # type: ignore[union-attr]
    if k is ast.ForStmt or k is ast.RangeStmt:
        return bool(label) and has_break(s.body, label, False)  # type: ignore[union-attr]
    return False
