# SPDX-License-Identifier: BSD-3-Clause
"""Compiles all of golib into the cache: ``python -m gotk.compiler.precompile [PATH…]``. Run once after an installation, or not at all: what is
missing is compiled when it is first imported."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from gotk.compiler import packages


def precompile(paths: Sequence[str] = (), *, verbose: bool = False) -> list[str]:
    """Object files of these packages (all of golib if none is named) and of what they need."""
    library = packages.shared()
    order = library.order(paths or sorted(library.index))
    for path in order:
        started = time.perf_counter()
        library.importer(path)
        if verbose:
            print(f"{path:30} {(time.perf_counter() - started) * 1000:8.1f} ms", file=sys.stderr)
    return library.objects(order)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gotk.compiler.precompile", description=__doc__)
    parser.add_argument("paths", nargs="*", help="import paths (default: all packages)")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but the objects' paths")
    options = parser.parse_args(argv)
    for path in precompile(options.paths, verbose=not options.quiet):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
