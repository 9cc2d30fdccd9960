# SPDX-License-Identifier: BSD-3-Clause
"""Lowers assignments, declarations of variables, ++ and --, and assignment operations.

An assignment has two phases (Go spec, "Assignment statements"): first the operands of index expressions and pointer indirections on
the left and the expressions on the right, in the usual order; then the assignments, from left to right. As with the Go compiler the
checks of the left sides (nil, bounds) belong to the second phase.
"""

from __future__ import annotations

from collections.abc import Callable

from gotk.compiler.lower.function.core import Fn, is_fresh
from gotk.compiler.lower.function.dispatch import STMT, lowers
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import Array, Map, Pointer, Slice, Struct, Type, Var

#: stores a value of the left side's type
Store = Callable[[str], None]


def unparen(e: ast.Expr) -> ast.Expr:
    while type(e) is ast.ParenExpr:
        e = e.x
    return e


def is_blank(e: ast.Expr) -> bool:
    return type(e) is ast.Ident and e.name == "_"


def left_operands(e: ast.Expr) -> list[ast.Expr]:
    """The expressions that must be evaluated to know what `e` on the left of an assignment denotes."""
    e = unparen(e)
    kind = type(e)
    if kind is ast.IndexExpr:
        return [e.x, e.indices[0]]  # type: ignore[attr-defined]
    if kind is ast.StarExpr or kind is ast.SelectorExpr:
        return [e.x]  # type: ignore[attr-defined]
    return []


def target(fn: Fn, e: ast.Expr) -> Store | None:
    """Phase one for a left side: evaluates its operands; the result does phase two. None for the blank identifier."""
    e = unparen(e)
    if type(e) is ast.Ident:
        if e.name == "_":
            return None
        var = e.obj
        assert type(var) is Var
        t = fn.type(e)
        return lambda value: fn.store(value, fn.var_ptr(var), fn.lay(t))
    if type(e) is ast.IndexExpr:
        return index_target(fn, e)
    if type(e) is ast.StarExpr:
        p = fn.value(e.x)
        layout = fn.lay(fn.type(e))

        def through(value: str) -> None:
            fn.at(e.pos)
            fn.check_nil(p)
            fn.store(value, p, layout)

        return through
    assert type(e) is ast.SelectorExpr
    return selector_target(fn, e)


def index_target(fn: Fn, e: ast.IndexExpr) -> Store:
    from gotk.compiler.lower.function.exprs import element, index_operand

    u = fn.under(e.x)
    if type(u) is Map:
        from gotk.compiler.lower.function.maps import assign

        t = fn.type(e.x)
        m = fn.value(e.x)
        key = fn.stable(e.indices[0], u.key)
        elem = fn.lay(u.elem)

        def into_map(value: str) -> None:
            fn.at(e.lbrack)
            fn.store(value, assign(fn, m, t, u, key), elem)

        return into_map
    if type(u) is Slice:
        s = fn.value(e.x)
        index, unsigned = index_operand(fn, e.indices[0])
        layout = fn.lay(u.elem)

        def into_slice(value: str) -> None:
            fn.at(e.lbrack)
            fn.check_index(index, fn.extract("{ ptr, i64, i64 }", s, 1), unsigned)
            base = fn.extract("{ ptr, i64, i64 }", s, 0)
            fn.store(value, element(fn, base, u.elem, index), layout)

        return into_slice
    if type(u) is Pointer:
        base = fn.value(e.x)
        array = u.elem.underlying()
    else:
        base = ""
        array = u
    assert type(array) is Array
    nested = lvalue_address(fn, e.x) if not base else None
    index, unsigned = index_operand(fn, e.indices[0])
    layout = fn.lay(array.elem)

    def into_array(value: str) -> None:
        fn.at(e.lbrack)
        if nested is None:
            fn.check_nil(base)
            at = base
        else:
            at = nested()
        fn.check_index(index, str(array.len), unsigned)
        fn.store(value, element(fn, at, array.elem, index), layout)

    return into_array


