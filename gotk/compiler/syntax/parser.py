# SPDX-License-Identifier: BSD-3-Clause
"""Go source to a syntax tree: declarations and files, and the entry point `parse`.

Why not tree-sitter here: the compiler owes the Go compiler's own error wording and positions, exact semicolons, and a tree without
ambiguities (tree-sitter-go reads ``f[int](x)`` as a conversion and cannot tell a composite literal from a block in every place). A
recursive-descent parser over one regular expression is as fast in Python as walking tree-sitter's nodes (measured: the walk alone
costs as much). tree-sitter serves where text is incomplete: splitting cells, finding names while typing.
"""

from __future__ import annotations

from collections.abc import Iterable

from gotk.compiler.recursion import deep_recursion
from gotk.compiler.syntax import ast
from gotk.compiler.syntax.literals import string_value
from gotk.compiler.syntax.parse_base import NESTED, TOO_LONG, Bail
from gotk.compiler.syntax.parse_stmts import StmtParser
from gotk.diagnostics import Diagnostic


def parse(source: bytes, filename: str, index: int = 0) -> tuple[ast.File, list[Diagnostic]]:
    """Parse one file; ``index`` is its number within the package (the file part of positions).

    Returns the tree and the errors, in order of position. If one is a syntax error (`stops_checking`), the tree must not be checked; with others
    (of literals, labels, branches …) it is checked all the same, as the Go compiler does."""
    parser = Parser(source, filename, index)
    with deep_recursion():
        file = parser.file()
    parser.diagnostics.sort(key=lambda d: (d.line, d.col))
    return file, parser.diagnostics


