# SPDX-License-Identifier: BSD-3-Clause
"""The types of package variables, read from the syntax alone, as far as values from outside need
them.

This is not the checker: it answers, before any compiler has run and in the same way for all
runtimes, "what may the initialiser of this variable be replaced by?". A type that it cannot tell is
`OTHER`, and setting such a variable is an error that says to declare the type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gotk.compiler.source.tree import Node, text_of

__all__ = ["BASIC", "INTS", "GoType", "TypeTable", "basic"]

Kind = Literal["basic", "slice", "array", "map", "struct", "any", "other"]

# Bits and signedness of the integer types.
INTS: dict[str, tuple[int, bool]] = {
    "int": (64, True),
    "int8": (8, True),
    "int16": (16, True),
    "int32": (32, True),
    "int64": (64, True),
    "rune": (32, True),
    "uint": (64, False),
    "uint8": (8, False),
    "uint16": (16, False),
    "uint32": (32, False),
    "uint64": (64, False),
    "byte": (8, False),
    "uintptr": (64, False),
    "time.Duration": (64, True),
}
BASIC = frozenset(INTS) | {"float32", "float64", "complex64", "complex128", "string", "bool"}

_DURATIONS = frozenset(("Nanosecond", "Microsecond", "Millisecond", "Second", "Minute", "Hour"))
_CALL_RESULTS = {
    "len": "int",
    "cap": "int",
    "runtime.NumCPU": "int",
    "runtime.GOMAXPROCS": "int",
    "runtime.NumGoroutine": "int",
    "os.Getenv": "string",
    "time.Since": "time.Duration",
    "math.Sqrt": "float64",
    "math.Inf": "float64",
    "math.NaN": "float64",
    "strings.Repeat": "string",
    "fmt.Sprint": "string",
    "fmt.Sprintf": "string",
}
_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "&&", "||"))


@dataclass(frozen=True, slots=True)
class GoType:
    """A Go type: `text` as a program writes it, `kind` that of its underlying type.

    `name` is the basic type's name; `elem`, `key`, `length`, `fields` belong to the composite
    kinds.
    """

    text: str
    kind: Kind
    name: str = ""
    elem: GoType | None = None
    key: GoType | None = None
    length: int = -1
    fields: tuple[tuple[str, GoType], ...] = ()


def basic(name: str) -> GoType:
    """The predeclared type `name` (or time.Duration)."""
    return GoType(name, "basic", name)


_UNKNOWN = GoType("", "other")


class TypeTable:
    """Types, constants and variables that a file declares at package level, for resolving names."""

    def __init__(self) -> None:
        self.types: dict[str, Node] = {}
        self.values: dict[str, tuple[Node | None, Node | None]] = {}  # name -> (type, initialiser)

    def add(self, declaration: Node) -> None:
        """Take in a top-level var, const or type declaration."""
        for spec in specs_of(declaration):
            if spec.type in ("type_spec", "type_alias"):
                name, type_node = spec.child_by_field_name("name"), spec.child_by_field_name("type")
                generic = spec.child_by_field_name("type_parameters") is not None
                if name is not None and type_node is not None and not generic:
                    self.types[text_of(name)] = type_node
            else:
                type_node = spec.child_by_field_name("type")
                values = values_of(spec)
                for index, name in enumerate(names_of(spec)):
                    value = values[index] if index < len(values) else None
                    self.values[text_of(name)] = (type_node, value)

    def resolve(self, node: Node, _depth: int = 0) -> GoType:
        """The type that a type expression means."""
        text, kind = text_of(node), node.type
        if _depth > 20:  # type T []T: as deep as any value from outside goes
            return GoType(text, "other")
        if kind == "parenthesized_type" and node.named_children:
            return self.resolve(node.named_children[0], _depth)
        if kind == "qualified_type":
            return basic(text) if text in BASIC else GoType(text, "other")
        if kind in ("type_identifier", "identifier"):
            declared = self.types.get(text)
            if declared is not None:
                under = self.resolve(declared, _depth + 1)
                return GoType(
                    text, under.kind, under.name, under.elem, under.key, under.length, under.fields
                )
            if text in BASIC:
                return basic(text)
            return GoType(text, "any") if text == "any" else GoType(text, "other")
        if kind == "slice_type":
            return GoType(text, "slice", elem=self._part(node, "element", _depth))
        if kind in ("array_type", "implicit_length_array_type"):
            length = node.child_by_field_name("length")
            size = text_of(length).replace("_", "") if length is not None else ""
            known = int(size, 0) if size.isdigit() else -1
            return GoType(text, "array", elem=self._part(node, "element", _depth), length=known)
        if kind == "map_type":
            key, elem = self._part(node, "key", _depth), self._part(node, "value", _depth)
            return GoType(text, "map", key=key, elem=elem)
        if kind == "struct_type":
            return GoType(text, "struct", fields=self._fields(node, _depth))
        if kind == "interface_type" and not node.named_children:
            return GoType(text, "any")
        return GoType(text, "other")

    def _part(self, node: Node, field: str, depth: int) -> GoType:
        part = node.child_by_field_name(field)
        return self.resolve(part, depth + 1) if part is not None else _UNKNOWN

    def _fields(self, node: Node, depth: int) -> tuple[tuple[str, GoType], ...]:
        fields: list[tuple[str, GoType]] = []
        for group in node.named_children:
            for declaration in group.named_children:
                type_node = declaration.child_by_field_name("type")
                if declaration.type == "field_declaration" and type_node is not None:
                    resolved = self.resolve(type_node, depth + 1)
                    fields.extend((text_of(name), resolved) for name in names_of(declaration))
        return tuple(fields)

    def infer(self, node: Node) -> GoType:
        """The type that ``var x = node`` gives to x; kind ``other`` with empty text when syntax
        alone cannot tell.
        """
        found, _ = self._infer(node, 0)
        return found

    def _infer(self, node: Node, depth: int) -> tuple[GoType, bool]:
        """The type of an expression, and whether it is an untyped constant."""
        kind = node.type
        literal = {
            "int_literal": "int",
            "float_literal": "float64",
            "imaginary_literal": "complex128",
            "rune_literal": "rune",
            "interpreted_string_literal": "string",
            "raw_string_literal": "string",
            "true": "bool",
            "false": "bool",
        }.get(kind)
        if literal is not None:
            return basic(literal), True
        if depth > 50:
            return _UNKNOWN, False
        if kind == "parenthesized_expression" and node.named_children:
            return self._infer(node.named_children[0], depth + 1)
        if kind == "unary_expression":
            operator, operand = node.child_by_field_name("operator"), _operand(node)
            if operator is not None and operand is not None and text_of(operator) in "+-^!":
                return self._infer(operand, depth + 1)
            return _UNKNOWN, False
        if kind == "binary_expression":
            return self._infer_binary(node, depth)
        if kind == "identifier":
            return self._infer_name(text_of(node), depth)
        if kind == "selector_expression":
            return _selector(text_of(node))
        if kind in ("composite_literal", "type_conversion_expression"):
            type_node = node.child_by_field_name("type")
            return (self.resolve(type_node), False) if type_node is not None else (_UNKNOWN, False)
        if kind == "call_expression":
            return self._infer_call(node), False
        return _UNKNOWN, False

    def _infer_binary(self, node: Node, depth: int) -> tuple[GoType, bool]:
        parts = [node.child_by_field_name(field) for field in ("operator", "left", "right")]
        if any(part is None for part in parts):
            return _UNKNOWN, False
        operator, left_node, right_node = (part for part in parts if part is not None)
        left, left_untyped = self._infer(left_node, depth + 1)
        if text_of(operator) in ("<<", ">>"):
            return left, left_untyped
        right, right_untyped = self._infer(right_node, depth + 1)
        if text_of(operator) in _COMPARISONS:
            return basic("bool"), left_untyped and right_untyped
        if left_untyped and right_untyped:
            order = ("int", "rune", "float64", "complex128")
            if left.name in order and right.name in order:
                return max(left, right, key=lambda t: order.index(t.name)), True
            return left, True
        return (right, False) if left_untyped else (left, False)

    def _infer_name(self, name: str, depth: int) -> tuple[GoType, bool]:
        if name not in self.values:
            return _UNKNOWN, False
        type_node, value = self.values[name]
        if type_node is not None:
            return self.resolve(type_node), False
        return self._infer(value, depth + 1) if value is not None else (_UNKNOWN, False)

    def _infer_call(self, node: Node) -> GoType:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None:
            return _UNKNOWN
        name = text_of(function)
        if name in _CALL_RESULTS:
            return basic(_CALL_RESULTS[name])
        if name == "make" and arguments is not None and arguments.named_children:
            return self.resolve(arguments.named_children[0])
        if name in BASIC or name in self.types:
            return self.resolve(function) if name in self.types else basic(name)
        return _UNKNOWN


def _selector(text: str) -> tuple[GoType, bool]:
    package, _, member = text.partition(".")
    if package == "time" and member in _DURATIONS:
        return basic("time.Duration"), False
    if package == "math":
        if member.startswith(("MaxInt", "MinInt", "MaxUint")):
            return basic("int"), True
        if member in ("Pi", "E", "Phi", "Sqrt2", "SqrtE", "Ln2", "Ln10", "MaxFloat64"):
            return basic("float64"), True
    return _UNKNOWN, False


def _operand(node: Node) -> Node | None:
    return node.child_by_field_name("operand")


def specs_of(declaration: Node) -> list[Node]:
    """The specs of a var, const or type declaration, grouped or not."""
    found: list[Node] = []
    for child in declaration.named_children:
        if child.type.endswith("_list"):
            found.extend(child.named_children)
        else:
            found.append(child)
    kinds = ("var_spec", "const_spec", "type_spec", "type_alias")
    return [node for node in found if node.type in kinds]


def names_of(spec: Node) -> list[Node]:
    """The name nodes of a spec or a field."""
    return [node for node in spec.children_by_field_name("name") if node.is_named]


def values_of(spec: Node) -> list[Node]:
    """The initialisers of a var or const spec."""
    group = spec.child_by_field_name("value")
    return list(group.named_children) if group is not None else []
