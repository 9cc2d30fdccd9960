#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# `make stress`: the C tests under the sanitizers, the test programs many times over, programs that check the scheduler itself. Each stage prints
# the seed that repeats it. Argument: the Python to use. STAGES="thread programs" make stress: some of them; SEEDS, ROUNDS: how often.
set -e
python=${1:-python3}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
PATH="$(dirname "$python"):$PATH"
export PATH
stages=${STAGES:-thread address changes wakeups million memory collect shuffled programs}
mkdir -p "$root/build"
cd "$root/build"

# The C tests, the library built with a sanitizer. The runtime's tables live as long as the process; tests that load objects anew drop them.
sanitizer() {
    build="$root/build/stress-${1%,*}"
    cmake -S "$root/gotk/native" -B "$build" -G Ninja -DGOTK_SANITIZE="$1" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
    cmake --build "$build" >>"$build.log" 2>&1 || { tail -40 "$build.log"; exit 1; }
    ASAN_OPTIONS=detect_leaks=0 ctest --test-dir "$build" --output-on-failure -j2
}

for stage in $stages; do
    began=$(date +%s)
    echo "== $stage"
    case $stage in
    thread) sanitizer thread ;;                                # ThreadSanitizer, fibers announced
    address) sanitizer address,undefined ;;
    changes) "$python" "$here/scheduler.py" procs_change --seeds "${SEEDS:-4}" ;;     # GOMAXPROCS set 10,000 times in a run
    wakeups) "$python" "$here/scheduler.py" lost_wakeups idle deep --seeds "${SEEDS:-20}" ;;
    million) "$python" "$here/scheduler.py" million ;;         # goroutines, ten times, without growth
    memory) "$python" "$here/memory.py" ;;                     # 50 GB in all, 100 MB alive
    collect) "$python" "$here/programs.py" --rounds "${GCROUNDS:-3}" --procs 1 2 8 --gc 1 ;;      # at every allocation
    shuffled) "$python" "$here/programs.py" --rounds "${SEEDS:-20}" --procs 1 2 4 8 64 --shuffle --slice-ns 50000 ;;
    programs)
        "$python" "$here/programs.py" --rounds "${ROUNDS:-100}" --procs 1 2 8
        "$python" "$here/programs.py" --rounds "${SEEDS:-20}" --procs 4 64 ;;
    *) echo "no stage $stage; there are thread address changes wakeups million memory collect shuffled programs" >&2; exit 2 ;;
    esac
    echo "== $stage: passed, $(($(date +%s) - began)) s"
done
