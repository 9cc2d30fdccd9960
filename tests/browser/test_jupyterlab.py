# SPDX-License-Identifier: BSD-3-Clause
"""gotk as it is met in JupyterLab: completion, tooltips, errors and widgets, in a headless Chromium."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import gotk

pytest.importorskip("jupyterlab", reason="needs JupyterLab (pip install gotk[test])")
pytest.importorskip("websocket", reason="needs websocket-client, which comes with JupyterLab")
_spec = importlib.util.spec_from_file_location("chromium", Path(__file__).with_name("chromium.py"))
assert _spec is not None and _spec.loader is not None
chromium = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(chromium)

pytestmark = pytest.mark.skipif(chromium.find_chromium() is None, reason="needs a browser (Debian: apt-get install chromium)")

CELLS = [
    "%load_ext gotk\nimport gotk\npanel = gotk.lab()\npanel",
    "%%go\ntype Point struct{ X, Y int }\n\n// Move shifts p.\nfunc (p *Point) Move(d int) { p.X += d }\n\np := Point{1, 2}\np.",
    '%%go\nx := 1\nfmt.Println("text" + 3)\n',
    '%%go\nvar m map[string]int\nfmt.Println("before")\nm["x"] = 1\n',
    "print('procs are', panel.procs.value)",
]
IDLE = "document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') !== null"


class Lab:
    """The notebook of `CELLS` in a JupyterLab in a page."""

    def __init__(self, folder: Path) -> None:
        cells = [nbformat.v4.new_code_cell(text) for text in CELLS]
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "test.ipynb")
        # The extension that asks about news would open a dialog.
        settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        root = str(Path(gotk.__file__).resolve().parents[1])
        env = {**os.environ, "PYTHONPATH": root, "JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces")}
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
            "--allow-root", f"--ServerApp.root_dir={folder}",
        ]  # fmt: skip
        self._server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=1):
                break
            time.sleep(0.2)
        browser = chromium.find_chromium()
        assert browser is not None
        self.page = None
        try:
            self.page = chromium.Page(browser, f"http://127.0.0.1:{port}/lab/tree/test.ipynb")
            self.page.wait("document.querySelectorAll('.jp-CodeCell').length >= 3", 90)
            self.page.wait(IDLE)
        except BaseException:
            self.close()
            raise

    def _stop(self) -> None:
        os.killpg(self._server.pid, signal.SIGTERM)
        self._server.wait(30)

    def close(self) -> None:
        try:
            if self.page is not None:
                self.page.close()
        finally:
            self._stop()

    def enter(self, number: int) -> None:
        """Put the cursor at the end of a cell."""
        x, y = self.page.wait(
            f"(() => {{ const cell = document.querySelectorAll('.jp-CodeCell')[{number}]; if (!cell) return null;"
            "cell.scrollIntoView({block: 'center'}); const lines = [...cell.querySelectorAll('.cm-line')]; if (!lines.length) return null;"
            "const r = lines.pop().getBoundingClientRect(); return [r.left + 3, r.top + r.height / 2]; })()"
        )
        self.page.click(x, y)
        self.page.key("End")

    def run(self, number: int) -> str:
        """Run a cell; the text of its output."""
        cell = f"document.querySelectorAll('.jp-CodeCell')[{number}]"
        prompt = f"{cell}.querySelector('.jp-InputPrompt').innerText"
        before = self.page.js(prompt)
        for _ in range(20):
            # What is run while the page still connects to the kernel is dropped, and nothing tells when it has.
            self.enter(number)
            self.page.key("Enter", chromium.CONTROL)
            deadline = time.monotonic() + 3
            while self.page.js(prompt) == before and time.monotonic() < deadline:
                time.sleep(0.1)
            if self.page.js(prompt) != before:
                break
        self.page.wait(f"{prompt} != {json.dumps(before)} && /\\[\\d+\\]/.test({prompt})")
        self.page.wait(IDLE)
        return self.page.js(f"{cell}.querySelector('.jp-OutputArea-output') ? {cell}.querySelector('.jp-Cell-outputArea').innerText : ''")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("lab"))
    try:
        lab.run(0)
        yield lab
    finally:
        lab.close()


@pytest.fixture(autouse=True)
def clean_console(lab: Lab) -> Iterator[None]:
    """No test leaves an error on the browser's console that is ours."""
    yield
    assert [line for line in lab.page.console if re.search("gotk|widget|Uncaught", line, re.I)] == []


def test_tab_shows_fields_and_methods_and_shift_tab_the_signature(lab: Lab) -> None:
    lab.enter(1)
    lab.page.key("Tab")
    lab.page.wait("document.querySelectorAll('.jp-Completer-item').length > 0", 20)
    items = lab.page.js("[...document.querySelectorAll('.jp-Completer-match')].map(e => e.innerText)")
    assert items == ["X", "Y", "Move"]
    lab.page.key("Escape")
    lab.page.type("Move(")
    lab.page.key("Tab", chromium.SHIFT)
    text = lab.page.wait("(document.querySelector('.jp-Tooltip') || {}).innerText", 20)
    assert "func (p *Point) Move(d int)" in text and "Move shifts p." in text
    lab.page.key("Escape")


def test_errors_are_gos_own(lab: Lab) -> None:
    text = lab.run(2)
    assert "declared and not used: x" in text and "mismatched types" in text and "^" in text
    assert "Traceback" not in text and "\x1b" not in text
    text = lab.run(3)
    assert "before" in text and "panic: assignment to entry in nil map" in text and "Traceback" not in text


def test_widgets_render_and_a_slider_acts(lab: Lab) -> None:
    cell = "document.querySelectorAll('.jp-CodeCell')[0]"
    lab.page.wait(f"{cell}.querySelectorAll('.widget-dropdown, .widget-hslider').length >= 2", 30)
    before = int(re.findall(r"\d+", lab.run(4))[0])
    lab.page.js(f"{cell}.querySelector('.noUi-handle').focus()")
    lab.page.key("ArrowRight")
    lab.page.wait(f"{cell}.querySelector('.widget-readout').innerText == '{before + 1}'", 20)
    assert f"procs are {before + 1}" in lab.run(4)
