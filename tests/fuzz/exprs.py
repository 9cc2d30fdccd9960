# SPDX-License-Identifier: BSD-3-Clause
"""Expressions of a given type. They have no effects but prints, and never panic unless they are asked for."""

from __future__ import annotations

from collections.abc import Callable

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
    UINT,
    UINT8,
    Array,
    Complex,
    Float,
    Func,
    Int,
    Map,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
    comparable,
    func_of,
    slice_of,
)  # fmt: skip
from .scope import Context

MAX_COST = 20_000  # how many statements one expression's calls may run

WORDS = ("", "a", "go", "gopher", "héllo", "日本", "x y z", "\\x00\\n", "the quick brown fox", "0", "-17", "Z")


def literal(cx: Context, t: Type) -> str:
    """A constant or composite of basic literals of type `t`."""
    rng, u = cx.rng, t.under
    if isinstance(t, TypeParam):
        return f"{t}({rng.randint(0, 100)})"
    if isinstance(u, Int):
        n = rng.choice([0, 1, 2, 3, 7, 10, 100, u.low, u.high, rng.randint(u.low, u.high), rng.randint(u.low, u.high) >> rng.randint(0, u.bits - 1)])
        return str(n) if t is INT and rng.random() < 0.7 else f"{t}({spelled(cx, n)})"
    if isinstance(u, Float):
        n = rng.choice(["0", "1", "-1.5", "3.25", "1e10", "-2.5e-3", "0.1", "123456.789", "0x1p-10"])
        return f"{t}({n})"
    if isinstance(u, Complex):
        return f"complex({rng.randint(-9, 9)}.5, {rng.randint(-9, 9)})"
    if u is BOOL:
        return rng.choice(["true", "false"]) if t is BOOL else f"{t}({rng.choice(['true', 'false'])})"
    if u is STRING:
        word = f'"{rng.choice(WORDS)}"'
        return word if t is STRING else f"{t}({word})"
    return zero_like(cx, t, 0)


def spelled(cx: Context, n: int) -> str:
    """An untyped constant expression whose value is `n`: constant arithmetic is exact, however large its parts."""
    rng = cx.rng
    match rng.randrange(12):
        case 0:
            shift = rng.randint(1, 90)
            return f"({(n << shift) + rng.randrange(1 << shift)} >> {shift})"
        case 1:
            k = rng.randint(2, 1 << 70)
            return f"({n * k} / {k})"
        case 2:
            k = rng.randint(-(1 << 80), 1 << 80)
            return f"({n - k} + ({k}))"
        case 3 if n >= 0:
            return hex(n)
        case 4 if n >= 0:
            return f"({bin(n)} &^ 0)"
        case 5:
            return f"(^({~n}))"
        case _:
            return str(n)


def zero_like(cx: Context, t: Type, depth: int) -> str:
    """A composite value of type `t`."""
    rng, u = cx.rng, t.under
    few = rng.randint(0, 3)
    match u:
        case Slice() | Map() if u is not t:
            return f"{t}({zero_like(cx, u, depth)})"
        case Slice():
            if rng.random() < 0.15:
                return f"make({t}, {few}, {few + rng.randint(0, 3)})"
            if few == 0 and rng.random() < 0.3:
                return f"{t}(nil)"
            return f"{t}{{{', '.join(expr(cx, u.elem, depth - 1) for _ in range(few))}}}"
        case Array():
            if rng.random() < 0.3 and u.size > 1:
                return f"{t}{{{rng.randrange(u.size)}: {expr(cx, u.elem, depth - 1)}}}"
            return f"{t}{{{', '.join(expr(cx, u.elem, depth - 1) for _ in range(rng.randint(0, u.size)))}}}"
        case Map():
            pairs = {}
            for _ in range(few):  # constant keys must differ
                pairs[key_literal(cx, u.key, len(pairs))] = expr(cx, u.elem, depth - 1)
            return f"{t}{{{', '.join(f'{k}: {v}' for k, v in pairs.items())}}}"
        case Struct():
            # In brackets, since it may stand before the block of an if or for.
            if rng.random() < 0.5:
                return f"({t}{{{', '.join(expr(cx, f, depth - 1) for _, f in u.fields)}}})"
            chosen = [f for f in u.fields if rng.random() < 0.6]
            return f"({t}{{{', '.join(f'{name}: {expr(cx, f, depth - 1)}' for name, f in chosen)}}})"
        case Pointer():
            if isinstance(u.elem.under, Struct):
                return "&" + zero_like(cx, u.elem, depth)
            return f"{rng.choice(['ref', 'new'])}({value(cx, u.elem, depth - 1)})"
        case Func():
            return closure(cx, u, depth)
    if u is ANY:
        inner = rng.choice([t for t in cx.types if comparable(t) and not isinstance(t.under, Pointer)] or [INT])
        return f"any({value(cx, inner, depth - 1)})"
    if u is ERROR:
        return rng.choice(["error(nil)", 'errors.New("boom")', f"fmt.Errorf(\"wrapped %w %v\", errBase, {value(cx, INT, depth - 1)})"])
    return literal(cx, t)