def lvalue_address(fn: Fn, e: ast.Expr) -> Callable[[], str]:
    """Evaluates the operands of addressable `e`; calling the result makes the checks and gives the address."""
    e = unparen(e)
    from gotk.compiler.lower.function.exprs import Place, element, follow, index_operand

    if type(e) is ast.StarExpr:
        p = fn.value(e.x)

        def star() -> str:
            fn.check_nil(p)
            return p

        return star
    if type(e) is ast.SelectorExpr and e.selection is not None:
        path = e.selection.path
        u = fn.under(e.x)
        if type(u) is Pointer:
            p = fn.value(e.x)
            elem = u.elem

            def through() -> str:
                fn.check_nil(p)
                return follow(fn, Place(p, elem, True), path).address(fn)

            return through
        inner = lvalue_address(fn, e.x)
        t = fn.type(e.x)
        return lambda: follow(fn, Place(inner(), t, True), path).address(fn)
    if type(e) is ast.IndexExpr:
        u = fn.under(e.x)
        if type(u) is Array:
            inner = lvalue_address(fn, e.x)
            index, unsigned = index_operand(fn, e.indices[0])
            array = u

            def nested() -> str:
                base = inner()
                fn.check_index(index, str(array.len), unsigned)
                return element(fn, base, array.elem, index)

            return nested
        if type(u) is Slice:
            s = fn.value(e.x)
            index, unsigned = index_operand(fn, e.indices[0])
            elem = u.elem

            def item() -> str:
                fn.check_index(index, fn.extract("{ ptr, i64, i64 }", s, 1), unsigned)
                return element(fn, fn.extract("{ ptr, i64, i64 }", s, 0), elem, index)

            return item
        assert type(u) is Pointer
        base = fn.value(e.x)
        index, unsigned = index_operand(fn, e.indices[0])
        pointed = u.elem.underlying()
        assert type(pointed) is Array

        def behind() -> str:
            fn.check_nil(base)
            fn.check_index(index, str(pointed.len), unsigned)
            return element(fn, base, pointed.elem, index)

        return behind
    address = fn.addr(e)
    return lambda: address


def selector_target(fn: Fn, e: ast.SelectorExpr) -> Store:
    layout = fn.lay(fn.type(e))
    address = lvalue_address(fn, e)

    def store(value: str) -> None:
        fn.at(e.sel.pos)
        fn.store(value, address(), layout)

    return store


# ---------------------------------------------------------------- statements


@lowers(STMT, ast.AssignStmt)
def assign_stmt(fn: Fn, s: ast.AssignStmt) -> None:
    op = s.op
    fn.at(s.pos)
    if op == ":=":
        define(fn, s)
    elif op == "=":
        if len(s.lhs) == 1 and len(s.rhs) == 1:
            assign_one(fn, s.lhs[0], s.rhs[0])
        elif len(s.rhs) == 1:
            assign_multi(fn, s.lhs, s.rhs[0])
        else:
            assign_parallel(fn, s.lhs, s.rhs)
    else:
        assign_op(fn, s.lhs[0], op[:-1], s.rhs[0], s.op_pos)


def assign_one(fn: Fn, lhs: ast.Expr, rhs: ast.Expr) -> None:
    if is_blank(lhs):
        discard_value(fn, rhs)
        return
    lhs = unparen(lhs)
    t = fn.type(lhs)
    if type(lhs) is ast.Ident:
        # No operands on the left: store directly. A literal may mention the variable, so it is built elsewhere first.
        value = fn.value_as(rhs, t)
        assert type(lhs.obj) is Var
        fn.store(value, fn.var_ptr(lhs.obj), fn.lay(t))
        return
    left = left_operands(lhs)
    fn.order([*left, rhs])
    # The right side is evaluated before the checks of the left, whose operands are settled here.
    if fn.has_call(rhs):
        for x in left:
            fn.hoist(x)
        layout = fn.lay(t)
        value = fn.value_as(rhs, t)
        store = target(fn, lhs)
        if not layout.is_register and fn.has_call(lhs) and not is_fresh(rhs):
            copy = fn.slot(layout)
            fn.copy(copy, value, layout)
            value = copy
    else:
        store = target(fn, lhs)
        value = fn.value_as(rhs, t)
    assert store is not None
    store(value)


def discard_value(fn: Fn, rhs: ast.Expr) -> None:
    """``_ = x``: evaluated for its effects and panics only."""
    if rhs.mode == "nil" or rhs.const is not None:
        return
    fn.value(rhs)


def assign_multi(fn: Fn, lhs: list[ast.Expr], rhs: ast.Expr) -> None:
    """``a, b = f()`` and the comma-ok forms."""
    left = [x for e in lhs for x in left_operands(e)]
    fn.order([*left, rhs])
    if any(fn.has_call(x) for x in left):
        stores = [target(fn, e) for e in lhs]
        values = fn.multi(rhs)
    else:
        values = fn.multi(rhs)
        stores = [target(fn, e) for e in lhs]
    store_all(fn, lhs, stores, values)


def store_all(
    fn: Fn, lhs: list[ast.Expr], stores: list[Store | None], values: list[tuple[str, Type]]
) -> None:
    for e, store, (value, t) in zip(lhs, stores, values, strict=True):
        if store is not None:
            store(fn.coerce(value, t, fn.type(e)))


