# SPDX-License-Identifier: BSD-3-Clause
"""Tab completion for the line of ``%%go`` and ``%gomaxprocs``: options, their values, names of the notebook and of the cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["complete_go_line", "install_completion", "remove_completion"]

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
    if last.startswith("-"):
        return [o for o in go_options() if o.startswith(last)]
    return []


def install_completion(shell: InteractiveShell) -> None:
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def gotk_matcher(context: CompletionContext) -> SimpleMatcherResult:
        lines = context.full_text.split("\n")
        at = context.cursor_line
        line = lines[at][: context.cursor_position] if at < len(lines) else ""
        found: list[str] = []
        if line.startswith("%%go "):
            names = [n for n in shell.user_ns if not n.startswith("_")]
            found = complete_go_line(line[4:], "\n".join(lines[at + 1 :]), names)
        elif line.startswith("%gomaxprocs "):
            found = [w for w in ("auto",) if w.startswith(line.split(" ")[-1])]
        word = re.split(r"[\s]", line)[-1]
        # IPython replaces `context.token`; what it has already of the word is cut off.
        cut = len(word) - len(context.token) if word.endswith(context.token) else 0
        completions = [SimpleCompletion(text=f[cut:], type="option") for f in found]
        return {"completions": completions, "suppress": bool(completions)}

    gotk_matcher._gotk = True  # type: ignore[attr-defined]
    remove_completion(shell)
    shell.Completer.custom_matchers.append(gotk_matcher)


def remove_completion(shell: InteractiveShell) -> None:
    matchers: list[Any] = shell.Completer.custom_matchers
    matchers[:] = [m for m in matchers if not getattr(m, "_gotk", False)]
