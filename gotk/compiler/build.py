# SPDX-License-Identifier: BSD-3-Clause
"""From Go source to what a run loads: `build_program`.

``python -m gotk.compiler.build prog.go`` prints the objects in the order in which they are loaded; ``--emit ir`` (or ``llvm``, optimised,
or ``assembly``) shows what the program becomes.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gotk.compiler import packages
from gotk.compiler.instances import Unit, make_units
from gotk.compiler.llvm import cache, client
from gotk.compiler.lower.module.package import Lowered, lower_package
from gotk.compiler.lower.module.sharing import Sharing
from gotk.compiler.lower.module.split import split
from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax.parser import parse, stops_checking
from gotk.compiler.types.checker import check_package
from gotk.compiler.types.model import Func, Package
from gotk.diagnostics import Diagnostic
from gotk.errors import CompileError

#: builds kept in memory, so that running an unchanged cell again costs a lookup
_REMEMBERED = 64


@dataclass(slots=True)
class Executable:
    """A built program.

    ``objects``: paths of ELF objects in dependency order, the program's own last; ``package``: the checked package main; ``timings``: what each
    step took, in ns (``syntax_ns``, ``check_ns``, ``lower_ns``, ``llvm_ns`` and its steps in the first host; ``cached`` is 1 if the object was there already).
    """

    objects: list[str]
    package: Package
    timings: dict[str, int] = field(default_factory=dict)


_lock = threading.Lock()
_built: OrderedDict[str, Executable] = OrderedDict()


def build_program(files: Sequence[tuple[str, bytes]]) -> Executable:
    """Compile package main of these files (name, text); names are what errors and traces show.

    Raises `CompileError` with all diagnostics, in order of position."""
    key = cache.digest(*(part for name, text in files for part in (name, text)))
    with _lock:
        found = _built.get(key)
        if found is not None and all(cache.is_cached(Path(o)) for o in found.objects):
            _built.move_to_end(key)
            return found
    executable = _build(files)
    with _lock:
        _built[key] = executable
        while len(_built) > _REMEMBERED:
            _built.popitem(last=False)
    return executable


def prestart() -> None:
    """Start the LLVM host and load runtime ahead of the first program."""
    client.shared().prestart()
    packages.shared().importer("runtime")


def _build(files: Sequence[tuple[str, bytes]]) -> Executable:
    timings: dict[str, int] = {}
    package, lowered, order, units = _lower_program(files, timings)
    started = time.perf_counter_ns()
    hosts = client.shared()
    texts = split(lowered.ir, hosts.size)
    paths = [cache.object_path(text) for text in texts]
    missing = [(t, str(p)) for t, p in zip(texts, paths, strict=True) if not cache.is_cached(p)]
    timings["cached"] = int(not missing)
    if missing:
        others = [hosts.submit_object(text, path) for text, path in missing[1:]]
        timings |= hosts.compile_object(*missing[0])
        for other in others:
            other.result()
    objects = packages.shared().objects(order)
    objects += [unit.wait() for unit in units]
    timings["llvm_ns"] = time.perf_counter_ns() - started
    return Executable([*objects, *map(str, paths)], package, timings)


def compile_program(files: Sequence[tuple[str, bytes]]) -> tuple[Package, str, list[str]]:
    """Checked package, IR text of its own module, and the import paths of what it needs, in order of initialisation. Raises `CompileError`."""
    package, lowered, order, _ = _lower_program(files, {})
    return package, lowered.ir, order


def _lower_program(
    files: Sequence[tuple[str, bytes]], timings: dict[str, int]
) -> tuple[Package, Lowered, list[str], list[Unit]]:
    """As `compile_program`; and the objects of the instances that it shares with other programs."""
    library = packages.shared()
    diagnostics: list[Diagnostic] = []
    t0 = time.perf_counter_ns()
    trees = []
    for i, (name, text) in enumerate(files):
        tree, errors = parse(text, name, i)
        trees.append(tree)
        diagnostics += errors
    t1 = time.perf_counter_ns()
    timings["syntax_ns"] = t1 - t0
    if stops_checking(diagnostics):
        _stop_on(diagnostics, files)
    with deep_recursion():
        package = check_package("main", trees, library.importer, diagnostics=diagnostics)
        t2 = time.perf_counter_ns()
        timings["check_ns"] = t2 - t1
        if not diagnostics:
            _check_main(package, trees, diagnostics)
        _stop_on(diagnostics, files)
        imports = [spec.path_value for tree in trees for spec in tree.imports]
        order = library.order(imports)
        sharing = Sharing(library.instances_of(order).__contains__, units=True)
        lowered = lower_package(
            package, library.runtime, diagnostics, foreign=library.summary, init_paths=order, sharing=sharing
        )
        _stop_on(diagnostics, files)
        units = make_units(sharing.wanted, library, diagnostics)
    timings["lower_ns"] = time.perf_counter_ns() - t2
    _stop_on(diagnostics, files)
    return package, lowered, order, units


def _check_main(package: Package, trees: Sequence, diagnostics: list[Diagnostic]) -> None:
    if not isinstance(package.scope.names.get("main"), Func):
        diagnostics.append(
            Diagnostic(
                trees[0].name if trees else "main",
                0,
                0,
                message="function main is undeclared in the main package",
                code="MissingMain",
            )
        )


def _stop_on(diagnostics: list[Diagnostic], files: Sequence[tuple[str, bytes]]) -> None:
    if diagnostics:
        source = files[0][1].decode(errors="replace") if len(files) == 1 else None
        raise CompileError(diagnostics, source)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gotk.compiler.build", description=__doc__)
    parser.add_argument("files", nargs="+", help="Go files of package main")
    parser.add_argument("--emit", choices=["ir", "llvm", "assembly"], help="show the program's code instead")
    parser.add_argument("-o", "--output", help="write the list of objects, or the code, to this file")
    parser.add_argument("--timings", action="store_true", help="show how long each step took")
    options = parser.parse_args(argv)
    files = [(name, Path(name).read_bytes()) for name in options.files]
    try:
        if options.emit:
            text = compile_program(files)[1]
            if options.emit != "ir":
                op = {"llvm": "ir", "assembly": "assembly"}[options.emit]
                text = client.shared().compile_text(text, op).decode()
            timings: dict[str, int] = {}
        else:
            executable = build_program(files)
            text = "".join(f"{path}\n" for path in executable.objects)
            timings = executable.timings
    except CompileError as error:
        print(error, file=sys.stderr)
        return 1
    if options.output:
        Path(options.output).write_text(text)
    else:
        sys.stdout.write(text)
    if options.timings:
        for name, value in timings.items():
            print(f"{name:14} {value / 1e6:9.3f} ms" if name.endswith("_ns") else f"{name:14} {value}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