def assign_parallel(fn: Fn, lhs: list[ast.Expr], rhs: list[ast.Expr]) -> None:
    """``a, b = b, a``"""
    left = [x for e in lhs for x in left_operands(e)]
    fn.order([*left, *rhs])
    stores = [target(fn, e) for e in lhs]
    values = []
    for e, x in zip(lhs, rhs, strict=True):
        if is_blank(e):
            discard_value(fn, x)
            values.append("")
        else:
            values.append(fn.stable(x, fn.type(e)))
    for store, value in zip(stores, values, strict=True):
        if store is not None:
            store(value)


def assign_op(fn: Fn, lhs: ast.Expr, op: str, rhs: ast.Expr, pos: int) -> None:
    """``x op= y``: x is evaluated once."""
    lhs = unparen(lhs)
    t = fn.type(lhs)
    layout = fn.lay(t)
    left = left_operands(lhs)
    is_map = type(lhs) is ast.IndexExpr and type(fn.under(lhs.x)) is Map
    fn.order([*left, lhs, rhs] if fn.has_call(rhs) and not is_map else [*left, rhs])

    shifting = op == "<<" or op == ">>"

    def combine(old: str) -> str:
        y = fn.value(rhs) if shifting else fn.value_as(rhs, t)
        return combine_value(fn, op, old, y, t, rhs, pos)

    if is_map:
        from gotk.compiler.lower.function.maps import access, assign, map_of

        mt, mu = map_of(fn, lhs.x)  # type: ignore[attr-defined]
        m = fn.value(lhs.x)  # type: ignore[attr-defined]
        key = fn.stable(lhs.indices[0], mu.key)  # type: ignore[attr-defined]
        fn.at(lhs.pos)
        if fn.has_call(rhs) or may_panic(fn, op, rhs, t):
            # The right side may change the map or panic: read, evaluate, then assign.
            p = access(fn, m, mt, mu, key)
            zero = fn.mod.const_global(layout.llvm, layout.zero, layout.align)
            found = fn.op(f"icmp ne ptr {p}, null")
            old = fn.load(fn.op(f"select i1 {found}, ptr {p}, ptr {zero}"), layout)
            new = combine(old)
            fn.at(lhs.pos)
            fn.store(new, assign(fn, m, mt, mu, key), layout)
            return
        y = fn.value(rhs) if shifting else fn.value_as(rhs, t)
        p = assign(fn, m, mt, mu, key)
        new = combine_value(fn, op, fn.load(p, layout), y, t, rhs, pos)
        fn.store(new, p, layout)
        return
    if type(lhs) is ast.Ident:
        assert type(lhs.obj) is Var
        if fn.has_call(rhs) and rhs not in fn.hoisted:
            fn.hoist(rhs)
        p = fn.var_ptr(lhs.obj)
    else:
        if fn.has_call(rhs) and rhs not in fn.hoisted:
            for x in left:
                fn.hoist(x)
            fn.hoist(rhs)
        p = fn.addr(lhs)
    fn.store(combine(fn.load(p, layout)), p, layout)


def combine_value(
    fn: Fn, op: str, old: str, y: str, t: Type, rhs: ast.Expr, pos: int
) -> str:
    from gotk.compiler.lower.function.arith import arithmetic, shift

    fn.at(pos)
    if op == "<<" or op == ">>":
        return shift(fn, op, old, t, y, fn.type(rhs), rhs.const)
    return arithmetic(fn, op, old, y, t, rhs.const)


def may_panic(fn: Fn, op: str, rhs: ast.Expr, t: Type) -> bool:
    """Whether ``x op y`` itself may panic or call the runtime, so that a map's element must not be made before."""
    return (op in ("/", "%", "<<", ">>") and rhs.const is None) or fn.llvm(t) == "{ ptr, i64 }"


@lowers(STMT, ast.IncDecStmt)
def inc_dec(fn: Fn, s: ast.IncDecStmt) -> None:
    fn.at(s.pos)
    lhs = unparen(s.x)
    t = fn.type(lhs)
    layout = fn.lay(t)
    if type(lhs) is ast.IndexExpr and type(fn.under(lhs.x)) is Map:
        from gotk.compiler.lower.function.maps import assign, map_of

        mt, mu = map_of(fn, lhs.x)
        fn.order((lhs.x, lhs.indices[0]))
        m = fn.value(lhs.x)
        key = fn.stable(lhs.indices[0], mu.key)
        fn.at(s.pos)
        p = assign(fn, m, mt, mu, key)
    elif type(lhs) is ast.Ident:
        assert type(lhs.obj) is Var
        p = fn.var_ptr(lhs.obj)
    else:
        p = fn.addr(lhs)
    old = fn.load(p, layout)
    op = "+" if s.op == "++" else "-"
    from gotk.compiler.lower.function.arith import arithmetic

    fn.store(arithmetic(fn, op, old, fn.mod.const_value(1, t), t, 1), p, layout)


