# SPDX-License-Identifier: BSD-3-Clause
"""The tables by which lowering finds the function for a node: each construct's file registers its own when it is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from gotk.compiler.lower.function.core import Fn
    from gotk.compiler.types.model import Type

#: value of an expression: (fn, node) -> operand
VALUE: dict[type, Callable[[Fn, Any], str]] = {}
#: address of an addressable expression: (fn, node) -> pointer operand
ADDR: dict[type, Callable[[Fn, Any], str]] = {}
#: truth value as i1: (fn, node) -> operand
BIT: dict[type, Callable[[Fn, Any], str]] = {}
#: several values of a call or comma-ok form: (fn, node) -> [(operand, type)]
MULTI: dict[type, Callable[[Fn, Any], list[tuple[str, Type]]]] = {}
#: statements: (fn, node) -> None
STMT: dict[type, Callable[[Fn, Any], None]] = {}
#: builtin functions by name: (fn, call) -> operand ("" if none)
BUILTIN: dict[str, Callable[[Fn, Any], str]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def lowers(table: dict[Any, Any], *keys: Any) -> Callable[[F], F]:
    """Decorator: register the function in `table` under `keys`."""

    def register(function: F) -> F:
        for key in keys:
            table[key] = function
        return function

    return register
