# SPDX-License-Identifier: BSD-3-Clause
"""Descriptors, itabs, wrappers and thunks: valid IR, laid out as docs/architecture.md section 7 says."""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import pytest

from gotk.compiler.lower.module import descriptors
from gotk.compiler.lower.module.context import ModuleContext
from gotk.compiler.target import module_header
from gotk.compiler.types.model import (
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Package,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeName,
    Var,
)
from gotk.compiler.types.predicates import BASICS
from gotk.compiler.types.universe import ERROR

INT, STRING = BASICS["int"], BASICS["string"]


def signature(params: list[Type], results: list[Type], recv: Type | None = None) -> Signature:
    return Signature(
        Tuple([Var("", t) for t in params]),
        Tuple([Var("", t) for t in results]),
        recv=None if recv is None else Var("r", recv),
    )


class World:
    """A package with a few types, and the part of runtime that wrappers need."""

    def __init__(self, path: str = "main", name: str = "main") -> None:
        runtime = Package("runtime", "runtime")
        for fn, params in {"panicmem": [], "panicwrap": [STRING, STRING]}.items():
            runtime.scope.names[fn] = Func(fn, signature(list(params), []), runtime)
        self.package = Package(path, name)
        self.package.file_names = ["/src/prog.go"]
        self.methods: list[Func] = []
        self.mod = ModuleContext(self.package, runtime)

    def named(self, name: str, under: Type) -> Named:
        obj = TypeName(name, None, self.package)
        obj.type = named = Named(obj, under)
        self.package.scope.names[name] = obj
        return named

    def method(self, t: Named, name: str, params: list[Type], results: list[Type], *, ptr: bool = False) -> Func:
        fn = Func(name, signature(params, results, Pointer(t) if ptr else t), self.package, 1 << 20)
        fn.ptr_recv = ptr
        t.methods.append(fn)
        self.methods.append(fn)
        return fn

    def field(self, name: str, t: Type, *, embedded: bool = False) -> Var:
        var = Var(name, t, self.package)
        var.is_field, var.embedded = True, embedded
        return var

    def finish(self) -> llvm.ModuleRef:
        """The module, parsed and verified; its methods are declared."""
        text = self.mod.finish()
        for fn in self.methods:
            sig = fn.type
            assert isinstance(sig, Signature) and sig.recv is not None
            abi = self.mod.signature_abi(sig, sig.recv.type)
            symbol = self.mod.func_ref(fn)
            text += f"declare {abi.ret} {symbol}({', '.join(abi.params)})\n"
        module = llvm.parse_assembly(text)
        module.verify()
        return module


@pytest.mark.parametrize(
    ("text", "size"),
    [(descriptors._TYPE, 160), (descriptors._FIELD, 72), (descriptors._METHOD, 48)],
)
def test_records_have_the_sizes_of_the_contract(text: str, size: int) -> None:
    llvm.initialize_native_target()
    module = llvm.parse_assembly(module_header("t") + f"@g = global {text} zeroinitializer\n")
    data = llvm.Target.from_default_triple().create_target_machine().target_data
    assert data.get_abi_size(module.get_global_variable("g").global_value_type) == size


def test_offsets_of_a_descriptor() -> None:
    data = llvm.Target.from_default_triple().create_target_machine().target_data
    module = llvm.parse_assembly(module_header("t") + f"@g = global {descriptors._TYPE} zeroinitializer\n")
    t = module.get_global_variable("g").global_value_type
    offsets = [data.get_element_offset(t, i) for i in range(21)]
    assert offsets == [0, 8, 12, 13, 14, 15, 16, 32, 48, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152]


def make_everything(w: World) -> dict[str, Type]:
    point = w.named("Point", Struct([w.field("x", INT), w.field("y", INT)], ["", 'json:"y"']))
    w.method(point, "String", [], [STRING])
    w.method(point, "Move", [INT, STRING], [], ptr=True)
    big = w.named("Big", Struct([w.field("a", Array(INT, 20))], [""]))
    w.method(big, "Sum", [], [INT])
    w.method(big, "Grow", [Array(INT, 9)], [Slice(INT), Slice(INT), Slice(INT)], ptr=True)
    stringer = w.named("Stringer", Interface([Func("String", signature([], [STRING]), w.package)], []))
    inner = w.named("Inner", Struct([w.field("Point", point, embedded=True), w.field("Big", Pointer(big), embedded=True)], ["", ""]))
    outer = w.named("Outer", Struct([w.field("Inner", Pointer(inner), embedded=True)], [""]))
    dynamic = w.named("Dynamic", Struct([w.field("n", INT), w.field("Stringer", stringer, embedded=True)], ["", ""]))
    fn = w.named("F", signature([], []))
    w.method(fn, "Call", [INT], [INT, ERROR])
    return {
        "point": point,
        "big": big,
        "stringer": stringer,
        "inner": inner,
        "outer": outer,
        "dynamic": dynamic,
        "fn": fn,
        "map": Map(STRING, Slice(INT)),
        "chan": Chan("recv", INT),
        "unnamed": Struct([w.field("Point", Pointer(point), embedded=True)], [""]),
        "func": Signature(Tuple([Var("", Slice(INT))]), Tuple([]), True),
        "error": ERROR,
    }


