// SPDX-License-Identifier: BSD-3-Clause

package json

import (
	"bytes"
	"errors"
	"io"
	"reflect"
)

// Encoder writes values, a line each.
type Encoder struct {
	w              io.Writer
	err            error
	noHTML         bool
	prefix, indent string
}

// NewEncoder returns an encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// SetIndent makes what follows indented, if one of these is not empty.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether <, > and & are escaped in strings, as they are at first.
func (enc *Encoder) SetEscapeHTML(on bool) { enc.noHTML = !on }

// Encode writes v and a newline.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	s := &encodeState{html: !enc.noHTML}
	if err := s.value(reflect.ValueOf(v)); err != nil {
		return err
	}
	b := s.buf
	if enc.prefix != "" || enc.indent != "" {
		b = appendIndent(nil, b, enc.prefix, enc.indent)
	}
	_, enc.err = enc.w.Write(append(b, '\n'))
	return enc.err
}

// Token is a Delim, bool, float64, Number, string or nil.
type Token any

// Delim is one of [ ] { }.
type Delim rune

func (d Delim) String() string { return string(d) }

// place is what may come next in an array or object whose tokens are read.
type place byte

const (
	top         place = iota
	arrayStart        // an element or the end
	arrayElem         // an element
	arrayComma        // a comma or the end
	objectStart       // a key or the end
	objectKey         // a key
	objectColon
	objectValue
	objectComma // a comma or the end
)

// Decoder reads values one after the other.
type Decoder struct {
	r         io.Reader
	buf       []byte
	i         int   // buf[i:] is not yet read
	before    int64 // bytes of the input before buf
	err       error // of r, or one that ends it
	useNumber bool
	strict    bool
	place     place
	outer     []place
}

// NewDecoder returns a decoder that reads from r, perhaps more than it needs.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes numbers that become an any a Number.
func (dec *Decoder) UseNumber() { dec.useNumber = true }

// DisallowUnknownFields makes keys without a field an error.
func (dec *Decoder) DisallowUnknownFields() { dec.strict = true }

// Buffered returns what was read and not used, valid until the next Decode.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.i:]) }

// InputOffset returns how much of the input was used.
func (dec *Decoder) InputOffset() int64 { return dec.before + int64(dec.i) }

// more reads more input.
func (dec *Decoder) more() error {
	if dec.i > 0 && dec.i > len(dec.buf)/2 {
		dec.before += int64(dec.i)
		dec.buf = dec.buf[:copy(dec.buf, dec.buf[dec.i:])]
		dec.i = 0
	}
	const least = 512
	if cap(dec.buf)-len(dec.buf) < least {
		grown := make([]byte, len(dec.buf), 2*cap(dec.buf)+least)
		copy(grown, dec.buf)
		dec.buf = grown
	}
	n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
	dec.buf = dec.buf[:len(dec.buf)+n]
	return err
}

// peek returns the next byte that is not white space.
func (dec *Decoder) peek() (byte, error) {
	for {
		dec.i = skipSpace(dec.buf, dec.i)
		if dec.i < len(dec.buf) {
			return dec.buf[dec.i], nil
		}
		if err := dec.more(); err != nil && dec.i >= len(dec.buf) {
			return 0, err
		}
	}
}

// next finds the next value, reading as far as it goes, and returns where it ends in buf.
func (dec *Decoder) next() (end int, err error) {
	tried := 0 // the length of buf when the last attempt met its end: the next one waits until it has doubled
	for ended := false; ; {
		if len(dec.buf) >= tried || ended {
			end, err = skipValue(dec.buf, dec.i, 0)
			whole := err == nil && (end < len(dec.buf) || dec.buf[end-1] == '"' || dec.buf[end-1] == '}' || dec.buf[end-1] == ']')
			if whole || err == nil && ended {
				return end, nil
			}
			if err != nil && end < len(dec.buf) && !errors.Is(err, io.ErrUnexpectedEOF) {
				if s := err.(*SyntaxError); s.msg != "unexpected end of JSON input" {
					s.Offset += dec.before
					return end, err
				}
			}
			if ended {
				if skipSpace(dec.buf, dec.i) == len(dec.buf) {
					return end, io.EOF
				}
				return end, io.ErrUnexpectedEOF
			}
			tried = dec.i + 2*(len(dec.buf)-dec.i)
		}
		if readErr := dec.more(); readErr == io.EOF {
			ended = true
		} else if readErr != nil {
			return end, readErr
		}
		tried = min(tried, cap(dec.buf))
	}
}

