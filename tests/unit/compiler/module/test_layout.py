# SPDX-License-Identifier: BSD-3-Clause
"""Layouts agree with LLVM's own, and with what Go's rules say."""

from __future__ import annotations

import ctypes

import llvmlite.binding as llvm
import pytest

from gotk.compiler.lower.module.abi import function_abi
from gotk.compiler.lower.module.layout import Layouts
from gotk.compiler.target import module_header
from gotk.compiler.types.model import (
    Array,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    Var,
)
from gotk.compiler.types.predicates import BASICS

INT, INT8, INT32, STRING = BASICS["int"], BASICS["int8"], BASICS["int32"], BASICS["string"]
FLOAT32, COMPLEX64, BOOL = BASICS["float32"], BASICS["complex64"], BASICS["bool"]


def struct(*types: Type, names: str = "abcdefghijkl") -> Struct:
    return Struct([Var(n, t) for n, t in zip(names, types, strict=False)], [""] * len(types))


CASES = {
    "mixed": struct(INT8, INT32, INT8, INT, INT8),
    "strings": struct(STRING, BOOL, Slice(INT)),
    "complex": struct(BOOL, COMPLEX64, FLOAT32, INT8),
    "nested": struct(INT8, struct(INT8, INT32), Array(struct(INT8, INT), 3)),
    "empty last": struct(INT, struct()),
    "empty first": struct(struct(), INT8),
    "only empty": struct(struct(), Array(INT, 0)),
    "interfaces": struct(Interface([], []), Pointer(INT), Map(INT, INT)),
}


def llvm_sizes(text: str) -> tuple[int, int]:
    """Store size with padding and alignment of a type, as LLVM sees them."""
    llvm.initialize_native_target()
    module = llvm.parse_assembly(module_header("t") + f"@g = global {text} zeroinitializer\n")
    machine = llvm.Target.from_default_triple().create_target_machine()
    data = machine.target_data
    t = module.get_global_variable("g").global_value_type
    return data.get_abi_size(t), data.get_abi_alignment(t)


@pytest.mark.parametrize("name", CASES)
def test_sizes_are_llvms(name: str) -> None:
    layout = Layouts().of(CASES[name])
    assert (layout.size, layout.align) == llvm_sizes(layout.llvm)


def test_offsets_are_those_of_c() -> None:
    class C(ctypes.Structure):
        _fields_ = (
            ("a", ctypes.c_int8),
            ("b", ctypes.c_int32),
            ("c", ctypes.c_int8),
            ("d", ctypes.c_int64),
            ("e", ctypes.c_int8),
        )

    layout = Layouts().of(CASES["mixed"])
    assert layout.offsets == tuple(getattr(C, n).offset for n in "abcde")
    assert layout.size == ctypes.sizeof(C)


def test_final_empty_field_is_padded_and_only_there() -> None:
    layouts = Layouts()
    assert layouts.of(CASES["empty last"]).padded
    assert layouts.of(CASES["empty last"]).size == 16
    assert not layouts.of(CASES["empty first"]).padded
    assert layouts.of(CASES["only empty"]).size == 0


def test_pointer_prefix() -> None:
    layouts = Layouts()
    assert layouts.of(CASES["mixed"]).ptrbytes == 0
    assert layouts.of(struct(INT, STRING, INT)).ptrbytes == 16
    assert layouts.of(Array(struct(Pointer(INT), INT), 3)).ptrbytes == 40
    assert layouts.of(Array(Pointer(INT), 0)).ptrbytes == 0


def test_direct_and_equality() -> None:
    layouts = Layouts()
    assert layouts.of(struct(Pointer(INT))).direct
    assert layouts.of(Array(Map(INT, INT), 1)).direct
    assert not layouts.of(struct(Pointer(INT), struct())).direct
    assert not layouts.of(struct(INT)).direct
    assert layouts.of(struct(INT, INT)).memeq
    assert not layouts.of(struct(INT8, INT)).memeq, "padding is not compared"
    assert not layouts.of(struct(INT, names="_")).memeq, "blank fields are not compared"
    assert not layouts.of(struct(FLOAT32)).memeq, "-0 == +0"
    assert not layouts.of(struct(Slice(INT))).comparable


def test_memory_types_go_by_pointer() -> None:
    layouts = Layouts()
    small, large = Array(INT, 8), Array(INT, 9)
    sig = Signature(
        Tuple([Var("a", small), Var("b", large), Var("c", STRING)]), Tuple([Var("", STRING)])
    )
    abi = function_abi(layouts, sig, Pointer(INT))
    assert abi.params == ["ptr", "[8 x i64]", "ptr", "{ ptr, i64 }"]
    assert abi.by_memory == [False, False, True, False]
    assert (abi.ret, abi.sret) == ("{ ptr, i64 }", False)


@pytest.mark.parametrize(
    ("results", "ret", "sret"),
    [
        ([], "void", False),
        ([INT], "i64", False),
        ([INT, STRING], "{ i64, { ptr, i64 } }", False),
        ([Slice(INT), Slice(INT), STRING], "{ { ptr, i64, i64 }, { ptr, i64, i64 }, { ptr, i64 } }", False),
        ([Slice(INT), Slice(INT), Slice(INT)], "void", True),
        ([Array(INT, 9)], "void", True),
    ],
)
def test_results(results: list[Type], ret: str, sret: bool) -> None:
    sig = Signature(Tuple([]), Tuple([Var("", t) for t in results]))
    abi = function_abi(Layouts(), sig, None)
    assert (abi.ret, abi.sret) == (ret, sret)
    assert abi.params == (["ptr"] if sret else [])
