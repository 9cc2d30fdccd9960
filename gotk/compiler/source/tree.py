# SPDX-License-Identifier: BSD-3-Clause
"""The tree-sitter parser for Go, and the few questions that cells ask of its trees."""

from __future__ import annotations

from functools import lru_cache

import tree_sitter
import tree_sitter_go
from tree_sitter import Node

__all__ = ["Node", "field_names", "parse_tree", "text_of"]


@lru_cache(maxsize=1)
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_go.language()))


def parse_tree(source: bytes) -> Node:
    """Root (``source_file``) of the tree of `source`. Never fails: what it cannot read are ERROR
    nodes.
    """
    return _parser().parse(source).root_node


def text_of(node: Node) -> str:
    """Source text of a node."""
    return (node.text or b"").decode(errors="replace")


def field_names(node: Node, field: str = "name") -> list[str]:
    """Texts of all children under `field`."""
    return [text_of(child) for child in node.children_by_field_name(field) if child.is_named]
