# SPDX-License-Identifier: BSD-3-Clause
"""Build a Go module in which real Go runs the golib packages that stand on our runtime, next to the standard ones.

The runtime's Go packages need natives of the C library. Here each function without a body gets one that calls a shim:
`//gotk:native NAME` calls `shim_NAME`, defined in shims/PACKAGE.go; an atomic intrinsic calls the function of the
standard sync/atomic. Packages are copied to `gotk.test/rt/PATH`; imports of copied packages are rewritten. Tests are the
files of difftests/.
"""

from __future__ import annotations

import pathlib
import re
import shutil

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "gotk/golib/src"
MODULE = "gotk.test"

#: Copied packages; all other imports are the standard ones.
PACKAGES = ("runtime", "sync", "time", "context")

#: Packages that the copies import from shims/NAME.go instead.
SHIMMED = {"internal/rtype": "rtype"}

_IMPORT = re.compile(r'^(\s*(?:import\s+)?(?:[\w.]+\s+)?)"([\w./]+)"\s*$', re.M)
_BODYLESS = re.compile(
    r"^//gotk:(native|intrinsic) (\S+)\n((?://.*\n)*)func (\w+)\((.*?)\)(.*?)$", re.M
)
_ATOMICS = {"atomic.add.32": "atomic.AddUint32"}


def _names(params: str) -> str:
    return ", ".join(p.split()[0] for p in params.split(",") if p.strip())


def rewrite(text: str) -> str:
    """Return a source file's text as it stands in the test module."""
    atomics = False

    def body(match: re.Match[str]) -> str:
        nonlocal atomics
        kind, name, comments, func, params, result = match.groups()
        target = f"shim_{name}"
        if kind == "intrinsic":
            target = _ATOMICS.get(name, f"shim_{name.removeprefix('llvm.').replace('.', '_')}")
            atomics = atomics or name in _ATOMICS
        keyword = "return " if result.strip() else ""
        return f"{comments}func {func}({params}){result} {{ {keyword}{target}({_names(params)}) }}"

    text = _BODYLESS.sub(body, text)
    if atomics:
        text = re.sub(r"^(package \w+)$", r'\1\n\nimport "sync/atomic"', text, count=1, flags=re.M)

    def imported(match: re.Match[str]) -> str:
        path = SHIMMED.get(match[2], match[2])
        return f'{match[1]}"{MODULE}/rt/{path}"' if path != match[2] or path in PACKAGES else match[0]

    return _IMPORT.sub(imported, text)


def build(target: pathlib.Path) -> None:
    """Write the module into the folder target, which is emptied first."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / "go.mod").write_text(f"module {MODULE}\n\ngo 1.26\n")
    for name in SHIMMED.values():
        (target / "rt" / name).mkdir(parents=True)
        shutil.copy(HERE / "shims" / f"{name}.go", target / "rt" / name)
    for name in PACKAGES:
        out = target / "rt" / name
        out.mkdir(parents=True)
        for path in sorted((SOURCE / name).glob("*.go")):
            (out / path.name).write_text(rewrite(path.read_text()))
        shim = HERE / "shims" / f"{name}.go"
        if shim.exists():
            (out / "zz_shim.go").write_text(shim.read_text())
        for test in sorted((HERE / "difftests" / name).glob("*_test.go")):
            (out / test.name).write_text(test.read_text())
