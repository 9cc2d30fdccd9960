# SPDX-License-Identifier: BSD-3-Clause
"""Build a Go module in which real Go runs the golib packages next to the standard ones.

Every golib package P (but those of EXCLUDED, which need our runtime) is copied to `gotk.test/lib/P`, and its imports
of copied packages are rewritten. A function without a body gets one that calls `native`, a package of Go shims named
after the native or intrinsic. `internal/rtype/abi.go`, which knows our run-time layout of interfaces and maps, is
replaced by a version on `reflect`. Tests are the files of difftests/, as one package.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "gotk/golib/src"
MODULE = "gotk.test"

#: Packages that stand on our own runtime, or are natives for the most part: the copies import the standard ones instead.
#: tests/golib/programs has programs for those.
EXCLUDED = (
    "crypto", "hash/maphash", "net", "golang.org", "path/filepath", "io/ioutil", "iter", "weak", "unique", "math/big", "encoding/json", "reflect", "testing", "log", "flag",
    "runtime", "sync", "time", "os", "syscall", "io/fs", "context", "internal/poll", "internal/oserror", "gotk",
)

#: Files replaced by a shim: path under SOURCE -> file in shims/.
REPLACED = {"internal/rtype/abi.go": "rtype_abi.go"}

_IMPORT = re.compile(r'^(\s*(?:import\s+)?(?:[\w.]+\s+)?)"([\w./]+)"\s*$', re.M)
_BODYLESS = re.compile(r"^//gotk:(native|intrinsic) (\S+)\n((?://.*\n)*)func (\w+)\((.*?)\)(.*?)$", re.M)


def packages() -> dict[str, pathlib.Path]:
    """Return the golib packages that the harness copies, by import path."""
    found = {}
    for path in sorted(SOURCE.rglob("*.go")):
        name = path.parent.relative_to(SOURCE).as_posix()
        if not any(name == e or name.startswith(e + "/") for e in EXCLUDED):
            found[name] = path.parent
    return found


def _argument_names(params: str) -> str:
    """Return `a, b` for the parameter list `a int, b string`."""
    return ", ".join(p.split()[0] for p in params.split(",") if p.strip())


def rewrite(text: str, known: dict[str, pathlib.Path]) -> str:
    """Return a source file's text as it stands in the test module."""

    def body(match: re.Match[str]) -> str:
        _, name, comments, func, params, result = match.groups()
        target = name.replace(".", "_")
        target = target[0].upper() + target[1:]
        call = f"native.{target}({_argument_names(params)})"
        keyword = "return " if result.strip() else ""
        return f"{comments}func {func}({params}){result} {{ {keyword}{call} }}"

    text, count = _BODYLESS.subn(body, text)
    text = _IMPORT.sub(
        lambda m: f'{m[1]}"{MODULE}/lib/{m[2]}"' if m[2] in known else m[0],
        text,
    )
    if count:
        text = re.sub(r"^(package \w+)$", rf'\1\n\nimport "{MODULE}/native"', text, count=1, flags=re.M)
    return text


def build(target: pathlib.Path) -> None:
    """Write the module into the folder target, which is emptied first."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / "go.mod").write_text(f"module {MODULE}\n\ngo 1.27\n")
    known = packages()
    for name, folder in known.items():
        out = target / "lib" / name
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob("*.go")):
            shim = REPLACED.get(f"{name}/{path.name}")
            source = HERE / "shims" / shim if shim else path
            (out / path.name).write_text(rewrite(source.read_text(), known))
    native = target / "native"
    native.mkdir()
    shutil.copy(HERE / "shims/native.go", native)
    tests = target / "difftest"
    tests.mkdir()
    for path in sorted((HERE / "difftests").glob("*.go")):
        shutil.copy(path, tests)


if __name__ == "__main__":
    build(pathlib.Path(sys.argv[1]))