def key_literal(cx: Context, t: Type, n: int) -> str:
    u = t.under
    if isinstance(u, Int):
        return f"{t}({n * 3})"
    if u is STRING:
        return f'{t}("k{n}")'
    if isinstance(u, Array):
        return f"{t}{{{key_literal(cx, u.elem, n)}}}"
    if isinstance(u, Struct):
        return f"({t}{{{u.fields[0][0]}: {key_literal(cx, u.fields[0][1], n)}}})"
    return f"id({t}({n}))" if isinstance(u, Float) else f"id({literal(cx, t)})"


def closure(cx: Context, t: Func, depth: int) -> str:
    names = [cx.fresh("p") for _ in t.params]
    cx.scopes.append([])
    for name, p in zip(names, t.params, strict=True):
        cx.declare(name, p, settable=False)
    body = expr(cx, t.result, min(depth - 1, 2))
    cx.scopes.pop()
    params = ", ".join(f"{n} {p}" for n, p in zip(names, t.params, strict=True))
    return f"func({params}) {t.result} {{ return {body} }}"


def value(cx: Context, t: Type, depth: int = 0) -> str:
    """As `expr`, but never a constant: what it takes part in is computed when the program runs."""
    known = cx.variables(t)
    if known and (depth <= 0 or cx.chance(0.6)):
        return cx.rng.choice(known).name
    if depth <= 0 or isinstance(t, TypeParam):
        return f"id({literal(cx, t)})" if not isinstance(t, TypeParam) or not known else cx.rng.choice(known).name
    return f"id({expr(cx, t, depth)})"


def expr(cx: Context, t: Type, depth: int) -> str:
    """An expression of type `t`, with about `depth` operators above each other."""
    rng = cx.rng
    known = cx.variables(t)
    if depth <= 0:
        return rng.choice(known).name if known and rng.random() < 0.75 else literal(cx, t)
    ways: list[Callable[[], str]] = [lambda: literal(cx, t) if not known else rng.choice(known).name]
    ways += reading_ways(cx, t, depth)
    u = t.under
    if isinstance(t, TypeParam):
        ways += arithmetic_ways(cx, t, depth, ints=True)
    elif isinstance(u, Int):
        ways += 2 * arithmetic_ways(cx, t, depth, ints=True) + int_ways(cx, t, depth)
    elif isinstance(u, Float):
        ways += 2 * arithmetic_ways(cx, t, depth, ints=False)
        ways += [
            lambda: f"{t}({value(cx, rng.choice(INTS), depth - 1)})",
            lambda: f"{t}({value(cx, rng.choice(FLOATS), depth - 1)})",
            lambda: f"{t}(math.Sqrt(math.Abs(float64({value(cx, t, depth - 1)}))))",
            lambda: f"{t}(math.Floor(float64({value(cx, t, depth - 1)})))",
            lambda: f"{t}(real({value(cx, COMPLEX, depth - 1)}))",
        ]
    elif isinstance(u, Complex):
        ways += [
            lambda: f"({value(cx, t, depth - 1)} {rng.choice('+-*')} {expr(cx, t, depth - 1)})",
            lambda: f"complex({value(cx, FLOATS[0], depth - 1)}, {value(cx, FLOATS[0], depth - 1)})",
        ]
    elif u is BOOL:
        ways += 3 * bool_ways(cx, t, depth)
    elif u is STRING:
        ways += 2 * string_ways(cx, t, depth)
    elif isinstance(u, Slice):
        ways += [
            lambda: f"slices.Clone({value(cx, t, depth - 1)})",
            lambda: f"append({t}(nil), {value(cx, t, depth - 1)}...)",
            lambda: f"append(slices.Clip({value(cx, t, depth - 1)}), {expr(cx, u.elem, depth - 1)}, {expr(cx, u.elem, depth - 1)})",
            lambda: zero_like(cx, t, depth),
            lambda: f"{t if t is not u else ''}(part({value(cx, t, depth - 1)}, {value(cx, INT, depth - 1)}, {value(cx, INT, depth - 1)}))",
        ]
        if u.elem is UINT8 and t == u:
            ways.append(lambda: f"[]byte({value(cx, STRING, depth - 1)})")
        if u.elem is RUNE and t == u:
            ways.append(lambda: f"[]rune({value(cx, STRING, depth - 1)})")
    elif isinstance(u, Map):
        ways += [lambda: f"maps.Clone({value(cx, t, depth - 1)})", lambda: zero_like(cx, t, depth)]
    else:
        ways += [lambda: zero_like(cx, t, depth), lambda: zero_like(cx, t, depth)]
    return rng.choice(ways)()


