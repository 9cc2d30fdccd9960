# SPDX-License-Identifier: BSD-3-Clause
"""Types as text, for three readers.

- `type_string`: messages, in the Go compiler's notation (``struct{a int}``, names of this package unqualified);
- `reflect_string`: what ``%T`` and reflect's String print (``struct { a int }``, package *names* everywhere, byte as uint8);
- `canonical_string`: injective: identical types and only they have the same text (full package paths); used in symbol names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gotk.compiler.types.model import (
    Alias,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Object,
    Package,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
    Var,
)
from gotk.compiler.types.typeset import type_set

#: Text before the dot for an object of this package; "" for no qualification.
Qualifier = Callable[[Package], str]


def full_path(pkg: Package) -> str:
    return pkg.path


def package_name(pkg: Package) -> str:
    return pkg.name


def type_string(t: Type, qualifier: Qualifier | None = None) -> str:
    """`t` in the notation of messages; without `qualifier`, packages are written with their name."""
    return _Message(qualifier or package_name).text(t)


def reflect_string(t: Type) -> str:
    """`t` as reflect.Type's String method prints it."""
    return _Reflect(False).text(t)


def reflect_name(t: Named) -> str:
    """Name of a defined type as reflect.Type's Name method prints it (``Map[int,main.T]``)."""
    return _Reflect(False).name(t, "")


def canonical_string(t: Type) -> str:
    """The unambiguous text of a type without free type parameters."""
    return _Canonical().text(t)


def signature_string(sig: Signature, qualifier: Qualifier | None = None) -> str:
    """Parameters and results without the word func: ``(x int) error``."""
    return _Message(qualifier or package_name).signature(sig)


def tuple_string(t: Tuple, variadic: bool = False, qualifier: Qualifier | None = None) -> str:
    return _Message(qualifier or package_name).params(t.vars, variadic)