// Decode stores the next value in what v points to; io.EOF at the end.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	if err := dec.beforeValue(); err != nil {
		return err
	}
	if dec.place != top {
		if c, err := dec.peek(); err == nil && (c == ']' && dec.place == arrayStart || dec.place == objectKey || dec.place == objectStart) {
			return dec.wrong("looking for beginning of value")
		}
	}
	end, err := dec.next()
	if err != nil {
		dec.err = err
		return err
	}
	d := &decodeState{data: dec.buf[dec.i:end], useNumber: dec.useNumber, strict: dec.strict}
	dec.i = end
	err = d.decode(v)
	dec.afterValue()
	return err
}

// beforeValue reads the comma or colon that stands before a value.
func (dec *Decoder) beforeValue() error {
	want, next, where := byte(','), arrayElem, "after array element"
	switch dec.place {
	case arrayComma:
	case objectColon:
		want, next, where = ':', objectValue, "after object key"
	default:
		return nil
	}
	c, err := dec.peek()
	if err != nil {
		return err
	}
	if c != want {
		return dec.wrong(where)
	}
	dec.i++
	dec.place = next
	return nil
}

func (dec *Decoder) afterValue() {
	switch dec.place {
	case arrayStart, arrayElem:
		dec.place = arrayComma
	case objectValue:
		dec.place = objectComma
	}
}

func (dec *Decoder) wrong(where string) error {
	e := badByte(dec.buf, dec.i, where).(*SyntaxError)
	e.Offset += dec.before
	return e
}

// More reports whether the array or object that is being read has another element.
func (dec *Decoder) More() bool {
	c, err := dec.peek()
	return err == nil && c != ']' && c != '}'
}

// Token returns the next token; commas and colons are checked and left out. At the end it returns io.EOF.
func (dec *Decoder) Token() (Token, error) {
	for {
		c, err := dec.peek()
		if err != nil {
			if err == io.EOF && len(dec.outer) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		switch c {
		case '[', '{':
			if dec.place == objectStart || dec.place == objectKey || dec.place == objectColon || dec.place == arrayComma || dec.place == objectComma {
				return nil, dec.misplaced()
			}
			dec.i++
			dec.outer = append(dec.outer, dec.place)
			dec.place = arrayStart
			if c == '{' {
				dec.place = objectStart
			}
			return Delim(c), nil
		case ']', '}':
			fits := c == ']' && (dec.place == arrayStart || dec.place == arrayComma) || c == '}' && (dec.place == objectStart || dec.place == objectComma)
			if !fits {
				return nil, dec.misplaced()
			}
			dec.i++
			last := len(dec.outer) - 1
			dec.place = dec.outer[last]
			dec.outer = dec.outer[:last]
			dec.afterValue()
			return Delim(c), nil
		case ',':
			switch dec.place {
			case arrayComma:
				dec.place = arrayElem
			case objectComma:
				dec.place = objectKey
			default:
				return nil, dec.misplaced()
			}
			dec.i++
			continue
		case ':':
			if dec.place != objectColon {
				return nil, dec.misplaced()
			}
			dec.place = objectValue
			dec.i++
			continue
		}
		switch dec.place {
		case objectStart, objectKey:
			if c != '"' {
				return nil, dec.misplaced()
			}
			end, err := dec.next()
			if err != nil {
				return nil, err
			}
			key := unquote(dec.buf[dec.i:end])
			dec.i = end
			dec.place = objectColon
			return key, nil
		case arrayComma, objectColon, objectComma:
			return nil, dec.misplaced()
		}
		var v any
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		return v, nil
	}
}

// misplaced complains about the next byte.
func (dec *Decoder) misplaced() error {
	switch dec.place {
	case arrayComma:
		return dec.wrong("after array element")
	case objectStart, objectKey:
		return dec.wrong("looking for beginning of object key string")
	case objectColon:
		return dec.wrong("after object key")
	case objectComma:
		return dec.wrong("after object key:value pair")
	}
	return dec.wrong("looking for beginning of value")
}
