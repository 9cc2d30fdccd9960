// SPDX-License-Identifier: BSD-3-Clause

// Types made at run time.
//
// A type must have one descriptor. The first type made collects the unnamed types that the loaded objects define; those, and the ones made
// here, are found by their parts: parts are descriptors, so they compare as pointers. What is made is never forgotten.
package reflect

import (
	rt "internal/rtype"
	"strconv"
	"sync"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// typelinks stores at most n descriptors that the loaded objects define, and returns how many there are.
//
//gotk:native typelinks
func typelinks(buf **rtype, n int) int

// typeKey names an array, chan, map, pointer or slice type by its parts.
type typeKey struct {
	kind Kind
	a, b *rtype
	n    int
}

var known struct {
	sync.Mutex
	simple map[typeKey]*rtype
	// Funcs and structs, by a text made of their parts.
	complex map[string]*rtype
}

func keyOf(t *rtype) (typeKey, bool) {
	switch k := t.kind(); k {
	case Pointer, Slice:
		return typeKey{k, t.elem(), nil, 0}, true
	case Array:
		return typeKey{k, t.elem(), nil, t.t.Len()}, true
	case Chan:
		return typeKey{k, t.elem(), nil, t.t.ChanDir()}, true
	case Map:
		return typeKey{k, t.elem(), wrap(t.t.Key()), 0}, true
	}
	return typeKey{}, false
}

// addressText appends t's address to b.
func addressText(b []byte, t *rtype) []byte {
	b = strconv.AppendUint(b, uint64(uintptr(unsafe.Pointer(t))), 36)
	return append(b, ' ')
}

func funcKey(in, out []*rtype, variadic bool) string {
	b := []byte("func ")
	for _, t := range in {
		b = addressText(b, t)
	}
	if variadic {
		b = append(b, "... "...)
	}
	b = append(b, "-> "...)
	for _, t := range out {
		b = addressText(b, t)
	}
	return string(b)
}

func structKey(fields []rt.Field) string {
	b := []byte("struct ")
	for i := range fields {
		f := &fields[i]
		b = strconv.AppendQuote(b, f.Name)
		b = strconv.AppendQuote(b, f.PkgPath)
		b = strconv.AppendQuote(b, f.Tag)
		b = strconv.AppendBool(b, f.Embedded())
		b = addressText(b, wrap(f.Typ))
	}
	return string(b)
}

// load fills the tables. known is locked.
func load() {
	n := typelinks(nil, 0)
	links := make([]*rtype, n+1)
	typelinks(&links[0], n)
	known.simple = make(map[typeKey]*rtype, n)
	known.complex = map[string]*rtype{}
	for _, t := range links[:n] {
		if t.t.Named() {
			continue
		}
		switch t.kind() {
		case Func:
			var in, out []*rtype
			for i := range t.t.NumIn() {
				in = append(in, t.in(i))
			}
			for i := range t.t.NumOut() {
				out = append(out, t.out(i))
			}
			known.complex[funcKey(in, out, t.t.Variadic())] = t
		case Struct:
			fields := make([]rt.Field, t.t.NumField())
			for i := range fields {
				fields[i] = *t.t.Field(i)
			}
			known.complex[structKey(fields)] = t
		default:
			if key, ok := keyOf(t); ok {
				known.simple[key] = t
			}
		}
	}
}

// simple returns the type with these parts, made by build if there is none.
func simple(key typeKey, build func() rt.Spec) *rtype {
	known.Lock()
	defer known.Unlock()
	if known.simple == nil {
		load()
	}
	t := known.simple[key]
	if t == nil {
		spec := build()
		t = wrap(rt.Make(&spec))
		known.simple[key] = t
	}
	return t
}

func complexType(key string, build func() rt.Spec) *rtype {
	known.Lock()
	defer known.Unlock()
	if known.simple == nil {
		load()
	}
	t := known.complex[key]
	if t == nil {
		spec := build()
		t = wrap(rt.Make(&spec))
		known.complex[key] = t
	}
	return t
}

func pointerTo(t *rtype) *rtype {
	if p := t.t.PtrTo(); p != nil {
		return wrap(p)
	}
	return simple(typeKey{Pointer, t, nil, 0}, func() rt.Spec {
		return rt.Spec{
			Kind: rt.Pointer, Size: 8, Align: 8, PtrBytes: 8, Flags: rt.FlagDirect | rt.FlagMemEq | rt.FlagComparable,
			Str: "*" + t.String(), Elem: t.desc(),
		}
	})
}

// PointerTo returns the type *t.
func PointerTo(t Type) Type { return pointerTo(t.common()) }

// PtrTo is the old name of PointerTo.
func PtrTo(t Type) Type { return PointerTo(t) }

func sliceType(t *rtype) *rtype {
	return simple(typeKey{Slice, t, nil, 0}, func() rt.Spec {
		return rt.Spec{Kind: rt.Slice, Size: 24, Align: 8, PtrBytes: 8, Str: "[]" + t.String(), Elem: t.desc()}
	})
}

// SliceOf returns the type []t.
func SliceOf(t Type) Type { return sliceType(t.common()) }

// ArrayOf returns the type [length]elem.
func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	t := elem.common()
	size := t.Size()
	if size > 0 && uintptr(length) > (1<<63-1)/size {
		panic("reflect.ArrayOf: array size would exceed virtual address space")
	}
	return simple(typeKey{Array, t, nil, length}, func() rt.Spec {
		s := rt.Spec{
			Kind: rt.Array, Size: size * uintptr(length), Align: t.t.Align(), Str: "[" + strconv.Itoa(length) + "]" + t.String(),
			Elem: t.desc(), Len: length,
		}
		if length > 0 && t.t.Pointers() {
			s.PtrBytes = size*uintptr(length-1) + t.t.PtrBytes()
		} else {
			s.Flags |= rt.FlagNoPtr
		}
		if t.t.Comparable() {
			s.Flags |= rt.FlagComparable
			if t.t.MemEq() {
				s.Flags |= rt.FlagMemEq
			}
		}
		if length == 1 && t.direct() {
			s.Flags |= rt.FlagDirect
		}
		return s
	})
}

