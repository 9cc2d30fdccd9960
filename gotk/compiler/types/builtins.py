# SPDX-License-Identifier: BSD-3-Clause
"""Calls of builtin functions, package unsafe's included (Go spec, "Built-in functions", "Package unsafe")."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.types import constants, sizes
from gotk.compiler.types import methods as lookup
from gotk.compiler.types.assign import nth, unparen
from gotk.compiler.types.model import (
    INVALID,
    Array,
    Basic,
    Chan,
    Map,
    Pointer,
    Selection,
    Signature,
    Slice,
    Tuple,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    BOOL,
    BYTE,
    COMPLEX64,
    COMPLEX128,
    FLOAT32,
    FLOAT64,
    INT,
    STRING,
    UINTPTR,
    UNSAFE_POINTER,
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    all_ordered,
    all_string,
    basic_kind,
    default_type,
    identical,
    is_numeric,
    is_string,
    is_untyped,
    unalias,
)
from gotk.compiler.types.typeset import common_under, core_string, core_type, type_set
from gotk.compiler.types.universe import ANY_ALIAS

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

#: minimum number of arguments, whether more are allowed, and whether the call may stand as a statement
ARITY: dict[str, tuple[int, bool, str]] = {
    "append": (1, True, "expression"),
    "cap": (1, False, "expression"),
    "clear": (1, False, "statement"),
    "close": (1, False, "statement"),
    "complex": (2, False, "expression"),
    "copy": (2, False, "statement"),
    "delete": (2, False, "statement"),
    "imag": (1, False, "expression"),
    "len": (1, False, "expression"),
    "make": (1, True, "expression"),
    "max": (1, True, "expression"),
    "min": (1, True, "expression"),
    "new": (1, False, "expression"),
    "panic": (1, False, "statement"),
    "print": (0, True, "statement"),
    "println": (0, True, "statement"),
    "real": (1, False, "expression"),
    "recover": (0, False, "statement"),
    "unsafe.Add": (2, False, "expression"),
    "unsafe.Alignof": (1, False, "expression"),
    "unsafe.Offsetof": (1, False, "expression"),
    "unsafe.Sizeof": (1, False, "expression"),
    "unsafe.Slice": (2, False, "expression"),
    "unsafe.SliceData": (1, False, "expression"),
    "unsafe.String": (2, False, "expression"),
    "unsafe.StringData": (1, False, "expression"),
}


class BuiltinMixin:
    def builtin_call(self: Checker, e: ast.CallExpr, name: str) -> Operand:
        e.kind = "builtin"
        e.builtin = name
        bad = Operand("", INVALID, e)
        if e.ellipsis and name != "append":
            self.error(e, f"invalid operation: invalid use of ... with built-in {name.rpartition('.')[2]}", "InvalidDotDotDot")
            self.use(*e.args)
            return bad
        if name in ("len", "cap"):
            # len(x) is constant if x has no calls and no receives.
            outer, self.env.has_call_or_recv = self.env.has_call_or_recv, False
        args: list[Operand] = []
        if name in ("make", "new", "unsafe.Offsetof"):
            nargs = len(e.args)
        else:
            args, _ = self.arg_list(e)
            nargs = len(args)
            if any(not a.mode for a in args):
                if name in ("len", "cap"):
                    self.env.has_call_or_recv = outer
                return bad
            for a in args:
                t = a.type
                if type(t) is Signature and t.tparams:
                    self.error(a, f"cannot use generic function {self.expr_text(a.expr)} without instantiation", "WrongTypeArgCount")
                    return bad
        least, variadic, _ = ARITY[name]
        problem = ""
        if nargs < least:
            problem = "not enough"
        elif not variadic and nargs > least:
            problem = "too many"
        if problem:
            self.error(e, f"invalid operation: {problem} arguments for {self.expr_text(e)} (expected {least}, found {nargs})", "WrongArgCount")
            if not args:
                self.use(*e.args)
            return bad
        if name in ("len", "cap"):
            x = self._len(e, name, args[0])
            self.env.has_call_or_recv = outer or x.mode == "value"
            return x
        x = _BUILTINS[name](self, e, args)
        if x.mode and name not in ("make", "new") and x.mode != "const":
            self.env.has_call_or_recv = True
        return x

    def builtin_arg_error(self: Checker, x: Operand, name: str) -> Operand:
        self.error(x, f"invalid argument: {self.describe(x)} for built-in {name}", "InvalidArg")
        return Operand("", INVALID, x.expr)

    def slice_elem(self: Checker, x: Operand) -> tuple[Slice | None, str]:
        """The slice type of `x` (of all types of its type set), or None and why there is none."""
        if x.mode == "nil":
            return None, "argument must be a slice; have untyped nil"
        u, why = self.common_under(x.type)
        if why and u is None and type(unalias(x.type)) is TypeParam:
            unders = [v for _, v in type_set(x.type).unders() or []]
            if unders and all(type(v) is Slice for v in unders):
                return None, "mismatched slice element types " + " and ".join(self.text(v.elem) for v in unders[:2]) + f" in {self.describe(x)}"  # type: ignore[attr-defined]
            return None, f"argument must be a slice; have {self.describe(x)}"
        if type(u) is not Slice:
            return None, f"argument must be a slice; have {self.describe(x)}"
        return u, ""

    def common_under(self: Checker, t: Type) -> tuple[Type | None, str]:
        """The underlying type that all types of the type set of `t` share (channels may differ in direction), or None and why not."""
        if type(unalias(t)) is not TypeParam:
            return t.underlying(), ""
        found, template, a, b = common_under(t)
        if found is not None:
            return found, ""
        return None, template % (self.text(a), self.text(b)) if "%s" in template else template

    # ---- append, copy, clear, delete, close

    def _append(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        bad = Operand("", INVALID, e)
        s = x.type
        core, why = self.slice_elem(x)
        if core is None:
            self.error(x, f"invalid append: {why}", "InvalidAppend")
            return bad
        e.args[0].type = s
        # append([]byte, string...)
        if len(args) == 2 and e.ellipsis:
            y = args[1]
            if y.mode == "nil":
                self.assignment(y, Slice(core.elem), "argument to append")
                return Operand("value", s, e)
            if basic_kind(core.elem) == "uint8":
                yt = core_string(y.type)
                if yt is not None and is_string(yt):
                    if is_untyped(y.type):
                        self.convert_untyped(y, STRING)
                    return Operand("value", s, e)
        if e.spread:
            for i, a in enumerate(args):
                a.expr = ast.Ident(a.expr.pos, a.expr.end, nth(i + 1, "function result"))
        params = [Var("", s, self.pkg), Var("", Slice(core.elem), self.pkg)]
        sig = Signature(Tuple(params), Tuple([]), True)
        if self.arguments(e, sig, None, None, args, []) is None:
            return bad
        return Operand("value", s, e)

    def _copy(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        bad = Operand("", INVALID, e)
        x, y = args
        dst, why = self.slice_elem(x)
        if dst is None:
            self.error(x, f"invalid copy: {why}", "InvalidCopy")
            return bad
        src, why = self.slice_elem(y)
        if src is None and y.mode != "nil" and all_string(y.type):
            src = Slice(BYTE)
            if identical(dst.elem, BYTE) or basic_kind(dst.elem) == "uint8":
                self.default(y)
                return Operand("value", INT, e)
        elif src is None:
            both = core_string(y.type)
            if both is not None and is_string(both) and basic_kind(dst.elem) == "uint8":
                return Operand("value", INT, e)
        if src is None:
            self.error(y, f"invalid copy: {why}", "InvalidCopy")
            return bad
        if not identical(dst.elem, src.elem):
            self.error(x, f"invalid copy: arguments {self.describe(x)} and {self.describe(y)} have different element types {self.text(dst.elem)} and {self.text(src.elem)}", "InvalidCopy")
            return bad
        return Operand("value", INT, e)

    def _clear(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        unders = [u for _, u in type_set(x.type).unders() or []] if type(unalias(x.type)) is TypeParam else [x.type.underlying()]
        if not unders or any(type(u) not in (Map, Slice) for u in unders):
            self.error(x, f"invalid argument: cannot clear {self.describe(x)}: argument must be (or constrained by) map or slice", "InvalidClear")
            return Operand("", INVALID, e)
        return Operand("novalue", INVALID, e)

    def _delete(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        m, k = args
        unders = [u for _, u in type_set(m.type).unders() or []] if type(unalias(m.type)) is TypeParam else [m.type.underlying()]
        key: Type | None = None
        for u in unders or [INVALID]:
            if type(u) is not Map:
                self.error(m, f"invalid argument: {self.describe(m)} is not a map", "InvalidDelete")
                return Operand("", INVALID, e)
            if key is not None and not identical(u.key, key):
                self.error(m, f"invalid argument: maps of {self.describe(m)} must have identical key types", "InvalidDelete")
                return Operand("", INVALID, e)
            key = u.key
        self.assignment(k, key, "argument to delete")
        if not k.mode:
            return Operand("", INVALID, e)
        return Operand("novalue", INVALID, e)

    def _close(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        unders = [u for _, u in type_set(x.type).unders() or []] if type(unalias(x.type)) is TypeParam else [x.type.underlying()]
        for u in unders or [INVALID]:
            if type(u) is not Chan:
                self.error(x, f"invalid operation: cannot close non-channel {self.describe(x)}", "InvalidClose")
                return Operand("", INVALID, e)
            if u.dir == "recv":
                self.error(x, f"invalid operation: cannot close receive-only channel {self.describe(x)}", "InvalidClose")
                return Operand("", INVALID, e)
        return Operand("novalue", INVALID, e)

    # ---- len, cap

    def _len(self: Checker, e: ast.CallExpr, name: str, x: Operand) -> Operand:
        t = x.type
        u = t.underlying()
        mode = ""
        value: int | None = None
        if type(unalias(t)) is TypeParam:
            unders = type_set(t).unders()
            if unders is not None and all(_has_len(v, name) for _, v in unders):
                mode = "value"
        else:
            if type(u) is Pointer and type(u.elem.underlying()) is Array:
                u = u.elem.underlying()
            if type(u) is Basic:
                if is_string(u) and name == "len":
                    if x.mode == "const":
                        mode, value = "const", len(x.val)
                    else:
                        mode = "value"
            elif type(u) is Array:
                mode = "value"
                if not self.env.has_call_or_recv:
                    if u.len >= 0:
                        mode, value = "const", u.len
            elif type(u) is Slice or type(u) is Chan or (type(u) is Map and name == "len"):
                mode = "value"
        if not mode:
            if u is not INVALID:
                self.error(x, f"invalid argument: {self.describe(x)} for built-in {name}", "InvalidLen")
            return Operand("", INVALID, e)
        if is_untyped(t):
            self.default(x)
        return Operand(mode, INT, e, value)

    # ---- complex numbers

    def _complex(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x, y = args
        bad = Operand("", INVALID, e)
        xu, yu = is_untyped(x.type), is_untyped(y.type)
        if xu and not yu:
            self.convert_untyped(x, y.type)
        elif yu and not xu:
            self.convert_untyped(y, x.type)
        elif xu and yu:
            if x.mode == "const" and y.mode == "const":
                for z in (x, y):
                    if is_numeric(z.type):
                        f = constants.to_float(z.val)
                        if f is not None:
                            z.type = UNTYPED_FLOAT
                            z.val = f
            else:
                self.convert_untyped(x, FLOAT64)
                self.convert_untyped(y, FLOAT64)
        if not x.mode or not y.mode:
            return bad
        if not identical(x.type, y.type):
            self.error(x, f"invalid operation: {self.expr_text(e)} (mismatched types {self.text(x.type)} and {self.text(y.type)})", "InvalidComplex")
            return bad
        results = {"float32": COMPLEX64, "float64": COMPLEX128, "untyped float": UNTYPED_COMPLEX}
        t = x.type
        if type(unalias(t)) is TypeParam:
            self.error(x, f"invalid argument: arguments have type {self.text(t)}, expected floating-point", "InvalidComplex")
            return bad
        result = results.get(basic_kind(t))
        if result is None:
            self.error(x, f"invalid argument: arguments have type {self.text(t)}, expected floating-point", "InvalidComplex")
            return bad
        if x.mode == "const" and y.mode == "const":
            re, im = constants.to_float(x.val), constants.to_float(y.val)
            assert re is not None and im is not None
            return Operand("const", result, e, constants.ConstComplex(re, im))
        return Operand("value", result, e)

    def _real(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        name = e.builtin
        if is_untyped(x.type):
            if x.mode == "const":
                if is_numeric(x.type):
                    c = constants.to_complex(x.val)
                    x.type = UNTYPED_COMPLEX
                    x.val = c
            else:
                self.convert_untyped(x, COMPLEX128)
                if not x.mode:
                    return Operand("", INVALID, e)
        results = {"complex64": FLOAT32, "complex128": FLOAT64, "untyped complex": UNTYPED_FLOAT}
        result = results.get(basic_kind(x.type))
        if result is None:
            self.error(x, f"invalid argument: argument has type {self.text(x.type)}, expected complex type", "InvalidReal")
            return Operand("", INVALID, e)
        if x.mode == "const":
            c = constants.to_complex(x.val)
            assert c is not None
            return Operand("const", result, e, c.re if name == "real" else c.im)
        return Operand("value", result, e)

    # ---- make, new

    def _make(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        bad = Operand("", INVALID, e)
        t = self.var_type(e.args[0])
        if t is INVALID:
            self.use(*e.args[1:])
            return bad
        u, problem = self.common_under(t)
        least = 2 if type(u) is Slice else 1
        if type(u) not in (Slice, Map, Chan):
            why = "type must be slice, map, or channel"
            if problem and all(type(v) in (Slice, Map, Chan) for _, v in type_set(t).unders() or [(t, INVALID)]):
                why = problem
            if u is not INVALID:
                self.error(e.args[0], f"invalid argument: cannot make {self.expr_text(e.args[0])}: {why}", "InvalidMake")
            self.use(*e.args[1:])
            return bad
        n = len(e.args)
        if n < least or n > least + 1:
            self.use(*e.args[1:])
            self.error(e, f"invalid operation: {self.expr_text(e)} expects {least} or {least + 1} arguments; found {n}", "WrongArgCount")
            return bad
        known: list[int] = []
        for a in e.args[1:]:
            v = self._make_size(a)
            if v is not None and v >= 0:
                known.append(v)
        if len(known) == 2 and known[0] > known[1]:
            self.error(e.args[1], "invalid argument: length and capacity swapped", "SwappedMakeArgs")
        return Operand("value", t, e)

    def _make_size(self: Checker, e: ast.Expr) -> int | None:
        x = self.expr(None, e)
        if not self.valid_index(x, "index", False):
            return None
        if x.mode == "const":
            return constants.to_int(x.val)
        return -1

    def _new(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = self.expr_or_type(e.args[0])
        if not x.mode:
            return Operand("", INVALID, e)
        if x.mode == "type":
            self.not_constraint(e.args[0], x.type)
            return Operand("value", Pointer(x.type), e)
        # new(expr): a variable initialised with the value (Go 1.26)
        self.assignment(x, None, "argument to new")
        if not x.mode:
            return Operand("", INVALID, e)
        return Operand("value", Pointer(x.type), e)

    # ---- min, max

    def _minmax(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        name = e.builtin
        bad = Operand("", INVALID, e)
        op = ">" if name == "max" else "<"
        for a in args:
            if not all_ordered(a.type):
                self.error(a, f"invalid argument: {self.describe(a)} cannot be ordered", "InvalidMinMaxOperand")
                return bad
        x = args[0].copy()
        for a in args[1:]:
            self.match_operands(x, a)
            if not x.mode or not a.mode:
                return bad
            if not identical(x.type, a.type):
                self.error(a, f"invalid argument: mismatched types {self.text(x.type)} (previous argument) and {self.text(a.type)} (type of {self.expr_text(a.expr)})", "MismatchedTypes")
                return bad
            if x.mode == "const" and a.mode == "const":
                if constants.compare(op, a.val, x.val):
                    x.val = a.val
            else:
                x.mode = "value"
        if x.mode != "const":
            x.mode = "value"
            # Every argument has the type of the result.
            for a in args:
                if is_untyped(a.type) or is_untyped(a.expr.type):
                    self.update_type(a.expr, x.type, not is_untyped(x.type))
        return Operand(x.mode, x.type, e, x.val if x.mode == "const" else None)

    # ---- panic, print, recover

    def _panic(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        self.env.panics.add(id(e))
        self.assignment(args[0], ANY_ALIAS, "argument to panic")
        if not args[0].mode:
            return Operand("", INVALID, e)
        return Operand("novalue", INVALID, e)

    def _print(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        for a in args:
            self.assignment(a, None, "argument to built-in " + e.builtin)
            if not a.mode:
                return Operand("", INVALID, e)
        return Operand("novalue", INVALID, e)

    def _recover(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        func = self.env.func
        while func is not None and type(func.node) is ast.RangeStmt:
            func = func.outer
        if func is not None and func.node is not None:
            func.node.has_recover = True
        return Operand("value", ANY_ALIAS, e)

    # ---- unsafe

    def _add(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        self.assignment(args[0], UNSAFE_POINTER, "argument to unsafe.Add")
        if not args[0].mode or not self.valid_index(args[1], "length", True):
            return Operand("", INVALID, e)
        return Operand("value", UNSAFE_POINTER, e)

    def _alignof(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        self.assignment(x, None, "argument to unsafe.Alignof")
        if not x.mode:
            return Operand("", INVALID, e)
        if sizes.has_varying_size(x.type):
            return Operand("value", UINTPTR, e)
        return Operand("const", UINTPTR, e, sizes.alignof(x.type))

    def _sizeof(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        self.assignment(x, None, "argument to unsafe.Sizeof")
        if not x.mode:
            return Operand("", INVALID, e)
        if sizes.has_varying_size(x.type):
            return Operand("value", UINTPTR, e)
        return Operand("const", UINTPTR, e, sizes.sizeof(x.type))

    def _offsetof(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        bad = Operand("", INVALID, e)
        arg = unparen(e.args[0])
        if type(arg) is not ast.SelectorExpr:
            self.error(e.args[0], f"invalid argument: {self.expr_text(arg)} is not a selector expression", "BadOffsetofSyntax")
            self.use(e.args[0])
            return bad
        x = self.expr(None, arg.x)
        if not x.mode:
            return bad
        base = x.type
        p = unalias(base).underlying()
        if type(p) is Pointer:
            base = p.elem
        name = arg.sel.name
        found = lookup.lookup_field_or_method(base, False, self.pkg, name)
        if found.obj is None:
            self.error(x, f"invalid argument: {self.text(base)} has no single field {name}", "MissingFieldOrMethod")
            return bad
        if not isinstance(found.obj, Var):
            self.error(e.args[0], f"invalid argument: {self.expr_text(arg)} is a method value", "InvalidOffsetof")
            return bad
        if found.indirect:
            self.error(x, f"invalid argument: field {name} is embedded via a pointer in {self.text(base)}", "InvalidOffsetof")
            return bad
        arg.selection = Selection("field", base, found.obj, found.path, False)
        arg.sel.obj = found.obj
        arg.type = found.obj.type
        if sizes.has_varying_size(base):
            return Operand("value", UINTPTR, e)
        offset = 0
        t: Type = base
        for i in found.path:
            struct = t.underlying()
            offset += sizes.offsetsof(struct)[i]  # type: ignore[arg-type]
            t = struct.fields[i].type  # type: ignore[attr-defined]
        return Operand("const", UINTPTR, e, offset)

    def _unsafe_slice(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        p = core_type(x.type)
        if type(p) is not Pointer:
            self.error(x, f"invalid argument: {self.describe(x)} is not a pointer", "InvalidUnsafeSlice")
            return Operand("", INVALID, e)
        if not self.valid_index(args[1], "length", False):
            return Operand("", INVALID, e)
        return Operand("value", Slice(p.elem), e)

    def _unsafe_slice_data(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        x = args[0]
        s = core_type(x.type)
        if type(s) is not Slice:
            self.error(x, f"invalid argument: {self.describe(x)} is not a slice", "InvalidUnsafeSliceData")
            return Operand("", INVALID, e)
        return Operand("value", Pointer(s.elem), e)

    def _unsafe_string(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        self.assignment(args[0], Pointer(BYTE), "argument to unsafe.String")
        if not args[0].mode or not self.valid_index(args[1], "length", False):
            return Operand("", INVALID, e)
        return Operand("value", STRING, e)

    def _unsafe_string_data(self: Checker, e: ast.CallExpr, args: list[Operand]) -> Operand:
        self.assignment(args[0], STRING, "argument to unsafe.StringData")
        if not args[0].mode:
            return Operand("", INVALID, e)
        return Operand("value", Pointer(BYTE), e)


def _has_len(u: Type, name: str) -> bool:
    if type(u) is Pointer:
        u = u.elem.underlying()
        return type(u) is Array
    if type(u) is Basic:
        return name == "len" and is_string(u)
    return type(u) in (Array, Slice, Chan) or (type(u) is Map and name == "len")


_BUILTINS: dict[str, Callable[..., Operand]] = {
    "append": BuiltinMixin._append,
    "clear": BuiltinMixin._clear,
    "close": BuiltinMixin._close,
    "complex": BuiltinMixin._complex,
    "copy": BuiltinMixin._copy,
    "delete": BuiltinMixin._delete,
    "imag": BuiltinMixin._real,
    "make": BuiltinMixin._make,
    "max": BuiltinMixin._minmax,
    "min": BuiltinMixin._minmax,
    "new": BuiltinMixin._new,
    "panic": BuiltinMixin._panic,
    "print": BuiltinMixin._print,
    "println": BuiltinMixin._print,
    "real": BuiltinMixin._real,
    "recover": BuiltinMixin._recover,
    "unsafe.Add": BuiltinMixin._add,
    "unsafe.Alignof": BuiltinMixin._alignof,
    "unsafe.Offsetof": BuiltinMixin._offsetof,
    "unsafe.Sizeof": BuiltinMixin._sizeof,
    "unsafe.Slice": BuiltinMixin._unsafe_slice,
    "unsafe.SliceData": BuiltinMixin._unsafe_slice_data,
    "unsafe.String": BuiltinMixin._unsafe_string,
    "unsafe.StringData": BuiltinMixin._unsafe_string_data,
}

__all__ = ["BOOL", "BuiltinMixin", "all_string", "default_type"]
