// SPDX-License-Identifier: BSD-3-Clause

// Values under a verb: basic kinds, then anything by its type descriptor.
package fmt

import (
	"internal/rtype"
)

func (p *printer) fmtBool(v bool, verb rune, at rtype.Value) {
	switch verb {
	case 't', 'v':
		if v {
			p.pad("true")
		} else {
			p.pad("false")
		}
	default:
		p.badVerb(verb, at)
	}
}

// hex0x writes v in hexadecimal, with or without 0x whatever the flag # says.
func (p *printer) hex0x(v uint64, leading0x bool) {
	old := p.sharp
	p.sharp = leading0x
	p.integer(v, 16, false, 'v', lowerDigits)
	p.sharp = old
}

// fmtInt prints an integer; at is where it lies, for an error message.
func (p *printer) fmtInt(u uint64, signed bool, verb rune, at rtype.Value) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.hex0x(u, true)
		} else {
			p.integer(u, 10, signed, verb, lowerDigits)
		}
	case 'd':
		p.integer(u, 10, signed, verb, lowerDigits)
	case 'b':
		p.integer(u, 2, signed, verb, lowerDigits)
	case 'o', 'O':
		p.integer(u, 8, signed, verb, lowerDigits)
	case 'x':
		p.integer(u, 16, signed, verb, lowerDigits)
	case 'X':
		p.integer(u, 16, signed, verb, upperDigits)
	case 'c':
		p.char(u)
	case 'q':
		p.quotedChar(u)
	case 'U':
		p.unicode(u)
	default:
		p.badVerb(verb, at)
	}
}

func (p *printer) fmtFloat(v float64, size int, verb rune, at rtype.Value) {
	switch verb {
	case 'v':
		p.float(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.float(v, size, byte(verb), -1)
	case 'f', 'e', 'E':
		p.float(v, size, byte(verb), 6)
	case 'F':
		p.float(v, size, 'f', 6)
	default:
		p.badVerb(verb, at)
	}
}

func (p *printer) fmtComplex(v complex128, size int, verb rune, at rtype.Value) {
	switch verb {
	case 'v', 'b', 'g', 'G', 'x', 'X', 'f', 'F', 'e', 'E':
		old := p.plus
		p.buf = append(p.buf, '(')
		p.fmtFloat(real(v), size/2, verb, at)
		p.plus = true // the imaginary part always has a sign
		p.fmtFloat(imag(v), size/2, verb, at)
		p.buf = append(p.buf, "i)"...)
		p.plus = old
	default:
		p.badVerb(verb, at)
	}
}

func (p *printer) fmtString(v string, verb rune, at rtype.Value) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.fmtQ(v)
		} else {
			p.fmtS(v)
		}
	case 's':
		p.fmtS(v)
	case 'x':
		p.hexString(v, nil, lowerDigits)
	case 'X':
		p.hexString(v, nil, upperDigits)
	case 'q':
		p.fmtQ(v)
	default:
		p.badVerb(verb, at)
	}
}

// fmtBytes prints a slice or array of bytes whose type's name is given.
func (p *printer) fmtBytes(v []byte, verb rune, typeName string, at rtype.Value) {
	switch verb {
	case 'v', 'd':
		if p.sharpV {
			p.buf = append(p.buf, typeName...)
			if v == nil {
				p.buf = append(p.buf, "(nil)"...)
				return
			}
			p.buf = append(p.buf, '{')
			for i, c := range v {
				if i > 0 {
					p.buf = append(p.buf, ", "...)
				}
				p.hex0x(uint64(c), true)
			}
			p.buf = append(p.buf, '}')
			return
		}
		p.buf = append(p.buf, '[')
		for i, c := range v {
			if i > 0 {
				p.buf = append(p.buf, ' ')
			}
			p.integer(uint64(c), 10, false, verb, lowerDigits)
		}
		p.buf = append(p.buf, ']')
	case 's':
		p.padBytes(p.truncateBytes(v))
	case 'x', 'X':
		digits := lowerDigits
		if verb == 'X' {
			digits = upperDigits
		}
		if v == nil {
			v = []byte{}
		}
		p.hexString("", v, digits)
	case 'q':
		p.fmtQ(string(v))
	default:
		if at.Typ == nil {
			at = rtype.ValueAt(&p.arg)
		}
		p.printList(at, verb, 0, false)
	}
}

