# SPDX-License-Identifier: BSD-3-Clause
"""The IR text of one LLVM function while it is being written.

`Builder` knows nothing of Go's syntax: it hands out temporaries and block names, keeps the entry block's allocas apart from the code,
puts the blocks of run-time panics behind it, and emits the few patterns that everything else is made of (loads and stores by layout,
nil and bounds checks, allocation).

Values are operand text. A *register type* (at most 8 scalar leaves) has a first-class LLVM value; the value of a *memory type* is a ``ptr``
to memory that holds it (see docs/architecture.md section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gotk.compiler.syntax.position import pos_line

if TYPE_CHECKING:
    from gotk.compiler.lower.module.context import ModuleContext
    from gotk.compiler.lower.module.layout import Layout
    from gotk.compiler.types.model import Type



class Builder:
    """Text of one function: allocas, code, cold blocks."""

    def __init__(self, mod: ModuleContext) -> None:
        self.mod = mod
        self.lines: list[str] = []
        self.allocas: list[str] = []
        self.cold: list[str] = []
        self.count = 0
        #: name of the block being written (for phi)
        self.block = "entry"
        #: the block has its terminator: what follows is unreachable until the next `start`
        self.done = False
        self.scope = ""
        self.dbg = ""
        self.line = -1
        self._trap_blocks: dict[tuple[str, int], str] = {}
        #: pointer operands known not to be null here
        self.nonnull: set[str] = set()

    # ------------------------------------------------------------ names and blocks

    def temp(self) -> str:
        self.count += 1
        return f"%t{self.count}"

    def new_block(self, hint: str = "b") -> str:
        """A fresh block name, without the %."""
        self.count += 1
        return f"{hint}.{self.count}"

    def start(self, name: str) -> None:
        """Begin block `name`; the block before falls through to it unless it is done."""
        if not self.done:
            self.lines.append(f"  br label %{name}")
        self.lines.append(f"{name}:")
        self.block = name
        self.done = False

    def br(self, name: str) -> None:
        if not self.done:
            self.lines.append(f"  br label %{name}")
            self.done = True

    def cond_br(self, cond: str, then: str, els: str) -> None:
        """Branch on an i1."""
        if not self.done:
            self.lines.append(f"  br i1 {cond}, label %{then}, label %{els}")
            self.done = True

    def unreachable(self) -> None:
        if not self.done:
            self.lines.append("  unreachable")
            self.done = True

    # ------------------------------------------------------------ instructions

    def op(self, text: str) -> str:
        """Emit ``%tN = text`` and return %tN."""
        self.count += 1
        name = f"%t{self.count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def do(self, text: str) -> None:
        self.lines.append(f"  {text}")

    def at(self, pos: int) -> None:
        """What is emitted from now on belongs to the source line of `pos`."""
        if pos and self.scope:
            line = pos_line(pos)
            if line != self.line or self.mod.debug.directives:
                self.line = line
                self.dbg = f", !dbg {self.mod.di_location(self.scope, pos)}"

    def call(self, ret: str, callee: str, args: Sequence[str], attrs: str = "") -> str:
        """Call with typed arguments (``"i64 %x"``); the result's name, or "" if `ret` is void."""
        text = f"call {ret} {callee}({', '.join(args)}){attrs}{self.dbg}"
        if ret == "void":
            self.lines.append("  " + text)
            return ""
        return self.op(text)

    def rt(self, ret: str, name: str, *args: str) -> str:
        """Call entry `name` of runtime.def."""
        return self.call(ret, self.mod.runtime(name), args)

    def alloca(self, llvm: str, align: int = 0) -> str:
        """A slot in the entry block (uninitialised)."""
        self.count += 1
        name = f"%v{self.count}"
        self.allocas.append(f"  {name} = alloca {llvm}{f', align {align}' if align else ''}")
        return name

    def extract(self, agg_type: str, agg: str, *path: int) -> str:
        return self.op(f"extractvalue {agg_type} {agg}, {', '.join(map(str, path))}")

    def insert(self, agg_type: str, agg: str, elem_type: str, elem: str, *path: int) -> str:
        where = ", ".join(map(str, path))
        return self.op(f"insertvalue {agg_type} {agg}, {elem_type} {elem}, {where}")

    def make(self, agg_type: str, parts: Sequence[tuple[str, str]]) -> str:
        """A first-class struct of (type, operand) parts."""
        agg = "poison"
        for i, (llvm, operand) in enumerate(parts):
            agg = self.op(f"insertvalue {agg_type} {agg}, {llvm} {operand}, {i}")
        return agg

    def string(self, ptr: str, length: str) -> str:
        return self.make("{ ptr, i64 }", (("ptr", ptr), ("i64", length)))

    def slice(self, ptr: str, length: str, cap: str) -> str:
        return self.make("{ ptr, i64, i64 }", (("ptr", ptr), ("i64", length), ("i64", cap)))

    def byte_offset(self, ptr: str, offset: int) -> str:
        return self.op(f"getelementptr inbounds i8, ptr {ptr}, i64 {offset}") if offset else ptr

    def not_(self, bit: str) -> str:
        if bit == "true":
            return "false"
        if bit == "false":
            return "true"
        return self.op(f"xor i1 {bit}, true")

    def to_bool(self, bit: str) -> str:
        """A Go bool (i8) from an i1."""
        if bit == "true":
            return "1"
        if bit == "false":
            return "0"
        return self.op(f"zext i1 {bit} to i8")

    def to_bit(self, boolean: str) -> str:
        """An i1 from a Go bool (i8)."""
        if boolean == "1":
            return "true"
        if boolean == "0":
            return "false"
        return self.op(f"icmp ne i8 {boolean}, 0")

    # ------------------------------------------------------------ memory

    def load(self, ptr: str, layout: Layout) -> str:
        """The value at `ptr`; for memory types `ptr` itself (borrowed: valid until that memory changes)."""
        if not layout.is_register:
            return ptr
        if layout.size == 0:
            return "zeroinitializer"
        return self.op(f"load {layout.llvm}, ptr {ptr}, align {layout.align}")

    def store(self, value: str, ptr: str, layout: Layout) -> None:
        """Store a value; for memory types copy from the pointer `value`."""
        if layout.size == 0:
            return
        if layout.is_register:
            self.lines.append(
                f"  store {layout.llvm} {value}, ptr {ptr}, align {layout.align}"
            )
        elif value == "zeroinitializer":
            self.zero(ptr, layout)
        else:
            self.copy(ptr, value, layout)

    def copy(self, dst: str, src: str, layout: Layout) -> None:
        """Copy a value between places that are the same or do not overlap."""
        if layout.size == 0 or dst == src:
            return
        fn = self.mod.intrinsic("llvm.memcpy.p0.p0.i64", "void", ["ptr", "ptr", "i64", "i1"])
        a = layout.align
        self.lines.append(
            f"  call void {fn}(ptr align {a} {dst}, ptr align {a} {src}, i64 {layout.size}, i1 false)"
            + self.dbg
        )

    def zero(self, ptr: str, layout: Layout) -> None:
        if layout.size == 0:
            return
        if layout.is_register:
            self.store(layout.zero, ptr, layout)
            return
        fn = self.mod.intrinsic("llvm.memset.p0.i64", "void", ["ptr", "i8", "i64", "i1"])
        self.lines.append(
            f"  call void {fn}(ptr align {layout.align} {ptr}, i8 0, i64 {layout.size}, i1 false)"
            + self.dbg
        )

    def slot(self, layout: Layout) -> str:
        return self.alloca(layout.llvm, layout.align)

    def spill(self, value: str, layout: Layout) -> str:
        """Pointer to memory that holds `value`: for memory types the value itself."""
        if not layout.is_register:
            return self.zeroed(layout) if value == "zeroinitializer" else value
        ptr = self.slot(layout)
        self.store(value, ptr, layout)
        return ptr

    def zeroed(self, layout: Layout) -> str:
        ptr = self.slot(layout)
        self.zero(ptr, layout)
        return ptr

    def alloc(self, layout: Layout) -> str:
        """Fresh zeroed heap memory for one value."""
        return self.alloc_bytes(layout.size, layout.has_pointers)

    def alloc_bytes(self, size: int, has_pointers: bool) -> str:
        if size == 0:
            return self.mod.const_global("i64", "0", 8)
        kind = "null" if has_pointers else self.mod.type_desc(self.no_pointers())
        p = self.rt("ptr", "alloc", f"i64 {size}", f"ptr {kind}")
        self.nonnull.add(p)
        return p

    def no_pointers(self) -> Type:
        """A type without pointers: all that the allocator needs to know."""
        raise NotImplementedError

    # ------------------------------------------------------------ checks
    # Calls of panics are `nomerge`: one call for checks of different lines could not tell which one failed.

    def trap(self, name: str) -> str:
        """Cold block of this source line that calls the argument-less runtime panic `name`. LLVM must not make one call of several
        (``nomerge``): the trace would show the line of none of them."""
        key = (name, self.line)
        block = self._trap_blocks.get(key)
        if block is None:
            block = self._trap_blocks[key] = self.new_block(name)
            self.cold.append(f"{block}:")
            self.cold.append(f"  call void {self.mod.go_runtime(name)}() cold noreturn nomerge{self.dbg}")
            self.cold.append("  unreachable")
        return block

    def trap_with(self, name: str, *args: str) -> str:
        """A cold block that calls runtime panic `name` with these arguments."""
        block = self.new_block(name)
        self.cold.append(f"{block}:")
        self.cold.append(
            f"  call void {self.mod.go_runtime(name)}({', '.join(args)}) cold noreturn nomerge{self.dbg}"
        )
        self.cold.append("  unreachable")
        return block

    def check(self, ok: str, trap: str) -> None:
        """Go on if the i1 `ok`, else to the cold block `trap`."""
        if ok == "true":
            return
        name = self.new_block("ok")
        self.lines.append(f"  br i1 {ok}, label %{name}, label %{trap}")
        self.lines.append(f"{name}:")
        self.block = name

    def check_nil(self, ptr: str) -> None:
        """Panic if the pointer is null."""
        if ptr in self.nonnull or ptr[0] == "@" or ptr.startswith("%v"):
            return
        self.check(self.op(f"icmp ne ptr {ptr}, null"), self.trap("panicmem"))
        self.nonnull.add(ptr)

    def check_index(self, index: str, length: str, unsigned: bool = False) -> None:
        """Panic unless 0 <= index < length; both i64 (`unsigned`: the index was a uint64 before)."""
        if index.isdigit() and length.isdigit() and int(index) < int(length):
            return
        ok = self.op(f"icmp ult i64 {index}, {length}")
        name = "panicIndexU" if unsigned else "panicIndex"
        self.check(ok, self.trap_with(name, f"i64 {index}", f"i64 {length}"))
