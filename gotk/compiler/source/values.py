# SPDX-License-Identifier: BSD-3-Clause
"""Python values as Go source: the literal of a value for a given type, and the fitting type of a
value.

Used for parameters (the variable's type is given) and for ``-i`` (a type is found). Rules for
finding: bool, int (64 bits; uint64 when it needs the range), float64, complex128, string,
``[]byte`` for bytes; a list or tuple is a slice of its elements' common type (int and float mix to
float64); a dict is a map; a numpy array of one or two dimensions keeps its element type (int64
becomes int).
"""

from __future__ import annotations

import datetime
import math
import numbers
import operator
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gotk.compiler.source.gotypes import INTS, GoType, basic
from gotk.errors import UsageError

__all__ = ["CELL_ALIAS", "NUMPY_TYPES", "describe", "fitting_type", "holds_duration", "literal", "quote"]

# The name under which a made file imports the package for its own plumbing.
CELL_ALIAS = "gotk__cell"

# numpy dtype (kind and size) -> Go element type.
NUMPY_TYPES = {
    "b1": "bool",
    "i1": "int8",
    "i2": "int16",
    "i4": "int32",
    "i8": "int",
    "u1": "uint8",
    "u2": "uint16",
    "u4": "uint32",
    "u8": "uint64",
    "f4": "float32",
    "f8": "float64",
    "c8": "complex64",
    "c16": "complex128",
}

_DURATION_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}


def literal(value: Any, go_type: GoType, what: str) -> str:
    """Go expression of `value` in `go_type`, assignable to a variable of that type.

    `what` names the variable in errors. Raises UsageError when the value does not fit.
    """
    value = _plain(value)
    if go_type.kind == "basic":
        return _basic_literal(value, go_type.name, what)
    if go_type.kind == "any":
        if value is None:
            return "nil"
        found = fitting_type(value, what)
        return _typed(literal(value, found, what), found)
    if go_type.kind in ("slice", "array") and go_type.elem is not None:
        return _list_literal(value, go_type, go_type.elem, what)
    if go_type.kind == "map" and go_type.key is not None and go_type.elem is not None:
        if value is None:
            return "nil"
        if not isinstance(value, Mapping):
            raise _misfit(value, go_type, what, "a dict")
        key_type, elem_type = go_type.key, go_type.elem
        items = [
            f"{literal(k, key_type, f'a key of {what}')}: {literal(v, elem_type, f'{what}[{k!r}]')}"
            for k, v in value.items()
        ]
        return f"{go_type.text}{{{', '.join(items)}}}"
    if go_type.kind == "struct":
        return _struct_literal(value, go_type, what)
    raise UsageError(f"{what} has type {go_type.text}, which no Python value can be turned into")


def typed_literal(value: Any, go_type: GoType, what: str) -> str:
    """As `literal`, but the expression itself has the type: fit for an untyped ``var x = …``."""
    return _typed(literal(value, go_type, what), go_type)


def _typed(text: str, go_type: GoType) -> str:
    if go_type.kind != "basic":
        return text
    if go_type.text in ("int", "float64", "string", "bool"):
        return text
    return f"{go_type.text}({text})"


def _list_literal(value: Any, go_type: GoType, elem: GoType, what: str) -> str:
    if value is None and go_type.kind == "slice":
        return "nil"
    if isinstance(value, (bytes, bytearray)) and elem.name in ("byte", "uint8"):
        value = list(value)
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Sequence):
        raise _misfit(value, go_type, what, "a list")
    if go_type.kind == "array" and 0 <= go_type.length != len(value):
        raise UsageError(
            f"{what} is a {go_type.text}: it holds {go_type.length} elements, not {len(value)}"
        )
    items = [literal(item, elem, f"{what}[{index}]") for index, item in enumerate(value)]
    return f"{go_type.text}{{{', '.join(items)}}}"


def _struct_literal(value: Any, go_type: GoType, what: str) -> str:
    if not isinstance(value, Mapping):
        raise _misfit(value, go_type, what, "a dict of its fields")
    fields = dict(go_type.fields)
    items = []
    for name, item in value.items():
        if name not in fields:
            known = ", ".join(fields)
            raise UsageError(f"{what}: {go_type.text} has no field {name} (its fields: {known})")
        items.append(f"{name}: {literal(item, fields[name], f'{what}.{name}')}")
    return f"{go_type.text}{{{', '.join(items)}}}"


