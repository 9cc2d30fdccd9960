# SPDX-License-Identifier: BSD-3-Clause
"""Names of symbols: what traces print (architecture, section 2), and how LLVM's text quotes them."""

from __future__ import annotations

import functools
import hashlib

from gotk.compiler.types.model import Func, Named, Pointer, Signature, Type
from gotk.compiler.types.predicates import unalias
from gotk.compiler.types.typestring import canonical_string

#: Longer names (a struct type of hundreds of fields) are cut and made unique by a hash; no trace is readable with more.
_MAX_NAME = 400


@functools.lru_cache(maxsize=1 << 14)
def quote(name: str) -> str:
    """``@"name"``: LLVM's spelling of a global symbol of any name."""
    if len(name) > _MAX_NAME or "@" in name:
        # "@" means a symbol version in ELF tools.
        digest = hashlib.blake2b(name.encode(), digest_size=10).hexdigest()
        name = f"{name[:_MAX_NAME].replace('@', '_')}#{digest}"
    if '"' in name or "\\" in name or not name.isprintable() or not name.isascii():
        out = []
        for byte in name.encode():
            plain = 0x20 <= byte < 0x7F and byte not in b'"\\'
            out.append(chr(byte) if plain else f"\\{byte:02X}")
        name = "".join(out)
    return f'@"{name}"'


def unquote(symbol: str) -> str:
    """The inside of a symbol made by `quote`, to build another name from it."""
    return symbol[2:-1] if symbol.startswith('@"') else symbol[1:]


def receiver_named(t: Type) -> tuple[Named | None, bool]:
    """(defined type, whether through a pointer) of a receiver type; None for unnamed types."""
    t = unalias(t)
    pointer = type(t) is Pointer
    if pointer:
        t = unalias(t.elem)  # type: ignore[attr-defined]
    return (t, pointer) if type(t) is Named else (None, pointer)


def type_args(targs: tuple[Type, ...] | list[Type]) -> str:
    """``[int,main.T]`` or "" for none."""
    return "[" + ",".join(canonical_string(t) for t in targs) + "]" if targs else ""


def link_name(fn: Func, targs: tuple[Type, ...] | list[Type] = ()) -> str:
    """Name of a function or method (of its origin): ``main.f``, ``main.(*T).M``, ``main.Map[int,string]``, ``main.(*List[int]).Push``."""
    path = fn.pkg.path if fn.pkg is not None else "runtime"
    sig = fn.type
    assert isinstance(sig, Signature)
    if sig.recv is None:
        return f"{path}.{fn.name}{type_args(targs)}"
    assert sig.recv.type is not None
    named, pointer = receiver_named(sig.recv.type)
    assert named is not None
    n = len(sig.recv_tparams)
    receiver = f"{named.obj.name}{type_args(targs[:n])}"
    name = f"{fn.name}{type_args(targs[n:])}"
    return f"{path}.(*{receiver}).{name}" if pointer else f"{path}.{receiver}.{name}"


def wrapper_name(recv: Type, method: Func) -> str:
    """Name of a wrapper that gives type `recv` the method: that of a method declared on `recv` itself."""
    named, pointer = receiver_named(recv)
    if named is None:
        # An unexported method of another package is another method.
        owner = "" if method.exported or method.pkg is None else f"{method.pkg.path}."
        return f"{canonical_string(recv)}.{owner}{method.name}"
    text = canonical_string(named)
    owner = named.obj.pkg.path + "." if named.obj.pkg is not None else ""
    local = text.removeprefix(owner)
    name = method.name
    if not method.exported and method.pkg is not None and method.pkg is not named.obj.pkg:
        name = f"{method.pkg.path}.{name}"
    return f"{owner}(*{local}).{name}" if pointer else f"{owner}{local}.{name}"
