# SPDX-License-Identifier: BSD-3-Clause
"""How Go types lie in memory and in LLVM: the first half of docs/architecture.md section 3.

LLVM's natural layout of literal structs on x86-64 and aarch64 is Go's layout, with one exception: a struct whose last field
has size zero gets a byte of padding, so that a pointer to that field does not point past the object.
Layouts are cached by the identity of the type object, which is kept alive by the cache.
"""

from __future__ import annotations

from dataclasses import dataclass

from gotk.compiler.types.model import (
    Alias,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
)

#: A type with more scalar leaves than this is passed and returned through memory.
MAX_LEAVES = 8

#: More floating-point results than this are returned through memory: LLVM has two vector registers for them, and would use the x87 stack.
MAX_FLOAT_RESULTS = 2


@dataclass(slots=True, eq=False)
class Layout:
    """What lowering asks about a type.

    ``llvm``: its LLVM type; ``size`` and ``align`` in bytes; ``offsets``: of each struct field in bytes (empty for other types; a Go
    field's index is also its LLVM index); ``leaves``: scalars in it; ``is_register``: passed by value (at most 8 leaves); ``ptrbytes``: length of
    the prefix that may hold pointers; ``zero``: text of the zero constant; ``direct``: pointer-shaped (an interface holds it in its data word);
    ``comparable``: whether == is allowed statically; ``memeq``: whether == compares exactly the bytes;
    ``padded``: LLVM's struct has a last field ``[1 x i8]`` that Go's has not; ``floats``: how many of the leaves are floating-point.
    """

    llvm: str
    size: int
    align: int
    leaves: int
    ptrbytes: int
    zero: str
    direct: bool = False
    comparable: bool = True
    memeq: bool = True
    offsets: tuple[int, ...] = ()
    padded: bool = False
    floats: int = 0

    @property
    def is_register(self) -> bool:
        return self.leaves <= MAX_LEAVES

    @property
    def has_pointers(self) -> bool:
        return self.ptrbytes > 0


_ZERO = "zeroinitializer"

