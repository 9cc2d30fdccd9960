# SPDX-License-Identifier: BSD-3-Clause
"""golib's index: imports are read off the text as the parser would, dependencies come first."""

from __future__ import annotations

import pytest

from gotk.compiler import sources
from gotk.compiler.syntax.parser import parse


def test_scan_imports() -> None:
    text = b"""// import "no"
package p /* import "neither" */

import "a"
import ( b "b/c"; . "d" // "e"
	_ `f`
)
import g "g"; import "h"

var x = `
import "not this"
`
"""
    assert sources.scan_imports(text) == {"a", "b/c", "d", "f", "g", "h"}


@pytest.mark.parametrize("path", sorted(sources.find_files(sources.GOLIB_ROOT)))
def test_scan_agrees_with_the_parser(path: str) -> None:
    for file in sources.find_files(sources.GOLIB_ROOT)[path]:
        text = file.read_bytes()
        tree, _ = parse(text, file.name)
        assert sources.scan_imports(text) == {spec.path_value for spec in tree.imports}, file


def test_order() -> None:
    index = sources.load_index()
    for root in index:
        order = sources.dependency_order(index, [root])
        assert order[-1] == root or root in order
        for i, path in enumerate(order):
            assert set(index[path].imports) & set(index) <= set(order[:i]), path
    assert "runtime" in sources.dependency_order(index, [])


def test_keys_differ() -> None:
    index = sources.load_index()
    assert len({p.key for p in index.values()}) == len(index)
