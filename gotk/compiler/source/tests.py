# SPDX-License-Identifier: BSD-3-Clause
"""Tests and benchmarks in a cell: ``func TestX(t *testing.T)``, ``func BenchmarkX(b *testing.B)``, found as ``go test`` finds them, and the
main function that runs them. Real Go and our own package testing take it from there (golib/src/gotk/internal/celltest).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gotk.compiler.source.tree import Node, field_names, text_of
from gotk.compiler.source.values import quote

__all__ = ["CELLTEST_IMPORT", "find_tests", "test_main"]

_ALIAS = "gotk__test"
CELLTEST_IMPORT = f'import {_ALIAS} "gotk/internal/celltest"'

_NAME = re.compile(r"(Test|Benchmark)(?![^\W\d_A-Z]|[a-z])")
_PARAMETER = re.compile(r"\(\s*(?:\w+\s+)?\*\s*(\w+)\s*\.\s*([TB])\s*,?\s*\)")
_KINDS = {"Test": "T", "Benchmark": "B"}


def find_tests(nodes: Sequence[Node], imports: Mapping[str, str]) -> list[str]:
    """Names of the test and benchmark functions among these declarations, in their order. `imports`: the cell's, name -> path."""
    found: list[str] = []
    for node in nodes:
        if node.type != "function_declaration" or node.child_by_field_name("result") is not None:
            continue
        name = field_names(node)[0]
        kind = _NAME.match(name)
        parameters = node.child_by_field_name("parameters")
        if kind is None or name == "TestMain" or parameters is None:
            continue
        parameter = _PARAMETER.fullmatch(text_of(parameters))
        if parameter is None or parameter[2] != _KINDS[kind[1]]:
            continue
        if imports.get(parameter[1], parameter[1]) == "testing":
            found.append(name)
    return found


def test_main(names: Sequence[str]) -> str:
    """``func main`` on one line."""

    def entries(prefix: str) -> str:
        return ", ".join(f"{{{quote(n)}, {n}}}" for n in names if n.startswith(prefix))

    tests, benchmarks = entries("Test"), entries("Benchmark")
    return f"func main() {{ {_ALIAS}.Main([]{_ALIAS}.Test{{{tests}}}, []{_ALIAS}.Benchmark{{{benchmarks}}}) }}"
