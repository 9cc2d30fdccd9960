# SPDX-License-Identifier: BSD-3-Clause
"""gotk: a concurrency research toolkit inside the Jupyter kernel.

Go source runs on gotk's own M:N scheduler, one to one on OS threads, or on the real Go toolchain,
and comes back as DataFrames::

    import gotk
    run = gotk.Program('fmt.Println("hello")').run(runtime="gotk")
    run.output, run.metrics

In a notebook, ``%load_ext gotk`` adds ``%%go``. Importing gotk loads neither pandas, seaborn nor
IPython: names are resolved when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gotk.comparison import compare, compare_table
    from gotk.cpus import cpu_limits, gomaxprocs
    from gotk.diagnostics import Diagnostic
    from gotk.errors import (
        CompileError,
        GoExit,
        GoFatal,
        GoPanic,
        GotkError,
        InternalError,
        RunError,
        RunTimeout,
        RuntimeUnavailable,
        UsageError,
    )
    from gotk.jupyter.lab import lab
    from gotk.plots import comparison_figure, sweep_figure
    from gotk.program import Program, load
    from gotk.run import Run, last_run
    from gotk.saved import snippets
    from gotk.sweeps import sweep

__version__ = "0.1.0"

# Public name -> module that has it.
_EXPORTS = {
    "CompileError": "errors",
    "Diagnostic": "diagnostics",
    "GoExit": "errors",
    "GoFatal": "errors",
    "GoPanic": "errors",
    "GotkError": "errors",
    "InternalError": "errors",
    "Program": "program",
    "Run": "run",
    "RunError": "errors",
    "RunTimeout": "errors",
    "RuntimeUnavailable": "errors",
    "UsageError": "errors",
    "compare": "comparison",
    "sweep_figure": "plots",
    "comparison_figure": "plots",
    "compare_table": "comparison",
    "cpu_limits": "cpus",
    "gomaxprocs": "cpus",
    "lab": "jupyter.lab",
    "last_run": "run",
    "load": "program",
    "snippets": "saved",
    "sweep": "sweeps",
}

__all__ = [
    "CompileError",
    "Diagnostic",
    "GoExit",
    "GoFatal",
    "GoPanic",
    "GotkError",
    "InternalError",
    "Program",
    "Run",
    "RunError",
    "RunTimeout",
    "RuntimeUnavailable",
    "UsageError",
    "__version__",
    "compare",
    "compare_table",
    "comparison_figure",
    "cpu_limits",
    "gomaxprocs",
    "lab",
    "last_run",
    "load",
    "load_ipython_extension",
    "snippets",
    "sweep",
    "sweep_figure",
    "unload_ipython_extension",
]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'gotk' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"gotk.{_EXPORTS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_EXPORTS})


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext gotk``: add the magics."""
    from gotk.jupyter import load_ipython_extension as load_extension

    load_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext gotk``."""
    from gotk.jupyter import unload_ipython_extension as unload_extension

    unload_extension(shell)
