# SPDX-License-Identifier: BSD-3-Clause
"""Tests, benchmarks and examples in a cell: ``func TestX(t *testing.T)``, ``func BenchmarkX(b *testing.B)``, ``func ExampleX()`` with a comment
``// Output:`` at its end, found as ``go test`` finds them, and the main function that runs them. Real Go and our own package testing take it
from there (golib/src/gotk/internal/celltest).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gotk.compiler.source.tree import Node, field_names, text_of
from gotk.compiler.source.values import quote

__all__ = ["CELLTEST_IMPORT", "GoTest", "find_tests", "test_main"]

_ALIAS = "gotk__test"
CELLTEST_IMPORT = f'import {_ALIAS} "gotk/internal/celltest"'

_NAME = re.compile(r"(Test|Benchmark|Example)(?![^\W\d_A-Z]|[a-z])")
_PARAMETER = re.compile(r"\(\s*(?:\w+\s+)?\*\s*(\w+)\s*\.\s*([TB])\s*,?\s*\)")
_KINDS = {"Test": "T", "Benchmark": "B"}


# The comment that ends a function, and what it begins with.
_LAST_COMMENT = re.compile(r"((?:^[ \t]*//[^\n]*\n)+)\s*\}\s*\Z", re.M)
_OUTPUT = re.compile(r"\s*(unordered )?output:", re.I)


@dataclass(frozen=True)
class GoTest:
    """``kind`` is Test, Benchmark or Example; ``output`` is what an example should print, ``unordered`` if its lines may come in any order."""

    kind: str
    name: str
    output: str = ""
    unordered: bool = False


def find_tests(nodes: Sequence[Node], imports: Mapping[str, str]) -> list[GoTest]:
    """The functions among these declarations that ``go test`` would run, in their order. `imports`: the cell's, name -> path."""
    found: list[GoTest] = []
    for node in nodes:
        if node.type != "function_declaration" or node.child_by_field_name("result") is not None:
            continue
        name = field_names(node)[0]
        kind = _NAME.match(name)
        parameters = node.child_by_field_name("parameters")
        if kind is None or name == "TestMain" or parameters is None:
            continue
        if kind[1] == "Example":
            example = _example(node, name, text_of(parameters))
            if example is not None:
                found.append(example)
            continue
        parameter = _PARAMETER.fullmatch(text_of(parameters))
        if parameter is None or parameter[2] != _KINDS[kind[1]]:
            continue
        if imports.get(parameter[1], parameter[1]) == "testing":
            found.append(GoTest(kind[1], name))
    return found


def _example(node: Node, name: str, parameters: str) -> GoTest | None:
    """An example, None if it does not say what it should print."""
    comment = _LAST_COMMENT.search(text_of(node))
    if comment is None or parameters.strip("() \t\n"):
        return None
    lines = [line.strip().removeprefix("//").removeprefix(" ") for line in comment[1].splitlines()]
    text = "\n".join(lines)
    head = _OUTPUT.match(text)
    if head is None:
        return None
    return GoTest("Example", name, text[head.end() :].strip(), head[1] is not None)


def test_main(tests: Sequence[GoTest]) -> str:
    """``func main`` on one line."""

    def entries(kind: str) -> str:
        return ", ".join(f"{{{quote(t.name)}, {t.name}}}" for t in tests if t.kind == kind)

    examples = ", ".join(
        f"{{{quote(t.name)}, {t.name}, {quote(t.output)}, {str(t.unordered).lower()}}}" for t in tests if t.kind == "Example"
    )
    return (
        f"func main() {{ {_ALIAS}.Main([]{_ALIAS}.Test{{{entries('Test')}}}, []{_ALIAS}.Benchmark{{{entries('Benchmark')}}}, "
        f"[]{_ALIAS}.Example{{{examples}}}) }}"
    )
