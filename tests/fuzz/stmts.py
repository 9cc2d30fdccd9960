# SPDX-License-Identifier: BSD-3-Clause
"""Statements. What a block declares it also uses, so that the programs compile."""

from __future__ import annotations

from collections.abc import Callable

from .concurrent import concurrent_ways
from .exprs import arguments, array_index, expr, value
from .gotypes import (
    ANY,
    BASICS,
    BOOL,
    ERROR,
    INT,
    INTS,
    RUNE,
    STRING,
    UINT8,
    Array,
    Func,
    Int,
    Map,
    Pointer,
    Slice,
    Struct,
    Type,
    comparable,
    func_of,
    printable,
    slice_of,
)  # fmt: skip
from .scope import Context, Var

MAX_REPEATS = 600  # of an innermost statement


def block(cx: Context, size: int) -> None:
    """About `size` statements."""
    for _ in range(size):
        if cx.budget <= 0:
            break
        statement(cx)


def statement(cx: Context) -> None:
    cx.budget -= 1
    ways: list[tuple[float, Callable[[Context], None]]] = [
        (5, declare), (5, assign), (3, show), (3, branch), (4, loop), (2, switch), (1.5, type_switch), (2, function_literal),
        (2, risky), (1.5, method_value), (1.5, deferred), (1, constants), (1, jump), (1, local_type), (2, composite_change),
        (1, destructure), (1.5, mutate),
    ]  # fmt: skip
    if not cx.pure and cx.repeats <= 20:
        ways += [(0.6, way) for way in concurrent_ways(block)]
    if cx.pure:  # no prints, nothing that ends in one
        silent = (declare, assign, branch, loop, switch, composite_change, destructure)
        ways = [(weight, way) for weight, way in ways if way in silent]
    cx.spent += cx.repeats
    weights, calls = zip(*ways, strict=True)
    cx.rng.choices(calls, weights)[0](cx)


def pick_type(cx: Context) -> Type:
    return cx.rng.choice(cx.types if cx.chance(0.6) else BASICS)


def declare(cx: Context) -> None:
    t = pick_type(cx)
    name = cx.fresh("v")
    text = expr(cx, t, 2)
    match cx.rng.randrange(3):
        case 0:
            cx.emit(f"var {name} {t} = {text}")
        case 1 if not isinstance(t.under, Pointer | Func):
            cx.emit(f"var {name} {t}")
        case _:
            cx.emit(f"{name} := {t}({text})" if needs_conversion(t, text) else f"{name} := {text}")
    cx.emit(f"_ = {name}")
    cx.declare(name, t)


def needs_conversion(t: Type, text: str) -> bool:
    """A variable's type must be `t` also where the text is an untyped constant."""
    return t.under is t and not isinstance(t, Slice | Array | Map | Struct | Pointer | Func) and t not in (ANY, ERROR)


def show(cx: Context) -> None:
    known = [v for v in cx.variables() if printable(v.type)]
    verbs = ["%v", "%+v", "%T", "%#v", "%v %[1]T"]
    if known and cx.chance(0.5):
        v = cx.rng.choice(known)
        shown_as_go = v.type not in (ANY, ERROR)  # %#v of what another package declares shows that package's inside
        verb = cx.rng.choice(verbs if shown_as_go else verbs[:3])
        cx.emit(f'fmt.Printf("{v.name} {verb}\\n", {v.name})')
        return
    chosen = cx.rng.sample(known, min(len(known), 2))
    extra = [f"{value(cx, cx.rng.choice(BASICS), 2)}"] if cx.chance(0.5) else []
    cx.emit(f"fmt.Println({', '.join([quoted(cx)] + [v.name for v in chosen] + extra)})")


def quoted(cx: Context) -> str:
    return f'"#{cx.fresh("")}"'


