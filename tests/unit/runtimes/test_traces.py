# SPDX-License-Identifier: BSD-3-Clause
"""Reading Go's panics and fatal errors."""

from __future__ import annotations

from gotk.errors import Frame, GoFatal, GoPanic
from gotk.runtimes.traces import error_of, parse_goroutines, translate

PANIC = """before
panic: first [recovered]
\tpanic: second

goroutine 7 [running]:
main.work({0x1, 0x2}, 0x3)
\tcell.go:5 +0x1d
main.main.func1()
\tcell.go:9 +0x22
created by main.main in goroutine 1
\tcell.go:8 +0x66
exit status 2
"""

DEADLOCK = """fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive, 2 minutes]:
main.main()
\tcell.go:3 +0x94

goroutine 6 gp=0xc000 m=nil [select (no cases)]:
main.(*T).run(...)
\t/tmp/x/cell.go:12
created by main.main in goroutine 1
\tcell.go:2 +0x86
"""


def test_a_panic_with_its_value_and_traces() -> None:
    error = error_of(PANIC, 2)
    assert isinstance(error, GoPanic)
    assert error.value == "first [recovered]\n\tpanic: second"
    (goroutine,) = error.goroutines
    assert (goroutine.id, goroutine.state) == (7, "running")
    assert goroutine.frames == (
        Frame("main.work", "cell.go", 5),
        Frame("main.main.func1", "cell.go", 9),
    )
    assert goroutine.created_by == Frame("main.main", "cell.go", 8)
    assert str(error).startswith("panic: first [recovered]")
    assert "main.work at cell.go:5" in str(error)


def test_a_fatal_error_with_all_goroutines() -> None:
    error = error_of(DEADLOCK, 2)
    assert isinstance(error, GoFatal)
    assert error.reason == "all goroutines are asleep - deadlock!"
    assert [g.state for g in error.goroutines] == ["chan receive, 2 minutes", "select (no cases)"]
    assert error.goroutines[1].frames[0].function == "main.(*T).run"


def test_only_exit_code_2_is_a_panic() -> None:
    assert error_of(PANIC, 0) is None
    assert error_of(PANIC, 1) is None
    assert error_of("no such thing", 2) is None


def test_the_last_message_counts() -> None:
    text = "panic: old\n\ngoroutine 1 [running]:\nmain.f()\n\tcell.go:1\n\npanic: new\n\ngoroutine 2 [running]:\n"
    error = error_of(text, 2)
    assert isinstance(error, GoPanic) and error.value == "new"


def test_stack_overflow_is_found_behind_its_preamble() -> None:
    text = (
        "runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0x1 stack=[0x2, 0x3]\n"
        "fatal error: stack overflow\n\nruntime stack:\nruntime.throw()\n\ngoroutine 1 [running]:\n"
        + "main.f(0x1)\n\tcell.go:4 +0x1\n"
        * 50
    )
    error = error_of(text, 2)
    assert isinstance(error, GoFatal) and error.reason == "stack overflow"
    assert "main.f at cell.go:4 (50 times)" in str(error)


def test_lines_are_translated_and_other_files_are_not() -> None:
    text = "at /a/b/cell.go:3 +0x1 and other.go:3 and cell.go:10"
    assert (
        translate(text, "cell.go", "x.go", lambda n: n + 1)
        == "at x.go:4 +0x1 and other.go:3 and x.go:11"
    )


def test_plumbing_frames_are_left_out() -> None:
    text = "goroutine 1 [running]:\ngotk/internal/cell.Record()\n\trecords.go:1\nmain.main()\n\tcell.go:2\n"
    (goroutine,) = parse_goroutines(text)
    assert goroutine.frames == (Frame("main.main", "cell.go", 2),)
