# SPDX-License-Identifier: BSD-3-Clause
"""``make demo``: runs the quickstart notebook headless, prints its comparison table, and says which file to open."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

__all__ = ["main"]


def _text_of(output: Any) -> str:
    data = output.get("data", {})
    return str(output.get("text") or data.get("text/plain") or "")


def main(arguments: list[str]) -> int:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    path = Path(arguments[0])
    notebook = nbformat.read(path, as_version=4)
    print(f"running {path} in a Jupyter kernel …", flush=True)
    start = time.monotonic()
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    try:
        client.execute()
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return 1
    executed = path.with_name(path.stem + ".executed.ipynb")
    nbformat.write(notebook, executed)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "comparison" in cell.metadata.get("tags", []):
            for output in cell.outputs:
                print(_text_of(output).rstrip())
    print(f"\ndone in {time.monotonic() - start:.0f} s. Open {executed} to read it with its results, or start afresh:")
    print(f"  {Path(sys.executable).with_name('jupyter')} lab {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