def assign(cx: Context) -> None:
    rng = cx.rng
    targets = cx.variables(settable=True)
    if not targets:
        declare(cx)
        return
    v = rng.choice(targets)
    t, u = v.type, v.type.under
    if isinstance(u, Int) and rng.random() < 0.6:
        match rng.randrange(4):
            case 0:
                cx.emit(f"{v.name}{rng.choice(['++', '--'])}")
            case 1:
                cx.emit(f"{v.name} {rng.choice(['<<=', '>>='])} {value(cx, rng.choice(INTS[5:]), 1)} % 67")
            case 2:
                cx.emit(f"{v.name} {rng.choice(['/=', '%='])} {value(cx, t, 2)} | 1")
            case _:
                cx.emit(f"{v.name} {rng.choice(['+=', '-=', '*=', '&=', '|=', '^=', '&^='])} {expr(cx, t, 2)}")
    elif u is STRING:
        wrap = (lambda s: s) if t is STRING else (lambda s: f"{t}({s})")
        inner = expr(cx, t, 2) if t is STRING else f"string({expr(cx, t, 2)})"
        cx.emit(f"{v.name} = {wrap(f'short({inner})')}")
    elif isinstance(u, Slice) and rng.random() < 0.5:
        cx.emit(f"{v.name} = append(slices.Clip({v.name}), {expr(cx, u.elem, 2)})")
        cx.emit(f"{v.name} = last({v.name}, 20)")
    else:
        others = [o for o in cx.variables(t, settable=True) if o is not v]
        if others and rng.random() < 0.2:
            o = rng.choice(others)
            cx.emit(f"{v.name}, {o.name} = {o.name}, {v.name}")
        else:
            cx.emit(f"{v.name} = {expr(cx, t, 2)}")


def composite_change(cx: Context) -> None:
    """Writes into a part of a composite variable."""
    rng = cx.rng
    candidates = [v for v in cx.variables(settable=True) if isinstance(v.type.under, Slice | Array | Map | Struct | Pointer)]
    if not candidates:
        declare(cx)
        return
    v = rng.choice(candidates)
    u = v.type.under
    match u:
        case Slice():
            with cx.block(f"if len({v.name}) > 0"):
                cx.emit(f"{v.name}[uint({value(cx, INT, 1)})%uint(len({v.name}))] = {expr(cx, u.elem, 2)}")
        case Array():
            cx.emit(f"{v.name}[{array_index(cx, u.size, 1)}] = {expr(cx, u.elem, 2)}")
        case Map():
            key = expr(cx, u.key, 1)
            with cx.block(f"if {v.name} != nil && len({v.name}) < 50"):
                match rng.randrange(4):
                    case 0:
                        cx.emit(f"delete({v.name}, {key})")
                    case 1 if isinstance(u.elem.under, Int):
                        cx.emit(f"{v.name}[{key}]++")
                    case 2 if rng.random() < 0.3:
                        cx.emit(f"clear({v.name})")
                    case _:
                        cx.emit(f"{v.name}[{key}] = {expr(cx, u.elem, 2)}")
        case Struct() if u.fields:
            name, f = rng.choice(u.fields)
            cx.emit(f"{v.name}.{name} = {short_if_string(f, expr(cx, f, 2))}")
        case Pointer() if isinstance(u.elem.under, Struct) and u.elem.under.fields:
            name, f = rng.choice(u.elem.under.fields)
            cx.emit(f"{v.name}.{name} = {short_if_string(f, expr(cx, f, 2))}")
        case Pointer():
            cx.emit(f"*{v.name} = {short_if_string(u.elem, expr(cx, u.elem, 2))}")
        case _:
            cx.emit(f"_ = {v.name}")


def short_if_string(t: Type, text: str) -> str:
    return f"short({text})" if t is STRING else text


