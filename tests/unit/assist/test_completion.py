# SPDX-License-Identifier: BSD-3-Clause
"""What is offered at a place in Go source. "|" is the cursor."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from gotk.assist import Context, complete
from gotk.assist.completion import _complete
from gotk.compiler.source import Snippet

PROGRAMS = sorted((Path(__file__).parents[2] / "programs").glob("*.go"))

POINT = "type Point struct {\n\tX, Y int\n\tnote string\n}\n\nfunc (p *Point) Move(d int) { p.X += d }\n\nfunc (p Point) String() string { return p.note }\n\n"


def at(text: str, context: Context | None = None) -> list[str]:
    offset = text.index("|")
    return [c.text for c in complete(text[:offset] + text[offset + 1 :], offset, context)]


def test_members_of_packages() -> None:
    assert at("fmt.Prin|") == ["Print", "Printf", "Println"]
    assert at('import str "strings"\nstr.ToU|') == ["ToUpper", "ToUpperSpecial"]
    assert "NewReader" in at("func main() {\n\tr := bufio.|\n}\n")
    assert all(name[0].isupper() for name in at("sync.|"))
    assert at("nowhere.|") == []


def test_fields_and_methods() -> None:
    assert at(POINT + "p := Point{}\np.|\n") == ["X", "Y", "note", "Move", "String"]
    assert at(POINT + "func main() {\n\tif p := new(Point); p.|\n}\n") == ["X", "Y", "note", "Move", "String"]
    assert at(POINT + "Point.|") == ["Move", "String"], "method expressions have no fields"
    assert at(POINT + "type Both struct {\n\tPoint\n\tZ int\n}\nvar b Both\nb.|") == ["Point", "X", "Y", "Z", "note", "Move", "String"]
    assert at("var b strings.Builder\nb.WriteS|") == ["WriteString"]
    assert "buf" not in at("var b strings.Builder\nb.|"), "other packages' unexported fields"
    assert at("var err error\nerr.|") == ["Error"]
    assert at("x := []int{1}\nx.|") == at("x := 3.|") == []


def test_chains_closures_generics_and_channels() -> None:
    assert "Unix" in at("time.Now().Add(time.Second).|")
    assert at(POINT + "points := map[string][]Point{}\npoints[\"a\"][0].M|") == ["Move"]
    assert at(POINT + "c := make(chan *Point)\ngo func() {\n\tfor p := range c {\n\t\tp.no|\n") == ["note"]
    assert at(POINT + "func first[T fmt.Stringer](xs []T) string { return xs[0].| }\n") == ["String"]
    assert at(POINT + "type Box[T any] struct{ in T }\nb := Box[Point]{}\nb.in.X|") == ["X"]


def test_names_in_scope() -> None:
    text = "total := 0\nfor i, value := range []int{1} {\n\ttotal += |\n}\nlater := 1\n_ = later\n"
    found = at(text)
    assert found[:3] == ["i", "value", "total"]
    assert "later" not in found and "len" in found and "func" in found and "fmt" in found
    assert at("func helper() {}\nfunc main() { hel| }\n") == ["helper"]
    assert at("f := func(width int) int { return wid|") == ["width"]
    assert at("ret|") == ["return"]


def test_keys_of_struct_literals_come_first() -> None:
    assert at(POINT + "p := Point{|}\n")[:3] == ["X", "Y", "note"]
    assert at(POINT + "p := &Point{X: 1, no|}\n")[0] == "note"


def test_import_paths() -> None:
    assert at('import "con|"') == ["container/heap", "container/list", "container/ring", "context"]
    assert "math/rand/v2" in at('import (\n\t"fmt"\n\t"math/|\n)\n')
    assert not any("internal" in path for path in at('import "|"'))
    assert at('x := "con|"') == []


def test_nothing_in_strings_comments_and_numbers() -> None:
    assert at('s := "fmt.|"') == at("// fmt.|") == at("/* fmt.| */") == at("s := `fmt.|`") == at("c := '|'") == at("x := 12|") == []
    assert at('s := "a" + fmt.Sp|')[0] == "Sprint"


def test_snippets_and_inputs() -> None:
    context = Context((Snippet("point", POINT),), {"xs": [1.5, 2]})
    assert at("p := Point{}\np.Mo|", context) == ["Move"]
    assert at("x|", context) == ["xs"]
    assert at("Poi|", context) == ["Point"]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_every_member_of_a_program_is_found_while_it_is_typed(path: Path) -> None:
    """Each ``x.name`` of a program: in the whole text, in the text with the line cut there, and in the text that ends there."""
    source = path.read_text()
    code = re.sub(r'//[^\n]*|"(?:[^"\\\n]|\\.)*"', lambda m: " " * len(m[0]), source)
    places = list(re.finditer(r"[\w)\]]\.([A-Za-z]\w*)", code))
    for match in places[:: max(1, len(places) // 6)]:
        start, end = match.span(1)
        for text in (source[:start] + source[end:], source[:start] + source[source.index("\n", start) :], source[:start]):
            # Not `complete`: it would hide an exception.
            found = [c.text for c in _complete(text, start, Context())]
            assert match[1] in found, f"{path.name}: …{source[start - 30 : start]}"


def test_it_is_quick() -> None:
    source = PROGRAMS[0].read_text()
    offset = source.index("fmt.") + 4
    complete(source, offset)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        complete(source[:offset], offset)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


def test_a_huge_cell_is_left_alone() -> None:
    text = "x := 1\n" * 200_000 + "fmt."
    start = time.perf_counter()
    assert complete(text, len(text)) == []
    assert time.perf_counter() - start < 0.05


@pytest.mark.parametrize("text", ["", ".", "{", "}}}}", "\x00", "日本.", "\ud800.", "func (", 'import "', "a." * 500, "(" * 3000, "var x = " + "-" * 3000, "type T struct{ T }\nvar t T\nt."])
def test_anything_may_be_typed(text: str) -> None:
    for offset in (0, len(text) // 2, len(text), len(text) + 10, -1):
        complete(text, offset)
