# SPDX-License-Identifier: BSD-3-Clause
"""What a program declares at package level: types, methods, interfaces, functions, generics, variables; and its main function."""

from __future__ import annotations

import random

from . import exprs, stmts
from .gotypes import (
    ANY,
    BASICS,
    BOOL,
    COMPLEX,
    ERROR,
    FLOATS,
    INT,
    INTS,
    RUNE,
    STRING,
    UINT8,
    Interface,
    Method,
    Named,
    Pointer,
    Struct,
    Type,
    TypeParam,
    array_of,
    comparable,
    map_of,
    pointer_to,
    slice_of,
)  # fmt: skip
from .scope import Context, Function


def generate(seed: int, number: int) -> list[str]:
    """The lines of program `number`, which is the same for the same seed: declarations and ``func prog<number>()``."""
    cx = Context(random.Random(seed), number)
    rng = cx.rng
    keys = [t for t in BASICS if comparable(t) and t not in (*FLOATS, COMPLEX)]
    cx.types = [
        INT, STRING, BOOL, ANY, ERROR, rng.choice(INTS), rng.choice(FLOATS), slice_of(INT), slice_of(STRING), slice_of(UINT8), slice_of(RUNE),
        slice_of(rng.choice(BASICS)), array_of(rng.randint(1, 5), rng.choice(BASICS)), map_of(rng.choice(keys), rng.choice(BASICS)),
        map_of(STRING, INT), pointer_to(rng.choice(INTS)),
    ]  # fmt: skip
    for declare in rng.sample([struct, struct, named, interface, embedding, function, function, generic, recursive, interface], 4):
        declare(cx)
        cx.emit("")
    for _ in range(rng.randint(0, 3)):
        t = rng.choice([t for t in cx.types if t is not ANY and not isinstance(t.under, Pointer)])
        name = cx.top("global")
        cx.pure = True
        cx.emit(f"var {name} {t} = {exprs.expr(cx, t, 3)}")
        cx.pure = False
        cx.scopes[0] = [*cx.scopes[0], stmts.Var(name, t, False)]
    globals_, cx.spent = cx.scopes, 0
    with cx.block(f"func prog{number}()"):
        for _ in range(5):
            stmts.declare(cx)
        stmts.block(cx, 9)
        stmts.show(cx)
    cx.scopes = globals_
    return cx.lines


def field_type(cx: Context) -> Type:
    return cx.rng.choice([t for t in (*cx.types, *BASICS) if t not in (ANY, ERROR) and not isinstance(t.under, Pointer)])


def struct(cx: Context) -> None:
    name = cx.top("T")
    fields = tuple((cx.rng.choice("abcdefgh") + str(i), field_type(cx)) for i in range(cx.rng.randint(1, 5)))
    t = Struct(name, fields)
    with cx.block(f"type {name} struct"):
        for field, f in fields:
            cx.emit(f"{field} {f}" + (' `tag:"x"`' if cx.chance(0.1) else ""))
    add_struct(cx, t)


def add_struct(cx: Context, t: Struct) -> None:
    methods(cx, t)
    cx.types += [t, slice_of(t), pointer_to(t), array_of(2, t)]
    if comparable(t):
        cx.types.append(map_of(STRING, t))


def embedding(cx: Context) -> None:
    inner = [t for t in cx.types if isinstance(t, Struct)]
    if not inner:
        return struct(cx)
    base = cx.rng.choice(inner)
    name = cx.top("E")
    extra = (cx.fresh("x"), field_type(cx))
    t = Struct(name, ((base.text, base), extra))
    with cx.block(f"type {name} struct"):
        cx.emit(base.text)
        cx.emit(f"{extra[0]} {extra[1]}")
    cx.methods[t] = [Method(m.name, m.params, m.result, m.on_pointer, m.cost) for m in cx.methods.get(base, ())]
    if base in cx.mutators:
        cx.mutators[t] = cx.mutators[base]
    add_struct(cx, t)
    return None


def named(cx: Context) -> None:
    base = cx.rng.choice([*INTS, STRING, FLOATS[0], slice_of(INT), map_of(STRING, INT)])
    t = Named(cx.top("N"), base)
    cx.emit(f"type {t} {base}")
    cx.types += [t, slice_of(t)]
    methods(cx, t)
    if base in INTS and cx.chance(0.5):
        cx.emit(f"func (x {t}) String() string {{ return \"{t}(\" + strconv.Itoa(int(x)%100) + \")\" }}")


