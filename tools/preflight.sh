#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# One clear line when this machine lacks what the build needs. Argument: the Python to use.
python=${1:-python3}
if ! command -v "$python" >/dev/null 2>&1; then
    echo "gotk needs Python 3.11 or later and found no '$python': install it (Debian: apt-get install python3 python3-venv) or say PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "gotk needs Python 3.11 or later, and '$python' is $("$python" -V 2>&1): install a newer one or say PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "gotk needs Python's venv module: install it (Debian: apt-get install python3-venv)" >&2
    exit 1
fi
if ! command -v cc >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1 && ! command -v clang >/dev/null 2>&1; then
    echo "gotk needs a C compiler and found none: install one (Debian: apt-get install gcc libc6-dev; Fedora: dnf install gcc)" >&2
    exit 1
fi
case "$(uname -s)/$(uname -m)" in
Linux/x86_64 | Linux/aarch64 | Linux/arm64) ;;
*)
    echo "gotk's scheduler runs on Linux on x86-64 or aarch64, and this is $(uname -s)/$(uname -m): use a Linux machine, a container or Binder" >&2
    exit 1
    ;;
esac
