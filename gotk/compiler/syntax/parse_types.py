# SPDX-License-Identifier: BSD-3-Clause
"""Parsing of types: the spec's chapter "Types", with type parameter lists and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.parse_base import ParserBase

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPE_STARTS = frozenset(["name", "*", "(", "[", "func", "map", "chan", "struct", "interface", "<-"])
# After "[ name" these begin a constraint, so the bracket opens type parameters and not an array length.
_CONSTRAINT_STARTS = frozenset(["name", "interface", "~", "[", "func", "map", "chan", "struct", ","])


class TypeParser(ParserBase):
    if TYPE_CHECKING:
        expr: Callable[[], ast.Expr]
        block_body: Callable[[], ast.Block]

    def type_(self) -> ast.Expr:
        typ = self.type_or_none()
        if typ is None:
            return self.bad_expr("expected type", ",", ":", ";", ")", "]", "}")
        return typ

    def type_or_none(self) -> ast.Expr | None:
        """A type, or None (nothing consumed) when the current token begins none."""
        kind, pos = self.kind, self.pos
        if kind == "name":
            return self.type_name()
        if kind not in _TYPE_STARTS:
            return None
        self.enter()
        typ: ast.Expr
        if kind == "*":
            self.next()
            elem = self.type_()
            typ = ast.StarExpr(pos, elem.end, elem)
        elif kind == "(":
            self.next()
            inner = self.type_()
            self.want(")")
            typ = ast.ParenExpr(pos, self.prev_end, inner)
        elif kind == "[":
            typ = self.array_or_slice_type()
        elif kind == "func":
            self.next()
            typ = self.signature(pos)
        elif kind == "map":
            self.next()
            self.want("[")
            key = self.type_()
            self.want("]")
            value = self.type_()
            typ = ast.MapType(pos, value.end, key, value)
        elif kind == "struct":
            typ = self.struct_type()
        elif kind == "interface":
            typ = self.interface_type()
        else:
            typ = self.chan_type()
        self.leave()
        return typ

    def type_name(self) -> ast.Expr:
        """Name, pkg.Name, and their instantiations."""
        typ: ast.Expr = self.name()
        if self.got("."):
            sel = self.name()
            typ = ast.SelectorExpr(typ.pos, sel.end, typ, sel)
        if self.kind == "[":
            typ = self.type_instance(typ)
        return typ

    def type_instance(self, typ: ast.Expr) -> ast.Expr:
        self.enter()
        lbrack = self.want("[")
        args: list[ast.Expr] = []
        self.expr_level += 1
        if self.kind == "]":
            self.syntax_error("expected type argument list")
        while self.kind != "]":
            args.append(self.type_())
            if not self.got(","):
                break
        self.want("]")
        self.expr_level -= 1
        self.leave()
        return ast.IndexExpr(typ.pos, self.prev_end, typ, lbrack, args)

    def array_or_slice_type(self) -> ast.Expr:
        pos = self.want("[")
        if self.got("]"):
            elem = self.type_()
            return ast.ArrayType(pos, elem.end, None, elem)
        return self.array_type_rest(pos, None)

    def array_type_rest(self, pos: int, length: ast.Expr | None) -> ast.Expr:
        """After ``[`` (and maybe the length, when the caller had to parse it)."""
        if length is None:
            if self.kind == "...":
                dots = self.pos
                self.next()
                length = ast.Ellipsis(dots, self.prev_end, None)
            else:
                self.expr_level += 1
                length = self.expr()
                self.expr_level -= 1
        if self.kind == ",":
            self.syntax_error("unexpected comma; expected ]")
            self.next()
        self.want("]")
        elem = self.type_()
        return ast.ArrayType(pos, elem.end, length, elem)

    def chan_type(self) -> ast.Expr:
        pos = self.pos
        if self.got("<-"):
            self.want("chan")
            elem = self.chan_elem()
            return ast.ChanType(pos, elem.end, "recv", elem)
        self.want("chan")
        if self.got("<-"):
            elem = self.chan_elem()
            return ast.ChanType(pos, elem.end, "send", elem)
        elem = self.chan_elem()
        return ast.ChanType(pos, elem.end, "both", elem)

    def chan_elem(self) -> ast.Expr:
        typ = self.type_or_none()
        if typ is None:
            self.syntax_error("missing channel element type")
            typ = ast.BadExpr(self.pos, self.pos)
        return typ

    # ---- struct and interface

    def struct_type(self) -> ast.Expr:
        pos = self.want("struct")
        self.want("{")
        fields: list[ast.Field] = []
        self.list_of("struct type", ";", "}", lambda: self.field_decl(fields))
        return ast.StructType(pos, self.prev_end, fields)

    def field_decl(self, fields: list[ast.Field]) -> None:
        pos = self.pos
        doc = self.doc_above(pos)
        names: list[ast.Ident] = []
        typ: ast.Expr
        if self.kind == "name":
            after = self.peek()
            if after in (".", "literal", ";", "}"):
                typ = self.type_name()
            elif after == "[":
                typ, names = self.field_after_bracket()
            else:
                names.append(self.name())
                while self.got(","):
                    names.append(self.name())
                typ = self.type_()
        elif self.kind == "*":
            star = self.pos
            self.next()
            if self.kind == "(":
                self.syntax_error("cannot parenthesize embedded type")
                self.next()
                inner = self.type_name()
                self.want(")")
            else:
                inner = self.type_name()
            typ = ast.StarExpr(star, inner.end, inner)
        elif self.kind == "(":
            self.syntax_error("cannot parenthesize embedded type")
            self.next()
            self.got("*")
            typ = self.type_name()
            self.want(")")
        else:
            self.unexpected("expected field name or embedded type")
            self.advance(";", "}")
            return
        tag = None
        if self.kind == "literal":
            if self.lit[0] not in '"`':
                self.syntax_error("struct field tag must be a string")
                self.next()
            else:
                tag = ast.BasicLit(self.pos, self.tokens.ends[self.at], "STRING", self.lit)
                self.next()
        fields.append(ast.Field(pos, self.prev_end, names, typ, tag, doc))

    def field_after_bracket(self) -> tuple[ast.Expr, list[ast.Ident]]:
        """``name [`` in a struct: a field of array or slice type, or the embedded instance ``Name[T]``."""
        start = self.at
        name = self.name()
        lbrack = self.want("[")
        if self.got("]"):
            elem = self.type_()
            return ast.ArrayType(lbrack, elem.end, None, elem), [name]
        # An embedded instance is a bracket that ends the line; an array type goes on with its element.
        depth, at = 1, self.at
        while depth and self.kinds[at] != "EOF":
            depth += {"[": 1, "]": -1}.get(self.kinds[at], 0)
            at += 1
        if self.kinds[at] in (";", "}", "literal"):
            self.at, self.kind = start, self.kinds[start]
            return self.type_name(), []
        return self.array_type_rest(lbrack, None), [name]

    def interface_type(self) -> ast.Expr:
        pos = self.want("interface")
        self.want("{")
        elems: list[ast.InterfaceElem] = []
        self.list_of("interface type", ";", "}", lambda: elems.append(self.interface_elem()))
        return ast.InterfaceType(pos, self.prev_end, elems)

    def interface_elem(self) -> ast.InterfaceElem:
        start = self.pos
        doc = self.doc_above(start)
        if self.kind == "name" and (self.peek() == "(" or (self.peek() == "[" and self.peek(2) == "name" and self.peek(3) not in ("]", ",", ".", "["))):
            name = self.name()
            if self.kind == "[":  # read on as a method, but complain
                self.error_at(self.pos, self.pos + 1, "interface method must have no type parameters")
                self.type_params()
            signature = self.signature(start)
            return ast.InterfaceElem(start, self.prev_end, name, signature, None, doc)
        elem = self.constraint_elem()
        return ast.InterfaceElem(start, self.prev_end, None, None, elem, doc)

    def constraint_elem(self) -> ast.Expr:
        """``~A | B | …``"""
        left = self.constraint_term()
        while self.kind == "|":
            op_pos = self.pos
            self.next()
            right = self.constraint_term()
            left = ast.BinaryExpr(left.pos, right.end, left, op_pos, "|", right)
        return left

    def constraint_term(self) -> ast.Expr:
        pos = self.pos
        if self.got("~"):
            typ = self.type_()
            return ast.UnaryExpr(pos, typ.end, "~", typ)
        found = self.type_or_none()
        if found is None:
            return self.bad_expr("expected ~ term or type", "|", ";", ")", "]", "}")
        return found

    # ---- functions

    def signature(self, pos: int) -> ast.FuncType:
        """Parameters and results; the ``func`` keyword (if any) is consumed and began at ``pos``."""
        if self.kind == "[":
            self.syntax_error("function type must have no type parameters")
            self.type_params()
        lparen = self.pos
        params = self.param_list()
        results = self.results()
        # Its own position is the parenthesis's, as in the Go compiler's messages.
        return ast.FuncType(lparen, self.prev_end, [], params, results, pos)

    def results(self) -> list[ast.Field]:
        if self.kind == "(":
            return self.param_list()
        typ = self.type_or_none()
        return [] if typ is None else [ast.Field(typ.pos, typ.end, [], typ)]

    def param_list(self) -> list[ast.Field]:
        self.want("(")
        self.enter()
        level, self.expr_level = self.expr_level, 0
        entries: list[tuple[ast.Ident | None, ast.Expr | None]] = []
        self.list_of("parameter list", ",", ")", lambda: entries.append(self.param_entry()))
        self.expr_level = level
        self.leave()
        return self.group_params(entries, "parameter")

    def param_entry(self) -> tuple[ast.Ident | None, ast.Expr | None]:
        """(name, type): a lone name is (name, None) until the list shows which it is."""
        if self.kind == "name":
            after = self.peek()
            if after in (",", ")"):
                return self.name(), None
            if after in (".", "["):
                if after == ".":
                    return None, self.type_name()
                typ, names = self.field_like_param()
                return (names[0] if names else None), typ
            name = self.name()
            return name, self.param_type()
        typ = self.param_type()  # type: ignore[assignment]
        return None, typ if typ is not None else self.bad_expr("expected )", ",", ")")

    def field_like_param(self) -> tuple[ast.Expr, list[ast.Ident]]:
        """``name [``: parameter of array or slice type, or an unnamed instance ``Name[T]``."""
        start = self.at
        name = self.name()
        lbrack = self.want("[")
        if self.got("]"):
            elem = self.type_()
            return ast.ArrayType(lbrack, elem.end, None, elem), [name]
        depth, at = 1, self.at
        while depth and self.kinds[at] != "EOF":
            depth += {"[": 1, "]": -1}.get(self.kinds[at], 0)
            at += 1
        if self.kinds[at] in (",", ")", ";", "{"):
            self.at, self.kind = start, self.kinds[start]
            return self.type_name(), []
        return self.array_type_rest(lbrack, None), [name]

    def param_type(self) -> ast.Expr | None:
        pos = self.pos
        if self.got("..."):
            elem = self.type_or_none()
            if elem is None:
                self.syntax_error("... is missing type")
                elem = ast.BadExpr(pos, self.prev_end)
            return ast.Ellipsis(pos, elem.end, elem)
        return self.type_or_none()

    def group_params(self, entries: list[tuple[ast.Ident | None, ast.Expr | None]], what: str) -> list[ast.Field]:
        """Entries to fields: all named (a lone name takes the type that follows) or all types."""
        named = any(name is not None and typ is not None for name, typ in entries)
        fields: list[ast.Field] = []
        if not named:
            for name, typ in entries:
                typ = typ if typ is not None else name
                assert typ is not None
                fields.append(ast.Field(typ.pos, typ.end, [], typ))
            return fields
        pending: list[ast.Ident] = []
        for name, typ in entries:
            if name is None:
                assert typ is not None
                if isinstance(typ, ast.Ident):
                    name, typ = typ, None
                else:
                    self.syntax_error(f"missing {what} name" if what != "parameter" else "missing parameter name", typ.pos, typ.end)
                    name = ast.Ident(typ.pos, typ.pos, "_")
            pending.append(name)
            if typ is not None:
                fields.append(ast.Field(pending[0].pos, typ.end, pending, typ))
                pending = []
        if pending:
            last = pending[-1]
            self.syntax_error("missing parameter type" if what == "parameter" else f"missing {what}", last.end, last.end + 1)
            fields.append(ast.Field(pending[0].pos, last.end, pending, ast.BadExpr(last.end, last.end)))
        return fields

    # ---- type parameters

    def type_params(self) -> list[ast.Field]:
        """``[P C, Q interface{…}]``; stands at ``[``."""
        self.want("[")
        self.expr_level += 1
        if self.kind == "]":
            self.syntax_error("empty type parameter list")
        entries: list[tuple[ast.Ident | None, ast.Expr | None]] = []

        def parameter() -> None:
            name = self.name()
            entries.append((name, None if self.kind in (",", "]") else self.constraint_elem()))

        self.list_of("parameter list", ",", "]", parameter)
        self.expr_level -= 1
        if entries and all(typ is None for _, typ in entries):
            last = entries[-1][0]
            assert last is not None
            self.syntax_error("missing type constraint", last.end, last.end + 1)
            return []
        return self.group_params(entries, "type constraint")

    def looks_like_type_params(self) -> bool:
        """Stands at ``[`` after ``type Name``: type parameters rather than an array's length?

        ``[N]``, ``[]``, ``[2*N]`` are lengths; ``[P *T]`` is read as an expression unless a comma follows (spec: Type declarations)."""
        if self.peek() != "name":
            return False
        after = self.peek(2)
        if after in _CONSTRAINT_STARTS:
            return not (after == "[" and self._bracket_ends_expression())
        if after in ("*", "("):
            depth, at = 1, self.at + 1
            while depth and self.kinds[at] != "EOF":
                kind = self.kinds[at]
                if kind in "[({":
                    depth += 1
                elif kind in "])}":
                    depth -= 1
                elif depth == 1 and kind in (",", "|", "~", "interface"):
                    return True
                at += 1
        return False

    def _bracket_ends_expression(self) -> bool:
        """``[name[…]]``: an index expression as length (constant arrays can't be indexed to constants, but it is an expression)."""
        depth, at = 1, self.at + 3
        while depth and self.kinds[at] != "EOF":
            depth += {"[": 1, "]": -1}.get(self.kinds[at], 0)
            at += 1
        return self.kinds[at] == "]" and at - (self.at + 3) > 1
