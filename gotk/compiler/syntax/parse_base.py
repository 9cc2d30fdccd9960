# SPDX-License-Identifier: BSD-3-Clause
"""The parser's core: the token cursor, errors in the Go compiler's wording, and resynchronisation after them.

After a syntax error parsing goes on: the error's place decides which tokens are skipped (`advance`), in the way of the Go compiler, so that its further
errors are the same. One syntax error a line is kept. Only nesting beyond `MAX_NESTING` gives a file up (`Bail`).
"""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.syntax import ast
from gotk.compiler.syntax.branches import check_branches
from gotk.compiler.syntax.lexer import KEYWORDS, MAX_ERRORS, Tokens, tokenize
from gotk.compiler.syntax.position import pos_col, pos_line
from gotk.diagnostics import Diagnostic

# Beyond this depth of nesting (brackets, blocks, operators in a row) a file is refused: later passes recurse.
MAX_NESTING = 500
MAX_OPERATORS = 2000
#: how the messages about limits of ours begin: a tree beyond them is not checked
NESTED, TOO_LONG = "nested too deeply", "expression too long"


# Where skipping after an error stops inside functions: a statement begins.
_STMT_STARTS = frozenset(
    ["break", "const", "continue", "defer", "fallthrough", "for", "go", "goto", "if", "return", "select", "switch", "type", "var"]
)


class Bail(Exception):
    """Gives the file up; the error has been recorded."""


