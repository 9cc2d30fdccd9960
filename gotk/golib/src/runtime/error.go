// SPDX-License-Identifier: BSD-3-Clause

package runtime

// Error is what run-time panics such as an index out of range carry.
type Error interface {
	error

	// RuntimeError does nothing; it tells run-time errors from other errors.
	RuntimeError()
}

// errorString is a run-time error whose text is known when it is raised.
type errorString string

func (e errorString) RuntimeError() {}

func (e errorString) Error() string {
	return "runtime error: " + string(e)
}

// plainError is a run-time error shown without the prefix.
type plainError string

func (e plainError) RuntimeError() {}

func (e plainError) Error() string {
	return string(e)
}

// PanicNilError is the value of panic(nil).
type PanicNilError struct {
	_ [0]func() // not comparable
}

func (*PanicNilError) Error() string {
	return "runtime error: panic called with nil argument"
}

func (*PanicNilError) RuntimeError() {}

// TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	iface   *typ // static type of the operand; nil if it is not known
	have    *typ // dynamic type; nil for a nil interface
	want    *typ
	missing string // method that have lacks, for an interface want
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	const conversion = "interface conversion: "
	iface := "interface"
	if e.iface != nil {
		iface = e.iface.str
	}
	want := e.want.str
	if e.have == nil {
		return conversion + iface + " is nil, not " + want
	}
	have := e.have.str
	if e.missing != "" {
		return conversion + have + " is not " + want + ": missing method " + e.missing
	}
	text := conversion + iface + " is " + have + ", not " + want
	if have == want {
		if e.have.pkgpath != e.want.pkgpath {
			text += " (types from different packages)"
		} else {
			text += " (types from different scopes)"
		}
	}
	return text
}

// Kinds of bounds errors.
const (
	boundsIndex = iota
	boundsSliceAlen
	boundsSliceAcap
	boundsSliceB
	boundsSlice3Alen
	boundsSlice3Acap
	boundsSlice3B
	boundsSlice3C
	boundsConvert
)

// boundsError is an index or a slice bound out of range: x was asked, y was the limit.
type boundsError struct {
	x      int64
	y      int
	signed bool // x is signed; else it is the bits of a uint64
	kind   uint8
}

func (boundsError) RuntimeError() {}

func (e boundsError) Error() string {
	b := []byte("runtime error: ")
	if e.kind == boundsConvert {
		b = append(b, "cannot convert slice with length "...)
		b = e.appendX(b)
		b = append(b, " to array or pointer to array with length "...)
		return string(appendInt(b, int64(e.y)))
	}
	if e.kind == boundsIndex {
		b = append(b, "index"...)
	} else {
		b = append(b, "slice bounds"...)
	}
	b = append(b, " out of range ["...)
	before, after, limit := "", "", ""
	switch e.kind {
	case boundsIndex:
		limit = " with length "
	case boundsSliceAlen:
		before, limit = ":", " with length "
	case boundsSliceAcap:
		before, limit = ":", " with capacity "
	case boundsSliceB:
		after = ":"
	case boundsSlice3Alen:
		before, limit = "::", " with length "
	case boundsSlice3Acap:
		before, limit = "::", " with capacity "
	case boundsSlice3B:
		before, after = ":", ":"
	case boundsSlice3C:
		after = ":"
	}
	b = append(b, before...)
	b = e.appendX(b)
	b = append(b, after...)
	negative := e.signed && e.x < 0
	if limit == "" && !negative {
		b = appendInt(b, int64(e.y))
	}
	if e.kind == boundsSlice3C {
		b = append(b, ':')
	}
	b = append(b, ']')
	if limit != "" && !negative {
		b = append(b, limit...)
		b = appendInt(b, int64(e.y))
	}
	return string(b)
}

func (e boundsError) appendX(b []byte) []byte {
	if e.signed {
		return appendInt(b, e.x)
	}
	return appendUint(b, uint64(e.x))
}
