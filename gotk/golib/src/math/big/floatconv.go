// SPDX-License-Identifier: BSD-3-Clause

// Floats as text.
package big

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// decimal is 0.d[0]d[1]… * 10**dp, without zeros at the end; 0 has no digits.
type decimal struct {
	d  []byte
	dp int
}

// decimalOf returns m * 2**e, exactly.
func decimalOf(m nat, e int) decimal {
	if len(m) == 0 {
		return decimal{}
	}
	var x decimal
	if e >= 0 {
		x.d = nat(nil).shl(m, uint(e)).appendText(nil, 10)
		x.dp = len(x.d)
	} else { // m 5**-e / 10**-e
		x.d = nat(nil).mul(m, nat(nil).pow(nat{5}, uint(-e))).appendText(nil, 10)
		x.dp = len(x.d) + e
	}
	return x.trim()
}

func (x decimal) trim() decimal {
	n := len(x.d)
	for n > 0 && x.d[n-1] == '0' {
		n--
	}
	if x.d = x.d[:n]; n == 0 {
		x.dp = 0
	}
	return x
}

// rounded returns x with at most n digits, halves to even.
func (x decimal) rounded(n int) decimal {
	if n < 0 || n >= len(x.d) {
		if n < 0 {
			return decimal{}
		}
		return x
	}
	up := x.d[n] > '5' || x.d[n] == '5' && (n+1 < len(x.d) || n > 0 && x.d[n-1]&1 == 1)
	r := decimal{slices.Clone(x.d[:n]), x.dp}
	if up {
		i := n - 1
		for i >= 0 && r.d[i] == '9' {
			i--
		}
		if i < 0 {
			return decimal{[]byte{'1'}, x.dp + 1}
		}
		r.d[i]++
		r.d = r.d[:i+1]
	}
	return r.trim()
}

// cmp compares; neither is 0.
func (x decimal) cmp(y decimal) int {
	if x.dp != y.dp {
		if x.dp < y.dp {
			return -1
		}
		return 1
	}
	return slices.Compare(x.d, y.d)
}

// shortest returns the fewest digits that are nearer to x than to any other number of its precision.
func (x *Float) shortest(d decimal) decimal {
	// x = m 2**e with m of prec bits: half a unit of that either way.
	shift := int(x.prec) - x.mant.bitLen() + 1
	m := nat(nil).shl(x.mant, uint(shift))
	e := x.exp - shift
	lower, upper := decimalOf(nat(nil).sub(m, one.abs), e), decimalOf(nat(nil).add(m, one.abs), e)
	inclusive := m.bit(1) == 0 // the ends round to x: it is even
	for n := 1; n < len(d.d); n++ {
		r := d.rounded(n)
		lo, hi := r.cmp(lower), upper.cmp(r)
		if lo > 0 && hi > 0 || inclusive && lo >= 0 && hi >= 0 {
			return r
		}
	}
	return d
}

// Text returns x in one of the formats e, E, f, g, G, x, p, b; prec is as for strconv.FormatFloat.
func (x *Float) Text(format byte, prec int) string {
	if x == nil {
		return "<nil>"
	}
	return string(x.Append(nil, format, prec))
}

// String returns Text('g', 10).
func (x *Float) String() string { return x.Text('g', 10) }

// Append appends Text(fmt, prec).
func (x *Float) Append(buf []byte, fmt byte, prec int) []byte {
	if x.neg {
		buf = append(buf, '-')
	}
	if x.form == inf {
		if !x.neg {
			buf = append(buf, '+')
		}
		return append(buf, "Inf"...)
	}
	switch fmt {
	case 'b':
		return x.appendB(buf)
	case 'p':
		return x.appendP(buf)
	case 'x':
		return x.appendX(buf, prec)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		if x.neg {
			buf = buf[:len(buf)-1]
		}
		return append(buf, '%', fmt)
	}
	var d decimal
	if x.form == finite {
		d = decimalOf(x.mant, x.exp)
	}
	isShortest := prec < 0
	if isShortest {
		if x.form == finite {
			d = x.shortest(d)
		}
		switch fmt {
		case 'e', 'E':
			prec = len(d.d) - 1
		case 'f':
			prec = max(len(d.d)-d.dp, 0)
		default:
			prec = len(d.d)
		}
	} else {
		switch fmt {
		case 'e', 'E':
			d = d.rounded(1 + prec)
		case 'f':
			d = d.rounded(d.dp + prec)
		default:
			prec = max(prec, 1)
			d = d.rounded(prec)
		}
	}
	switch fmt {
	case 'e', 'E':
		return appendE(buf, fmt, prec, d)
	case 'f':
		return appendF(buf, prec, d)
	}
	eprec := prec
	if eprec > len(d.d) && len(d.d) >= d.dp {
		eprec = len(d.d)
	}
	if isShortest {
		eprec = 6
	}
	if exp := d.dp - 1; exp < -4 || exp >= eprec {
		return appendE(buf, fmt+'e'-'g', min(prec, len(d.d))-1, d)
	}
	return appendF(buf, max(len(d.d)-d.dp, 0), d)
}

