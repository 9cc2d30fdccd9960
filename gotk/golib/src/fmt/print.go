// SPDX-License-Identifier: BSD-3-Clause

// Package fmt prints and scans by format.
//
// print.go: the functions, the state of one call. format.go: layouts of basic values under the flags.
// verbs.go: the format string. value.go: values by their type descriptor. scan*.go: input.
package fmt

import (
	"internal/rtype"
	"io"
	"os"
	"strconv"
	"sync"
	"unicode/utf8"
)

// State is what a Formatter prints to.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

// Formatter is a value that prints itself under any verb and flags.
type Formatter interface {
	Format(f State, verb rune)
}

// Stringer is a value that knows its text.
type Stringer interface {
	String() string
}

// GoStringer is a value that knows its Go syntax, for %#v.
type GoStringer interface {
	GoString() string
}

// FormatString returns the directive that state and verb came from.
func FormatString(state State, verb rune) string {
	var buf [16]byte
	b := append(buf[:0], '%')
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = strconv.AppendInt(b, int64(w), 10)
	}
	if p, ok := state.Precision(); ok {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(p), 10)
	}
	return string(utf8.AppendRune(b, verb))
}

// printer is the state of one Print call; also the State that Formatters see.
type printer struct {
	buf []byte
	arg any // the value being printed, nil while printing a part that is no interface value

	operand any // what a struct or array is printed from: it stays as it is while arg follows the parts

	flags
	reordered     bool // the format used an argument index
	goodArgNum    bool // the latest argument index was valid
	panicking     bool // within catchPanic: a second panic goes on
	erroring      bool // printing an error: methods are not called
	wrapErrs      bool // called by Errorf: %w is allowed
	wrappedErrs   []int
	intbuf        [68]byte // a sign, a prefix and 64 digits
}

var printers = sync.Pool{New: newPrinterAny}

func newPrinterAny() any { return new(printer) }

func newPrinter() *printer {
	p := printers.Get().(*printer)
	p.panicking = false
	p.erroring = false
	p.wrapErrs = false
	p.flags = flags{}
	return p
}

// free gives p back to the pool; a very large buffer is left to the collector.
func (p *printer) free() {
	if cap(p.buf) > 64*1024 {
		p.buf = nil
	} else {
		p.buf = p.buf[:0]
	}
	if cap(p.wrappedErrs) > 8 {
		p.wrappedErrs = nil
	}
	p.arg, p.operand = nil, nil
	p.wrappedErrs = p.wrappedErrs[:0]
	printers.Put(p)
}

// Width returns the width, if there is one.
func (p *printer) Width() (wid int, ok bool) { return p.wid, p.widPresent }

// Precision returns the precision, if there is one.
func (p *printer) Precision() (prec int, ok bool) { return p.prec, p.precPresent }

// Flag reports whether the flag, one of "+-# 0", is set.
func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

// Write lets a Formatter print by Fprintf(state, …).
func (p *printer) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString lets io.WriteString avoid a copy.
func (p *printer) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Fprintf formats to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.doPrintf(format, a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Printf formats to standard output.
func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }

// Sprintf formats to a string.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.doPrintf(format, a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendf appends Sprintf(format, a...) to b.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.doPrintf(format, a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprint prints the operands to w, with spaces between two that are not strings.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.doPrint(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Print is Fprint to standard output.
func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

// Sprint is Fprint to a string.
func Sprint(a ...any) string {
	p := newPrinter()
	p.doPrint(a)
	s := string(p.buf)
	p.free()
	return s
}

// Append appends Sprint(a...) to b.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.doPrint(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprintln prints the operands to w with spaces between and a newline after them.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.doPrintln(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Println is Fprintln to standard output.
func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

// Sprintln is Fprintln to a string.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.doPrintln(a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendln appends Sprintln(a...) to b.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.doPrintln(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

func (p *printer) doPrint(a []any) {
	prevString := false
	for i, arg := range a {
		isString := arg != nil && rtype.TypeOf(arg).Kind() == rtype.String
		if i > 0 && !isString && !prevString {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(arg, 'v')
		prevString = isString
	}
}

func (p *printer) doPrintln(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(arg, 'v')
	}
	p.buf = append(p.buf, '\n')
}

// badVerb prints %!verb(type=value) for a verb that does not fit p.arg, or else v.
func (p *printer) badVerb(verb rune, v rtype.Value) {
	p.erroring = true
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, '(')
	switch {
	case p.arg != nil:
		p.buf = append(p.buf, rtype.TypeOf(p.arg).String()...)
		p.buf = append(p.buf, '=')
		p.printArg(p.arg, 'v')
	case v.IsValid():
		p.buf = append(p.buf, v.Typ.String()...)
		p.buf = append(p.buf, '=')
		p.printValue(v, 'v', 0, false)
	default:
		p.buf = append(p.buf, "<nil>"...)
	}
	p.buf = append(p.buf, ')')
	p.erroring = false
}

// printArg prints one operand. Basic types come first: they have no methods.
func (p *printer) printArg(arg any, verb rune) {
	p.arg = arg
	if arg == nil {
		if verb == 'T' || verb == 'v' {
			p.pad("<nil>")
		} else {
			p.badVerb(verb, rtype.Value{})
		}
		return
	}
	switch verb {
	case 'T':
		p.fmtS(rtype.TypeOf(arg).String())
		return
	case 'p':
		p.fmtPointer(rtype.ValueAt(&p.arg), 'p')
		return
	}
	none := rtype.Value{}
	switch f := arg.(type) {
	case int:
		p.fmtInt(uint64(f), true, verb, none)
	case string:
		p.fmtString(f, verb, none)
	case bool:
		p.fmtBool(f, verb, none)
	case float64:
		p.fmtFloat(f, 64, verb, none)
	case float32:
		p.fmtFloat(float64(f), 32, verb, none)
	case complex64:
		p.fmtComplex(complex128(f), 64, verb, none)
	case complex128:
		p.fmtComplex(f, 128, verb, none)
	case int8:
		p.fmtInt(uint64(f), true, verb, none)
	case int16:
		p.fmtInt(uint64(f), true, verb, none)
	case int32:
		p.fmtInt(uint64(f), true, verb, none)
	case int64:
		p.fmtInt(uint64(f), true, verb, none)
	case uint:
		p.fmtInt(uint64(f), false, verb, none)
	case uint8:
		p.fmtInt(uint64(f), false, verb, none)
	case uint16:
		p.fmtInt(uint64(f), false, verb, none)
	case uint32:
		p.fmtInt(uint64(f), false, verb, none)
	case uint64:
		p.fmtInt(f, false, verb, none)
	case uintptr:
		p.fmtInt(uint64(f), false, verb, none)
	case []byte:
		p.fmtBytes(f, verb, "[]byte", none)
	default:
		if x, hidden, ok := rtype.ValueAt(&p.arg).Reflected(); ok {
			p.printReflected(x, verb, hidden)
			return
		}
		if !p.handleMethods(verb) {
			p.arg = arg // a failed %w may have changed it
			p.operand = arg
			p.printValue(rtype.ValueAt(&p.operand), verb, 0, false)
		}
	}
}

// printReflected prints what a reflect.Value holds, as if that were the operand.
func (p *printer) printReflected(x rtype.Value, verb rune, hidden bool) {
	if hidden {
		p.arg = nil
	} else if x.IsValid() {
		p.arg = x.Interface()
		if p.handleMethods(verb) {
			return
		}
	}
	p.printValue(x, verb, 0, hidden)
}
