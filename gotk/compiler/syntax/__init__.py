# SPDX-License-Identifier: BSD-3-Clause
"""Go source text to syntax tree: positions, AST nodes, and the parser over tree-sitter-go."""
