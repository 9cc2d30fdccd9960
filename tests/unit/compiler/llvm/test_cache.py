# SPDX-License-Identifier: BSD-3-Clause
"""The cache: keys tell parts apart, entries are whole, the least recently used go first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gotk.compiler.llvm import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GOTK_CACHE_DIR", str(tmp_path / "c"))
    cache.cache_dir.cache_clear()
    yield tmp_path / "c"
    cache.cache_dir.cache_clear()


def test_digest_tells_parts_apart() -> None:
    assert cache.digest("ab", "c") != cache.digest("a", "bc") != cache.digest("abc")
    assert cache.digest("a") == cache.digest(b"a")


def test_entries(folder: Path) -> None:
    path = cache.entry_path("objects", cache.digest("x"), ".o")
    assert not cache.is_cached(path)
    cache.write_entry(path, b"data")
    assert cache.is_cached(path)
    assert path.is_relative_to(folder)
    assert path.read_bytes() == b"data"


def test_objects_depend_on_the_level() -> None:
    assert cache.object_path("x", opt=1) != cache.object_path("x", opt=2)


def test_prune_removes_the_oldest() -> None:
    paths = [cache.entry_path("objects", cache.digest(str(i)), ".o") for i in range(4)]
    for age, path in enumerate(reversed(paths)):
        cache.write_entry(path, bytes(100))
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert cache.prune(250) == 200
    assert [p.exists() for p in paths] == [False, False, True, True]


def test_unwritable_folder_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOTK_CACHE_DIR", "/proc/nowhere")
    cache.cache_dir.cache_clear()
    assert "gotk-cache-" in str(cache.cache_dir())


def test_the_choice_of_passes_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.object_path("text")
    monkeypatch.setattr(cache, "PIPELINE", "others")
    assert cache.object_path("text") != before
