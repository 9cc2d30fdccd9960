# SPDX-License-Identifier: BSD-3-Clause
"""The notebook's progress bar: what is displayed and updated, in a real InteractiveShell's publisher."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from gotk.jupyter import progress


def test_the_bar_is_updated_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = InteractiveShell.instance()
    published: list[tuple[dict[str, Any], Any]] = []
    monkeypatch.setattr(
        shell.display_pub,
        "publish",
        lambda data, metadata=None, **rest: published.append((data, rest.get("update"))),
    )
    monkeypatch.setattr(progress, "_REDRAW_S", 0)
    bar = progress.notebook_progress(3)
    bar(1, 3, {"error": None})
    bar(2, 3, {"error": "panic: <x>"})
    bar(3, 3, {"error": None})
    texts = [data["text/plain"] for data, _ in published]
    assert texts[0] == "0/3 runs, starting"
    assert texts[1].startswith("1/3 runs") and "left" in texts[1]
    assert "3/3 runs" in texts[3] and "1 failed, the last: panic: <x>" in texts[3]
    assert [bool(update) for _, update in published] == [False, True, True, True]
    assert "&lt;x&gt;" in published[3][0]["text/html"]