def reading_ways(cx: Context, t: Type, depth: int) -> list[Callable[[], str]]:
    """Values of type `t` that come out of composites, calls and helpers."""
    rng = cx.rng
    ways: list[Callable[[], str]] = []
    for v in cx.variables():
        u = v.type.under
        if isinstance(u, Struct):
            ways += [lambda v=v, name=name: f"{v.name}.{name}" for name, f in u.fields if f == t]
        elif isinstance(u, Pointer) and isinstance(u.elem.under, Struct):
            ways += [lambda v=v, name=name: f"{v.name}.{name}" for name, f in u.elem.under.fields if f == t]
        elif isinstance(u, Pointer) and u.elem == t:
            ways.append(lambda v=v: f"*{v.name}")
        elif isinstance(u, Slice) and u.elem == t:
            ways.append(lambda v=v: f"at({v.name}, {value(cx, INT, depth - 1)})")
        elif isinstance(u, Array) and u.elem == t:
            ways.append(lambda v=v, u=u: f"{v.name}[{array_index(cx, u.size, depth)}]")
        elif isinstance(u, Map) and u.elem == t:
            ways.append(lambda v=v, u=u: f"{v.name}[{expr(cx, u.key, depth - 1)}]")
        elif isinstance(u, Func) and u.result == t:
            ways.append(lambda v=v, u=u: f"{v.name}({arguments(cx, u.params, depth)})")
        for m in cx.methods.get(u.elem if isinstance(u, Pointer) else v.type, ()):
            if m.result == t and cx.repeats * m.cost < MAX_COST and (not m.on_pointer or isinstance(u, Pointer) or v.settable):
                ways.append(lambda v=v, m=m: charged(cx, m.cost, f"{v.name}.{m.name}({arguments(cx, m.params, depth)})"))
    for f in cx.functions:
        if f.result == t and cx.repeats * f.cost < MAX_COST:
            ways.append(lambda f=f: charged(cx, f.cost, f"{f.name}({arguments(cx, f.params, depth)})"))
    for i in cx.interfaces:
        if i.method.result == t and i.implementers and cx.repeats * i.method.cost < MAX_COST:
            def call(i=i) -> str:  # type: ignore[no-untyped-def]
                which = rng.choice(i.implementers)
                cx.spent += cx.repeats * i.method.cost
                return f"{i.type}({value(cx, which, depth - 1)}).{i.method.name}({arguments(cx, i.method.params, depth)})"
            ways.append(call)
    if isinstance(t, Int):
        ways += [lambda g=g: f"{g}({value(cx, t, depth - 1)}, {expr(cx, t, depth - 1)})" for g in cx.generics[-2:]]
    rng.shuffle(ways)
    ways = ways[:4]
    if not cx.pure and not isinstance(t, TypeParam):
        ways.append(lambda: f"trace({cx_number(cx)}, {value(cx, t, depth - 1)})")
    if isinstance(t, Slice) and not isinstance(t.elem, TypeParam):
        ways += [
            lambda: f"apply({value(cx, t, depth - 1)}, {closure(cx, func_of((t.elem,), t.elem), 2)})",
            lambda: f"keep({value(cx, t, depth - 1)}, {closure(cx, func_of((t.elem,), BOOL), 2)})",
            lambda: f"collect(each({value(cx, t, depth - 1)}, {value(cx, INT, 0)}))",
        ]
    if isinstance(t, Int):
        ways.append(lambda: f"fold({value(cx, slice_of(t), depth - 1)}, {expr(cx, t, 1)}, {closure(cx, func_of((t, t), t), 2)})")
        ways.append(lambda: f"newStack({value(cx, t, depth - 1)}, {expr(cx, t, depth - 1)}).top()")
        ways.append(lambda: f"(pair[{t}, {STRING}]{{{expr(cx, t, depth - 1)}, {expr(cx, STRING, 0)}}}).first()")
    if not isinstance(t, TypeParam):
        ways.append(lambda: f"pick({value(cx, BOOL, depth - 1)}, {expr(cx, t, depth - 1)}, {expr(cx, t, depth - 1)})")
        ways.append(lambda: f"func() {t} {{ return {expr(cx, t, depth - 1)} }}()")
    return ways


