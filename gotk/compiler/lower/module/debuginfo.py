# SPDX-License-Identifier: BSD-3-Clause
"""Debug metadata: line tables only, so that traces and profiles can name file and line of a pc.

DWARF 4 because its line tables hold their file names themselves: one section to decode. Columns are left out (traces do not print
them): all instructions of a line share one location, which halves the metadata.
"""

from __future__ import annotations

import os

from gotk.compiler.syntax.linedirectives import place
from gotk.compiler.syntax.position import pos_file, pos_line
from gotk.compiler.types.model import Package


class DebugInfo:
    """The metadata of one module. `text` returns it all."""

    def __init__(self, package: Package) -> None:
        self._lines: list[str] = []
        self._files: dict[str, int] = {}
        self._locations: dict[tuple[str, int], str] = {}
        #: of the files that have any
        self.directives = {f.index: f.directives for f in package.files if f.directives}
        self._elsewhere: dict[tuple[str, str], str] = {}
        self._next = 7
        #: operands of ``!prof`` on a conditional branch: the first target is (un)likely
        self.unlikely, self.likely = "!5", "!6"
        name = package.file_names[0] if package.file_names else "<none>"
        self._unit_file = self._file(name)

    def _new(self, text: str) -> int:
        number = self._next
        self._next += 1
        self._lines.append(f"!{number} = {text}")
        return number

    def _file(self, path: str) -> int:
        found = self._files.get(path)
        if found is None:
            folder, name = os.path.split(path)
            found = self._new(f'!DIFile(filename: "{_escape(name)}", directory: "{_escape(folder)}")')
            self._files[path] = found
        return found

    def function(self, symbol: str, package: Package, pos: int) -> str:
        """Subprogram ``!N`` of the function with this name (unquoted) that starts at `pos`."""
        index = pos_file(pos)
        names = package.file_names
        file = self._file(names[index]) if index < len(names) else self._unit_file
        line = pos_line(pos)
        if self.directives and index in self.directives:
            name, line = place(self.directives[index], pos)
            file = self._file(name) if name is not None else file
        number = self._new(
            f'distinct !DISubprogram(name: "{symbol}", scope: !{file}, file: !{file}, line: {line}, type: !3, '
            f"scopeLine: {line}, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !0)"
        )
        return f"!{number}"

    def location(self, scope: str, pos: int) -> str:
        """``!N`` of the line of `pos` in the subprogram `scope`."""
        line = (pos >> 20) & 0xFFFFFF  # pos_line, inlined: called for most instructions
        if self.directives and pos_file(pos) in self.directives:
            name, line = place(self.directives[pos_file(pos)], pos)
            if name is not None:
                scope = self._scope_in(scope, name)
        key = (scope, line)
        found = self._locations.get(key)
        if found is None:
            number = self._next
            self._next = number + 1
            self._lines.append(f"!{number} = !DILocation(line: {line}, column: 0, scope: {scope})")
            found = self._locations[key] = f"!{number}"
        return found

    def _scope_in(self, scope: str, name: str) -> str:
        """The subprogram `scope` where its code says that it comes from another file."""
        found = self._elsewhere.get((scope, name))
        if found is None:
            number = self._new(f"!DILexicalBlockFile(scope: {scope}, file: !{self._file(name)}, discriminator: 0)")
            found = self._elsewhere[scope, name] = f"!{number}"
        return found

    def text(self) -> str:
        head = (
            "!llvm.dbg.cu = !{!0}\n"
            "!llvm.module.flags = !{!1, !2}\n"
            f"!0 = distinct !DICompileUnit(language: DW_LANG_Go, file: !{self._unit_file}, producer: \"gotk\", "
            "isOptimized: true, runtimeVersion: 0, emissionKind: LineTablesOnly)\n"
            '!1 = !{i32 2, !"Debug Info Version", i32 3}\n'
            '!2 = !{i32 7, !"Dwarf Version", i32 4}\n'
            "!3 = !DISubroutineType(types: !4)\n"
            "!4 = !{null}\n"
            '!5 = !{!"branch_weights", i32 1, i32 1048575}\n'
            '!6 = !{!"branch_weights", i32 1048575, i32 1}\n'
        )
        return head + "\n".join(self._lines) + "\n"


def _escape(text: str) -> str:
    return "".join(
        chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:02X}" for b in text.encode()
    )
