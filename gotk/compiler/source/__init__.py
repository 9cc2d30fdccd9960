# SPDX-License-Identifier: BSD-3-Clause
"""From a cell's text to a Go file: shapes, missing imports, parameters, inputs, outputs, and
positions back.

Needs only tree-sitter; knows nothing of the compiler behind it nor of the runtimes, all of which
get the same file.
"""

from gotk.compiler.source.cells import Cell, MadeProgram, PackageVar
from gotk.compiler.source.snippets import Snippet
from gotk.compiler.source.text import MadeText

__all__ = ["Cell", "MadeProgram", "MadeText", "PackageVar", "Snippet"]