def cx_number(cx: Context) -> int:
    cx.serial += 1
    return cx.serial


def charged(cx: Context, cost: int, text: str) -> str:
    cx.spent += cx.repeats * cost
    return text


def arguments(cx: Context, params: tuple[Type, ...], depth: int) -> str:
    return ", ".join(expr(cx, p, depth - 1) for p in params)


def array_index(cx: Context, size: int, depth: int) -> str:
    if cx.chance(0.5):
        return str(cx.rng.randrange(size))
    return f"uint({value(cx, INT, depth - 1)}) % {size}"


def arithmetic_ways(cx: Context, t: Type, depth: int, *, ints: bool) -> list[Callable[[], str]]:
    rng = cx.rng

    def operand() -> str:
        return expr(cx, t, depth - 1)

    ways: list[Callable[[], str]] = [
        lambda: f"({value(cx, t, depth - 1)} {rng.choice('+-*')} {operand()})",
        lambda: f"({operand()} {rng.choice('+-*')} {value(cx, t, depth - 1)})",
        lambda: f"(-{value(cx, t, depth - 1)})",
        lambda: f"{rng.choice(['min', 'max'])}({value(cx, t, depth - 1)}, {operand()})",
    ]
    if not ints:
        ways.append(lambda: f"({value(cx, t, depth - 1)} / {value(cx, t, depth - 1)})")
        return ways
    ways += [
        lambda: f"({value(cx, t, depth - 1)} {rng.choice(['&', '|', '^', '&^'])} {operand()})",
        lambda: f"({value(cx, t, depth - 1)} {rng.choice('/%')} ({value(cx, t, depth - 1)} | 1))",
        lambda: f"({value(cx, t, depth - 1)} {rng.choice('/%')} {rng.choice([1, 2, 3, 5, 8, 10, 64, 100])})",
        lambda: f"({value(cx, t, depth - 1)} {rng.choice(['<<', '>>'])} ({value(cx, rng.choice(INTS[5:]), depth - 1)} % 70))",
        lambda: f"({value(cx, t, depth - 1)} {rng.choice(['<<', '>>'])} {rng.randint(0, 66)})",
        lambda: f"({value(cx, t, depth - 1)} {rng.choice(['<<', '>>'])} ({value(cx, INT, depth - 1)} & 31))",
        lambda: f"(^{value(cx, t, depth - 1)})",
    ]
    return ways


def int_ways(cx: Context, t: Type, depth: int) -> list[Callable[[], str]]:
    rng = cx.rng
    ways: list[Callable[[], str]] = [
        lambda: f"{t}({value(cx, rng.choice(INTS), depth - 1)})",
        lambda: f"{t}(whole({value(cx, FLOATS[0], depth - 1)}))",
        lambda: f"{t}(bits.OnesCount64(uint64({value(cx, t, depth - 1)})))",
        lambda: f"{t}(len({value(cx, STRING, depth - 1)}))",
    ]
    if t is INT:
        sized = [v for v in cx.variables() if isinstance(v.type.under, Slice | Map)]
        if sized:
            ways.append(lambda: f"len({rng.choice(sized).name})")
        ways += [
            lambda: f"strings.Index({value(cx, STRING, depth - 1)}, {expr(cx, STRING, 0)})",
            lambda: f"cmp.Compare({value(cx, STRING, depth - 1)}, {expr(cx, STRING, depth - 1)})",
            lambda: f"sum({value(cx, slice_of(INT), depth - 1)}...)",
        ]
    if t is UINT8:
        ways.append(lambda: f"byteAt({value(cx, STRING, depth - 1)}, {value(cx, INT, depth - 1)})")
    if t is UINT:
        ways.append(lambda: f"uint(bits.LeadingZeros32(uint32({value(cx, INT, depth - 1)})))")
    return ways