// ChanOf returns the channel type with the direction and element type.
func ChanOf(dir ChanDir, t Type) Type {
	e := t.common()
	if e.Size() >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	text := "chan " + e.String()
	switch dir {
	case SendDir:
		text = "chan<- " + e.String()
	case RecvDir:
		text = "<-chan " + e.String()
	case BothDir:
		if e.String()[0] == '<' {
			text = "chan (" + e.String() + ")"
		}
	default:
		panic("reflect.ChanOf: invalid dir")
	}
	return simple(typeKey{Chan, e, nil, int(dir)}, func() rt.Spec {
		return rt.Spec{
			Kind: rt.Chan, Size: 8, Align: 8, PtrBytes: 8, Flags: rt.FlagDirect | rt.FlagMemEq | rt.FlagComparable,
			Str: text, Elem: e.desc(), ChanDir: int(dir),
		}
	})
}

// MapOf returns the type map[key]elem.
func MapOf(key, elem Type) Type {
	k, e := key.common(), elem.common()
	if !k.Comparable() {
		panic("reflect.MapOf: invalid key type " + k.String())
	}
	return simple(typeKey{Map, e, k, 0}, func() rt.Spec {
		return rt.Spec{
			Kind: rt.Map, Size: 8, Align: 8, PtrBytes: 8, Flags: rt.FlagDirect,
			Str: "map[" + k.String() + "]" + e.String(), Elem: e.desc(), Key: k.desc(),
		}
	})
}

// FuncOf returns the func type with these parameters and results; if it is variadic, the last parameter must be a slice.
func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	ins, outs := make([]*rtype, len(in)), make([]*rtype, len(out))
	for i, t := range in {
		ins[i] = t.common()
	}
	for i, t := range out {
		outs[i] = t.common()
	}
	return complexType(funcKey(ins, outs, variadic), func() rt.Spec {
		s := rt.Spec{Kind: rt.Func, Size: 8, Align: 8, PtrBytes: 8, Flags: rt.FlagDirect, NumIn: len(in), Str: funcText(ins, outs, variadic)}
		if variadic {
			s.Flags |= rt.FlagVariadic
		}
		for _, t := range ins {
			s.InOut = append(s.InOut, t.desc())
		}
		for _, t := range outs {
			s.InOut = append(s.InOut, t.desc())
		}
		return s
	})
}