def stops_checking(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a file with these errors has no tree that could be checked."""
    return any(d.message.startswith(("syntax error", NESTED, TOO_LONG)) for d in diagnostics)


class Parser(StmtParser):
    def file(self) -> ast.File:
        pos = self.pos
        package = ast.Ident(pos, pos, "_")
        doc = self.doc_above(pos)
        decls: list[ast.Decl] = []
        try:
            if self.kind != "package":
                self.syntax_error("package statement must be first")
            else:
                self.next()
                package = self.name()
                if package.name == "_" and not self.diagnostics:
                    self.error_at(package.pos, package.end, "invalid package name _")
                if not self.got(";") and self.kind != "EOF":
                    self.unexpected("expected semicolon or newline")
                else:
                    self.top_level(decls)
            for guard in self.type_guards if not stops_checking(self.diagnostics) else ():
                self.error_at(guard.pos, guard.end, "invalid syntax tree: use of .(type) outside type switch")
        except Bail:
            pass
        imports = [
            spec
            for decl in decls
            if isinstance(decl, ast.GenDecl) and decl.tok == "import"
            for spec in decl.specs
            if isinstance(spec, ast.ImportSpec)
        ]
        return ast.File(pos, self.pos, self.filename, self.index, package, decls, imports, self.source, doc, self.tokens.directives)

    def top_level(self, decls: list[ast.Decl]) -> None:
        previous = "import"
        while self.kind != "EOF":
            kind = self.kind
            if kind == ";":
                self.next()
                continue
            if kind == "import" and previous != "import":
                self.syntax_error("imports must appear before other declarations")
            previous = kind
            if kind in ("import", "const", "var", "type"):
                decls.append(self.gen_decl())
            elif kind == "func":
                decls.append(self.func_decl())
            else:
                last = decls[-1] if decls else None
                if kind == "{" and isinstance(last, ast.FuncDecl) and last.body is None:
                    self.syntax_error("unexpected semicolon or newline before {")
                else:
                    self.syntax_error("non-declaration statement outside function body")
                self.advance("import", "const", "type", "var", "func")
                continue
            if self.kind != "EOF" and not self.got(";"):
                self.unexpected("after top level declaration")
                self.advance("import", "const", "type", "var", "func")

    # ---- const, var, type, import

    def gen_decl(self) -> ast.Decl:  # type: ignore[override]
        tok, pos = self.kind, self.pos
        self.next()
        specs: list[ast.Spec] = []
        group = self.kind == "("
        doc = self.doc_above(pos)
        previous: ast.ConstSpec | None = None
        iota = 0

        def spec() -> None:
            nonlocal previous, iota
            if tok == "const":
                previous = self.const_spec(previous, iota)
                specs.append(previous)
                iota += 1
            elif tok == "var":
                specs.append(self.var_spec(doc))
            elif tok == "type":
                specs.append(self.type_spec(doc))
            else:
                self.import_spec(specs)

        if group:
            self.next()
            self.list_of("grouped declaration", ";", ")", spec)
        else:
            spec()
        return ast.GenDecl(pos, self.prev_end, tok, specs)  # type: ignore[arg-type]

    def names(self) -> list[ast.Ident]:
        names = [self.name()]
        while self.got(","):
            names.append(self.name())
        return names

    def got_assign(self) -> bool:
        """``=``; ``:=`` is taken for it, with an error."""
        if self.kind == ":=":
            self.unexpected("expected =")
        elif self.kind != "=":
            return False
        self.next()
        return True

    def const_spec(self, previous: ast.ConstSpec | None, iota: int) -> ast.ConstSpec:
        pos = self.pos
        names = self.names()
        typ: ast.Expr | None = None
        values: list[ast.Expr] = []
        implicit = False
        if self.kind not in ("EOF", ";", ")"):
            typ = self.type_or_none()
            if self.got_assign():
                values = self.expr_list()
        if typ is None and not values and previous is not None:
            typ, values, implicit = previous.type_expr, previous.values, True
        return ast.ConstSpec(pos, self.prev_end, names, typ, values, iota, implicit)

    def var_spec(self, doc: str) -> ast.VarSpec:
        pos = self.pos
        names = self.names()
        typ: ast.Expr | None = None
        values: list[ast.Expr] = []
        if self.got_assign():
            values = self.expr_list()
        else:
            typ = self.type_()
            if self.got_assign():
                values = self.expr_list()
        return ast.VarSpec(pos, self.prev_end, names, typ, values, self.doc_above(pos) or doc)

    def type_spec(self, doc: str) -> ast.TypeSpec:
        pos = self.pos
        name = self.name()
        tparams: list[ast.Field] = []
        if self.kind == "[" and (self.looks_like_type_params() or (self.peek() == "name" and self.peek(2) == "]" and self._type_follows_not(3))):
            tparams = self.type_params()
        alias = self.got("=")
        typ = self.type_or_none()
        if typ is None:
            typ = self.bad_expr("in type declaration", ";", ")")
        return ast.TypeSpec(pos, self.prev_end, name, tparams, alias, typ, self.doc_above(pos) or doc)

    def _type_follows_not(self, ahead: int) -> bool:
        """``type T[P] …``: ``[P]`` followed by no element type was meant as type parameters (an error says so)."""
        return self.peek(ahead) in ("=", ";", "EOF")

    def import_spec(self, specs: list[ast.Spec]) -> None:
        pos = self.pos
        name: ast.Ident | None = None
        if self.kind == "name":
            name = self.name()
        elif self.kind == ".":
            name = ast.Ident(pos, pos + 1, ".")
            self.next()
        if self.kind != "literal":
            self.syntax_error("missing import path")
            self.advance(";", ")")
            return
        path = self.literal()
        if path.kind == "STRING":
            value = string_value(path.value).decode("utf-8", "replace")
            specs.append(ast.ImportSpec(pos, path.end, name, path, value))
        elif path.kind != "BAD":
            self.syntax_error("import path must be a string", path.pos, path.end)

    # ---- functions

    def func_decl(self) -> ast.FuncDecl:
        pos = self.want("func")
        doc = self.doc_above(pos)
        directives = [line[2:].strip() for line in doc.splitlines() if line.startswith(("//gotk:", "//go:noinline"))]
        recv: ast.Field | None = None
        method = self.kind == "("
        if method:
            fields = self.param_list()
            count = sum(max(1, len(f.names)) for f in fields)
            if count == 0:
                self.error_at(self.pos, self.pos + 1, "method has no receiver")
            elif count > 1:
                self.error_at(self.pos, self.pos + 1, "method has multiple receivers")
            recv = fields[0] if fields else None
        tparams: list[ast.Field] = []
        params: list[ast.Field] = []
        results: list[ast.Field] = []
        if self.kind == "name":
            name = self.name()
            if self.kind == "[":
                tparams = self.type_params()
            params = self.param_list()
            results = self.results()
        else:
            name = ast.Ident(self.pos, self.pos, "_")
            self.unexpected("expected name" if method else "expected name or (")
            self.advance("{", ";")
        signature = ast.FuncType(pos, self.prev_end, tparams, params, results, pos)
        body: ast.Block | None = None
        if self.kind == "{":
            body = self.func_body()
        return ast.FuncDecl(pos, self.prev_end, name, recv, signature, body, doc, directives)