def test_descriptors_of_all_kinds_verify() -> None:
    w = World()
    for t in make_everything(w).values():
        w.mod.type_desc(t)
        w.mod.type_desc(Pointer(t))
    module = w.finish()
    names = {g.name for g in module.global_variables}
    assert "type:main.Point" in names
    assert "type:map[string][]int" in names


def test_method_tables_hold_promoted_methods() -> None:
    w = World()
    types = make_everything(w)
    assert [m.func.name for m in w.mod.wrappers.method_set(types["outer"])] == ["Grow", "Move", "String", "Sum"]
    assert [m.func.name for m in w.mod.wrappers.method_set(types["point"])] == ["String"]
    assert [m.func.name for m in w.mod.wrappers.method_set(Pointer(types["point"]))] == ["Move", "String"]
    assert [m.func.name for m in w.mod.wrappers.method_set(types["dynamic"])] == ["String"]


def test_data_word_code() -> None:
    w = World()
    types = make_everything(w)

    def code(t: Type, name: str) -> str:
        entry = next(m for m in w.mod.wrappers.method_set(t) if m.func.name == name)
        return w.mod.wrappers.data_word_code(t, entry)

    assert code(types["point"], "String") == '@"main.Point.String.box"', "a box is loaded from"
    assert code(Pointer(types["point"]), "String") == '@"main.(*Point).String"'
    assert code(Pointer(types["point"]), "Move") == '@"main.(*Point).Move"', "no wrapper"
    assert code(types["big"], "Sum") == '@"main.Big.Sum"', "the box serves as the copy"
    assert code(Pointer(types["big"]), "Sum") == '@"main.(*Big).Sum"'
    assert code(types["fn"], "Call") == '@"main.F.Call"', "pointer-shaped"
    text = w.mod.finish()
    assert 'define linkonce_odr dso_local { ptr, i64 } @"main.(*Point).String"(ptr %recv)' in text
    assert "main.(*Point).Move\"(ptr %recv)" not in text
    box = re.search(r'define [^\n]*@"main\.Point\.String\.box".*?\n}', text, re.DOTALL)
    assert box is not None and "panic" not in box[0], "a box is not nil"


def test_allocas_of_wrappers_are_in_the_entry_block() -> None:
    """Elsewhere they would be dynamic, and each call would grow the stack through the runtime."""
    w = World()
    types = make_everything(w)
    w.mod.type_desc(Pointer(types["big"]))
    module = w.finish()
    found = 0
    for function in module.functions:
        for i, block in enumerate(function.blocks):
            for instruction in block.instructions:
                if instruction.opcode == "alloca":
                    found += 1
                    assert i == 0, function.name
    assert found > 0


def test_recover_token_is_passed_through_dynamic_wrappers() -> None:
    w = World()
    types = make_everything(w)
    w.mod.type_desc(types["dynamic"])
    text = w.mod.finish()
    body = re.search(r'define [^\n]*@"main\.Dynamic\.String\.box".*?\n}', text, re.DOTALL)
    assert body is not None and "@gotk_go_passtoken" in body[0]


def test_thunks_verify() -> None:
    w = World()
    types = make_everything(w)
    for key in ("point", "big", "fn"):
        t = types[key]
        assert isinstance(t, Named)
        for m in t.methods:
            w.mod.method_value_thunk(Pointer(t) if m.ptr_recv else t, m)
    iface = types["stringer"]
    w.mod.method_value_thunk(iface, w.mod.iface_methods(iface)[0])
    for key, name in (("point", "String"), ("outer", "Sum"), ("stringer", "String"), ("dynamic", "String")):
        w.mod.method_expr(types[key], name, w.package)
    w.mod.method_expr(Pointer(types["point"]), "String", w.package)
    w.finish()


def test_other_packages_types_are_declared_not_defined() -> None:
    w = World()
    other = World("lib/geo", "geo")
    t = make_everything(other)["point"]
    w.mod.type_desc(t)
    w.mod.type_desc(Pointer(t))
    w.mod.itab(t, Interface([Func("String", signature([], [STRING]), w.package)], []))
    w.mod.type_desc(Slice(t))
    text = w.mod.finish()
    assert '@"type:lib/geo.Point" = external' in text
    assert '@"type:*lib/geo.Point" = external' in text
    assert '@"type:[]lib/geo.Point" = linkonce_odr' in text
    assert 'declare dso_local { ptr, i64 } @"lib/geo.Point.String.box"(ptr)' in text
    llvm.parse_assembly(text).verify()


def test_libraries_define_their_types_and_wrappers_for_others() -> None:
    w = World("lib/geo", "geo")
    make_everything(w)
    w.mod.descriptors.define_own()
    text = w.mod.finish()
    assert re.search(r'^@"type:lib/geo.Point" = dso_local constant', text, re.MULTILINE)
    assert 'define weak_odr dso_local { ptr, i64 } @"lib/geo.(*Point).String"' in text