class ParserBase:
    """Cursor over the tokens: ``kind`` is the current token's kind."""

    def __init__(self, source: bytes, filename: str, index: int) -> None:
        self.filename = filename
        self.index = index
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        # A line has one syntax error at most; other errors (of the lexer) are all kept, but none twice.
        self.errors = 0  # reported, shown or not
        self._error_keys: set[tuple[int, str]] = set()
        self.has_branch = False  # a label or branch was seen in the function being parsed
        self.kinds: list[str] = []
        self.tokens: Tokens = tokenize(source, index, self.error_at)
        self.kinds = self.tokens.kinds
        self.at = 0
        self.kind = self.kinds[0]
        self.nesting = 0
        self.expr_level = 0  # < 0: in a control clause, where a composite literal needs parentheses
        self.type_guards: list[ast.TypeAssertExpr] = []  # x.(type) not yet claimed by a switch
        self.in_func = 0

    # ---- cursor

    def next(self) -> None:
        self.at += 1
        self.kind = self.kinds[self.at]

    @property
    def pos(self) -> int:
        return self.tokens.starts[self.at]

    @property
    def lit(self) -> str:
        return self.tokens.lits[self.at]

    @property
    def prev_end(self) -> int:
        """End of the token before the current one."""
        return self.tokens.ends[self.at - 1] if self.at else self.pos

    def peek(self, ahead: int = 1) -> str:
        at = self.at + ahead
        return self.kinds[at] if at < len(self.kinds) else "EOF"

    def got(self, kind: str) -> bool:
        if self.kind == kind:
            self.next()
            return True
        return False

    def want(self, kind: str) -> int:
        """Consume a token of this kind, or report what is there instead; returns the position."""
        pos = self.tokens.starts[self.at]
        if self.kind == kind:
            self.next()
        else:
            self.unexpected(f"expected {self.describe_kind(kind)}")
            self.advance()
        return pos

    def advance(self, *follow: str) -> None:
        """Skip to one of the tokens `follow`, inside functions also to one that begins a statement; without `follow` skip one token."""
        if not follow:
            if self.kind != "EOF":
                self.next()
            return
        while self.kind not in follow and self.kind != "EOF":
            if self.in_func and self.kind in _STMT_STARTS:
                return
            self.next()

    def text_between(self, start: int, stop: int) -> str:
        """Source text of tokens start..stop-1 (token indices)."""
        raw = self.source[self.tokens.offsets[start] : self.tokens.stops[stop - 1]]
        return raw.decode("utf-8", "replace")

    # ---- nesting

    def enter(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.error_at(self.pos, self.tokens.ends[self.at], NESTED + " (gotk's limit is 500 levels)")
            raise Bail

    def leave(self) -> None:
        self.nesting -= 1

    # ---- errors

    def error_at(self, start: int, end: int, message: str) -> None:
        self.errors += 1
        line = pos_line(start)
        key = (line, "" if message.startswith("syntax error") else message)
        if key in self._error_keys:
            return
        self._error_keys.add(key)
        if len(self.diagnostics) > MAX_ERRORS:
            if self.kinds:
                raise Bail
            return  # of the lexer, which goes on
        self.diagnostics.append(self.diagnostic(start, end, message))

    def diagnostic(self, start: int, end: int, message: str) -> Diagnostic:
        line = pos_line(start)
        if pos_line(end) != line:
            end = start + 1
        return Diagnostic(self.filename, line, pos_col(start), line, pos_col(end), message, "syntax", "")

    def branches(self, body: ast.Block) -> None:
        """Check the branches of a function's body, if it has any (`has_branch`)."""
        errors = self.errors
        check_branches(body, self.filename, self.error_at)
        self.errors = errors  # these do not make the function around it doubtful

    def syntax_error(self, message: str, start: int | None = None, end: int | None = None) -> None:
        """Record "syntax error: …" without the unexpected token. At the end of the file only a first error is told: others follow from it."""
        if self.kind == "EOF" and self.diagnostics:
            return
        if start is None:
            start, end = self.pos, self.tokens.ends[self.at]
        self.error_at(start, end if end is not None else start + 1, "syntax error: " + message)

    def unexpected(self, context: str) -> None:
        """Record "syntax error: unexpected TOKEN <context>" at the current token.

        ``context`` begins with "in ", "at ", "after " or "expected "."""
        joined = ", " + context if context.startswith("expected ") else " " + context
        if not context:
            joined = ""
        self.syntax_error(f"unexpected {self.describe()}{joined}")

    def describe(self) -> str:
        kind, lit = self.kind, self.lit
        if kind == "name":
            return f"name {lit}"
        if kind == "literal":
            return f"literal {lit}"
        if kind == ";":
            return lit
        return self.describe_kind(kind)

    @staticmethod
    def describe_kind(kind: str) -> str:
        if kind == ",":
            return "comma"
        if kind == ";":
            return "semicolon or newline"
        if kind in KEYWORDS:
            return f"keyword {kind}"
        return kind

    # ---- lists: shared by parameters, arguments, literals

    def list_of(self, context: str, separator: str, close: str, element: Callable[[], bool | None]) -> int:
        """Elements up to and with ``close``; ``element`` returns True if none may follow. Returns the position of ``close``."""
        done = False
        while self.kind not in (close, "EOF") and not done:
            done = bool(element())
            if not self.got(separator) and self.kind != close:
                self.unexpected(f"in {context}; possibly missing {self.describe_kind(separator)} or {self.describe_kind(close)}")
                self.advance(")", "]", "}")
                if self.kind != close:
                    return self.pos
        return self.want(close)

    def bad_expr(self, context: str, *follow: str) -> ast.BadExpr:
        """Report that an expression or type is missing here, and skip to `follow`."""
        bad = ast.BadExpr(self.pos, self.pos)
        self.unexpected(context)
        self.advance(*follow)
        return bad

    def name(self) -> ast.Ident:
        if self.kind != "name":
            pos = self.pos
            self.unexpected("expected name")
            self.advance()
            return ast.Ident(pos, pos, "_")
        node = ast.Ident(self.tokens.starts[self.at], self.tokens.ends[self.at], self.tokens.lits[self.at])
        self.next()
        return node

    def doc_above(self, pos: int) -> str:
        """The comment that ends on the line above ``pos``, as written."""
        found = self.tokens.comments.get(pos_line(pos) - 1)
        return found[1] if found else ""
