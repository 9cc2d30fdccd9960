# SPDX-License-Identifier: BSD-3-Clause
"""Parsing of statements: the spec's chapter "Statements"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parse_base import Bail
from gotk.compiler.syntax.parse_exprs import ExprParser

if TYPE_CHECKING:
    from collections.abc import Callable

_ASSIGN_OPS = frozenset(["=", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&^="])
# Where a statement list may resume after an error.
_STMT_STARTS = frozenset(
    ["break", "const", "continue", "defer", "fallthrough", "for", "go", "goto", "if", "return", "select", "switch", "type", "var"]
)
_EXPR_STARTS = frozenset(["name", "literal", "func", "(", "[", "chan", "map", "struct", "interface", "+", "-", "!", "^", "&", "~", "*", "<-", "."])
_DECL_ONLY = frozenset(["import"])


class StmtParser(ExprParser):
    if TYPE_CHECKING:
        gen_decl: Callable[[], ast.Decl]

    def block(self) -> ast.Block:  # type: ignore[override]
        pos = self.want("{", "expected {")
        stmts = self.stmt_list()
        rbrace = self.pos
        self.want("}", "expected }")
        return ast.Block(pos, self.prev_end, stmts, rbrace)

    def func_body(self) -> ast.Block:  # type: ignore[override]
        """The body of a function, its labels and branches checked."""
        outer, self.has_branch = self.has_branch, False
        self.in_func += 1
        body = self.block()
        self.in_func -= 1
        if self.has_branch:
            self.branches(body)
        self.has_branch = outer
        return body

    def stmt_list(self) -> list[ast.Stmt]:
        """Statements up to ``}``, ``case``, ``default`` or the end; resynchronises after errors."""
        stmts: list[ast.Stmt] = []
        self.enter()
        depth = self.nesting
        while self.kind not in ("}", "case", "default", "EOF"):
            start = self.at
            level, in_func = self.expr_level, self.in_func
            try:
                stmt = self.stmt()
                if stmt is not None:
                    stmts.append(stmt)
                if self.kind in ("}", "case", "default"):
                    continue
                if not self.got(";"):
                    self.fail("at end of statement")
            except Bail:
                self.nesting, self.expr_level, self.in_func = depth, level, in_func
                stmts.append(ast.BadStmt(self.tokens.starts[start], self.pos))
                self.skip_to_statement(start)
        self.leave()
        return stmts

    def skip_to_statement(self, start: int) -> None:
        """Skip to the end of the statement at fault: past its ``;``, or to ``}``, or to a keyword that begins a statement."""
        depth = 0
        if self.at == start:
            # never stand still
            if self.kind in ("}", "EOF"):
                return
            if self.kind in "({[":
                depth = 1
            self.next()
        while self.kind != "EOF":
            kind = self.kind
            if kind in ("(", "[", "{"):
                depth += 1
            elif kind in (")", "]", "}"):
                if depth == 0:
                    if kind == "}":
                        return
                else:
                    depth -= 1
            elif kind == ";" and depth == 0:
                self.next()
                return
            elif depth == 0 and (kind in _STMT_STARTS or kind in ("case", "default")):
                return
            self.next()

    def skip_to_case(self, start: int) -> None:
        """After an error in a clause's head: to the next ``case``, ``default`` or the closing brace."""
        while True:
            self.skip_to_statement(start)
            if self.kind in ("case", "default", "}", "EOF"):
                return
            start = self.at

    def stmt(self) -> ast.Stmt | None:
        kind, pos = self.kind, self.pos
        if kind == "name":
            if self.peek() == ":":
                return self.labeled_stmt()
            return self.simple_stmt()
        method = _DISPATCH.get(kind)
        if method is not None:
            return method(self)
        if kind == ";":
            return ast.EmptyStmt(pos, pos, False)
        if kind in _DECL_ONLY:
            self.syntax_error("unexpected keyword import")
            raise Bail
        if kind not in _EXPR_STARTS:
            self.fail("expected }")
        return self.simple_stmt()

    def labeled_stmt(self) -> ast.Stmt:
        self.has_branch = True
        label = self.name()
        self.want(":")
        if self.kind in ("case", "default", "EOF"):
            self.syntax_error("missing statement after label", label.end, label.end + 1)
            raise Bail
        if self.kind == "}":
            empty = ast.EmptyStmt(self.pos, self.pos, True)
            return ast.LabeledStmt(label.pos, empty.end, label, empty)
        stmt = self.stmt()
        if stmt is None:
            self.fail("missing statement after label")
            raise AssertionError
        return ast.LabeledStmt(label.pos, stmt.end, label, stmt)

    # ---- simple statements

    def simple_stmt(self, range_ok: bool = False) -> ast.Stmt:
        pos = self.pos
        if range_ok and self.kind == "range":
            return self.range_clause(pos, [], 0, "")
        lhs = self.expr_list()
        kind, op_pos = self.kind, self.pos
        if kind in _ASSIGN_OPS:
            self.next()
            if range_ok and self.kind == "range" and kind in ("=", ":="):
                return self.range_clause(pos, lhs, op_pos, kind)
            if len(lhs) > 1 and kind not in ("=", ":="):
                self.syntax_error(f"unexpected {kind}, expected := or = or comma", op_pos, op_pos + len(kind))
                raise Bail
            rhs = self.expr_list()
            return ast.AssignStmt(pos, rhs[-1].end, lhs, op_pos, kind, rhs)
        if len(lhs) > 1:
            self.fail("expected := or = or comma")
        x = lhs[0]
        if kind in ("++", "--"):
            self.next()
            return ast.IncDecStmt(pos, self.prev_end, x, kind, op_pos)  # type: ignore[arg-type]
        if kind == "<-":
            self.next()
            value = self.expr()
            return ast.SendStmt(pos, value.end, x, op_pos, value)
        return ast.ExprStmt(pos, x.end, x)

    def range_clause(self, pos: int, lhs: list[ast.Expr], op_pos: int, op: str) -> ast.RangeStmt:
        self.want("range")
        x = self.expr()
        if len(lhs) > 2:
            self.error_at(lhs[2].pos, lhs[2].end, "range clause permits at most two iteration variables")
        nothing = ast.Block(x.end, x.end, [], x.end)
        key = lhs[0] if lhs else None
        value = lhs[1] if len(lhs) > 1 else None
        return ast.RangeStmt(pos, x.end, key, value, op_pos, op, x, nothing)

    # ---- go, defer, return, branches

    def go_or_defer(self) -> ast.Stmt:
        kind, pos = self.kind, self.pos
        self.next()
        x = self.expr()
        inner = x
        while isinstance(inner, ast.ParenExpr):
            inner = inner.x
        if inner is not x:
            self.error_at(x.pos, x.end, f"expression in {kind} must not be parenthesized")
        elif not isinstance(inner, ast.CallExpr):
            self.error_at(x.pos, x.end, f"expression in {kind} must be function call")
        node = ast.GoStmt if kind == "go" else ast.DeferStmt
        return node(pos, x.end, inner)

    def return_stmt(self) -> ast.Stmt:
        pos = self.want("return")
        results = [] if self.kind in (";", "}") else self.expr_list()
        return ast.ReturnStmt(pos, self.prev_end, results)

    def branch_stmt(self) -> ast.Stmt:
        kind, pos = self.kind, self.pos
        self.has_branch = True
        self.next()
        label = None
        if kind == "goto" or (kind != "fallthrough" and self.kind == "name"):
            label = self.name()
        return ast.BranchStmt(pos, self.prev_end, kind, label)  # type: ignore[arg-type]

    def decl_stmt(self) -> ast.Stmt:
        pos = self.pos
        decl = self.gen_decl()
        return ast.DeclStmt(pos, decl.end, decl)

    # ---- control clauses

    def header(self, keyword: str) -> tuple[ast.Stmt | None, ast.Stmt | None]:
        """``[init ;] [condition]`` of an if or switch, up to ``{``."""
        level, self.expr_level = self.expr_level, -1
        init: ast.Stmt | None = None
        cond: ast.Stmt | None = None
        semi_lit = ""
        if self.kind == "{":
            if keyword == "if":
                self.syntax_error("missing condition in if statement")
            self.expr_level = level
            return None, None
        semi_pos = 0
        if self.kind != ";":
            if self.kind == "var":
                self.next()
                self.syntax_error(f"var declaration not allowed in {keyword} initializer")
            init = self.simple_stmt()
            if self.kind not in (";", "{"):
                self.fail("expected {")
        if self.kind == ";":
            semi_pos, semi_lit = self.pos, self.lit
            self.next()
            if keyword == "if" and self.kind == "{":
                if semi_lit == "semicolon":
                    self.syntax_error("missing condition in if statement", semi_pos, semi_pos + 1)
                else:
                    self.syntax_error("unexpected newline, expected { after if clause", semi_pos, semi_pos + 1)
            elif self.kind != "{":
                cond = self.simple_stmt()
        else:
            init, cond = None, init
        self.expr_level = level
        return init, cond

    def condition(self, cond: ast.Stmt | None, keyword: str) -> ast.Expr:
        if cond is None:
            return ast.BadExpr(self.pos, self.pos)
        if isinstance(cond, ast.ExprStmt):
            return cond.x
        text = self.source_of(cond)
        if isinstance(cond, ast.AssignStmt) and cond.op == "=" and len(cond.lhs) == len(cond.rhs) == 1:
            left, right = self.emphasize(cond.lhs[0]), self.emphasize(cond.rhs[0])
            text = f"assignment {left} = {right}"
        at = cond.op_pos if isinstance(cond, ast.AssignStmt) else cond.arrow if isinstance(cond, ast.SendStmt) else cond.pos
        self.syntax_error(f"cannot use {text} as value", at, cond.end)
        return ast.BadExpr(cond.pos, cond.end)

    def emphasize(self, x: ast.Expr) -> str:
        text = self.source_of(x)
        return text if isinstance(x, (ast.Ident, ast.BasicLit)) else f"({text})"

    def source_of(self, node: ast.Node) -> str:
        """The node's own text, white space as written."""
        starts = self.tokens.starts
        first = next(i for i in range(self.at, -1, -1) if starts[i] <= node.pos)
        last = first
        while self.tokens.ends[last] < node.end:
            last += 1
        return self.text_between(first, last + 1)

    def if_stmt(self) -> ast.Stmt:
        pos = self.want("if")
        self.enter()
        init, cond = self.header("if")
        test = self.condition(cond, "if")
        if self.kind != "{":
            self.fail("expected { after if clause")
        then = self.block()
        els: ast.Stmt | None = None
        if self.got("else"):
            if self.kind == "if":
                els = self.if_stmt()
            elif self.kind == "{":
                els = self.block()
            else:
                self.syntax_error("else must be followed by if or statement block")
                raise Bail
        self.leave()
        return ast.IfStmt(pos, self.prev_end, init, test, then, els)

    def for_stmt(self) -> ast.Stmt:
        pos = self.want("for")
        level, self.expr_level = self.expr_level, -1
        init: ast.Stmt | None = None
        cond: ast.Stmt | None = None
        post: ast.Stmt | None = None
        clause: ast.Stmt | None = None
        if self.kind != "{":
            if self.kind == "var":
                self.next()
                self.syntax_error("var declaration not allowed in for initializer")
            if self.kind != ";":
                clause = self.simple_stmt(range_ok=True)
            if isinstance(clause, ast.RangeStmt):
                self.expr_level = level
                if self.kind != "{":
                    self.fail("expected { after for clause")
                clause.body = self.block()
                clause.pos, clause.end = pos, self.prev_end
                return clause
            if self.kind == ";":
                init, clause = clause, None
                self.next()
                if self.kind != ";":
                    if self.kind == "{":
                        self.fail("expected for loop condition")
                    cond = self.simple_stmt()
                if self.kind != ";":
                    self.fail("expected { after for clause")
                if self.lit != "semicolon" and self.peek() != "{":
                    self.fail("expected { after for clause")
                self.next()
                if self.kind != "{":
                    post = self.simple_stmt()
                    if isinstance(post, ast.AssignStmt) and post.op == ":=":
                        self.syntax_error("cannot declare in post statement of for loop", post.op_pos, post.end)
            elif self.kind == "{":
                cond, clause = clause, None
            else:
                self.fail("expected {")
        self.expr_level = level
        test = self.condition(cond, "for") if cond is not None else None
        if self.kind != "{":
            self.fail("expected { after for clause")
        body = self.block()
        return ast.ForStmt(pos, self.prev_end, init, test, post, body)

    # ---- switch and select

    def switch_stmt(self) -> ast.Stmt:
        pos = self.want("switch")
        init, tag = self.header("switch")
        if self.kind != "{":
            self.syntax_error("missing { after switch clause")
            raise Bail
        lbrace = self.pos
        guard = self.claim_type_guard(tag)
        self.next()
        self.enter()
        cases: list[ast.CaseClause] = []
        while self.kind not in ("}", "EOF"):
            at = self.at
            try:
                cases.append(self.case_clause(guard is not None))
            except Bail:
                self.skip_to_case(at)
        self.leave()
        rbrace = self.want("}", "expected case or default or }")
        if guard is not None:
            name = None
            if isinstance(tag, ast.AssignStmt):
                assert isinstance(tag.lhs[0], ast.Ident)
                name = tag.lhs[0]
            return ast.TypeSwitchStmt(pos, self.prev_end, init, name, guard.x, cases, lbrace, rbrace)
        value = self.condition(tag, "switch") if tag is not None else None
        return ast.SwitchStmt(pos, self.prev_end, init, value, cases, lbrace, rbrace)

    def claim_type_guard(self, tag: ast.Stmt | None) -> ast.TypeAssertExpr | None:
        """The ``x.(type)`` of a type switch's header, if it is one."""
        guard: ast.Expr | None = None
        if isinstance(tag, ast.ExprStmt):
            guard = tag.x
        elif isinstance(tag, ast.AssignStmt) and len(tag.lhs) == len(tag.rhs) == 1:
            if tag.op == ":=" and isinstance(tag.lhs[0], ast.Ident):
                guard = tag.rhs[0]
        if isinstance(guard, ast.TypeAssertExpr) and guard.type_expr is None:
            self.type_guards.remove(guard)
            return guard
        return None

    def case_clause(self, types: bool) -> ast.CaseClause:
        pos = self.pos
        exprs: list[ast.Expr] | None = None
        if self.got("case"):
            exprs = [self.type_() if types and self.kind != "name" else self.expr()]
            while self.got(","):
                exprs.append(self.type_() if types and self.kind != "name" else self.expr())
        elif not self.got("default"):
            self.fail("expected case or default or }")
        colon = self.want(":", "expected :")
        body = self.stmt_list()
        return ast.CaseClause(pos, self.prev_end, exprs, colon, body)

    def select_stmt(self) -> ast.Stmt:
        pos = self.want("select")
        lbrace = self.want("{", "expected { after select clause")
        self.enter()
        cases: list[ast.CommClause] = []
        while self.kind not in ("}", "EOF"):
            at = self.at
            try:
                cases.append(self.comm_clause())
            except Bail:
                self.skip_to_case(at)
        self.leave()
        rbrace = self.want("}", "expected case or default or }")
        return ast.SelectStmt(pos, self.prev_end, cases, lbrace, rbrace)

    def comm_clause(self) -> ast.CommClause:
        pos = self.pos
        comm: ast.Stmt | None = None
        if self.got("case"):
            comm = self.simple_stmt()
        elif not self.got("default"):
            self.fail("expected case or default or }")
        colon = self.want(":", "expected :")
        body = self.stmt_list()
        return ast.CommClause(pos, self.prev_end, comm, colon, body)


_DISPATCH = {
    "{": StmtParser.block,
    "var": StmtParser.decl_stmt,
    "const": StmtParser.decl_stmt,
    "type": StmtParser.decl_stmt,
    "go": StmtParser.go_or_defer,
    "defer": StmtParser.go_or_defer,
    "return": StmtParser.return_stmt,
    "break": StmtParser.branch_stmt,
    "continue": StmtParser.branch_stmt,
    "goto": StmtParser.branch_stmt,
    "fallthrough": StmtParser.branch_stmt,
    "if": StmtParser.if_stmt,
    "for": StmtParser.for_stmt,
    "switch": StmtParser.switch_stmt,
    "select": StmtParser.select_stmt,
}
