# SPDX-License-Identifier: BSD-3-Clause
"""Code that the compiler adds around methods: wrappers for method tables and promoted methods, and thunks of method values.

In itabs and method tables a method takes the interface's data word. For a pointer-shaped receiver that is the receiver itself. For any other type T it
is a pointer to the boxed value: a wrapper ``T.M.box`` loads the receiver and calls ``T.M``, or walks to the embedded field that has the method.
The method set of \\*T has a like wrapper ``(*T).M``, which checks for nil; the other need not, and so is often a leaf without frame and stack check.
Wrappers end in a tail call, so they do not show in traces, and they hand on the right to recover when what they call might use it (section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gotk.compiler.lower.module.abi import FuncABI
from gotk.compiler.lower.module.layout import align_up
from gotk.compiler.lower.module.symbols import receiver_named, type_args, unquote, wrapper_name
from gotk.compiler.types import methods as type_methods
from gotk.compiler.types.model import (
    Func,
    Interface,
    Named,
    Pointer,
    Signature,
    Struct,
    Type,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.subst import substitute
from gotk.compiler.types.typestring import canonical_string

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext


@dataclass(slots=True, eq=False)
class MethodEntry:
    """A method of a type's method set: ``path`` of embedded fields that leads to the value whose own method ``func`` is."""

    func: Func
    path: list[int]


