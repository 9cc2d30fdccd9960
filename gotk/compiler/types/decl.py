# SPDX-License-Identifier: BSD-3-Clause
"""Declarations: constants, variables, types (with type parameters and methods), functions; and cycles among them.

A package-level object is checked when something first needs it, so declarations may come in any order. `path` holds the objects
being declared; meeting one of them again is a cycle, which is fine only if it goes through a defined type (or only through
functions and variables: the initialisation order decides about those)."""
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import TYPE_CHECKING

from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    INVALID,
    Alias,
    Basic,
    Const,
    Func,
    Interface,
    Named,
    Object,
    Pointer,
    Scope,
    Signature,
    Struct,
    Tuple,
    Type,
    TypeName,
    TypeParam,
    Union,
    Var,
)
from gotk.compiler.types.operand import Operand
from gotk.compiler.types.predicates import (
    UNSAFE_POINTER,
    is_const_type,
    is_generic,
    is_valid,
    same_id,
    unalias,
)
from gotk.compiler.types.resolver import DeclInfo, unpack_receiver
from gotk.compiler.types.typeset import type_set
from gotk.compiler.types.typestring import full_path, type_string
from gotk.compiler.types.universe import ANY_ALIAS, COMPARABLE

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker

DONE = -1


class DeclMixin:
    # ---------------------------------------------------------------- package level

    def obj_decl(self: Checker, obj: Object) -> None:
        """Make sure that the type of `obj` is known (INVALID after an error)."""
        state = self.state.get(obj, 0)
        if state == DONE:
            return
        if state:
            self._met_again(obj, state - 1)
            return
        info = self.decls.get(obj)
        if info is None:
            return  # local, imported, or predeclared: complete (or being declared by its statement)
        env, self.env = self.env, type(self.env)(info.file)  # type: ignore[has-type]
        self.env.decl = info
        self.path.append(obj)
        self.state[obj] = len(self.path)
        try:
            if isinstance(obj, Const):
                self.const_decl(obj, info.type_expr, info.init, info.iota, info.spec.implicit)
            elif isinstance(obj, Var):
                self.package_var(obj, info)
            elif isinstance(obj, TypeName):
                self.type_decl(obj, info.spec)
            elif isinstance(obj, Func):
                self.func_decl(obj, info)
        finally:
            self.env = env
            self.path.pop()
            self.state[obj] = DONE

    def _met_again(self: Checker, obj: Object, start: int) -> None:
        if isinstance(obj, Func):
            if obj.type is None:
                if not self._valid_cycle(obj, start):
                    return
            return
        if not self._valid_cycle(obj, start) or obj.type is None:
            if isinstance(obj, TypeName) and isinstance(obj.type, Alias):
                if obj.type.actual is None:
                    obj.type.actual = INVALID
            elif not isinstance(obj, TypeName) or obj.type is None:
                obj.type = INVALID
            elif isinstance(obj.type, Named):
                obj.type._underlying = INVALID

    def _valid_cycle(self: Checker, obj: Object, start: int) -> bool:
        cycle = self.path[start:]
        values = definitions = 0
        for o in cycle:
            if isinstance(o, Const | Var):
                values += 1
            elif isinstance(o, TypeName):
                info = self.decls.get(o)
                spec = info.spec if info is not None else self.local_specs.get(o)
                if isinstance(o.type, TypeParam):
                    self.cycle_error(cycle)
                    return False
                if spec is not None and not spec.alias:
                    definitions += 1
        if values == len(cycle):
            return True  # only constants and variables: reported with the initialisation order
        if values == 0 and definitions:
            return True
        if not any(isinstance(o, Const | TypeName) for o in cycle):
            return True  # functions and variables: the initialisation order decides
        self.cycle_error(cycle)
        return False

    def cycle_error(self: Checker, cycle: list[Object]) -> None:
        """Report a cycle of declarations, beginning with its first object in the source."""
        first = min(range(len(cycle)), key=lambda i: cycle[i].pos)
        cycle = cycle[first:] + cycle[:first]
        obj = cycle[0]
        if isinstance(obj, TypeName) and isinstance(obj.type, Named | Alias) and any(o.type is INVALID for o in cycle):
            return
        is_type = isinstance(obj, TypeName)
        if len(cycle) == 1:
            what = "invalid recursive type" if is_type else "invalid cycle in declaration"
            self.error(obj, f"{what}: {obj.name} refers to itself", "InvalidDeclCycle")
            return
        message = f"invalid recursive type {obj.name}" if is_type else f"invalid cycle in declaration of {obj.name}"
        for i, o in enumerate(cycle):
            following = cycle[(i + 1) % len(cycle)]
            message += f"\n\t{self.where(o.pos)}: {o.name} refers to {following.name}"
        self.error(obj, message, "InvalidDeclCycle")

    # ---------------------------------------------------------------- constants and variables

    def const_arity(self: Checker, spec: ast.ConstSpec) -> None:
        names, values = len(spec.names), len(spec.values)
        if values < names:
            self.error(spec.names[values], f"missing init expr for {spec.names[values].name}", "WrongAssignCount")
        elif values > names:
            if spec.implicit:
                self.error(spec.names[-1], f"extra init expr at {self.where(spec.values[names].pos)}", "WrongAssignCount")
            else:
                self.error(spec.values[names], f"extra init expr {self.expr_text(spec.values[names])}", "WrongAssignCount")

    def var_arity(self: Checker, spec: ast.VarSpec) -> None:
        names, values = len(spec.names), len(spec.values)
        if values > names:
            self.error(spec.values[names], f"extra init expr {self.expr_text(spec.values[names])}", "WrongAssignCount")
        elif values < names and values != 1:
            self.error(spec.names[values], f"missing init expr for {spec.names[values].name}", "WrongAssignCount")

    def const_decl(self: Checker, obj: Const, type_expr: ast.Expr | None, init: ast.Expr | None, iota: int, implicit: bool) -> None:
        env = self.env
        saved = env.iota, env.err_pos
        env.iota = iota
        obj.value = None
        try:
            if type_expr is not None:
                t = self.typ(type_expr)
                if not is_const_type(t):
                    if is_valid(t.underlying()):
                        self.error(type_expr, f"invalid constant type {self.text(t)}", "InvalidConstType")
                    obj.type = INVALID
                    return
                obj.type = t
            if init is None:
                if obj.type is None:
                    obj.type = INVALID
                return
            if implicit:
                env.err_pos = obj.pos
            x = self.expr(None, init)
            self.init_const(obj, x)
        finally:
            env.iota, env.err_pos = saved

    def package_var(self: Checker, obj: Var, info: DeclInfo) -> None:
        lhs = info.lhs
        if info.init is None:
            if info.type_expr is not None:
                obj.type = self.var_type(info.type_expr)
            else:
                obj.type = INVALID
            return
        if info.type_expr is not None:
            t = self.var_type(info.type_expr)
            if lhs is None:
                obj.type = t
            else:
                for v in lhs:
                    v.type = t
        func, self.env.func = self.env.func, self.new_func_node(None, "glob.")
        try:
            if lhs is None or len(lhs) == 1:
                self.target_name = obj.name
                x = self.expr(obj.type, info.init)
                self.init_var(obj, x, "variable declaration")
                return
            if obj.type is not None and info.type_expr is None:
                return  # initialised together with an earlier one
            for v in lhs:
                self.state[v] = self.state.get(v, 0) or len(self.path)
            self.init_vars(lhs, [info.init], None)
            for v in lhs:
                if v is not obj:
                    self.state[v] = DONE
        finally:
            self.env.func = func

    # ---------------------------------------------------------------- types

    def type_decl(self: Checker, obj: TypeName, spec: ast.TypeSpec) -> None:
        if spec.alias:
            self._alias_decl(obj, spec)
            return
        named = Named(obj)
        obj.type = named
        self.later(lambda: self.valid_type(named))
        outer = self.env.tparams
        if outer:
            named.outer_tparams = list(outer)
        if spec.tparams:
            self.open_scope("type parameters")
            named.tparams = self.collect_tparams(spec.tparams, lambda tps: setattr(named, "tparams", tps))
        rhs = self.defined_type(spec.type_expr, named)
        named.rhs = rhs
        if spec.tparams:
            self.close_scope()
        base = unalias(rhs)
        if type(base) is TypeParam:
            self.error(spec.type_expr, "cannot use a type parameter as RHS in type declaration", "MisplacedTypeParam")
            named.rhs = None
            named._underlying = INVALID
        elif type(base) is not Named:
            named._underlying = base
        if self.decls.get(obj) is not None:
            self.collect_methods(obj, named)

    def _alias_decl(self: Checker, obj: TypeName, spec: ast.TypeSpec) -> None:
        alias = Alias(obj, None)
        obj.type = alias
        if spec.tparams:
            self.open_scope("type parameters")
            alias.tparams = self.collect_tparams(spec.tparams, lambda tps: setattr(alias, "tparams", tps))
            rhs = self.defined_type(spec.type_expr, obj)
            self.close_scope()
            base = unalias(rhs)
            if type(base) is TypeParam and base in alias.tparams:
                self.error(spec.type_expr, "cannot use type parameter declared in alias declaration as RHS", "MisplacedTypeParam")
                rhs = INVALID
        else:
            rhs = self.defined_type(spec.type_expr, obj)
        if alias.actual is None:
            alias.actual = rhs
        if not is_valid(rhs):
            alias.actual = INVALID

    def collect_methods(self: Checker, obj: TypeName, named: Named) -> None:
        methods = self.methods.pop(obj.name, None) if obj.parent is self.pkg.scope else None
        if not methods:
            return
        known: dict[str, Func] = {}
        for m in methods:
            alt = known.get(m.name)
            if alt is not None:
                self.error(m, f"method {obj.name}.{m.name} already declared at {self.where(alt.pos)}", "DuplicateMethod")
                continue
            known[m.name] = m
            named._methods.append(m)  # type: ignore[union-attr]
        self.later(lambda: self._field_clashes(named))

    def _field_clashes(self: Checker, named: Named) -> None:
        u = named.underlying()
        if type(u) is not Struct:
            return
        for m in named._methods or ():
            for f in u.fields:
                if f.name != "_" and same_id(f, m.pkg, m.name):
                    self.error(m, f"field and method with the same name {f.name}\n\t{self.where(f.pos)}: other declaration of {f.name}", "DuplicateFieldAndMethod")

    def collect_tparams(self: Checker, fields: list[ast.Field], early: object) -> list[TypeParam]:
        """Declare type parameters in the present scope; constraints may refer to all of them. `early` is called with the list before."""
        tparams: list[TypeParam] = []
        pairs: list[tuple[ast.Field, list[TypeParam]]] = []
        for field in fields:
            group = []
            for name in field.names:
                obj = TypeName(name.name, None, self.pkg, name.pos)
                tp = TypeParam(obj, None, len(tparams))
                obj.type = tp
                obj.used = True
                tparams.append(tp)
                group.append(tp)
                self.declare(self.env.scope, name, obj)
            pairs.append((field, group))
        early(tparams)  # type: ignore[operator]
        for field, group in pairs:
            bound = self.constraint(field.type_expr)
            if type(unalias(bound)) is TypeParam:
                self.error(field.type_expr, "cannot use a type parameter as constraint", "MisplacedTypeParam")
                bound = INVALID
            for tp in group:
                tp.constraint = bound
        return tparams

    def constraint(self: Checker, e: ast.Expr) -> Type:
        """A constraint: an interface, or a type or union that stands for ``interface{ … }``."""
        wrap = False
        if type(e) is ast.UnaryExpr:
            wrap = e.op == "~"
        elif type(e) is ast.BinaryExpr:
            wrap = e.op == "|"
        if wrap:
            t: Type = self.union_type(e)
        else:
            t = self.typ(e)
        if wrap or type(unalias(t)) is not TypeParam:
            u = t.underlying() if not wrap else t
            if wrap or (type(u) is not Interface and u is not INVALID):
                iface = Interface([], [t], implicit=True)
                iface.embed_pos = [e.pos]
                e.type = iface
                return iface
        return t

    # ---------------------------------------------------------------- functions

    def resolve_func(self: Checker, f: Func) -> None:
        """Signature of a function or method that was met before its declaration was checked."""
        self.obj_decl(f)

    def func_decl(self: Checker, obj: Func, info: DeclInfo) -> None:
        decl = info.node
        assert decl is not None
        env = self.env
        scope = env.scope
        env.scope = Scope(scope, "function")
        sig = self.func_type(decl.func_type, decl.recv, obj)
        func_scope = env.scope
        env.scope = scope
        obj.type = sig
        if decl.body is None:
            at = decl.name if decl.recv is None else decl.pos + len("func ")
            if decl.func_type.tparams:
                self.error(at, "generic function is missing function body", "BadDecl")
            elif self.complete and not decl.directives:
                self.error(at, "missing function body", "MissingBody")
            return
        body = decl.body

        def check_body() -> None:
            self.func_body(decl, obj.name, sig, func_scope, body, info)

        self.later(check_body)

    def receiver(self: Checker, recv: ast.Field, obj: Func | None) -> tuple[Var, list[TypeParam]]:
        """Check a receiver; declares its type parameters in the present scope. The variable itself is declared by `func_type`."""
        ptr, base, targs = unpack_receiver(recv.type_expr)
        name = recv.names[0] if recv.names else None
        recv_tparams: list[TypeParam] = []
        t: Type
        if targs:
            t = self._generic_receiver(recv, ptr, base, targs, recv_tparams)
        else:
            t = self.typ(recv.type_expr)
            plain = unalias(t.elem) if type(t) is Pointer else unalias(t)
            if is_generic(plain):
                self.error(base, f"cannot use generic type {self.text(plain)} without instantiation", "WrongTypeArgCount")
                t = INVALID
        var = Var(name.name if name is not None else "", t, self.pkg, name.pos if name is not None else recv.type_expr.pos)
        var.is_param = True
        var.used = True
        if name is not None:
            name.obj = var
            name.is_def = True
            name.type = t
        pos: ast.Expr = recv.type_expr
        while type(pos) in (ast.ParenExpr, ast.StarExpr):
            pos = pos.x  # type: ignore[attr-defined]
        self.later(lambda: self._valid_receiver(pos, t))
        return var, recv_tparams

    def _generic_receiver(self: Checker, recv: ast.Field, ptr: bool, base: ast.Expr, targs: list[ast.Expr], recv_tparams: list[TypeParam]) -> Type:
        t = self.generic_type(base)
        generic = unalias(t) if type(unalias(t)) is Named else t
        declared: list[ast.Ident] = []
        for arg in targs:
            if type(arg) is not ast.Ident:
                self.error(arg, f"receiver type parameter {self.expr_text(arg)} must be an identifier", "BadDecl")
                arg = ast.Ident(arg.pos, arg.end, "_")
            declared.append(arg)
        if type(t) is Alias and t.tparams:
            self.error(base, f"cannot define new methods on generic alias type {self.text(t)}", "InvalidRecv")
            return INVALID
        for i, ident in enumerate(declared):
            obj = TypeName(ident.name, None, self.pkg, ident.pos)
            tp = TypeParam(obj, None, i)
            obj.type = tp
            obj.used = True
            recv_tparams.append(tp)
            self.declare(self.env.scope, ident, obj)
            ident.type = tp
            ident.mode = "type"
        if type(generic) is not Named or not generic.tparams or generic.targs:
            for tp in recv_tparams:
                tp.constraint = ANY_ALIAS
            if is_valid(t):
                self.error(base, f"{self.text(t)} is not a generic type", "NotAGenericType")
            return INVALID
        want = generic.tparams
        if len(want) != len(declared):
            self.error(base, f"receiver declares {_count(len(declared), 'type parameter')}, but receiver base type declares {len(want)}", "BadRecv")
            for tp in recv_tparams:
                tp.constraint = ANY_ALIAS
            return INVALID
        env = dict(zip(want, recv_tparams, strict=True))
        self.same_tparam.update(zip(recv_tparams, want, strict=True))
        for tp, bound in zip(recv_tparams, want, strict=True):
            tp.constraint = bound.constraint if bound.constraint is None else self.subst(bound.constraint, env)
            if bound.constraint is None:
                self.later(lambda tp=tp, bound=bound: setattr(tp, "constraint", self.subst(bound.constraint, env)))  # type: ignore[misc]
        inst: Type = self.instance(generic, list(recv_tparams))
        base.type, base.mode = generic, "type"
        if ptr:
            inst = Pointer(inst)
        recv.type_expr.type, recv.type_expr.mode = inst, "type"
        return inst

    def _valid_receiver(self: Checker, at: ast.Expr, recv: Type) -> None:
        t = unalias(recv)
        written = recv
        if type(t) is Pointer:
            written = t.elem
            t = unalias(t.elem)
        if not is_valid(t):
            return
        if type(t) is Named:
            if t.obj.pkg is not self.pkg:
                self.error(at, f"cannot define new methods on non-local type {self.text(written)}", "InvalidRecv")
                return
            u = t.underlying()
            cause = ""
            if type(u) is Basic and u is UNSAFE_POINTER:
                cause = "unsafe.Pointer"
            elif type(u) is Pointer or type(u) is Interface:
                cause = "pointer or interface type"
            if cause:
                self.error(at, f"invalid receiver type {self.text(t)} ({cause})", "InvalidRecv")
        elif type(t) is Basic:
            self.error(at, f"cannot define new methods on non-local type {self.text(written)}", "InvalidRecv")
        else:
            self.error(at, f"invalid receiver type {self.text(recv)}", "InvalidRecv")

    def func_type(self: Checker, ft: ast.FuncType, recv: ast.Field | None, obj: Func | None = None) -> Signature:
        """Signature of a function type; parameters are declared in the present scope (a function's own)."""
        scope = self.env.scope
        recv_var: Var | None = None
        recv_tparams: list[TypeParam] = []
        if recv is not None:
            recv_var, recv_tparams = self.receiver(recv, obj)
        tparams: list[TypeParam] = []
        sig = Signature(Tuple([]), Tuple([]), False, recv_var, None, recv_tparams)
        if ft.tparams:
            tparams = self.collect_tparams(ft.tparams, lambda tps: None)
            sig.tparams = tparams
        params, variadic = self._collect_params(ft.params, True, "param")
        results, _ = self._collect_params(ft.results, False, "result")
        if recv_var is not None and recv_var.name:
            self.declare(scope, recv.names[0] if recv is not None else None, recv_var)
        for field_list, vs in ((ft.params, params), (ft.results, results)):
            idents = [n for f in field_list for n in f.names]
            if idents:
                for ident, v in zip(idents, vs, strict=True):
                    self.declare(scope, ident, v)
        sig.params, sig.results, sig.variadic = Tuple(params), Tuple(results), variadic
        ft.type, ft.mode = sig, "type"
        return sig

    def _collect_params(self: Checker, fields: list[ast.Field], variadic_ok: bool, kind: str) -> tuple[list[Var], bool]:
        out: list[Var] = []
        variadic = False
        for i, field in enumerate(fields):
            te = field.type_expr
            if type(te) is ast.Ellipsis:
                if variadic_ok and i == len(fields) - 1 and len(field.names) <= 1:
                    variadic = True
                else:
                    self.error(te, "can only use ... with final parameter" if variadic_ok else "invalid use of ...", "MisplacedDotDotDot")
                elem = self.var_type(te.elem) if te.elem is not None else INVALID
                from gotk.compiler.types.model import Slice

                t: Type = Slice(elem) if variadic else elem
                te.type, te.mode = t, "type"
            else:
                t = self.var_type(te)
            if field.names:
                for name in field.names:
                    v = Var(name.name, t, self.pkg, name.pos)
                    out.append(v)
                    name.type = t
                    name.obj = v
                    name.is_def = True
            else:
                out.append(Var("", t, self.pkg, te.pos))
        for v in out:
            v.used = True
            if kind == "result":
                v.is_result = True
            else:
                v.is_param = True
        return out, variadic

    # ---------------------------------------------------------------- declarations in functions

    def decl_stmt(self: Checker, decl: ast.Decl) -> None:
        if type(decl) is not ast.GenDecl:
            return
        for spec in decl.specs:
            if type(spec) is ast.ConstSpec:
                self._local_consts(spec)
            elif type(spec) is ast.VarSpec:
                self._local_vars(spec)
            elif type(spec) is ast.TypeSpec:
                self._local_type(spec)

    def _local_consts(self: Checker, spec: ast.ConstSpec) -> None:
        made: list[Const] = []
        for i, name in enumerate(spec.names):
            c = Const(name.name, None, None, self.pkg, name.pos)
            made.append(c)
            init = spec.values[i] if i < len(spec.values) else None
            self.const_decl(c, spec.type_expr, init, spec.iota, spec.implicit)
        self.const_arity(spec)
        for name, c in zip(spec.names, made, strict=True):
            self.declare(self.env.scope, name, c)

    def _local_vars(self: Checker, spec: ast.VarSpec) -> None:
        made: list[Var] = []
        for name in spec.names:
            v = self.new_local(name)
            made.append(v)
        t = self.var_type(spec.type_expr) if spec.type_expr is not None else None
        for v in made:
            v.type = t
        names, values = len(made), len(spec.values)
        if values == 0:
            if t is None:
                for v in made:
                    v.type = INVALID
        elif values == 1 and names > 1:
            self.init_vars(made, spec.values, None)
        else:
            for v, e in zip(made, spec.values, strict=False):
                self.target_name = v.name
                x = self.expr(v.type, e)
                self.init_var(v, x, "variable declaration")
            for v in made[values:]:
                if v.type is None:
                    v.type = INVALID
            self.var_arity(spec)
        for name, v in zip(spec.names, made, strict=True):
            self.declare(self.env.scope, name, v)
            name.type = v.type

    def _local_type(self: Checker, spec: ast.TypeSpec) -> None:
        obj = TypeName(spec.name.name, None, self.pkg, spec.name.pos)
        self.local_types += 1
        obj.local_id = self.local_types
        obj.owner = self.env.func.name if self.env.func is not None else ""
        obj.used = True
        self.declare(self.env.scope, spec.name, obj)
        self.local_specs[obj] = spec
        self.path.append(obj)
        self.state[obj] = len(self.path)
        try:
            self.type_decl(obj, spec)
        finally:
            self.path.pop()
            self.state[obj] = DONE

    def new_local(self: Checker, ident: ast.Ident, t: Type | None = None) -> Var:
        """A local variable, to be declared later in the present scope."""
        v = Var(ident.name, t, self.pkg, ident.pos)
        func = self.env.func
        assert func is not None
        v.func = func.node
        return v

    # ---------------------------------------------------------------- struct and interface types

    def struct_type(self: Checker, e: ast.StructType) -> Struct:
        fields: list[Var] = []
        tags: list[str] = []
        struct = Struct(fields, tags)
        seen: dict[str, Var] = {}

        def add(name: str, t: Type, pos: int, embedded: bool, tag: str, ident: ast.Ident | None) -> None:
            f = Var(name, t, self.pkg, pos)
            f.is_field = True
            f.embedded = embedded
            if ident is not None:
                ident.obj = f
                ident.is_def = True
                ident.type = t
            if name != "_":
                alt = seen.get(name)
                if alt is not None:
                    self.error(f, f"{name} redeclared{self.also_declared(alt)}", "DuplicateDecl")
                    return
                seen[name] = f
            fields.append(f)
            tags.append(tag)

        for field in e.fields:
            tag = ""
            if field.tag is not None:
                from gotk.compiler.syntax.literals import string_value

                tag = string_value(field.tag.value).decode("utf-8", "surrogateescape")
            if field.names:
                t = self.var_type(field.type_expr)
                for name in field.names:
                    add(name.name, t, name.pos, False, tag, name)
            else:
                t = self.var_type(field.type_expr)
                base = field.type_expr
                while type(base) in (ast.ParenExpr, ast.StarExpr):
                    base = base.x  # type: ignore[attr-defined]
                if type(base) is ast.IndexExpr:
                    base = base.x
                if type(base) is ast.SelectorExpr:
                    name_node = base.sel
                elif type(base) is ast.Ident:
                    name_node = base
                else:
                    self.error(field.type_expr, f"invalid embedded field type {self.expr_text(field.type_expr)}", "InvalidSyntaxTree")
                    continue
                add(name_node.name, t, name_node.pos, True, tag, None)
                at = field.type_expr
                self.later(lambda at=at, t=t: self._valid_embedded(at, t))  # type: ignore[misc]
        return struct

    def _valid_embedded(self: Checker, at: ast.Expr, t: Type) -> None:
        base, ptr = (t.elem, True) if type(t) is Pointer else (t, False)
        u = base.underlying()
        if type(unalias(base)) is TypeParam:
            self.error(at, "embedded field type cannot be a (pointer to a) type parameter", "MisplacedTypeParam")
        elif type(u) is Basic:
            if u is UNSAFE_POINTER:
                self.error(at, "embedded field type cannot be unsafe.Pointer", "InvalidPtrEmbed")
        elif type(u) is Pointer:
            self.error(at, "embedded field type cannot be a pointer", "InvalidPtrEmbed")
        elif type(u) is Interface and type(unalias(base)) is not TypeParam:
            if ptr:
                self.error(at, "embedded field type cannot be a pointer to an interface", "InvalidPtrEmbed")
            else:
                self.not_constraint(at, base)

    def interface_type(self: Checker, e: ast.InterfaceType, named: object) -> Interface:
        iface = Interface([], [])
        recv_type: Type = named if isinstance(named, Named) else iface
        positions: list[int] = []
        declared: dict[str, Func] = {}
        if not e.elems:
            type_set(iface)
            return iface
        later_methods: list[tuple[Func, ast.FuncType]] = []
        for elem in e.elems:
            if elem.name is None or elem.func_type is None:
                if elem.type_expr is not None:
                    iface.embeddeds.append(self.union_or_type(elem.type_expr))
                    positions.append(elem.type_expr.pos)
                continue
            name = elem.name.name
            if name == "_":
                self.error(elem.name, "methods must have a unique non-blank name", "BlankIfaceMethod")
                continue
            m = Func(name, None, self.pkg, elem.name.pos)
            elem.name.obj = m
            elem.name.is_def = True
            alt = declared.get(name)
            if alt is not None:
                self.error(m, f"duplicate method {name}\n\t{self.where(alt.pos)}: other declaration of method {name}", "DuplicateDecl")
                continue
            declared[name] = m
            iface.methods.append(m)
            later_methods.append((m, elem.func_type))
            if elem.func_type.tparams:
                self.error(elem.func_type.tparams[0], "interface method must have no type parameters", "InvalidMethodTypeParams")
        iface.methods.sort(key=lambda m: m.name)
        iface.embed_pos = positions
        for m, ft in later_methods:
            scope = self.env.scope
            self.env.scope = Scope(scope, "function")
            sig = self.func_type(ft, None)
            self.env.scope = scope
            recv = Var("", recv_type, self.pkg, m.pos)
            m.type = Signature(sig.params, sig.results, sig.variadic, recv)
        self.later(lambda: self._check_interface(iface))
        return iface

    def _check_interface(self: Checker, iface: Interface) -> None:
        def report(at: Interface, index: int, m: Func, other: Func) -> None:
            pos = at.embed_pos[index] if index < len(at.embed_pos) else m.pos
            self.error(pos, f"duplicate method {m.name}\n\t{self.where(other.pos)}: other declaration of method {m.name}", "DuplicateDecl")

        iface._typeset = None
        type_set(iface, report)

    def union_or_type(self: Checker, e: ast.Expr) -> Type:
        if (type(e) is ast.BinaryExpr and e.op == "|") or (type(e) is ast.UnaryExpr and e.op == "~"):
            return self.union_type(e)
        t = self.typ(e)
        self.later(lambda: self._valid_embedded_elem(e, t))
        return t

    def _valid_embedded_elem(self: Checker, e: ast.Expr, t: Type) -> None:
        if type(unalias(t)) is TypeParam:
            self.error(e, "term cannot be a type parameter", "MisplacedTypeParam")

    def union_type(self: Checker, e: ast.Expr) -> Union:
        """``~int | string``: a union (of one term, too)."""
        parts: list[ast.Expr] = []

        def split(x: ast.Expr) -> None:
            if type(x) is ast.BinaryExpr and x.op == "|":
                split(x.x)
                split(x.y)
            else:
                parts.append(x)

        split(e)
        terms: list[tuple[bool, Type]] = []
        for part in parts:
            tilde = type(part) is ast.UnaryExpr and part.op == "~"
            inner = part.x if tilde else part  # type: ignore[attr-defined]
            t = self.typ(inner)
            terms.append((tilde, t))
        union = Union(terms)
        e.type, e.mode = union, "type"
        self.later(lambda: self._valid_union(parts, terms))
        return union

    def _valid_union(self: Checker, parts: list[ast.Expr], terms: list[tuple[bool, Type]]) -> None:
        single = len(terms) == 1
        for i, (part, (tilde, t)) in enumerate(zip(parts, terms, strict=True)):
            u = t.underlying()
            if u is INVALID:
                continue
            if type(unalias(t)) is TypeParam:
                if tilde:
                    self.error(part, f"type in term {'~' if tilde else ''}{self.text(t)} cannot be a type parameter", "MisplacedTypeParam")
                else:
                    self.error(part, "term cannot be a type parameter", "MisplacedTypeParam")
                continue
            if tilde:
                if type(u) is Interface:
                    self.error(part, f"invalid use of ~ ({self.text(t)} is an interface)", "InvalidUnion")
                    continue
                if u is not t and unalias(t) is not u:
                    self.error(part, f"invalid use of ~ (underlying type of {self.text(t)} is {self.text(u)})", "InvalidUnion")
                    continue
            if type(u) is Interface:
                if single:
                    continue
                ts = type_set(u)
                if ts.methods:
                    shown = type_string(t, full_path)
                    self.error(part, f"cannot use {shown} in union ({shown} contains methods)", "InvalidUnion")
                elif t is COMPARABLE:
                    self.error(part, "cannot use comparable in union", "InvalidUnion")
                elif ts.comparable:
                    shown = type_string(t, full_path)
                    self.error(part, f"cannot use {shown} in union ({shown} embeds comparable)", "InvalidUnion")
                continue
            for j in range(i):
                other_tilde, other = terms[j]
                if type(other.underlying()) is Interface:
                    continue
                if self.terms_overlap((tilde, t), (other_tilde, other)):
                    a = ("~" if tilde else "") + type_string(t, full_path)
                    b = ("~" if other_tilde else "") + type_string(other, full_path)
                    self.error(part, f"overlapping terms {a} and {b}", "InvalidUnion")
                    break

    def terms_overlap(self: Checker, a: tuple[bool, Type], b: tuple[bool, Type]) -> bool:
        from gotk.compiler.types.typeset import _same_base

        return _same_base(a, b)

    # ---------------------------------------------------------------- scopes

    def open_scope(self: Checker, kind: str = "block") -> None:
        self.env.scope = Scope(self.env.scope, kind)

    def close_scope(self: Checker) -> None:
        parent = self.env.scope.parent
        assert parent is not None
        self.env.scope = parent


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


__all__ = ["DeclMixin", "Operand"]
