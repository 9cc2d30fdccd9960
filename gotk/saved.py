# SPDX-License-Identifier: BSD-3-Clause
"""Saved snippets: declarations that later programs can use by name.

`snippets` is this session's collection, a mapping from name to Go source::

    gotk.snippets["queue"] = "type Queue struct{ items []int }"
    gotk.Program("q := Queue{}; fmt.Println(q)", with_=["queue"]).run()
    del gotk.snippets["queue"]

In a notebook ``%%go --save queue`` fills it and ``%%go --with queue`` uses it. A snippet that was saved with others (``--save b --with a``) brings
them along, in their present form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass

from gotk.compiler.source import Cell, Snippet
from gotk.errors import UsageError

__all__ = ["Snippets", "resolve", "snippets"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CELL = re.compile(r"cell\d+")


@dataclass(frozen=True)
class _Saved:
    source: str
    needs: tuple[str, ...] = ()


class Snippets(MutableMapping[str, str]):
    """Snippets by name. Its text is the list that ``%go_saved`` shows."""

    def __init__(self) -> None:
        self._saved: dict[str, _Saved] = {}

    def save(self, name: str, source: str, needs: Iterable[str] = ()) -> None:
        """Keep `source` under `name`, instead of what was there; `needs` are the snippets that it uses. Raises UsageError."""
        if not _NAME.fullmatch(name) or _CELL.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot be a snippet's name: it begins with a letter and has letters, digits, - and _ (and cells are called cell1, cell2, … themselves)"
            )
        if not isinstance(source, str):
            raise UsageError(f"a snippet is a str of Go source, not {type(source).__name__}")
        wanted = tuple(dict.fromkeys(n for n in needs if n != name))
        for need in wanted:
            self._get(need)
        self._saved[name] = _Saved(source, wanted)

    def _get(self, name: str) -> _Saved:
        found = self._saved.get(name)
        if found is None:
            known = ", ".join(self._saved) or "none; %%go --save NAME saves one"
            raise UsageError(f"there is no snippet {name!r} (saved: {known})")
        return found

    def closure(self, names: Iterable[str]) -> list[Snippet]:
        """These snippets and those that they need, needed ones first. Raises UsageError for an unknown name."""
        found: dict[str, Snippet] = {}
        active: set[str] = set()

        def visit(name: str) -> None:
            if name in found or name in active:
                return
            saved = self._get(name)
            active.add(name)
            for need in saved.needs:
                if need not in self._saved:
                    raise UsageError(f"snippet {name!r} needs {need!r}, which is not saved any more: save it again, or {name} without it")
                visit(need)
            found[name] = Snippet(name, saved.source)

        for name in names:
            visit(name)
        return list(found.values())

    def declared(self, name: str) -> list[str]:
        """Names that a snippet declares, sorted; a method is ``Type.name``."""
        return sorted(Cell(self._get(name).source, f"{name}.go").declares)

    # ---- the mapping

    def __getitem__(self, name: str) -> str:
        if name not in self._saved:
            raise KeyError(name)
        return self._saved[name].source

    def __setitem__(self, name: str, source: str) -> None:
        self.save(name, source)

    def __delitem__(self, name: str) -> None:
        if name not in self._saved:
            raise KeyError(name)
        del self._saved[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._saved)

    def __len__(self) -> int:
        return len(self._saved)

    def __repr__(self) -> str:
        if not self._saved:
            return "no snippets are saved; %%go --save NAME saves a cell's declarations"
        width = max(map(len, self._saved))
        lines = []
        for name, saved in self._saved.items():
            text = ", ".join(self.declared(name)) or "(nothing declared)"
            after = f"  [with {', '.join(saved.needs)}]" if saved.needs else ""
            lines.append(f"{name:{width}}  {text}{after}")
        return "\n".join(lines)


#: The snippets of this session.
snippets = Snippets()


def resolve(with_: Iterable[str] | Mapping[str, str]) -> list[Snippet]:
    """Snippets of an argument ``with_``: names of saved ones, or texts by name."""
    if isinstance(with_, str):
        raise UsageError("with_ is a list of snippets' names, or a dict of texts by name, not one str")
    if isinstance(with_, Mapping):
        own = Snippets()
        for name, source in with_.items():
            own.save(name, source)
        return own.closure(own)
    return snippets.closure(with_)
