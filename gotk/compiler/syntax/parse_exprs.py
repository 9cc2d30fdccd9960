# SPDX-License-Identifier: BSD-3-Clause
"""Parsing of expressions: the spec's chapter "Expressions". Types and expressions share a grammar here, as in Go's own parser:
``f[int]``, ``[]int(x)`` and ``*p`` are told apart by the checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parse_base import MAX_OPERATORS, TOO_LONG
from gotk.compiler.syntax.parse_types import TypeParser

if TYPE_CHECKING:
    from collections.abc import Callable

PRECEDENCE = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-", "|", "^"), 4),
    **dict.fromkeys(("*", "/", "%", "&", "&^", "<<", ">>"), 5),
}
_UNARY = frozenset(["+", "-", "!", "^", "&", "~"])


class ExprParser(TypeParser):
    if TYPE_CHECKING:
        func_body: Callable[[], ast.Block]

    def expr(self) -> ast.Expr:  # type: ignore[override]
        return self.binary_expr(1)

    def expr_list(self) -> list[ast.Expr]:
        exprs = [self.expr()]
        while self.got(","):
            exprs.append(self.expr())
        return exprs

    def binary_expr(self, min_precedence: int) -> ast.Expr:
        self.enter()
        left = self.unary_expr()
        operators = 0
        while True:
            op = self.kind
            precedence = PRECEDENCE.get(op, 0)
            if precedence < min_precedence:
                break
            op_pos = self.pos
            operators += 1
            if operators > MAX_OPERATORS:
                self.error_at(op_pos, op_pos + 1, TOO_LONG + " (gotk's limit is 2000 operators in a row)")
                operators = -(1 << 30)
            self.next()
            right = self.binary_expr(precedence + 1)
            left = ast.BinaryExpr(left.pos, right.end, left, op_pos, op, right)
        self.leave()
        return left

    def unary_expr(self) -> ast.Expr:
        kind, pos = self.kind, self.pos
        if kind == "name" or kind == "literal":
            return self.primary_expr()
        if kind in _UNARY:
            self.enter()
            self.next()
            x = self.unary_expr()
            self.leave()
            return ast.UnaryExpr(pos, x.end, kind, x)
        if kind == "*":
            self.enter()
            self.next()
            x = self.unary_expr()
            self.leave()
            return ast.StarExpr(pos, x.end, x)
        if kind == "<-":
            self.enter()
            self.next()
            x = self.unary_expr()
            self.leave()
            return self.receive_or_chan_type(pos, x)
        return self.primary_expr()

    def receive_or_chan_type(self, pos: int, x: ast.Expr) -> ast.Expr:
        """``<-x``; but ``<-chan T`` is a type, and its arrow binds to the leftmost chan: ``<-chan (chan T)``."""
        if not isinstance(x, ast.ChanType):
            return ast.UnaryExpr(pos, x.end, "<-", x)
        node: ast.ChanType | None = x
        while node is not None:
            if node.dir == "recv":
                self.syntax_error("unexpected <-, expected chan", node.pos, node.pos + 2)
                break
            sends = node.dir == "send"
            node.dir = "recv"
            inner = node.elem
            if not sends:
                break
            # <-chan<- T reads as <-chan (<-T): the next chan takes the arrow
            if not isinstance(inner, ast.ChanType):
                self.syntax_error(f"unexpected {self.describe_expr(inner)}, expected chan", inner.pos, inner.end)
                break
            node = inner
        x.pos = pos
        return x

    def describe_expr(self, x: ast.Expr) -> str:
        return f"name {x.name}" if isinstance(x, ast.Ident) else "type"

    # ---- operands

    def operand(self) -> ast.Expr:
        kind, pos = self.kind, self.pos
        if kind == "name":
            node = ast.Ident(pos, self.tokens.ends[self.at], self.tokens.lits[self.at])
            self.next()
            return node
        if kind == "literal":
            return self.literal()
        if kind == "(":
            self.enter()
            self.next()
            level, self.expr_level = self.expr_level, max(self.expr_level, 0) + 1
            x = self.expr_or_type()
            self.expr_level = level
            self.want(")")
            self.leave()
            return ast.ParenExpr(pos, self.prev_end, x)
        if kind == "func":
            self.next()
            signature = self.signature(pos)
            if self.kind == "{":
                level, self.expr_level = self.expr_level, 0
                self.enter()
                body = self.func_body()
                self.leave()
                self.expr_level = level
                return ast.FuncLit(pos, self.prev_end, signature, body)
            return signature
        if kind in ("[", "chan", "map", "struct", "interface"):
            return self.type_()
        return self.bad_expr("expected expression", ")", "]", "}")

    def expr_or_type(self) -> ast.Expr:
        return self.expr()

    def literal(self) -> ast.BasicLit:
        lit, pos = self.lit, self.pos
        if self.at in self.tokens.bad:
            self.next()
            return ast.BasicLit(pos, self.prev_end, "BAD", lit)
        first = lit[0]
        kind: str
        if first in '"`':
            kind = "STRING"
        elif first == "'":
            kind = "CHAR"
        elif lit[-1] == "i":
            kind = "IMAG"
        elif lit[:2] in ("0x", "0X"):
            kind = "FLOAT" if "." in lit or "p" in lit or "P" in lit else "INT"
        else:
            kind = "FLOAT" if "." in lit or "e" in lit or "E" in lit else "INT"
        node = ast.BasicLit(pos, self.tokens.ends[self.at], kind, lit)  # type: ignore[arg-type]
        self.next()
        return node

    # ---- primary expressions

    def primary_expr(self) -> ast.Expr:
        x = self.operand()
        suffixes = 0
        while True:
            kind = self.kind
            if kind == ".":
                self.next()
                if self.kind == "name":
                    sel = self.name()
                    x = ast.SelectorExpr(x.pos, sel.end, x, sel)
                elif self.kind == "(":
                    x = self.type_assertion(x)
                else:
                    self.unexpected("expected name or (")
                    self.advance(";", ")")
            elif kind == "[":
                x = self.index_or_slice(x)
            elif kind == "(":
                x = self.call(x)
            elif kind == "{" and isinstance(x, ast.ParenExpr) and self.expr_level >= 0 and is_type_literal(x):
                self.syntax_error("cannot parenthesize type in composite literal")
                x = self.composite_lit(x)
            elif kind == "{" and self.begins_composite(x):
                x = self.composite_lit(x)
            else:
                return x
            suffixes += 1
            if suffixes > MAX_OPERATORS:
                self.error_at(self.pos, self.pos + 1, TOO_LONG + " (gotk's limit is 2000 operators in a row)")
                suffixes = -(1 << 30)

    def begins_composite(self, x: ast.Expr) -> bool:
        """Is ``{`` after x a composite literal? In a control clause a bare type name doesn't begin one (spec: Composite literals)."""
        t: ast.Expr = x
        if isinstance(t, (ast.Ident, ast.SelectorExpr)):
            return self.expr_level >= 0 and (isinstance(t, ast.Ident) or isinstance(t.x, ast.Ident))
        if isinstance(t, ast.IndexExpr):
            if self.expr_level < 0:
                return False
            return isinstance(t.x, (ast.Ident, ast.SelectorExpr))
        return isinstance(t, (ast.ArrayType, ast.StructType, ast.MapType))

    def type_assertion(self, x: ast.Expr) -> ast.Expr:
        lparen = self.want("(")
        if self.got("type"):
            self.want(")")
            guard = ast.TypeAssertExpr(x.pos, self.prev_end, x, lparen, None)
            self.type_guards.append(guard)
            return guard
        typ = self.type_()
        self.want(")")
        return ast.TypeAssertExpr(x.pos, self.prev_end, x, lparen, typ)

    def index_or_slice(self, x: ast.Expr) -> ast.Expr:
        self.enter()
        lbrack = self.want("[")
        level, self.expr_level = self.expr_level, max(self.expr_level, 0) + 1
        first: ast.Expr | None = None
        comma = False
        if self.kind != ":":
            if self.kind == "]":
                self.unexpected("expected operand")
                indices: list[ast.Expr] = [ast.BadExpr(self.pos, self.pos)]
            else:
                indices = [self.expr()]
                while self.got(","):
                    comma = True
                    t = self.type_or_none()  # a comma may stand before the bracket
                    if t is None:
                        break
                    indices.append(t)
            if self.kind == "]" or comma:
                self.expr_level = level
                self.want("]")
                self.leave()
                return ast.IndexExpr(x.pos, self.prev_end, x, lbrack, indices)
            first = indices[0]
        if not self.got(":"):
            self.unexpected("expected comma, : or ]")
            self.advance(",", ":", "]")
        middle = last = None
        three = False
        if self.kind not in (":", "]"):
            middle = self.expr()
        if self.kind == ":":
            three = True
            if middle is None:
                self.error_at(self.pos, self.pos + 1, "middle index required in 3-index slice")
            self.next()
            if self.kind != "]":
                last = self.expr()
            else:
                self.error_at(self.pos, self.pos + 1, "final index required in 3-index slice")
        self.expr_level = level
        self.want("]")
        self.leave()
        # Its own position is the bracket's, as in the Go compiler's messages.
        return ast.SliceExpr(lbrack, self.prev_end, x, lbrack, first, middle, last, three)

    def call(self, fun: ast.Expr) -> ast.Expr:
        self.enter()
        lparen = self.want("(")
        level, self.expr_level = self.expr_level, max(self.expr_level, 0) + 1
        args: list[ast.Expr] = []
        ellipsis = 0

        def argument() -> bool:
            nonlocal ellipsis
            args.append(self.expr_or_type())
            if self.kind == "...":
                ellipsis = self.pos
                self.next()
            return bool(ellipsis)

        rparen = self.list_of("argument list", ",", ")", argument)
        self.expr_level = level
        self.leave()
        return ast.CallExpr(fun.pos, self.prev_end, fun, lparen, args, ellipsis, rparen)

    def composite_lit(self, typ: ast.Expr | None) -> ast.Expr:
        self.enter()
        lbrace = self.want("{")
        level, self.expr_level = self.expr_level, 0
        elts: list[ast.Expr] = []
        rbrace = self.list_of("composite literal", ",", "}", lambda: elts.append(self.element()))
        self.expr_level = level
        self.leave()
        return ast.CompositeLit(typ.pos if typ is not None else lbrace, self.prev_end, typ, elts, lbrace, rbrace)

    def element(self) -> ast.Expr:
        key = self.element_value()
        if self.kind != ":":
            return key
        colon = self.pos
        self.next()
        value = self.element_value()
        return ast.KeyValueExpr(key.pos, value.end, key, colon, value)

    def element_value(self) -> ast.Expr:
        return self.composite_lit(None) if self.kind == "{" else self.expr()


def is_type_literal(x: ast.Expr) -> bool:
    """A parenthesised name or type: what may have been meant as a composite literal's type."""
    while isinstance(x, ast.ParenExpr):
        x = x.x
    return isinstance(x, (ast.Ident, ast.SelectorExpr, ast.ArrayType, ast.StructType, ast.MapType, ast.StarExpr))
