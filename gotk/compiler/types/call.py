# SPDX-License-Identifier: BSD-3-Clause
"""Calls: functions, methods, conversions and builtins told apart; arguments; instantiation of generic functions."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gotk.compiler.syntax import ast
from gotk.compiler.types.assign import unparen
from gotk.compiler.types.model import (
    INVALID,
    Interface,
    Signature,
    Slice,
    Tuple,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import is_valid, unalias
from gotk.compiler.types.typeset import type_set

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class CallMixin:
    def call_expr(self: Checker, e: ast.CallExpr, target: Type | None) -> Operand:
        fun = e.fun
        targs: list[Type] | None = None
        inst: ast.IndexExpr | None = None
        plain = unparen(fun)
        if type(plain) is ast.IndexExpr:
            x = self.index_expr(plain, None, call=True)
            if x.mode == "value" and type(x.type) is Signature and x.type.tparams:
                # f[T](…): explicit type arguments, perhaps not all of them
                inst = plain
                targs = self.type_list(plain.indices)
                if targs is None:
                    self.use(*e.args)
                    return Operand("", INVALID, e)
                want = len(x.type.tparams)
                if len(targs) > want:
                    self.error(plain.indices[want], f"got {len(targs)} type arguments but want {want}", "WrongTypeArgCount")
                    self.use(*e.args)
                    return Operand("", INVALID, e)
                if len(targs) == want:
                    made = self.instantiate_signature(plain, plain, x.type, targs, plain.indices)
                    assert made is not None
                    self.record_signature(fun, made)
                    x.type = made
                    targs = inst = None
                plain.mode = fun.mode = "value"
            else:
                x.expr = fun
                for node in (plain, fun):
                    node.mode = x.mode  # type: ignore[assignment]
                    if x.mode:
                        node.type = x.type
                if x.mode == "type":
                    self.non_generic(x, None)
        else:
            x = self.expr_or_type_or_builtin(fun)
        if not x.mode:
            self.use(*e.args)
            return Operand("", INVALID, e)
        if x.mode == "type":
            return self._conversion_call(e, x.type)
        if x.mode == "builtin":
            return self.builtin_call(e, x.name)
        if x.mode == "novalue":
            self.exclude(x, True)
            self.use(*e.args)
            return Operand("", INVALID, e)
        sig = x.type if type(x.type) is Signature else self._called_signature(x)
        if sig is None:
            self.use(*e.args)
            return Operand("", INVALID, e)
        e.kind = "call"
        args, partial = self.arg_list(e)
        done = self.arguments(e, sig, targs, inst, args, partial)
        self.env.has_call_or_recv = True
        if done is None:
            # The arguments do not fit: the result's type is still known unless it depends on inference.
            if sig.tparams:
                return Operand("", INVALID, e)
            done = sig
        elif done is not sig or sig.tparams:
            self.record_signature(fun, done)
        results = done.results.vars
        if not results:
            return Operand("novalue", INVALID, e)
        if len(results) == 1:
            t = results[0].type
            return Operand("value" if t is not INVALID else "", t, e)  # type: ignore[arg-type]
        return Operand("value", done.results, e)

    def record_signature(self: Checker, fun: ast.Expr, sig: Signature) -> None:
        """The callee's nodes get the instantiated signature."""
        fun.type = sig
        while type(fun) is ast.ParenExpr:
            fun = fun.x
            fun.type = sig
        if type(fun) is ast.IndexExpr:
            fun.x.type = sig

    def expr_or_type_or_builtin(self: Checker, e: ast.Expr) -> Operand:
        x = self.raw_expr(None, e, True)
        if x.mode == "type":
            self.non_generic(x, None)
        self.single_value(x)
        return x

    def _called_signature(self: Checker, x: Operand) -> Signature | None:
        u, why = self.common_under(x.type)
        if type(u) is Signature:
            return u
        if type(unalias(x.type)) is TypeParam:
            for t, under in type_set(x.type).unders() or []:
                if type(under) is not Signature:
                    why = f"{self.text(t)} is not a function"
                    break
        else:
            why = f"{self.text(x.type)} is not a function"
        self.error(x, f"invalid operation: cannot call {self.describe(x)}: {why}", "InvalidCall")
        return None

    def _conversion_call(self: Checker, e: ast.CallExpr, t: Type) -> Operand:
        e.kind = "conversion"
        args = e.args
        if not args:
            self.error(e, f"missing argument in conversion to {self.text(t)}", "WrongArgCount")
            return Operand("", INVALID, e)
        if len(args) > 1:
            self.use(*args)
            self.error(args[-1], f"too many arguments in conversion to {self.text(t)}", "WrongArgCount")
            return Operand("", INVALID, e)
        u = t.underlying()
        if type(u) is Interface and type(unalias(t)) is not TypeParam and not type_set(u).is_method_set():
            self.use(*args)
            self.error(e, f"cannot use interface {self.text(t)} in conversion (contains specific type constraints or is comparable)", "MisplacedConstraintIface")
            return Operand("", INVALID, e)
        if e.ellipsis:
            self.use(*args)
            self.error(args[0], f"invalid use of ... in conversion to {self.text(t)}", "BadDotDotDotSyntax")
            return Operand("", INVALID, e)
        x = self.expr(t, args[0])
        if not x.mode:
            return x
        self.conversion(x, t)
        x.expr = e
        if x.mode and x.mode != "const":
            self.env.has_call_or_recv = self.env.has_call_or_recv or type(unalias(t)) is TypeParam
        return x

    # ---------------------------------------------------------------- arguments

    def arg_list(self: Checker, e: ast.CallExpr) -> tuple[list[Operand], list[list[Type]]]:
        """Evaluated arguments (a multi-value call spread out) and the explicit type arguments of partially instantiated ones."""
        args = e.args
        e.spread = False
        if len(args) == 1:
            x, partial = self._argument(args[0])
            if type(x.type) is Tuple and x.mode == "value":
                e.spread = True
                return [Operand("value", v.type, args[0]) for v in x.type.vars], []  # type: ignore[arg-type]
            return [x], [partial]
        out: list[Operand] = []
        partials: list[list[Type]] = []
        for a in args:
            x, partial = self._argument(a)
            self.single_value(x)
            out.append(x)
            partials.append(partial)
        return out, partials

    def _argument(self: Checker, a: ast.Expr) -> tuple[Operand, list[Type]]:
        if type(a) is ast.IndexExpr:
            x = self.index_expr(a, None, call=True)
            if x.mode == "value" and type(x.type) is Signature and x.type.tparams:
                targs = self.type_list(a.indices)
                if targs is None:
                    return Operand("", INVALID, a), []
                if len(targs) < len(x.type.tparams):
                    x.expr = a
                    a.mode = "value"
                    a.type = x.type
                    return x, targs
                x.expr = a
                self.func_inst(x, a, None)
                a.mode = x.mode  # type: ignore[assignment]
                a.type = x.type
                return x, []
            x.expr = a
            if x.mode:
                a.mode = x.mode  # type: ignore[assignment]
                a.type = x.type
                a.const = x.val if x.mode == "const" else None
            self.exclude(x, True)
            return x, []
        x = self.raw_expr(None, a, True)
        m = x.mode
        if m == "novalue" or m == "builtin" or m == "type":
            self.exclude(x, True)
        return x, []

    def arguments(
        self: Checker,
        e: ast.CallExpr,
        sig: Signature,
        targs: list[Type] | None,
        inst: ast.IndexExpr | None,
        args: list[Operand],
        partial: Sequence[Sequence[Type]],
    ) -> Signature | None:
        """Check arguments against `sig` and infer type arguments; the (instantiated) signature, None after an error."""
        params = sig.params.vars
        nargs, npars = len(args), len(params)
        types: list[Type] = [p.type for p in params]  # type: ignore[misc]
        if sig.variadic:
            if e.ellipsis:
                if len(e.args) == 1 and nargs > 1:
                    self.error(e, f"cannot use ... with {nargs}-valued {self.expr_text(e.args[0])}", "InvalidDotDotDot")
                    return None
            elif nargs >= npars - 1:
                last = types[-1]
                elem = last.elem if type(last) is Slice else INVALID
                types = types[:-1] + [elem] * (nargs - npars + 1)
                npars = nargs
            else:
                npars -= 1
        elif e.ellipsis:
            self.error(e, f"cannot use ... in call to non-variadic {self.expr_text(e.fun)}", "NonVariadicDotDotDot")
            return None
        if nargs != npars:
            at: Any = args[-1] if args else e
            qualifier = "not enough"
            if nargs > npars:
                at = args[npars]
                qualifier = "too many"
            have = self.types_summary([a.type for a in args], False, bool(e.ellipsis))
            want = self.types_summary([p.type for p in params], sig.variadic)
            self.error(at, f"{qualifier} arguments in call to {self.expr_text(e.fun)}\n\thave {have}\n\twant {want}", "WrongArgCount")
            return None
        generic = [i for i, a in enumerate(args) if type(a.type) is Signature and a.type.tparams and a.mode]
        result = sig
        if sig.tparams or generic:
            solved = self._infer_call(e, sig, targs, inst, args, partial, types, generic)
            if solved is None:
                return None
            result, types = solved
        context = ""
        for a, t in zip(args, types, strict=True):
            # The common cases first: nothing to convert, nothing to say.
            if a.type is t and a.mode:
                continue
            if not context:
                context = f"argument to {self.expr_text(e.fun)}"
            self.assignment(a, t, context)
        return result

    def _infer_call(
        self: Checker,
        e: ast.CallExpr,
        sig: Signature,
        targs: list[Type] | None,
        inst: ast.IndexExpr | None,
        args: list[Operand],
        partial: Sequence[Sequence[Type]],
        types: list[Type],
        generic: list[int],
    ) -> tuple[Signature, list[Type]] | None:
        n = len(sig.tparams)
        # Fresh type parameters: a recursive call infers for the callee while the caller's own parameters are free.
        tparams, rename = self.fresh_tparams(sig.tparams)
        param_types = [self.subst(t, rename) for t in types] if n else types
        known: list[Type | None] = list(targs or [])
        known += [None] * (n - len(known))
        fresh_args: dict[int, tuple[list[TypeParam], Signature]] = {}
        for i in generic:
            asig = args[i].type
            assert type(asig) is Signature
            atps, arename = self.fresh_tparams(asig.tparams)
            asub = self.subst(asig, arename)
            assert type(asub) is Signature
            fresh = Signature(asub.params, asub.results, asub.variadic, None, atps)
            fresh_args[i] = (atps, asig)
            args[i].type = fresh
            tparams = tparams + atps
            given = list(partial[i]) if i < len(partial) else []
            known += given
            known += [None] * (len(tparams) - len(known))
        inferred = self.infer(e.lparen, tparams, known, param_types, args, self.expr_text(e.fun))
        if inferred is None:
            return None
        result = sig
        if n:
            result_targs = inferred[:n]
            made = self.instantiate_signature(e, e.fun, sig, result_targs, inst.indices if inst is not None else None)
            if made is None:
                return None
            result = made
            env = dict(zip(sig.tparams, result_targs, strict=True))
            types = [self.subst(t, env) for t in types]
        j = n
        for i in generic:
            atps, asig = fresh_args[i]
            k = j + len(atps)
            a = args[i]
            made = self.instantiate_signature(a.expr, a.expr, asig, inferred[j:k], None)
            if made is None:
                return None
            a.type = made
            self.record_signature(a.expr, made)
            a.expr.type = made
            j = k
        return result, types

    def fresh_tparams(self: Checker, tparams: Sequence[TypeParam]) -> tuple[list[TypeParam], dict[TypeParam, Type]]:
        fresh = [TypeParam(tp.obj, None, tp.index) for tp in tparams]
        rename: dict[TypeParam, Type] = dict(zip(tparams, fresh, strict=True))
        for new, old in zip(fresh, tparams, strict=True):
            new.constraint = self.subst(old.constraint, rename) if old.constraint is not None else None
        return fresh, rename

    def instantiate_signature(self: Checker, at: ast.Node, fun: ast.Expr, sig: Signature, targs: list[Type], exprs: Sequence[ast.Expr] | None) -> Signature | None:
        """`sig` with type arguments; records them at the function's name and checks them against the constraints."""
        env: dict[TypeParam, Type] = dict(zip(sig.tparams, targs, strict=True))
        new = self.subst(sig, env)
        assert type(new) is Signature
        made = Signature(new.params, new.results, new.variadic, new.recv)
        name = unparen(fun)
        if type(name) is ast.IndexExpr:
            name.targs = targs
            name = unparen(name.x)
        if type(name) is ast.SelectorExpr:
            name.sel.targs = targs
        elif type(name) is ast.Ident:
            name.targs = targs
        tparams = sig.tparams
        # An inferred argument that does not fit is told at the call's parenthesis.
        where: Any = at.lparen if type(at) is ast.CallExpr else at
        self.later(lambda: self._verify_call(tparams, targs, exprs, where))
        return made

    def _verify_call(self: Checker, tparams: Sequence[TypeParam], targs: Sequence[Type], exprs: Sequence[ast.Expr] | None, where: Any) -> None:
        self.verify(tparams, targs, exprs, where)

    def type_list(self: Checker, es: Sequence[ast.Expr]) -> list[Type] | None:
        out = [self.var_type(a) for a in es]
        return None if any(not is_valid(t) for t in out) else out

    def func_inst(self: Checker, x: Operand, inst: ast.IndexExpr | None, target: Type | None) -> None:
        """Instantiate the generic function value `x` with explicit arguments, the rest inferred from the target's type."""
        sig = x.type
        assert type(sig) is Signature
        targs: list[Type] = []
        if inst is not None:
            found = self.type_list(inst.indices)
            if found is None:
                x.mode = ""
                x.type = INVALID
                return
            targs = found
        want = len(sig.tparams)
        if len(targs) > want:
            assert inst is not None
            self.error(inst.indices[want], f"got {len(targs)} type arguments but want {want}", "WrongTypeArgCount")
            x.mode = ""
            x.type = INVALID
            return
        if len(targs) < want:
            tu = target.underlying() if target is not None else None
            args: list[Operand] = []
            params: list[Type] = []
            tparams, rename = self.fresh_tparams(sig.tparams)
            if type(tu) is Signature:
                renamed = self.subst(sig, rename)
                assert type(renamed) is Signature
                plain = Signature(renamed.params, renamed.results, renamed.variadic)
                params = [plain]
                args = [Operand("value", target, x.expr)]  # type: ignore[arg-type]
            known: list[Type | None] = [*targs, *([None] * (want - len(targs)))]
            inferred = self.infer(x.expr.pos, tparams, known, params, args, None, reverse=True)
            if inferred is None:
                x.mode = ""
                x.type = INVALID
                return
            targs = inferred
        made = self.instantiate_signature(x.expr, x.expr, sig, targs, inst.indices if inst is not None else None)
        assert made is not None
        x.type = made
        x.mode = "value"
        self.record_signature(x.expr, made)


__all__ = ["CallMixin", "Var"]
