# SPDX-License-Identifier: BSD-3-Clause
"""`build_program`: objects that fit together, errors that are complete, and builds that are not done twice."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gotk.compiler import packages, sources
from gotk.compiler.build import build_program, compile_program
from gotk.compiler.lower.module.runtime import runtime_entries
from gotk.errors import CompileError

_spec = importlib.util.spec_from_file_location("elf", Path(__file__).with_name("elf.py"))
assert _spec is not None and _spec.loader is not None
elf = importlib.util.module_from_spec(_spec)
sys.modules["elf"] = elf
_spec.loader.exec_module(elf)

HELLO = b'package main\n\nimport "errors"\n\nvar err = errors.New("x")\n\nfunc main() {\n\tprintln(err.Error())\n}\n'

#: what the loader itself provides besides the entries of runtime.def
_LOADER = re.compile(r"gotk_go_\w+|__morestack\w*|mem(cpy|move|set|cmp)|bcmp|_GLOBAL_OFFSET_TABLE_")


def test_objects_end_with_the_program() -> None:
    built = build_program([("hello.go", HELLO)])
    assert built.package.name == "main"
    names = [{s.name for s in elf.symbols(Path(o).read_bytes()) if s.defined} for o in built.objects]
    assert "gotk.entry" in names[-1]
    assert "main.main" in names[-1]
    assert "runtime.init" in names[0]
    assert any("errors.New" in n for n in names)


def test_every_symbol_is_defined_once_and_somewhere() -> None:
    """What the loader will do, for all of golib at once."""
    library = packages.shared()
    order = library.order(sorted(library.index))
    built = build_program([("hello.go", HELLO)])
    defined: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for path in dict.fromkeys([*library.objects(order), *built.objects]):
        for s in elf.symbols(Path(path).read_bytes()):
            if not s.defined:
                wanted[s.name] = path
            elif s.binding == "global":
                assert s.name not in defined, f"{s.name} is defined twice"
                defined[s.name] = path
            elif s.binding == "weak":
                defined.setdefault(s.name, path)
    missing = {name for name in wanted if name not in defined and not _LOADER.fullmatch(name)}
    assert not missing
    natives = {n.removeprefix("gotk_go_") for n in wanted if n.startswith("gotk_go_")}
    assert natives <= set(runtime_entries()), "natives that runtime.def does not have"


def test_unchanged_source_costs_nothing() -> None:
    first = build_program([("hello.go", HELLO)])
    started = time.perf_counter()
    again = build_program([("hello.go", HELLO)])
    assert again is first
    assert time.perf_counter() - started < 0.05


def test_object_is_found_on_disk() -> None:
    text = HELLO.replace(b'"x"', b'"on disk"')
    assert build_program([("one.go", text)]).objects[-1] == build_program([("one.go", text + b"\n")]).objects[-1]


def test_syntax_errors_are_collected() -> None:
    with pytest.raises(CompileError) as caught:
        build_program([("bad.go", b"package main\n\nfunc main() {\n\tx := \n}\n\nfunc f( {\n}\n")])
    assert len(caught.value.diagnostics) >= 2
    assert all(d.file == "bad.go" for d in caught.value.diagnostics)


def test_type_errors_are_collected() -> None:
    with pytest.raises(CompileError) as caught:
        build_program([("bad.go", b'package main\n\nfunc main() {\n\tvar x int = "a"\n\ty := 1\n}\n')])
    messages = [d.message for d in caught.value.diagnostics]
    assert any("cannot use" in m for m in messages)
    assert any("declared and not used: y" in m for m in messages)


def test_missing_main() -> None:
    with pytest.raises(CompileError, match="function main is undeclared in the main package"):
        build_program([("lib.go", b"package main\n\nfunc f() {}\n")])


def test_unknown_package_names_the_way_out() -> None:
    with pytest.raises(CompileError) as caught:
        build_program([("net.go", b'package main\n\nimport "net/nowhere"\n\nfunc main() { nowhere.Go() }\n')])
    (diagnostic, *_) = caught.value.diagnostics
    assert (diagnostic.line, "net/nowhere" in diagnostic.message) == (3, True)
    assert "--runtime go" in diagnostic.hint


def test_ir_is_deterministic() -> None:
    """The object cache lives on it."""
    assert compile_program([("hello.go", HELLO)])[1] == compile_program([("hello.go", HELLO)])[1]


def test_ir_is_the_same_in_another_process(tmp_path: Path) -> None:
    source = tmp_path / "hello.go"
    source.write_bytes(HELLO)
    here = compile_program([(str(source), HELLO)])[1]
    command = [sys.executable, "-m", "gotk.compiler.build", "--emit", "ir", str(source)]
    there = subprocess.run(command, capture_output=True, text=True, check=True, cwd=sources.GOTK_ROOT.parent)
    assert there.stdout == here


def test_command_shows_errors(tmp_path: Path) -> None:
    source = tmp_path / "bad.go"
    source.write_text("package main\n\nfunc main() { undefined() }\n")
    command = [sys.executable, "-m", "gotk.compiler.build", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=sources.GOTK_ROOT.parent)
    assert done.returncode == 1
    assert "undefined: undefined" in done.stderr