class Wrappers:
    """The wrappers and thunks of one module."""

    def __init__(self, mod: ModuleContext) -> None:
        self._mod = mod
        self.out: list[str] = []
        self._made: set[str] = set()
        self._sets: dict[str, list[MethodEntry]] = {}

    def method_set(self, t: Type) -> list[MethodEntry]:
        """Methods of concrete type `t`, sorted by name, then package."""
        t = unalias(t)
        if not _may_have_methods(t):
            return []
        key = canonical_string(t)
        found = self._sets.get(key)
        if found is None:
            found = [MethodEntry(m.func, list(m.path)) for m in type_methods.method_set(t)]
            self._sets[key] = found
        return found

    # ------------------------------------------------------------ which code

    def data_word_code(self, t: Type, m: MethodEntry) -> str:
        """Code of method `m` of `t` that takes an interface's data word as receiver."""
        mod = self._mod
        t = unalias(t)
        layout = mod.layout(t)
        if not m.path:
            is_pointer = type(t) is Pointer
            if is_pointer == m.func.ptr_recv and (layout.direct or not layout.is_register):
                # The receiver is the data word; or it is passed by reference to a copy, which the box is.
                return mod.method_ref(t, m.func)
        if layout.direct:
            return self.wrapper(t, m)
        return self.wrapper(Pointer(t), m, boxed=True)

    def method_code(self, t: Type, m: MethodEntry) -> str:
        """Code of method `m` of `t` with the receiver passed as a plain parameter of type `t` (method expressions)."""
        t = unalias(t)
        if not m.path and (type(t) is Pointer) == m.func.ptr_recv:
            return self._mod.method_ref(t, m.func)
        return self.wrapper(t, m)

    # ------------------------------------------------------------ wrappers

    def wrapper(self, recv: Type, m: MethodEntry, *, boxed: bool = False) -> str:
        """Function ``recv.M`` (receiver first) that reaches the method through `m.path` and a load or an address.

        `boxed`: `recv` is a pointer to the value in an interface, which is not nil."""
        mod = self._mod
        if boxed:
            assert type(recv) is Pointer
            symbol = mod.quote(wrapper_name(recv.elem, m.func) + ".box")
        else:
            symbol = mod.quote(wrapper_name(recv, m.func))
        if symbol in self._made:
            return symbol
        self._made.add(symbol)
        sig = m.func.type
        assert isinstance(sig, Signature)
        abi = mod.signature_abi(sig, recv)
        owner = _owner(recv)
        if owner is not None and owner != mod.package.path:
            params = ", ".join(abi.params)
            return mod.declare(symbol, f"declare dso_local {abi.ret} {symbol}({params}) nounwind")
        linkage = "linkonce_odr" if owner is None else "weak_odr"
        builder = _Builder(mod, symbol, abi, m.func)
        builder.receiver(recv, m, boxed)
        self.out.append(builder.define(linkage, []))
        return symbol

    def value_thunk(self, recv: Type, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Code of a bound method value: calls `fn` with the receiver of type `recv` that the closure object holds. `targs`: type
        arguments of the method itself."""
        mod = self._mod
        recv = unalias(recv)
        is_iface = type(recv.underlying()) is Interface
        name = wrapper_name(recv, fn)
        symbol = mod.quote(f"{name}{type_args(list(targs))}-fm")
        if symbol in self._made:
            return symbol
        self._made.add(symbol)
        sig = fn.type
        assert isinstance(sig, Signature)
        if targs:
            sig = substitute(
                Signature(sig.params, sig.results, sig.variadic), dict(zip(sig.tparams, targs, strict=True))
            )
            assert isinstance(sig, Signature)
        abi = mod.signature_abi(sig)
        layout = mod.layout(recv)
        builder = _Builder(mod, symbol, abi, fn)
        offset = align_up(8, layout.align)
        where = builder.value(f"getelementptr i8, ptr %ctx, i64 {offset}")
        if is_iface:
            builder.interface_call(recv, where, fn)
        elif layout.is_register:
            loaded = builder.value(f"load {layout.llvm}, ptr {where}, align {layout.align}")
            builder.static_call(mod.method_ref(recv, fn, targs), fn, f"{layout.llvm} {loaded}")
        else:
            # The closure object is never changed: it serves as the copy.
            builder.static_call(mod.method_ref(recv, fn, targs), fn, f"ptr {where}")
        self.out.append(builder.define("linkonce_odr", ["ptr swiftself %ctx"]))
        return symbol

    def interface_expr(self, iface: Type, fn: Func) -> str:
        """Code of a method expression ``I.M`` of an interface type: receiver first."""
        mod = self._mod
        symbol = mod.quote(wrapper_name(iface, fn))
        if symbol in self._made:
            return symbol
        self._made.add(symbol)
        sig = fn.type
        assert isinstance(sig, Signature)
        abi = mod.signature_abi(sig, iface)
        builder = _Builder(mod, symbol, abi, fn)
        builder.take_receiver()
        tab = builder.value("extractvalue { ptr, ptr } %recv, 0")
        data = builder.value("extractvalue { ptr, ptr } %recv, 1")
        builder.call_through_itab(iface, tab, data, fn)
        self.out.append(builder.define("linkonce_odr", []))
        return symbol


class _Builder:
    """Instructions of one wrapper. Parameters: ``%ret`` (if sret), ``%recv``, ``%0 …`` by their place."""

    def __init__(self, mod: ModuleContext, symbol: str, abi: FuncABI, fn: Func) -> None:
        self._mod, self._symbol, self._abi, self._fn = mod, symbol, abi, fn
        self._allocas: list[str] = []  # in the entry block: elsewhere they would grow the stack at run time
        self._lines: list[str] = []
        self._next = 0
        self._has_receiver = False
        self._tail = "tail "
        pkg = fn.pkg or mod.package
        # Lines of the method itself: what is inlined here keeps a place to be shown. The mark at the name keeps the wrapper out of
        # traces (native/src/symtab.c).
        self._scope = mod.di_function(unquote(symbol) + "-wrapper", pkg, fn.pos)
        self._dbg = mod.di_location(self._scope, fn.pos)

    def value(self, text: str) -> str:
        name = f"%v{self._next}"
        self._next += 1
        self._lines.append(f"  {name} = {text}")
        return name

    def take_receiver(self) -> None:
        self._has_receiver = True

    def _label(self, name: str) -> str:
        self._next += 1
        return f"{name}{self._next}"

    def _panic_if_nil(self, pointer: str, panic: str) -> None:
        bad, good = self._label("nil"), self._label("ok")
        cond = self.value(f"icmp eq ptr {pointer}, null")
        self._lines += [
            f"  br i1 {cond}, label %{bad}, label %{good}, !prof {self._mod.unlikely}",
            f"{bad}:",
            f"  {panic}, !dbg {self._dbg}",
            "  unreachable",
            f"{good}:",
        ]

    def _panicmem(self) -> str:
        return f"call void {self._mod.go_runtime('panicmem')}()"

    def receiver(self, recv: Type, m: MethodEntry, boxed: bool) -> None:
        """Walk from parameter ``%recv`` of type `recv` to the method's receiver, and call."""
        mod = self._mod
        self._has_receiver = True
        layout = mod.layout(recv)
        current: Type = recv
        # Invariant: `at` is the address of a value of type `current`, unless it is None: then `held` is the value.
        at: str | None = None
        held = "%recv"
        if not layout.is_register:
            at = "%recv"
        fresh_copy = at is not None  # nobody changes what `at` points to
        path = list(m.path)
        first = True
        while True:
            u = unalias(current)
            if type(u) is Pointer:
                pointee = unalias(u.elem)
                final = not path and (m.func.ptr_recv or type(pointee.underlying()) is Interface)
                if final:
                    break
                pointer = held if at is None else self.value(f"load ptr, ptr {at}, align 8")
                if first and boxed:
                    pass
                elif first and not path and not m.func.ptr_recv:
                    named, _ = receiver_named(pointee)
                    owner = named.obj.pkg.path if named is not None and named.obj.pkg else ""
                    text = f"{owner}.{named.obj.name}" if named is not None else ""
                    self._panic_if_nil(pointer, self._panicwrap(text, m.func.name))
                else:
                    self._panic_if_nil(pointer, self._panicmem())
                at, current = pointer, pointee
                fresh_copy = first and boxed  # a box is never changed
                first = False
                continue
            if not path:
                break
            first = False
            index = path.pop(0)
            struct = u.underlying()
            assert type(struct) is Struct
            slayout = mod.layout(struct)
            field = struct.fields[index].type
            assert field is not None
            if at is None:
                held = self.value(f"extractvalue {slayout.llvm} {held}, {index}")
            elif slayout.offsets[index]:
                at = self.value(f"getelementptr inbounds i8, ptr {at}, i64 {slayout.offsets[index]}")
            current = field
        self._finish_receiver(unalias(current), at, held, m.func, fresh_copy)

    def _panicwrap(self, type_name: str, method: str) -> str:
        s = self._mod.string_const
        symbol = self._mod.go_runtime("panicwrap")
        return (
            f"call void {symbol}({{ ptr, i64 }} {s(type_name.encode())}, {{ ptr, i64 }} {s(method.encode())})"
        )

    def _finish_receiver(self, current: Type, at: str | None, held: str, fn: Func, fresh: bool) -> None:
        mod = self._mod
        if type(current.underlying()) is Interface:
            if at is None:
                tab = self.value(f"extractvalue {{ ptr, ptr }} {held}, 0")
                data = self.value(f"extractvalue {{ ptr, ptr }} {held}, 1")
                self.call_through_itab(current, tab, data, fn)
            else:
                self.interface_call(current, at, fn)
            return
        layout = mod.layout(current)
        symbol = mod.method_ref(current, fn)
        if fn.ptr_recv and type(current) is not Pointer:
            assert at is not None, "method of a pointer on a value that has no address"
            self.static_call(symbol, fn, f"ptr {at}")
        elif layout.is_register:
            if at is not None:
                held = self.value(f"load {layout.llvm}, ptr {at}, align {layout.align}")
            self.static_call(symbol, fn, f"{layout.llvm} {held}")
        elif at is not None and fresh:
            self.static_call(symbol, fn, f"ptr {at}")
        else:
            assert at is not None
            copy = "%copy"
            self._allocas.append(f"  {copy} = alloca {layout.llvm}, align {layout.align}")
            memcpy = mod.intrinsic("llvm.memcpy.p0.p0.i64", "void", ["ptr", "ptr", "i64", "i1"])
            self._lines.append(
                f"  call void {memcpy}(ptr align {layout.align} {copy}, ptr align {layout.align} {at}, "
                f"i64 {layout.size}, i1 false)"
            )
            self._tail = ""  # the callee reads this frame
            self.static_call(symbol, fn, f"ptr {copy}")

    def interface_call(self, iface: Type, where: str, fn: Func) -> None:
        """Call a method of the interface value stored at `where`."""
        tab = self.value(f"load ptr, ptr {where}, align 8")
        data_at = self.value(f"getelementptr inbounds i8, ptr {where}, i64 8")
        data = self.value(f"load ptr, ptr {data_at}, align 8")
        self.call_through_itab(iface, tab, data, fn)

    def call_through_itab(self, iface: Type, tab: str, data: str, fn: Func) -> None:
        self._panic_if_nil(tab, self._panicmem())
        offset = 24 + 8 * self._mod.itab_index(iface, fn)
        slot = self.value(f"getelementptr inbounds i8, ptr {tab}, i64 {offset}")
        code = self.value(f"load ptr, ptr {slot}, align 8")
        self._pass_token(code)
        self._call(code, f"ptr {data}")

    def static_call(self, symbol: str, fn: Func, receiver: str) -> None:
        decl = fn.origin.decl
        if decl is not None and decl.has_recover:
            self._pass_token(symbol)
        self._call(symbol, receiver)

    def _pass_token(self, callee: str) -> None:
        passtoken = self._mod.runtime("passtoken")
        self._lines.append(f"  call void {passtoken}(ptr {self._symbol}, ptr {callee})")

    def _call(self, code: str, receiver: str) -> None:
        abi = self._abi
        arguments = ["ptr %ret"] if abi.sret else []
        arguments.append(receiver)
        for i, t in enumerate(abi.param_llvm):
            if not (self._has_receiver and i == 0):
                arguments.append(f"{t} %{self._param(i)}")
        call = f"{self._tail}call {abi.ret} {code}({', '.join(arguments)}), !dbg {self._dbg}"
        if abi.ret == "void":
            self._lines += [f"  {call}", "  ret void"]
        else:
            result = self.value(call)
            self._lines.append(f"  ret {abi.ret} {result}")

    def _param(self, index: int) -> str:
        return "recv" if self._has_receiver and index == 0 else f"a{index}"

    def define(self, linkage: str, extra: list[str]) -> str:
        abi = self._abi
        params = ["ptr %ret"] if abi.sret else []
        params += [f"{t} %{self._param(i)}" for i, t in enumerate(abi.param_llvm)]
        body = "\n".join(self._allocas + self._lines)
        return (
            f"define {linkage} dso_local {abi.ret} {self._symbol}({', '.join(params + extra)}) {self._mod.attrs_wrapper} "
            f"!dbg {self._scope} {{\n{body}\n}}\n"
        )


def _may_have_methods(t: Type) -> bool:
    if type(t) is Pointer:
        t = unalias(t.elem)
    if type(t) is Named:
        return True
    return type(t) is Struct and any(f.embedded for f in t.fields)


def _owner(recv: Type) -> str | None:
    """Package whose object has the wrappers of this receiver type; None: every user makes its own."""
    named, _ = receiver_named(recv)
    if named is None or named.targs or named.outer_targs or named.obj.local_id or named.obj.pkg is None:
        return None
    return None if named.obj.pkg.name == "main" else named.obj.pkg.path
