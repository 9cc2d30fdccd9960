# SPDX-License-Identifier: BSD-3-Clause
"""Conversions ``T(x)`` (Go spec, "Conversions")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax.literals import encode_rune
from gotk.compiler.types import constants
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Pointer,
    Slice,
    Type,
    TypeParam,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    STRING,
    UNTYPED_NIL,
    all_integer,
    basic_kind,
    default_type,
    identical,
    identical_ignore_tags,
    is_complex,
    is_const_type,
    is_float,
    is_integer,
    is_non_type_param_interface,
    is_string,
    is_typed,
    is_untyped,
    is_valid,
    unalias,
)
from gotk.compiler.types.typeset import type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class ConversionMixin:
    def conversion(self: Checker, x: Operand, t: Type) -> None:
        """Convert `x` to `t` in place."""
        const_arg = x.mode == "const"
        ok = False
        cause = ""
        if const_arg and is_const_type(t):
            ok = self._const_convertible(x, t)
            if not ok and is_integer(t):
                whole = constants.to_int(x.val)
                if whole is not None:
                    x.val = whole  # messages show the number itself
            if not ok and is_integer(x.type) and is_integer(t):
                self.error(x, f"constant {constants.format_const(x.val)} overflows {self.text(t)}", "InvalidConversion")
                x.mode = ""
                return
        elif const_arg and type(unalias(t)) is TypeParam:
            # A constant converted to a type parameter is not constant, but it must fit every type of the set.
            unders = type_set(t).unders()
            ok = True
            for term, u in unders or [(t, INVALID)]:
                if u is INVALID:
                    ok = self.convertible(x, t)[0]
                    break
                if is_string(x.type) and type(u) is Slice and basic_kind(u.elem) in ("uint8", "int32"):
                    continue
                if not is_const_type(u):
                    probe = x.copy()
                    ok = self.convertible(probe, u)[0]
                    if not ok:
                        cause = f"cannot convert {self.describe(x)} to type {self.text(term)} (in {self.text(t)})"
                        break
                    continue
                probe = x.copy()
                if not self._const_convertible(probe, u):
                    ok = False
                    if is_integer(x.type) and is_integer(u):
                        cause = f"constant {constants.format_const(x.val)} overflows {self.text(term)} (in {self.text(t)})"
                    else:
                        cause = f"cannot convert {self.describe(x)} to type {self.text(term)} (in {self.text(t)})"
                    break
            if ok:
                x.mode = "value"
        else:
            ok, cause = self.convertible(x, t)
            if ok:
                x.mode = "value"
        if not ok:
            if cause:
                self.error(x, f"cannot convert {self.describe(x)} to type {self.text(t)}: {cause}", "InvalidConversion")
            else:
                self.error(x, f"cannot convert {self.describe(x)} to type {self.text(t)}", "InvalidConversion")
            x.mode = ""
            return
        # What an untyped operand finally is: the target, or its default type where the target cannot hold it as constant.
        if is_untyped(x.type):
            final: Type = t
            if is_non_type_param_interface(t) or (const_arg and not is_const_type(t)) or x.type is UNTYPED_NIL:
                final = default_type(x.type)
                if x.type is UNTYPED_NIL:
                    final = t
            elif x.mode == "const" and is_integer(x.type) and is_string(t):
                final = default_type(x.type)
                if constants.represent(x.expr.const, final.kind) is None:  # type: ignore[attr-defined]
                    final = x.type
            self.update_type(x.expr, final, True)
        x.type = t

    def _const_convertible(self: Checker, x: Operand, t: Type) -> bool:
        u = t.underlying()
        assert type(u) is Basic
        value, code = self.representation(x, u)
        if not code:
            x.val = value
            return True
        if is_integer(x.type) and is_string(u):
            code_point = constants.to_int(x.val)
            assert code_point is not None
            x.val = encode_rune(code_point)
            return True
        return False

    def convertible(self: Checker, x: Operand, t: Type) -> tuple[bool, str]:
        """(whether a non-constant conversion of `x` to `t` is allowed, else a reason or "")."""
        ok, cause = self.assignable(x, t)
        if ok:
            return True, ""
        v = x.type
        vo, to = unalias(v), unalias(t)
        vu, tu = vo.underlying(), to.underlying()
        vp = vo if type(vo) is TypeParam else None
        tp = to if type(to) is TypeParam else None
        if vp is None and tp is None:
            if identical_ignore_tags(vu, tu):
                return True, ""
            if type(vo) is Pointer and type(to) is Pointer:
                a, b = unalias(vo.elem), unalias(to.elem)
                if type(a) is not TypeParam and type(b) is not TypeParam and identical_ignore_tags(a.underlying(), b.underlying()):
                    return True, ""
            if _numeric(vu) and _numeric(tu):
                return True, ""
            if is_complex(vu) and is_complex(tu):
                return True, ""
            if is_string(tu) and (is_integer(vu) or _bytes_or_runes(vu)):
                return True, ""
            if is_string(vu) and _bytes_or_runes(tu):
                return True, ""
            if basic_kind(tu) == "unsafe.Pointer" and (type(vu) is Pointer or basic_kind(vu) == "uintptr"):
                return True, ""
            if basic_kind(vu) == "unsafe.Pointer" and (type(tu) is Pointer or basic_kind(tu) == "uintptr"):
                return True, ""
            if type(vu) is Slice:
                if type(tu) is Array and identical(vu.elem, tu.elem):
                    return True, ""
                if type(tu) is Pointer and type(tu.elem.underlying()) is Array:
                    if identical(vu.elem, tu.elem.underlying().elem):  # type: ignore[attr-defined]
                        return True, ""
            return False, cause
        # Type parameters: every type of the sets must convert.
        vs = type_set(vp).unders() if vp is not None else [(v, vu)]
        ts = type_set(tp).unders() if tp is not None else [(t, tu)]
        if vs is None or ts is None:
            return False, ""
        probe = x.copy()
        for vt, _ in vs:
            probe.type = vt
            for tt, _ in ts:
                ok, _why = self.convertible(probe, tt)
                if not ok:
                    if vp is not None and tp is not None:
                        return False, f"cannot convert {self.text(vt)} (in {self.text(v)}) to type {self.text(tt)} (in {self.text(t)})"
                    if vp is not None:
                        return False, f"cannot convert {self.text(vt)} (in {self.text(v)}) to type {self.text(t)}"
                    return False, f"cannot convert {self.text(v)} to type {self.text(tt)} (in {self.text(t)})"
        return True, ""


def _numeric(t: Type) -> bool:
    return is_integer(t) or is_float(t)


def _bytes_or_runes(t: Type) -> bool:
    return type(t) is Slice and basic_kind(t.elem) in ("uint8", "int32")


__all__ = ["STRING", "ConversionMixin", "all_integer", "is_typed", "is_valid"]