func appendE(buf []byte, fmt byte, prec int, d decimal) []byte {
	digit := func(i int) byte {
		if i < len(d.d) {
			return d.d[i]
		}
		return '0'
	}
	buf = append(buf, digit(0))
	if prec > 0 {
		buf = append(buf, '.')
		for i := 1; i <= prec; i++ {
			buf = append(buf, digit(i))
		}
	}
	exp := 0
	if len(d.d) > 0 {
		exp = d.dp - 1
	}
	return appendExp(append(buf, fmt), exp)
}

// appendExp appends a sign and at least two digits.
func appendExp(buf []byte, exp int) []byte {
	sign := byte('+')
	if exp < 0 {
		sign = '-'
		exp = -exp
	}
	buf = append(buf, sign)
	if exp < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, int64(exp), 10)
}

func appendF(buf []byte, prec int, d decimal) []byte {
	digit := func(i int) byte {
		if 0 <= i && i < len(d.d) {
			return d.d[i]
		}
		return '0'
	}
	if d.dp > 0 {
		for i := range d.dp {
			buf = append(buf, digit(i))
		}
	} else {
		buf = append(buf, '0')
	}
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, digit(d.dp+i))
		}
	}
	return buf
}

// appendB writes an integral mantissa of prec bits and an exponent of two.
func (x *Float) appendB(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	shift := int(x.prec) - x.mant.bitLen()
	buf = nat(nil).shl(x.mant, uint(shift)).appendText(buf, 10)
	buf = append(buf, 'p')
	e := int64(x.exp - shift)
	if e >= 0 {
		buf = append(buf, '+')
	}
	return strconv.AppendInt(buf, e, 10)
}

// appendP writes a hexadecimal mantissa in [½, 1).
func (x *Float) appendP(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	m := nat(nil).shl(x.mant, uint(-x.mant.bitLen()&3)) // whole digits
	buf = append(buf, "0x."...)
	buf = append(buf, strings.TrimRight(string(m.appendText(nil, 16)), "0")...)
	buf = append(buf, 'p')
	e := int64(x.top())
	if e >= 0 {
		buf = append(buf, '+')
	}
	return strconv.AppendInt(buf, e, 10)
}

// appendX writes a hexadecimal mantissa in [1, 2), of prec digits after the point.
func (x *Float) appendX(buf []byte, prec int) []byte {
	if x.form == zero {
		buf = append(buf, "0x0"...)
		if prec > 0 {
			buf = append(buf, '.')
			for range prec {
				buf = append(buf, '0')
			}
		}
		return append(buf, "p+00"...)
	}
	n := 1 + (int(x.MinPrec())-1+3)/4*4 // bits: one, and whole digits
	if prec >= 0 {
		n = 1 + 4*prec
	}
	r := &Float{prec: uint32(n), mode: x.mode}
	r.round(x.neg, x.mant, x.exp, false)
	hex := string(nat(nil).shl(r.mant, uint(n-r.mant.bitLen())).appendText(nil, 16))
	buf = append(buf, "0x1"...)
	if len(hex) > 1 {
		buf = append(append(buf, '.'), hex[1:]...)
	}
	return appendExp(append(buf, 'p'), r.top()-1)
}

