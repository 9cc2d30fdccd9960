# SPDX-License-Identifier: BSD-3-Clause
"""The exported API of golib's packages beside that of Go's own: what golib lacks is exactly what golib/missing.txt says, what it has, has Go's types."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import gotk
from gotk.compiler import missing, sources
from gotk.runtimes.go import find_go

GO = find_go()
HERE = Path(__file__).resolve().parent

#: Declared in another way than Go's: its own are aliases of a package that golib has not got.
DIFFERENT = {f"encoding/json.{name}" for name in ("RawMessage", "Marshaler", "Unmarshaler")}

#: Methods that Go's types have from there.
PROMOTED = {f"encoding/json.{name}" for name in ("RawMessage.MarshalJSON", "RawMessage.UnmarshalJSON", "RawMessage.String", "Marshaler.MarshalJSON", "Unmarshaler.UnmarshalJSON")}

#: Ours alone, or not part of Go's standard library.
OWN = ("gotk", "internal", "golang.org", "syscall")


def dump(packages: dict[str, str], folder: Path) -> dict[str, str]:
    """`path.Name` -> what it is, for packages given by path -> folder ("": the standard one)."""
    assert GO is not None
    env = os.environ | {"GOTOOLCHAIN": "local", "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod"}
    args = [f"{path}={place}" for path, place in packages.items()]
    done = subprocess.run(
        [GO, "run", str(HERE / "apidump.go"), *args], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-4000:]
    rows = (line.split("\t") for line in done.stdout.splitlines())
    # An interface's unexported methods are nobody's business.
    return {f"{path}.{name}": what for path, name, what in rows if name.rpartition(".")[2][:1].isupper()}


@pytest.mark.skipif(GO is None, reason="needs the Go toolchain (pip install gotk[go])")
def test_api_is_go_s_but_for_what_missing_txt_says(tmp_path: Path) -> None:
    folders = {
        path: str(sources.GOLIB_ROOT / path)
        for path in sources.find_files(sources.GOLIB_ROOT)
        if path.split("/")[0] not in OWN and "/internal/" not in f"/{path}/"
    }
    ours, theirs = dump(folders, tmp_path), dump(dict.fromkeys(folders, ""), tmp_path)
    assert len(theirs) > 2000
    lacking = set(theirs) - set(ours)
    listed = set(missing.names())
    assert sorted(lacking - listed) == [], "golib lacks these; write them, or list them in golib/missing.txt with the reason"
    assert sorted(listed - lacking) == [], "listed in golib/missing.txt, but golib has them, or Go has not"
    assert sorted(set(ours) - set(theirs) - PROMOTED) == [], "exported by golib alone"
    assert {k: (ours[k], v) for k, v in theirs.items() if ours.get(k, v) != v and k not in DIFFERENT} == {}, "other types than Go's"


def test_use_of_what_is_missing_names_the_way_out() -> None:
    name = sorted(n for n in missing.names() if n.startswith("os.") and n.count(".") == 1)[0]
    with pytest.raises(gotk.CompileError) as caught:
        gotk.Program(f'package main\nimport "os"\nfunc main() {{ _ = {name} }}\n').check()
    assert "--runtime go" in str(caught.value)