def bool_ways(cx: Context, t: Type, depth: int) -> list[Callable[[], str]]:
    rng = cx.rng

    def compared(of: Type, operators: list[str]) -> str:
        left = value(cx, of, depth - 1)
        right = value(cx, of, depth - 1) if not isinstance(of.under, Int) else expr(cx, of, depth - 1)
        text = f"({left} {rng.choice(operators)} {right})"
        return text if t is BOOL else f"{t}{text}"

    ordered = [b for b in BASICS if b not in (BOOL, COMPLEX)]
    equal = [x for x in cx.types if comparable(x)] or [INT]
    ways: list[Callable[[], str]] = [
        lambda: compared(rng.choice(ordered), ["<", "<=", ">", ">=", "==", "!="]),
        lambda: compared(rng.choice(INTS), ["<", "<=", ">", ">=", "==", "!="]),
        lambda: compared(rng.choice(equal), ["==", "!="]),
        lambda: f"({expr(cx, t, depth - 1)} {rng.choice(['&&', '||'])} {expr(cx, t, depth - 1)})",
        lambda: f"!{value(cx, t, depth - 1)}",
    ]
    if t is BOOL:
        ways += [
            lambda: f"strings.Contains({value(cx, STRING, depth - 1)}, {expr(cx, STRING, 0)})",
            lambda: f"slices.Equal({value(cx, slice_of(INT), depth - 1)}, {value(cx, slice_of(INT), depth - 1)})",
            lambda: f"isa[{rng.choice(cx.types)}]({value(cx, ANY, depth - 1)})",
        ]
    return ways


def string_ways(cx: Context, t: Type, depth: int) -> list[Callable[[], str]]:
    rng = cx.rng
    wrap = (lambda s: s) if t is STRING else (lambda s: f"{t}({s})")
    return [
        lambda: f"({value(cx, t, depth - 1)} + {expr(cx, t, depth - 1)})",
        lambda: wrap(f"cut({value(cx, STRING, depth - 1)}, {value(cx, INT, depth - 1)}, {value(cx, INT, depth - 1)})"),
        lambda: wrap(f"strings.ToUpper({value(cx, STRING, depth - 1)})"),
        lambda: wrap(f"strings.Repeat({value(cx, STRING, 0)}, {rng.randint(0, 3)})"),
        lambda: wrap(f"strings.Join(strings.Fields({value(cx, STRING, depth - 1)}), \"-\")"),
        lambda: wrap(f"string(rune({value(cx, INT, depth - 1)} % 0x3000))"),
        lambda: wrap(f"string([]byte({value(cx, STRING, depth - 1)}))"),
        lambda: wrap(f"string([]rune({value(cx, STRING, depth - 1)}))"),
        lambda: wrap(f"strconv.Itoa({value(cx, INT, depth - 1)})"),
        lambda: wrap(f"fmt.Sprint({value(cx, rng.choice(BASICS), depth - 1)})"),
        lambda: wrap(f"fmt.Sprintf(\"%{rng.choice(['d', 'x', '5d', '-4d|', '+d', '08b', 'o', 'c', 'q', 'U'])}\", {value(cx, RUNE, depth - 1)})"),
        lambda: wrap(f"fmt.Sprintf(\"%{rng.choice(['v', 'g', '.3f', 'e', '8.2f', '+.1e'])}\", {value(cx, FLOATS[0], depth - 1)})"),
        lambda: wrap(f"fmt.Sprintf(\"%{rng.choice(['q', 'x', '10s', '-10s', '.2s', 'X', '+q'])}\", {value(cx, STRING, depth - 1)})"),
    ]
