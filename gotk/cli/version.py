# SPDX-License-Identifier: BSD-3-Clause
"""``gotk version``: the versions that a bug report needs."""

from __future__ import annotations

import argparse

from gotk.circumstances import machine
from gotk.runtimes.go import go_version

__all__ = ["add_arguments", "execute"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def execute(options: argparse.Namespace) -> int:
    """Print them."""
    known = machine()
    print(f"gotk {known['gotk']}")
    print(f"Python {known['python']}, {known['kernel']}")
    print(f"llvmlite {known['llvmlite'] or 'not installed'}")
    print(go_version() or "no Go toolchain")
    return 0