func funcText(in, out []*rtype, variadic bool) string {
	b := []byte("func(")
	for i, t := range in {
		if i > 0 {
			b = append(b, ", "...)
		}
		if variadic && i == len(in)-1 {
			b = append(b, "..."...)
			t = t.elem()
		}
		b = append(b, t.String()...)
	}
	b = append(b, ')')
	if len(out) > 0 {
		b = append(b, ' ')
	}
	if len(out) > 1 {
		b = append(b, '(')
	}
	for i, t := range out {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, t.String()...)
	}
	if len(out) > 1 {
		b = append(b, ')')
	}
	return string(b)
}

func validName(s string) bool {
	for i, c := range s {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return s != ""
}

// StructOf returns the struct type with these fields, whose Offset and Index are ignored. Fields must be exported; methods of embedded fields
// are not promoted, so embedded types with methods are refused.
func StructOf(fields []StructField) Type {
	made := make([]rt.Field, len(fields))
	names := map[string]bool{}
	s := rt.Spec{Kind: rt.Struct, Align: 1, Flags: rt.FlagComparable | rt.FlagMemEq}
	text := []byte("struct {")
	for i, f := range fields {
		if f.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if !validName(f.Name) {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has invalid name")
		}
		if f.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		first, _ := utf8.DecodeRuneInString(f.Name)
		exported := unicode.IsUpper(first)
		if f.Anonymous && f.PkgPath != "" {
			panic(`reflect.StructOf: field "` + f.Name + `" is anonymous but has PkgPath set`)
		}
		if exported && f.PkgPath != "" {
			panic(`reflect.StructOf: field "` + f.Name + `" is exported but has PkgPath set`)
		}
		if !exported && f.PkgPath == "" {
			panic(`reflect.StructOf: field "` + f.Name + `" is unexported but missing PkgPath`)
		}
		t := f.Type.common()
		if f.Anonymous && t.t.NumMethod() > 0 {
			panic("reflect.StructOf: embedded field with methods not implemented: " + t.String())
		}
		if names[f.Name] && f.Name != "_" {
			panic("reflect.StructOf: duplicate field " + f.Name)
		}
		names[f.Name] = true
		align := uintptr(t.t.Align())
		offset := (s.Size + align - 1) &^ (align - 1)
		if offset != s.Size || f.Name == "_" || !t.t.MemEq() {
			s.Flags &^= rt.FlagMemEq
		}
		if !t.Comparable() {
			s.Flags &^= rt.FlagComparable
		}
		if t.t.Pointers() {
			s.PtrBytes = offset + t.t.PtrBytes()
		}
		made[i] = rt.MakeField(f.Name, f.PkgPath, t.desc(), offset, string(f.Tag), f.Anonymous, exported)
		s.Size = offset + t.Size()
		s.Align = max(s.Align, int(align))
		if i > 0 {
			text = append(text, ';')
		}
		text = append(text, ' ')
		if !f.Anonymous {
			text = append(append(text, f.Name...), ' ')
		}
		text = append(text, t.String()...)
		if f.Tag != "" {
			text = strconv.AppendQuote(append(text, ' '), string(f.Tag))
		}
	}
	if n := len(fields); n > 0 {
		text = append(text, ' ')
		if s.Size > 0 && fields[n-1].Type.Size() == 0 {
			s.Size++ // a pointer to the last field must point into the struct
		}
		if n == 1 && fields[0].Type.common().direct() {
			s.Flags |= rt.FlagDirect
		}
	}
	text = append(text, '}')
	size := (s.Size + uintptr(s.Align) - 1) &^ (uintptr(s.Align) - 1)
	if size != s.Size {
		s.Flags &^= rt.FlagMemEq
	}
	s.Size = size
	if s.Flags&rt.FlagComparable == 0 {
		s.Flags &^= rt.FlagMemEq
	}
	if s.PtrBytes == 0 {
		s.Flags |= rt.FlagNoPtr
	}
	s.Str = string(text)
	s.Fields = made
	return complexType(structKey(made), func() rt.Spec { return s })
}
