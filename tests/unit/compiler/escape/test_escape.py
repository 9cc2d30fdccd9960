# SPDX-License-Identifier: BSD-3-Clause
"""Escape analysis: ``/*stack*/`` or ``/*heap*/`` before a variable's declaration or an allocating expression says where it must be.

``heap`` is a matter of safety wherever the value outlives its frame or iteration; ``stack`` is what makes the analysis worth having.
"""

from __future__ import annotations

import re

import pytest

from gotk.compiler.lower.escape import Analysis
from gotk.compiler.lower.escape.flows import FlowBuilder
from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parser import parse
from gotk.compiler.syntax.position import pos_col, pos_line
from gotk.compiler.types.checker import check_package
from gotk.compiler.types.model import Package

PRELUDE = """package p

type T struct{ p *int; q *T; n int; a [4]int }
type S interface{ M() }

func (t *T) Set(n int)       { t.n = n }
func (t *T) Keep()           { global = t }
func (t *T) Self() *T        { return t }
func (t T) M()               {}
func (t *T) Link(u *T)       { t.q = u }

var global *T
var sink any
var fsink func()
var ch chan *T

func use(t *T) int        { return t.n }
func keep(t *T)           { global = t }
func id(t *T) *T          { return t }
func second(a, b *T) *T   { return b }
func inner(t *T) *int     { return t.p }
func call(f func())       { f() }
func store(f func())      { fsink = f }
func variadic(ts ...*T)   {}
func keepAll(ts ...*T)    { global = ts[0] }
func box(x any)           {}
func recursive(t *T, n int) int { if n == 0 { return t.n }; return recursive(t, n-1) }
func apply[E any](f func(E) E, x E) E { return f(x) }

"""

