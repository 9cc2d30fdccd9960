# SPDX-License-Identifier: BSD-3-Clause
"""How compiled Go functions are called: the second half of docs/architecture.md section 3, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from gotk.compiler.lower.module.layout import MAX_FLOAT_RESULTS, MAX_LEAVES, Layout, Layouts
from gotk.compiler.types.model import Signature, Type


@dataclass(slots=True, eq=False)
class FuncABI:
    """The LLVM shape of a Go function.

    ``ret``: LLVM return type (``void`` if there is no result or ``sret``); ``sret``: results are stored through a leading ``ptr``
    parameter; ``result_types``; ``result_struct``: layout of ``{R1, R2, …}`` (for one result: of a struct with that one field), used by sret and result
    slots; ``param_types``: Go types, receiver first; ``param_llvm``: their LLVM types in the same order (``ptr`` for memory types);
    ``by_memory[i]``: that parameter is a pointer to a copy which the callee must not change.
    ``params`` is the complete LLVM parameter list, sret pointer included, context parameter not.
    """

    ret: str
    sret: bool
    result_types: list[Type]
    result_layouts: list[Layout]
    result_struct: Layout
    param_types: list[Type]
    param_llvm: list[str]
    by_memory: list[bool]

    @property
    def params(self) -> list[str]:
        return ["ptr", *self.param_llvm] if self.sret else self.param_llvm


def function_abi(layouts: Layouts, sig: Signature, recv: Type | None) -> FuncABI:
    """ABI of a function with this signature and, if not None, a receiver of type `recv` as first parameter."""
    param_types: list[Type] = [] if recv is None else [recv]
    param_types += [v.type for v in sig.params.vars]  # type: ignore[misc]
    param_llvm: list[str] = []
    by_memory: list[bool] = []
    for t in param_types:
        layout = layouts.of(t)
        memory = layout.leaves > MAX_LEAVES
        by_memory.append(memory)
        param_llvm.append("ptr" if memory else layout.llvm)
    result_types: list[Type] = [v.type for v in sig.results.vars]  # type: ignore[misc]
    result_layouts = [layouts.of(t) for t in result_types]
    struct = layouts.struct(list(result_types))
    sret = struct.leaves > MAX_LEAVES or struct.floats > MAX_FLOAT_RESULTS
    if sret or not result_types:
        ret = "void"
    elif len(result_types) == 1:
        ret = result_layouts[0].llvm
    else:
        ret = struct.llvm
    return FuncABI(
        ret, sret, result_types, result_layouts, struct, param_types, param_llvm, by_memory
    )