_BASIC: dict[str, Layout] = {
    "bool": Layout("i8", 1, 1, 1, 0, "0"),
    "string": Layout("{ ptr, i64 }", 16, 8, 2, 8, _ZERO, memeq=False),
    "unsafe.Pointer": Layout("ptr", 8, 8, 1, 8, "null", direct=True),
    "float32": Layout("float", 4, 4, 1, 0, "0.0", memeq=False, floats=1),
    "float64": Layout("double", 8, 8, 1, 0, "0.0", memeq=False, floats=1),
    "complex64": Layout("{ float, float }", 8, 4, 2, 0, _ZERO, memeq=False, floats=2),
    "complex128": Layout("{ double, double }", 16, 8, 2, 0, _ZERO, memeq=False, floats=2),
    # Untyped operands that no context gave a type: constants used nowhere, nil == nil.
    "untyped nil": Layout("ptr", 8, 8, 1, 8, "null", direct=True),
}
for _bits in (8, 16, 32, 64):
    for _kind in (f"int{_bits}", f"uint{_bits}"):
        _BASIC[_kind] = Layout(f"i{_bits}", _bits // 8, _bits // 8, 1, 0, "0")
for _kind in ("int", "uint", "uintptr"):
    _BASIC[_kind] = _BASIC["int64"]
_BASIC["untyped bool"] = _BASIC["bool"]
_BASIC["untyped int"] = _BASIC["int64"]
_BASIC["untyped rune"] = _BASIC["int32"]
_BASIC["untyped float"] = _BASIC["float64"]
_BASIC["untyped complex"] = _BASIC["complex128"]
_BASIC["untyped string"] = _BASIC["string"]

_POINTER = Layout("ptr", 8, 8, 1, 8, "null", direct=True)
_FUNC = Layout("ptr", 8, 8, 1, 8, "null", direct=True, comparable=False)
_MAP = Layout("ptr", 8, 8, 1, 8, "null", direct=True, comparable=False)
_SLICE = Layout("{ ptr, i64, i64 }", 24, 8, 3, 8, _ZERO, comparable=False, memeq=False)
_INTERFACE = Layout("{ ptr, ptr }", 16, 8, 2, 16, _ZERO, memeq=False)


def align_up(n: int, align: int) -> int:
    return (n + align - 1) & -align


class Layouts:
    """Cache of layouts of one compilation."""

    def __init__(self) -> None:
        self._by_id: dict[int, Layout] = {}
        self._keep: list[Type] = []

    def of(self, t: Type) -> Layout:
        found = self._by_id.get(id(t))
        if found is not None:
            return found
        layout = self._make(t)
        self._by_id[id(t)] = layout
        self._keep.append(t)
        return layout

    def _make(self, t: Type) -> Layout:
        kind = type(t)
        if kind is Basic:
            try:
                return _BASIC[t.kind]  # type: ignore[attr-defined]
            except KeyError:
                raise ValueError(f"no layout for {t.kind}") from None  # type: ignore[attr-defined]
        if kind is Named or kind is Alias:
            return self.of(t.underlying())
        if kind is Pointer or kind is Chan:
            return _POINTER
        if kind is Slice:
            return _SLICE
        if kind is Map:
            return _MAP
        if kind is Signature:
            return _FUNC
        if kind is Interface:
            return _INTERFACE
        if kind is Struct:
            return self.struct([f.type for f in t.fields], go_struct=t)  # type: ignore[arg-type, attr-defined]
        if kind is Array:
            return self._array(t)  # type: ignore[arg-type]
        if kind is Tuple:
            return self.struct([v.type for v in t.vars])  # type: ignore[attr-defined]
        raise TypeError(f"no layout for a {kind.__name__}: type parameters must be substituted first")

    def _array(self, t: Array) -> Layout:
        elem = self.of(t.elem)
        n = t.len
        return Layout(
            f"[{n} x {elem.llvm}]",
            elem.size * n,
            elem.align,
            elem.leaves * n,
            (elem.size * (n - 1) + elem.ptrbytes) if n and elem.ptrbytes else 0,
            _ZERO,
            direct=n == 1 and elem.direct,
            comparable=elem.comparable,
            memeq=elem.memeq,
            floats=elem.floats * n,
        )

    def struct(self, types: list[Type | None], go_struct: Struct | None = None) -> Layout:
        """Layout of a struct with fields of these types (a Go struct, a result list, a closure object).

        Only a Go struct (`go_struct`) gets the padding after a final field of size zero."""
        offset, align, leaves, ptrbytes, floats = 0, 1, 0, 0, 0
        comparable = memeq = True
        offsets: list[int] = []
        parts: list[str] = []
        only: Layout | None = None
        last = None
        padded = False
        for t in types:
            assert t is not None
            last = f = self.of(t)
            start = align_up(offset, f.align)
            if start != offset:
                memeq = False  # padding between fields is not compared
            offsets.append(start)
            offset = start + f.size
            if f.align > align:
                align = f.align
            leaves += f.leaves
            floats += f.floats
            if f.ptrbytes:
                ptrbytes = start + f.ptrbytes
            comparable = comparable and f.comparable
            memeq = memeq and f.memeq
            parts.append(f.llvm)
            only = f
        if last is not None and go_struct is not None and last.size == 0 and offset > 0:
            parts.append("[1 x i8]")
            offset += 1
            padded = True
        size = align_up(offset, align)
        if size != offset:
            memeq = False
        if go_struct is not None and any(f.name == "_" for f in go_struct.fields):
            memeq = False  # blank fields are not compared
        return Layout(
            "{ " + ", ".join(parts) + " }" if parts else "{}",
            size,
            align,
            leaves,
            ptrbytes,
            _ZERO,
            direct=len(types) == 1 and only is not None and only.direct,
            comparable=comparable,
            memeq=memeq,
            offsets=tuple(offsets),
            padded=padded,
            floats=floats,
        )