def pure_body(cx: Context, params: list[tuple[str, Type]], result: Type, size: int) -> int:
    """Statements and a return, with nothing visible but parameters; returns what a call costs."""
    scopes, budget, spent = cx.scopes, cx.budget, cx.spent
    cx.scopes, cx.budget, cx.spent, cx.pure, cx.repeats = [[]], size, 0, True, 8
    for name, t in params:
        cx.declare(name, t)
    stmts.block(cx, size)
    cx.emit(f"return {exprs.expr(cx, result, 3)}")
    cost = max(cx.spent // 8, 1)
    cx.scopes, cx.budget, cx.spent, cx.pure, cx.repeats = scopes, budget, spent, False, 1
    return cost


def signature(cx: Context) -> tuple[list[tuple[str, Type]], Type]:
    choices = [t for t in (*cx.types, *BASICS) if t not in (ANY, ERROR) and not isinstance(t.under, Pointer)]
    params = [(cx.fresh("p"), cx.rng.choice(choices)) for _ in range(cx.rng.randint(0, 3))]
    return params, cx.rng.choice(choices)


def listed(params: list[tuple[str, Type]]) -> str:
    return ", ".join(f"{n} {t}" for n, t in params)


def methods(cx: Context, t: Type) -> None:
    known = cx.methods.setdefault(t, [])
    for _ in range(cx.rng.randint(0, 2)):
        add_method(cx, t, known, cx.top("M"), *signature(cx))
    if isinstance(t, Struct):
        name, (field, f) = cx.top("Set"), cx.rng.choice(t.fields)
        cx.mutators[t] = (name, (f,))
        with cx.block(f"func (r *{t}) {name}(x {f})"):
            cx.emit(f"r.{field} = {stmts.short_if_string(f, 'x')}")


def add_method(cx: Context, t: Type, known: list[Method], name: str, params: list[tuple[str, Type]], result: Type) -> None:
    on_pointer = isinstance(t, Struct) and cx.chance(0.4)
    with cx.block(f"func (r {'*' if on_pointer else ''}{t}) {name}({listed(params)}) {result}"):
        receiver = pointer_to(t) if on_pointer else t
        # A receiver through a pointer is only read: expressions call the method.
        visible = [*params] if on_pointer else [("r", receiver), *params]
        cost = pure_body(cx, visible, result, 2)
    known.append(Method(name, tuple(p for _, p in params), result, on_pointer, cost))


def interface(cx: Context) -> None:
    candidates = [t for t in cx.types if isinstance(t, Struct | Named)]
    if not candidates:
        return named(cx)
    name, method = cx.top("I"), cx.top("Do")
    params, result = signature(cx)
    cx.emit(f"type {name} interface{{ {method}({listed(params)}) {result} }}")
    it = Interface(Type(name), Method(method, tuple(p for _, p in params), result))
    for t in cx.rng.sample(candidates, min(len(candidates), 3)):
        known = cx.methods.setdefault(t, [])
        add_method(cx, t, known, method, [(cx.fresh("p"), p) for _, p in params], result)
        it.method.cost = max(it.method.cost, known[-1].cost)
        it.implementers.append(pointer_to(t) if known[-1].on_pointer else t)
    cx.interfaces.append(it)
    return None


def function(cx: Context) -> None:
    name = cx.top("f")
    params, result = signature(cx)
    with cx.block(f"func {name}({listed(params)}) {result}"):
        cost = pure_body(cx, params, result, cx.rng.randint(0, 3))
    cx.functions.append(Function(name, tuple(p for _, p in params), result, cost))


def recursive(cx: Context) -> None:
    name = cx.top("rec")
    params, result = signature(cx)
    params = [("n", INT), *params, ("acc", result)]
    with cx.block(f"func {name}({listed(params)}) {result}"):
        with cx.block("if n <= 0"):
            cx.emit("return acc")
        cx.emit("n = min(n, 8)")
        call = Function(name, tuple(p for _, p in params[1:]), result)
        inner = ", ".join(["n - 1", *(n for n, _ in params[1:-1])])
        cost = pure_body(cx, params[1:], result, 1)
        value = cx.lines.pop().strip().removeprefix("return ")
        cx.emit(f"return {name}({inner}, {stmts.short_if_string(result, value)})")
    cx.functions.append(Function(name, (INT, *call.params), result, cost * 8 + 8))


def generic(cx: Context) -> None:
    name, t = cx.top("g"), TypeParam("T")
    with cx.block(f"func {name}[T integers](a, b T) T"):
        types, cx.types = cx.types, [t, INT, BOOL]
        functions, cx.functions, generics, cx.generics = cx.functions, [], cx.generics, []
        methods_, cx.methods, interfaces, cx.interfaces = cx.methods, {}, cx.interfaces, []
        pure_body(cx, [("a", t), ("b", t)], t, 2)
        cx.types, cx.functions, cx.generics, cx.methods, cx.interfaces = types, functions, generics, methods_, interfaces
    cx.generics.append(name)
