// SPDX-License-Identifier: BSD-3-Clause

// Method sets of interfaces.
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
