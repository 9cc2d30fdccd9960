// SPDX-License-Identifier: BSD-3-Clause

// Values that print themselves: Formatter, error, Stringer, GoStringer; and their panics.
package fmt

import (
	"internal/rtype"
	"unicode/utf8"
)

// handleMethods prints p.arg by its own methods, if it has one for the verb.
func (p *printer) handleMethods(verb rune) (handled bool) {
	if p.erroring {
		return false
	}
	if verb == 'w' {
		// Outside Errorf, and for what is no error, %w is a mistake.
		if _, ok := p.arg.(error); !ok || !p.wrapErrs {
			p.badVerb(verb, rtype.Value{})
			return true
		}
		verb = 'v'
	}
	if f, ok := p.arg.(Formatter); ok {
		p.callFormat(f, verb)
		return true
	}
	if p.sharpV {
		if g, ok := p.arg.(GoStringer); ok {
			p.callGoString(g, verb)
			return true
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			p.callError(v, verb)
			return true
		case Stringer:
			p.callString(v, verb)
			return true
		}
	}
	return false
}

func (p *printer) callFormat(f Formatter, verb rune) {
	defer p.catchPanic(p.arg, verb, "Format")
	f.Format(p, verb)
}

func (p *printer) callGoString(g GoStringer, verb rune) {
	defer p.catchPanic(p.arg, verb, "GoString")
	p.fmtS(g.GoString())
}

func (p *printer) callError(e error, verb rune) {
	defer p.catchPanic(p.arg, verb, "Error")
	p.fmtString(e.Error(), verb, rtype.Value{})
}

func (p *printer) callString(s Stringer, verb rune) {
	defer p.catchPanic(p.arg, verb, "String")
	p.fmtString(s.String(), verb, rtype.Value{})
}

// catchPanic is deferred around a method: a nil receiver prints as <nil>, any other panic as
// %!verb(PANIC=method method: value). A panic while printing that value is not caught.
func (p *printer) catchPanic(arg any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	if v := rtype.ValueAt(&arg); v.Kind() == rtype.Pointer && v.IsNil() {
		p.buf = append(p.buf, "<nil>"...)
		return
	}
	if p.panicking {
		panic(err)
	}
	old := p.flags
	p.flags = flags{}
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, "(PANIC="...)
	p.buf = append(p.buf, method...)
	p.buf = append(p.buf, " method: "...)
	p.panicking = true
	p.printArg(err, 'v')
	p.panicking = false
	p.buf = append(p.buf, ')')
	p.flags = old
}
