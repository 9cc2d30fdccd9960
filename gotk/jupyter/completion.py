# SPDX-License-Identifier: BSD-3-Clause
"""Tab completion in ``%%go`` cells: options, their values and names on the first line, Go below it. Through IPython's matchers, so that it works wherever
IPython completes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gotk.assist import Context, complete
from gotk.assist.query import library_paths
from gotk.saved import snippets

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["complete_go_line", "context_of", "go_cell", "install_completion", "remove_completion"]

_GO_VARS = re.compile(r"^[ \t]*(?:var[ \t]+)?\(?[ \t]*([A-Za-z_]\w*)(?:[ \t]+[^=\n]+)?[ \t]*=", re.M)
_PARAMS = re.compile(r"^[ \t]*var[ \t]+([A-Za-z_]\w*)", re.M)


def complete_go_line(line: str, cell: str, names: list[str]) -> list[str]:
    """Completions of the last word of ``line`` (everything before the cursor, from ``%%go`` on).

    ``cell`` is the cell's body (for ``-o`` and ``--set``), ``names`` the notebook's variables (for ``-i``)."""
    from gotk.jupyter.magics import go_options
    from gotk.runtimes.base import RUNTIMES

    words = line.split()
    last = "" if line.endswith((" ", "\t")) else (words.pop() if words else "")
    before = words[-1] if words else ""
    if before in ("-r", "--runtime"):
        return [r for r in RUNTIMES if r.startswith(last)]
    if before in ("-i", "--input"):
        done, _, partial = last.rpartition(",")
        return [f"{done},{n}" if done else n for n in names if n.startswith(partial)]
    if before in ("-o", "--output", "-s", "--set"):
        done, _, partial = last.rpartition(",")
        suffix = "=" if before in ("-s", "--set") else ""
        found = sorted(set(_PARAMS.findall(cell)))
        return [(f"{done},{n}" if done else n) + suffix for n in found if n.startswith(partial)]
    if before in ("-w", "--with", "--save", "--remove"):
        done, _, partial = last.rpartition(",")
        return [f"{done},{n}" if done else n for n in snippets if n.startswith(partial)]
    if last.startswith("-"):
        return [o for o in go_options() if o.startswith(last)]
    return []


@dataclass(frozen=True)
class GoCell:
    """A ``%%go`` cell taken apart: its first `line` without ``%%go``, the Go `body`, and the cursor's offset in it (below 0: on the first line)."""

    line: str
    body: str
    offset: int


def go_cell(text: str, cursor: int) -> GoCell | None:
    """The parts of a cell's text, None if it is not a ``%%go`` cell; `cursor` counts characters."""
    match = re.match(r"\s*%%go(?=\s|$)([^\n]*)(\n|$)", text)
    if match is None:
        return None
    offset = cursor - match.end() if match[2] else -1
    return GoCell(match[1], text[match.end() :], offset)


def context_of(line: str, namespace: Mapping[str, Any]) -> Context:
    """Snippets and inputs that the options on a cell's first line name; what does not exist is left out."""
    names = [n for group in re.findall(r"(?:--with|-w)[ =]\s*([\w,-]+)", line) for n in group.split(",")]
    used = snippets.closure([n for n in names if n in snippets])
    inputs: dict[str, Any] = {}
    for group in re.findall(r"(?:--input|-i)[ =]\s*([\w,]+)", line):
        for name in group.split(","):
            value = namespace.get(name)
            if name in namespace and (hasattr(value, "dtype") or not hasattr(value, "__len__") or len(value) < _SMALL):  # type: ignore[arg-type]
                inputs[name] = value
    return Context(tuple(used), inputs)


#: Python lists up to this length are looked at for the type of their elements while someone types.
_SMALL = 10_000

#: What front ends call the kinds of things, for their icons.
_KINDS = {
    "package": "module",
    "type": "class",
    "variable": "instance",
    "constant": "instance",
    "field": "property",
    "method": "function",
}


class _Nothing(list[Any]):
    """No completions, and none of other matchers either: what Python knows (after seconds of search) is no Go. IPython lets a matcher suppress the
    others only if its own result has a length."""

    def __len__(self) -> int:
        return 1


def install_completion(shell: InteractiveShell) -> None:
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def gotk_matcher(context: CompletionContext) -> SimpleMatcherResult:
        lines = context.full_text.split("\n")
        at = context.cursor_line
        line = lines[at][: context.cursor_position] if at < len(lines) else ""
        offset = sum(len(text) + 1 for text in lines[:at]) + len(line)
        cell = go_cell(context.full_text, offset)
        if cell is not None and cell.offset >= 0:
            found = complete(cell.body, cell.offset, context_of(cell.line, shell.user_ns))
            return {
                "completions": [SimpleCompletion(text=c.text, type=_KINDS.get(c.kind, c.kind)) for c in found] or _Nothing(),
                "matched_fragment": cell.body[found[0].start : cell.offset] if found else "",
                "suppress": True,
                "ordered": True,
            }
        options: list[str] = []
        if cell is not None and line.lstrip().startswith("%%go "):
            names = [n for n in shell.user_ns if not n.startswith("_")]
            options = complete_go_line(line.lstrip()[4:], cell.body, names)
        elif line.startswith("%gomaxprocs "):
            options = [w for w in ("auto",) if w.startswith(line.split(" ")[-1])]
        elif line.startswith("%go_saved "):
            options = complete_go_line(line.removeprefix("%go_saved").replace(" ", " --with ", 1), "", [])
        elif line.startswith("%go_doc "):
            options = complete_doc_name(line.split(" ")[-1])
        word = re.split(r"[\s]", line)[-1]
        # IPython replaces `context.token`; what it has already of the word is cut off.
        cut = len(word) - len(context.token) if word.endswith(context.token) else 0
        completions = [SimpleCompletion(text=f[cut:], type="option") for f in options]
        return {"completions": completions, "suppress": bool(completions)}

    gotk_matcher._gotk = True  # type: ignore[attr-defined]
    remove_completion(shell)
    shell.Completer.custom_matchers.append(gotk_matcher)


def complete_doc_name(word: str) -> list[str]:
    """Names that ``%go_doc`` knows: packages, and what is in them."""
    head, dot, rest = word.rpartition(".")
    if not dot:
        return [path for path in library_paths() if path.startswith(word)]
    return [f"{head}.{c.text}" for c in complete(f"{head}.{rest}", len(word))]


def remove_completion(shell: InteractiveShell) -> None:
    matchers: list[Any] = shell.Completer.custom_matchers
    matchers[:] = [m for m in matchers if not getattr(m, "_gotk", False)]
