# SPDX-License-Identifier: BSD-3-Clause
"""The C runtime as compiled code sees it: entries of native/abi/runtime.def as LLVM declarations (architecture, section 4)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

_LETTERS = {
    "p": "ptr",
    "i": "i64",
    "u": "i64",
    "w": "i32",
    "b": "i8",
    "d": "double",
    "f": "float",
}

#: Entries that do not come back.
_NORETURN = frozenset({"goexit", "exit", "fatal", "fatalpanic", "jump"})

#: What LLVM may know about entries beyond their types. Memory that the allocator returns is fresh and zeroed, so an allocation whose
#: result is not needed disappears and the first stores of zero do, too.
_ATTRIBUTES = {
    "alloc": 'allockind("alloc,zeroed") allocsize(0) "alloc-family"="gotk"',
    "setrecover": "returns_twice",
    "cmpstring": "memory(argmem: read) willreturn",
    "decoderune": "memory(argmem: read) willreturn",
    "getg": "willreturn",
}
_RESULT_ATTRIBUTES = {
    "alloc": "noalias nonnull ",
    "makeslice": "noalias nonnull ",
    "makemap": "noalias nonnull ",
    "makechan": "noalias nonnull ",
}

_ENTRY = re.compile(r"^\s*RT\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuntimeEntry:
    """One ``RT(kind, name, ret, args)``; ``ret`` and ``args`` as letters, ``v`` and "" for none."""

    name: str
    kind: str
    ret: str
    args: str

    @property
    def llvm_ret(self) -> str:
        return llvm_result(self.ret)

    @property
    def llvm_args(self) -> list[str]:
        return [_LETTERS[letter] for letter in self.args]

    def declaration(self) -> str:
        # clang expects the caller to extend arguments narrower than 32 bits, and gcc that the callee does: do both.
        args = ", ".join("i8 zeroext" if a == "i8" else a for a in self.llvm_args)
        ret = _RESULT_ATTRIBUTES.get(self.name, "") + self.llvm_ret
        noreturn = "noreturn cold " if self.name in _NORETURN else ""
        # nonlazybind: calls go through the GOT, without a stub's extra jump.
        extra = _ATTRIBUTES.get(self.name, "")
        return f"declare {ret} @gotk_go_{self.name}({args}) {noreturn}nounwind nonlazybind {extra}".rstrip()


def llvm_result(letters: str) -> str:
    """LLVM return type of a RET field."""
    if letters == "v":
        return "void"
    if len(letters) == 1:
        return _LETTERS[letters]
    return "{ " + ", ".join(_LETTERS[letter] for letter in letters) + " }"


@functools.cache
def runtime_entries() -> dict[str, RuntimeEntry]:
    """All entries of runtime.def by name."""
    path = Path(__file__).resolve().parents[3] / "native" / "abi" / "runtime.def"
    return {
        name: RuntimeEntry(name, kind, ret, "" if args == "v" else args)
        for kind, name, ret, args in _ENTRY.findall(path.read_text())
    }
