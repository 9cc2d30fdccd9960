// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// How a panic that nothing recovered is shown: Go's text.

// stringer is fmt.Stringer.
type stringer interface {
	String() string
}

// fatalpanic prints the goroutine's panics, oldest first, its trace, and ends the program with exit code 2.
func fatalpanic(p *panicRecord) {
	if old := p.link; old != nil && old.printing {
		nestedPrintPanic(p.arg)
	}
	texts := panicTexts(p)
	var out []byte
	out = appendPanics(out, p, texts)
	pc := uintptr(0)
	for q := p; q != nil; q = q.link {
		if q.sigpc != 0 {
			pc = q.sigpc
		}
	}
	if pc != 0 {
		out = append(out, "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x"...)
		out = appendHex(out, uint64(pc))
		out = append(out, "]\n"...)
	}
	fatalpanicNative(unsafe.Pointer(unsafe.SliceData(out)), len(out))
}

// panicText is the printed form of a panic's value, made before anything is printed, since making it calls the program.
type panicText struct {
	of   *panicRecord
	text []byte
	next *panicText
}

func panicTexts(p *panicRecord) *panicText {
	var first, last *panicText
	for q := p; q != nil; q = q.link {
		if q.goexit {
			continue
		}
		t := new(panicText)
		t.of = q
		// The record on top is marked, since a panic in the method links to the top.
		p.printing = true
		switch v := q.arg.(type) {
		case error:
			t.text = appendIndented(nil, v.Error())
		case stringer:
			t.text = appendIndented(nil, v.String())
		default:
			t.text = appendPanicValue(nil, q.arg)
		}
		p.printing = false
		if last == nil {
			first = t
		} else {
			last.next = t
		}
		last = t
	}
	return first
}

func textOf(p *panicRecord, texts *panicText) []byte {
	for ; texts != nil; texts = texts.next {
		if texts.of == p {
			return texts.text
		}
	}
	return nil
}

// nestedPrintPanic reports a panic inside the Error or String method of a value that was being printed.
func nestedPrintPanic(v any) {
	text := []byte("panic while printing panic value: ")
	if s, ok := v.(string); ok {
		text = append(text, s...)
	} else {
		text = append(text, "type "...)
		text = append(text, efaceOf(&v).typ.str...)
	}
	fatal(string(text))
}

func appendPanics(out []byte, p *panicRecord, texts *panicText) []byte {
	if p.link != nil {
		out = appendPanics(out, p.link, texts)
		if p.repanicked {
			return out // shown on the line of the panic that it repeats
		}
		if !p.link.goexit {
			out = append(out, '\t')
		}
	}
	if p.goexit {
		return out
	}
	out = append(out, "panic: "...)
	out = append(out, textOf(p, texts)...)
	if again := repeatOf(p, texts); again {
		out = append(out, " [recovered, repanicked]"...)
	} else if p.recovered {
		out = append(out, " [recovered]"...)
	}
	return append(out, '\n')
}

// repeatOf reports whether the panic that followed p in the chain repeated its value.
func repeatOf(p *panicRecord, texts *panicText) bool {
	for ; texts != nil; texts = texts.next {
		if texts.of.link == p {
			return texts.of.repanicked
		}
	}
	return false
}

// appendPanicValue formats a value that is neither error nor Stringer.
func appendPanicValue(out []byte, v any) []byte {
	e := efaceOf(&v)
	if e.typ == nil {
		return append(out, "nil"...)
	}
	named := e.typ.pkgpath != "" && e.typ.name != ""
	open, shut := "(", ")"
	if e.typ.kind == kindString {
		open, shut = "(\"", "\")"
	}
	start := len(out)
	if named {
		out = append(out, e.typ.str...)
		out = append(out, open...)
	}
	p := e.data
	switch e.typ.kind {
	case kindBool:
		out = appendBool(out, *(*bool)(p))
	case kindInt:
		out = appendInt(out, int64(*(*int)(p)))
	case kindInt8:
		out = appendInt(out, int64(*(*int8)(p)))
	case kindInt16:
		out = appendInt(out, int64(*(*int16)(p)))
	case kindInt32:
		out = appendInt(out, int64(*(*int32)(p)))
	case kindInt64:
		out = appendInt(out, *(*int64)(p))
	case kindUint:
		out = appendUint(out, uint64(*(*uint)(p)))
	case kindUint8:
		out = appendUint(out, uint64(*(*uint8)(p)))
	case kindUint16:
		out = appendUint(out, uint64(*(*uint16)(p)))
	case kindUint32:
		out = appendUint(out, uint64(*(*uint32)(p)))
	case kindUint64:
		out = appendUint(out, *(*uint64)(p))
	case kindUintptr:
		out = appendUint(out, uint64(*(*uintptr)(p)))
	case kindFloat32:
		out = appendFloat(out, float64(*(*float32)(p)), 32)
	case kindFloat64:
		out = appendFloat(out, *(*float64)(p), 64)
	case kindComplex64:
		out = appendComplex(out, complex128(*(*complex64)(p)), 32, !named)
	case kindComplex128:
		out = appendComplex(out, *(*complex128)(p), 64, !named)
	case kindString:
		out = appendIndented(out, *(*string)(p))
	default:
		out = append(out[:start], '(')
		out = append(out, e.typ.str...)
		out = append(out, ") 0x"...)
		return appendHex(out, uint64(uintptr(p)))
	}
	if named {
		out = append(out, shut...)
	}
	return out
}

// appendIndented appends s with a tab after each newline, so that the text of a panic stands apart from the trace.
func appendIndented(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		out = append(out, s[i])
		if s[i] == '\n' {
			out = append(out, '\t')
		}
	}
	return out
}
