# SPDX-License-Identifier: BSD-3-Clause
"""What is said of the name at the cursor, "|"."""

from __future__ import annotations

import pytest

from gotk.assist import Context, describe, inspect
from gotk.compiler.source import Snippet

POINT = "// Point is a place.\ntype Point struct {\n\tX int // to the right\n\ty int\n}\n\n// Move goes\n// to the right.\nfunc (p *Point) Move(d int) { p.X += d }\n\n"


def at(text: str, context: Context | None = None) -> str:
    offset = text.index("|")
    return inspect(text[:offset] + text[offset + 1 :], offset, context) or ""


def test_functions_of_packages() -> None:
    assert at("fmt.Prin|tln(1)").startswith("func Println(a ...any) (n int, err error)\n\n")
    assert at("fmt.Fprintf(os.Stdout, |").startswith("func Fprintf(w io.Writer, format string, a ...any)"), "within the arguments"
    assert "func Sorted[E cmp.Ordered](seq iter.Seq[E]) []E" in at("slices.Sorted|(m)")


def test_the_cells_own_declarations() -> None:
    assert at(POINT + "var p Point\np.Mo|ve(1)") == "func (p *Point) Move(d int)\n\nMove goes\nto the right.\n\nline 9"
    assert at(POINT + "var p Point\np.X| = 1") == "field X int\n\nto the right\n\nline 3"
    text = at(POINT + "var p Po|int\n")
    assert text.startswith("type Point struct {\n\tX int // to the right\n\ty int\n}\n\nPoint is a place.")
    assert "func (p *Point) Move(d int)" in text


def test_variables_and_constants() -> None:
    assert at("x := map[string][]int{}\nfmt.Println(x|)") == "var x map[string][]int\n\nline 1"
    assert at("for i := range 3 {\n\ti| }") == "var i int\n\nline 1"
    assert at("const n = 1 << 10\nprintln(n|)").startswith("const n int = 1024")
    assert at("time.Sec|ond").startswith("const Second time.Duration = 1000000000")
    assert at("os.Std|out").startswith("var Stdout *os.File")


def test_types_methods_and_packages_of_the_library() -> None:
    text = at("var b strings.Buil|der")
    assert "// and unexported fields" in text and "addr" not in text and "func (b *Builder) WriteString(s string) (int, error)" in text
    assert at("var mu sync.Mutex\nmu.Lo|ck()").startswith("func (m *Mutex) Lock()\n\nLock locks m")
    assert at("ctx.Do|ne()", ) == ""
    assert at("func f(ctx context.Context) { <-ctx.Do|ne() }").startswith("func Done() <-chan struct{}")
    assert at("f|mt.Println()").startswith('package fmt  // import "fmt"')
    assert "func ToUpper(s string) string" in at('import "str|ings"\n')


def test_predeclared_names() -> None:
    assert at("x = app|end(x, 1)").startswith("func append(slice []T, elems ...T) []T")
    assert at("var x in|t").startswith("type int")
    assert at("var err err|or").startswith("type error interface")


def test_incomplete_text() -> None:
    assert at(POINT + "func main() {\n\tp := Point{}\n\tp.Mo|ve(").startswith("func (p *Point) Move(d int)")
    assert at("func main() {\n\tfor {\n\t\tfmt.Println(strings.Repeat(|").startswith("func Repeat(")


def test_snippets() -> None:
    context = Context((Snippet("geo", POINT),))
    assert at("p := Point{}\np.Mo|ve(1)", context).endswith("geo.go:9")


def test_nothing_to_say() -> None:
    for text in ["|", "zz|", "// fmt.Prin|tln", 's := "fmt.Prin|tln"', "x := 1|2", "nowhere.Fo|o()"]:
        assert at(text) == "", text


@pytest.mark.parametrize("name", ["fmt", "math/rand", "strings.Builder", "sync.Mutex.Lock", "rand.Intn", "append", "errors.As", "io.Reader"])
def test_describe(name: str) -> None:
    text = describe(name)
    assert text and name.split(".")[-1].split("/")[-1] in text.split("\n")[0]


def test_describe_nothing() -> None:
    for name in ["", "zz", "fmt.zz", "fmt.Println.x", "a.b.c.d", "🙂"]:
        assert describe(name) is None, name


@pytest.mark.parametrize("text", ["", ".", "{", "\x00", "日本", "func (", "(" * 3000, "a." * 300])
def test_anything_may_be_there(text: str) -> None:
    for offset in (0, len(text) // 2, len(text), len(text) + 10, -1):
        inspect(text, offset)