CASES = {
    "text compared": 'x, y := "a", "b"; _ = /*stack*/x + y == "ab"',
    "text kept": 'x, y := "a", "b"; sink = /*heap*/x + y',
    "text cut and kept": 'x, y := "a", "b"; z := /*heap*/x + y; sink = z[1:]',
    "bytes of a text used": 'x := "a"; b := /*stack*/[]byte(x); b[0]++',
    "bytes of a text kept": 'x := "a"; b := /*heap*/[]byte(x); sink = b',
    "text of bytes as a key that is read": 'b := []byte{1}; m := map[string]int{}; _ = m[/*stack*/string(b)]',
    "text of bytes as a key that is stored": 'b := []byte{1}; m := map[string]int{}; m[/*heap*/string(b)] = 1',
    "text of bytes as a key that is counted": 'b := []byte{1}; m := map[string]int{}; m[/*heap*/string(b)]++',
    "text that outlives its iteration": 's := ""; for i := 0; i < 3; i++ { s = /*heap*/s + "x" }; _ = s',
    "text handed on by a for clause": 'for s := ""; len(s) < 3; { s = /*heap*/s + "x" }',
    "object handed on by a for clause": "for t := (*T)(nil); t == nil || t.n < 3; { t = /*heap*/&T{q: t} }",
    "address used locally": "x := 1; _ = x; /*stack*/t := T{}; t.Set(3); p := &t; p.n = 4",
    "address stored in a global": "/*heap*/t := T{}; global = &t",
    "address sent": "/*heap*/t := T{}; ch <- &t",
    "method that keeps its receiver": "/*heap*/t := T{}; t.Keep()",
    "method that returns its receiver": "/*stack*/t := T{}; t.Self().Set(1)",
    "returned receiver kept": "/*heap*/t := T{}; global = t.Self()",
    "literal passed to a reader": "use(/*stack*/&T{})",
    "literal passed to a keeper": "keep(/*heap*/&T{})",
    "only the returned argument escapes": "global = second(/*stack*/&T{}, /*heap*/&T{})",
    "through identity": "use(id(/*stack*/&T{}))",
    "content of an argument": "/*heap*/n := 1; t := T{p: &n}; sink = inner(&t)",
    "content but not the holder": "n := new(int); /*stack*/t := T{p: n}; sink = inner(&t)",
    "stored in something that escapes": "t := /*heap*/&T{}; u := /*heap*/&T{q: t}; global = u",
    "stored through a pointer": "/*stack*/t := T{}; /*heap*/u := T{}; t.Link(&u)",
    "closure called by callee": "/*stack*/n := 0; call(/*stack*/func() { n++ }); _ = n",
    "closure stored": "/*heap*/n := 0; store(/*heap*/func() { n++ }); _ = n",
    "closure in a variable": "/*stack*/n := 0; f := /*stack*/func() { n++ }; f(); f()",
    "closure called on the spot": "/*stack*/n := 0; func() { n++ }(); _ = n",
    "result of a direct literal": "global = func() *T { return /*heap*/&T{} }()",
    "goroutine": "/*heap*/n := 0; go func() { n++ }(); _ = n",
    "goroutine's argument": "go use(/*heap*/&T{})",
    "deferred closure": "/*stack*/n := 0; defer /*stack*/func() { n++ }()",
    "deferred closure in a loop": "for i := 0; i < 3; i++ { /*heap*/n := i; defer /*heap*/func() { n++ }() }",
    "pointer to an earlier iteration": "var prev *int; for i := 0; i < 3; i++ { /*heap*/x := i; if prev != nil { *prev = 1 }; prev = &x }",
    "pointer within an iteration": "for i := 0; i < 3; i++ { /*stack*/x := i; p := &x; *p = 2 }",
    "loop variable captured by stored closure": "for /*heap*/i := 0; i < 3; i++ { store(func() { i++ }) }",
    "loop variable captured by called closure": "for /*stack*/i := 0; i < 3; i++ { call(func() { i++ }) }",
    "list built in a loop": "var head *T; for i := 0; i < 3; i++ { head = /*heap*/&T{q: head} }; use(head)",
    "slice literal": "s := /*stack*/[]int{1, 2}; s[0] = 3",
    "slice literal returned in a global": "sink = /*heap*/[]int{1, 2}",
    "make with constant size": "s := /*stack*/make([]int, 10); s[0] = 1",
    "make with constant capacity": "s := /*stack*/make([]int, 0, 10); s = append(s, 1)",
    "large make": "s := /*heap*/make([]int, 1<<20); s[0] = 1",
    "new": "p := /*stack*/new(int); *p = 1",
    "new stored through a pointer": "t := &T{}; t.p = /*heap*/new(int)",
    "appended pointer": "var ts []*T; ts = append(ts, /*heap*/&T{}); _ = ts",
    "elements of an appended slice": "s := /*stack*/make([]*T, 0, 4); s = append(s, /*heap*/&T{}); _ = s",
    "variadic": "/*stack*/variadic(&T{})",
    "variadic kept element": "/*stack*/keepAll(/*heap*/&T{})",
    "array sliced": "/*stack*/var a [8]int; s := a[:]; s[0] = 1",
    "array sliced and kept": "/*heap*/var a [8]int; sink = a[:]",
    "field address": "/*heap*/t := T{}; sink = &t.n",
    "element address": "/*heap*/t := T{}; sink = &t.a[1]",
    "address through pointer is not the pointer's": "t := /*heap*/&T{}; sink = &t.n",
    "map value": "m := map[string]*T{}; m[\"a\"] = /*heap*/&T{}",
    "boxed for nothing": "n := 5; box(/*stack*/n)",
    "boxed and kept": "n := 5; sink = /*heap*/n",
    "interface method may keep": "var s S = /*heap*/&T{}; s.M()",
    "panic value": "panic(/*heap*/&T{})",
    "recursive callee": "recursive(/*heap*/&T{}, 3)",
    "comparison boxes": "n := 5; if sink == any(n) { return }; if sink == /*stack*/n { return }",
    "method value": "/*heap*/t := T{}; f := t.Set; f(1)",
    "named pointer through struct copy": "/*heap*/n := 1; t := T{p: &n}; u := t; global.p = u.p",
    "dereference copies": "/*stack*/n := 1; p := &n; sink = *p",
    "type switch": "t := /*heap*/&T{}; var x any = t; switch y := x.(type) { case *T: global = y }",
    "type switch unused": "t := /*stack*/&T{}; var x any = t; switch y := x.(type) { case *T: use(y) }",
    "range value": "ts := [1]*T{/*heap*/&T{}}; for _, t := range ts { global = t }",
    "range slice value": "ts := []*T{/*heap*/&T{}}; for _, t := range ts { global = t }",
    "range without keeping": "ts := /*stack*/[]*T{/*stack*/&T{}}; for _, t := range ts { use(t) }",
    "goto means caution": "/*heap*/t := T{}; t.Set(1); goto end\nend:",
    "generic callee": "/*heap*/n := 1; apply(func(x *int) *int { return x }, &n)",
    "closure variable outlives inner": "var p *int; f := func() { /*heap*/x := 1; p = &x }; f(); _ = p",
    "conversion of slice to string copies": "b := /*stack*/make([]byte, 4); sink = string(b)",
    "select send": "t := /*heap*/&T{}; select { case ch <- t: default: }",
    "large variable": "/*heap*/var a [1 << 18]int; s := a[:]; s[0] = 1",
}


