# SPDX-License-Identifier: BSD-3-Clause
"""Turns what stands in a cell into one Go file, ready for any of the three runtimes.

Three shapes are understood:

- a *whole file* with a package clause: nothing is added that was not asked for;
- *declarations* with ``func main``: a package clause and the missing imports of known packages come
  before the first line; without main, but with tests or benchmarks as package testing has them, a
  main that runs these is added;
- *statements*: likewise, and ``func main() {`` … ``}`` is put around them. Functions, methods,
  types and constants between the statements become the package's, and so do variables declared
  before the first statement: they can be parameters and outputs.

Parameters replace the initialisers of package variables; inputs are added as package variables;
outputs are written by a deferred call in main. All of it is textual and the same for every runtime.
Additions stay on lines that exist, so a line keeps its number wherever possible, and `MadeText`
knows the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gotk.compiler.source.gotypes import GoType, TypeTable, basic, names_of, specs_of, values_of
from gotk.compiler.source.imports import (
    import_names,
    missing_imports,
    uses_of,
    uses_packages,
)
from gotk.compiler.source.inputs import DataFile, input_expression
from gotk.compiler.source.snippets import Snippet, declared_names, snippet_file
from gotk.compiler.source.tests import CELLTEST_IMPORT, find_tests, test_main
from gotk.compiler.source.text import Edit, MadeText, Piece, apply_edits
from gotk.compiler.source.tree import Node, field_names, parse_tree, text_of
from gotk.compiler.source.values import CELL_ALIAS, holds_duration, literal, quote, typed_literal
from gotk.diagnostics import Diagnostic
from gotk.errors import CompileError, UsageError

__all__ = ["Cell", "MadeProgram", "PackageVar"]

CELL_PATH = "gotk/internal/cell"

Shape = Literal["file", "declarations", "statements"]
_DECLARATIONS = frozenset(
    ("function_declaration", "method_declaration", "type_declaration", "const_declaration")
)


@dataclass(frozen=True)
class PackageVar:
    """A package-level variable of a cell: `type_text` as declared or inferred ('' if syntax alone
    cannot tell).
    """

    name: str
    type_text: str
    initialiser: str
    go_type: GoType = field(repr=False)


@dataclass(frozen=True)
class MadeProgram:
    """A Go file made from a cell, and what must lie in the run's directory beside it.

    `made.text` is the file; `data_files` are the large inputs; `outputs` the names that the program
    writes at its end; `snippets` are the files of the snippets that it uses.
    """

    made: MadeText
    data_files: tuple[DataFile, ...] = ()
    outputs: tuple[str, ...] = ()
    snippets: tuple[MadeText, ...] = ()

    @property
    def files(self) -> tuple[MadeText, ...]:
        """All Go files, in the order in which their variables are initialised."""
        return (*self.snippets, self.made)

    @property
    def origin(self) -> str | dict[str, str]:
        """What was typed, for the lines that errors show: the text, or the texts by file name if there are snippets."""
        texts = {made.name: made.origin.decode(errors="replace") for made in self.files}
        return texts if self.snippets else texts[self.made.name]


@dataclass(frozen=True)
class _Spec:
    """Where the initialiser of a package variable stands."""

    node: Node
    index: int


class Cell:
    """A source text, looked at once; `make` turns it into a Go file, with other parameters each
    time.

    `source` is the text of a cell or a file, `name` the file name that diagnostics and traces show.
    `snippets` are texts whose declarations it may use; what it declares itself, or a later one of them
    does, takes the place of what an earlier one declares.
    """

    def __init__(
        self, source: str, name: str = "cell.go", snippets: Sequence[Snippet] = ()
    ) -> None:
        self.source = source
        self.name = name
        self.snippets = tuple(snippets)
        self._others = [Cell(snippet.source, snippet.file) for snippet in self.snippets]
        self._bytes = source.encode(errors="surrogatepass").decode(errors="replace").encode()
        # Without a last line break the grammar reads os.Exit(4) at the end as a conversion.
        self._root = parse_tree(self._bytes + b"\n")
        nodes = [n for n in self._root.named_children if n.type != "comment"]
        self.shape: Shape = _shape_of(nodes)
        self._local: list[Node] = _local_nodes(nodes) if self.shape == "statements" else []
        local_starts = {node.start_byte for node in self._local}
        self._package = [n for n in nodes if n.start_byte not in local_starts]
        self._types = TypeTable()
        self._specs: dict[str, _Spec] = {}
        for node in self._package:
            if node.type in ("var_declaration", "const_declaration", "type_declaration"):
                self._types.add(node)
            if node.type == "var_declaration":
                for spec in specs_of(node):
                    for index, name_node in enumerate(names_of(spec)):
                        self._specs.setdefault(text_of(name_node), _Spec(spec, index))
        self._specs.pop("_", None)

    def __reduce__(self) -> tuple[Any, ...]:
        # Trees do not travel between processes.
        return (Cell, (self.source, self.name, self.snippets))

    @property
    def declares(self) -> set[str]:
        """Names that the text declares for its package, ``Type.name`` for methods; not main."""
        return declared_names(self._package) - {"main"}

    @property
    def has_main(self) -> bool:
        """There is something to run: a main function, or statements."""
        return bool(self._local) if self.shape == "statements" else self._main_body() is not None

    @property
    def variables(self) -> dict[str, PackageVar]:
        """Package-level variables by name, in the order of the text."""
        found = {}
        for name, spec in self._specs.items():
            type_node = spec.node.child_by_field_name("type")
            go_type = self._type_of(spec)
            values = values_of(spec.node)
            value = text_of(values[spec.index]) if spec.index < len(values) else ""
            shown = text_of(type_node) if type_node is not None else go_type.text
            found[name] = PackageVar(name, shown, value, go_type)
        return found

    @property
    def all_variables(self) -> dict[str, PackageVar]:
        """`variables`, after those of the snippets that are not replaced."""
        found: dict[str, PackageVar] = {}
        for other in self._others:
            found |= other.variables
        found = {name: v for name, v in found.items() if name not in self.declares}
        return found | self.variables

    def make(
        self,
        *,
        params: Mapping[str, Any] | None = None,
        inputs: Mapping[str, Any] | None = None,
        outputs: Sequence[str] = (),
        finish: bool = False,
    ) -> MadeProgram:
        """The Go file for these values.

        `params` set package variables that the cell declares; `inputs` do so too, or add variables;
        `outputs` name package variables (or, among statements, variables of main) to be written at
        the end. `finish` adds the call that the ``go`` runtime measures with, even without outputs.
        Raises UsageError for a name or value that does not fit, CompileError for another package.
        """
        self._check_package()
        edits: list[Edit] = []
        appended: list[str] = []
        files: list[DataFile] = []
        durations = False
        owners: dict[str, Cell] = {name: self._owner(name) for name in (*(params or {}), *(inputs or {}))}
        all_settings: dict[int, dict[str, str]] = {id(cell): {} for cell in (self, *self._others)}
        for name, value in (params or {}).items():
            all_settings[id(owners[name])][name] = owners[name]._param_literal(name, value)
        for name, value in (inputs or {}).items():
            owner = owners[name]
            settings = all_settings[id(owner)]
            if name in settings:
                raise UsageError(f"{name} is given both as a parameter and as an input")
            declared = owner._type_of(owner._specs[name]) if name in owner._specs else None
            if declared is None:
                self._check_free_name(name)
            if declared is not None and declared.kind == "other":
                raise owner._unknown_type(name)
            expression, data = input_expression(name, value, declared)
            if data is not None:
                files.append(data)
            if declared is not None:
                settings[name] = expression
            else:
                appended.append(f"var {name} = {expression}")
                durations = durations or holds_duration(value)
        edits += self._initialiser_edits(all_settings[id(self)], appended)
        local_outputs = [
            name for name in outputs if name not in (inputs or {}) and self._is_local_output(name)
        ]
        package_outputs = [name for name in outputs if name not in local_outputs]
        main_start, main_end = self._main_frame(package_outputs, local_outputs, finish)
        has_main = self.shape == "statements" or self._main_body() is not None
        imports: list[str] = []
        if durations and "time" not in import_names(self._root):
            # The variable added for a timedelta names its type; the cell itself may not use the package.
            if self.shape == "file" or "time" not in missing_imports(self._root, self._elsewhere()):
                imports.append('import "time"')
        if not has_main:
            main_start = main_end = ""
            tests = find_tests(self._package, import_names(self._root))
            if tests:
                if outputs:
                    raise UsageError("outputs are written at the end of func main, which a cell of tests and benchmarks has not")
                appended.append(test_main(tests))
                imports.append(CELLTEST_IMPORT)
            # else the compiler will say that there is no main
        elif main_start:
            edits += self._exit_edits(appended)
        uses_cell = any(
            CELL_ALIAS in text
            for text in (*appended, main_start, main_end, *(e.new.decode() for e in edits))
        )
        cell_import = [f'import {CELL_ALIAS} "{CELL_PATH}"'] if uses_cell else []
        return MadeProgram(
            self._compose(edits, appended, main_start, main_end, [*imports, *cell_import]),
            tuple(files),
            tuple(outputs),
            self._snippet_files(all_settings, bool(main_start)),
        )

    def _owner(self, name: str) -> Cell:
        """The text that declares the package variable `name`: this one unless only a snippet does."""
        if name not in self.declares:
            for other in reversed(self._others):
                if name in other.declares:
                    return other
        return self

    def _snippet_files(self, settings: Mapping[int, dict[str, str]], exits: bool) -> tuple[MadeText, ...]:
        """The snippets' files, in their order. `exits`: calls of os.Exit are rerouted."""
        files: list[MadeText] = []
        declared = self.declares
        for other in reversed(self._others):
            unused: list[str] = []
            edits = other._initialiser_edits(settings[id(other)], unused)
            if exits:
                edits += other._exit_edits(unused)
            files.append(
                snippet_file(
                    other.name, other._bytes, other._root, other._package, other.declares & declared, edits,
                    f'import {CELL_ALIAS} "{CELL_PATH}"',
                )
            )
            declared |= other.declares
        return tuple(reversed(files))

    # Checks.

    def _check_package(self) -> None:
        if self.shape != "file":
            return
        for node in self._package:
            if node.type == "package_clause" and node.named_children:
                name = node.named_children[0]
                if text_of(name) != "main":
                    row, col = name.start_point
                    raise CompileError(
                        [
                            Diagnostic(
                                self.name,
                                row + 1,
                                col + 1,
                                row + 1,
                                name.end_point[1] + 1,
                                f"package {text_of(name)} is not a main package",
                                "NotMain",
                                "a program that can be run starts with: package main",
                            )
                        ],
                        self.source,
                    )

    def _check_free_name(self, name: str) -> None:
        if not (name.isidentifier() and name.isascii()) or name in _KEYWORDS:
            raise UsageError(f"{name!r} cannot be the name of a Go variable")
        taken = {text for node in self._package for text in field_names(node)}
        if name in taken or name in self._types.types or name in self._types.values:
            raise UsageError(
                f"input {name}: the cell declares {name} as something else than a variable"
            )

    def _unknown_type(self, name: str) -> UsageError:
        shown = self.variables[name]
        if shown.type_text:
            return UsageError(
                f"{name} has type {shown.type_text}: only numbers, strings, bools, and slices, "
                "arrays, maps and structs of them "
                "can be set from outside"
            )
        return UsageError(
            f"{name}: its type cannot be told from its initialiser {shown.initialiser}; declare "
            "it, as  "
            f"var {name} int = {shown.initialiser}"
        )

    # Parameters.

    def _type_of(self, spec: _Spec) -> GoType:
        type_node = spec.node.child_by_field_name("type")
        if type_node is not None:
            return self._types.resolve(type_node)
        values = values_of(spec.node)
        if len(values) == len(names_of(spec.node)):
            return self._types.infer(values[spec.index])
        return GoType("", "other")

    def _param_literal(self, name: str, value: Any) -> str:
        if name not in self._specs:
            raise UsageError(self._no_such_param(name))
        spec = self._specs[name]
        go_type = self._type_of(spec)
        if go_type.kind == "other":
            raise self._unknown_type(name)
        declared = spec.node.child_by_field_name("type") is not None
        return (literal if declared else typed_literal)(value, go_type, name)

    def _no_such_param(self, name: str) -> str:
        if name in self._types.values:
            return f"{name} is a constant; to set it from outside, declare it with var"
        known = ", ".join(self._specs) or "none"
        return f"the program has no package variable {name} to set (it has: {known})"

    def _initialiser_edits(self, settings: Mapping[str, str], appended: list[str]) -> list[Edit]:
        by_spec: dict[int, list[tuple[str, str]]] = {}
        for name, expression in settings.items():
            by_spec.setdefault(self._specs[name].node.start_byte, []).append((name, expression))
        edits: list[Edit] = []
        for group in by_spec.values():
            node = self._specs[group[0][0]].node
            values = values_of(node)
            names = [text_of(n) for n in names_of(node)]
            if values:
                if len(values) != len(names):
                    raise UsageError(
                        f"{group[0][0]} is set by a call with several results; give it a var of "
                        "its own"
                    )
                for name, expression in group:
                    old = values[names.index(name)]
                    # Lines must keep their numbers, so the line breaks of a long initialiser stay,
                    # in a comment.
                    breaks = (old.text or b"").count(b"\n")
                    pad = b"/*" + b"\n" * breaks + b"*/" if breaks else b""
                    edits.append(Edit(old.start_byte, old.end_byte, pad + expression.encode()))
                    if uses_packages(old):
                        # What it named would now be "imported and not used".
                        appended.append(
                            f"func _() {{ _ = {' '.join(text_of(old).split(chr(10)))} }}"
                        )
                continue
            given = dict(group)
            go_type = self._type_of(self._specs[names[0]])
            missing = [name for name in names if name not in given]
            if missing and go_type.kind != "basic":
                raise UsageError(
                    f"{group[0][0]} shares its declaration with {missing[0]}; give it a var of "
                    "its own"
                )
            zero = _zero(go_type)
            listed = ", ".join(given.get(name, zero) for name in names)
            edits.append(Edit(node.end_byte, node.end_byte, f" = {listed}".encode()))
        return edits

    # Outputs and the frame of main.

    def _is_local_output(self, name: str) -> bool:
        if name in self._owner(name)._types.values:
            return False
        if name in self._main_locals():
            return True
        known = ", ".join([*self._specs, *sorted(self._main_locals())]) or "none"
        raise UsageError(
            f"output {name}: the program has no package variable of that name (it has: {known})"
        )

    def _main_locals(self) -> set[str]:
        names: set[str] = set()
        for node in self._local:
            if node.type == "short_var_declaration":
                left = node.child_by_field_name("left")
                if left is not None:
                    names.update(text_of(n) for n in left.named_children)
            elif node.type == "var_declaration":
                for spec in specs_of(node):
                    names.update(field_names(spec))
        names.discard("_")
        return names

    def _main_frame(
        self, package_outputs: Sequence[str], local_outputs: Sequence[str], finish: bool
    ) -> tuple[str, str]:
        """What is put at the start and at the end of main's body."""
        start = end = ""
        if package_outputs:
            calls = "; ".join(f"{CELL_ALIAS}.Out({quote(n)}, {n})" for n in package_outputs)
            start = f" defer {CELL_ALIAS}.Begin(func() {{ {calls} }})();"
        elif finish or local_outputs:
            start = f" defer {CELL_ALIAS}.Begin(nil)();"
        if local_outputs:
            end = "".join(f"; {CELL_ALIAS}.Out({quote(n)}, {n})" for n in local_outputs)
        return start, end

    def _exit_edits(self, appended: list[str]) -> list[Edit]:
        """os.Exit runs no deferred calls, so the program's own calls of it go through the package
        that does the writing.
        """
        name = next((n for n, path in import_names(self._root).items() if path == "os"), "os")
        uses = uses_of(self._root, name, "Exit")
        if not uses:
            return []
        appended.append(f"var _ = {name}.Exit")
        return [Edit(n.start_byte, n.end_byte, f"{CELL_ALIAS}.Exit".encode()) for n in uses]

    def _main_body(self) -> Node | None:
        for node in self._package:
            if node.type == "function_declaration" and field_names(node) == ["main"]:
                return node.child_by_field_name("body")
        return None

    # Composition.

    def _compose(
        self,
        edits: list[Edit],
        appended: list[str],
        main_start: str,
        main_end: str,
        imports: list[str],
    ) -> MadeText:
        if self.shape != "file":
            imports = [f'import "{path}"' for path in missing_imports(self._root, self._elsewhere())] + imports
            header = "package main; " + "".join(text + "; " for text in imports)
            if self._bytes.startswith(b"//go:"):
                header += "\n"  # a directive must be alone on its line
            edits.append(Edit(0, 0, header.encode()))
        elif imports:
            clause = next(n for n in self._package if n.type == "package_clause")
            edits.append(Edit(clause.end_byte, clause.end_byte, f"; {'; '.join(imports)}".encode()))
        body = self._main_body()
        if body is not None and main_start:
            edits.append(Edit(body.start_byte + 1, body.start_byte + 1, main_start.encode()))
        tail = "".join("\n" + text for text in appended) + "\n"
        if self.shape == "statements":
            return self._frame_statements(edits, main_start, main_end, tail)
        size = len(self._bytes)
        if appended or not self._bytes.endswith(b"\n"):
            edits.append(Edit(size, size, tail.encode()))
        return apply_edits(self.name, self._bytes, edits)

    def _elsewhere(self) -> set[str]:
        return set().union(*(other.declares for other in self._others))

    def _frame_statements(
        self, edits: list[Edit], main_start: str, main_end: str, tail: str
    ) -> MadeText:
        """Put main around the statements; declarations that stand between statements move behind
        it.
        """
        size = len(self._bytes)
        if not self._local:  # an empty cell, or imports only
            edits.append(Edit(size, size, f"\nfunc main() {{{main_start}}}{tail}".encode()))
            return apply_edits(self.name, self._bytes, edits)
        first, last = self._local[0].start_byte, self._local[-1].end_byte
        moved = [n for n in self._package if first < n.start_byte < last]
        frame = Edit(first, first, f"func main() {{{main_start} ".encode())
        closing = Edit(last, last, f"{main_end} }}".encode())
        before = [e for e in edits if e.end <= first]
        inside = [e for e in edits if e.end > first]
        ranges = [(max(first, _start_with_comments(n)), n.end_byte) for n in moved]
        moved_edits = {r: [e for e in inside if r[0] <= e.start and e.end <= r[1]] for r in ranges}
        in_moved = {id(e) for group in moved_edits.values() for e in group}
        kept = [e for e in inside if id(e) not in in_moved]
        for start, end in ranges:
            breaks = self._bytes.count(b"\n", start, end)
            kept.append(Edit(start, end, b"\n" * breaks if breaks else b" "))
        pieces = list(apply_edits(self.name, self._bytes, [*before, frame, *kept, closing]).pieces)
        for start, end in ranges:
            pieces.append(Piece(end, end, b"\n"))
            part = apply_edits(
                self.name,
                self._bytes[start:end],
                [Edit(e.start - start, e.end - start, e.new) for e in moved_edits[start, end]],
            )
            pieces += [Piece(p.start + start, p.end + start, p.new) for p in part.pieces]
        pieces.append(Piece(size, size, tail.encode()))
        return MadeText(self.name, self._bytes, tuple(pieces))


