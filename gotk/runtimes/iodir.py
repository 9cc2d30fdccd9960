# SPDX-License-Identifier: BSD-3-Clause
"""The run's directory, through which a program and we exchange inputs, outputs, records and
metrics.

The writer is the Go package ``gotk/internal/cell`` (gotk/golib/src), whose sources define the
formats. Everything read here may have been cut off anywhere by the program's end, so reading never
fails: what is there is returned.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gotk.errors import UsageError
from gotk.runtimes import guard
from gotk.runtimes.base import Table

if TYPE_CHECKING:
    from gotk.compiler.source.inputs import DataFile

__all__ = ["IoDirectory"]

_HEADER = struct.Struct("<QQ")
_ENTRY = struct.Struct("<IIQq")
_INT, _UINT, _FLOAT, _STRING, _NAME = range(1, 6)

# reflect.Kind -> numpy dtype.
_DTYPES = {
    1: "?", 2: "i8", 3: "i1", 4: "i2", 5: "i4", 6: "i8", 7: "u8", 8: "u1", 9: "u2", 10: "u4", 11: "u8",
    12: "u8", 13: "f4", 14: "f8", 15: "c8", 16: "c16",
}  # fmt: skip


class IoDirectory:
    """A fresh directory for one run; a context manager that removes it."""

    def __init__(self, files: Sequence[DataFile] = ()) -> None:
        size = sum(file.array.nbytes for file in files)
        self.path = tempfile.mkdtemp(prefix="gotk-", dir=_parent(size))
        guard.protect_folder(self.path)
        try:
            for file in files:
                file.write(self.path)
        except OSError as error:
            self.remove()
            raise UsageError(f"the inputs could not be written: {error.strerror}") from None

    def __enter__(self) -> IoDirectory:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Delete the directory with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        guard.release_folder(self.path)

    def metrics(self) -> tuple[dict[str, int], dict[str, float]]:
        """What the program's runtime wrote at its end: our metrics, and those under Go's keys."""
        ours: dict[str, int] = {}
        theirs: dict[str, float] = {}
        try:
            with open(os.path.join(self.path, "metrics"), encoding="utf-8") as file:
                lines = file.read().splitlines()
        except OSError:
            return ours, theirs
        for line in lines:
            key, _, value = line.rpartition(" ")
            try:
                if key.startswith("/"):
                    theirs[key] = float(value)
                elif key:
                    ours[key] = int(value)
            except ValueError:
                continue
        return ours, theirs

    def records(self) -> Table:
        """The recorded rows as columns seq, name, value, t_ns; value holds ints, floats
        or strings.
        """
        parts: list[_Part] = []
        names: dict[int, str] = {}
        number = 0
        while True:
            try:
                with open(os.path.join(self.path, f"records.{number}"), "rb") as file:
                    header = file.read(_HEADER.size)
                    used = _HEADER.unpack(header)[0] if len(header) == _HEADER.size else 0
                    data = file.read(used)
            except OSError:
                break
            number += 1
            _parse_records(data, parts, names)
        return _record_table(parts, names)

    def outputs(self, names: Sequence[str]) -> dict[str, Any]:
        """The values of the outputs that the program came to write."""
        found: dict[str, Any] = {}
        for name in names:
            try:
                with open(os.path.join(self.path, f"out_{name}"), "rb") as file:
                    data = file.read()
            except OSError:
                continue
            found[name] = _Decoder(data).value()
        return found


def _parent(size: int) -> str | None:
    """Where the directory goes: shared memory if it has room (records are written through a
    mapping, and nothing of it need reach
    a disk), else the usual place for temporary files. Containers often have 64 MiB of shared
    memory.
    """
    try:
        space = os.statvfs("/dev/shm")
    except OSError:
        return None
    free = space.f_bavail * space.f_frsize
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) and free > 2 * size + (32 << 20) else None


# Rows in a stretch: (id, kind, bits, ns) as an array, or one string row with its text.
_Part = tuple[Any, str | None]

# Entries looked at in one go; a string among them ends the stretch.
_WINDOW = 4096


def _parse_records(data: bytes, parts: list[_Part], names: dict[int, str]) -> None:
    """Split a file's entries into stretches of numbers and single strings; note the
    names' definitions.
    """
    import numpy as np

    layout = np.dtype([("id", "<u4"), ("kind", "<u4"), ("bits", "<u8"), ("t_ns", "<i8")])
    at = 0
    while at + _ENTRY.size <= len(data):
        count = min(_WINDOW, (len(data) - at) // _ENTRY.size)
        rows = np.frombuffer(data, layout, count, at)
        texts = np.flatnonzero(rows["kind"] >= _STRING)
        plain = int(texts[0]) if len(texts) else count
        if plain:
            parts.append((rows[:plain], None))
            at += plain * _ENTRY.size
        if plain == count:
            continue
        row = rows[plain : plain + 1]
        size = int(row["bits"][0])
        at += _ENTRY.size
        text = data[at : at + size].decode(errors="replace")
        at += size + 7 & ~7
        if row["kind"][0] == _NAME:
            names[int(row["id"][0])] = text
        else:
            parts.append((row, text))


def _record_table(parts: list[_Part], names: dict[int, str]) -> Table:
    """The stretches as columns. Values are one array if all have one kind, else a list
    that keeps each kind.
    """
    if not parts:
        return Table({"seq": [], "name": [], "value": [], "t_ns": []})
    import numpy as np

    rows = np.concatenate([stretch for stretch, _ in parts])
    kinds = set(np.unique(rows["kind"]).tolist())
    views = {_INT: "<i8", _UINT: "<u8", _FLOAT: "<f8"}
    values: Any
    if len(kinds) == 1 and (kind := next(iter(kinds))) in views:
        values = rows["bits"].copy().view(views[kind])
    else:
        values = []
        for stretch, text in parts:
            if text is not None:
                values.append(text)
                continue
            bits = stretch["bits"].copy()
            by_kind = {kind: bits.view(view).tolist() for kind, view in views.items()}
            values += [by_kind[kind][i] for i, kind in enumerate(stretch["kind"].tolist())]
    table = np.array(
        [names.get(number, "?") for number in range(int(rows["id"].max()) + 1)], dtype=object
    )
    return Table(
        {
            "seq": np.arange(len(rows)),
            "name": table[rows["id"]],
            "value": values,
            "t_ns": rows["t_ns"].copy(),
        }
    )


class Untaken:
    """Stands for a Go value that Python cannot take (a channel, a function): `go_type` names its
    type.
    """

    def __init__(self, go_type: str) -> None:
        self.go_type = go_type

    def __repr__(self) -> str:
        return f"<Go {self.go_type}>"


class _Decoder:
    """Reads the format that values.go (function Out) describes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def value(self) -> Any:
        tag = self.data[self.at : self.at + 1]
        self.at += 1
        if tag in (b"n", b""):
            return None
        if tag in (b"t", b"f"):
            return tag == b"t"
        if tag == b"i":
            return self._unpack("<q")
        if tag == b"u":
            return self._unpack("<Q")
        if tag == b"d":
            return self._unpack("<d")
        if tag == b"c":
            real = self._unpack("<d")
            return complex(real, self._unpack("<d"))
        if tag == b"s":
            return self._text()
        if tag == b"a":
            return self._array()
        if tag == b"l":
            return _stacked([self.value() for _ in range(self._unpack("<Q"))])
        if tag in (b"m", b"o"):
            pairs = [(self.value(), self.value()) for _ in range(self._unpack("<Q"))]
            return {_hashable(key): value for key, value in pairs}
        return Untaken(self._text())

    def _unpack(self, form: str) -> Any:
        self.at += 8
        return struct.unpack_from(form, self.data, self.at - 8)[0]

    def _text(self) -> str:
        size = self._unpack("<Q")
        self.at += size
        return self.data[self.at - size : self.at].decode(errors="replace")

    def _array(self) -> Any:
        import numpy as np

        dtype = np.dtype(_DTYPES[self.data[self.at]])
        self.at += 1
        count = self._unpack("<Q")
        size = count * dtype.itemsize
        self.at += size
        return np.frombuffer(self.data[self.at - size : self.at], dtype).copy()


def _stacked(items: list[Any]) -> Any:
    """A list of equally long arrays of one type becomes an array of two dimensions."""
    if items and all(type(item).__name__ == "ndarray" and item.ndim == 1 for item in items):
        if len({(item.size, item.dtype.str) for item in items}) == 1:
            import numpy as np

            return np.stack(items)
    return items


def _hashable(key: Any) -> Any:
    if isinstance(key, dict):
        return tuple(_hashable(v) for v in key.values())
    if isinstance(key, list):
        return tuple(_hashable(v) for v in key)
    return tuple(key.tolist()) if type(key).__name__ == "ndarray" else key
