// SPDX-License-Identifier: BSD-3-Clause

// Package strconv converts between values of basic types and text.
package strconv

import "errors"

// IntSize is the size of an int in bits.
const IntSize = 64

// ErrRange says that a value is out of range for the target type.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a text is not of the right form.
var ErrSyntax = errors.New("invalid syntax")

// NumError is the error of a failed conversion.
type NumError struct {
	Func string // the function that failed (ParseBool, ParseInt, …)
	Num  string // its input
	Err  error  // the reason
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *NumError) Unwrap() error { return e.Err }

// clone copies s, so that an error does not keep a large input alive.
func clone(s string) string { return string([]byte(s)) }

func syntaxError(fn, str string) *NumError { return &NumError{fn, clone(str), ErrSyntax} }

func rangeError(fn, str string) *NumError { return &NumError{fn, clone(str), ErrRange} }

func baseError(fn, str string, base int) *NumError {
	return &NumError{fn, clone(str), errors.New("invalid base " + Itoa(base))}
}

func bitSizeError(fn, str string, bitSize int) *NumError {
	return &NumError{fn, clone(str), errors.New("invalid bit size " + Itoa(bitSize))}
}

// digitVal returns a digit's value, or 255 for a byte that is none.
func digitVal(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return c|0x20 - 'a' + 10
	}
	return 255
}

// ParseUint is ParseInt for unsigned numbers; a sign is not allowed.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	return parseUint("ParseUint", s, s, base, bitSize)
}

// parseUint parses s; fn and whole, the input with its sign, are for the error.
func parseUint(fn, whole, s string, base int, bitSize int) (uint64, error) {
	if s == "" {
		return 0, syntaxError(fn, whole)
	}
	underscores := base == 0
	body := s
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base = 10
		if s[0] == '0' {
			base = 8
			body = s[1:]
			if len(s) >= 3 {
				switch s[1] | 0x20 {
				case 'b':
					base = 2
					body = s[2:]
				case 'o':
					body = s[2:]
				case 'x':
					base = 16
					body = s[2:]
				}
			}
		}
	default:
		return 0, baseError(fn, whole, base)
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, bitSizeError(fn, whole, bitSize)
	}
	max := uint64(1)<<uint(bitSize) - 1
	// n*base overflows exactly for n > quot; quot is exact since base*quot <= max64.
	quot := ^uint64(0) / uint64(base)
	seen := false
	n := uint64(0)
	for i := 0; i < len(body); i++ {
		c := body[i]
		if c == '_' && underscores {
			seen = true
			continue
		}
		d := digitVal(c)
		if int(d) >= base {
			return 0, syntaxError(fn, whole)
		}
		if n > quot {
			return max, rangeError(fn, whole)
		}
		n *= uint64(base)
		sum := n + uint64(d)
		if sum < n || sum > max {
			return max, rangeError(fn, whole)
		}
		n = sum
	}
	if seen && !underscoreOK(s) {
		return 0, syntaxError(fn, whole)
	}
	return n, nil
}

// ParseInt reads an integer in a base from 2 to 36; base 0 takes it from the prefix as Go's
// literals do and allows underscores. bitSize 0, 8, … 64 bounds the value (0: int). On ErrRange
// the nearest value that fits is returned.
func ParseInt(s string, base int, bitSize int) (i int64, err error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func parseInt(fn, s string, base int, bitSize int) (i int64, err error) {
	if s == "" {
		return 0, syntaxError(fn, s)
	}
	negative := s[0] == '-'
	body := s
	if s[0] == '+' || negative {
		body = s[1:]
	}
	u, err := parseUint(fn, s, body, base, bitSize)
	if err != nil && err.(*NumError).Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	cutoff := uint64(1) << uint(bitSize-1)
	if !negative && u >= cutoff {
		return int64(cutoff - 1), rangeError(fn, s)
	}
	if negative && u > cutoff {
		return -int64(cutoff), rangeError(fn, s)
	}
	i = int64(u)
	if negative {
		i = -i
	}
	return i, nil
}

// Atoi is ParseInt(s, 10, 0) as an int.
func Atoi(s string) (int, error) {
	if 0 < len(s) && len(s) < 19 { // cannot overflow
		body := s
		if s[0] == '-' || s[0] == '+' {
			body = s[1:]
		}
		if body == "" {
			return 0, syntaxError("Atoi", s)
		}
		n := 0
		for i := 0; i < len(body); i++ {
			d := body[i] - '0'
			if d > 9 {
				return 0, syntaxError("Atoi", s)
			}
			n = n*10 + int(d)
		}
		if s[0] == '-' {
			n = -n
		}
		return n, nil
	}
	i, err := parseInt("Atoi", s, 10, 0)
	return int(i), err
}

// underscoreOK reports whether the underscores in s stand only between digits, or between a
// base prefix and a digit.
func underscoreOK(s string) bool {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	// What came last: '^' the start, '0' a digit or prefix, '_', or '!' anything else.
	last := byte('^')
	hex := false
	i := 0
	if len(s) >= 2 && s[0] == '0' {
		if p := s[1] | 0x20; p == 'b' || p == 'o' || p == 'x' {
			i = 2
			last = '0'
			hex = p == 'x'
		}
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hex && 'a' <= c|0x20 && c|0x20 <= 'f':
			last = '0'
		case c == '_':
			if last != '0' {
				return false
			}
			last = '_'
		default:
			if last == '_' {
				return false
			}
			last = '!'
		}
	}
	return last != '_'
}

// ParseBool reads 1, t, T, TRUE, true, True, 0, f, F, FALSE, false or False.
func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, syntaxError("ParseBool", str)
}

// FormatBool returns "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// AppendBool appends "true" or "false" to dst.
func AppendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, "true"...)
	}
	return append(dst, "false"...)
}
