# SPDX-License-Identifier: BSD-3-Clause
"""Cells of tests and benchmarks: what they print and measure, on every runtime; package testing beside Go's own."""

from __future__ import annotations

import re

import pytest

import gotk
from gotk.errors import GoExit
from gotk.runtimes.go import find_go

RUNTIMES = ["gotk", "threads", pytest.param("go", marks=pytest.mark.skipif(find_go() is None, reason="no Go toolchain"))]

CELL = """
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func TestFib(t *testing.T) {
	t.Log("ten", fib(10))
	t.Run("sub", func(t *testing.T) { t.Skip("later") })
}

func BenchmarkDropped(b *testing.B) {
	for i := 0; i < b.N; i++ {
		fib(12)
	}
}

func BenchmarkAssigned(b *testing.B) {
	for b.Loop() {
		x := fib(12)
		_ = x
	}
}

func BenchmarkSub(b *testing.B) {
	for _, n := range []int{64, 128} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			b.SetBytes(int64(n))
			b.ReportMetric(2.5, "x/op")
			for range b.N {
				sink = make([]byte, n)
			}
		})
	}
}

var sink []byte
"""


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_cell_of_benchmarks_gives_a_table(runtime: str) -> None:
    run = gotk.Program(CELL).run(runtime, 2, args=["-test.benchtime=300x"])
    table = run.benchmarks
    assert list(table.columns) == [
        "run_id", "name", "procs", "n", "ns_per_op", "bytes_per_op", "allocs_per_op", "MB_per_s", "x_per_op",
    ]  # fmt: skip
    assert list(table["name"]) == ["BenchmarkDropped", "BenchmarkAssigned", "BenchmarkSub/n=64", "BenchmarkSub/n=128"]
    assert list(table["procs"]) == [2] * 4
    assert list(table["n"]) == [300] * 4
    # Go's collector may allocate something for itself within so few iterations.
    slack = 40 if runtime == "go" else 0
    for have, want in zip(table["bytes_per_op"], [0, 0, 64, 128], strict=True):
        assert want <= have <= want + slack
    assert list(table["allocs_per_op"]) == [0, 0, 1, 1]
    assert table["x_per_op"].isna().sum() == 2
    # 465 calls: not even our compiler may find that nobody needs the results.
    assert (table["ns_per_op"][:2] > 100).all()
    assert {"goos: linux", "pkg: main", "PASS"} <= set(run.stdout.splitlines())
    assert re.search(r"^BenchmarkDropped-2 +\t +300\t +[\d.]+ ns/op\t +\d+ B/op\t +0 allocs/op$", run.stdout, re.M)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_examples_are_checked(runtime: str) -> None:
    source = """
func ExampleGood() {
	fmt.Println("one\\ntwo")
	// Output:
	// one
	// two
}
func ExampleBad() {
	fmt.Println("one")
	// Output: two
}
"""
    run = gotk.Program(source).run(runtime, check=False)
    assert run.exit_code == 1
    assert "--- PASS: ExampleGood" in run.stdout
    assert re.search(r"--- FAIL: ExampleBad .*\ngot:\none\nwant:\ntwo\nFAIL\n", run.stdout)


def test_one_proc_has_no_suffix() -> None:
    source = 'func BenchmarkX(b *testing.B) { b.Run("n-16", func(b *testing.B) { for b.Loop() {} }) }'
    table = gotk.Program(source).run(gomaxprocs=1, args=["-test.benchtime=5x"]).benchmarks
    assert list(table["name"]) == ["BenchmarkX/n-16"]
    assert list(table["procs"]) == [1]


def test_flags_choose_what_runs() -> None:
    run = gotk.Program(CELL).run(args=["-test.bench=^$", "-test.run=Fib/none"])
    assert run.benchmarks.empty
    assert "sub" not in run.stdout
    assert list(run.benchmarks.columns)[:2] == ["run_id", "name"]


def test_a_failing_test_fails_the_run() -> None:
    with pytest.raises(GoExit):
        gotk.Program('func TestX(t *testing.T) { t.Error("no") }').run()