class _Writer:
    """The notation of messages; the other two override what differs."""

    OPEN, CLOSE = "{", "}"
    SPACE = ""  # inside braces
    NAMED_PARAMS = True

    def __init__(self, qualifier: Qualifier) -> None:
        self.qualifier = qualifier
        self.depth = 0

    def text(self, t: Type | None) -> str:
        if t is None:
            return "<nil>"
        self.depth += 1
        if self.depth > 100:
            self.depth -= 1
            return "..."
        out = _DISPATCH[type(t)](self, t)
        self.depth -= 1
        return out

    def basic(self, t: Basic) -> str:
        return t.name

    def array(self, t: Array) -> str:
        return f"[{t.len}]{self.text(t.elem)}"

    def slice(self, t: Slice) -> str:
        return "[]" + self.text(t.elem)

    def pointer(self, t: Pointer) -> str:
        return "*" + self.text(t.elem)

    def map(self, t: Map) -> str:
        return f"map[{self.text(t.key)}]{self.text(t.elem)}"

    def chan(self, t: Chan) -> str:
        if t.dir == "send":
            return "chan<- " + self.text(t.elem)
        if t.dir == "recv":
            return "<-chan " + self.text(t.elem)
        elem = self.text(t.elem)
        if type(t.elem) is Chan and t.elem.dir == "recv":
            elem = f"({elem})"
        return "chan " + elem

    def struct(self, t: Struct) -> str:
        parts = []
        for f, tag in zip(t.fields, t.tags, strict=True):
            text = self.text(f.type) if f.embedded else f"{self.member(f)} {self.text(f.type)}"
            if tag:
                text += " " + quote(tag)
            parts.append(text)
        return self.braces("struct", parts)

    def braces(self, word: str, parts: list[str]) -> str:
        if not parts:
            return f"{word}{self.SPACE}{{}}"
        return f"{word}{self.SPACE}{{{self.SPACE}{'; '.join(parts)}{self.SPACE}}}"

    def member(self, obj: Object) -> str:
        return obj.name

    def union(self, t: Union) -> str:
        return " | ".join(("~" if tilde else "") + self.text(u) for tilde, u in t.terms)

    def interface(self, t: Interface) -> str:
        if t is _any_interface():
            return "any"
        if t.implicit:
            if not t.methods and len(t.embeddeds) == 1:
                return self.text(t.embeddeds[0])
            parts = ["/* implicit */"]
        else:
            parts = []
        parts += [m.name + self.signature(m.type) for m in t.methods]  # type: ignore[arg-type]
        parts += [self.text(e) for e in t.embeddeds]
        if not parts and t._typeset is not None and t._typeset.comparable:
            return "comparable"
        return self.braces("interface", parts)

    def func(self, t: Signature) -> str:
        return "func" + self.signature(t)

    def signature(self, t: Signature) -> str:
        out = self.tparams(t.tparams) if t.tparams else ""
        out += self.params(t.params.vars, t.variadic)
        results = t.results.vars
        if not results:
            return out
        if len(results) == 1 and (not results[0].name or not self.NAMED_PARAMS):
            return f"{out} {self.text(results[0].type)}"
        return f"{out} {self.params(results, False)}"

    def params(self, vs: Sequence[Var], variadic: bool) -> str:
        parts = []
        for i, v in enumerate(vs):
            t = v.type
            if variadic and i == len(vs) - 1:
                if type(t) is Slice:
                    text = "..." + self.text(t.elem)
                else:
                    text = self.text(t) + "..."  # append([]byte, string...)
            else:
                text = self.text(t)
            parts.append(f"{v.name} {text}" if self.NAMED_PARAMS and v.name else text)
        return f"({', '.join(parts)})"

    def tuple(self, t: Tuple) -> str:
        return self.params(t.vars, False)

    def tparams(self, tparams: Sequence[TypeParam]) -> str:
        out = "["
        previous: Type | None = None
        for i, p in enumerate(tparams):
            if i:
                if p.constraint is not previous:
                    out += " " + self.text(previous)
                out += ", "
            out += p.obj.name
            previous = p.constraint
        if tparams:
            out += " " + self.text(previous)
        return out + "]"

    def named(self, t: Named) -> str:
        obj = t.obj
        out = obj.name
        if obj.pkg is not None:
            q = self.qualifier(obj.pkg)
            if q:
                out = f"{q}.{out}"
        if t.targs:
            return f"{out}[{','.join([self.text(a) for a in t.targs])}]"
        if t.tparams:
            return out + self.tparams(t.tparams)
        return out

    def type_param(self, t: TypeParam) -> str:
        return t.obj.name

    def alias(self, t: Alias) -> str:
        obj = t.obj
        out = obj.name
        if obj.pkg is not None:
            q = self.qualifier(obj.pkg)
            if q:
                out = f"{q}.{out}"
        if t.targs:
            return f"{out}[{','.join([self.text(a) for a in t.targs])}]"
        return out


class _Message(_Writer):
    pass


class _Reflect(_Writer):
    """``inner``: inside the brackets of an instance, where full paths and local types' numbers appear."""

    SPACE = " "
    NAMED_PARAMS = False

    def __init__(self, inner: bool) -> None:
        super().__init__(full_path if inner else package_name)
        self.inner = inner

    def basic(self, t: Basic) -> str:
        return t.kind

    def alias(self, t: Alias) -> str:
        return self.text(t.actual)

    def member(self, obj: Object) -> str:
        if self.inner and not obj.exported and obj.pkg is not None:
            return f"{obj.pkg.path}.{obj.name}"
        return obj.name

    def interface(self, t: Interface) -> str:
        parts = []
        for m in type_set(t).methods:
            name = m.name if m.exported or m.pkg is None else f"{self.qualifier(m.pkg)}.{m.name}"
            parts.append(name + self.signature(m.type))  # type: ignore[arg-type]
        return self.braces("interface", parts)

    def named(self, t: Named) -> str:
        obj = t.obj
        return self.name(t, "" if obj.pkg is None else self.qualifier(obj.pkg))

    def name(self, t: Named, qualifier: str) -> str:
        out = f"{qualifier}.{t.obj.name}" if qualifier else t.obj.name
        if self.inner and t.obj.local_id:
            out += f"·{t.obj.local_id}"
        if t.targs or t.outer_targs:
            inner = _Reflect(True)
            args = ",".join([inner.text(a) for a in t.targs])
            outer = ",".join([inner.text(a) for a in t.outer_targs])
            out += f"[{outer}{';' if outer and args else ''}{args}]"
        return out


