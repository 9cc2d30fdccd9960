# SPDX-License-Identifier: BSD-3-Clause
"""Children die with the kernel: one small shell per session holds the list of process groups and
kills them at our end.

It reads a pipe whose other end is ours alone. However this process ends, SIGKILL included, the pipe
closes and the shell kills the groups still on the list. Rejected: PDEATHSIG, which is tied to the
*thread* that started the child and needs code between fork and exec in a process with threads; a
watcher inside the program, which real Go's deadlock detection would count.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading

__all__ = ["protect", "protect_folder", "release", "release_folder"]

_SCRIPT = """
trap '' INT TERM HUP QUIT
groups=' '
folders=' '
while read -r op id; do
  case $op in
    +) groups="$groups$id " ;;
    -) case "$groups" in *" $id "*) groups="${groups%% $id *} ${groups#* $id }" ;; esac ;;
    d) folders="$folders$id " ;;
    r) case "$folders" in *" $id "*) folders="${folders%% $id *} ${folders#* $id }" ;; esac ;;
  esac
done
for id in $groups; do kill -9 "-$id" 2>/dev/null; done
for id in $folders; do rm -rf "$id"; done
"""

_lock = threading.Lock()
_process: subprocess.Popen[bytes] | None = None
_owner = 0


def protect(group: int) -> None:
    """Kill process group `group` when this process ends, in whatever way."""
    _tell(f"+ {group}\n")


def release(group: int) -> None:
    """The group is over; its number may be another's soon."""
    _tell(f"- {group}\n")


def protect_folder(path: str) -> None:
    """Delete folder `path` when this process ends, in whatever way. The path must have
    no blanks.
    """
    if not any(char.isspace() for char in path):
        _tell(f"d {path}\n")


def release_folder(path: str) -> None:
    """The folder has been deleted."""
    if not any(char.isspace() for char in path):
        _tell(f"r {path}\n")


def _tell(line: str) -> None:
    global _process, _owner
    with _lock:
        if _process is None or _owner != os.getpid():
            # A forked copy of this process needs a guard of its own: the old one waits for both.
            _process, _owner = _start(), os.getpid()
        for _ in range(2):
            if _process is None or _process.stdin is None:
                return
            try:
                os.write(_process.stdin.fileno(), line.encode())
                return
            except OSError:
                _process = _start()


def _start() -> subprocess.Popen[bytes] | None:
    with contextlib.suppress(OSError):
        return subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
    return None  # no shell: runs still work, only this protection is missing