def _basic_literal(value: Any, name: str, what: str) -> str:
    if name == "bool":
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower()
        if not isinstance(value, bool):
            raise _misfit(value, basic(name), what, "True or False")
        return "true" if value else "false"
    if name == "string":
        if isinstance(value, bytes):
            return _quote_bytes(value)
        if not isinstance(value, str):
            raise _misfit(value, basic(name), what, "a str")
        return quote(value)
    if name in INTS:
        return str(_whole_number(value, name, what))
    if name in ("float32", "float64"):
        return _float_literal(_real_number(value, name, what), name)
    try:
        number = complex(value.replace(" ", "") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        raise _misfit(value, basic(name), what, "a number") from None
    part = "float32" if name == "complex64" else "float64"
    return f"complex({_float_literal(number.real, part)}, {_float_literal(number.imag, part)})"


def _whole_number(value: Any, name: str, what: str) -> int:
    wanted = "a whole number"
    if name == "time.Duration":
        wanted = 'a duration, as "10ms", a datetime.timedelta or whole nanoseconds'
        if isinstance(value, datetime.timedelta):
            return round(value / datetime.timedelta(microseconds=1) * 1000)
        if isinstance(value, str):
            parsed = _parse_duration(value)
            if parsed is not None:
                return parsed
    number: int | None = None
    if isinstance(value, str):
        if name == "rune" and len(value) == 1 and not value.isdigit():
            number = ord(value)
        else:
            try:
                number = int(value, 0)
            except ValueError:
                number = None
    elif isinstance(value, float):
        number = int(value) if value.is_integer() else None
    elif not isinstance(value, bool):
        try:
            number = operator.index(value)
        except TypeError:
            number = None
    if number is None:
        raise _misfit(value, basic(name), what, wanted)
    bits, signed = INTS[name]
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= number <= high:
        article = "an" if name.startswith("i") else "a"
        raise UsageError(f"{what} is {article} {name}: {number} is outside its range {low} … {high}")
    return number


def _parse_duration(text: str) -> int | None:
    """Nanoseconds of a text in the form of Go's time.ParseDuration, None if it is not one."""
    import re

    match = re.fullmatch(r"([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+", text)
    if match is None:
        return None
    total = 0.0
    whole = 0
    for number, unit in re.findall(r"(\d+\.\d*|\.\d+|\d+)(ns|us|µs|ms|s|m|h)", text):
        if "." in number:
            total += float(number) * _DURATION_UNITS[unit]
        else:
            whole += int(number) * _DURATION_UNITS[unit]
    result = whole + round(total)
    return -result if match[1] == "-" else result


def _real_number(value: Any, name: str, what: str) -> float:
    if isinstance(value, (bool, complex)):
        raise _misfit(value, basic(name), what, "a number")
    try:
        return float(value)
    except (TypeError, ValueError):
        raise _misfit(value, basic(name), what, "a number") from None


def _float_literal(number: float, name: str) -> str:
    cast = "" if name == "float64" else name
    if math.isnan(number):
        return f"{cast}({CELL_ALIAS}.NaN())" if cast else f"{CELL_ALIAS}.NaN()"
    if math.isinf(number):
        sign = 1 if number > 0 else -1
        return f"{cast}({CELL_ALIAS}.Inf({sign}))" if cast else f"{CELL_ALIAS}.Inf({sign})"
    if number == 0 and math.copysign(1, number) < 0:
        return f"{cast}({CELL_ALIAS}.NegZero())" if cast else f"{CELL_ALIAS}.NegZero()"
    text = repr(number)
    return text if any(char in text for char in ".e") else text + ".0"


def quote(text: str) -> str:
    """`text` as an interpreted Go string literal on one line. Lone surrogates have no UTF-8 and
    become U+FFFD.
    """
    out = ['"']
    for char in text:
        code = ord(char)
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif char == "\t":
            out.append("\\t")
        elif code < 0x20 or code == 0x7F or code == 0xFEFF:
            out.append(f"\\u{code:04x}")
        elif 0xD800 <= code <= 0xDFFF:
            out.append("\\uFFFD")
        else:
            out.append(char)
    out.append('"')
    return "".join(out)


def _quote_bytes(data: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"'


# The type of the elements of an empty list or dict, until others say more.
_ANY_TYPE = GoType("?", "other")


def fitting_type(value: Any, what: str) -> GoType:
    """The Go type that `value` comes in as (rules in the head of this file). Raises UsageError if
    there is none.
    """
    found = _fitting(value, what)
    if "?" in found.text:
        example = found.text.replace("?", "int" if found.kind == "slice" else "string")
        kind = "dict" if isinstance(value, Mapping) else "list"
        raise UsageError(
            f"{what}: an empty {kind} has no element type; declare it in the cell, as  var "
            f"{_name(what)} {example}"
        )
    return found


def _fitting(value: Any, what: str) -> GoType:
    value = _plain(value)
    if isinstance(value, bool):
        return basic("bool")
    if isinstance(value, int):
        if -(1 << 63) <= value < 1 << 63:
            return basic("int")
        if 0 <= value < 1 << 64:
            return basic("uint64")
        raise UsageError(
            f"{what}: {value} has more than 64 bits; Go would need math/big, pass it as a str"
        )
    if isinstance(value, float):
        return basic("float64")
    if isinstance(value, complex):
        return basic("complex128")
    if isinstance(value, str):
        return basic("string")
    if isinstance(value, datetime.timedelta):
        return basic("time.Duration")
    if isinstance(value, (bytes, bytearray)):
        return _slice_of(basic("byte"))
    if isinstance(value, Mapping):
        keys = [_fitting(k, f"a key of {what}") for k in value]
        elems = [_fitting(v, f"{what}[{k!r}]") for k, v in value.items()]
        key, elem = _common(keys, what, "keys"), _common(elems, what, "values")
        if key.kind not in ("basic", "other"):
            raise UsageError(
                f"{what}: a Go map cannot have keys of type {key.text}; use str or int"
            )
        return GoType(f"map[{key.text}]{elem.text}", "map", key=key, elem=elem)
    if isinstance(value, Sequence):
        types = [_fitting(item, f"{what}[{index}]") for index, item in enumerate(value)]
        return _slice_of(_common(types, what, "elements"))
    raise UsageError(f"{what}: a {describe(value)} has no Go type; {_way_out(value)}")


def holds_duration(value: Any) -> bool:
    """The Go text of `value` names time.Duration."""
    if isinstance(value, Mapping):
        return any(holds_duration(part) for pair in value.items() for part in pair)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return any(holds_duration(part) for part in value)
    return isinstance(value, datetime.timedelta)


def _slice_of(elem: GoType) -> GoType:
    return GoType(f"[]{elem.text}", "slice", elem=elem)


def _common(types: list[GoType], what: str, part: str) -> GoType:
    """The type that all of `types` fit; of one whose elements are unknown, any other of
    its kind.
    """
    types = [t for t in types if t != _ANY_TYPE]
    texts = dict.fromkeys(t.text for t in types)
    if not texts:
        return _ANY_TYPE
    if len(texts) == 1:
        return types[0]
    if set(texts) == {"int", "float64"}:
        return basic("float64")
    if set(texts) <= {"int", "uint64"}:
        raise UsageError(
            f"{what}: its {part} need uint64 and int at once; use a numpy array with dtype uint64"
        )
    elems = [t.elem for t in types if t.elem is not None]
    if len(elems) == len(types) and all(t.kind == "slice" for t in types):
        return _slice_of(_common(elems, what, part))
    if len(elems) == len(types) and all(t.kind == "map" for t in types):
        key = _common([t.key for t in types if t.key is not None], what, "keys")
        elem = _common(elems, what, part)
        return GoType(f"map[{key.text}]{elem.text}", "map", key=key, elem=elem)
    listed = ", ".join(texts)
    needed = "map[string]any" if part == "values" else "[]any"
    raise UsageError(
        f"{what}: its {part} have different Go types ({listed}); make them one type, or declare "
        f"var {_name(what)} {needed}  in the cell"
    )


def _name(what: str) -> str:
    return what.split("[")[0].split(".")[0].removeprefix("a key of ")


def _way_out(value: Any) -> str:
    if value is None:
        return "give it a value of the type that the program expects"
    if isinstance(value, (set, frozenset)):
        return "pass sorted(x), which becomes a slice"
    if type(value).__name__ == "DataFrame":
        return "pass its columns, as numpy arrays, or a dict of lists"
    if isinstance(value, (datetime.date, datetime.time)):
        return "pass x.isoformat(), a str that time.Parse reads"
    if isinstance(value, Iterator):
        return "pass list(x), which becomes a slice"
    if isinstance(value, numbers.Number):
        return "pass float(x), or str(x) if no digit may be lost"
    if isinstance(value, os.PathLike):
        return "pass str(x)"
    return "numbers, strings, bools, lists, dicts and numpy arrays have"


def describe(value: Any) -> str:
    """The name of a value's Python type, for messages."""
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _plain(value: Any) -> Any:
    """numpy scalars, arrays and pandas Series as plain Python; everything else as it is."""
    if type(value).__module__.split(".")[0] in ("numpy", "pandas") and hasattr(value, "tolist"):
        return value.tolist()
    return value


def _misfit(value: Any, go_type: GoType, what: str, wanted: str) -> UsageError:
    shown = repr(value)
    if len(shown) > 60:
        shown = shown[:57] + "..."
    article = "an" if go_type.text[:1] in "aeiou" else "a"
    return UsageError(
        f"{what} is {article} {go_type.text} and needs {wanted}; got {shown} ({describe(value)})"
    )
