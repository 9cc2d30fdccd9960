// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// typ is a type descriptor (docs/architecture.md, section 7), as far as run-time errors need it. The whole layout is in
// internal/rtype; this package imports nothing, since every package depends on it.
type typ struct {
	size     uint64
	hash     uint32
	kind     uint8
	align    uint8
	flags    uint8
	chandir  uint8
	str      string
	name     string
	pkgpath  string
	elem     *typ
	key      *typ
	length   uint64
	fields   unsafe.Pointer
	nfields  uint64
	methods  *method
	nmethods uint64
	inout    **typ // of a func: its parameters, then its results
	nin      uint64
	nout     uint64
}

type method struct {
	name    string
	pkgpath string
	typ     *typ
	fn      unsafe.Pointer
}

const (
	kindBool = 1 + iota
	kindInt
	kindInt8
	kindInt16
	kindInt32
	kindInt64
	kindUint
	kindUint8
	kindUint16
	kindUint32
	kindUint64
	kindUintptr
	kindFloat32
	kindFloat64
	kindComplex64
	kindComplex128
)

const (
	kindArray         = 17
	kindFunc          = 19
	kindInterface     = 20
	kindPointer       = 22
	kindSlice         = 23
	kindString        = 24
	kindStruct        = 25
	kindUnsafePointer = 26
)

func (t *typ) method(i uint64) *method {
	return (*method)(unsafe.Add(unsafe.Pointer(t.methods), i*uint64(unsafe.Sizeof(method{}))))
}

// missingMethod names the first method of the interface type that t does not have, or "" if t has all. Both lists are
// sorted by name and package, and equal types are one descriptor.
func missingMethod(t, iface *typ) string {
	j := uint64(0)
	for i := uint64(0); i < iface.nmethods; i++ {
		want := iface.method(i)
		for ; j < t.nmethods; j++ {
			have := t.method(j)
			if have.name == want.name && have.pkgpath == want.pkgpath && have.typ == want.typ {
				break
			}
		}
		if j == t.nmethods {
			return want.name
		}
		j++
	}
	return ""
}