def check(body: str) -> tuple[ast.FuncDecl, str]:
    source = PRELUDE + "func f() {\n" + body + "\n}\n"
    tree, errors = parse(source.encode(), "p.go")
    assert not errors, errors
    diagnostics: list = []

    def importer(path: str) -> Package:
        raise ImportError(path)

    check_package("p", [tree], importer, diagnostics=diagnostics)
    assert not diagnostics, diagnostics
    decl = tree.decls[-1]
    assert isinstance(decl, ast.FuncDecl)
    return decl, source


@pytest.mark.parametrize("name", CASES)
def test_escape(name: str) -> None:
    decl, source = check(CASES[name])
    analysis = Analysis()
    info = analysis.info(decl)
    builder = FlowBuilder(decl, analysis.summary)
    analysed = builder.build()
    lines = source.split("\n")
    marks = {}
    for number, line in enumerate(lines, 1):
        for match in re.finditer(r"/\*(stack|heap)\*/(var )?", line):
            marks[number, match.end() + 1] = match[1]
    assert marks
    seen = set()
    for table, ask in (
        (builder.variables, info.var_on_heap),
        (builder.sites, lambda n: not info.site_on_stack(n)),
        (builder.boxes, lambda n: not info.box_on_stack(n)),
    ):
        for thing in table:
            place = pos_line(thing.pos), pos_col(thing.pos)
            if place in marks:
                seen.add(place)
                assert ("heap" if ask(thing) else "stack") == marks[place], (place, thing)
    if analysed:
        missed = {p for p in marks if p not in seen and marks[p] == "stack"}
        assert not missed, f"no allocation at {missed}"


def test_summaries() -> None:
    decl, _ = check("")
    scope = decl.obj.pkg.scope.names  # type: ignore[union-attr]
    analysis = Analysis()

    def leaks(name: str) -> list[dict[int, int]]:
        summary = analysis.summary(scope[name])  # type: ignore[arg-type]
        assert summary is not None
        return summary.leaks

    assert leaks("use") == [{}]
    assert leaks("keep") == [{-1: 0}]
    assert leaks("id") == [{0: 0}]
    assert leaks("second") == [{}, {0: 0}]
    assert leaks("inner") == [{0: 1}]
    assert leaks("keepAll") == [{-1: 1}]
    packed = [analysis.summary(scope[n]).pack() for n in ("second", "inner")]  # type: ignore[union-attr,arg-type]
    assert packed == [[[], [0, 0]], [[0, 1]]]