def branch(cx: Context) -> None:
    name = cx.fresh("v")
    if cx.chance(0.3):
        t = cx.rng.choice(INTS)
        with cx.block(f"if {name} := {value(cx, t, 2)}; {name} {cx.rng.choice(['<', '>', '=='])} {expr(cx, t, 1)}"):
            cx.declare(name, t)
            block(cx, 2)
        return
    with cx.block(f"if {expr(cx, BOOL, 2)}", "} else {" if cx.chance(0.5) else "}"):
        block(cx, 2)
    if cx.lines[-1].endswith("else {"):
        if cx.chance(0.3):
            cx.lines[-1] = cx.lines[-1][:-1] + f"if {expr(cx, BOOL, 2)} {{"
        cx.indent += 1
        cx.scopes.append([])
        block(cx, 2)
        cx.scopes.pop()
        cx.indent -= 1
        cx.emit("}")


def loop(cx: Context) -> None:
    rng = cx.rng
    n = rng.randint(0, 6)
    if cx.repeats * max(n, 1) > MAX_REPEATS:
        assign(cx)
        return
    before, cx.repeats = cx.repeats, cx.repeats * max(n, 2)
    label = cx.fresh("L") if rng.random() < 0.3 else ""
    i, x = cx.fresh("i"), cx.fresh("x")
    heads: list[tuple[str, list[Var]]] = [
        (f"for {i} := range {n}", [Var(i, INT, False)]),
        (f"for {i} := 0; {i} < {n}; {i}++", [Var(i, INT, False)]),
        (f"for {i}, {x} := {n}, {value(cx, INT, 1)}; {i} > 0; {i}, {x} = {i}-1, {x}*3", [Var(i, INT, False), Var(x, INT)]),
        (f"for {i}, {x} := range {expr(cx, STRING, 1)}", [Var(i, INT), Var(x, RUNE)]),
        (f"for range {n}", []),
        (f"for {i} := range count({n})", [Var(i, INT)]),
        (f"for {i}, {x} := range pairs({expr(cx, slice_of(INT), 2)})", [Var(i, INT), Var(x, INT)]),
        (f"for {i}, {x} := range slices.Backward({expr(cx, slice_of(STRING), 2)})", [Var(i, INT), Var(x, STRING)]),
    ]
    for v in cx.variables():
        if isinstance(v.type.under, Slice | Array):
            elem = v.type.under.elem
            heads.append((f"for {i}, {x} := range {v.name}", [Var(i, INT), Var(x, elem)]))
            if isinstance(v.type.under, Array):
                heads.append((f"for {i} := range {v.name}", [Var(i, INT)]))
    head, declared = rng.choice(heads)
    label_at = len(cx.lines)
    cx.emit(label + ":")
    cx.loops.append(label)
    with cx.block(head):
        for var in declared:
            cx.scopes[-1].append(var)
            cx.emit(f"_ = {var.name}")
        if rng.random() < 0.3:
            leave(cx)
        block(cx, rng.randint(1, 2))
        if rng.random() < 0.2:
            leave(cx)
    cx.loops.pop()
    used = label and any(line.strip() in (f"break {label}", f"continue {label}") for line in cx.lines[label_at:])
    if not used:
        del cx.lines[label_at]
    cx.repeats = before


def leave(cx: Context) -> None:
    """A conditional break or continue, of this loop or of an outer one."""
    label = cx.rng.choice(cx.loops)
    with cx.block(f"if {expr(cx, BOOL, 2)}"):
        cx.emit(f"{cx.rng.choice(['break', 'continue'])} {label}".strip())


def switch(cx: Context) -> None:
    rng = cx.rng
    loops, cx.loops = cx.loops, []  # a plain break would leave the switch
    tagless = rng.random() < 0.3
    t = rng.choice([INT, STRING, UINT8, *INTS])
    name = cx.fresh("s")
    with cx.block("switch" if tagless else f"switch {name} := {value(cx, t, 2)}; {name}"):
        cx.indent -= 1
        count, default_at = rng.randint(1, 4), rng.randint(0, 5)
        for n in range(count):
            if n == default_at:
                cx.emit("default:")
            elif tagless:
                cx.emit(f"case {value(cx, BOOL, 2)}:")
            else:
                cx.emit(f"case {', '.join(value(cx, t, 1) for _ in range(rng.randint(1, 2)))}:")
            cx.indent += 1
            cx.scopes.append([])
            block(cx, rng.randint(0, 2))
            cx.scopes.pop()
            if n < count - 1 and rng.random() < 0.2:
                cx.emit("fallthrough")
            cx.indent -= 1
        cx.indent += 1
    cx.loops = loops


