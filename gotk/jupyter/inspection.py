# SPDX-License-Identifier: BSD-3-Clause
"""Shift-Tab in ``%%go`` cells: signature and comment of the name under the cursor.

A front end's inspect request goes to the kernel's `do_inspect`, which hands IPython a single name without the cell around it. So the kernel's method is
wrapped: a request about a ``%%go`` cell is answered here, any other goes on as before. A shell without a kernel (the terminal) has no such request;
``%go_doc`` answers there, as it does everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gotk.assist import inspect
from gotk.jupyter.completion import context_of, go_cell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["install_inspection", "remove_inspection"]

_MARK = "_gotk_original"


def install_inspection(shell: InteractiveShell) -> None:
    kernel = getattr(shell, "kernel", None)
    if kernel is None or hasattr(kernel.do_inspect, _MARK):
        return
    original = kernel.do_inspect

    def do_inspect(code: str, cursor_pos: int, *args: Any, **kwargs: Any) -> Any:
        cell = go_cell(code, cursor_pos)
        if cell is None or cell.offset < 0:
            return original(code, cursor_pos, *args, **kwargs)
        text = inspect(cell.body, cell.offset, context_of(cell.line, shell.user_ns))
        data = {} if text is None else {"text/plain": text}
        return {"status": "ok", "data": data, "metadata": {}, "found": text is not None}

    setattr(do_inspect, _MARK, original)
    kernel.do_inspect = do_inspect


def remove_inspection(shell: InteractiveShell) -> None:
    kernel = getattr(shell, "kernel", None)
    if kernel is not None and hasattr(kernel.do_inspect, _MARK):
        del kernel.do_inspect  # the instance's attribute: the class's method is back
