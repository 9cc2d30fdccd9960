# SPDX-License-Identifier: BSD-3-Clause
"""Every notebook is executed in a real ipykernel; key outputs of the quickstart are looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from gotk.runtimes.go import find_go

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
pytestmark = [
    pytest.mark.skipif(find_go() is None, reason="needs the Go toolchain (pip install gotk[go])"),
    pytest.mark.timeout(400),
]


def execute(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def text_of(cell: Any) -> str:
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(str(output.get("text") or data.get("text/plain") or ""))
        parts += output.get("traceback", [])
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(parts))


@pytest.fixture(scope="module")
def quickstart() -> Any:
    return execute(FOLDER / "01_quickstart.ipynb")


def tagged(notebook: Any, tag: str) -> Any:
    return next(cell for cell in notebook.cells if tag in cell.metadata.get("tags", []))


def test_the_same_cell_on_three_runtimes(quickstart: Any) -> None:
    text = "\n".join(text_of(cell) for cell in quickstart.cells if cell.cell_type == "code")
    assert "1000 goroutines computed 332833500" in text
    assert "1000 threads computed 332833500" in text
    assert "1000 goroutines of real Go computed 332833500" in text


def test_tables_and_outputs(quickstart: Any) -> None:
    assert "creator" in text_of(tagged(quickstart, "goroutines"))
    assert "job" in text_of(tagged(quickstart, "records"))
    assert "numpy.ndarray" in text_of(tagged(quickstart, "smooth"))


def test_a_cell_uses_an_earlier_ones_declarations(quickstart: Any) -> None:
    assert "no more than 3 at once: true" in text_of(tagged(quickstart, "snippet"))


def test_errors_are_gos_own_without_a_traceback(quickstart: Any) -> None:
    deadlock = text_of(tagged(quickstart, "deadlock"))
    assert "all goroutines are asleep - deadlock!" in deadlock and "chan receive" in deadlock
    compile_error = text_of(tagged(quickstart, "compile-error"))
    assert "declared and not used: count" in compile_error and "fmt.Printn" in compile_error and "^" in compile_error
    for tag in ("deadlock", "compile-error", "timeout"):
        assert "Traceback" not in text_of(tagged(quickstart, tag))


def test_comparison_has_table_and_figure(quickstart: Any) -> None:
    cell = tagged(quickstart, "comparison")
    table = text_of(cell)
    assert "gotk" in table and "threads" in table and "go" in table
    assert any("image/png" in output.get("data", {}) for output in cell.outputs)


def test_sweep_and_lab(quickstart: Any) -> None:
    assert "threads" in text_of(tagged(quickstart, "sweep"))
    lab = tagged(quickstart, "lab")
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in lab.outputs)


def test_notebooks_are_committed_without_outputs() -> None:
    for path in FOLDER.glob("*.ipynb"):
        if path.stem.endswith(".executed"):
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), f"{path.name} has outputs: strip them"
