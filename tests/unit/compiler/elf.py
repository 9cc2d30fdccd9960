# SPDX-License-Identifier: BSD-3-Clause
"""A reader of ELF64 symbol tables, for tests."""

from __future__ import annotations

import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """``binding``: "local", "global" or "weak"; ``defined``: it has a section."""

    name: str
    binding: str
    defined: bool
    size: int


_BINDINGS = {0: "local", 1: "global", 2: "weak"}


def symbols(data: bytes) -> list[Symbol]:
    """Named symbols of a relocatable object."""
    assert data[:5] == b"\x7fELF\x02"
    (table,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
    found: list[Symbol] = []
    for section in sections:
        if section[1] != 2:  # SHT_SYMTAB
            continue
        strings = sections[section[6]]
        for at in range(section[4], section[4] + section[5], 24):
            name, info, _, index, _, length = struct.unpack_from("<IBBHQQ", data, at)
            start = strings[4] + name
            text = data[start : data.index(b"\0", start)].decode()
            if text and info & 15 != 4:
                found.append(Symbol(text, _BINDINGS.get(info >> 4, "?"), index != 0, length))
    return found
