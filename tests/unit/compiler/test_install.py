# SPDX-License-Identifier: BSD-3-Clause
"""An installation brings golib compiled: a new user's first cell does not wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gotk.compiler import packages
from gotk.compiler.llvm import cache

# -P: the very gotk that the tests use, whatever the working directory holds.
_GOTK = str(Path(cache.__file__).resolve().parents[3])


def run(code: str, tmp_path: Path, **env: str) -> str:
    full = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "home"), "PYTHONPATH": _GOTK, **env}
    full.pop("GOTK_CACHE_DIR", None)
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], env=full, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_compiled_ahead_is_not_compiled_again(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    # errors is a small package; runtime and what it needs come with it.
    command = [sys.executable, "-m", "gotk.compiler.precompile", "-q", "--into", str(shipped), "errors"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": _GOTK}, timeout=120)
    assert sorted(p.name for p in shipped.iterdir()) == ["golib", "objects"]
    subprocess.run(["chmod", "-R", "a-w", str(shipped)], check=True)
    out = run(
        f"""
        from pathlib import Path
        from gotk.compiler.llvm import cache
        cache.SHIPPED = Path({str(shipped)!r})
        from gotk.compiler.build import build_program
        objects = build_program([("p.go", b'package main\\n\\nimport "errors"\\n\\nfunc main() {{ println(errors.New("x").Error()) }}\\n')]).objects
        print([Path(o).is_relative_to(cache.SHIPPED) for o in objects])
        print(sorted(p.name for p in cache.cache_dir().iterdir()))
        """,
        tmp_path,
    )
    lines = out.splitlines()
    places = eval(lines[0])
    assert places == [True] * (len(places) - 1) + [False], "all but the program itself"
    assert lines[1] == "['index', 'objects']"


def test_another_machine_has_other_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    here = cache.object_path("ir")
    assert cache.object_path("ir", cpu="x86-64-v3") != here
    tag = cache.machine_tag()
    host = Path(cache.__file__).with_name("host.py")
    assert cache.digest(host.read_bytes()) in tag, "another pipeline makes other objects"
    monkeypatch.setattr(cache, "_cpuinfo", lambda: ("model name: another", "flags: sse2"))
    cache.machine_tag.cache_clear()
    cache.library_cpu.cache_clear()
    try:
        assert cache.machine_tag() != tag
        assert cache.library_cpu() is None, "without AVX2 golib is compiled for the CPU that there is"
    finally:
        cache.machine_tag.cache_clear()
        cache.library_cpu.cache_clear()


def test_the_first_cell_after_an_installation_answers_within_two_seconds(tmp_path: Path) -> None:
    entry = packages.Library._entry(packages.shared().index["fmt"]).relative_to(cache.cache_dir())
    if cache.SHIPPED is None or not (cache.SHIPPED / entry).is_file():
        pytest.skip("these sources were not installed (make test does): nothing was compiled ahead for them")
    out = run(
        """
        import time
        start = time.perf_counter()
        import gotk
        run = gotk.Program('words := strings.Fields("b a"); sort.Strings(words); fmt.Println(words)').run()
        print(run.stdout.strip(), time.perf_counter() - start)
        """,
        tmp_path,
    )
    text, _, seconds = out.strip().rpartition(" ")
    assert text == "[a b]"
    assert float(seconds) < 2