class _Canonical(_Reflect):
    """Full paths, numbers of local types, unexported names with their package."""

    def __init__(self) -> None:
        super().__init__(True)

    def name(self, t: Named, qualifier: str) -> str:
        out = f"{qualifier}.{t.obj.name}" if qualifier else t.obj.name
        if t.obj.local_id:
            out += f"·{t.obj.local_id}"
        if t.targs or t.outer_targs:
            args = ",".join([self.text(a) for a in t.targs])
            outer = ",".join([self.text(a) for a in t.outer_targs])
            out += f"[{outer}{';' if outer else ''}{args}]"
        return out

    def struct(self, t: Struct) -> str:
        parts = []
        for f, tag in zip(t.fields, t.tags, strict=True):
            # An embedded field's name is its type's, except for aliases; "?" sets embedding apart from a plain field.
            text = f"{'?' if f.embedded else ''}{self.member(f)} {self.text(f.type)}"
            if tag:
                text += " " + quote(tag)
            parts.append(text)
        return self.braces("struct", parts)


_DISPATCH: dict[type, Callable[..., str]] = {
    Basic: lambda w, t: w.basic(t),
    Array: lambda w, t: w.array(t),
    Slice: lambda w, t: w.slice(t),
    Pointer: lambda w, t: w.pointer(t),
    Map: lambda w, t: w.map(t),
    Chan: lambda w, t: w.chan(t),
    Struct: lambda w, t: w.struct(t),
    Union: lambda w, t: w.union(t),
    Interface: lambda w, t: w.interface(t),
    Signature: lambda w, t: w.func(t),
    Tuple: lambda w, t: w.tuple(t),
    Named: lambda w, t: w.named(t),
    TypeParam: lambda w, t: w.type_param(t),
    Alias: lambda w, t: w.alias(t),
}

_ESCAPES = {0x07: "\\a", 0x08: "\\b", 0x0C: "\\f", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t", 0x0B: "\\v", 0x5C: "\\\\", 0x22: '\\"'}


def quote(s: str | bytes) -> str:
    """A Go string literal, as strconv.Quote writes it."""
    text = s.decode("utf-8", "surrogateescape") if isinstance(s, bytes) else s
    out = ['"']
    for ch in text:
        c = ord(ch)
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
        elif 0xDC80 <= c <= 0xDCFF:  # a byte that is not UTF-8
            out.append(f"\\x{c - 0xDC00:02x}")
        elif c < 0x20 or c == 0x7F:
            out.append(f"\\x{c:02x}")
        elif ch.isprintable():
            out.append(ch)
        elif c < 0x10000:
            out.append(f"\\u{c:04x}")
        else:
            out.append(f"\\U{c:08x}")
    out.append('"')
    return "".join(out)


def _any_interface() -> Interface:
    global _ANY
    if _ANY is None:
        from gotk.compiler.types.universe import ANY

        _ANY = ANY
    return _ANY


_ANY: Interface | None = None


def object_path(f: Func) -> str:
    """``pkg/path.Name`` or ``pkg/path.(*T).Name`` of a function, as traces print it."""
    pkg = f.pkg.path + "." if f.pkg is not None else ""
    sig = f.type
    if type(sig) is Signature and sig.recv is not None:
        t = sig.recv.type
        if type(t) is Pointer and type(t.elem) is Named:
            return f"{pkg}(*{t.elem.obj.name}).{f.name}"
        if type(t) is Named:
            return f"{pkg}{t.obj.name}.{f.name}"
    return pkg + f.name
