// SPDX-License-Identifier: BSD-3-Clause

package big

import (
	"errors"
	"fmt"
	"io"
)

// Text returns x in a base from 2 to MaxBase.
func (x *Int) Text(base int) string {
	if x == nil {
		return "<nil>"
	}
	return string(x.Append(nil, base))
}

// Append appends Text(base).
func (x *Int) Append(buf []byte, base int) []byte {
	if x == nil {
		return append(buf, "<nil>"...)
	}
	if x.neg {
		buf = append(buf, '-')
	}
	return x.abs.appendText(buf, base)
}

// String returns x in base 10.
func (x *Int) String() string { return x.Text(10) }

// SetString sets z to the number that s is, in a base from 2 to MaxBase; base 0 takes Go's prefixes and underscores. It returns nil and
// false, z undefined, if s is anything else.
func (z *Int) SetString(s string, base int) (*Int, bool) {
	if base != 0 && (base < 2 || base > MaxBase) {
		return nil, false
	}
	neg := false
	if s != "" && (s[0] == '+' || s[0] == '-') {
		neg = s[0] == '-'
		s = s[1:]
	}
	abs, end, ok := z.abs.parse(s, base)
	if !ok || end < len(s) {
		return nil, false
	}
	z.abs = abs
	z.neg = neg && len(abs) > 0
	return z, true
}

// Format prints x under the verbs b, o, O, d, x, X, v and s.
func (x *Int) Format(s fmt.State, ch rune) {
	base, prefix := 10, ""
	switch ch {
	case 'b':
		base = 2
		if s.Flag('#') {
			prefix = "0b"
		}
	case 'o':
		base = 8
		if s.Flag('#') {
			prefix = "0"
		}
	case 'O':
		base, prefix = 8, "0o"
	case 'd', 's', 'v':
	case 'x', 'X':
		base = 16
		if s.Flag('#') {
			prefix = "0" + string(ch)
		}
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", ch, x.String())
		return
	}
	if x == nil {
		io.WriteString(s, "<nil>")
		return
	}
	sign := ""
	switch {
	case x.neg:
		sign = "-"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	digits := x.abs.appendText(nil, base)
	if ch == 'X' {
		for i, c := range digits {
			if 'a' <= c && c <= 'z' {
				digits[i] = c - 'a' + 'A'
			}
		}
	}
	var left, zeros, right int
	if precision, ok := s.Precision(); ok {
		switch {
		case len(digits) < precision:
			zeros = precision - len(digits)
		case len(digits) == 1 && digits[0] == '0' && precision == 0:
			return
		}
	}
	if width, ok := s.Width(); ok {
		if gap := width - len(sign) - len(prefix) - zeros - len(digits); gap > 0 {
			_, precise := s.Precision()
			switch {
			case s.Flag('-'):
				right = gap
			case s.Flag('0') && !precise:
				zeros = gap
			default:
				left = gap
			}
		}
	}
	out := make([]byte, 0, left+len(sign)+len(prefix)+zeros+len(digits)+right)
	for range left {
		out = append(out, ' ')
	}
	out = append(append(out, sign...), prefix...)
	for range zeros {
		out = append(out, '0')
	}
	out = append(out, digits...)
	for range right {
		out = append(out, ' ')
	}
	s.Write(out)
}

// token reads a sign and what may be digits of the base from a scan.
func token(s fmt.ScanState, base int, more string) (string, error) {
	s.SkipSpace()
	first := true
	tok, err := s.Token(false, func(r rune) bool {
		if first && (r == '+' || r == '-') {
			first = false
			return true
		}
		first = false
		if r >= 128 {
			return false
		}
		if base == 0 {
			return digitValue(byte(r), 36) < 36 || r == '_'
		}
		for _, c := range more {
			if r == c {
				return true
			}
		}
		return digitValue(byte(r), base) < base
	})
	return string(tok), err
}

// Scan is for fmt.Scan: the verbs b, o, d, x, X, and s or v for any prefix.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	base := 0
	switch ch {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'd':
		base = 10
	case 'x', 'X':
		base = 16
	case 's', 'v':
	default:
		return errors.New("Int.Scan: invalid verb")
	}
	tok, err := token(s, base, "")
	if err != nil {
		return err
	}
	if _, ok := z.SetString(tok, base); !ok {
		if tok == "" {
			return io.ErrUnexpectedEOF
		}
		return errors.New("number has no digits")
	}
	return nil
}

// AppendText appends x in base 10.
func (x *Int) AppendText(b []byte) (text []byte, err error) { return x.Append(b, 10), nil }

// MarshalText returns x in base 10.
func (x *Int) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number, as SetString of base 0 does.
func (z *Int) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text), 0); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Int", text)
	}
	return nil
}

// MarshalJSON returns x in base 10.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x == nil {
		return []byte("null"), nil
	}
	return x.abs.appendText(signOf(x.neg), 10), nil
}

func signOf(neg bool) []byte {
	if neg {
		return []byte{'-'}
	}
	return nil
}

// UnmarshalJSON sets z to the number; null leaves it as it is.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}

// A saved number is a byte for version and sign, and the magnitude, the highest byte first.
const version = 1

// GobEncode returns x's saved form.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := byte(version << 1)
	if x.neg {
		b |= 1
	}
	return append([]byte{b}, x.Bytes()...), nil
}

// GobDecode sets z to the number of a saved form.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Int{}
		return nil
	}
	if v := buf[0] >> 1; v != version {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", v)
	}
	z.SetBytes(buf[1:])
	z.neg = buf[0]&1 != 0
	return nil
}
