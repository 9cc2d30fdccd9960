# SPDX-License-Identifier: BSD-3-Clause
"""What today's Go makes of a file: the suite is of Go 1.19, and newer releases changed a few behaviours on purpose."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from conformance.suite import SuiteFile
from gotk.runtimes.go import find_go

_LIMIT_S = 120.0


def differs(file: SuiteFile) -> str | None:
    """How today's Go fails a file of kind ``run``; None if it passes, or if there is no Go."""
    go = find_go()
    if go is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gotk-conformance-") as folder:
        program = Path(folder, "program")
        built = _run([go, "build", *file.flags, "-o", str(program), str(file.path)], folder)
        if built is None:
            return "go build does not end"
        if built.returncode:
            lines = [line for line in built.stdout.splitlines() if not line.startswith("#")]
            return "does not compile: " + (lines[0].replace(f"{file.path.parent}/", "").removeprefix("./") if lines else "")
        ran = _run([str(program), *file.arguments], folder)
        if ran is None:
            return "does not end"
        if ran.returncode:
            return f"exit code {ran.returncode}: {ran.stdout.strip()[:160]}"
        if ran.stdout.replace("\r\n", "\n") != file.wanted_output():
            return "prints something else: " + first_difference(file.wanted_output(), ran.stdout)
    return None


def first_difference(wanted: str, found: str) -> str:
    """The first line that differs, as text for a reason."""
    ours, theirs = found.splitlines(), wanted.splitlines()
    for i in range(max(len(ours), len(theirs))):
        a = ours[i] if i < len(ours) else "nothing"
        b = theirs[i] if i < len(theirs) else "nothing"
        if a != b:
            return f"line {i + 1} is {a[:60]!r}, not {b[:60]!r}"
    return "another end of line"


def _run(command: list[str], folder: str) -> subprocess.CompletedProcess[str] | None:
    env = {k: v for k, v in os.environ.items() if k not in ("GOFLAGS", "GOROOT")}
    env |= {"GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "", "GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "0"}
    try:
        return subprocess.run(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", timeout=_LIMIT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
