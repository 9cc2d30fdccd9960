# SPDX-License-Identifier: BSD-3-Clause
"""``%%go`` and ``%gomaxprocs`` in a real InteractiveShell, on the runtime that needs nothing of ours (go) unless a test says more."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import gotk
from gotk.runtimes.go import find_go

pytestmark = pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])")


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "gotk")
    yield shell
    shell.run_line_magic("unload_ext", "gotk")
    InteractiveShell.clear_instance()


def run(shell: InteractiveShell, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[bool, str]:
    capsys.readouterr()
    result = shell.run_cell(text)
    captured = capsys.readouterr()
    return bool(result.success), captured.out + captured.err


def test_statements_inputs_outputs_and_parameters(shell, capsys) -> None:
    shell.user_ns.update(xs=[1.0, 2.5], k=2.0)
    ok, text = run(
        shell,
        "%%go -r go -i xs,k -o ys --set n=7 --name R\nvar n = 5\nvar ys []float64\n"
        'for _, x := range xs {\n\tys = append(ys, x*float64(n)*k)\n}\nfmt.Println("n is", n)\n',
        capsys,
    )
    assert ok and "n is 7" in text and "GOMAXPROCS=" in text
    np.testing.assert_array_equal(shell.user_ns["ys"], [14.0, 35.0])
    assert isinstance(shell.user_ns["R"], gotk.Run) and gotk.last_run() is shell.user_ns["R"]


def test_standard_input_from_a_variable(shell, capsys) -> None:
    shell.user_ns["text"] = "3 4"
    ok, text = run(shell, "%%go -r go --stdin text -q\nvar a, b int\nfmt.Scan(&a, &b)\nfmt.Println(a * b)\n", capsys)
    assert ok and text == "12\n"


def test_compile_error_shows_line_and_caret_without_traceback(shell, capsys) -> None:
    ok, text = run(shell, '%%go -r go\nx := 1\nfmt.Println("a")\n', capsys)
    assert not ok
    assert "declared and not used: x" in text and "^" in text and "Traceback" not in text


def test_panic_is_shown_once_and_the_cell_fails(shell, capsys) -> None:
    ok, text = run(shell, '%%go -r go\nfmt.Println("before")\nvar m map[string]int\nm["x"] = 1\n', capsys)
    assert not ok and "before" in text
    assert text.count("goroutine 1 [running]") == 1 and "Traceback" not in text


def test_no_raise_error_lets_the_cell_succeed(shell, capsys) -> None:
    ok, text = run(shell, '%%go -r go --no-raise-error\npanic("boom")\n', capsys)
    assert ok and "panic: boom" in text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--bogus", "unrecognized arguments: --bogus; %%go? lists the options"),
        ("--race", "no race detector here"),
        ("--set s='two words'", "quote a setting with spaces as a whole"),
        ("-i missing", "no variable of that name"),
        ("--stdin missing", "--stdin missing: there is no variable of that name"),
        ("--stdin shell", "stdin is the text or the bytes"),
        ("--gomaxprocs 0", "between 1 and"),
        ("--gomaxprocs many", "whole number or auto"),
        ("--runtime java", "the runtimes are gotk, threads, go"),
        ("--set n", "NAME=VALUE"),
        ("--set q=1", "q"),
        ("--timeout -1", "timeout"),
        ("--memory-limit lots", "memory_limit"),
        ("--name 1x", "not a Python name"),
    ],
)
def test_wrong_options_say_what_to_do(shell, capsys, line: str, expected: str) -> None:
    shell.user_ns["shell"] = shell
    ok, text = run(shell, f"%%go -r go {line}\nvar n = 1\nfmt.Println(n)\n", capsys)
    assert not ok and expected in text and "Traceback" not in text


def test_input_without_a_go_type(shell, capsys) -> None:
    shell.user_ns["thing"] = object()
    ok, text = run(shell, "%%go -r go -i thing\nfmt.Println(thing)\n", capsys)
    assert not ok and "thing" in text and "Traceback" not in text


def test_gomaxprocs_magic(shell, capsys) -> None:
    ok, text = run(shell, "%gomaxprocs 3", capsys)
    assert ok and "GOMAXPROCS = 3" in text and "affinity" in text
    ok, text = run(shell, "%%go -r go\nfmt.Println(runtime.GOMAXPROCS(0))\n", capsys)
    assert ok and text.startswith("3\n")
    ok, text = run(shell, "%gomaxprocs auto", capsys)
    assert ok and f"GOMAXPROCS = {gotk.cpu_limits().default_procs}" in text
    for wrong in ("0", "-1", "x"):
        ok, text = run(shell, f"%gomaxprocs {wrong}", capsys)
        assert not ok and "Traceback" not in text


def test_much_output_is_bounded_in_the_cell_and_kept_on_the_run(shell, capsys) -> None:
    ok, text = run(
        shell,
        '%%go -r go --name BIG\nline := strings.Repeat("x", 99) + "\\n"\nfor range 10_000 {\n\tfmt.Print(line)\n}\n',
        capsys,
    )
    assert ok and "not shown here" in text and len(text) < 300_000
    assert len(shell.user_ns["BIG"].output) == 1_000_000


def test_options_complete(shell) -> None:
    from gotk.jupyter.completion import complete_go_line

    assert complete_go_line(" --ru", "", []) == ["--runtime"]
    assert complete_go_line(" --runtime t", "", []) == ["threads"]
    assert complete_go_line(" -i al", "", ["alpha", "beta"]) == ["alpha"]
    assert complete_go_line(" -i alpha,be", "", ["alpha", "beta"]) == ["alpha,beta"]
    assert complete_go_line(" -o ", "var out []int\n", []) == ["out"]
    _, matches = shell.complete("--gom", "%%go --gom\n", 10)
    assert "--gomaxprocs" in matches


def test_help_lists_the_options(shell, capsys) -> None:
    ok, text = run(shell, "%%go --help\nfmt.Println()\n", capsys)
    assert ok and "--memory-limit" in text and "--no-raise-error" in text


def test_background_run_ends_and_hands_its_outputs_over(shell, capsys) -> None:
    ok, _ = run(
        shell,
        "%%go -r go --bg --name BG -o total\nvar total int\nfor i := range 10 {\n\ttotal += i\n}\ntime.Sleep(50 * time.Millisecond)\n",
        capsys,
    )
    assert ok
    background = shell.user_ns["BG"]
    background.wait(30)
    assert background.done and background.outputs["total"] == 45
    for thread in threading.enumerate():  # its display is not to show up in the next test's output
        if thread.name.startswith("gotk-follow-"):
            thread.join(30)


SNIPPET = '%%go --save stack -q\ntype Stack struct{ items []int }\n\nfunc (s *Stack) Push(n int) { s.items = append(s.items, n) }\n\nfunc size(s Stack) int { return len(s.items) }\n'


def test_a_saved_cell_is_used_by_a_later_one(shell, capsys) -> None:
    ok, text = run(shell, SNIPPET, capsys)
    assert ok and text == ""
    use = "%%go -q --with stack\nvar s Stack\ns.Push(4)\nfmt.Println(s, size(s))\n"
    assert run(shell, use, capsys) == (True, "{[4]} 1\n")
    assert run(shell, use.replace("-q", "-q -r go"), capsys) == (True, "{[4]} 1\n")
    assert run(shell, use.replace("-q", "-q -r threads"), capsys) == (True, "{[4]} 1\n")


def test_saving_again_replaces_and_a_cell_that_does_not_compile_is_not_saved(shell, capsys) -> None:
    run(shell, SNIPPET, capsys)
    ok, text = run(shell, "%%go --save stack\nfunc size(n int) int { return \"no\" }\n", capsys)
    assert not ok and "cannot use" in text
    assert "type Stack" in gotk.snippets["stack"]
    ok, text = run(shell, "%%go --save stack\nfunc size() int { return 7 }\n", capsys)
    assert ok and text == "replaced stack: size\n"
    assert run(shell, "%%go -q --with stack\nfmt.Println(size())\n", capsys) == (True, "7\n")


def test_a_cell_with_statements_is_run_and_saved(shell, capsys) -> None:
    ok, text = run(shell, "%%go --save twice -q\nfunc twice(n int) int { return 2 * n }\nfmt.Println(twice(4))\n", capsys)
    assert (ok, text) == (True, "8\n")
    assert run(shell, "%%go -q -w twice\nfmt.Println(twice(5))\n", capsys) == (True, "10\n")
    ok, text = run(shell, "%%go --save four -w twice -q\nfunc four(n int) int { return twice(twice(n)) }\n", capsys)
    assert ok, text
    assert run(shell, "%%go -q --with four\nfmt.Println(four(1))\n", capsys) == (True, "4\n")


def test_errors_name_the_snippet(shell, capsys) -> None:
    run(shell, SNIPPET, capsys)
    ok, text = run(shell, "%%go --with stack\ntype Stack struct{}\n_ = Stack{}\n", capsys)
    assert not ok and "stack.go:3:" in text and "s.items undefined" in text and "3 | func (s *Stack) Push" in text


def test_bad_snippet_arguments(shell, capsys) -> None:
    for line, message in [
        ("--with nowhere", "there is no snippet 'nowhere'"),
        ("--save 1x", "cannot be a snippet's name"),
        ("--save empty", "declares nothing"),
    ]:
        ok, text = run(shell, f"%%go {line}\nfmt.Println(1)\n", capsys)
        assert not ok and message in text and "Traceback" not in text


def test_saved_snippets_are_listed_shown_and_removed(shell, capsys) -> None:
    gotk.snippets.clear()
    run(shell, SNIPPET, capsys)
    assert run(shell, "%go_saved", capsys) == (True, "stack  Stack, Stack.Push, size\n")
    assert "type Stack struct" in run(shell, "%go_saved stack", capsys)[1]
    assert run(shell, "%go_saved --remove stack", capsys)[1].startswith("no snippets are saved")
    ok, text = run(shell, "%go_saved --remove stack", capsys)
    assert not ok and "no snippet 'stack'" in text


def test_an_unchanged_cell_is_not_compiled_again(shell, capsys) -> None:
    from gotk.compiler import build

    text = "%%go -q\npanic(\"in a cell of this name\")\n"
    _, first = run(shell, text, capsys)
    builds = dict(build._built)
    _, other = run(shell, text.replace("this", "another"), capsys)
    added = set(build._built) - set(builds)
    _, again = run(shell, text, capsys)
    assert set(build._built) - set(builds) == added, "nothing was built for the cell that was there before"
    names = [re.search(r"cell\d+\.go", shown)[0] for shown in (first, other, again)]  # type: ignore[index]
    assert names[0] == names[2] != names[1]


def test_go_is_completed_without_a_kernel_too(shell) -> None:
    from IPython.core.completer import provisionalcompleter

    text = "%%go\nvar b strings.Builder\nb.WriteS"
    with provisionalcompleter():
        found = list(shell.Completer.completions(text, len(text)))
    assert [(text[: c.start] + c.text)[-13:] for c in found] == ["b.WriteString"]


def test_go_doc(shell, capsys) -> None:
    assert run(shell, "%go_doc strings.ToUpper", capsys)[1].startswith("func ToUpper(s string) string\n")
    ok, text = run(shell, "%go_doc no.such", capsys)
    assert not ok and "nothing is known of no.such" in text


def test_a_setting_with_spaces_is_quoted_as_a_whole(shell, capsys) -> None:
    ok, text = run(shell, '%%go -r go -q --set "s=two words" --set "n=3,t=a b"\nvar s, t, n = "", "", 1\nfmt.Println(s, n, t)\n', capsys)
    assert ok and text == "two words 3 a b\n"


def test_a_background_cell_that_does_not_compile_leaves_no_display(shell, capsys) -> None:
    ok, text = run(shell, "%%go -r go --bg\nx := := 1\n", capsys)
    assert not ok and "syntax error" in text and "HTML" not in text


def test_a_removed_snippet_that_another_needs_is_named(shell, capsys) -> None:
    run(shell, "%%go -r go --save base\nfunc one() int { return 1 }\n", capsys)
    run(shell, "%%go -r go --save upper --with base\nfunc two() int { return one() + one() }\n", capsys)
    run(shell, "%go_saved --remove base", capsys)
    ok, text = run(shell, "%%go -r go --with upper\nfmt.Println(two())\n", capsys)
    assert not ok and "snippet 'upper' needs 'base', which is not saved any more" in text
    run(shell, "%go_saved --clear", capsys)


def test_a_timedelta_is_a_duration_and_brings_its_import(shell, capsys) -> None:
    import datetime

    shell.user_ns["pause"] = datetime.timedelta(seconds=1.5)
    for body in ("fmt.Println(pause)", 'fmt.Println(pause, time.Second)', 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(pause) }'):
        ok, text = run(shell, f"%%go -r go -q -i pause\n{body}\n", capsys)
        assert ok and text.startswith("1.5s"), text


@pytest.mark.parametrize("runtime", ["gotk", "go"])
def test_a_cell_of_declarations_only_is_told_how_to_keep_them(shell, capsys, runtime: str) -> None:
    ok, text = run(shell, f"%%go -r {runtime}\nfunc one() int {{ return 1 }}\n", capsys)
    assert not ok and "function main is undeclared" in text and "hint: %%go --save NAME" in text
    ok, text = run(shell, f"%%go -r {runtime}\nx := 1\n", capsys)
    assert not ok and "declared and not used" in text and "--save" not in text