def type_switch(cx: Context) -> None:
    rng = cx.rng
    loops, cx.loops = cx.loops, []
    name = cx.fresh("t")
    with cx.block(f"switch {name} := {value(cx, ANY, 2)}.(type)"):
        cx.indent -= 1
        kinds = [t for t in dict.fromkeys(cx.types) if t not in (ANY, ERROR)]
        for t in rng.sample(kinds, min(3, len(kinds))):
            cx.emit(f"case {t}:")
            cx.indent += 1
            cx.scopes.append([Var(name, t)])
            cx.emit(f"_ = {name}")
            block(cx, 1)
            cx.scopes.pop()
            cx.indent -= 1
        for i in cx.interfaces[:1]:
            cx.emit(f"case {i.type}:")
            cx.emit(f"\tfmt.Println({quoted(cx)}, {name}.{i.method.name}({arguments(cx, i.method.params, 1)}))")
        cx.emit("case nil, error:")
        cx.emit(f"\tfmt.Println({quoted(cx)}, {name})")
        cx.emit("default:")
        cx.emit(f'\tfmt.Printf("%T\\n", {name})')
        cx.indent += 1
    cx.loops = loops


def function_literal(cx: Context) -> None:
    """A closure that changes what it captured, called several times; or one that is kept as a variable."""
    rng = cx.rng
    if rng.random() < 0.4:
        t = func_of(tuple(rng.choice(BASICS) for _ in range(rng.randint(0, 2))), rng.choice(BASICS))
        name = cx.fresh("f")
        cx.emit(f"{name} := {expr(cx, t, 2)}")
        cx.emit(f"_ = {name}")
        cx.declare(name, t, settable=False)
        return
    loops, cx.loops = cx.loops, []
    name, p = cx.fresh("f"), cx.fresh("p")
    t = rng.choice(BASICS)
    before, cx.repeats = cx.repeats, cx.repeats * 2
    with cx.block(f"{name} := func({p} {t})"):
        cx.declare(p, t)
        block(cx, 2)
    cx.repeats = before
    for _ in range(rng.randint(1, 2)):
        cx.emit(f"{name}({expr(cx, t, 2)})")
    cx.loops = loops


def risky(cx: Context) -> None:
    """One operation that may panic, in a function that recovers and prints the panic."""
    rng = cx.rng
    name = cx.fresh("r")
    loops, cx.loops = cx.loops, []
    with cx.block("func()", "}()"):
        cx.emit(f"defer caught({quoted(cx)})")
        t = rng.choice(INTS)
        sliced = [v for v in cx.variables() if isinstance(v.type.under, Slice) and printable(v.type)]
        match rng.randrange(9):
            case 0:
                cx.emit(f"{name} := {value(cx, t, 1)} {rng.choice('/%')} ({value(cx, t, 1)} % 3)")
            case 1 if sliced:
                cx.emit(f"{name} := {rng.choice(sliced).name}[{value(cx, INT, 1)} % 5]")
            case 2 if sliced:
                v = rng.choice(sliced)
                cx.emit(f"a, b := {value(cx, INT, 1)} % 5, {value(cx, INT, 1)} % 5")
                cx.emit(f"{name} := slices.Clip({v.name})[{rng.choice(['a:b', 'a:', ':b'])}]")
                cx.emit("_, _ = a, b")
            case 3:
                other = rng.choice(cx.types)
                if other is ANY:
                    other = INT
                cx.emit(f"{name} := {value(cx, ANY, 2)}.({other})")
                if not printable(other):
                    cx.emit(f"_ = {name}")
                    return finish_risky(cx, loops, None)
            case 4:
                cx.emit(f"var m map[string]{t}")
                cx.emit(f"m[{expr(cx, STRING, 1)}] = {expr(cx, t, 1)}")
                cx.emit(f"{name} := m")
            case 5:
                cx.emit(f"{name} := make([]{t}, {value(cx, INT, 1)} % 4)")
            case 6:
                cx.emit(f"var p *struct{{ a, b {t} }}")
                with cx.block(f"if {expr(cx, BOOL, 1)}"):
                    cx.emit(f"p = new(struct{{ a, b {t} }})")
                cx.emit(f"{name} := p.b")
            case 7:
                size = rng.randint(1, 4)
                cx.emit(f"{name} := [{size}]{t}({value(cx, slice_of(t), 1)})")
            case _:
                cx.emit(f"{name} := {value(cx, t, 1)} << ({value(cx, INT, 1)} % 9)")
        finish_risky(cx, loops, name)
    return None


