# SPDX-License-Identifier: BSD-3-Clause
"""Programs on real Go: what comes back, and how it ends. The same expectations hold for
the other runtimes.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import gotk
from gotk.runtimes.base import RUNTIMES
from gotk.runtimes.go import find_go


@pytest.fixture(params=RUNTIMES)
def runtime(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "go" and find_go() is None:
        pytest.skip("no Go toolchain")
    return name


Run = Callable[..., gotk.Run]


@pytest.fixture
def run(runtime: str) -> Run:
    """Runs a source on the runtime."""
    return lambda source, **options: gotk.Program(source).run(runtime, **{"timeout": 60, **options})


def test_output_metrics_and_summary(run: Run, runtime: str) -> None:
    result = run(
        'println("err")\nfmt.Println("out")\ndone := make(chan bool)\ngo close(done)\n<-done'
    )
    assert (result.stdout, result.stderr) == ("out\n", "err\n")
    assert sorted(result.output.split()) == ["err", "out"]
    metrics = result.metrics
    assert metrics["goroutines_created"] == 2
    assert metrics["threads_created"] >= 1
    assert 0 < metrics["main_ns"] < metrics["wall_ns"]
    assert 1 << 20 < metrics["peak_rss_bytes"] < 64 << 20
    assert pd.isna(metrics["bytes_per_goroutine"]) == (runtime == "go")
    assert str(metrics.dtype) == "Int64"
    assert "GOMAXPROCS=" in result.summary and "2 goroutines" in result.summary
    assert result.runtime_metrics["/sched/gomaxprocs:threads"] == result.gomaxprocs
    assert gotk.last_run() is result


@pytest.mark.parametrize("runtime", ["gotk", "threads"])
def test_goroutines_tell_who_made_them_and_what_they_run(run: Run, runtime: str) -> None:
    table = run(
        """func worker[T any](done chan T, x T) { done <- x }

