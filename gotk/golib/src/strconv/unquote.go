// SPDX-License-Identifier: BSD-3-Clause

// Go string and rune literals: reading them.
package strconv

import "unicode/utf8"

// hexVal returns a hexadecimal digit's value.
func hexVal(c byte) (v rune, ok bool) {
	if d := digitVal(c); d < 16 {
		return rune(d), true
	}
	return 0, false
}

// UnquoteChar reads the first character or escape of s, the inside of a literal. quote is the literal's
// quote: it must be escaped, and is the only one that may be; 0 allows neither escape and both quotes.
// multibyte tells that value is to be written as UTF-8, not as one byte.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	if c == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if c >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s)
		return r, true, s[size:], nil
	}
	if c != '\\' {
		return rune(c), false, s[1:], nil
	}
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	c = s[1]
	s = s[2:]
	switch c {
	case 'a':
		value = '\a'
	case 'b':
		value = '\b'
	case 'f':
		value = '\f'
	case 'n':
		value = '\n'
	case 'r':
		value = '\r'
	case 't':
		value = '\t'
	case 'v':
		value = '\v'
	case '\\':
		value = '\\'
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		value = rune(c)
	case 'x', 'u', 'U':
		n := 2
		if c == 'u' {
			n = 4
		} else if c == 'U' {
			n = 8
		}
		if len(s) < n {
			return 0, false, "", ErrSyntax
		}
		for i := 0; i < n; i++ {
			d, ok := hexVal(s[i])
			if !ok {
				return 0, false, "", ErrSyntax
			}
			value = value<<4 | d
		}
		s = s[n:]
		if c != 'x' {
			if !utf8.ValidRune(value) {
				return 0, false, "", ErrSyntax
			}
			multibyte = true
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(s) < 2 {
			return 0, false, "", ErrSyntax
		}
		value = rune(c - '0')
		for i := 0; i < 2; i++ {
			d := s[i] - '0'
			if d > 7 {
				return 0, false, "", ErrSyntax
			}
			value = value<<3 | rune(d)
		}
		if value > 255 {
			return 0, false, "", ErrSyntax
		}
		s = s[2:]
	default:
		return 0, false, "", ErrSyntax
	}
	return value, multibyte, s, nil
}

// QuotedPrefix returns the literal at the start of s.
func QuotedPrefix(s string) (string, error) {
	n, _, ok := unquote(s, nil, false)
	if !ok {
		return "", ErrSyntax
	}
	return s[:n], nil
}

// Unquote returns the value of s, a Go string literal or rune literal.
func Unquote(s string) (string, error) {
	n, out, ok := unquote(s, make([]byte, 0, len(s)), true)
	if !ok || n != len(s) {
		return "", ErrSyntax
	}
	return string(out), nil
}

// unquote reads the literal at the start of s, which is n bytes long, and if want is set appends its value to out.
func unquote(s string, out []byte, want bool) (n int, value []byte, ok bool) {
	if len(s) < 2 {
		return 0, nil, false
	}
	quote := s[0]
	switch quote {
	case '`':
		for i := 1; i < len(s); i++ {
			if s[i] == '`' {
				return i + 1, out, true
			}
			if want && s[i] != '\r' { // carriage returns are dropped from raw strings
				out = append(out, s[i])
			}
		}
		return 0, nil, false
	case '"', '\'':
		rest := s[1:]
		for count := 0; ; count++ {
			if rest == "" || rest[0] == '\n' {
				return 0, nil, false
			}
			if rest[0] == quote {
				if quote == '\'' && count > 1 { // Go accepts '' too
					return 0, nil, false
				}
				return len(s) - len(rest) + 1, out, true
			}
			if quote == '\'' && count == 1 {
				return 0, nil, false
			}
			r, multibyte, tail, err := UnquoteChar(rest, quote)
			if err != nil {
				return 0, nil, false
			}
			rest = tail
			if !want {
				continue
			}
			if r < utf8.RuneSelf || !multibyte {
				out = append(out, byte(r))
			} else {
				out = utf8.AppendRune(out, r)
			}
		}
	}
	return 0, nil, false
}
