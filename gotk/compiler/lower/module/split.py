# SPDX-License-Identifier: BSD-3-Clause
"""Cuts a large module in two, so that two LLVM hosts can work on it side by side.

LLVM takes nine tenths of the time that a long program needs. The cut goes through the call graph in the order of a walk from the entry, so most
functions stay with what they call. What crosses it: functions are declared on the other side, and those small enough that LLVM may want
to inline them are there too, as ``available_externally``; constants, closures' code and ``linkonce`` definitions are in each part that uses them;
a variable is defined in the first part. So each part optimises as the whole would, short of inlining a large function.
"""

from __future__ import annotations

import re

#: Characters of IR below which a cut is not worth it: about 120 lines of Go, which LLVM compiles in some 100 ms.
WORTH_IT = 60_000

#: Lines of a function's IR up to which the other part sees its body. LLVM inlines calls in hot loops up to a cost of 525, which is about a hundred
#: instructions.
_VISIBLE = 120

#: Lines of an instance of a generic function up to which each part that uses it has it. Beyond, it is in one part, as other functions are.
_TWICE = 30

_ENTITY = re.compile(r"^(?:define .*?^\}|[^\n]+)$", re.MULTILINE | re.DOTALL)
_SYMBOL = re.compile(r'@(?:"[^"]*"|[\w.$-]+)')
_METADATA = re.compile(r"!(\d+)")
_DEFINE = re.compile(r'define (?P<linkage>(?:internal|private|linkonce_odr|weak_odr|available_externally) )?')
_PARAM_NAME = re.compile(r' %[\w.]+(?=[,)])')
_ALIGN = re.compile(r", align (\d+)$")
_REPEATABLE = ("private unnamed_addr constant ", "private constant ", "linkonce_odr ", "external ")


class _Module:
    """The pieces of a module's text by symbol."""

    def __init__(self, ir: str) -> None:
        self.frame: list[str] = []  # target, attributes, named metadata: in every part
        self.text: dict[str, str] = {}
        self.functions: list[str] = []  # those that are in one part
        self.variables: list[str] = []
        self.metadata: dict[str, str] = {}
        self._references: dict[str, list[str]] = {}
        for match in _ENTITY.finditer(ir):
            text = match[0]
            first = text[0]
            if first == "d":
                symbol = _SYMBOL.search(text)[0]  # type: ignore[index]
                if text.startswith("define linkonce_odr ") and text.count("\n") > _TWICE:
                    # An instance of one of the program's generic functions: weak, so that the part that has it keeps it.
                    text = text.replace("linkonce_odr", "weak_odr", 1)
                self.text[symbol] = text
                if text.startswith("define ") and _DEFINE.match(text)["linkage"] in (None, "weak_odr "):  # type: ignore[index]
                    self.functions.append(symbol)
            elif first == "@":
                symbol, _, definition = text.partition(" = ")
                self.text[symbol] = text
                if not definition.startswith(_REPEATABLE):
                    self.variables.append(symbol)
            elif first == "!" and text[1].isdigit():
                number, _, _ = text.partition(" = ")
                self.metadata[number[1:]] = text
            else:
                self.frame.append(text)

    def references(self, symbol: str) -> list[str]:
        """Symbols that the definition names, in the order of the text."""
        found = self._references.get(symbol)
        if found is None:
            names = dict.fromkeys(_SYMBOL.findall(self.text[symbol]))
            names.pop(symbol, None)
            found = self._references[symbol] = [n for n in names if n in self.text]
        return found


def split(ir: str, parts: int) -> list[str]:
    """Modules that together define what `ir` does; `ir` alone if it is small or has too few functions."""
    if parts < 2 or len(ir) < WORTH_IT:
        return [ir]
    module = _Module(ir)
    groups = _groups(module, parts)
    if len(groups) < 2:
        return [ir]
    return [_part(module, set(group), number == 0) for number, group in enumerate(groups)]


def _groups(module: _Module, parts: int) -> list[list[str]]:
    """The functions in as many groups of about equal size, neighbours in the call graph together."""
    order: list[str] = []
    movable = set(module.functions)
    seen: set[str] = set()
    for root in ["@gotk.entry", *module.functions]:
        if root not in module.text:
            continue
        todo = [root]
        while todo:
            symbol = todo.pop()
            if symbol in seen:
                continue
            seen.add(symbol)
            if symbol in movable:
                order.append(symbol)
            todo += reversed(module.references(symbol))
    weights = {symbol: _weight(module, symbol, movable) for symbol in order}
    total = sum(weights.values())
    groups: list[list[str]] = [[]]
    done = 0
    for symbol in order:
        if len(groups) < parts and done + weights[symbol] / 2 > total * len(groups) / parts and groups[-1]:
            groups.append([])
        groups[-1].append(symbol)
        done += weights[symbol]
    return groups


def _weight(module: _Module, symbol: str, movable: set[str]) -> int:
    """Size of a function with the closures in it."""
    weight = 0
    todo = [symbol]
    seen = {symbol}
    while todo:
        text = module.text[todo[-1]]
        weight += len(text)
        for name in module.references(todo.pop()):
            if name not in seen and name not in movable and module.text[name].startswith("define internal "):
                seen.add(name)
                todo.append(name)
    return weight


def _part(module: _Module, own: set[str], first: bool) -> str:
    """The text of one part: its functions, and whatever they need."""
    variables = set(module.variables)
    functions = set(module.functions)
    todo = [s for s in module.functions if s in own]
    if first:
        todo += module.variables
    order: dict[str, str] = {}
    while todo:
        symbol = todo.pop()
        if symbol in order:
            continue
        text = module.text[symbol]
        if symbol in variables:
            text = _variable(symbol, text, first)
            follow = first
        elif symbol in functions and symbol not in own:
            head, _, body = text.partition("\n")
            follow = body.count("\n") <= _VISIBLE and " #1 " not in head
            text = _DEFINE.sub("define available_externally ", text, count=1) if follow else _declaration(head)
        else:
            follow = True
        order[symbol] = text
        if follow:
            todo += module.references(symbol)
    kept = [order[symbol] for symbol in module.text if symbol in order]
    return "\n".join([*module.frame, *kept, *_metadata(module, [*module.frame, *kept])]) + "\n"


def _variable(symbol: str, text: str, here: bool) -> str:
    """A variable's definition with a symbol that the other parts see, or its declaration."""
    definition = text.partition(" = ")[2]
    if here:
        for hidden in ("private unnamed_addr ", "private ", "internal "):
            if definition.startswith(hidden):
                return f"{symbol} = dso_local {definition[len(hidden) :]}"
        return text
    align = _ALIGN.search(text)
    return f"{symbol} = external dso_local global i8, align {align[1] if align else 1}"


def _declaration(head: str) -> str:
    """Of a function whose ``define`` line is `head`."""
    head = head[: head.rindex("{")]
    head = re.sub(r" !dbg !\d+", "", head)
    return _PARAM_NAME.sub("", _DEFINE.sub("declare ", head, count=1)).rstrip()


def _metadata(module: _Module, texts: list[str]) -> list[str]:
    """The numbered metadata that `texts` refer to, directly or not."""
    seen: set[str] = set()
    todo = [number for text in texts for number in _METADATA.findall(text)]
    while todo:
        number = todo.pop()
        if number not in seen and number in module.metadata:
            seen.add(number)
            todo += _METADATA.findall(module.metadata[number].partition(" = ")[2])
    return [text for number, text in module.metadata.items() if number in seen]
