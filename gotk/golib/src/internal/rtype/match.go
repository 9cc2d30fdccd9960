// SPDX-License-Identifier: BSD-3-Clause

// Method sets of interfaces, and types made at run time.
package rtype

// interfaceImplements reports whether the interface type t has all methods of the interface type u.
// Both lists are sorted by name and package.
func interfaceImplements(t, u *Type) bool {
	i := 0
	for j := 0; j < u.nmethods; j++ {
		want := u.Method(j)
		for {
			if i == t.nmethods {
				return false
			}
			m := t.Method(i)
			i++
			if m.Name == want.Name && m.PkgPath == want.PkgPath {
				if m.Typ != want.Typ {
					return false
				}
				break
			}
		}
	}
	return true
}

// madePointer makes a descriptor for *t, which the program itself does not have.
// Such a type has no methods: if t were a defined type, the compiler would have emitted *t.
func madePointer(t *Type) *Type {
	return &Type{
		size: 8, hash: t.hash*16777619 ^ 9, kind: Pointer, align: 8,
		flags: flagDirect | flagMemEq | flagComparable, str: "*" + t.str, elem: t, ptrBytes: 8,
	}
}