func (p *printer) fmtPointer(v rtype.Value, verb rune) {
	switch v.Kind() {
	case rtype.Chan, rtype.Func, rtype.Map, rtype.Pointer, rtype.Slice, rtype.UnsafePointer:
	default:
		p.badVerb(verb, v)
		return
	}
	u := uint64(v.Address())
	switch verb {
	case 'v':
		if p.sharpV {
			p.buf = append(p.buf, '(')
			p.buf = append(p.buf, v.Typ.String()...)
			p.buf = append(p.buf, ")("...)
			if u == 0 {
				p.buf = append(p.buf, "nil"...)
			} else {
				p.hex0x(u, true)
			}
			p.buf = append(p.buf, ')')
		} else if u == 0 {
			p.pad("<nil>")
		} else {
			p.hex0x(u, !p.sharp)
		}
	case 'p':
		p.hex0x(u, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.fmtInt(u, false, verb, v)
	default:
		p.badVerb(verb, v)
	}
}

// printValue prints v. Its methods are used if it is a part of the operand (depth > 0) that could be
// reached from outside: not through an unexported field (hidden).
func (p *printer) printValue(v rtype.Value, verb rune, depth int, hidden bool) {
	kind := v.Kind()
	if depth > 0 && kind != rtype.Invalid && !hidden && kind != rtype.Interface && v.Typ.NumMethod() > 0 {
		p.arg = v.Interface()
		if p.handleMethods(verb) {
			return
		}
	}
	if depth > 0 {
		p.arg = nil // so that an error shows the part
	}
	switch kind {
	case rtype.Invalid:
		if depth == 0 {
			p.buf = append(p.buf, "<invalid reflect.Value>"...)
		} else if verb == 'v' {
			p.buf = append(p.buf, "<nil>"...)
		} else {
			p.badVerb(verb, v)
		}
	case rtype.Bool:
		p.fmtBool(v.Bool(), verb, v)
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		p.fmtInt(uint64(v.Int()), true, verb, v)
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		p.fmtInt(v.Uint(), false, verb, v)
	case rtype.Float32:
		p.fmtFloat(v.Float(), 32, verb, v)
	case rtype.Float64:
		p.fmtFloat(v.Float(), 64, verb, v)
	case rtype.Complex64:
		p.fmtComplex(v.Complex(), 64, verb, v)
	case rtype.Complex128:
		p.fmtComplex(v.Complex(), 128, verb, v)
	case rtype.String:
		p.fmtString(v.String(), verb, v)
	case rtype.Map:
		p.printMap(v, verb, depth, hidden)
	case rtype.Struct:
		p.printStruct(v, verb, depth, hidden)
	case rtype.Interface:
		x := v.Elem()
		switch {
		case x.IsValid():
			p.printValue(x, verb, depth+1, hidden)
		case p.sharpV:
			p.buf = append(p.buf, v.Typ.String()...)
			p.buf = append(p.buf, "(nil)"...)
		default:
			p.buf = append(p.buf, "<nil>"...)
		}
	case rtype.Array, rtype.Slice:
		switch verb {
		case 's', 'q', 'x', 'X':
			// For %s, %q and %x, bytes are text.
			if v.Typ.Elem().Kind() == rtype.Uint8 {
				p.fmtBytes(v.Bytes(), verb, v.Typ.String(), v)
				return
			}
		}
		p.printList(v, verb, depth, hidden)
	case rtype.Pointer:
		// &{…} at the top; deeper, where there may be cycles, the address.
		if depth == 0 && !v.IsNil() {
			switch x := v.Elem(); x.Kind() {
			case rtype.Array, rtype.Slice, rtype.Struct, rtype.Map:
				p.buf = append(p.buf, '&')
				p.printValue(x, verb, depth+1, hidden)
				return
			}
		}
		p.fmtPointer(v, verb)
	case rtype.Chan, rtype.Func, rtype.UnsafePointer:
		p.fmtPointer(v, verb)
	}
}

func (p *printer) printList(v rtype.Value, verb rune, depth int, hidden bool) {
	if p.sharpV {
		p.buf = append(p.buf, v.Typ.String()...)
		if v.Kind() == rtype.Slice && v.IsNil() {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
		p.buf = append(p.buf, '{')
		for i, n := 0, v.Len(); i < n; i++ {
			if i > 0 {
				p.buf = append(p.buf, ", "...)
			}
			p.printValue(v.Index(i), verb, depth+1, hidden)
		}
		p.buf = append(p.buf, '}')
		return
	}
	p.buf = append(p.buf, '[')
	for i, n := 0, v.Len(); i < n; i++ {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.printValue(v.Index(i), verb, depth+1, hidden)
	}
	p.buf = append(p.buf, ']')
}

func (p *printer) printStruct(v rtype.Value, verb rune, depth int, hidden bool) {
	if p.sharpV {
		p.buf = append(p.buf, v.Typ.String()...)
	}
	p.buf = append(p.buf, '{')
	for i, n := 0, v.Typ.NumField(); i < n; i++ {
		if i > 0 {
			if p.sharpV {
				p.buf = append(p.buf, ", "...)
			} else {
				p.buf = append(p.buf, ' ')
			}
		}
		f := v.Typ.Field(i)
		if p.plusV || p.sharpV {
			p.buf = append(p.buf, f.Name...)
			p.buf = append(p.buf, ':')
		}
		x := v.Field(i)
		if x.Kind() == rtype.Interface && !x.IsNil() {
			x = x.Elem()
		}
		p.printValue(x, verb, depth+1, hidden || !f.Exported())
	}
	p.buf = append(p.buf, '}')
}

func (p *printer) printMap(v rtype.Value, verb rune, depth int, hidden bool) {
	if p.sharpV {
		p.buf = append(p.buf, v.Typ.String()...)
		if v.IsNil() {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
		p.buf = append(p.buf, '{')
	} else {
		p.buf = append(p.buf, "map["...)
	}
	for i, e := range sortedEntries(v) {
		if i > 0 {
			if p.sharpV {
				p.buf = append(p.buf, ", "...)
			} else {
				p.buf = append(p.buf, ' ')
			}
		}
		p.printValue(e.key, verb, depth+1, hidden)
		p.buf = append(p.buf, ':')
		p.printValue(e.elem, verb, depth+1, hidden)
	}
	if p.sharpV {
		p.buf = append(p.buf, '}')
	} else {
		p.buf = append(p.buf, ']')
	}
}