// Format prints x under the verbs b, e, E, f, F, g, G, p, x and v.
func (x *Float) Format(s fmt.State, format rune) {
	prec, ok := s.Precision()
	if !ok {
		prec = 6
	}
	switch format {
	case 'e', 'E', 'f', 'b', 'p', 'x':
	case 'F':
		format = 'f'
	case 'v':
		format = 'g'
		fallthrough
	case 'g', 'G':
		if !ok {
			prec = -1
		}
	default:
		fmt.Fprintf(s, "%%!%c(*big.Float=%s)", format, x.String())
		return
	}
	buf := x.Append(nil, byte(format), prec)
	if len(buf) == 0 {
		buf = []byte("?")
	}
	sign := ""
	switch {
	case buf[0] == '-':
		sign = "-"
		buf = buf[1:]
	case buf[0] == '+':
		sign = "+"
		if s.Flag(' ') {
			sign = " "
		}
		buf = buf[1:]
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	pad := 0
	if width, ok := s.Width(); ok {
		pad = max(width-len(sign)-len(buf), 0)
	}
	spaces := strings.Repeat(" ", pad)
	switch {
	case s.Flag('0') && x.form != inf:
		io.WriteString(s, sign+strings.Repeat("0", pad)+string(buf))
	case s.Flag('-'):
		io.WriteString(s, sign+string(buf)+spaces)
	default:
		io.WriteString(s, spaces+sign+string(buf))
	}
}

// SetString sets z to the number that s is, as Parse of base 0 does. It returns nil and false if it is none.
func (z *Float) SetString(s string) (*Float, bool) {
	if f, _, err := z.Parse(s, 0); err == nil {
		return f, true
	}
	return nil, false
}

// ParseFloat is Parse for a new Float.
func ParseFloat(s string, base int, prec uint, mode RoundingMode) (f *Float, b int, err error) {
	return new(Float).SetPrec(prec).SetMode(mode).Parse(s, base)
}

// Parse sets z to the number that s is, in base 2, 8, 10 or 16, or 0 for prefixes and underscores, with 64 bits if z has no precision. It returns
// the base.
func (z *Float) Parse(s string, base int) (f *Float, b int, err error) {
	switch base {
	case 0, 2, 8, 10, 16:
	default:
		panic(fmt.Sprintf("invalid base argument %d", base))
	}
	z.defaultPrec(64)
	switch s {
	case "Inf", "inf", "+Inf", "+inf":
		return z.SetInf(false), 0, nil
	case "-Inf", "-inf":
		return z.SetInf(true), 0, nil
	}
	if s == "" {
		return nil, 0, io.EOF
	}
	neg := false
	rest := s
	if rest[0] == '+' || rest[0] == '-' {
		neg = rest[0] == '-'
		rest = rest[1:]
	}
	underscores := base == 0
	b = base
	last := byte(0) // '0' after a digit or prefix, '_' after an underscore
	if base == 0 {
		b = 10
		if len(rest) > 1 && rest[0] == '0' {
			switch rest[1] | 0x20 {
			case 'b':
				b = 2
			case 'o':
				b = 8
			case 'x':
				b = 16
			}
			if b != 10 {
				rest = rest[2:]
				last = '0'
			}
		}
	}
	var digits []byte
	point := -1
	i := 0
mantissa:
	for ; i < len(rest); i++ {
		c := rest[i]
		switch {
		case c == '.' && point < 0 && last != '_':
			point = len(digits)
			last = 0
		case c == '_' && underscores && last == '0':
			last = '_'
		case digitValue(c, b) < b:
			digits = append(digits, c)
			last = '0'
		default:
			break mantissa
		}
	}
	if len(digits) == 0 {
		return nil, b, errors.New("number has no digits")
	}
	if last == '_' {
		return nil, b, errors.New("'_' must separate successive digits")
	}
	exp2, exp10 := 0, 0
	if i < len(rest) {
		e := rest[i] | 0x20
		if e != 'e' && e != 'p' || e == 'e' && b == 16 {
			return nil, b, fmt.Errorf("expected end of string, found %q", rest[i])
		}
		n, err := strconv.Atoi(rest[i+1:])
		if err != nil || n > MaxExp || n < MinExp {
			return nil, b, errors.New("exponent has no digits or is out of range")
		}
		switch {
		case e == 'p':
			exp2 = n
		case b == 10:
			exp10 = n
		default:
			return nil, b, fmt.Errorf("expected end of string, found %q", rest[i])
		}
	}
	if point >= 0 {
		after := len(digits) - point
		switch b {
		case 2:
			exp2 -= after
		case 8:
			exp2 -= 3 * after
		case 16:
			exp2 -= 4 * after
		default:
			exp10 -= after
		}
	}
	m := nat(nil).setDigits(digits, b)
	switch {
	case len(m) == 0:
		return z.setZero(neg, Exact), b, nil
	case exp10 > 1e8 || exp10 < -1e8:
		return nil, b, errors.New("exponent is out of range")
	case exp10 >= 0:
		z.round(neg, m.mul(m, nat(nil).pow(nat{5}, uint(exp10))), exp2+exp10, false)
	default:
		z.quotient(neg, m, nat(nil).pow(nat{5}, uint(-exp10)), exp2+exp10)
	}
	return z, b, nil
}

// Scan is for fmt.Scan: any floating-point verb.
func (z *Float) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	tok, err := s.Token(true, func(r rune) bool { return strings.ContainsRune("+-0123456789.eEpPxXabcdfABCDFoO_Iin", r) })
	if err != nil {
		return err
	}
	_, _, err = z.Parse(string(tok), 0)
	return err
}

