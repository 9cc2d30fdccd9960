# SPDX-License-Identifier: BSD-3-Clause
"""What an editor asks about Go source that is still being written: what may stand here, and what is this.

`complete` and `inspect` take a cell's text and an offset in it (characters) and answer from the same checker that compiles programs, so what they
say of types is what the compiler will say. Neither raises, whatever the text is. repair.py makes incomplete text readable, query.py asks the checker,
docs.py reads signatures and comments from the sources.
"""

from gotk.assist.completion import Completion, complete
from gotk.assist.inspection import describe, inspect
from gotk.assist.query import Context

__all__ = ["Completion", "Context", "complete", "describe", "inspect"]
