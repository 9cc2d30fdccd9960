# SPDX-License-Identifier: BSD-3-Clause
"""Escape analysis: which variables and allocations of a function may live in its frame.

Goroutine stacks never move (they are segmented), so a pointer into a frame stays valid as long as the frame does.
"""

from __future__ import annotations

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Var


class EscapeInfo:
    """Answers for one function declaration and the FuncLits in it. Without analysis: whatever could escape does."""

    __slots__ = ("_stack_sites", "_stack_vars")

    def __init__(self, stack_vars: set[int] | None = None, stack_sites: set[int] | None = None) -> None:
        self._stack_vars = stack_vars or set()
        self._stack_sites = stack_sites or set()

    def var_on_heap(self, var: Var) -> bool:
        """Whether `var` needs a heap cell: its address is taken or it is captured by reference, and that may outlive the frame."""
        if not (var.addr_taken or (var.captured and var.reassigned)):
            return False
        return id(var) not in self._stack_vars

    def site_on_stack(self, node: ast.Node) -> bool:
        """Whether what the expression `node` allocates (``&T{}``, ``new``, ``make``, a slice literal, a FuncLit's closure, the array of
        variadic arguments, the box of a conversion to an interface) does not outlive the frame."""
        return id(node) in self._stack_sites


def analyse(func: ast.FuncDecl) -> EscapeInfo:
    """Escape information of one function."""
    return EscapeInfo()
