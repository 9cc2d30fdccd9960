#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# `make stress`: the test programs many times over, and the C tests under the sanitizers. Argument: the Python to use.
set -e
python=${1:-python3}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
PATH="$(dirname "$python"):$PATH"
export PATH
# The runtime's tables live as long as the process; tests that load objects anew drop them.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
for sanitizer in thread address,undefined; do
    build="$root/build/stress-${sanitizer%,*}"
    cmake -S "$root/gotk/native" -B "$build" -G Ninja -DGOTK_SANITIZE=$sanitizer >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
    cmake --build "$build" >>"$build.log" 2>&1 || { tail -40 "$build.log"; exit 1; }
    ctest --test-dir "$build" --output-on-failure -j2
done
cd "$root/build"
"$python" "$here/scheduler.py" --seeds "${SEEDS:-20}"
"$python" "$here/programs.py" --rounds "${ROUNDS:-100}" --procs 1 2 8
"$python" "$here/programs.py" --rounds "${SEEDS:-20}" --procs 4 64
# Shuffled queues and forced preemption.
"$python" "$here/programs.py" --rounds "${SEEDS:-20}" --procs 1 2 4 8 64 --shuffle --slice-ns 50000
"$python" "$here/programs.py" --rounds "${GCROUNDS:-3}" --procs 1 2 8 --gc 1
"$python" "$here/memory.py"
