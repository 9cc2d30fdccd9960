# SPDX-License-Identifier: BSD-3-Clause
"""The machines that code is made for, and the one place that chooses: this machine, or the one that ``$GOTK_TARGET`` names (``aarch64``,
``x86_64``), for which objects can be made anywhere, to be loaded by a ``gotk-run`` of that machine.

Triple and data layout stand at the top of each module, so that LLVM lays structs out as layout.py does.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """``goarch``: Go's name; ``stack_check``: attributes of functions that run on a goroutine's stack (LLVM has split stacks on x86-64; elsewhere
    stacks end in a guard page, which a large frame must not skip); ``frame_words``: size of ``gotk__frame`` (native/src/asm_offsets.h); ``baseline``:
    the CPU that code is made for when this is not the machine at hand; ``float_register``: LLVM's inline assembly letter."""

    name: str
    goarch: str
    triple: str
    layout: str
    stack_check: str
    frame_words: int
    baseline: str
    float_register: str


TARGETS = {
    "x86_64": Target(
        "x86_64",
        "amd64",
        "x86_64-unknown-linux-gnu",
        "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128",
        '"split-stack"',
        18,
        "x86-64",
        "x",
    ),
    "aarch64": Target(
        "aarch64",
        "arm64",
        "aarch64-unknown-linux-gnu",
        "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32",
        '"probe-stack"="inline-asm" "stack-probe-size"="4096"',
        29,
        "generic",
        "w",
    ),
}


def host_name() -> str:
    """This machine, by the names of `TARGETS`."""
    return "aarch64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def is_cross() -> bool:
    """Whether code is made for another kind of machine than this one."""
    return target().name != host_name()


def target() -> Target:
    """The machine that code is made for. KeyError if ``$GOTK_TARGET`` names none."""
    return TARGETS[os.environ.get("GOTK_TARGET") or host_name()]


def module_header(name: str) -> str:
    """First lines of a module's text for the target."""
    t = target()
    return (
        f'source_filename = "{name}"\n'
        f'target datalayout = "{t.layout}"\n'
        f'target triple = "{t.triple}"\n'
    )