def finish_risky(cx: Context, loops: list[str], name: str | None) -> None:
    if name:
        cx.emit(f"fmt.Println({quoted(cx)}, {name})")
    cx.loops = loops


def mutate(cx: Context) -> None:
    """A call of a method that changes its receiver."""
    known = [v for v in cx.variables(settable=True) if v.type in cx.mutators]
    if not known:
        return composite_change(cx)
    v = cx.rng.choice(known)
    name, params = cx.mutators[v.type]
    cx.emit(f"{v.name}.{name}({arguments(cx, params, 2)})")
    return None


def method_value(cx: Context) -> None:
    rng = cx.rng
    candidates = [(v, m) for v in cx.variables(settable=True) for m in cx.methods.get(v.type, ()) if printable(m.result)]
    if not candidates:
        show(cx)
        return
    v, m = rng.choice(candidates)
    name = cx.fresh("m")
    args = arguments(cx, m.params, 2)
    if rng.random() < 0.4:
        receiver, text = (f"(*{v.type})", f"&{v.name}") if m.on_pointer else (str(v.type), v.name)
        cx.emit(f"fmt.Println({quoted(cx)}, {receiver}.{m.name}({', '.join(filter(None, [text, args]))}))")
        return
    cx.emit(f"{name} := {v.name}.{m.name}")
    if isinstance(v.type.under, Struct) and v.type.under.fields and rng.random() < 0.5:
        composite_change(cx)
    cx.emit(f"fmt.Println({quoted(cx)}, {name}({args}))")


def deferred(cx: Context) -> None:
    """Defers that run in reverse, see their arguments as they were, change the result, and may recover."""
    rng = cx.rng
    t = rng.choice([x for x in cx.types if printable(x)] or [INT])
    loops, cx.loops = cx.loops, []
    result = cx.fresh("r")
    with cx.block(f"fmt.Println({quoted(cx)}, func() ({result} {t})", "}())"):
        var = cx.declare(result, t)
        for _ in range(rng.randint(1, 2)):
            match rng.randrange(4):
                case 0:
                    cx.emit(f"defer fmt.Println({quoted(cx)}, {value(cx, rng.choice(BASICS), 2)})")
                case 1:
                    with cx.block(f"for i := range {rng.randint(1, 2)}"):
                        cx.emit(f"defer func() {{ fmt.Println({quoted(cx)}, i) }}()")
                case 2:
                    with cx.block("defer func()", "}()"):
                        cx.emit(f"fmt.Println({quoted(cx)}, recover())")
                        cx.emit(f"{result} = {short_if_string(t, expr(cx, t, 2))}")
                case _:
                    cx.emit(f"defer func(x {t}) {{ fmt.Println({quoted(cx)}, x) }}({result})")
        if rng.random() < 0.5:
            cx.emit(f"{var.name} = {short_if_string(t, expr(cx, t, 2))}")
        if rng.random() < 0.4:
            cx.emit(f"defer func() {{ fmt.Println({quoted(cx)}, recover()) }}()")
            with cx.block(f"if {expr(cx, BOOL, 2)}"):
                cx.emit(f"panic({rng.choice([value(cx, INT, 1), value(cx, STRING, 1), 'errBase'])})")
        cx.emit(f"return {expr(cx, t, 2)}")
    cx.loops = loops


