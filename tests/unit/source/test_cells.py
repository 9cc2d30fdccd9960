# SPDX-License-Identifier: BSD-3-Clause
"""Cells: three shapes, missing imports, parameters, outputs; every made file is judged
by real Go in test_go.py.
"""

from __future__ import annotations

import datetime
import decimal
import pathlib
from typing import Any

import numpy as np
import pytest

from gotk.compiler.source import Cell
from gotk.errors import CompileError, UsageError


def made(source: str, **options: Any) -> str:
    """The made file's text."""
    return Cell(source).make(**options).made.text.decode()


# Shapes.


def test_a_whole_file_is_left_alone() -> None:
    source = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(1) }\n'
    assert made(source) == source


def test_a_whole_file_gets_no_imports() -> None:
    assert "import" not in made("package main\nfunc main() { fmt.Println(1) }\n")


def test_declarations_get_clause_and_imports_on_the_first_line() -> None:
    text = made('func main() {\n\tfmt.Println(strings.ToUpper("a"))\n}\n')
    assert text.startswith('package main; import "fmt"; import "strings"; func main() {\n')
    assert text.count("\n") == 3


def test_statements_get_a_main_around_them_and_keep_their_lines() -> None:
    text = made('import "os"\n\nx := 1\nfmt.Println(x, os.Args) // the end\n')
    lines = text.splitlines()
    assert lines[0] == 'package main; import "fmt"; import "os"'
    assert lines[2] == "func main() { x := 1"
    assert lines[3] == "fmt.Println(x, os.Args) } // the end"


def test_declarations_between_statements_move_behind_main() -> None:
    cell = Cell("x := twice(2)\nfunc twice(n int) int {\n\treturn 2 * n\n}\nprintln(x)\n")
    program = cell.make()
    text = program.made.text.decode()
    assert text.index("println(x) }") < text.index("func twice")
    assert text.splitlines()[4] == "println(x) }"
    moved = text[: text.index("return 2")].count("\n") + 1
    assert program.made.line(moved) == 3


def test_comments_and_directives_move_with_their_function() -> None:
    text = made("x := 1 // one\n// about f\n//go:noinline\nfunc f() {}\nf()\n_ = x\n")
    assert "\n// about f\n//go:noinline\nfunc f() {}" in text
    assert text.splitlines()[0].endswith("x := 1 // one")
    assert text.splitlines()[4] == "f()"


def test_a_directive_on_the_first_line_stays_alone_on_its_line() -> None:
    program = Cell("//go:noinline\nfunc f() {}\nfunc main() { f() }\n").make()
    assert "\n//go:noinline\nfunc f" in program.made.text.decode()
    assert program.made.position(3, 6) == (2, 6)


def test_variables_before_the_first_statement_are_the_packages() -> None:
    cell = Cell("var n = 3\nprintln(n)\nvar m = 4\nprintln(m)\n")
    assert list(cell.variables) == ["n"]
    assert cell.variables["n"].type_text == "int"


def test_a_cell_of_functions_only_is_declarations() -> None:
    assert "func main" not in made("func f() {}\n")


def test_an_empty_cell_is_an_empty_program() -> None:
    for source in ("", "\n", "// nothing\n", 'import "os"\n'):
        assert "func main() {" in made(source)


def test_another_package_is_an_error_at_its_name() -> None:
    with pytest.raises(CompileError) as caught:
        made("// x\npackage tools\n")
    diagnostic = caught.value.diagnostics[0]
    assert (diagnostic.line, diagnostic.col, diagnostic.end_col) == (2, 9, 14)
    assert "package tools is not a main package" in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "sort := 3\nprintln(sort.x)",
        "func main() { f(func(sort T) { sort.Do() }) }\ntype T struct{}\n",
        "for i, strings := range x { strings.y() }",
        "switch time := x.(type) { case T: time.Do() }",
        "type math struct{ X int }\nvar v math\nfunc (m math) f() { m.X = 1 }\nfunc main() {}\n",
        "var fmt logger\nfunc main() { fmt.Println() }\n",
        "select { case sync, ok := <-c: sync.Do(ok) }",
    ],
)
def test_a_declared_name_is_no_missing_import(source: str) -> None:
    assert "import" not in made(source)


def test_a_name_declared_elsewhere_hides_nothing_here() -> None:
    text = made("{ sort := 3; _ = sort }\nsort.Ints(nil)\nvar t time.Duration\n")
    assert 'import "sort"' in text and 'import "time"' in text


def test_a_use_in_its_own_initialiser_is_the_package() -> None:
    assert 'import "time"' in made("time := time.Now()\n_ = time\n")


def test_an_alias_counts_as_imported() -> None:
    text = made('import fmt "example.com/other"\nfmt.Println()\n')
    assert text.count("import") == 1


def test_rand_v2_counts_as_rand() -> None:
    assert made('import "math/rand/v2"\nprintln(rand.IntN(3))\n').count("import") == 1


