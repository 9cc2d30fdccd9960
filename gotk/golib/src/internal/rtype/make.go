// SPDX-License-Identifier: BSD-3-Clause

// Descriptors made at run time, for package reflect, which sees to it that a type has only one.
package rtype

import "unsafe"

// Flags of a Spec.
const (
	FlagDirect     = flagDirect
	FlagMemEq      = flagMemEq
	FlagComparable = flagComparable
	FlagNoPtr      = flagNoPtr
	FlagVariadic   = flagVariadic
)

// Spec is what an unnamed type without methods is made of.
type Spec struct {
	Kind     Kind
	Flags    uint8
	Size     uintptr
	Align    int
	PtrBytes uintptr
	Str      string
	Elem     *Type
	Key      *Type
	Len      int
	ChanDir  int
	Fields   []Field
	InOut    []*Type // a func's parameters, then its results
	NumIn    int
}

// Make makes a descriptor.
func Make(s *Spec) *Type {
	t := &Type{
		size: s.Size, kind: s.Kind, align: uint8(s.Align), flags: s.Flags, chanDir: uint8(s.ChanDir), str: s.Str,
		elem: s.Elem, key: s.Key, len: uintptr(s.Len), ptrBytes: s.PtrBytes,
		fields: unsafe.SliceData(s.Fields), nfields: len(s.Fields),
		inout: unsafe.SliceData(s.InOut), nin: s.NumIn, nout: len(s.InOut) - s.NumIn,
	}
	t.hash = 2166136261
	for i := 0; i < len(s.Str); i++ {
		t.hash = (t.hash ^ uint32(s.Str[i])) * 16777619
	}
	return t
}

// MakeField makes a field of a struct.
func MakeField(name, pkgPath string, t *Type, offset uintptr, tag string, embedded, exported bool) Field {
	f := Field{Name: name, PkgPath: pkgPath, Typ: t, Offset: offset, Tag: tag}
	if embedded {
		f.flags |= 1
	}
	if exported {
		f.flags |= 2
	}
	return f
}