def test_outputs_need_a_main() -> None:
    with pytest.raises(gotk.UsageError, match="func main"):
        gotk.Program("var n = 1\nfunc TestX(t *testing.T) { n++ }").run(outputs=["n"])


PROGRAM = """package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

func helper(t *testing.T, x int) { t.Helper(); t.Logf("helper %d", x) }

func TestPass(t *testing.T) { t.Log("hello", 1) }
func TestFail(t *testing.T) {
	t.Errorf("bad %d\\nsecond", 2)
	if t.Failed() {
		t.Fatal("fatal")
	}
	t.Log("not reached")
}
func TestSkip(t *testing.T) { t.Skip("not now"); t.Fatal() }
func TestSub(t *testing.T) {
	for _, n := range []string{"a", "b b", "a", "", "", "x/y"} {
		t.Run(n, func(t *testing.T) {
			t.Log(t.Name())
			if n == "b b" {
				t.Fail()
			}
		})
	}
	fmt.Println("printed")
	t.Run("deep", func(t *testing.T) {
		t.Run("er", func(t *testing.T) { helper(t, 3) })
	})
	t.Log("after")
}
func TestPar(t *testing.T) {
	done := make(chan bool)
	t.Run("group", func(t *testing.T) {
		t.Run("a", func(t *testing.T) { t.Parallel(); done <- true })
		t.Run("b", func(t *testing.T) { t.Parallel(); <-done })
		t.Log("end of function")
	})
	t.Log("both done")
}
func TestClean(t *testing.T) {
	t.Cleanup(func() { t.Log("cleanup 1") })
	t.Cleanup(func() { t.Log("cleanup 2", t.Context().Err()) })
	d := t.TempDir()
	if err := os.WriteFile(d+"/x", []byte("y"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOTK_T", "1")
	fmt.Fprintln(t.Output(), "to output")
	fmt.Fprint(t.Output(), "partial")
	t.Log(os.Getenv("GOTK_T"), t.Context().Err())
	if _, ok := t.Deadline(); ok {
		t.Error("deadline")
	}
	t.Run("sub", func(t *testing.T) { t.Fatal(errors.New("sub error")) })
}

func match(pat, s string) (bool, error) { return pat == "" || pat == "." || strings.Contains(s, pat), nil }

func main() {
	tests := []testing.InternalTest{{"TestPass", TestPass}, {"TestFail", TestFail}, {"TestSkip", TestSkip}, {"TestSub", TestSub},
		{"TestPar", TestPar}, {"TestClean", TestClean}}
	say := func() { fmt.Println("x\\ny") }
	testing.Main(match, tests, []testing.InternalBenchmark{{"BenchmarkFail", func(b *testing.B) { b.Fatal("no") }}},
		[]testing.InternalExample{{"ExampleA", say, "x\\ny\\n", false}, {"ExampleB", say, "y\\nx\\n", true}, {"ExampleC", say, "y\\nx\\n", false}})
}
"""


def normalized(text: str) -> list[str]:
    """Without times, and without what depends on which parallel test came first."""
    lines = re.sub(r"\(\d+\.\d\ds\)", "(T)", text).splitlines()
    moving = [line for line in lines if re.search(r"TestPar/group/[ab]", line) and not line.startswith("=== NAME")]
    return [line for line in lines if not re.search(r"TestPar/group/[ab]", line)] + sorted(moving)


@pytest.mark.skipif(find_go() is None, reason="no Go toolchain")
@pytest.mark.parametrize(
    "args",
    [["-test.v"], [], ["-test.v", "-test.run=Sub/a"], ["-test.failfast"], ["-test.list=S"], ["-test.run=zz"], ["-test.bench=."],
     ["-test.v", "-test.count=2", "-test.run=Pass", "-test.cpu=1,2"], ["-test.v", "-test.skip=Sub|Par|Example"]],
)  # fmt: skip
def test_package_testing_prints_what_gos_does(args: list[str]) -> None:
    program = gotk.Program(PROGRAM)
    ours, theirs = (program.run(runtime, 2, args=args, check=False) for runtime in ("gotk", "go"))
    assert normalized(ours.stdout) == normalized(theirs.stdout)
    assert ours.stderr == theirs.stderr
    assert ours.exit_code == theirs.exit_code
