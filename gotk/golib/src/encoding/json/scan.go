// SPDX-License-Identifier: BSD-3-Clause

// Package json writes and reads JSON (RFC 8259), as Go's package of this name does without its options for its second version.
//
// Files: scan.go checks syntax and rewrites white space; fields.go knows which fields of a struct take part; encode.go and
// decode.go go through values by reflection; stream.go works on readers and writers.
package json

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// SyntaxError tells where a text stops being JSON.
type SyntaxError struct {
	msg    string
	Offset int64 // bytes read before the error was noticed
}

func (e *SyntaxError) Error() string { return e.msg }

func unexpectedEnd(at int) error { return &SyntaxError{"unexpected end of JSON input", int64(at)} }

// badByte complains about the character that data[i:] begins with.
func badByte(data []byte, i int, where string) error {
	r, _ := utf8.DecodeRune(data[i:])
	var shown string
	switch {
	case r == '"':
		shown = `'"'`
	case r == utf8.RuneError:
		shown = `'\x` + string("0123456789abcdef"[data[i]>>4]) + string("0123456789abcdef"[data[i]&15]) + "'"
	default:
		shown = strconv.QuoteRune(r)
	}
	return &SyntaxError{"invalid character " + shown + " " + where, int64(i + 1)}
}

// maxDepth bounds how deeply arrays and objects are nested.
const maxDepth = 10000

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r') {
		i++
	}
	return i
}

// skipValue checks the value that begins, after white space, at data[i], and returns where it ends.
func skipValue(data []byte, i, depth int) (int, error) {
	i = skipSpace(data, i)
	if i == len(data) {
		return i, unexpectedEnd(i)
	}
	switch c := data[i]; {
	case c == '"':
		return skipString(data, i)
	case c == '{', c == '[':
		if depth == maxDepth {
			return i, &SyntaxError{"exceeded max depth", int64(i + 1)}
		}
		if c == '{' {
			return skipObject(data, i, depth)
		}
		return skipArray(data, i, depth)
	case c == '-', '0' <= c && c <= '9':
		return skipNumber(data, i)
	case c == 't':
		return skipWord(data, i, "true")
	case c == 'f':
		return skipWord(data, i, "false")
	case c == 'n':
		return skipWord(data, i, "null")
	}
	return i, badByte(data, i, "looking for beginning of value")
}

func skipObject(data []byte, i, depth int) (int, error) {
	for first := true; ; first = false {
		i = skipSpace(data, i+1)
		switch {
		case i == len(data):
			return i, unexpectedEnd(i)
		case data[i] == '}' && first:
			return i + 1, nil
		case data[i] != '"':
			return i, badByte(data, i, "looking for beginning of object key string")
		}
		var err error
		if i, err = skipString(data, i); err != nil {
			return i, err
		}
		i = skipSpace(data, i)
		switch {
		case i == len(data):
			return i, unexpectedEnd(i)
		case data[i] != ':':
			return i, badByte(data, i, "after object key")
		}
		if i, err = skipValue(data, i+1, depth+1); err != nil {
			return i, err
		}
		i = skipSpace(data, i)
		switch {
		case i == len(data):
			return i, unexpectedEnd(i)
		case data[i] == '}':
			return i + 1, nil
		case data[i] != ',':
			return i, badByte(data, i, "after object key:value pair")
		}
	}
}

