# SPDX-License-Identifier: BSD-3-Clause
"""Values that come into a program from Python (``-i``): small ones as Go literals, large numeric
ones as files.

A file holds the elements one after the other in the machine's own byte order; the program maps it
into memory (``gotk/internal/cell``), so ten million numbers cost no parsing and the compiled
program does not depend on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gotk.compiler.source.gotypes import GoType, basic
from gotk.compiler.source.values import (
    CELL_ALIAS,
    NUMPY_TYPES,
    fitting_type,
    literal,
    typed_literal,
)
from gotk.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

__all__ = ["LITERAL_LIMIT", "DataFile", "input_expression"]

# Elements up to which a literal is used. Beyond, compiling the literal costs more than mapping a
# file.
LITERAL_LIMIT = 256

_DTYPES = {go: code for code, go in NUMPY_TYPES.items()} | {
    "byte": "u1",
    "rune": "i4",
    "int64": "i8",
    "uint": "u8",
    "uintptr": "u8",
    "time.Duration": "i8",
}


@dataclass(frozen=True)
class DataFile:
    """A file that must lie in the run's directory: its name there, and an array whose bytes it
    holds.
    """

    name: str
    array: np.ndarray[Any, Any]

    def write(self, directory: str) -> None:
        """Write the file into `directory`."""
        import os

        self.array.tofile(os.path.join(directory, self.name))


def input_expression(
    name: str, value: Any, declared: GoType | None = None
) -> tuple[str, DataFile | None]:
    """Go expression for the input `name`, and the file it reads if the value is large.

    `declared` is the type of the variable if the cell has one. Raises UsageError for a value that
    has no Go type.
    """
    array = _as_array(name, value, declared)
    if array is None:
        if declared is not None:
            return typed_literal(value, declared, name), None
        found = fitting_type(value, name)
        return typed_literal(value, found, name), None
    elem = _elem_type(name, array, declared)
    target = declared or _array_type(elem, array.ndim)
    if array.size <= LITERAL_LIMIT:
        if array.ndim == 2 and array.shape[1] == 0:
            return f"make({target.text}, {array.shape[0]})", None
        return literal(array.tolist(), target, name), None
    data = array.astype(_DTYPES[elem.text], order="C", copy=False)
    file = DataFile(f"in_{name}.bin", data)
    sizes = ", ".join(str(size) for size in array.shape)
    function = "Array" if array.ndim == 1 else "Rows"
    return f'{CELL_ALIAS}.{function}[{elem.text}]("{file.name}", {sizes})', file


def _as_array(name: str, value: Any, declared: GoType | None) -> np.ndarray[Any, Any] | None:
    """`value` as a numeric array if it is one, or a list of numbers too long for a literal."""
    if declared is not None and not _takes_array(declared):
        return None
    module = type(value).__module__.split(".")[0]
    if module in ("numpy", "pandas") and hasattr(value, "ndim") and value.ndim > 0:
        if type(value).__name__ == "DataFrame":
            fitting_type(value, name)  # raises, with the way out
        array = value.to_numpy() if module == "pandas" else value
        if array.ndim > 2:
            raise UsageError(
                f"{name}: an array of {array.ndim} dimensions; Go slices are made for one or two: "
                f"pass {name}.reshape(…)"
            )
        if array.dtype.kind in "OUS":
            return None  # text or mixed objects: as a list
        return array
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        if len(value) > LITERAL_LIMIT and all(type(item) in (int, float, bool) for item in value):
            import numpy as np

            go_type = fitting_type(value, name) if declared is None else declared
            if go_type.elem is not None and go_type.elem.name == "uint64":
                return np.array(value, dtype=np.uint64)
            return np.array(value)
    return None


def _takes_array(declared: GoType) -> bool:
    """The declared type is a slice (of slices) of numbers or bools."""
    elem = declared.elem
    if declared.kind != "slice" or elem is None:
        return False
    return elem.text in _DTYPES or (
        elem.kind == "slice" and elem.elem is not None and elem.elem.text in _DTYPES
    )


def _elem_type(name: str, array: np.ndarray[Any, Any], declared: GoType | None) -> GoType:
    code = f"{array.dtype.kind}{array.dtype.itemsize}"
    if code not in NUMPY_TYPES:
        way = "convert it: .astype('float32')" if code == "f2" else "convert it to numbers"
        if array.dtype.kind in "mM":
            way = "convert it to int64 nanoseconds: .astype('timedelta64[ns]').astype('int64')"
        raise UsageError(f"{name}: numpy's {array.dtype} has no Go type; {way}")
    found = basic(NUMPY_TYPES[code])
    if declared is None:
        return found
    elem = declared.elem
    while elem is not None and elem.kind == "slice":
        elem = elem.elem
    depth = 1 if declared.elem is not None and declared.elem.kind != "slice" else 2
    if elem is None or depth != array.ndim:
        raise UsageError(
            f"{name} is a {declared.text} and cannot take an array of {array.ndim} dimension(s)"
        )
    import numpy as np

    wanted = np.dtype(_DTYPES[elem.text])
    if wanted != array.dtype and array.size and not np.array_equal(array.astype(wanted), array):
        raise UsageError(
            f"{name} is a {declared.text}; an array of {array.dtype} does not fit without loss"
        )
    return elem


def _array_type(elem: GoType, ndim: int) -> GoType:
    row = GoType(f"[]{elem.text}", "slice", elem=elem)
    return row if ndim == 1 else GoType(f"[]{row.text}", "slice", elem=row)
