# SPDX-License-Identifier: BSD-3-Clause
"""What is declared where: the generator's own symbol table."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .gotypes import Interface, Method, Type


@dataclass
class Var:
    name: str
    type: Type
    settable: bool = True


@dataclass
class Function:
    """A package-level function without effects other than prints."""

    name: str
    params: tuple[Type, ...]
    result: Type
    cost: int = 1  # statements that a call runs, about


@dataclass
class Context:
    """One program under construction. All names it declares at package level carry its number."""

    rng: random.Random
    number: int
    lines: list[str] = field(default_factory=list)
    indent: int = 0
    scopes: list[list[Var]] = field(default_factory=lambda: [[]])
    types: list[Type] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    methods: dict[Type, list[Method]] = field(default_factory=dict)
    interfaces: list[Interface] = field(default_factory=list)
    generics: list[str] = field(default_factory=list)  # functions func[T integers](a, b T) T
    serial: int = 0
    loops: list[str] = field(default_factory=list)  # labels of the loops around, "" for none
    budget: int = 13  # statements still to be written
    pure: bool = False  # in a function that expressions call: nothing but locals may change
    mutators: dict[Type, tuple[str, tuple[Type, ...]]] = field(default_factory=dict)
    spent: int = 0  # statements run so far, about
    repeats: int = 1  # how often the innermost statement runs: bounds the running time

    def fresh(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    def top(self, prefix: str) -> str:
        """A package-level name."""
        self.serial += 1
        return f"{prefix}{self.number}_{self.serial}"

    def emit(self, line: str) -> None:
        self.lines.append("\t" * self.indent + line)

    @contextmanager
    def block(self, head: str, foot: str = "}") -> Iterator[None]:
        """``head {`` … ``}`` with a scope of its own."""
        self.emit(head + " {")
        self.indent += 1
        self.scopes.append([])
        yield
        self.scopes.pop()
        self.indent -= 1
        self.emit(foot)

    def declare(self, name: str, t: Type, *, settable: bool = True) -> Var:
        var = Var(name, t, settable)
        self.scopes[-1].append(var)
        return var

    def variables(self, t: Type | None = None, *, settable: bool = False) -> list[Var]:
        return [
            v for scope in self.scopes for v in scope
            if (t is None or v.type == t) and (v.settable or not settable)
        ]  # fmt: skip

    def chance(self, p: float) -> bool:
        return self.rng.random() < p
