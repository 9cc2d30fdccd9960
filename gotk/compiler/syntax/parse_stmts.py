# SPDX-License-Identifier: BSD-3-Clause
"""Parsing of statements: the spec's chapter "Statements"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.exprstring import expr_string, stmt_string
from gotk.compiler.syntax.parse_exprs import ExprParser

if TYPE_CHECKING:
    from collections.abc import Callable

_ASSIGN_OPS = frozenset(["=", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&^="])
_EXPR_STARTS = frozenset(["name", "literal", "func", "(", "[", "chan", "map", "struct", "interface", "+", "-", "!", "^", "&", "~", "*", "<-"])


def emphasize(x: ast.Expr) -> str:
    """An operand of an assignment in a condition: in parentheses if it has a binary operator, so that the ``=`` stands out."""
    return f"({expr_string(x)})" if isinstance(x, ast.BinaryExpr) else expr_string(x)


class StmtParser(ExprParser):
    if TYPE_CHECKING:
        gen_decl: Callable[[], ast.Decl]

    def block(self, after: str = "") -> ast.Block:  # type: ignore[override]
        """``{ … }``; ``after``: the clause before it, for messages."""
        pos = self.pos
        if not self.got("{"):
            self.unexpected(f"expected {{ after {after}")
            self.advance("name", "}")
            if self.kind == "}":
                rbrace = self.want("}")
                return ast.Block(pos, self.prev_end, [], rbrace)
        stmts = self.stmt_list()
        rbrace = self.want("}")
        return ast.Block(pos, self.prev_end, stmts, rbrace)

    def func_body(self) -> ast.Block:  # type: ignore[override]
        """The body of a function, its labels and branches checked."""
        outer, self.has_branch = self.has_branch, False
        errors = self.errors  # after a syntax error labels may seem unused
        self.in_func += 1
        body = self.block()
        self.in_func -= 1
        if self.has_branch and self.errors == errors:
            self.branches(body)
        self.has_branch = outer
        return body

    def stmt_list(self) -> list[ast.Stmt]:
        """Statements up to ``}``, ``case``, ``default`` or what begins no statement."""
        stmts: list[ast.Stmt] = []
        self.enter()
        while self.kind not in ("}", "case", "default", "EOF"):
            stmt = self.stmt()
            if stmt is None:
                break
            stmts.append(stmt)
            if not self.got(";") and self.kind != "}":
                self.unexpected("at end of statement")
                self.advance(";", "}", "case", "default")
                self.got(";")
        self.leave()
        return stmts

    def stmt(self) -> ast.Stmt | None:
        """A statement; None (nothing consumed) if none begins here."""
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
        return self.simple_stmt() if kind in _EXPR_STARTS else None

    def labeled_stmt(self) -> ast.Stmt | None:
        self.has_branch = True
        label = self.name()
        colon = self.want(":")
        if self.kind == "}":
            empty = ast.EmptyStmt(self.pos, self.pos, True)
            return ast.LabeledStmt(label.pos, empty.end, label, empty)
        self.enter()
        stmt = self.stmt()
        self.leave()
        if stmt is None:
            self.syntax_error("missing statement after label", colon, colon + 1)
            return None
        return ast.LabeledStmt(label.pos, stmt.end, label, stmt)

    # ---- simple statements

    def simple_stmt(self, range_ok: bool = False) -> ast.Stmt:
        pos = self.pos
        if range_ok and self.kind == "range":
            return self.range_clause(pos, [], 0, "")
        lhs = self.expr_list()
        kind, op_pos = self.kind, self.pos
        if kind in ("=", ":=") or (len(lhs) == 1 and kind in _ASSIGN_OPS):
            self.next()
            if range_ok and self.kind == "range" and kind in ("=", ":="):
                return self.range_clause(pos, lhs, op_pos, kind)
            rhs = self.expr_list() if kind in ("=", ":=") else [self.expr()]
            return ast.AssignStmt(pos, rhs[-1].end, lhs, op_pos, kind, rhs)
        x = lhs[0]
        if len(lhs) > 1:
            self.unexpected("expected := or = or comma")
            self.advance(";", "}")
            return ast.ExprStmt(pos, x.end, x)
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
        nothing = ast.Block(x.end, x.end, [], x.end)
        key = lhs[0] if lhs else None
        value = lhs[1] if len(lhs) > 1 else None
        clause = ast.RangeStmt(pos, x.end, key, value, op_pos, op, x, nothing)
        if len(lhs) > 2:
            clause.extra = lhs[2]
        return clause

    # ---- go, defer, return, branches

    def go_or_defer(self) -> ast.Stmt:
        kind, pos = self.kind, self.pos
        self.next()
        x = self.primary_expr()
        inner = x
        while isinstance(inner, ast.ParenExpr):
            inner = inner.x
        if inner is not x:
            self.error_at(x.pos, x.end, f"expression in {kind} must not be parenthesized")
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

    def header(self, keyword: str) -> tuple[ast.Stmt | None, ast.Stmt | None, ast.Stmt | None]:
        """(init, condition, post) of an if, for or switch, up to ``{``. A range clause comes as init."""
        if self.kind == "{":
            if keyword == "if":
                self.syntax_error("missing condition in if statement")
            return None, None, None
        level, self.expr_level = self.expr_level, -1
        init: ast.Stmt | None = None
        cond: ast.Stmt | None = None
        post: ast.Stmt | None = None
        if self.kind != ";":
            if self.got("var"):
                self.syntax_error(f"var declaration not allowed in {keyword} initializer")
            init = self.simple_stmt(range_ok=keyword == "for")
            if isinstance(init, ast.RangeStmt):
                self.expr_level = level
                return init, None, None
        if self.kind == "{":
            self.expr_level = level
            return None, init, None
        semi_pos, semi_lit = 0, ""
        if self.kind == ";":
            semi_pos, semi_lit = self.pos, self.lit
            self.next()
        else:
            self.want("{")
            if self.kind != "{":
                self.advance("{", "}")
        if keyword == "for":
            if self.kind != ";":
                if self.kind == "{":
                    self.unexpected("expected for loop condition")
                    self.expr_level = level
                    return init, None, None
                cond = self.simple_stmt()
            self.want(";")
            if self.kind != "{":
                post = self.simple_stmt()
                if isinstance(post, ast.AssignStmt) and post.op == ":=":
                    self.syntax_error("cannot declare in post statement of for loop", post.op_pos, post.end)
        elif self.kind != "{":
            cond = self.simple_stmt()
        self.expr_level = level
        if cond is None and keyword == "if" and semi_pos:
            if semi_lit == "semicolon":
                self.syntax_error("missing condition in if statement", semi_pos, semi_pos + 1)
            else:
                self.syntax_error(f"unexpected {semi_lit}, expected {{ after if clause", semi_pos, semi_pos + 1)
        return init, cond, post

    def condition(self, cond: ast.Stmt | None) -> ast.Expr:
        if cond is None:
            return ast.BadExpr(self.pos, self.pos)
        if isinstance(cond, ast.ExprStmt):
            return cond.x
        text = stmt_string(cond)
        if isinstance(cond, ast.AssignStmt) and cond.op == "=" and len(cond.lhs) == len(cond.rhs) == 1:
            text = f"assignment {emphasize(cond.lhs[0])} = {emphasize(cond.rhs[0])}"
        at = cond.op_pos if isinstance(cond, ast.AssignStmt) else cond.arrow if isinstance(cond, ast.SendStmt) else cond.pos
        self.syntax_error(f"cannot use {text} as value", at, cond.end)
        return ast.BadExpr(cond.pos, cond.end)

    def if_stmt(self) -> ast.Stmt:
        pos = self.want("if")
        self.enter()
        init, cond, _ = self.header("if")
        test = self.condition(cond)
        then = self.block("if clause")
        els: ast.Stmt | None = None
        if self.got("else"):
            if self.kind == "if":
                els = self.if_stmt()
            elif self.kind == "{":
                els = self.block()
            else:
                self.syntax_error("else must be followed by if or statement block")
                self.advance("name", "}")
        self.leave()
        return ast.IfStmt(pos, self.prev_end, init, test, then, els)

    def for_stmt(self) -> ast.Stmt:
        pos = self.want("for")
        init, cond, post = self.header("for")
        if isinstance(init, ast.RangeStmt):
            init.body = self.block("for clause")
            init.pos, init.end = pos, self.prev_end
            return init
        test = self.condition(cond) if cond is not None else None
        body = self.block("for clause")
        return ast.ForStmt(pos, self.prev_end, init, test, post, body)

    # ---- switch and select

    def switch_stmt(self) -> ast.Stmt:
        pos = self.want("switch")
        init, tag, _ = self.header("switch")
        lbrace = self.pos
        guard = self.claim_type_guard(tag)
        if not self.got("{"):
            self.syntax_error("missing { after switch clause")
            self.advance("case", "default", "}")
        self.enter()
        cases: list[ast.CaseClause] = []
        while self.kind not in ("}", "EOF"):
            cases.append(self.case_clause())
        self.leave()
        rbrace = self.want("}")
        if guard is not None:
            name = None
            if isinstance(tag, ast.AssignStmt):
                assert isinstance(tag.lhs[0], ast.Ident)
                name = tag.lhs[0]
            return ast.TypeSwitchStmt(pos, self.prev_end, init, name, guard.x, cases, lbrace, rbrace)
        value = self.condition(tag) if tag is not None else None
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

    def case_clause(self) -> ast.CaseClause:
        pos = self.pos
        exprs: list[ast.Expr] | None = None
        if self.got("case"):
            exprs = self.expr_list()
        elif not self.got("default"):
            self.no_clause()
        colon = self.want(":")
        body = self.stmt_list()
        return ast.CaseClause(pos, self.prev_end, exprs, colon, body)

    def no_clause(self) -> None:
        self.unexpected("expected case or default or }")
        self.advance(":", "case", "default", "}")

    def select_stmt(self) -> ast.Stmt:
        pos = self.want("select")
        lbrace = self.pos
        if not self.got("{"):
            self.syntax_error("missing { after select clause")
            self.advance("case", "default", "}")
        self.enter()
        cases: list[ast.CommClause] = []
        while self.kind not in ("}", "EOF"):
            cases.append(self.comm_clause())
        self.leave()
        rbrace = self.want("}")
        return ast.SelectStmt(pos, self.prev_end, cases, lbrace, rbrace)

    def comm_clause(self) -> ast.CommClause:
        pos = self.pos
        comm: ast.Stmt | None = None
        if self.got("case"):
            comm = self.simple_stmt()
        elif not self.got("default"):
            self.no_clause()
        colon = self.want(":")
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