func skipArray(data []byte, i, depth int) (int, error) {
	if next := skipSpace(data, i+1); next < len(data) && data[next] == ']' {
		return next + 1, nil
	}
	for {
		var err error
		if i, err = skipValue(data, i+1, depth+1); err != nil {
			return i, err
		}
		i = skipSpace(data, i)
		switch {
		case i == len(data):
			return i, unexpectedEnd(i)
		case data[i] == ']':
			return i + 1, nil
		case data[i] != ',':
			return i, badByte(data, i, "after array element")
		}
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func skipString(data []byte, i int) (int, error) {
	for i++; i < len(data); i++ {
		c := data[i]
		switch {
		case c == '"':
			return i + 1, nil
		case c < ' ':
			return i, badByte(data, i, "in string")
		case c == '\\':
			start := i
			if i++; i == len(data) {
				return i, unexpectedEnd(i)
			}
			switch data[i] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				for range 4 {
					if i++; i == len(data) {
						return i, unexpectedEnd(i)
					}
					if !isHex(data[i]) {
						end := min(start+6, len(data))
						return i, badEscape(data[start:end], end-1)
					}
				}
			default:
				return i, badEscape(data[start:i+1], i)
			}
		}
	}
	return i, unexpectedEnd(i)
}

func badEscape(text []byte, i int) error {
	return &SyntaxError{"invalid escape sequence `" + string(text) + "` in string", int64(i + 1)}
}

func skipDigits(data []byte, i int) int {
	for i < len(data) && '0' <= data[i] && data[i] <= '9' {
		i++
	}
	return i
}

func skipNumber(data []byte, i int) (int, error) {
	start := i
	need := func() error { // a digit
		if i == len(data) {
			return unexpectedEnd(start)
		}
		if data[i] < '0' || data[i] > '9' {
			return badByte(data, i, "in numeric literal")
		}
		return nil
	}
	if data[i] == '-' {
		i++
	}
	if err := need(); err != nil {
		return i, err
	}
	if data[i] == '0' {
		i++
	} else {
		i = skipDigits(data, i)
	}
	if i < len(data) && data[i] == '.' {
		i++
		if err := need(); err != nil {
			return i, err
		}
		i = skipDigits(data, i)
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		if err := need(); err != nil {
			return i, err
		}
		i = skipDigits(data, i)
	}
	return i, nil
}

func skipWord(data []byte, i int, word string) (int, error) {
	for k := range len(word) {
		if i+k == len(data) {
			return i + k, unexpectedEnd(i + k)
		}
		if data[i+k] != word[k] {
			return i + k, badByte(data, i+k, "in literal "+word+" (expecting "+strconv.QuoteRune(rune(word[k]))+")")
		}
	}
	return i + len(word), nil
}

// checkValid returns an error if data is not one JSON value.
func checkValid(data []byte) error {
	end, err := skipValue(data, 0, 0)
	if err != nil {
		return err
	}
	if end = skipSpace(data, end); end < len(data) {
		return badByte(data, end, "after top-level value")
	}
	return nil
}

// Valid reports whether data is JSON.
func Valid(data []byte) bool { return checkValid(data) == nil }

// appendCompact appends a value that is valid, without white space, and with <, >, &, U+2028 and U+2029 escaped if html.
func appendCompact(dst, src []byte, html bool) []byte {
	inString := false
	start := 0
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case !inString && (c == ' ' || c == '\n' || c == '\t' || c == '\r'):
			dst = append(dst, src[start:i]...)
			start = i + 1
		case html && (c == '<' || c == '>' || c == '&'):
			dst = append(dst, src[start:i]...)
			dst = append(dst, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
			start = i + 1
		case html && c == 0xe2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xa8:
			dst = append(dst, src[start:i]...)
			dst = append(dst, '\\', 'u', '2', '0', '2', "89"[src[i+2]&1])
			i += 2
			start = i + 1
		}
	}
	return append(dst, src[start:]...)
}

// Compact appends src to dst without white space.
func Compact(dst *bytes.Buffer, src []byte) error {
	if err := checkValid(src); err != nil {
		return err
	}
	dst.Write(appendCompact(nil, src, false))
	return nil
}

// HTMLEscape appends src to dst with what would end a script escaped.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	start := 0
	for i, c := range src {
		switch {
		case c == '<' || c == '>' || c == '&':
			dst.Write(src[start:i])
			dst.WriteString(`\u00`)
			dst.WriteByte("0123456789abcdef"[c>>4])
			dst.WriteByte("0123456789abcdef"[c&15])
			start = i + 1
		case c == 0xe2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xa8:
			dst.Write(src[start:i])
			dst.WriteString(`\u202`)
			dst.WriteByte("89"[src[i+2]&1])
			start = i + 3
		}
	}
	dst.Write(src[start:])
}

// appendIndent appends a valid value with each element on a line of its own.
func appendIndent(dst, src []byte, prefix, indent string) []byte {
	depth := 0
	line := func() {
		dst = append(dst, '\n')
		dst = append(dst, prefix...)
		for range depth {
			dst = append(dst, indent...)
		}
	}
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case ' ', '\n', '\t', '\r':
			i++
		case '{', '[':
			dst = append(dst, c)
			i = skipSpace(src, i+1)
			if src[i] == '}' || src[i] == ']' {
				dst = append(dst, src[i])
				i++
				break
			}
			depth++
			line()
		case '}', ']':
			depth--
			line()
			dst = append(dst, c)
			i++
		case ',':
			dst = append(dst, c)
			line()
			i++
		case ':':
			dst = append(dst, ':', ' ')
			i++
		default:
			end, _ := skipValue(src, i, 0)
			dst = append(dst, src[i:end]...)
			i = end
		}
	}
	return dst
}

// Indent appends src to dst with each element on a line that begins with prefix and a copy of indent for each level. White space at the end of
// src is kept.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	if err := checkValid(src); err != nil {
		return err
	}
	end := len(src)
	for end > 0 && skipSpace(src[end-1:end], 0) == 1 {
		end--
	}
	dst.Write(appendIndent(nil, src[:end], prefix, indent))
	dst.Write(src[end:])
	return nil
}