// AppendText appends the shortest text that is x again.
func (x *Float) AppendText(b []byte) ([]byte, error) {
	if x == nil {
		return append(b, "<nil>"...), nil
	}
	return x.Append(b, 'g', -1), nil
}

// MarshalText returns the shortest text that is x again.
func (x *Float) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number, rounded to its precision, 64 bits if it has none.
func (z *Float) UnmarshalText(text []byte) error {
	_, _, err := z.Parse(string(text), 0)
	if err != nil {
		err = fmt.Errorf("math/big: cannot unmarshal %q into a *big.Float (%v)", text, err)
	}
	return err
}

// GobEncode returns x's saved form: the version, a byte of rounding, accuracy, form and sign, the precision, and for a finite number the exponent
// and the mantissa in [½, 1) as whole words, the highest byte first.
func (x *Float) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := byte(x.mode)<<5 | byte(x.acc+1)<<3 | byte(x.form)<<1
	if x.neg {
		b |= 1
	}
	buf := []byte{version, b, byte(x.prec >> 24), byte(x.prec >> 16), byte(x.prec >> 8), byte(x.prec)}
	if x.form == finite {
		e := uint32(int32(x.top()))
		buf = append(buf, byte(e>>24), byte(e>>16), byte(e>>8), byte(e))
		m := nat(nil).shl(x.mant, uint(-x.mant.bitLen())%wordBits)
		buf = append(buf, (&Int{abs: m}).Bytes()...)
	}
	return buf, nil
}

// GobDecode sets z to the number of a saved form, rounded to z's precision if it has one.
func (z *Float) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Float{}
		return nil
	}
	if len(buf) < 6 {
		return errors.New("Float.GobDecode: buffer too small")
	}
	if buf[0] != version {
		return fmt.Errorf("Float.GobDecode: encoding version %d not supported", buf[0])
	}
	prec, mode := z.prec, z.mode
	b := buf[1]
	*z = Float{mode: RoundingMode(b >> 5 & 7), acc: Accuracy(b>>3&3) - 1, form: form(b >> 1 & 3), neg: b&1 != 0}
	z.prec = uint32(buf[2])<<24 | uint32(buf[3])<<16 | uint32(buf[4])<<8 | uint32(buf[5])
	if z.form == finite {
		if len(buf) < 10 {
			return errors.New("Float.GobDecode: buffer too small for finite form float")
		}
		e := int32(uint32(buf[6])<<24 | uint32(buf[7])<<16 | uint32(buf[8])<<8 | uint32(buf[9]))
		m := new(Int).SetBytes(buf[10:]).abs
		t := m.trailingZeros()
		z.mant = nat(nil).shr(m, t)
		if len(z.mant) == 0 {
			return errors.New("Float.GobDecode: no mantissa")
		}
		z.exp = int(e) - z.mant.bitLen()
	}
	if prec != 0 {
		z.mode = mode
		z.SetPrec(uint(prec))
	}
	return nil
}
