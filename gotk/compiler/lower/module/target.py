# SPDX-License-Identifier: BSD-3-Clause
"""The machines that code is made for: triple and data layout at the top of each module, so that LLVM lays structs out as layout.py does."""

from __future__ import annotations

import platform

_TARGETS = {
    "x86_64": (
        "x86_64-unknown-linux-gnu",
        "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128",
    ),
    "aarch64": (
        "aarch64-unknown-linux-gnu",
        "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32",
    ),
}


def module_header(name: str) -> str:
    """First lines of a module's text for this machine."""
    machine = platform.machine()
    triple, layout = _TARGETS["aarch64" if machine in ("aarch64", "arm64") else "x86_64"]
    return (
        f'source_filename = "{name}"\n'
        f'target datalayout = "{layout}"\n'
        f'target triple = "{triple}"\n'
    )
