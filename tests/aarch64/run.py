# SPDX-License-Identifier: BSD-3-Clause
"""``python tests/aarch64/run.py [--c-tests] [PROGRAM…]``: builds the native library for aarch64, runs the programs of tests/programs (those whose path
contains one of the words; default: all) under qemu-user, and compares output and exit code with the run on this machine.

Emulation shows that code, relocations, stubs, stacks and signals are right; it says nothing about speed, and little about memory order: a
host with a strong one hides what is missing. Needs aarch64-linux-gnu-gcc, qemu-aarch64, cmake and ninja.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSROOT = "/usr/aarch64-linux-gnu"
POINTS = [("gotk", 1), ("gotk", 2), ("gotk", 8), ("threads", 2)]
#: tests/programs, by path below it -> why it cannot run under qemu-user
NOT_EMULATED = {
    "lang/floats_convert_and_compare.go": "floats beyond an integer type's range convert as the machine does, in Go as well",
    "skynet.go": "a million goroutines: qemu-user has no guards but by mprotect, two mappings a stack, and is slow with each",
}
#: C tests (ctest's names) -> why
C_NOT_EMULATED = {
    "limits": "qemu-user keeps RLIMIT_AS from the emulated program: there is no limit to report",
    "net": "takes two minutes",
    "sched": "its programs are sized for a CPU: run them one by one (build/aarch64/test_sched NAME)",
    "sync": "as sched",
    "embed": "as sched",
}

sys.path.append(str(ROOT / "tests" / "programs"))
if __name__ == "__main__":  # else whoever imports this decides which gotk is tested
    sys.path.insert(0, str(ROOT))


def program_paths() -> list[Path]:
    """Every program of tests/programs."""
    import directives

    return directives.programs()


def missing_tools() -> list[str]:
    """What this machine lacks for a cross build and its run."""
    lacking = [t for t in ("aarch64-linux-gnu-gcc", "qemu-aarch64", "cmake", "ninja") if shutil.which(t) is None]
    return lacking or ([] if Path(SYSROOT, "lib").is_dir() else [SYSROOT])


def build(folder: Path, *, tests: bool) -> Path:
    """Cross-compiles gotk/native; returns an executable that runs the aarch64 gotk-run under qemu."""
    toolchain = ROOT / "gotk" / "native" / "cmake" / "aarch64.cmake"
    configure = ["cmake", "-S", ROOT / "gotk" / "native", "-B", folder, "-G", "Ninja", f"-DCMAKE_TOOLCHAIN_FILE={toolchain}"]
    configure += [f"-DGOTK_BIN_DIR={folder / 'bin'}", f"-DGOTK_TESTS={'ON' if tests else 'OFF'}"]
    for command in (configure, ["cmake", "--build", folder]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise SystemExit(done.stdout)
    # Stacks of 8 MB: qemu-user keeps an entry for each page of a mapping, used or not, so larger ones take seconds to make.
    wrapper = folder / "gotk-run-emulated"
    wrapper.write_text(f'#!/bin/sh\nexec qemu-aarch64 -L {SYSROOT} "{folder / "gotk-run"}" --max-stack 8388608 "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


def run_all(paths: list[Path], points: list[tuple[str, int]], slower: float) -> list[tuple[str, str, int, str, int, str]]:
    """(program, runtime, procs, stdout, exit code, end of stderr) for every point, on whatever machine the environment chooses."""
    import directives

    import gotk

    rows = []
    for path in paths:
        wanted = directives.read_directives(path)
        name = str(path.relative_to(directives.FOLDER))
        for runtime, procs in points:
            if runtime in wanted.skipped or name in NOT_EMULATED:
                continue
            params = wanted.params.get("all", {}) | wanted.params.get(runtime, {})
            ran = gotk.load(path).run(runtime=runtime, gomaxprocs=procs, params=params, timeout=wanted.timeout * slower, check=False)
            rows.append((name, runtime, procs, ran.stdout, ran.exit_code, ran.stderr[-2000:]))
            print(f"  {name} {runtime} {procs}", file=sys.stderr, flush=True)
    return rows


def emulated(paths: list[Path], points: list[tuple[str, int]], wrapper: Path, cache: Path) -> list[list]:
    """`run_all` in a process for which gotk makes aarch64 objects and runs them by `wrapper`."""
    environment = os.environ | {"GOTK_TARGET": "aarch64", "GOTK_RUN": str(wrapper), "GOTK_CACHE_DIR": str(cache)}
    command = [sys.executable, __file__, "--collect", json.dumps([[str(p) for p in paths], points])]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def compare(paths: list[Path], points: list[tuple[str, int]], folder: Path, wrapper: Path) -> list[str]:
    """What differs, in words."""
    here = {tuple(row[:3]): row for row in run_all(paths, points, 1)}
    there = {tuple(row[:3]): row for row in emulated(paths, points, wrapper, folder / "cache")}
    differences = []
    for point, expected in here.items():
        found = there[point]
        if list(found[3:5]) != list(expected[3:5]):
            differences.append(f"{point}: exit code {found[4]}, not {expected[4]}\n{found[3][-600:]!r}\nnot\n{expected[3][-600:]!r}\n{found[5]}")
    return differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--c-tests", action="store_true", help="run the C library's tests as well")
    parser.add_argument("--collect", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.collect:
        paths, points = json.loads(options.collect)
        json.dump(run_all([Path(p) for p in paths], [(r, n) for r, n in points], 10), sys.stdout)
        return 0
    lacking = missing_tools()
    if lacking:
        print(f"needs {', '.join(lacking)} (Debian: gcc-aarch64-linux-gnu, qemu-user; pip: cmake, ninja)", file=sys.stderr)
        return 1
    started = time.monotonic()
    folder = ROOT / "build" / "aarch64"
    wrapper = build(folder, tests=options.c_tests)
    failed = 0
    if options.c_tests:
        for name, reason in C_NOT_EMULATED.items():
            print(f"C test {name} is not run: {reason}")
        left_out = "|".join(f"^{name}$" for name in C_NOT_EMULATED)
        failed = subprocess.run(["ctest", "--test-dir", str(folder), "--output-on-failure", "-E", left_out], env=os.environ | {"CC": "aarch64-linux-gnu-gcc"}).returncode
    for name, reason in NOT_EMULATED.items():
        print(f"{name} is not run: {reason}")
    paths = [p for p in program_paths() if not options.words or any(w in str(p) for w in options.words)]
    differences = compare(paths, POINTS, folder, wrapper)
    print("\n".join(differences))
    print(f"{len(paths)} programs at {len(POINTS)} points, {len(differences)} differences, {time.monotonic() - started:.0f} s")
    return 1 if differences or failed else 0


if __name__ == "__main__":
    sys.exit(main())
