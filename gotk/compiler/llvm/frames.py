# SPDX-License-Identifier: BSD-3-Clause
"""The frames that the LLVM host and its client exchange: u32 LE header size, u32 LE payload size, JSON header, payload."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

FRAME = struct.Struct("<II")


def pack_frame(header: dict[str, Any], payload: bytes = b"") -> tuple[bytes, bytes]:
    """The two parts to write, one after the other (a large payload is not copied)."""
    encoded = json.dumps(header).encode()
    return FRAME.pack(len(encoded), len(payload)) + encoded, payload


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Next header and payload of a blocking stream, or None at its end."""
    prefix = stream.read(FRAME.size)
    if len(prefix) < FRAME.size:
        return None
    header_size, payload_size = FRAME.unpack(prefix)
    header = stream.read(header_size)
    payload = stream.read(payload_size)
    if len(header) < header_size or len(payload) < payload_size:
        return None
    return json.loads(header), payload
