# SPDX-License-Identifier: BSD-3-Clause
"""Large modules cut in two, and instances that programs share."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import gotk
from gotk.compiler import build, packages
from gotk.compiler.build import build_program, compile_program
from gotk.compiler.llvm import cache, client
from gotk.compiler.lower.module import split as splitting

PROGRAM = b"""package main

import "fmt"

var counter = []int{1, 2, 3}

type shape interface{ area() int }

type square struct{ side int }

func (s square) area() int { return s.side * s.side }

func bump(n int) int {
	counter[0] += n
	return counter[0]
}

func apply(f func(int) int, n int) int { return f(n) }

func first() (total int) {
	defer func() { total += bump(1) }()
	for i := range 3 {
		total += apply(func(x int) int { return x + i }, i)
	}
	return total
}

func second() string {
	var s shape = square{3}
	return fmt.Sprint(s.area(), s, counter, bump(5))
}

func main() { fmt.Println(first(), second(), counter) }
"""

_DEFINED = re.compile(r'^define dso_local [^@]*(@"[^"]+"|@[\w.]+)\(', re.M)


def test_small_modules_stay_whole() -> None:
    ir = compile_program([("p.go", PROGRAM)])[1]
    assert splitting.split(ir, 2) == [ir]


def test_a_split_program_is_the_same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gotk.Program(PROGRAM.decode() + "\n// whole\n").run()
    monkeypatch.setattr(splitting, "WORTH_IT", 0)
    ir = compile_program([("p.go", PROGRAM)])[1]
    parts = splitting.split(ir, 2)
    assert len(parts) == 2
    defined = [_DEFINED.findall(part) for part in parts]
    assert not set(defined[0]) & set(defined[1])
    assert set(defined[0]) | set(defined[1]) == set(_DEFINED.findall(ir))
    monkeypatch.setattr(build, "_built", type(build._built)())
    divided = gotk.Program(PROGRAM.decode() + "\n// divided\n").run()
    assert divided.stdout == whole.stdout
    assert whole.stdout == "8 9 {3} [7 2 3] 7 [7 2 3]\n"


def test_traces_of_a_split_program_name_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    source = 'package main\n\nfunc a(n int) {\n\tif n > 2 {\n\t\tpanic("deep")\n\t}\n\ta(n + 1)\n}\n\nfunc main() {\n\ta(0)\n}\n'
    whole = gotk.Program(source, "trace.go").run(check=False)
    monkeypatch.setattr(splitting, "WORTH_IT", 0)
    monkeypatch.setattr(build, "_built", type(build._built)())
    divided = gotk.Program(source, "trace.go").run(check=False)
    lines = [re.findall(r"trace\.go:(\d+)", run.stderr) for run in (whole, divided)]
    assert lines[0] == lines[1] == ["5", "7", "7", "7", "11"]


SORTS = """
s := []string{"b", "a", "c"}
sort.Strings(s)
f := []uint16{3, 1, 2}
slices.Sort(f)
fmt.Println(s, f, %d)
"""


def test_instances_are_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert '@"slices.quickOrdered[string]"' in packages.shared().instances_of(["sort"])
    program = gotk.Program(SORTS % 1)
    assert program.run().stdout == "[a b c] [1 2 3] 1\n"
    ir = compile_program([("p.go", program._cell.make().made.text)])[1]
    for symbol in ("string", "uint16"):
        assert re.search(rf'^declare .*@"slices.quickOrdered\[{symbol}\]"', ir, re.M), symbol
    compiled: list[str] = []
    pool = type(client.shared())
    real = pool.compile_object

    def note(self: client.LLVMPool, ir: str, output: str) -> dict[str, int]:
        compiled.append(ir)
        return real(self, ir, output)

    monkeypatch.setattr(pool, "compile_object", note)
    # Another program with the same instances: LLVM sees its own lines only.
    assert gotk.Program(SORTS % (2 + hash(str(tmp_path)) % 1_000_000)).run().stdout.startswith("[a b c] [1 2 3] ")
    assert [text for text in compiled if '@"slices.quickOrdered[uint16]"' in text and "define weak_odr" in text] == []
    assert len(compiled) == 1


def test_an_instance_is_found_by_its_packages_keys() -> None:
    source = b"package main\n\nimport \"slices\"\n\nfunc main() {\n\tx := []uint8{3, 1}\n\tslices.Sort(x)\n\tprintln(x[0])\n}\n"
    objects = build_program([("u.go", source)]).objects
    notes = [json.loads(p.read_bytes())["object"] for p in (cache.cache_dir() / "instances").rglob("*.json")]
    assert any(str(cache.cache_dir() / note) in objects for note in notes)


def test_an_instance_with_a_type_of_the_program_follows_the_type() -> None:
    template = """
type point struct{ %s int }
p := []point{{3, 1}, {1, 2}, {2, 3}}
slices.SortFunc(p, func(a, b point) int { return a.x - b.x })
fmt.Println(p)
"""
    assert gotk.Program(template % "x, y").run().stdout == "[{1 2} {2 3} {3 1}]\n"
    assert gotk.Program(template % "y, x").run().stdout == "[{3 1} {1 2} {2 3}]\n"
