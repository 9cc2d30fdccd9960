// SPDX-License-Identifier: BSD-3-Clause

// The format string of Scanf.
//
// Space in the format matches space in the input, but newlines match only newlines: a newline in the format takes
// any space, then a newline or the end of the input.
package fmt

import "unicode/utf8"

// format scans the operands as the format says.
func (s *scanner) format(format string, a []any) (n int, err error) {
	defer catch(&err)
	end := len(format)
	for i := 0; i < end; {
		matched, ok := s.literal(format[i:])
		if matched > 0 && ok {
			i += matched
			continue
		}
		// As in Go, a %% that did not match is tried again as a verb, which skips space.
		if format[i] != '%' {
			s.failText("input does not match format")
		}
		i++
		wid, present, next := parseNum(format, i, end-1) // the last byte can only be a verb
		i = next
		s.maxWid = noLimit
		if present {
			s.maxWid = wid
		}
		verb, size := utf8.DecodeRuneInString(format[i:])
		i += size
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' { // %5%
			s.SkipSpace()
			s.notEOF()
			if !s.accept("%") {
				s.failText("missing literal %")
			}
			continue
		}
		if n >= len(a) {
			s.failText("too few operands for format '%" + format[i-size:] + "'")
		}
		if present {
			s.limit = s.count + s.maxWid
		}
		s.value(verb, a[n])
		n++
		s.limit = noLimit
	}
	if n < len(a) {
		s.failText("too many operands")
	}
	return n, nil
}

// literal matches the format up to the next verb with the input. It returns the bytes of the format matched; not ok if
// the input has something else.
func (s *scanner) literal(format string) (n int, ok bool) {
	for n < len(format) {
		c, size := utf8.DecodeRuneInString(format[n:])
		if isSpace(c) {
			n += s.space(format[n:])
			continue
		}
		if c == '%' {
			if n+size == len(format) {
				s.failText("missing verb: % at end of format string")
			}
			if format[n+size] != '%' {
				return n, true
			}
			n += size
		}
		if r := s.mustReadRune(); r != c {
			s.UnreadRune()
			return n, false
		}
		n += size
	}
	return n, true
}

// space matches the run of space at the start of the format with the input, and returns its length.
func (s *scanner) space(format string) (n int) {
	newlines := 0
	trailing := false // there is space behind the last newline
	for n < len(format) {
		c, size := utf8.DecodeRuneInString(format[n:])
		if !isSpace(c) {
			break
		}
		if c == '\n' {
			newlines++
			trailing = false
		} else {
			trailing = true
		}
		n += size
	}
	for ; newlines > 0; newlines-- {
		r := s.getRune()
		for isSpace(r) && r != '\n' {
			r = s.getRune()
		}
		if r != '\n' && r != eof {
			s.failText("newline in format does not match input")
		}
		if newlines == 1 && trailing {
			s.skipBlanks(s.getRune())
			return n
		}
	}
	if trailing {
		r := s.getRune()
		if !isSpace(r) && r != eof {
			s.failText("expected space in input to match format")
		}
		if r == '\n' {
			s.failText("newline in input does not match format")
		}
		s.skipBlanks(r)
	}
	return n
}

// skipBlanks skips space on the line, the rune r being read already.
func (s *scanner) skipBlanks(r rune) {
	for isSpace(r) && r != '\n' {
		r = s.getRune()
	}
	if r != eof {
		s.UnreadRune()
	}
}
