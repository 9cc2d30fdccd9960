# SPDX-License-Identifier: BSD-3-Clause
"""gotk in a notebook: ``%load_ext gotk`` brings ``%%go`` and ``%gomaxprocs``. Only this package imports IPython."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["load_ipython_extension", "unload_ipython_extension"]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magics, the completion of their options, and the way gotk's errors are shown."""
    from gotk.jupyter.completion import install_completion
    from gotk.jupyter.errors import install_error_display
    from gotk.jupyter.inspection import install_inspection
    from gotk.jupyter.magics import GoMagics

    shell.register_magics(GoMagics(shell))
    install_error_display()
    install_completion(shell)
    install_inspection(shell)
    from gotk.jupyter.warmup import start_warmup

    start_warmup()


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take everything back; variables of the notebook stay."""
    from gotk.jupyter.completion import remove_completion
    from gotk.jupyter.errors import remove_error_display
    from gotk.jupyter.inspection import remove_inspection

    for kind, name in (("cell", "go"), ("line", "gomaxprocs"), ("line", "go_saved"), ("line", "go_doc")):
        shell.magics_manager.magics[kind].pop(name, None)
    remove_error_display()
    remove_completion(shell)
    remove_inspection(shell)
