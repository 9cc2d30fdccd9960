# SPDX-License-Identifier: BSD-3-Clause
"""Substitution of type parameters, and instances of generic types.

`substitute` returns its argument unchanged (the same object) where nothing is replaced. Instances are canonical: the
same generic type with the same arguments is the same `Named` while it lives, so caches by identity work.
Instances are expanded lazily (``resolver``), as types may refer to instances of themselves.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gotk.compiler.types.model import (
    Alias,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
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

Env = Mapping[TypeParam, Type]


def substitute(t: Type, env: Env) -> Type:
    """`t` with type parameters replaced as `env` says."""
    if not env:
        return t
    return _SUBST[type(t)](t, env)


def _basic(t: Basic, env: Env) -> Type:
    return t


def _param(t: TypeParam, env: Env) -> Type:
    return env.get(t, t)


def _array(t: Array, env: Env) -> Type:
    elem = _SUBST[type(t.elem)](t.elem, env)
    return t if elem is t.elem else Array(elem, t.len)


def _slice(t: Slice, env: Env) -> Type:
    elem = _SUBST[type(t.elem)](t.elem, env)
    return t if elem is t.elem else Slice(elem)


def _pointer(t: Pointer, env: Env) -> Type:
    elem = _SUBST[type(t.elem)](t.elem, env)
    return t if elem is t.elem else Pointer(elem)


def _map(t: Map, env: Env) -> Type:
    key = _SUBST[type(t.key)](t.key, env)
    elem = _SUBST[type(t.elem)](t.elem, env)
    return t if key is t.key and elem is t.elem else Map(key, elem)


def _chan(t: Chan, env: Env) -> Type:
    elem = _SUBST[type(t.elem)](t.elem, env)
    return t if elem is t.elem else Chan(t.dir, elem)


def _copy_var(v: Var, t: Type) -> Var:
    w = Var(v.name, t, v.pkg, v.pos)
    w.embedded, w.is_field, w.is_param, w.is_result = v.embedded, v.is_field, v.is_param, v.is_result
    w.used = v.used
    return w


def _vars(vs: list[Var], env: Env) -> list[Var]:
    out: list[Var] | None = None
    for i, v in enumerate(vs):
        t = v.type
        assert t is not None
        s = _SUBST[type(t)](t, env)
        if s is not t:
            if out is None:
                out = list(vs)
            out[i] = _copy_var(v, s)
    return vs if out is None else out


def _struct(t: Struct, env: Env) -> Type:
    fields = _vars(t.fields, env)
    return t if fields is t.fields else Struct(fields, t.tags)


def _tuple(t: Tuple, env: Env) -> Type:
    vs = _vars(t.vars, env)
    return t if vs is t.vars else Tuple(vs)


def _signature(t: Signature, env: Env) -> Type:
    params, results = _tuple(t.params, env), _tuple(t.results, env)
    if params is t.params and results is t.results:
        return t
    # The receiver is not substituted: for methods of instances see `expand`; type parameters of a generic function stay.
    return Signature(params, results, t.variadic, t.recv, t.tparams, t.recv_tparams)  # type: ignore[arg-type]


def _union(t: Union, env: Env) -> Type:
    terms = [(tilde, _SUBST[type(u)](u, env)) for tilde, u in t.terms]
    if all(a[1] is b[1] for a, b in zip(terms, t.terms, strict=True)):
        return t
    return Union(terms)


def _interface(t: Interface, env: Env) -> Type:
    methods: list[Func] | None = None
    for i, m in enumerate(t.methods):
        assert m.type is not None
        sig = _SUBST[Signature](m.type, env)
        if sig is not m.type:
            if methods is None:
                methods = list(t.methods)
            methods[i] = copy_func(m, sig)  # type: ignore[arg-type]
    embeddeds = _list(t.embeddeds, env)
    if methods is None and embeddeds is t.embeddeds:
        return t
    new = Interface(methods if methods is not None else t.methods, embeddeds, t.implicit)
    new.embed_pos = t.embed_pos
    if t._typeset is not None and not t.methods and not t.embeddeds:
        new._typeset = t._typeset
    return new


def copy_func(f: Func, sig: Signature | None) -> Func:
    """A method of an instance: as `f` with another signature; ``origin`` is the declared one."""
    g = Func(f.name, sig, f.pkg, f.pos)
    g._decl, g.origin, g.ptr_recv = f._decl, f.origin, f.ptr_recv
    return g


def _list(ts: list[Type], env: Env) -> list[Type]:
    out: list[Type] | None = None
    for i, t in enumerate(ts):
        s = _SUBST[type(t)](t, env)
        if s is not t:
            if out is None:
                out = list(ts)
            out[i] = s
    return ts if out is None else out


def _alias(t: Alias, env: Env) -> Type:
    if t.targs:
        targs = _list(t.targs, env)
        if targs is not t.targs:
            return instantiate_alias(t.origin, targs)
    actual = t.actual
    if actual is None:
        return t
    new = _SUBST[type(actual)](actual, env)
    return t if new is actual else new


def _named(t: Named, env: Env) -> Type:
    if t.targs:
        targs = _list(t.targs, env)
        outer = _list(t.outer_targs, env) if t.outer_targs else t.outer_targs
        if targs is t.targs and outer is t.outer_targs and not t.origin.outer_tparams:
            return t
    elif not t.origin.outer_tparams:
        return t
    else:
        targs = t.targs
    params = t.origin.outer_tparams
    if params:
        before: list[Type] = t.outer_targs or params  # type: ignore[assignment]
        outer = _list(before, env)
        if outer is before and targs is t.targs:
            return t
        return instantiate(t.origin, targs, outer)
    return instantiate(t.origin, targs)


def type_key(t: Type) -> object:
    """A hashable key: equal for identical types as far as their parts are the same objects. Valid while `t` lives."""
    return _KEYS[type(t)](t)


def _key_named(t: Named) -> object:
    try:
        if not t.targs and not t.outer_targs:
            return id(t)
    except AttributeError:  # being unpickled: only declared types are so while something asks for their key
        return id(t)
    return (id(t.origin), *map(type_key, t.outer_targs), *map(type_key, t.targs))


def _key_tuple(t: Tuple) -> object:
    return tuple([type_key(v.type) for v in t.vars])  # type: ignore[arg-type]


def _key_struct(t: Struct) -> object:
    parts = tuple(
        [
            (f.name, None if f.exported or f.pkg is None else f.pkg.path, f.embedded, type_key(f.type))  # type: ignore[arg-type]
            for f in t.fields
        ]
    )
    return ("struct", parts, tuple(t.tags))


def _key_interface(t: Interface) -> object:
    from gotk.compiler.types.typeset import type_set

    ts = type_set(t)
    if ts.is_all():
        return "any"
    if ts.terms is not None or ts.comparable or _IN_KEY:
        return id(t)
    _IN_KEY.append(t)  # methods may mention the interface itself: one level is enough for a key that is only a hint
    try:
        return (
            "interface",
            *((m.name, None if m.exported or m.pkg is None else m.pkg.path, type_key(m.type)) for m in ts.methods),  # type: ignore[arg-type]
        )
    finally:
        _IN_KEY.pop()


_IN_KEY: list[Interface] = []

_KEYS: dict[type, Callable[[Any], object]] = {
    Basic: lambda t: t.kind,
    Named: _key_named,
    Alias: lambda t: "invalid" if t.actual is None else type_key(t.actual),
    TypeParam: id,
    Pointer: lambda t: ("*", type_key(t.elem)),
    Slice: lambda t: ("[]", type_key(t.elem)),
    Array: lambda t: ("[n]", t.len, type_key(t.elem)),
    Map: lambda t: ("map", type_key(t.key), type_key(t.elem)),
    Chan: lambda t: ("chan", t.dir, type_key(t.elem)),
    Struct: _key_struct,
    Tuple: _key_tuple,
    Signature: lambda t: ("func", _key_tuple(t.params), _key_tuple(t.results), t.variadic),
    Union: id,
    Interface: _key_interface,
}


def instantiate(origin: Named, targs: Sequence[Type], outer_targs: Sequence[Type] = ()) -> Named:
    """The instance of `origin` with these arguments (not checked against constraints); canonical."""
    table = origin._instances
    if table is None:
        table = origin._instances = weakref.WeakValueDictionary()
    key = (tuple([type_key(t) for t in targs]), tuple([type_key(t) for t in outer_targs]))
    found = table.get(key)
    if found is not None:
        return found
    new = Named(origin.obj)
    new.origin = origin
    new.tparams = origin.tparams
    new.targs = list(targs)
    new.outer_targs = list(outer_targs)
    new._methods = None
    new.resolver = expand
    table[key] = new
    return new


def instance_env(t: Named) -> dict[TypeParam, Type]:
    """Type parameters of the instance's origin (and of the functions around it) to its arguments."""
    env = dict(zip(t.origin.tparams, t.targs, strict=False))
    if t.outer_targs:
        env.update(zip(t.origin.outer_tparams, t.outer_targs, strict=True))
    return env


