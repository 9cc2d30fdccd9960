# SPDX-License-Identifier: BSD-3-Clause
"""The Go benchmark format, read."""

from __future__ import annotations

from gotk.benchmarks import parse_benchmarks
from gotk.compiler.source.tests import GoTest, find_tests
from gotk.compiler.source.tree import parse_tree


def test_lines_become_rows() -> None:
    text = """goos: linux
BenchmarkA-8   \t    1000\t      12.5 ns/op\t  10 B/op\t       1 allocs/op
BenchmarkA/n=3-16 \t 5 \t 1e+06 ns/op\t 2.00 MB/s\t 3.5 my-unit
Benchmark of nothing
BenchmarkOdd 5 ns/op
BenchmarkNoMetric-2 10
--- FAIL: BenchmarkB
BenchmarkEnd 7 3 ns/op\r
"""
    assert parse_benchmarks(text) == [
        {"name": "BenchmarkA", "procs": 8, "n": 1000, "ns_per_op": 12.5, "bytes_per_op": 10.0, "allocs_per_op": 1.0},
        {"name": "BenchmarkA/n=3", "procs": 16, "n": 5, "ns_per_op": 1e6, "MB_per_s": 2.0, "my-unit": 3.5},
        {"name": "BenchmarkEnd", "procs": 1, "n": 7, "ns_per_op": 3.0},
    ]
    assert parse_benchmarks(text, suffixed=False)[0]["name"] == "BenchmarkA-8"


def test_functions_are_found_as_go_test_finds_them() -> None:
    source = b"""
func TestA(t *testing.T) {}
func Test(t *testing.T) {}
func Testify(t *testing.T) {}
func Test_x(t *testing.T) {}
func TestB(b *testing.B) {}
func TestResult(t *testing.T) int { return 1 }
func TestMain(m *testing.M) {}
func BenchmarkA(*testing.B) {}
func Benchmarking(b *testing.B) {}
func BenchmarkOther(b *other.B) {}
func (x X) TestMethod(t *testing.T) {}
func TestTwo(t, u *testing.T) {}
"""
    nodes = parse_tree(source).named_children
    assert [t.name for t in find_tests(nodes, {})] == ["TestA", "Test", "Test_x", "BenchmarkA"]
    other = find_tests(nodes, {"testing": "example.com/testing", "other": "testing"})
    assert [t.name for t in other] == ["BenchmarkOther"]


def test_examples_say_what_they_print() -> None:
    source = b"""
func ExampleA() {
	fmt.Println("a")
	// Output: a
}
func ExampleLines() {
	fmt.Println("b\\n  c")
	// a comment

	// unordered Output:
	// b
	//   c
}
func ExampleSilent() { fmt.Println() }
func ExampleOther() {
	// Output is not said
}
func ExampleWith(x int) {
	// Output: 1
}
"""
    found = find_tests(parse_tree(source).named_children, {})
    assert found == [GoTest("Example", "ExampleA", "a"), GoTest("Example", "ExampleLines", "b\n  c", True)]
