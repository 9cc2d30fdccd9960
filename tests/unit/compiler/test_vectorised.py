# SPDX-License-Identifier: BSD-3-Clause
"""Plain loops become vector instructions: preemption costs them nothing, and bounds checks that say nothing new are gone."""

from __future__ import annotations

import platform
import re

import pytest

from gotk.compiler.build import compile_program
from gotk.compiler.llvm.host import Emitter

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="looks for x86-64 instructions")

PROGRAM = """package main

func addFloats(a, b []float64) {
	b = b[:len(a)]
	for i := range a {
		a[i] += b[i]
	}
}

func scale(a []float64, f float64) {
	for i := 0; i < len(a); i++ {
		a[i] *= f
	}
}

func sum(a []int) (s int) {
	for _, x := range a {
		s += x
	}
	return s
}

func row(c, other []float64, x float64) {
	for j := range c {
		c[j] += x * other[j]
	}
}

func chain(a []float64) (s float64) {
	for _, x := range a {
		s += x
	}
	return s
}

func fused(a, b, c float64) float64 { return a*b + c }

func main() {
	a, b := make([]float64, 100), make([]float64, 100)
	addFloats(a, b)
	scale(a, 2)
	row(a, b, 3)
	println(sum([]int{1, 2}), chain(a), fused(a[0], b[0], a[1]))
}
"""


@pytest.fixture(scope="module")
def assembly() -> str:
    text = compile_program([("vector.go", PROGRAM.encode())])[1]
    # As golib's objects are made, so that the test says the same on every x86-64.
    return Emitter().compile("assembly", text, 2, "x86-64-v3")[0].decode()


def body(assembly: str, name: str) -> str:
    found = re.search(rf"^main\.{name}:\n(.*?)^\s*\.size\s+main\.{name},", assembly, re.M | re.S)
    assert found, name
    return found[1]


@pytest.mark.parametrize(("name", "instruction"), [("addFloats", "vaddpd"), ("scale", "vmulpd"), ("sum", "vpaddq"), ("row", "vmulpd")])
def test_plain_loops_are_vectorised(assembly: str, name: str, instruction: str) -> None:
    assert re.search(rf"{instruction}\s.*%ymm", body(assembly, name)), f"no {instruction} in {name}"


def test_sums_of_floats_keep_their_order(assembly: str) -> None:
    assert not re.search(r"v(add|hadd)pd", body(assembly, "chain"))


def test_products_and_sums_are_not_fused(assembly: str) -> None:
    """Go on amd64 rounds the product, so that results are the same everywhere."""
    assert not re.search(r"vfn?m(add|sub)", assembly)
