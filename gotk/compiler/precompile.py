# SPDX-License-Identifier: BSD-3-Clause
"""Compiles all of golib: ``python -m gotk.compiler.precompile [PATH…]``, into the user's cache, or with ``--into`` a folder. The wheel's build does the
latter (gotk/native/CMakeLists.txt), so an installation has its packages compiled; what is missing is compiled when it is first imported.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gotk.compiler import packages
from gotk.compiler.llvm import cache


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
    parser.add_argument("--into", metavar="FOLDER", help="where the entries go, instead of the user's cache")
    parser.add_argument("--try", action="store_true", dest="forgive", help="succeed in any case: an installation without compiled packages is slower at first, nothing else")
    options = parser.parse_args(argv)
    if options.into:
        os.environ["GOTK_CACHE_DIR"] = options.into
        cache.SHIPPED = None
        cache.cache_dir.cache_clear()
    try:
        paths = precompile(options.paths, verbose=not options.quiet)
    except Exception as error:
        if not options.forgive:
            raise
        print(f"gotk: golib was not compiled ahead: {error}", file=sys.stderr)
        return 0
    finally:
        if options.into:
            with contextlib.suppress(OSError):
                shutil.rmtree(Path(options.into) / "index")  # names this folder's files
    if options.into:
        return 0
    for path in paths:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