# ---------------------------------------------------------------- declarations


def define(fn: Fn, s: ast.AssignStmt) -> None:
    """``a, b := …``: at least one is new, the others are assigned to."""
    if len(s.lhs) == 1 and len(s.rhs) == 1:
        define_one(fn, s.lhs[0], s.rhs[0])
        return
    if len(s.rhs) == 1:
        left = [x for e in s.lhs if not is_new(e) for x in left_operands(e)]
        fn.order([*left, s.rhs[0]])
        values = fn.multi(s.rhs[0])
        bind_all(fn, s.lhs, values)
        return
    fn.order(s.rhs)
    values = []
    for e, x in zip(s.lhs, s.rhs, strict=True):
        if is_blank(e):
            discard_value(fn, x)
            values.append(("", fn.type(x)))
        else:
            t = fn.type(e) if not is_new(e) else new_type(fn, e)
            values.append((fn.stable(x, t), t))
    bind_all(fn, s.lhs, values)


def is_new(e: ast.Expr) -> bool:
    return type(e) is ast.Ident and e.is_def


def new_type(fn: Fn, e: ast.Expr) -> Type:
    assert type(e) is ast.Ident and type(e.obj) is Var
    return fn.st(e.obj.type)  # type: ignore[arg-type]


def define_one(fn: Fn, e: ast.Expr, x: ast.Expr) -> None:
    assert type(e) is ast.Ident
    if e.name == "_":
        discard_value(fn, x)
        return
    var = e.obj
    assert type(var) is Var
    t = fn.st(var.type)  # type: ignore[arg-type]
    declare_with(fn, var, t, x)


def declare_with(fn: Fn, var: Var, t: Type, x: ast.Expr) -> None:
    """Declare `var` with the value of `x`: large literals are built in the variable itself."""
    layout = fn.lay(t)
    y = unparen(x)
    if (
        not layout.is_register
        and type(y) is ast.CompositeLit
        and type(t.underlying()) in (Array, Struct)
        and y not in fn.hoisted
    ):
        from gotk.compiler.lower.function.composite import composite_into

        if fn.on_heap(var):
            p = fn.alloc(layout)
            composite_into(fn, y, t, p, zeroed=True)
        else:
            # The old variable of the same declaration (in a loop) is out of reach by now, unless the literal is the last to use it.
            p = fn.slot(layout)
            composite_into(fn, y, t, p, zeroed=False)
        fn.ptr[var] = p
        return
    value = fn.value_as(x, t)
    fn.declare(var, value, fresh=type(y) is ast.CallExpr)


def bind_all(fn: Fn, lhs: list[ast.Expr], values: list[tuple[str, Type]]) -> None:
    """Declare or assign each left side."""
    for e, (value, t) in zip(lhs, values, strict=True):
        if is_blank(e):
            continue
        assert type(e) is ast.Ident and type(e.obj) is Var
        vt = fn.st(e.obj.type)  # type: ignore[arg-type]
        value = fn.coerce(value, t, vt)
        if e.is_def:
            fn.declare(e.obj, value)
        else:
            fn.store(value, fn.var_ptr(e.obj), fn.lay(vt))


@lowers(STMT, ast.DeclStmt)
def decl_stmt(fn: Fn, s: ast.DeclStmt) -> None:
    decl = s.decl
    if type(decl) is not ast.GenDecl or decl.tok != "var":
        return
    for spec in decl.specs:
        assert type(spec) is ast.VarSpec
        fn.at(spec.pos)
        declare_spec(fn, spec)


def declare_spec(fn: Fn, spec: ast.VarSpec) -> None:
    names, values = spec.names, spec.values
    if not values:
        for name in names:
            if name.name != "_":
                assert type(name.obj) is Var
                fn.declare(name.obj, None)
        return
    if len(names) == len(values) == 1:
        name = names[0]
        if name.name == "_":
            discard_value(fn, values[0])
            return
        assert type(name.obj) is Var
        declare_with(fn, name.obj, fn.st(name.obj.type), values[0])  # type: ignore[arg-type]
        return
    if len(values) == 1:
        bind_all(fn, list(names), fn.multi(values[0]))
        return
    fn.order(values)
    pairs: list[tuple[str, Type]] = []
    for name, x in zip(names, values, strict=True):
        if name.name == "_":
            discard_value(fn, x)
            pairs.append(("", fn.type(x)))
        else:
            t = new_type(fn, name)
            pairs.append((fn.stable(x, t), t))
    bind_all(fn, list(names), pairs)

