# SPDX-License-Identifier: BSD-3-Clause
"""`ModuleContext`: everything that lowering a function needs to know about the module it goes into.

One context is one LLVM module (one Go package, or the program). It hands out symbols and constants as *operand text*
(``@"main.f"``, ``{ ptr @.str.0, i64 5 }``) and remembers what must therefore be declared or defined; `finish` returns the module's IR.
All types passed in are concrete: inside a generic body the caller substitutes type parameters first.

The parts live beside this file: layout.py and abi.py (section 3 of docs/architecture.md), runtime.py (sections 4 and 6), data.py
(strings and static data), descriptors.py (section 7), wrappers.py (method wrappers and thunks), symbols.py (names), debuginfo.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gotk.compiler.inline import is_inlinable
from gotk.compiler.lower.escape import Analysis, EscapeInfo, Foreign
from gotk.compiler.lower.module import natives
from gotk.compiler.lower.module.abi import FuncABI, function_abi
from gotk.compiler.lower.module.data import StaticData
from gotk.compiler.lower.module.debuginfo import DebugInfo
from gotk.compiler.lower.module.descriptors import Descriptors
from gotk.compiler.lower.module.layout import Layout, Layouts
from gotk.compiler.lower.module.runtime import runtime_entries
from gotk.compiler.lower.module.sharing import Sharing
from gotk.compiler.lower.module.symbols import link_name, quote, receiver_named, unquote
from gotk.compiler.lower.module.wrappers import MethodEntry, Wrappers
from gotk.compiler.target import module_header, target
from gotk.compiler.types.methods import implements, lookup_field_or_method
from gotk.compiler.types.model import (
    Func,
    Interface,
    Package,
    Pointer,
    Signature,
    Type,
    TypeParam,
    Var,
)
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.subst import substitute, type_key
from gotk.compiler.types.typeset import all_methods

if TYPE_CHECKING:
    from gotk.compiler.syntax import ast

Subst = Callable[[Type], Type]

#: Functions of package runtime that never return. Calls of them are off the hot path as well.
_NORETURN_PREFIXES = ("panic", "gopanic", "raise", "Goexit", "fatal", "gonilfunc")

# Without tail calls every caller is in the traces, and endless recursion overflows the stack as Go's does instead of becoming a loop.
_ATTRIBUTES = (
    'attributes #0 = {{ nounwind {check} "frame-pointer"="non-leaf" "disable-tail-calls"="true" }}\n'
    'attributes #1 = {{ nounwind noinline {check} "frame-pointer"="non-leaf" "disable-tail-calls"="true" }}\n'
    'attributes #2 = {{ nounwind "frame-pointer"="non-leaf" "disable-tail-calls"="true" }}\n'
    'attributes #3 = {{ nounwind {check} "frame-pointer"="non-leaf" }}\n'
)


@dataclass(slots=True, eq=False)
class Instance:
    """A generic function or method to be lowered with these type arguments; or, without any, a small function of another package whose
    body LLVM shall see."""

    func: Func
    targs: list[Type]
    symbol: str


class ModuleContext:
    """Interface between function-level and module-level lowering. See the module's text for the rules on types and symbols."""

    #: attribute group of ordinary Go functions: put after the parameter list of a ``define``
    attrs = "#0"
    #: the same for functions that must not be inlined
    attrs_noinline = "#1"
    #: for ``//gotk:nosplit`` functions (no stack check)
    attrs_nosplit = "#2"
    #: for wrappers, which end in a tail call so that traces do not show them
    attrs_wrapper = "#3"

    def __init__(
        self,
        package: Package,
        runtime_package: Package | None = None,
        foreign: Foreign | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        """`runtime_package`: golib's runtime, None when `package` is it; `foreign`: what escape analysis knows of other packages' functions;
        `sharing`: which instances are left to other objects."""
        self.package = package
        self.sharing = sharing
        self.runtime_package = runtime_package or package
        self.layouts = Layouts()
        self.data = StaticData(self)
        self.descriptors = Descriptors(self)
        self.wrappers = Wrappers(self)
        self.debug = DebugInfo(package)
        self.instances: list[Instance] = []
        #: lowering a function of another package for LLVM's inliner: what that calls is only declared
        self.inlining = False
        self.unlikely = self.debug.unlikely
        self.likely = self.debug.likely
        self._functions: list[str] = []
        self._globals: list[str] = []
        self._declared: dict[str, str] = {}
        self._defined: set[str] = set()
        self._func_refs: dict[Any, str] = {}
        self._func_values: dict[str, str] = {}
        self._global_refs: dict[int, str] = {}
        self._closures: dict[str, int] = {}
        self._closure_symbols: set[str] = set()
        self._go_runtime: dict[str, str] = {}
        self._iface_methods: dict[int, tuple[Type, list[Func], dict[tuple[str, str], int]]] = {}
        self.escapes = Analysis(foreign, package.path)
        self._keep: list[Any] = []

    # ------------------------------------------------------------ types

    def llvm_type(self, t: Type) -> str:
        """LLVM type of values of `t` in registers and in memory (they are the same)."""
        return self.layouts.of(t).llvm

    def layout(self, t: Type) -> Layout:
        """Size, alignment, offsets, leaves … of `t`; cached."""
        return self.layouts.of(t)

    def signature_abi(self, sig: Signature, recv: Type | None = None) -> FuncABI:
        """How a function of this signature is called; `recv` is the receiver's type (passed first) or None.

        `sig.recv` is not looked at: method signatures are also the signatures of method values."""
        return function_abi(self.layouts, sig, recv)

    def type_desc(self, t: Type) -> str:
        """Operand (``@"type:…"``) of the descriptor of `t`."""
        return self.descriptors.type_desc(t)

    def itab(self, concrete: Type, iface: Type) -> str:
        """Operand of the itab of `concrete` (which implements it) for the non-empty interface `iface`."""
        return self.descriptors.itab(concrete, iface)

    def iface_tab(self, concrete: Type, iface: Type) -> str:
        """First word of an interface value of type `iface` that holds a `concrete`: its descriptor if `iface` is empty, else the itab."""
        if self.iface_methods(iface):
            return self.descriptors.itab(concrete, iface)
        return self.descriptors.type_desc(concrete)

    def _iface(self, iface: Type) -> tuple[Type, list[Func], dict[tuple[str, str], int]]:
        found = self._iface_methods.get(id(iface))
        if found is None:
            methods = all_methods(iface)
            index = {_method_id(m): i for i, m in enumerate(methods)}
            found = self._iface_methods[id(iface)] = (iface, methods, index)
        return found

    def iface_methods(self, iface: Type) -> list[Func]:
        """All methods of an interface type in the order of itabs and descriptors (sorted by name, then package)."""
        return self._iface(iface)[1]

    def itab_index(self, iface: Type, method: Func) -> int:
        """Position of `method` among `iface_methods`; its code pointer is at byte 24 + 8 * index of the itab."""
        return self._iface(iface)[2][_method_id(method)]

    # ------------------------------------------------------------ functions

    quote = staticmethod(quote)

    def func_ref(self, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Code symbol of a function or method; queues the instance if it is generic, binds natives and intrinsics.

        `targs`: type arguments of a generic function, or of the receiver's type for a method of a generic type. An instantiated
        type's Func may be passed (its ``origin`` is used)."""
        fn = fn.origin
        key: Any = (id(fn), tuple([type_key(t) for t in targs])) if targs else id(fn)
        if self.inlining and not targs:
            key = (key,)  # a call from the program itself may yet want the body
        found = self._func_refs.get(key)
        if found is None:
            self._keep.append(fn)
            found = self._func_refs[key] = self._make_func_ref(fn, list(targs))
        return found

    def _make_func_ref(self, fn: Func, targs: list[Type]) -> str:
        symbol = quote(link_name(fn, targs))
        if targs:
            if self.sharing is not None and self.sharing.elsewhere(fn, targs, symbol):
                return self._declare_instance(fn, targs, symbol)
            self.instances.append(Instance(fn, targs, symbol))
            return symbol
        decl = fn.decl
        sig = fn.type
        assert isinstance(sig, Signature)
        if decl is not None and decl.body is None:
            if symbol in self._defined:
                return symbol  # asked for before, while a body was lowered for inlining
            self._functions.append(natives.bind_bodyless(self, symbol, sig, decl.directives))
            self._defined.add(symbol)
            return symbol
        if fn.pkg is None or fn.pkg is self.package or fn.pkg.path == self.package.path:
            return symbol
        noreturn = fn.pkg.path == "runtime" and fn.name.startswith(_NORETURN_PREFIXES)
        if decl is not None and not noreturn and not self.inlining and self._may_inline(fn, decl):
            self.instances.append(Instance(fn, [], symbol))
            self._defined.add(symbol)
            return symbol
        abi = self.signature_abi(sig, sig.recv.type if sig.recv is not None else None)
        attrs = "cold noreturn nounwind" if noreturn else "nounwind"
        params = ", ".join(abi.params)
        return self.declare(symbol, f"declare dso_local {abi.ret} {symbol}({params}) {attrs}")

    def _declare_instance(self, fn: Func, targs: list[Type], symbol: str) -> str:
        sig, recv, _ = instance_signature(fn, targs)
        abi = self.signature_abi(sig, recv)
        return self.declare(symbol, f"declare dso_local {abi.ret} {symbol}({', '.join(abi.params)}) nounwind")

    def name_function(self, fn: Func, symbol: str) -> None:
        """Give a function a symbol that its own name does not tell (init functions)."""
        self._keep.append(fn)
        self._func_refs[id(fn)] = symbol

    @staticmethod
    def _may_inline(fn: Func, decl: ast.FuncDecl) -> bool:
        sig = fn.type
        if not isinstance(sig, Signature) or sig.tparams or sig.recv_tparams:
            return False
        if fn.pkg is not None and fn.pkg.path == "runtime" and fn.name.startswith("print"):
            return False  # what they do costs more than the call
        return is_inlinable(decl)

    def method_ref(self, recv: Type, fn: Func, targs: Sequence[Type] = ()) -> str:
        """`func_ref` of method `fn`, with the type arguments taken from the concrete receiver type `recv` (T or \\*T).

        `targs`: those of the method's own type parameters."""
        named, _ = receiver_named(recv)
        return self.func_ref(fn, [*(named.targs if named is not None else ()), *targs])

    def func_value(self, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Static closure object of a plain function or method (receiver first): the value of a func-typed expression."""
        return self.closure_object(self.func_ref(fn, targs))

    def closure_object(self, code: str) -> str:
        """Static closure object ``{ code }`` without captures."""
        found = self._func_values.get(code)
        if found is None:
            found = self._func_values[code] = quote(unquote(code) + ".f")
            self._globals.append(f"{found} = private unnamed_addr constant {{ ptr }} {{ ptr {code} }}, align 8")
        return found

    def method_expr(self, recv: Type, name: str, pkg: Package | None) -> str:
        """Static closure object of the method expression ``recv.name`` (receiver is the first parameter; promoted methods, value
        methods through pointers, and interface methods included)."""
        fn, path, _ = self.find_method(recv, name, pkg)
        if type(recv.underlying()) is Interface:
            return self.closure_object(self.wrappers.interface_expr(recv, fn))
        return self.closure_object(self.wrappers.method_code(recv, MethodEntry(fn, path)))

    def method_value_thunk(self, recv: Type, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Code symbol for a bound method value. The closure object is ``{ ptr code, RECV }`` (RECV at its natural offset), where `recv`
        is the method's own receiver type (T or \\*T, after walking the path and dereferencing) or the interface type."""
        return self.wrappers.value_thunk(recv, fn, targs)

    def find_method(self, t: Type, name: str, pkg: Package | None) -> tuple[Func, list[int], bool]:
        """Method `name` of concrete type `t`: (Func, path of embedded fields, whether a pointer is followed). For method calls on
        operands whose type was a type parameter."""
        found = lookup_field_or_method(t, True, pkg, name)
        assert isinstance(found.obj, Func), f"no method {name}"
        return found.obj, list(found.path), found.indirect

    # ------------------------------------------------------------ data

    def global_ref(self, var: Var) -> str:
        """Pointer operand of a package variable."""
        found = self._global_refs.get(id(var))
        if found is None:
            assert var.pkg is not None
            found = self._global_refs[id(var)] = quote(f"{var.pkg.path}.{var.name}")
            self._keep.append(var)
            if var.pkg is not self.package and var.pkg.path != self.package.path:
                assert var.type is not None
                layout = self.layouts.of(var.type)
                self.declare(
                    found, f"{found} = external dso_local global {layout.llvm}, align {layout.align}"
                )
        return found

    def define_global(self, var: Var, init: str | None) -> None:
        """Define a variable of this package; `init`: its constant initialiser, None for zero."""
        assert var.type is not None
        layout = self.layouts.of(var.type)
        symbol = self.global_ref(var)
        self._globals.append(
            f"{symbol} = dso_local global {layout.llvm} {init or layout.zero}, align {layout.align}"
        )

    def string_const(self, value: bytes) -> str:
        """Constant of type ``{ ptr, i64 }``, as ``{ ptr @.str.0, i64 5 }`` or ``zeroinitializer``."""
        return self.data.string_const(value)

    def string_data(self, value: bytes) -> str:
        """Pointer operand of the bytes of a string; equal strings share it. ``null`` for the empty string."""
        return self.data.string_data(value)

    def const_value(self, value: Any, t: Type) -> str:
        """LLVM constant of a Go constant `value` (`ast.Expr.const`) as a value of `t` (a type whose underlying type is basic)."""
        return self.data.const_value(value, t)

    def interface_const(self, value: str, concrete: Type, iface: Type) -> str:
        """Constant ``{ tab, data }`` of type `iface` that holds the LLVM constant `value` of type `concrete` in read-only data."""
        return self.data.interface_const(value, concrete, iface)

    def static_value(self, expr: ast.Expr, t: Type, subst: Subst | None = None) -> str | None:
        """LLVM constant (of ``llvm_type(t)``) for `expr` converted to `t` if it needs no code: constants, nil, functions, and composite literals of such.
        None if it needs code. Slices and pointers in it refer to *mutable shared* data: only for package variables, see `static_array`."""
        return self.data.static_value(expr, t, subst, True)

    def static_array(self, expr: ast.Expr, t: Type, subst: Subst | None = None) -> str | None:
        """Like `static_value`, but nothing in it refers to mutable data: safe as the source of a memcpy, however often."""
        return self.data.static_value(expr, t, subst, False)

    def const_global(self, llvm_type: str, init: str, align: int, *, mutable: bool = False) -> str:
        """Pointer operand of a private global with this initialiser (shared by equal constants unless mutable)."""
        return self.data.const_global(llvm_type, init, align, mutable)

    def zero_base(self) -> str:
        """Where pointers to values of size zero point: not null, never written."""
        return self.data.zero_base()

    # ------------------------------------------------------------ runtime

    def runtime(self, name: str) -> str:
        """Symbol of entry `name` of native/abi/runtime.def (``@gotk_go_name``), declared on first use."""
        symbol = f"@gotk_go_{name}"
        if symbol not in self._declared:
            self._declared[symbol] = runtime_entries()[name].declaration()
        return symbol

    def go_runtime(self, name: str) -> str:
        """Symbol of function `name` of golib package runtime, with the ABI of its signature."""
        found = self._go_runtime.get(name)
        if found is None:
            fn = self.runtime_package.scope.names.get(name)
            if not isinstance(fn, Func):
                raise KeyError(f"golib's runtime has no function {name}")
            found = self._go_runtime[name] = self.func_ref(fn)
        return found

    def intrinsic(self, name: str, ret: str, params: Sequence[str]) -> str:
        """Symbol of an LLVM intrinsic (``intrinsic("llvm.ctpop.i64", "i64", ["i64"])``), declared on first use."""
        symbol = "@" + name
        if symbol not in self._declared:
            self._declared[symbol] = f"declare {ret} {symbol}({', '.join(params)})"
        return symbol

    def declare(self, symbol: str, text: str) -> str:
        """Declare a symbol defined elsewhere; returns it."""
        self._declared.setdefault(symbol, text)
        return symbol

    # ------------------------------------------------------------ output

    def emit(self, text: str) -> None:
        """Add top-level IR text: a function definition made by the caller."""
        self._functions.append(text)

    def closure_symbol(self, outer: str) -> str:
        """A fresh symbol for a FuncLit in the function whose symbol is `outer`, numbered as Go does: ``@"main.f.func1"``, and ``@"main.f.func1.1"``
        inside that."""
        count = self._closures[outer] = self._closures.get(outer, 0) + 1
        separator = "." if outer in self._closure_symbols else ".func"
        symbol = quote(f"{unquote(outer)}{separator}{count}")
        self._closure_symbols.add(symbol)
        return symbol

    def thunk_symbol(self, outer: str, kind: str) -> str:
        """A fresh symbol for compiler-made code (go and defer thunks, range-over-func bodies): ``@"main.f.gowrap1"``. `kind` is "gowrap", "gocall",
        "deferwrap", "range" …"""
        key = f"{outer} {kind}"
        count = self._closures[key] = self._closures.get(key, 0) + 1
        return quote(f"{unquote(outer)}{'-' if kind == 'range' else '.'}{kind}{count}")

    # ------------------------------------------------------------ debug info

    def di_function(self, symbol: str, pkg: Package, pos: int) -> str:
        """Metadata operand (``!12``) of a subprogram: put ``!dbg !12`` on the ``define``; the scope for `di_location`."""
        return self.debug.function(unquote(symbol) if symbol.startswith("@") else symbol, pkg, pos)

    def di_location(self, scope: str, pos: int) -> str:
        """``!N`` for ``, !dbg !N`` on an instruction; locations on the same line are shared."""
        return self.debug.location(scope, pos)

    # ------------------------------------------------------------ analysis

    def escape(self, func: ast.FuncDecl) -> EscapeInfo:
        """What escapes from this function and the FuncLits in it."""
        return self.escapes.info(func)

    def implements(self, t: Type, iface: Interface) -> bool:
        """Whether concrete `t` has all methods of `iface` (type switches on concrete operands in generic code)."""
        return implements(t, iface)

    # ------------------------------------------------------------ the whole

    def finish(self) -> str:
        """The module's text. Every queued instance must have been lowered."""
        assert not self.instances, "instances left to lower"
        while self.descriptors.flush():
            pass
        assert not self.instances, "descriptors asked for instances: flush them first"
        defined = self._defined
        return "\n".join(
            [
                module_header(self.package.path),
                *self._globals,
                *self.data.out,
                *self.descriptors.out,
                *[text for symbol, text in self._declared.items() if symbol not in defined],
                *self.wrappers.out,
                *self._functions,
                _ATTRIBUTES.format(check=target().stack_check),
                self.debug.text(),
            ]
        )


def instance_signature(fn: Func, targs: Sequence[Type]) -> tuple[Signature, Type | None, Subst]:
    """Of a generic function or method with these type arguments: concrete signature, receiver's type, and the substitution."""
    sig = fn.type
    assert isinstance(sig, Signature)
    env: dict[TypeParam, Type] = dict(zip([*sig.recv_tparams, *sig.tparams], targs, strict=True))

    def subst(t: Type) -> Type:
        return substitute(t, env)

    recv = None if sig.recv is None or sig.recv.type is None else subst(sig.recv.type)
    concrete = subst(Signature(sig.params, sig.results, sig.variadic))
    assert isinstance(concrete, Signature)
    return concrete, recv, subst


def _method_id(m: Func) -> tuple[str, str]:
    return m.name, "" if m.exported or m.pkg is None else m.pkg.path


def pointer_to(t: Type) -> Pointer:
    """A pointer type; not interned, like all composite types."""
    return Pointer(unalias(t))