# Parameters.


@pytest.mark.parametrize(
    ("declaration", "value", "expected"),
    [
        ("var n = 1000", 5, "var n = 5"),
        ("var n = 1000", "5_000", "var n = 5000"),
        ("var n = 1000", 1e3, "var n = 1000"),
        ("var n = 1000", np.int32(7), "var n = 7"),
        ("var n int8 = 1", -128, "var n int8 = -128"),
        ("var n uint64", 2**64 - 1, "var n uint64 = 18446744073709551615"),
        ("var x = 0.5", 3, "var x = 3.0"),
        ("var x float32 = 1", 0.25, "var x float32 = 0.25"),
        ("var x = 2 * 3.5", 1e300, "var x = 1e+300"),
        ('var s = "a"', 'b"\n\\é', 'var s = "b\\"\\n\\\\é"'),
        ("var b = true", False, "var b = false"),
        ("var b = 1 < 2", "true", "var b = true"),
        ("var r = 'a'", "z", "var r = rune(122)"),
        ("var z = 2i", 1 + 2j, "var z = complex128(complex(1.0, 2.0))"),
        ("var d = 10 * time.Millisecond", "1.5s", "var d = time.Duration(1500000000)"),
        ("var d time.Duration", datetime.timedelta(seconds=2), "var d time.Duration = 2000000000"),
        ("var d time.Duration = 5", 7, "var d time.Duration = 7"),
        ("var xs = []int{1}", [1, 2], "var xs = []int{1, 2}"),
        ("var xs []float64", np.array([1, 2]), "var xs []float64 = []float64{1.0, 2.0}"),
        ("var xs [2]string", ("a", "b"), 'var xs [2]string = [2]string{"a", "b"}'),
        ("var m map[string]int", {"a": 1}, 'var m map[string]int = map[string]int{"a": 1}'),
        ("var a any", [1, 2.5], "var a any = []float64{1.0, 2.5}"),
        ("var a any = nil", 3, "var a any = 3"),
        ("type Mode int\nvar mode = Mode(1)", 2, "var mode = Mode(2)"),
        ("type P struct{ X, Y int }\nvar p P", {"Y": 2}, "var p P = P{Y: 2}"),
        ("const base = 8\nvar n = base * 2", 3, "var n = 3"),
        ("var a, b = 1, 2.5", 9, "var a, b = 9, 2.5"),
        ("var a, b int", 9, "var a, b int = 9, 0"),
        ("var (\n\tx = 1\n\ta = 2 // two\n)", 9, "var (\n\tx = 1\n\ta = 9 // two\n)"),
        ("var n = min(1, 2)", None, None),
        ("var x = math.Pi", 3, "var x = 3.0"),
    ],
)
def test_parameters_replace_initialisers(
    declaration: str, value: Any, expected: str | None
) -> None:
    source = f"{declaration}\nfunc main() {{}}\n"
    name = list(Cell(source).variables)[0 if "\tx" not in declaration else 1]
    if expected is None:
        with pytest.raises(UsageError, match="declare it"):
            made(source, params={name: 1})
        return
    assert expected in made(source, params={name: value})


def test_a_long_initialiser_leaves_its_line_breaks() -> None:
    program = Cell("var xs = []int{\n\t1,\n\t2,\n}\nvar n = 1\nfunc main() {}\n").make(
        params={"xs": [3]}
    )
    assert program.made.text.decode().splitlines()[4] == "var n = 1"
    assert program.made.same_lines