def constants(cx: Context) -> None:
    """A group with iota."""
    rng = cx.rng
    t = rng.choice(INTS)
    names = [cx.fresh("c") for _ in range(rng.randint(2, 4))]
    first = rng.choice(["iota", "iota + 1", "1 << iota", "iota * iota", "1 << (iota % 7)", "(iota + 3) << 2"])
    cx.emit("const (")
    cx.emit(f"\t{names[0]} {t} = {first}")
    for name in names[1:]:
        cx.emit(f"\t{name}" if rng.random() < 0.8 else f"\t_\n{chr(9) * cx.indent}\t{name}")
    cx.emit(")")
    cx.emit(f"fmt.Println({quoted(cx)}, {', '.join(names)})")


def jump(cx: Context) -> None:
    """A loop by goto, in a function of its own so that it jumps over no declaration."""
    label, n = cx.fresh("J"), cx.fresh("n")
    loops, cx.loops = cx.loops, []
    if cx.repeats * 3 > MAX_REPEATS:
        cx.loops = loops
        return
    with cx.block("func()", "}()"):
        cx.emit(f"{n} := 0")
        cx.emit(f"{label}:")
        cx.declare(n, INT, settable=False)
        with cx.block(""):
            before, cx.repeats = cx.repeats, cx.repeats * 3
            block(cx, 1)
            cx.repeats = before
        cx.emit(f"{n}++")
        with cx.block(f"if {n} < {cx.rng.randint(1, 2)}"):
            cx.emit(f"goto {label}")
    cx.loops = loops


def local_type(cx: Context) -> None:
    """A struct without a name: literal, copy, comparison."""
    rng = cx.rng
    a, b = cx.fresh("a"), cx.fresh("b")
    fields = [(cx.fresh("F"), rng.choice([x for x in BASICS if comparable(x)])) for _ in range(rng.randint(1, 2))]
    t = f"struct{{ {'; '.join(f'{n} {f}' for n, f in fields)} }}"
    cx.emit(f"{a} := {t}{{{', '.join(expr(cx, f, 2) for _, f in fields)}}}")
    cx.emit(f"{b} := {a}")
    cx.emit(f"{b}.{fields[0][0]} = {expr(cx, fields[0][1], 2)}")
    cx.emit(f"fmt.Println({quoted(cx)}, {a}, {b}, {a} == {b})")


def destructure(cx: Context) -> None:
    """The comma-ok forms and functions of two results."""
    rng = cx.rng
    x, ok = cx.fresh("x"), cx.fresh("ok")
    maps = [v for v in cx.variables() if isinstance(v.type.under, Map)]
    t: Type
    if maps and rng.random() < 0.5:
        v = rng.choice(maps)
        t = v.type.under.elem  # type: ignore[attr-defined]
        cx.emit(f"{x}, {ok} := {v.name}[{expr(cx, v.type.under.key, 1)}]")  # type: ignore[attr-defined]
    elif rng.random() < 0.5:
        t = rng.choice([y for y in cx.types if y not in (ANY, ERROR) and not isinstance(y.under, Pointer | Func)] or [INT])
        cx.emit(f"{x}, {ok} := {value(cx, ANY, 2)}.({t})")
    else:
        t = rng.choice([y for y in cx.types if not isinstance(y.under, Pointer | Func)] or [INT])
        cx.emit(f"{x}, {ok} := both({value(cx, t, 2)}, {value(cx, BOOL, 2)})")
    cx.emit(f"_, _ = {x}, {ok}")
    cx.declare(x, t)
    cx.declare(ok, BOOL)
