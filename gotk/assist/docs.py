# SPDX-License-Identifier: BSD-3-Clause
"""Signatures and comments of declarations, read from their source text.

A package's export data has the place of each declaration but not its comments: they are read from golib's files when someone asks.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from gotk.compiler.sources import GOLIB_ROOT

__all__ = ["BUILTINS", "Source", "comment_above", "declaration", "library_source", "package_comment"]

#: Lines of a type's declaration that are shown.
_MOST_LINES = 40


@dataclass(frozen=True)
class Source:
    """A file's lines, and the name that is shown for it."""

    name: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """Line `number`, from 1; "" outside."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""


@functools.lru_cache(maxsize=64)
def library_source(name: str) -> Source:
    """A golib file by the name that positions have: ``fmt/print.go``."""
    try:
        text = (GOLIB_ROOT / name).read_text()
    except OSError:
        text = ""
    return Source(name, tuple(text.split("\n")))


def comment_above(source: Source, line: int) -> str:
    """The comment right above a line, or at its end; directives left out."""
    found: list[str] = []
    at = line - 1
    while at >= 1:
        text = source.line(at).strip()
        if not text.startswith("//"):
            if text.endswith("*/"):
                block: list[str] = []
                while at >= 1:
                    block.insert(0, source.line(at))
                    if "/*" in source.line(at):
                        break
                    at -= 1
                return _plain("\n".join(block))
            break
        found.insert(0, text)
        at -= 1
    text = "\n".join(t[2:].removeprefix(" ") for t in found if not re.match(r"//(?:go|gotk|line|nolint)\b:?", t)).strip()
    if text:
        return text
    trailing = re.search(r"\s//\s?(.*)$", source.line(line))
    return trailing[1] if trailing else ""


def _plain(block: str) -> str:
    inner = block.strip().removeprefix("/*").removesuffix("*/")
    return "\n".join(line.strip().removeprefix("*").strip() for line in inner.split("\n")).strip()


def declaration(source: Source, line: int, word: str) -> str:
    """The text of the declaration at a line: a function's up to its body, a type's whole (as far as it is short). `word` is func, type, var or const."""
    text = source.line(line).strip()
    if word == "func":
        return _function(source, line)
    if word == "type":
        return _type(source, line, text)
    return re.sub(r"\s*//.*$", "", text)


def _function(source: Source, line: int) -> str:
    parts: list[str] = []
    depth = 0
    for number in range(line, line + 20):
        text = re.sub(r"\s*//.*$", "", source.line(number)).strip()
        for at, char in enumerate(text):
            if char in "([":
                depth += 1
            elif char in ")]":
                depth -= 1
            elif char == "{" and depth == 0 and not re.search(r"\b(?:interface|struct)\s*$", text[:at]):
                parts.append(text[:at].rstrip())
                return " ".join(p for p in parts if p)
        parts.append(text)
        if depth == 0:
            break
    return " ".join(p for p in parts if p)


def _type(source: Source, line: int, text: str) -> str:
    if not text.startswith("type"):
        text = f"type {text}"
    indent = len(source.line(line)) - len(source.line(line).lstrip())
    shown = [re.sub(r"\s*//.*$", "", text) if "{" not in text else text]
    depth = text.count("{") - text.count("}")
    number = line
    while depth > 0 and number < len(source.lines):
        number += 1
        below = source.line(number)
        depth += below.count("{") - below.count("}")
        if len(shown) < _MOST_LINES:
            shown.append(below[indent:] if below[:indent].strip() == "" else below)
        elif depth <= 0:
            shown += ["\t…", "}"]
    return "\n".join(shown)


@functools.lru_cache(maxsize=64)
def package_comment(path: str) -> str:
    """The comment of a golib package: the one that begins with "Package", or that of its only file."""
    files = sorted((GOLIB_ROOT / path).glob("*.go"))
    for file in files:
        lines = library_source(f"{path}/{file.name}").lines
        for number, line in enumerate(lines, 1):
            if line.startswith("package "):
                text = comment_above(Source(file.name, lines[:number]), number)
                if text.startswith("Package ") or (len(files) == 1 and not text.startswith("SPDX")):
                    return text
                break
    return ""


_HIDDEN_FIELD = re.compile(r"^\t(?:[a-z_]\w*(?:, \w+)*\s|_\s)")


def without_hidden_fields(text: str) -> str:
    """A struct's declaration as an importer sees it."""
    if not re.match(r"type [^\n]*\bstruct \{\n", text):
        return text
    lines = text.split("\n")
    kept = [line for line in lines if not _HIDDEN_FIELD.match(line) and not re.match(r"^\t\t", line)]
    if len(kept) < len(lines):
        kept.insert(-1, "\t// and unexported fields")
    return "\n".join(kept)


def first_sentence(text: str) -> str:
    """Up to the first full stop."""
    return re.split(r"(?<=[.!?])\s", text.replace("\n", " "), maxsplit=1)[0]



#: The predeclared functions and types: signature and what it does.
BUILTINS: dict[str, tuple[str, str]] = {
    "append": ("func append(slice []T, elems ...T) []T", "The slice with the elements added at its end; it may lie in new memory, so assign the result."),
    "cap": ("func cap(v T) int", "Capacity of a slice, array or channel."),
    "clear": ("func clear(v T)", "Deletes all entries of a map, or sets all elements of a slice to zero."),
    "close": ("func close(c chan<- T)", "Closes a channel: receivers get what is still in it, then zero values at once. Sending on it panics."),
    "complex": ("func complex(r, i float64) complex128", "A complex number of its two parts."),
    "copy": ("func copy(dst, src []T) int", "Copies elements, as many as the shorter slice has, and returns their number. The slices may overlap; src may be a string for []byte."),
    "delete": ("func delete(m map[K]V, key K)", "Removes an entry of a map; nothing happens if there is none."),
    "imag": ("func imag(c complex128) float64", "The imaginary part."),
    "len": ("func len(v T) int", "Number of elements of a string (bytes), array, slice, map or channel (what is queued)."),
    "make": ("func make(T, size ...int) T", "A new slice (length, capacity), map (space) or channel (buffer size)."),
    "max": ("func max(x T, y ...T) T", "The largest argument; NaN if one is NaN."),
    "min": ("func min(x T, y ...T) T", "The smallest argument; NaN if one is NaN."),
    "new": ("func new(T) *T", "A pointer to a new variable of type T; given a value instead of a type, to a copy of it."),
    "panic": ("func panic(v any)", "Stops the goroutine's ordinary work: deferred calls run, and unless one of them recovers, the program ends with exit code 2."),
    "print": ("func print(args ...T)", "Writes to stderr, for debugging a runtime."),
    "println": ("func println(args ...T)", "Writes to stderr with spaces and a line break, for debugging a runtime."),
    "real": ("func real(c complex128) float64", "The real part."),
    "recover": ("func recover() any", "In a deferred call: ends a panic and returns its value; nil if there is none."),
    "any": ("type any = interface{}", "Holds a value of any type."),
    "comparable": ("type comparable interface{ … }", "As a constraint: types whose values can be compared with ==."),
    "error": ("type error interface {\n\tError() string\n}", "What functions return to say what went wrong; nil means nothing did."),
    "iota": ("const iota = 0", "In a constant declaration: the number of the line, from 0."),
    "nil": ("var nil T", "The zero value of pointers, functions, interfaces, slices, channels and maps."),
}
