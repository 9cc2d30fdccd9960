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
from typing import TYPE_CHECKING, Any

from gotk.compiler.lower.module.abi import FuncABI
from gotk.compiler.lower.module.layout import Layout

if TYPE_CHECKING:
    from gotk.compiler.lower.escape import EscapeInfo
    from gotk.compiler.syntax import ast
    from gotk.compiler.types.model import Func, Interface, Package, Signature, Type, Var

Subst = Callable[["Type"], "Type"]


class ModuleContext:
    """Interface between function-level and module-level lowering. See the module's text for the rules on types and symbols."""

    package: Package
    #: attribute group of ordinary Go functions: put after the parameter list of a ``define``
    attrs: str
    #: the same for functions that must not be inlined
    attrs_noinline: str
    #: for ``//gotk:nosplit`` functions (no stack check)
    attrs_nosplit: str

    # ------------------------------------------------------------ types

    def llvm_type(self, t: Type) -> str:
        """LLVM type of values of `t` in registers and in memory (they are the same)."""
        raise NotImplementedError

    def layout(self, t: Type) -> Layout:
        """Size, alignment, offsets, leaves … of `t`; cached."""
        raise NotImplementedError

    def signature_abi(self, sig: Signature, recv: Type | None = None) -> FuncABI:
        """How a function of this signature is called; `recv` is the receiver's type (passed first) or None.

        `sig.recv` is not looked at: method signatures are also the signatures of method values."""
        raise NotImplementedError

    def type_desc(self, t: Type) -> str:
        """Operand (``@"type:…"``) of the descriptor of `t`."""
        raise NotImplementedError

    def itab(self, concrete: Type, iface: Type) -> str:
        """Operand of the itab of `concrete` (which implements it) for the non-empty interface `iface`."""
        raise NotImplementedError

    def iface_tab(self, concrete: Type, iface: Type) -> str:
        """First word of an interface value of type `iface` that holds a `concrete`: its descriptor if `iface` is empty, else the itab."""
        raise NotImplementedError

    def iface_methods(self, iface: Type) -> list[Func]:
        """All methods of an interface type in the order of itabs and descriptors (sorted by name, then package)."""
        raise NotImplementedError

    def itab_index(self, iface: Type, method: Func) -> int:
        """Position of `method` among `iface_methods`; its code pointer is at byte 24 + 8 * index of the itab."""
        raise NotImplementedError

    # ------------------------------------------------------------ functions

    def func_ref(self, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Code symbol of a function or method; queues the instance if it is generic, binds natives and intrinsics.

        `targs`: type arguments of a generic function, or of the receiver's type for a method of a generic type. An instantiated
        type's Func may be passed (its ``origin`` is used)."""
        raise NotImplementedError

    def method_ref(self, recv: Type, fn: Func) -> str:
        """`func_ref` of method `fn`, with the type arguments taken from the concrete receiver type `recv` (T or \\*T)."""
        raise NotImplementedError

    def func_value(self, fn: Func, targs: Sequence[Type] = ()) -> str:
        """Static closure object of a plain function or method (receiver first): the value of a func-typed expression."""
        raise NotImplementedError

    def method_expr(self, recv: Type, name: str, pkg: Package | None) -> str:
        """Static closure object of the method expression ``recv.name`` (receiver is the first parameter; promoted methods, value
        methods through pointers, and interface methods included)."""
        raise NotImplementedError

    def method_value_thunk(self, recv: Type, fn: Func) -> str:
        """Code symbol for a bound method value. The closure object is ``{ ptr code, RECV }`` (RECV at its natural offset), where `recv`
        is the method's own receiver type (T or \\*T, after walking the path and dereferencing) or the interface type."""
        raise NotImplementedError

    def find_method(self, t: Type, name: str, pkg: Package | None) -> tuple[Func, list[int], bool]:
        """Method `name` of concrete type `t`: (Func, path of embedded fields, whether a pointer is followed). For method calls on
        operands whose type was a type parameter."""
        raise NotImplementedError

    # ------------------------------------------------------------ data

    def global_ref(self, var: Var) -> str:
        """Pointer operand of a package variable."""
        raise NotImplementedError

    def string_const(self, value: bytes) -> str:
        """Constant of type ``{ ptr, i64 }``, as ``{ ptr @.str.0, i64 5 }`` or ``zeroinitializer``."""
        raise NotImplementedError

    def string_data(self, value: bytes) -> str:
        """Pointer operand of the bytes of a string; equal strings share it. ``null`` for the empty string."""
        raise NotImplementedError

    def const_value(self, value: Any, t: Type) -> str:
        """LLVM constant of a Go constant `value` (`ast.Expr.const`) as a value of `t` (any basic or named basic type, or an interface)."""
        raise NotImplementedError

    def static_value(self, expr: ast.Expr, t: Type, subst: Subst | None = None) -> str | None:
        """LLVM constant (of ``llvm_type(t)``) for `expr` converted to `t` if it needs no code: constants, nil, functions, and composite literals of such.
        None if it needs code. Slices and pointers in it refer to *mutable shared* data: only for package variables, see `static_array`."""
        raise NotImplementedError

    def static_array(self, lit: ast.CompositeLit, t: Type, subst: Subst | None = None) -> str | None:
        """Like `static_value` for array and struct literals without addresses of mutable data in them: safe as the source of a memcpy."""
        raise NotImplementedError

    def const_global(self, llvm_type: str, init: str, align: int, *, mutable: bool = False) -> str:
        """Pointer operand of a private global with this initialiser (shared by equal constants unless mutable)."""
        raise NotImplementedError

    # ------------------------------------------------------------ runtime

    def runtime(self, name: str) -> str:
        """Symbol of entry `name` of native/abi/runtime.def (``@gotk_go_name``), declared on first use."""
        raise NotImplementedError

    def go_runtime(self, name: str) -> str:
        """Symbol of function `name` of golib package runtime, with the ABI of its signature."""
        raise NotImplementedError

    def intrinsic(self, name: str, ret: str, params: Sequence[str]) -> str:
        """Symbol of an LLVM intrinsic (``intrinsic("llvm.ctpop.i64", "i64", ["i64"])``), declared on first use."""
        raise NotImplementedError

    # ------------------------------------------------------------ output

    def emit(self, text: str) -> None:
        """Add top-level IR text: a function definition made by the caller."""
        raise NotImplementedError

    def closure_symbol(self, outer: str) -> str:
        """A fresh symbol for a FuncLit or thunk in the function whose symbol is `outer`: ``@"main.f.func1"``, as Go numbers them."""
        raise NotImplementedError

    def thunk_symbol(self, outer: str, kind: str) -> str:
        """A fresh symbol for compiler-made code (go and defer thunks, range-over-func bodies): ``@"main.f.gowrap1"``."""
        raise NotImplementedError

    # ------------------------------------------------------------ debug info

    def di_function(self, symbol: str, pkg: Package, pos: int) -> str:
        """Metadata operand (``!12``) of a subprogram: put ``!dbg !12`` on the ``define``; the scope for `di_location`."""
        raise NotImplementedError

    def di_location(self, scope: str, pos: int) -> str:
        """``!N`` for ``, !dbg !N`` on an instruction; locations on the same line are shared."""
        raise NotImplementedError

    # ------------------------------------------------------------ analysis

    def escape(self, func: ast.FuncDecl) -> EscapeInfo:
        """What escapes from this function and the FuncLits in it."""
        raise NotImplementedError

    def implements(self, t: Type, iface: Interface) -> bool:
        """Whether concrete `t` has all methods of `iface` (type switches on concrete operands in generic code)."""
        raise NotImplementedError