@pytest.mark.parametrize(
    ("source", "params", "message"),
    [
        ("var n = 1", {"m": 2}, r"no package variable m to set \(it has: n\)"),
        ("const n = 1", {"n": 2}, "n is a constant"),
        ("var n = 1", {"n": 2.5}, "n is an int and needs a whole number; got 2.5"),
        ("var n = 1", {"n": True}, "needs a whole number"),
        ("var n int8", {"n": 200}, "outside its range -128 … 127"),
        ("var u uint", {"u": -1}, "outside its range"),
        ('var s = "a"', {"s": 1}, "s is a string and needs a str"),
        ("var b = true", {"b": 1}, "b is a bool and needs True or False"),
        ("var x = 1.5", {"x": "abc"}, "x is a float64 and needs a number"),
        ("var d time.Duration", {"d": "soon"}, 'as "10ms"'),
        ("var c = make(chan int)", {"c": 1}, "chan int"),
        ("var f = g()", {"f": 1}, "its type cannot be told"),
        ("var a, b = g()", {"a": 1}, "declare it|own"),
        ("var xs [2]int", {"xs": [1]}, "holds 2 elements, not 1"),
        ("var xs []int", {"xs": [1, "a"]}, r"xs\[1\] is an int"),
        ("type P struct{ X int }\nvar p P", {"p": {"Z": 1}}, "P has no field Z"),
    ],
)
def test_wrong_parameters_say_what_to_do(source: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        made(f"{source}\nfunc main() {{}}\n", params=params)


# Inputs and outputs.


def test_inputs_are_added_as_package_variables() -> None:
    text = made("println(n, s)", inputs={"n": 3, "s": "x"})
    assert "\nvar n = 3\n" in text and '\nvar s = "x"\n' in text


def test_an_input_of_a_declared_name_sets_it() -> None:
    assert "var n float64 = 3.0" in made("var n float64\nprintln(n)", inputs={"n": 3})


@pytest.mark.parametrize(
    ("value", "go_type"),
    [
        (True, "bool"),
        (3, "int"),
        (2**63, "uint64"),
        (1.5, "float64"),
        (1j, "complex128"),
        ("a", "string"),
        (b"ab", "[]byte"),
        ([1, 2], "[]int"),
        ([1, 2.0], "[]float64"),
        (["a"], "[]string"),
        ([[1], [2.5]], "[][]float64"),
        ({"a": [1]}, "map[string][]int"),
        ({1: {"x": 2}}, "map[int]map[string]int"),
        (np.array([1, 2], dtype=np.int32), "[]int32"),
        (np.array([[1.0, 2.0]]), "[][]float64"),
        (np.array([True]), "[]bool"),
        (np.array(["a", "b"]), "[]string"),
        (np.float32(1), "float64"),
        (datetime.timedelta(seconds=1), "time.Duration"),
    ],
)
def test_values_find_their_type(value: Any, go_type: str) -> None:
    text = made("_ = v", inputs={"v": value})
    line = next(line for line in text.splitlines() if line.startswith("var v"))
    shorthand = {"int": "3", "float64": ("1.5", "1.0"), "string": '"a"', "bool": "true"}
    if go_type in shorthand:
        expected = shorthand[go_type]
        assert line.removeprefix("var v = ") in (
            (expected,) if isinstance(expected, str) else expected
        )
    else:
        assert line.startswith(f"var v = {go_type}")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "has no Go type"),
        ({1, 2}, r"sorted\(x\)"),
        ([], "empty list has no element type; declare it in the cell, as  var v"),
        ({}, "empty dict"),
        ([1, "a"], r"different Go types \(int, string\)"),
        ({"a": 1, "b": "c"}, r"map\[string\]any"),
        (2**64, "more than 64 bits"),
        (object(), "object has no Go type"),
        (datetime.datetime(2020, 1, 2), r"datetime.datetime has no Go type; pass x.isoformat\(\)"),
        (iter([1]), r"pass list\(x\)"),
        (decimal.Decimal("1.5"), r"pass float\(x\), or str\(x\)"),
        (pathlib.Path("a"), r"pass str\(x\)"),
        (np.zeros((2, 2, 2)), "3 dimensions"),
        (np.array([1], dtype=np.float16), "float16 has no Go type; convert it"),
        (np.array(["2020"], dtype="datetime64[s]"), "int64"),
    ],
)
def test_values_without_a_type_say_the_way_out(value: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        made("_ = v", inputs={"v": value})


def test_large_arrays_go_through_files() -> None:
    program = Cell("_ = v").make(inputs={"v": np.arange(1000.0).reshape(10, 100)})
    assert 'Rows[float64]("in_v.bin", 10, 100)' in program.made.text.decode()
    (file,) = program.data_files
    assert file.array.nbytes == 8000
    listed = Cell("_ = v").make(inputs={"v": list(range(1000))})
    assert 'Array[int]("in_v.bin", 1000)' in listed.made.text.decode()


@pytest.mark.parametrize("name", ["type", "a-b", "1x", "é"])
def test_input_names_are_go_names(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        made("println(1)", inputs={name: 1})


def test_an_input_cannot_take_the_name_of_a_function() -> None:
    with pytest.raises(UsageError, match="something else"):
        made("func f() {}\nfunc main() {}\n", inputs={"f": 1})


def test_outputs_of_the_package_are_written_by_a_deferred_call() -> None:
    text = made("var total int\nfunc main() { total = 1 }\n", outputs=["total"])
    assert (
        'func main() { defer gotk__cell.Begin(func() { gotk__cell.Out("total", total) })(); total'
        in text
    )


def test_outputs_of_statements_are_written_at_the_end() -> None:
    text = made("total := 1 // one\n", outputs=["total"])
    assert 'total := 1; gotk__cell.Out("total", total) } // one' in text


def test_unknown_outputs_are_named() -> None:
    with pytest.raises(UsageError, match=r"output x: .*it has: n"):
        made("var n = 1\nfunc main() {}\n", outputs=["x"])


def test_os_exit_is_rerouted_only_where_it_is_the_package() -> None:
    source = 'package main\nimport "os"\nvar n int\nfunc main() { defer os.Exit(1); f() }\nfunc f() { os := T{}; os.Exit(2) }\n'
    text = made(source, outputs=["n"])
    assert "defer gotk__cell.Exit(1)" in text and "os.Exit(2)" in text
    assert made(source) == source