func main() {
    done := make(chan int)
    go worker(done, 1)
    <-done
    var wg sync.WaitGroup
    wg.Go(func() {
        go func(n int) { done <- n }(2)
        <-done
    })
    wg.Wait()
}"""
    ).goroutines
    assert list(table["creator"].astype(object).where(table["creator"].notna(), None)) == [
        None, "cell.go:5", "cell.go:8", "cell.go:9",
    ]  # fmt: skip
    assert list(table["name"])[:2] == ["main.main", "main.worker[int]"]
    assert list(table["name"])[3] == "main.main.func1.1"


@pytest.mark.parametrize("runtime", ["gotk", "threads"])
@pytest.mark.parametrize("gomaxprocs", [1, 2])
def test_most_goroutines_at_once_is_exact(run: Run, runtime: str, gomaxprocs: int) -> None:
    result = run(
        """for range 3 {
            var wg sync.WaitGroup
            gate := make(chan int)
            for range 100 {
                wg.Go(func() { <-gate })
            }
            close(gate)
            wg.Wait()
        }
        for range 500 {
            var wg sync.WaitGroup
            wg.Go(func() {})
            wg.Wait()
        }""",
        gomaxprocs=gomaxprocs,
    )
    # An end is accounted a moment after its Done has been seen: in two CPUs' interleaving the next may begin before it.
    assert 101 <= result.metrics["max_goroutines"] <= 101 + gomaxprocs


def test_gomaxprocs_seed_args_and_env(run: Run, runtime: str) -> None:
    source = 'fmt.Println(runtime.GOMAXPROCS(0), gotk.Seed(), os.Args[1:], os.Getenv("X"))'
    result = run(source, gomaxprocs=3, seed=42, args=["a", 1], env={"X": "y"})
    assert result.output == "3 42 [a 1] y\n"
    row = result.circumstances.iloc[0]
    assert (row["gomaxprocs_asked"], row["gomaxprocs"], row["seed"], row["runtime"]) == (
        3,
        3,
        42,
        runtime,
    )
    assert row["kernel"] and (row["go"] or "").startswith("go1.") == (runtime == "go")


@pytest.mark.parametrize("given", ["ab\nüc", "ab\nüc".encode(), "x" * 300_000, "", None], ids=["str", "bytes", "more than a pipe holds", "empty", "none"])
def test_stdin_is_read_to_its_end(run: Run, given: str | bytes | None) -> None:
    source = """
        lines, bytes := 0, 0
        in := bufio.NewReader(os.Stdin)
        for {
            line, err := in.ReadString('\\n')
            bytes += len(line)
            if err != nil {
                fmt.Println(lines, bytes, line[max(0, len(line)-3):], err)
                return
            }
            lines++
        }"""
    text = given.decode() if isinstance(given, bytes) else given or ""
    last = text.split("\n")[-1].encode()[-3:].decode()
    assert run(source, stdin=given).output == f"{text.count(chr(10))} {len(text.encode())} {last} EOF\n"


def test_records_of_all_kinds(run: Run) -> None:
    result = run(
        "type Celsius float32\ntype Name string\n"
        'gotk.Record("i", -3)\ngotk.Record("u", uint64(1)<<63)\ngotk.Record("f", 2.5)\ngotk.Record("d", time.Second)\n'
        'gotk.Record("c", Celsius(1.5))\ngotk.Record("s", Name("é"))\ngotk.Record("b", true)\ngotk.Record("i", int8(4))\n'
    )
    frame = result.records
    assert list(frame["name"]) == ["i", "u", "f", "d", "c", "s", "b", "i"]
    assert list(frame["value"]) == [-3, 1 << 63, 2.5, 10**9, 1.5, "é", 1, 4]
    assert (frame["t_ns"].diff().dropna() >= 0).all()
    assert list(frame.columns) == ["run_id", "seq", "name", "value", "t_ns"]


def test_numeric_records_are_float64(run: Run) -> None:
    frame = run('gotk.Record("i", 3)').records
    assert frame["value"].dtype == np.float64
    assert run("println()").records.empty


def test_many_records_from_many_goroutines(run: Run) -> None:
    result = run(
        'var wg sync.WaitGroup\nfor g := range 8 { wg.Go(func() { for i := range 20000 { gotk.Record("x", g*20000+i) } }) }\nwg.Wait()'
    )
    values = result.record_values("x")
    assert sorted(values) == list(range(160_000))
    assert list(result.records["seq"]) == list(range(160_000))


def test_records_survive_every_end(run: Run) -> None:
    for end, error in (
        ("os.Exit(3)", gotk.GoExit),
        ('panic("x")', gotk.GoPanic),
        ("go func() { panic(1) }()\nselect {}", gotk.GoPanic),
        ("select {}", gotk.GoFatal),
        ("for {}", gotk.RunTimeout),
    ):
        with pytest.raises(error) as caught:
            run(f'gotk.Record("a", 1)\nx := 2\ngotk.Record("a", x)\n{end}', timeout=5)
        assert caught.value.run.record_values("a") == [1, 2], end


def test_a_wrong_record_is_a_panic_that_names_it(run: Run) -> None:
    with pytest.raises(gotk.GoPanic, match=r"value of a must be a number or a string, not \[\]int"):
        run('gotk.Record("a", []int{1})')


INPUTS: dict[str, Any] = {
    "i": 3,
    "big": 2**64 - 1,
    "f": -0.0,
    "inf": float("-inf"),
    "nan": float("nan"),
    "s": 'a"\n\\`é日\x00',
    "b": True,
    "z": 1 - 2j,
    "xs": [1, 2, 3],
    "words": ["a", ""],
    "nested": [[1.5], [], [2.0, 3.0]],
    "table": {"a": [1, 2], "b": []} | {"b": [3]},
    "small": np.array([1, -1], dtype=np.int16),
    "large": np.arange(100_000, dtype=np.float32),
    "matrix": np.arange(12.0).reshape(3, 4),
    "big_matrix": np.arange(60_000, dtype=np.uint8).reshape(300, 200),
    "flags": np.array([True, False]),
    "none": np.zeros(0),
    "blob": b"\x00\xff",
    "listed": list(range(1000)),
}


def test_inputs_come_back_as_outputs(run: Run) -> None:
    result = run("fmt.Println(len(xs))", inputs=INPUTS, outputs=list(INPUTS))
    for name, value in INPUTS.items():
        got = result.outputs[name]
        if isinstance(value, np.ndarray) or name in ("xs", "listed", "blob"):
            expected = (
                np.frombuffer(value, np.uint8) if isinstance(value, bytes) else np.asarray(value)
            )
            assert isinstance(got, np.ndarray), name
            assert got.dtype == expected.dtype and got.shape == expected.shape, name
            assert np.array_equal(got, expected), name
        elif name == "nested":
            assert [list(row) for row in got] == value
        elif name == "table":
            assert {key: list(item) for key, item in got.items()} == value
        elif name == "nan":
            assert np.isnan(got)
        else:
            assert got == value and type(got) is type(value), name
    assert np.signbit(result.outputs["f"])


def test_outputs_of_go_values(run: Run) -> None:
    result = run(
        "type P struct { X int; name string; next *P }\n"
        'p := P{1, "a", &P{X: 2}}\nvar nothing *P\nerr := fmt.Errorf("wrong %d", 1)\n'
        'anything := []any{1, "a", nil, 2.5, []int{1}}\nkeyed := map[P]bool{{X: 1}: true}\nc := make(chan int)\n'
        "array := [2][2]float64{{1, 2}, {3, 4}}\nunused := 1\nd := time.Second\n",
        outputs=["p", "nothing", "err", "anything", "keyed", "c", "array", "unused", "d"],
    ).outputs
    assert result["p"]["X"] == 1 and result["p"]["name"] == "a" and result["p"]["next"]["X"] == 2
    assert result["nothing"] is None and result["err"] == "wrong 1"
    assert result["anything"][:4] == [1, "a", None, 2.5]
    assert result["keyed"] == {(1, "", None): True}
    assert repr(result["c"]) == "<Go chan int>"
    assert result["array"].tolist() == [[1, 2], [3, 4]]
    assert (result["unused"], result["d"]) == (1, 10**9)


def test_outputs_are_written_at_os_exit_and_panic(run: Run) -> None:
    for end in ("os.Exit(1)", "panic(1)"):
        source = f"var n = 1\nfunc main() {{ n = 2; f() }}\nfunc f() {{ {end} }}\n"
        assert run(source, outputs=["n"], check=False).outputs == {"n": 2}


def test_parameters_and_inputs_for_a_whole_file(run: Run) -> None:
    source = 'package main // x\n\nimport "fmt"\n\nvar n = 1\nvar v []float64\n\nfunc main() { fmt.Println(n, v, w) }\n'
    assert run(source, params={"n": 2}, inputs={"v": [1, 2], "w": "x"}).output == "2 [1 2] x\n"


def test_a_replaced_initialiser_leaves_its_import_used(run: Run) -> None:
    source = 'import "math"\nvar x = math.Pi\nfmt.Println(x)'
    assert run(source, params={"x": 3}).output == "3\n"


def test_compile_errors_are_the_users_lines(run: Run) -> None:
    with pytest.raises(gotk.CompileError) as caught:
        run('x := 1\nfunc f() int { return "a" }\n\ty := undefined1 + f()\n')
    found = [(d.line, d.col, d.message) for d in caught.value.diagnostics]
    assert (1, 1, "declared and not used: x") in found
    assert (3, 2, "declared and not used: y") in found
    assert (3, 7, "undefined: undefined1") in found
    assert any(line == 2 and "cannot use" in message for line, _, message in found)
    assert "  3 | \ty := undefined1 + f()\n    | \t     ^" in str(caught.value)


def test_an_unknown_package_is_an_error_at_its_import(run: Run) -> None:
    with pytest.raises(gotk.CompileError) as caught:
        run('import "no/such"\nsuch.F()\n')
    diagnostic = caught.value.diagnostics[0]
    assert diagnostic.line == 1 and diagnostic.message.startswith("package no/such is not in ")


@pytest.mark.parametrize("name", ["cell.go", "a cell"])
def test_an_error_may_name_a_second_place(run: Run, runtime: str, name: str) -> None:
    source = "package main\n\nfunc main() {\n\tswitch 3 {\n\tcase 1:\n\tcase 1:\n\t}\n}\n"
    with pytest.raises(gotk.CompileError) as caught:
        gotk.Program(source, name=name).run(runtime)
    (error,) = caught.value.diagnostics
    assert (error.file, error.line, error.col) == (name, 6, 7)
    assert error.message.split("\n") == [
        "duplicate case 1 (constant of type int) in expression switch",
        f"\t{name}:5:7: previous case",
    ]


def test_many_errors_are_all_there_and_ten_are_shown(run: Run) -> None:
    with pytest.raises(gotk.CompileError) as caught:
        run("\n".join(f"a{n} := 1" for n in range(25)))
    assert len(caught.value.diagnostics) == 25
    assert str(caught.value).endswith("too many errors")


def test_a_program_without_main(run: Run) -> None:
    with pytest.raises(gotk.CompileError, match="function main is undeclared in the main package"):
        run("func f() {}")


def test_a_panic_in_a_moved_function_names_the_users_line(run: Run, runtime: str) -> None:
    source = "f(3)\n//go:noinline\nfunc f(n int) {\n\tvar s []int\n\tprintln(s[n])\n}\nprintln()\n"
    with pytest.raises(gotk.GoPanic) as caught:
        run(source)
    assert caught.value.value == "runtime error: index out of range [3] with length 0"
    frames = [(f.function, f.file, f.line) for f in caught.value.goroutines[0].frames]
    assert frames[0][1:] == ("cell.go", 5)
    if runtime == "go":  # our traces do not show inlined calls as frames of their own
        assert frames == [("main.f", "cell.go", 5), ("main.main", "cell.go", 1)]
    assert "cell.go:5" in caught.value.run.stderr


def test_a_deadlock(run: Run) -> None:
    with pytest.raises(gotk.GoFatal) as caught:
        run("ch := make(chan int)\n<-ch")
    assert caught.value.reason == "all goroutines are asleep - deadlock!"
    assert caught.value.goroutines[0].state == "chan receive"
    assert "main.main at cell.go:2" in str(caught.value)


def test_exit_codes(run: Run) -> None:
    with pytest.raises(gotk.GoExit) as caught:
        run("os.Exit(7)")
    assert (caught.value.code, caught.value.run.exit_code) == (7, 7)
    result = run("os.Exit(7)", check=False)
    assert result.exit_code == 7 and isinstance(result.error, gotk.GoExit)
    assert run("os.Exit(0)").error is None


def test_a_time_limit_keeps_what_was_printed(run: Run, runtime: str) -> None:
    start = time.monotonic()
    with pytest.raises(gotk.RunTimeout) as caught:
        gotk.Program('fmt.Println("before")\nfor {}').run(runtime, timeout=0.5)
    assert caught.value.run.output == "before\n"
    assert caught.value.run.stopped == "timeout"
    assert time.monotonic() - start < 20


def test_a_memory_limit(run: Run) -> None:
    source = "var all [][]byte\nfor { b := make([]byte, 1<<20); for i := range b { b[i] = 1 }; all = append(all, b) }"
    with pytest.raises(gotk.GoFatal, match=r"(?s)out of memory.*100 MiB"):
        run(source, memory_limit="100M")


def test_interrupt_stops_the_program_and_keeps_the_run(runtime: str) -> None:
    program = gotk.Program('gotk.Record("a", 1)\nfmt.Println("x")\nfor {}')
    pressed: list[float] = []

    def press(stream: str, text: str) -> None:
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt) as caught:
        program.run(runtime, timeout=60, on_output=press)
    assert time.monotonic() - pressed[0] < 1.5
    kept = caught.value.run  # type: ignore[attr-defined]
    assert kept is gotk.last_run() and kept.stopped == "interrupt"
    assert kept.record_values("a") == [1] and kept.output == "x\n"


def test_a_run_in_the_background(runtime: str) -> None:
    seen: list[str] = []
    program = gotk.Program(
        "for i := 0; ; i++ { fmt.Println(i); time.Sleep(10 * time.Millisecond) }"
    )
    result = program.start(runtime, on_output=lambda stream, text: seen.append(text), name="bg")
    until = time.monotonic() + 20
    while "2\n" not in "".join(seen) and time.monotonic() < until:
        time.sleep(0.01)
    assert not result.done and "running" in result.summary
    assert result.wait(0.01) is result and not result.done
    result.stop()
    assert result.done and result.stopped == "stop" and result.error is None
    assert result.output.startswith("0\n1\n2\n") and "".join(seen) == result.output
    assert result.summary.startswith(f"bg · {runtime}")


def test_errors_of_a_background_run_are_kept(runtime: str) -> None:
    result = gotk.Program("panic(1)").start(runtime).wait(60)
    assert isinstance(result.error, gotk.GoPanic) and result.error.run is result


def test_runs_and_errors_survive_pickling(run: Run) -> None:
    import pickle

    with pytest.raises(gotk.GoPanic) as caught:
        run('gotk.Record("a", 1)\npanic(1)')
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.run.record_values("a") == [1] and error.run.done
    assert error.run.metrics.equals(caught.value.run.metrics)


def test_an_unchanged_program_is_not_built_again(run: Run, runtime: str) -> None:
    program = gotk.Program(f"println({time.time_ns()})")
    first = program.run(runtime)
    second = program.run(runtime)
    assert second.compile_ns < first.compile_ns / 5


def test_strange_file_names_and_utf8_positions(run: Run, runtime: str) -> None:
    with pytest.raises(gotk.CompileError) as caught:
        gotk.Program('s := "é日" + 1', name="In[3].go").run(runtime)
    diagnostic = caught.value.diagnostics[0]
    assert (diagnostic.file, diagnostic.line) == ("In[3].go", 1)


def test_without_a_toolchain_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gotk.runtimes.go.find_go", lambda: None)
    with pytest.raises(gotk.RuntimeUnavailable, match=r"pip install \"gotk\[go\]\""):
        gotk.Program("println(1)").run("go")