def expand(t: Named, methods: bool) -> None:
    """Fill an instance: its methods, or its underlying type (left open while the origin's is not known)."""
    origin = t.origin
    if not methods:
        under = origin.underlying()
        if type(under) is Basic and under.kind == "invalid":
            return
        t._underlying = substitute(under, instance_env(t)).underlying()
        return
    made: list[Func] = []
    for m in origin.methods:
        made.append(instance_method(t, m))
    t._methods = made


def instance_method(t: Named, m: Func) -> Func:
    """Method `m` of the generic type as a method of the instance `t`."""
    if m.type is None and m.resolver is not None:
        m.resolver(m)
    sig = m.type
    if type(sig) is not Signature:
        late = copy_func(m, None)  # met while the method's own signature is being checked
        late.resolver = lambda f: setattr(f, "type", instance_method(t, m).type)
        return late
    env: dict[TypeParam, Type] = dict(zip(sig.recv_tparams, t.targs, strict=False))
    new = substitute(sig, env)
    recv = sig.recv
    if recv is not None:
        base: Type = Pointer(t) if m.ptr_recv else t
        recv = _copy_var(recv, base)
    assert type(new) is Signature
    done = Signature(new.params, new.results, new.variadic, recv, new.tparams, [])
    return copy_func(m, done)


def instantiate_alias(origin: Alias, targs: Sequence[Type]) -> Alias:
    """An instance of a generic alias."""
    env = dict(zip(origin.tparams, targs, strict=False))
    new = Alias(origin.obj, None if origin.actual is None else substitute(origin.actual, env))
    new.origin, new.targs, new.tparams = origin, list(targs), origin.tparams
    return new


_SUBST: dict[type, Callable[[Any, Env], Any]] = {
    Basic: _basic,
    TypeParam: _param,
    Array: _array,
    Slice: _slice,
    Pointer: _pointer,
    Map: _map,
    Chan: _chan,
    Struct: _struct,
    Tuple: _tuple,
    Signature: _signature,
    Union: _union,
    Interface: _interface,
    Alias: _alias,
    Named: _named,
}
