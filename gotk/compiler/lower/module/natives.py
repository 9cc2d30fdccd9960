# SPDX-License-Identifier: BSD-3-Clause
"""Functions without a body: bound to the C runtime (``//gotk:native``), to LLVM (``//gotk:intrinsic llvm.…``) or to atomic instructions
(``//gotk:intrinsic atomic.OP.WIDTH``).

Each becomes a small Go function in every module that calls it, ``linkonce_odr alwaysinline``, so a call costs nothing beyond the operation
and its address can be taken all the same. Native arguments are flattened to words: string → p,i; slice → p,i,i; interface → p,p; at most
two words come back. Atomics are sequentially consistent; add returns the new value, addneg whether it is negative, and/or the old one, cas whether it
swapped; release is a store with release order, fence a full barrier,
lightfence one that membarrier on the other side makes superfluous.

On x86-64 a locked instruction costs many times what the same one costs without the prefix, which only other CPUs ask for. So add and cas are
inline assembly that notes the prefix's address in section ``.gotk.locks``: while there is one processor to run Go code the runtime has an idle
prefix there (``native/src/lockprefix.c``). What is left of them (and, or, swap, stores) is rare or, with memory and ``xchg``, locked in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gotk.compiler.lower.module.abi import FuncABI
from gotk.compiler.lower.module.runtime import RuntimeEntry, runtime_entries
from gotk.compiler.target import target
from gotk.compiler.types.model import Array, Interface, Signature, Slice, Struct, Type

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext

_INT_BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64}
_LETTER_OF = {"ptr": "p", "i64": "i", "i32": "w", "i8": "b", "double": "d", "float": "f", "i16": "w"}

#: LLVM intrinsics with an immediate flag that Go declarations leave out: "zero is poison" of clz/ctz, "minimum is poison" of abs.
_IMMEDIATE = {"llvm.ctlz": "i1 false", "llvm.cttz": "i1 false", "llvm.abs": "i1 false"}

_X86 = target().name == "x86_64"

#: A LOCK prefix whose address is noted in a section of its own, in the group of the function's section so that both are kept or dropped.
_LOCK = r".pushsection .gotk.locks,\22a?\22,@progbits\0A.long 771f-.\0A.popsection\0A771: lock\0A"
_SUFFIX = {"i8": "b", "i32": "l", "i64": "q", "ptr": "q"}
#: Memory, since atomics order all other accesses; the rest as any assembly for this machine.
_CLOBBERED = "~{memory},~{dirflag},~{fpsr},~{flags}"


class BindingError(Exception):
    """A body-less function of golib that cannot be bound; the text says why."""


def directive(directives: list[str], name: str) -> str | None:
    """Argument of directive ``gotk:name``, "" if it has none, None if it is not there."""
    for line in directives:
        word, _, rest = line.partition(" ")
        if word == f"gotk:{name}":
            return rest.strip()
    return None


def bind_bodyless(
    mod: ModuleContext, symbol: str, sig: Signature, directives: list[str]
) -> str:
    """Definition of the body-less function `symbol`."""
    abi = mod.signature_abi(sig)
    native = directive(directives, "native")
    intrinsic = directive(directives, "intrinsic")
    body = _Body(mod, abi)
    if native is not None:
        body.native(native)
    elif intrinsic is not None and intrinsic.startswith("atomic."):
        body.atomic(intrinsic)
    elif intrinsic is not None:
        body.intrinsic(intrinsic)
    else:
        raise BindingError("missing function body")
    params = ", ".join(f"{t} %{i}" for i, t in enumerate(abi.params))
    text = "\n".join(f"  {line}" for line in body.lines)
    attrs = f"alwaysinline {mod.attrs_nosplit}"
    return f"define linkonce_odr {abi.ret} {symbol}({params}) {attrs} {{\n{text}\n}}\n"


def leaves_of(mod: ModuleContext, t: Type, path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], str]]:
    """Scalars in a value of type `t`: (indices for extractvalue, LLVM type) in order of memory."""
    u = t.underlying()
    kind = type(u)
    if kind is Struct:
        return [
            leaf
            for i, f in enumerate(u.fields)  # type: ignore[attr-defined]
            for leaf in leaves_of(mod, f.type, (*path, i))
        ]
    if kind is Array:
        return [
            leaf
            for i in range(u.len)  # type: ignore[attr-defined]
            for leaf in leaves_of(mod, u.elem, (*path, i))  # type: ignore[attr-defined]
        ]
    layout = mod.layout(u)
    if kind is Slice:
        return [((*path, 0), "ptr"), ((*path, 1), "i64"), ((*path, 2), "i64")]
    if kind is Interface:
        return [((*path, 0), "ptr"), ((*path, 1), "ptr")]
    if layout.leaves == 2:
        inner = layout.llvm[2:-2].split(", ")
        return [((*path, 0), inner[0]), ((*path, 1), inner[1])]
    return [(path, layout.llvm)]


class _Body:
    """Builds the instructions of one bound function; parameters are ``%0 … %n-1``."""

    def __init__(self, mod: ModuleContext, abi: FuncABI) -> None:
        self.mod, self.abi = mod, abi
        self.lines: list[str] = []
        self._next = len(abi.params) + 1  # %n is the entry block

    def _value(self, text: str) -> str:
        name = f"%{self._next}"
        self._next += 1
        self.lines.append(f"{name} = {text}")
        return name

    def _convert(self, value: str, have: str, want: str) -> str:
        """Fit a scalar to the type the other side wants; integers are extended by zero."""
        if have == want:
            return value
        if have in _INT_BITS and want in _INT_BITS:
            op = "zext" if _INT_BITS[have] < _INT_BITS[want] else "trunc"
            return self._value(f"{op} {have} {value} to {want}")
        if have == "i1":
            return self._value(f"zext i1 {value} to {want}")
        if have == "ptr" and want == "i64":
            return self._value(f"ptrtoint ptr {value} to i64")
        if have == "i64" and want == "ptr":
            return self._value(f"inttoptr i64 {value} to ptr")
        raise BindingError(f"cannot pass {have} as {want}")

    def _arguments(self) -> list[tuple[str, str]]:
        """(type, value) of every scalar of the parameters."""
        result: list[tuple[str, str]] = []
        abi = self.abi
        if abi.sret or any(abi.by_memory):
            raise BindingError("too many words")
        for i, t in enumerate(abi.param_types):
            for path, leaf in leaves_of(self.mod, t):
                if path:
                    indices = ", ".join(map(str, path))
                    value = self._value(f"extractvalue {abi.param_llvm[i]} %{i}, {indices}")
                else:
                    value = f"%{i}"
                result.append((leaf, value))
        return result

    def _return(self, have: list[tuple[str, str]]) -> None:
        """Return these scalars as the Go results."""
        abi = self.abi
        types = abi.result_types
        single = len(types) == 1
        wanted = [
            (path if single else (i, *path), leaf)
            for i, t in enumerate(types)
            for path, leaf in leaves_of(self.mod, t)
        ]
        if len(wanted) != len(have):
            raise BindingError(f"{len(have)} result words for {len(wanted)}")
        if not wanted:
            self.lines.append("ret void" if abi.ret == "void" else f"ret {abi.ret} zeroinitializer")
            return
        values = [self._convert(v, t, w) for (t, v), (_, w) in zip(have, wanted, strict=True)]
        if wanted[0][0] == ():
            self.lines.append(f"ret {abi.ret} {values[0]}")
            return
        whole = "poison"
        for value, (path, leaf) in zip(values, wanted, strict=True):
            indices = ", ".join(map(str, path))
            whole = self._value(f"insertvalue {abi.ret} {whole}, {leaf} {value}, {indices}")
        self.lines.append(f"ret {abi.ret} {whole}")

    def native(self, name: str) -> None:
        arguments = self._arguments()
        entry = runtime_entries().get(name)
        if entry is None:
            # Not in the table: the loader will name the missing symbol if the function is ever called.
            entry = self._guess_entry(name, arguments)
        symbol = self.mod.declare(f"@gotk_go_{name}", entry.declaration())
        wanted = entry.llvm_args
        if len(wanted) != len(arguments):
            raise BindingError(f"{len(arguments)} argument words, runtime.def has {len(wanted)}")
        passed = ", ".join(
            f"{want} {self._convert(value, have, want)}"
            for (have, value), want in zip(arguments, wanted, strict=True)
        )
        if entry.ret == "v":
            self.lines.append(f"call void {symbol}({passed})")
            self._return([])
            return
        result = self._value(f"call {entry.llvm_ret} {symbol}({passed})")
        if len(entry.ret) == 1:
            self._return([(entry.llvm_ret, result)])
            return
        words = entry.llvm_ret[2:-2].split(", ")
        self._return(
            [(w, self._value(f"extractvalue {entry.llvm_ret} {result}, {i}")) for i, w in enumerate(words)]
        )

    def _guess_entry(self, name: str, arguments: list[tuple[str, str]]) -> RuntimeEntry:
        results = [leaf for t in self.abi.result_types for _, leaf in leaves_of(self.mod, t)]
        ret = "".join(_LETTER_OF[r] for r in results) or "v"
        return RuntimeEntry(name, "SYS", ret, "".join(_LETTER_OF[t] for t, _ in arguments))

    def intrinsic(self, name: str) -> None:
        arguments = self._arguments()
        types = [t for t, _ in arguments]
        passed = [f"{t} {v}" for t, v in arguments]
        stem = name.rpartition(".")[0]
        if stem in _IMMEDIATE:
            types.append("i1")
            passed.append(_IMMEDIATE[stem])
        if ".with.overflow." in name:
            ret = f"{{ {types[0]}, i1 }}"
        else:
            ret = self.abi.ret
        symbol = self.mod.intrinsic(name, ret, types)
        call = f"call {ret} {symbol}({', '.join(passed)})"
        if ret == "void":
            self.lines.append(call)
            self._return([])
        elif ret.startswith("{"):
            pair = self._value(call)
            words = ret[2:-2].split(", ")
            self._return([(w, self._value(f"extractvalue {ret} {pair}, {i}")) for i, w in enumerate(words)])
        else:
            self._return([(ret, self._value(call))])

    def atomic(self, name: str) -> None:
        """``atomic.OP.WIDTH``; the width is 8, 32, 64 or ptr."""
        parts = name.split(".")
        if len(parts) != 3 or parts[2] not in ("8", "32", "64", "ptr") or parts[1] not in _ATOMIC:
            raise BindingError(f"unknown intrinsic {name}")
        width = parts[2]
        t = "ptr" if width == "ptr" else f"i{width}"
        align = 8 if width == "ptr" else int(width) // 8
        arguments = [v for _, v in self._arguments()]
        _ATOMIC[parts[1]](self, t, align, arguments)

    def _atomic_load(self, t: str, align: int, args: list[str]) -> None:
        self._return([(t, self._value(f"load atomic {t}, ptr {args[0]} seq_cst, align {align}"))])

    def _atomic_store(self, t: str, align: int, args: list[str]) -> None:
        self.lines.append(f"store atomic {t} {args[1]}, ptr {args[0]} seq_cst, align {align}")
        self._return([])

    def _atomic_release(self, t: str, align: int, args: list[str]) -> None:
        self.lines.append(f"store atomic {t} {args[1]}, ptr {args[0]} release, align {align}")
        self._return([])

    def _atomic_fence(self, t: str, align: int, args: list[str]) -> None:
        """A full barrier between processors: nothing while there is one."""
        self._fence(_LOCK)

    def _atomic_lightfence(self, t: str, align: int, args: list[str]) -> None:
        """The same, but nothing in any case where the other side has a heavy one (membarrier)."""
        self._fence(_LOCK.replace(".gotk.locks", ".gotk.fences"))

    def _fence(self, lock: str) -> None:
        self.lines.append(
            f'call void asm sideeffect "{lock}orl $$0, (%rsp)", "{_CLOBBERED}"()' if _X86 else "fence seq_cst"
        )
        self._return([])

    def _atomic_rmw(self, op: str, t: str, align: int, args: list[str]) -> str:
        return self._value(f"atomicrmw {op} ptr {args[0]}, {t} {args[1]} seq_cst, align {align}")

    def _atomic_add(self, t: str, align: int, args: list[str]) -> None:
        if _X86:
            old = self._value(
                f'call {t} asm sideeffect "{_LOCK}xadd{_SUFFIX[t]} $1, $0", "=*m,=r,*m,1,{_CLOBBERED}"'
                f"(ptr elementtype({t}) {args[0]}, ptr elementtype({t}) {args[0]}, {t} {args[1]})"
            )
        else:
            old = self._atomic_rmw("add", t, align, args)
        self._return([(t, self._value(f"add {t} {old}, {args[1]}"))])

    def _atomic_addneg(self, t: str, align: int, args: list[str]) -> None:
        """The CPU's flag tells; unlike xadd this takes no register, and without the lock it is much faster than xadd."""
        if _X86:
            call = (
                f'call i8 asm sideeffect "{_LOCK}add{_SUFFIX[t]} $2, $1", "={{@ccs}},=*m,er,*m,{_CLOBBERED}"'
                f"(ptr elementtype({t}) {args[0]}, {t} {args[1]}, ptr elementtype({t}) {args[0]})"
            )
            self._return([("i8", self._value(call))])
            return
        old = self._atomic_rmw("add", t, align, args)
        new = self._value(f"add {t} {old}, {args[1]}")
        self._return([("i1", self._value(f"icmp slt {t} {new}, 0"))])

    def _atomic_and(self, t: str, align: int, args: list[str]) -> None:
        self._return([(t, self._atomic_rmw("and", t, align, args))])

    def _atomic_or(self, t: str, align: int, args: list[str]) -> None:
        self._return([(t, self._atomic_rmw("or", t, align, args))])

    def _atomic_swap(self, t: str, align: int, args: list[str]) -> None:
        self._return([(t, self._atomic_rmw("xchg", t, align, args))])

    def _atomic_cas(self, t: str, align: int, args: list[str]) -> None:
        if _X86:
            pair = self._value(
                f'call {{ i8, {t} }} asm sideeffect "{_LOCK}cmpxchg{_SUFFIX[t]} $3, $1", "={{@ccz}},=*m,={{ax}},r,*m,2,{_CLOBBERED}"'
                f"(ptr elementtype({t}) {args[0]}, {t} {args[2]}, ptr elementtype({t}) {args[0]}, {t} {args[1]})"
            )
            self._return([("i8", self._value(f"extractvalue {{ i8, {t} }} {pair}, 0"))])
            return
        pair = self._value(
            f"cmpxchg ptr {args[0]}, {t} {args[1]}, {t} {args[2]} seq_cst seq_cst, align {align}"
        )
        self._return([("i1", self._value(f"extractvalue {{ {t}, i1 }} {pair}, 1"))])


_ATOMIC: dict[str, Callable[[_Body, str, int, list[str]], None]] = {
    "load": _Body._atomic_load,
    "store": _Body._atomic_store,
    "add": _Body._atomic_add,
    "addneg": _Body._atomic_addneg,
    "and": _Body._atomic_and,
    "or": _Body._atomic_or,
    "release": _Body._atomic_release,
    "fence": _Body._atomic_fence,
    "lightfence": _Body._atomic_lightfence,
    "swap": _Body._atomic_swap,
    "cas": _Body._atomic_cas,
}
