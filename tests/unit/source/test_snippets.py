# SPDX-License-Identifier: BSD-3-Clause
"""Snippets: declarations of one text used by another, on our runtimes and on real Go."""

from __future__ import annotations

import pickle

import pytest

import gotk
from gotk.compiler.source import Cell, Snippet
from gotk.errors import CompileError, GoPanic, UsageError
from gotk.runtimes.go import find_go
from gotk.saved import Snippets

RUNTIMES = ["gotk", "threads", pytest.param("go", marks=pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain"))]

QUEUE = """// A queue of ints.
import (
	"errors"
	"time"
)

type Queue struct{ items []int }

func (q *Queue) Push(n int) { q.items = append(q.items, n) }

func (q *Queue) Pop() (int, error) {
	if len(q.items) == 0 {
		return 0, errors.New("empty")
	}
	n := q.items[0]
	q.items = q.items[1:]
	return n, nil
}

var capacity = 10

func main() {
	start := time.Now()
	fmt.Println("only in its own cell", time.Since(start))
}
"""


def files(source: str, *snippets: tuple[str, str], **options) -> dict[str, str]:
    cell = Cell(source, snippets=[Snippet(*s) for s in snippets])
    return {made.name: made.text.decode() for made in cell.make(**options).files}


def test_a_snippet_keeps_its_lines_and_loses_its_main() -> None:
    text = files("fmt.Println(capacity)", ("queue", QUEUE))["queue.go"]
    lines, before = text.split("\n"), QUEUE.split("\n")
    for number, line in enumerate(before):
        if line.startswith(("func (q", "type", "var", "\tn :=")):
            assert lines[number] == line
    assert "func main" not in text and "only in" not in text
    assert '_ "time"' in text and '_ "errors"' not in text, "an import that is no longer needed is no error"


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_declarations_of_a_snippet(runtime: str) -> None:
    source = "q := Queue{}\nq.Push(capacity)\nfmt.Println(q.Pop())\n_, err := q.Pop()\nfmt.Println(err)\n"
    run = gotk.Program(source, with_={"queue": QUEUE}).run(runtime)
    assert run.stdout == "10 <nil>\nempty\n"


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_what_the_cell_declares_replaces_the_snippets(runtime: str) -> None:
    lib = "const (\n\ta = iota\n\tb\n\tc\n)\nvar x, y = 1, 2\nfunc f() string { return \"lib\" }\nfunc g() string { return f() }\ntype T struct{ n int }\nfunc (t T) String() string { return \"lib T\" }\n"
    source = 'const b = 100\nvar x = 7\nfunc f() string { return "cell" }\nfunc (t T) String() string { return "cell T" }\nfunc main() { fmt.Println(a, b, c, x, y, g(), T{1}) }\n'
    run = gotk.Program(source, with_={"lib": lib}).run(runtime)
    assert run.stdout == "0 100 2 7 2 cell cell T\n"


def test_a_later_snippet_replaces_an_earlier_ones() -> None:
    run = gotk.Program("fmt.Println(f(), g())", with_={"one": "func f() int { return 1 }\nfunc g() int { return 10 }", "two": "func f() int { return 2 }"}).run()
    assert run.stdout == "2 10\n"


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_errors_point_into_the_snippet(runtime: str) -> None:
    lib = "func ok() {}\n\nfunc bad() int {\n\treturn \"text\"\n}\n"
    with pytest.raises(CompileError) as caught:
        gotk.Program("ok()\nmissing()\n", "mine.go", with_={"lib": lib}).check(runtime)
    places = {(d.file, d.line) for d in caught.value.diagnostics}
    assert places == {("lib.go", 4), ("mine.go", 2)}
    assert '4 | \treturn "text"' in str(caught.value) and "2 | missing()" in str(caught.value)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_panic_names_the_snippets_line(runtime: str) -> None:
    lib = "x := 1\n_ = x\n\n//go:noinline\nfunc fail(n int) int {\n\tvar s []int\n\treturn s[n]\n}\n"
    run = gotk.Program("fmt.Println(fail(3))\n", "mine.go", with_={"lib": lib}).run(runtime, check=False)
    assert isinstance(run.error, GoPanic)
    frames = [(f.function, f.file.rsplit("/", 1)[-1], f.line) for f in run.error.goroutines[0].frames if f.function.startswith("main.")]
    assert frames == [("main.fail", "lib.go", 7), ("main.main", "mine.go", 1)]


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_variables_of_a_snippet_are_parameters_and_outputs(runtime: str) -> None:
    program = gotk.Program("total = n * len(xs)\n", with_={"lib": "var n = 2\nvar total int\nvar xs []int\n"})
    assert set(program.variables) == {"n", "total", "xs"}
    run = program.run(runtime, params={"n": 5}, inputs={"xs": [1, 2, 3]}, outputs=["total"])
    assert run.outputs == {"total": 15}


def test_statements_whole_files_and_one_line_texts_serve_as_snippets() -> None:
    statements = "x := 1; func inc(n int) int { return n + 1 }; fmt.Println(x)\nfunc dec(n int) int { return n - 1 }\n"
    whole = 'package main\n\nimport "strings"\n\nfunc loud(s string) string { return strings.ToUpper(s) }\n\nfunc main() {}\n'
    run = gotk.Program('fmt.Println(inc(1), dec(1), loud("a"), two, three)', with_={"a": statements, "b": whole, "c": "var two = 2; var three = 3"}).run()
    assert run.stdout == "2 0 A 2 3\n"


def test_os_exit_in_a_snippet_still_writes_the_outputs() -> None:
    run = gotk.Program("var n = 1\nn = 2\nstop()\n", with_={"lib": "func stop() { os.Exit(3) }"}).run(outputs=["n"], check=False)
    assert (run.exit_code, run.outputs) == (3, {"n": 2})


def test_programs_with_snippets_travel() -> None:
    cell = Cell("fmt.Println(f())", "p.go", [Snippet("lib", "func f() int { return 4 }")])
    assert pickle.loads(pickle.dumps(cell)).make().files == cell.make().files


def test_the_collection() -> None:
    saved = Snippets()
    saved["a"] = "func f() {}"
    saved.save("b", "func g() { f() }", needs=["a"])
    assert [s.name for s in saved.closure(["b"])] == ["a", "b"]
    saved["a"] = "func f() { println(1) }"
    assert saved.closure(["b"])[0].source == "func f() { println(1) }", "what it needs is taken as it is now"
    assert repr(saved) == "a  f\nb  g  [with a]"
    for bad in ("1a", "", "a b", "cell3", "é"):
        with pytest.raises(UsageError, match="cannot be a snippet's name"):
            saved[bad] = ""
    with pytest.raises(UsageError, match="there is no snippet 'zz' \\(saved: a, b\\)"):
        saved.closure(["zz"])
    del saved["a"]
    with pytest.raises(UsageError, match="snippet 'b' needs 'a', which is not saved any more"):
        saved.closure(["b"])


def test_with_is_a_list() -> None:
    with pytest.raises(UsageError, match="with_ is a list"):
        gotk.Program("", with_="queue")