_KEYWORDS = frozenset(
    [
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ]
)


def _shape_of(nodes: Sequence[Node]) -> Shape:
    if any(node.type == "package_clause" for node in nodes):
        return "file"
    if any(n.type == "function_declaration" and field_names(n) == ["main"] for n in nodes):
        return "declarations"
    statements = [n for n in nodes if not _is_declaration(n) and n.type != "ERROR"]
    declared = any(n.type in ("function_declaration", "method_declaration") for n in nodes)
    return "declarations" if declared and not statements else "statements"


def _is_declaration(node: Node) -> bool:
    return node.type in _DECLARATIONS or node.type in ("import_declaration", "var_declaration")


def _local_nodes(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that become statements of main: all but declarations, and variables after the first
    statement.
    """
    local: list[Node] = []
    for node in nodes:
        if node.type in _DECLARATIONS or node.type == "import_declaration":
            continue
        if node.type == "var_declaration" and not local:
            continue
        local.append(node)
    return local


def _start_with_comments(node: Node) -> int:
    """Where a declaration starts, counting the comments right above it: directives belong to it."""
    start, row = node.start_byte, node.start_point[0]
    before = node.prev_named_sibling
    while before is not None and before.type == "comment" and before.end_point[0] == row - 1:
        previous = before.prev_named_sibling
        if previous is not None and previous.end_point[0] == before.start_point[0]:
            break  # a comment at the end of a statement's line
        start, row, before = before.start_byte, before.start_point[0], previous
    return start


def _zero(go_type: GoType) -> str:
    if go_type.name == "string":
        return '""'
    return "false" if go_type == basic("bool") or go_type.name == "bool" else "0"
