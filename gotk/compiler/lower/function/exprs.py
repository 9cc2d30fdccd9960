# SPDX-License-Identifier: BSD-3-Clause
"""Lowers names, selectors, pointers, indexing and slicing."""

from __future__ import annotations

from typing import Any

from gotk.compiler.lower.function.core import (
    SIGNED,
    STRINGS,
    UNSAFE_POINTER,
    UNSIGNED,
    Fn,
    Unsupported,
)
from gotk.compiler.lower.function.dispatch import ADDR, BIT, VALUE, lowers
from gotk.compiler.syntax import ast
from gotk.compiler.types.model import (
    Array,
    Basic,
    Func,
    Interface,
    Map,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import unalias

# ---------------------------------------------------------------- names


@lowers(VALUE, ast.Ident)
def ident_value(fn: Fn, e: ast.Ident) -> str:
    obj = e.obj
    if type(obj) is Var:
        found = fn.ssa.get(obj)
        if found is not None:
            return found
        if fn.parent is not None and fn.is_value(obj):
            return fn.ssa[obj]
        return fn.load(fn.var_ptr(obj), fn.lay(fn.type(e)))
    if type(obj) is Func:
        return fn.mod.func_value(obj, [fn.st(t) for t in e.targs or ()])
    return fn.lay(fn.type(e)).zero  # nil


@lowers(ADDR, ast.Ident)
def ident_addr(fn: Fn, e: ast.Ident) -> str:
    assert type(e.obj) is Var
    return fn.var_ptr(e.obj)


@lowers(VALUE, ast.ParenExpr)
def paren_value(fn: Fn, e: ast.ParenExpr) -> str:
    return fn.value(e.x)


@lowers(BIT, ast.ParenExpr)
def paren_bit(fn: Fn, e: ast.ParenExpr) -> str:
    return fn.bit(e.x)


@lowers(ADDR, ast.ParenExpr)
def paren_addr(fn: Fn, e: ast.ParenExpr) -> str:
    return fn.addr(e.x)


# ---------------------------------------------------------------- pointers


@lowers(ADDR, ast.StarExpr)
def star_addr(fn: Fn, e: ast.StarExpr) -> str:
    p = fn.value(e.x)
    fn.at(e.pos)
    fn.check_nil(p)
    return p


@lowers(VALUE, ast.StarExpr)
def star_value(fn: Fn, e: ast.StarExpr) -> str:
    return fn.load(star_addr(fn, e), fn.lay(fn.type(e)))


def address_of(fn: Fn, e: ast.UnaryExpr) -> str:
    """``&x``: of a variable, field, element, or of a composite literal (a new variable)."""
    x: ast.Expr = e.x
    while type(x) is ast.ParenExpr:
        x = x.x
    if type(x) is ast.CompositeLit:
        from gotk.compiler.lower.function.composite import composite_into

        t = fn.type(x)
        layout = fn.lay(t)
        on_stack = fn.escape is not None and fn.escape.site_on_stack(e)
        if on_stack:
            p = fn.slot(layout)
            composite_into(fn, x, t, p, zeroed=False)
        else:
            # The elements come first: they may panic or allocate, and the object is then filled without interruption.
            p = fn.alloc(layout)
            composite_into(fn, x, t, p, zeroed=True)
        return p
    return fn.addr(x)


# ---------------------------------------------------------------- selectors


class Place:
    """Where a field path has led: memory (``ptr`` is an address) or an LLVM value."""

    __slots__ = ("in_memory", "operand", "type")

    def __init__(self, operand: str, t: Type, in_memory: bool) -> None:
        self.operand, self.type, self.in_memory = operand, t, in_memory

    def load(self, fn: Fn) -> str:
        if self.in_memory:
            return fn.load(self.operand, fn.lay(self.type))
        return self.operand

    def address(self, fn: Fn) -> str:
        if self.in_memory:
            return self.operand
        return fn.spill(self.operand, fn.lay(self.type))


def place_of(fn: Fn, x: ast.Expr) -> Place:
    """`x` in memory if it can be there without a copy."""
    t = fn.type(x)
    if x.const is None and x not in fn.hoisted and fn.has_addr(x):
        return Place(fn.addr(x), t, True)
    value = fn.value(x)
    return Place(value, t, not fn.lay(t).is_register and value != "zeroinitializer")


def follow(fn: Fn, place: Place, path: list[int]) -> Place:
    """Go through the fields of `path`, following pointers to structs on the way."""
    for index in path:
        u = place.type.underlying()
        if type(u) is Pointer:
            p = place.load(fn)
            fn.check_nil(p)
            place = Place(p, u.elem, True)
            u = u.elem.underlying()
        assert type(u) is Struct
        layout = fn.lay(place.type)
        field = u.fields[index]
        ft: Type = field.type  # type: ignore[assignment]
        if place.in_memory:
            place = Place(fn.byte_offset(place.operand, layout.offsets[index]), ft, True)
        elif place.operand == "zeroinitializer":
            place = Place(fn.lay(ft).zero, ft, False)
        else:
            place = Place(fn.extract(layout.llvm, place.operand, index), ft, False)
    return place


@lowers(VALUE, ast.SelectorExpr)
def selector_value(fn: Fn, e: ast.SelectorExpr) -> str:
    selection = e.selection
    if selection is None:
        obj = e.sel.obj
        if type(obj) is Var:
            return fn.load(fn.var_ptr(obj), fn.lay(fn.type(e)))
        assert type(obj) is Func
        return fn.mod.func_value(obj, [fn.st(t) for t in e.sel.targs or ()])
    if selection.kind == "field":
        fn.at(e.sel.pos)
        return follow(fn, place_of(fn, e.x), selection.path).load(fn)
    if selection.kind == "method":
        return method_value(fn, e)
    recv = fn.st(selection.recv)
    if e.sel.targs:
        assert type(selection.obj) is Func
        if selection.path or (type(unalias(recv)) is Pointer) != selection.obj.ptr_recv:
            raise Unsupported(e.sel.pos, "an expression for a promoted method with type parameters")
        return fn.mod.closure_object(fn.mod.method_ref(recv, selection.obj, [fn.st(t) for t in e.sel.targs]))
    return fn.mod.method_expr(recv, selection.obj.name, selection.obj.pkg)


@lowers(ADDR, ast.SelectorExpr)
def selector_addr(fn: Fn, e: ast.SelectorExpr) -> str:
    selection = e.selection
    if selection is None:
        assert type(e.sel.obj) is Var
        return fn.var_ptr(e.sel.obj)
    t = fn.under(e.x)
    if type(t) is Pointer:
        p = fn.value(e.x)
        fn.at(e.sel.pos)
        fn.check_nil(p)
        place = Place(p, t.elem, True)
    else:
        place = place_of(fn, e.x)
    return follow(fn, place, selection.path).address(fn)


class Method:
    """A method to be called: its receiver operand as the callee wants it, and how the code is found."""

    __slots__ = ("callee", "iface", "recv", "recv_type")

    def __init__(self, recv: str, recv_type: Type, callee: Func, iface: bool) -> None:
        self.recv, self.recv_type, self.callee, self.iface = recv, recv_type, callee, iface


def find_receiver(fn: Fn, e: ast.SelectorExpr) -> Method:
    """Receiver of ``x.m``: walks embedded fields, takes the address or dereferences as the method declares.

    For interface methods the receiver is the interface value itself."""
    selection = e.selection
    assert selection is not None
    method, path = selection.obj, selection.path
    declared = unalias(selection.recv)
    if type(declared) is Pointer:
        declared = unalias(declared.elem)
    if type(declared) is TypeParam:
        concrete = fn.type(e.x)
        base = concrete.underlying()
        if type(base) is Pointer and type(unalias(concrete)) is Pointer and type(unalias(selection.recv)) is Pointer:
            concrete = base.elem
        if type(concrete.underlying()) is not Interface:
            method, path, _ = fn.mod.find_method(fn.type(e.x), method.name, method.pkg)
    assert type(method) is Func
    place = place_of(fn, e.x)
    fn.at(e.sel.pos)
    place = follow(fn, place, path)
    t = place.type
    u = t.underlying()
    if type(u) is Interface:
        return Method(place.load(fn), t, method, True)
    if method.ptr_recv:
        if type(u) is Pointer and type(unalias(t)) is Pointer:
            return Method(place.load(fn), t, method, False)
        return Method(place.address(fn), Pointer(t), method, False)
    if type(u) is Pointer and type(unalias(t)) is Pointer:
        p = place.load(fn)
        fn.check_nil(p)
        return Method(fn.load(p, fn.lay(u.elem)), u.elem, method, False)
    return Method(place.load(fn), t, method, False)


def method_value(fn: Fn, e: ast.SelectorExpr) -> str:
    """``x.m`` not called: a closure that holds the receiver, evaluated now."""
    m = find_receiver(fn, e)
    if m.iface:
        tab = fn.extract("{ ptr, ptr }", m.recv, 0)
        fn.check(fn.op(f"icmp ne ptr {tab}, null"), fn.trap("panicmem"))
    thunk = fn.mod.method_value_thunk(m.recv_type, m.callee, [fn.st(t) for t in e.sel.targs or ()])
    return make_closure(fn, e, thunk, [(m.recv, m.recv_type)])


def make_closure(
    fn: Fn, site: Any, code: str, captures: list[tuple[str, Type]], *, on_stack: bool = False
) -> str:
    """A closure object ``{ code, captures… }``; `site` is the node that escape analysis knows it by."""
    if not captures:
        p = fn.mod.const_global("{ ptr }", f"{{ ptr {code} }}", 8)
        fn.closure_code[p] = code
        return p
    layout = closure_layout(fn, [t for _, t in captures])
    if on_stack or (fn.escape is not None and fn.escape.site_on_stack(site)):
        p = fn.slot(layout)
    else:
        p = fn.alloc(layout)
    fn.closure_code[p] = code
    fn.do(f"store ptr {code}, ptr {p}, align 8")
    for (value, t), offset in zip(captures, layout.offsets[1:], strict=True):
        fn.store(value, fn.byte_offset(p, offset), fn.lay(t))
    return p


def closure_layout(fn: Fn, captures: list[Type]) -> Any:
    return fn.lay(Tuple([Var("", t) for t in (UNSAFE_POINTER, *captures)]))


# ---------------------------------------------------------------- indexing


def index_operand(fn: Fn, e: ast.Expr) -> tuple[str, bool]:
    """An index as i64, and whether it is a 64-bit unsigned number (then i64 may look negative)."""
    if e.const is not None and not isinstance(e.const, (bytes, bool)):
        n = int(e.const)
        return str(n), False
    return to_i64(fn, fn.value(e), fn.type(e))


def to_i64(fn: Fn, value: str, t: Type) -> tuple[str, bool]:
    u = t.underlying()
    assert type(u) is Basic
    llvm = fn.llvm(t)
    if llvm == "i64":
        return value, u.kind in UNSIGNED
    if u.kind in SIGNED:
        return fn.op(f"sext {llvm} {value} to i64"), False
    return fn.op(f"zext {llvm} {value} to i64"), False


def element(fn: Fn, base: str, elem: Type, index: str) -> str:
    """Address of base[index]."""
    if index == "0":
        return base
    return fn.op(f"getelementptr inbounds {fn.llvm(elem)}, ptr {base}, i64 {index}")


@lowers(ADDR, ast.IndexExpr)
def index_addr(fn: Fn, e: ast.IndexExpr) -> str:
    """Address of an element of a slice, an addressable array, or an array behind a pointer."""
    u = fn.under(e.x)
    index_expr = e.indices[0]
    fn.order((e.x, index_expr))
    if type(u) is Slice:
        s = fn.value(e.x)
        index, unsigned = index_operand(fn, index_expr)
        fn.at(e.lbrack)  # where Go has it that the check fails
        length = fn.extract("{ ptr, i64, i64 }", s, 1)
        fn.check_index(index, length, unsigned)
        base = fn.extract("{ ptr, i64, i64 }", s, 0)
        return element(fn, base, u.elem, index)
    if type(u) is Pointer:
        base = fn.value(e.x)
        array = u.elem.underlying()
        index, unsigned = index_operand(fn, index_expr)
        fn.at(e.lbrack)
        fn.check_nil(base)
    else:
        array = u
        base = fn.memory(e.x)
        index, unsigned = index_operand(fn, index_expr)
        fn.at(e.lbrack)
    assert type(array) is Array
    fn.check_index(index, str(array.len), unsigned)
    return element(fn, base, array.elem, index)


@lowers(VALUE, ast.IndexExpr)
def index_value(fn: Fn, e: ast.IndexExpr) -> str:
    if e.x.mode == "type" or e.targs is not None or e.x.type is None or _is_instance(e):
        return instance_value(fn, e)
    u = fn.under(e.x)
    kind = type(u)
    if kind is Map:
        from gotk.compiler.lower.function.maps import map_index

        return map_index(fn, e)
    if kind is Basic:
        assert u.kind in STRINGS  # type: ignore[attr-defined]
        fn.order((e.x, e.indices[0]))
        s = fn.value(e.x)
        index, unsigned = index_operand(fn, e.indices[0])
        fn.at(e.lbrack)
        length = fn.extract("{ ptr, i64 }", s, 1)
        fn.check_index(index, length, unsigned)
        p = fn.extract("{ ptr, i64 }", s, 0)
        at = fn.op(f"getelementptr inbounds i8, ptr {p}, i64 {index}")
        return fn.op(f"load i8, ptr {at}, align 1")
    return fn.load(index_addr(fn, e), fn.lay(fn.type(e)))


def _is_instance(e: ast.IndexExpr) -> bool:
    x = e.x
    while type(x) is ast.ParenExpr:
        x = x.x
    if type(x) is ast.Ident:
        return type(x.obj) is Func
    return type(x) is ast.SelectorExpr and x.selection is None and type(x.sel.obj) is Func


def instance_value(fn: Fn, e: ast.IndexExpr) -> str:
    """A generic function with explicit type arguments, as a value."""
    from gotk.compiler.lower.function.core import func_object

    found = func_object(e)
    if found is None:
        return fn.value(e.x)  # a method's: the selector has the type arguments, too
    obj, targs = found
    return fn.mod.func_value(obj, [fn.st(t) for t in targs or ()])


# ---------------------------------------------------------------- slicing


@lowers(VALUE, ast.SliceExpr)
def slice_value(fn: Fn, e: ast.SliceExpr) -> str:
    u = fn.under(e.x)
    fn.order([x for x in (e.x, e.lo, e.hi, e.max) if x is not None])
    elem: Type | None = None
    is_slice = type(u) is Slice
    if type(u) is Basic:
        s = fn.value(e.x)
        base = fn.extract("{ ptr, i64 }", s, 0)
        length = cap = fn.extract("{ ptr, i64 }", s, 1)
    elif type(u) is Slice:
        s = fn.value(e.x)
        base = fn.extract("{ ptr, i64, i64 }", s, 0)
        length = fn.extract("{ ptr, i64, i64 }", s, 1) if e.hi is None else ""
        cap = fn.extract("{ ptr, i64, i64 }", s, 2)
        elem = u.elem
    else:
        if type(u) is Pointer:
            base = fn.value(e.x)
            array = u.elem.underlying()
            fn.at(e.lbrack)
            fn.check_nil(base)
        else:
            base = fn.addr(e.x)
            array = u
        assert type(array) is Array
        length = cap = str(array.len)
        elem = array.elem
    bounds = [index_operand(fn, x) if x is not None else None for x in (e.lo, e.hi, e.max)]
    fn.at(e.lbrack)
    lo, hi, limit = bounds
    i = lo[0] if lo else "0"
    if limit is not None:
        k = limit[0]
        _check_le(fn, limit, cap, "panicSlice3Acap" if is_slice else "panicSlice3Alen")
        assert hi is not None
        j = hi[0]
        _check_le(fn, hi, k, "panicSlice3B")
        if lo:
            _check_le(fn, lo, j, "panicSlice3C")
    else:
        k = cap
        if hi is not None:
            j = hi[0]
            _check_le(fn, hi, cap, "panicSliceAcap" if is_slice else "panicSliceAlen")
        else:
            j = length
        if lo:
            _check_le(fn, lo, j, "panicSliceB")
    if i == "0":
        new_len, new_cap, p = j, k, base
    else:
        new_len = _sub(fn, j, i)
        if elem is None:
            new_cap = new_len
        else:
            new_cap = new_len if k == j else _sub(fn, k, i)
        # An empty rest must not point behind the object: it could keep the next one alive, or be outside of any.
        llvm = "i8" if elem is None else fn.llvm(elem)
        nothing = fn.op(f"icmp eq i64 {new_cap}, 0")
        offset = fn.op(f"select i1 {nothing}, i64 0, i64 {i}")
        p = fn.op(f"getelementptr inbounds {llvm}, ptr {base}, i64 {offset}")
    if elem is None:
        return fn.string(p, new_len)
    return fn.slice(p, new_len, new_cap)


def _check_le(fn: Fn, bound: tuple[str, bool], limit: str, panic: str) -> None:
    value, unsigned = bound
    if value.isdigit() and limit.isdigit() and int(value) <= int(limit):
        return
    if value == "0":
        return
    ok = fn.op(f"icmp ule i64 {value}, {limit}")
    name = panic + "U" if unsigned else panic
    fn.check(ok, fn.trap_with(name, f"i64 {value}", f"i64 {limit}"))


def _sub(fn: Fn, a: str, b: str) -> str:
    if a.isdigit() and b.isdigit():
        return str(int(a) - int(b))
    return fn.op(f"sub i64 {a}, {b}")
