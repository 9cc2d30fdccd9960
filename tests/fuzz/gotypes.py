# SPDX-License-Identifier: BSD-3-Clause
"""Types of generated programs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Type:
    """A Go type; `text` is how the program writes it."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def under(self) -> Type:
        return self


@dataclass(frozen=True)
class Int(Type):
    bits: int
    signed: bool

    @property
    def low(self) -> int:
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def high(self) -> int:
        return (1 << (self.bits - self.signed)) - 1


@dataclass(frozen=True)
class Float(Type):
    bits: int


@dataclass(frozen=True)
class Complex(Type):
    pass


@dataclass(frozen=True)
class Slice(Type):
    elem: Type


@dataclass(frozen=True)
class Array(Type):
    elem: Type
    size: int


@dataclass(frozen=True)
class Map(Type):
    key: Type
    elem: Type


@dataclass(frozen=True)
class Pointer(Type):
    elem: Type


@dataclass(frozen=True)
class Struct(Type):
    """A declared struct type. Its fields are a tuple of (name, type)."""

    fields: tuple[tuple[str, Type], ...]


@dataclass(frozen=True)
class Func(Type):
    params: tuple[Type, ...]
    result: Type


@dataclass(frozen=True)
class Named(Type):
    """A declared type with another type's operations."""

    base: Type

    @property
    def under(self) -> Type:
        return self.base


@dataclass(frozen=True)
class TypeParam(Type):
    """A type parameter whose type set is integers of several sizes."""


INTS = (
    Int("int", 64, True), Int("int8", 8, True), Int("int16", 16, True), Int("int32", 32, True),
    Int("int64", 64, True), Int("uint", 64, False), Int("uint8", 8, False),
    Int("uint16", 16, False), Int("uint32", 32, False), Int("uint64", 64, False),
)  # fmt: skip
INT, UINT, UINT8, RUNE = INTS[0], INTS[5], INTS[6], INTS[3]
FLOATS = (Float("float64", 64), Float("float32", 32))
BOOL, STRING, ANY, ERROR = Type("bool"), Type("string"), Type("any"), Type("error")
COMPLEX = Complex("complex128")
BASICS = (*INTS, *FLOATS, BOOL, STRING, COMPLEX)


def slice_of(elem: Type) -> Slice:
    return Slice(f"[]{elem}", elem)


def array_of(size: int, elem: Type) -> Array:
    return Array(f"[{size}]{elem}", elem, size)


def map_of(key: Type, elem: Type) -> Map:
    return Map(f"map[{key}]{elem}", key, elem)


def pointer_to(elem: Type) -> Pointer:
    return Pointer(f"*{elem}", elem)


def func_of(params: tuple[Type, ...], result: Type) -> Func:
    return Func(f"func({', '.join(map(str, params))}) {result}", params, result)


def comparable(t: Type) -> bool:
    """May two values be compared with ==, without a panic?"""
    u = t.under
    if isinstance(u, Array):
        return comparable(u.elem)
    if isinstance(u, Struct):
        return all(comparable(f) for _, f in u.fields)
    return not isinstance(u, Slice | Map | Func) and u is not ANY and u is not ERROR


def printable(t: Type) -> bool:
    """Does fmt show the same text for equal values (no addresses)?"""
    u = t.under
    if isinstance(u, Slice | Array):
        return printable(u.elem)
    if isinstance(u, Map):
        return printable(u.key) and printable(u.elem)
    if isinstance(u, Struct):
        return all(printable(f) for _, f in u.fields)
    return not isinstance(u, Pointer | Func)


@dataclass
class Method:
    name: str
    params: tuple[Type, ...]
    result: Type
    on_pointer: bool = False
    cost: int = 1


@dataclass
class Interface:
    """A declared interface with the types of the program that implement it."""

    type: Type
    method: Method
    implementers: list[Type] = field(default_factory=list)
