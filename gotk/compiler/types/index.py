# SPDX-License-Identifier: BSD-3-Clause
"""Index and slice expressions (Go spec, "Index expressions", "Slice expressions")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Map,
    Pointer,
    Signature,
    Slice,
    Type,
    TypeParam,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    BYTE,
    INT,
    STRING,
    all_integer,
    identical,
    is_numeric,
    is_string,
    is_typed,
    is_untyped,
    unalias,
)
from gotk.compiler.types.typeset import core_string, type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class IndexMixin:
    def index_expr(self: Checker, e: ast.IndexExpr, target: Type | None, call: bool = False) -> Operand:
        """``x[i]``, or an instantiation ``x[T]``. With `call`, a generic function is returned as it is (the caller handles type arguments)."""
        bad = Operand("", INVALID, e)
        x = self.expr_or_type(e.x, True)
        if not x.mode:
            self.use(*e.indices)
            return bad
        if x.mode == "type":
            t = self.typ(e)
            return Operand("type" if t is not INVALID else "", t, e)
        if x.mode == "value" and type(x.type) is Signature and x.type.tparams:
            if call:
                return x
            self.func_inst_expr(x, e, target)
            return x
        self.non_generic(x, None)
        if not x.mode:
            self.use(*e.indices)
            return bad
        t = x.type
        u = t.underlying()
        k = type(u)
        length = -1
        result: Operand | None = None
        if type(unalias(t)) is TypeParam:
            return self._index_param(e, x)
        if k is Basic and is_string(u):
            if x.mode == "const":
                length = len(x.val)
            result = Operand("value", BYTE, e)
            if x.mode == "const":
                # a constant index of a constant string is still not constant
                i = self.index(e.indices, length)
                if i is None:
                    return bad
                self.default(x)
                return result
            self.default(x)
        elif k is Array:
            length = u.len  # type: ignore[attr-defined]
            result = Operand("var" if x.mode == "var" else "value", u.elem, e)  # type: ignore[attr-defined]
        elif k is Pointer:
            base = u.elem.underlying()  # type: ignore[attr-defined]
            if type(base) is Array:
                length = base.len
                result = Operand("var", base.elem, e)
        elif k is Slice:
            result = Operand("var", u.elem, e)  # type: ignore[attr-defined]
        elif k is Map:
            return self._index_map(e, u)  # type: ignore[arg-type]
        if result is None:
            self.error(e.lbrack, f"cannot index {self.describe(x)}", "NonIndexableOperand")
            self.use(*e.indices)
            return bad
        if self.index(e.indices, length) is None:
            return bad
        return result

    def func_inst_expr(self: Checker, x: Operand, e: ast.IndexExpr, target: Type | None) -> None:
        x.expr = e
        self.func_inst(x, e, target)

    def _index_map(self: Checker, e: ast.IndexExpr, m: Map) -> Operand:
        if len(e.indices) > 1:
            self.error(e.indices[1], "invalid operation: more than one index", "InvalidIndex")
            self.use(*e.indices)
            return Operand("", INVALID, e)
        key = self.expr(None, e.indices[0])
        self.assignment(key, m.key, "map index")
        # A failed key is reported already; the element type is known all the same.
        return Operand("mapindex", m.elem, e)

    def _index_param(self: Checker, e: ast.IndexExpr, x: Operand) -> Operand:
        """Index into an operand whose type is a type parameter: allowed if it is for all types of the set."""
        bad = Operand("", INVALID, e)
        unders = type_set(x.type).unders()
        key: Type | None = None
        elem: Type | None = None
        length = -1
        mode = "var"
        ok = unders is not None
        for _, u in unders or []:
            k: Type | None = None
            t: Type | None = None
            n = -1
            m = mode
            if type(u) is Basic and is_string(u):
                t = BYTE
                m = "value"
            elif type(u) is Array:
                n, t = u.len, u.elem
                if x.mode != "var":
                    m = "value"
            elif type(u) is Pointer and type(u.elem.underlying()) is Array:
                n, t = u.elem.underlying().len, u.elem.underlying().elem  # type: ignore[attr-defined]
            elif type(u) is Slice:
                t = u.elem
            elif type(u) is Map:
                k, t = u.key, u.elem
                m = "value"
            if t is None:
                ok = False
                break
            if elem is None:
                length, key, elem, mode = n, k, t, m
                continue
            if (k is None) != (key is None) or (k is not None and not identical(k, key)) or not identical(t, elem):  # type: ignore[arg-type]
                ok = False
                break
            if n >= 0 and (length < 0 or n < length):
                length = n
            mode = "value" if m == "value" else mode
        if not ok or elem is None:
            self.error(e.lbrack, f"cannot index {self.describe(x)}", "NonIndexableOperand")
            self.use(*e.indices)
            return bad
        if key is not None:
            y = self.expr(None, e.indices[0])
            self.assignment(y, key, "map index")
            return Operand("mapindex", elem, e)
        if self.index(e.indices, length) is None:
            return bad
        return Operand(mode, elem, e)

    def index(self: Checker, indices: list[ast.Expr], length: int) -> tuple[int] | None:
        """Check a single index; (value or -1,) or None after an error."""
        if len(indices) > 1:
            self.error(indices[1], "invalid operation: more than one index", "InvalidIndex")
            self.use(*indices)
            return None
        v = self.index_value(indices[0], length)
        return None if v is None else (v,)

    def index_value(self: Checker, e: ast.Expr, limit: int, what: str = "index") -> int | None:
        """Check an index; its constant value, -1 if not constant, None after an error. ``limit`` (exclusive) < 0: none."""
        x = self.expr(None, e)
        if not self.valid_index(x, what, False):
            return None
        if x.mode != "const":
            return -1
        v = constants.to_int(x.val)
        assert v is not None
        if 0 <= limit <= v:
            self.error(x, f"invalid argument: {what} {constants.format_const(x.val)} out of bounds [0:{limit}]", "InvalidIndex")
            return None
        return v

    def valid_index(self: Checker, x: Operand, what: str, allow_negative: bool) -> bool:
        """Check that `x` can serve as index, length, or capacity; untyped operands become int."""
        if not x.mode:
            return False
        if x.mode == "const" and is_untyped(x.type) and is_numeric(x.type) and constants.to_int(x.val) is None:
            self.error(x, f"{self.describe(x)} truncated to int", "TruncatedFloat")
            return False
        self.convert_untyped(x, INT)
        if not x.mode:
            return False
        if not all_integer(x.type):
            self.error(x, f"invalid argument: {what} {self.describe(x)} must be integer", "InvalidIndex")
            return False
        if x.mode == "const":
            v = constants.to_int(x.val)
            assert v is not None
            if v < 0 and not allow_negative:
                self.error(x, f"invalid argument: {what} {self.describe(x)} must not be negative", "InvalidIndex")
                return False
            if v >= 1 << 63:
                self.error(x, f"invalid argument: {what} {self.describe(x)} overflows int", "InvalidIndex")
                return False
        return True

    def slice_expr(self: Checker, e: ast.SliceExpr) -> Operand:
        bad = Operand("", INVALID, e)
        x = self.expr(None, e.x)
        if not x.mode:
            self.use(e.lo, e.hi, e.max)
            return bad
        length = -1
        t = x.type
        u = core_string(t)
        result: Type | None = None
        if u is None:
            self.error(x, f"invalid operation: cannot slice {self.describe(x)}", "NonSliceableOperand")
            self.use(e.lo, e.hi, e.max)
            return bad
        k = type(u)
        if k is Basic and is_string(u):
            if e.three:
                self.error(e.max if e.max is not None else e, "invalid operation: 3-index slice of string", "InvalidSliceExpr")
                self.use(e.lo, e.hi, e.max)
                return bad
            if x.mode == "const":
                length = len(x.val)
            if is_untyped(t):
                self.default(x)
                result = STRING
            elif type(unalias(t)) is TypeParam:
                result = t
            else:
                result = t
        elif k is Array:
            length = u.len  # type: ignore[attr-defined]
            if x.mode != "var":
                self.error(x, f"cannot slice unaddressable value {self.describe(x)}", "NonSliceableOperand")
                self.use(e.lo, e.hi, e.max)
                return bad
            self.mark_address(e.x)
            result = Slice(u.elem)  # type: ignore[attr-defined]
        elif k is Pointer and type(u.elem.underlying()) is Array:  # type: ignore[attr-defined]
            array = u.elem.underlying()  # type: ignore[attr-defined]
            length = array.len
            result = Slice(array.elem)
        elif k is Slice:
            result = t
        if result is None:
            self.error(x, f"cannot slice {self.describe(x)}", "NonSliceableOperand")
            self.use(e.lo, e.hi, e.max)
            return bad
        if e.three and (e.hi is None or e.max is None):
            self.use(e.lo, e.hi, e.max)
            return bad  # the parser has reported it
        known: list[tuple[int, ast.Expr]] = []
        failed = False
        for part in (e.lo, e.hi, e.max):
            if part is None:
                continue
            v = self.index_value(part, length + 1 if length >= 0 else -1)
            if v is None:
                failed = True
            elif v >= 0:
                known.append((v, part))
        if failed:
            return bad
        for i, (v, _) in enumerate(known):
            for w, at in known[i + 1 :]:
                if v > w:
                    self.error(at, f"invalid slice indices: {w} < {v}", "SwappedSliceIndices")
                    return bad
        return Operand("value", result, e)


__all__ = ["Any", "IndexMixin", "is_typed"]
