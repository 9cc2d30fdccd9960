// SPDX-License-Identifier: BSD-3-Clause

// Layouts of integers, floats, strings and bytes under width, precision and flags.
package fmt

import (
	"strconv"
	"unicode/utf8"
)

const (
	lowerDigits = "0123456789abcdefx"
	upperDigits = "0123456789ABCDEFX"
)

// flags are what stands between % and the verb. sharpV and plusV replace sharp and plus under %v.
type flags struct {
	widPresent  bool
	precPresent bool
	minus       bool
	plus        bool
	sharp       bool
	space       bool
	zero        bool
	plusV       bool
	sharpV      bool
	wid         int
	prec        int
}

// writePadding writes n pad bytes.
func (p *printer) writePadding(n int) {
	if n <= 0 {
		return
	}
	c := byte(' ')
	if p.zero && !p.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		p.buf = append(p.buf, c)
	}
}

// pad writes s, filled up to the width.
func (p *printer) pad(s string) {
	if !p.widPresent || p.wid == 0 {
		p.buf = append(p.buf, s...)
		return
	}
	n := p.wid - utf8.RuneCountInString(s)
	if !p.minus {
		p.writePadding(n)
	}
	p.buf = append(p.buf, s...)
	if p.minus {
		p.writePadding(n)
	}
}

// padBytes is pad for bytes.
func (p *printer) padBytes(b []byte) {
	if !p.widPresent || p.wid == 0 {
		p.buf = append(p.buf, b...)
		return
	}
	n := p.wid - utf8.RuneCount(b)
	if !p.minus {
		p.writePadding(n)
	}
	p.buf = append(p.buf, b...)
	if p.minus {
		p.writePadding(n)
	}
}

// padSpaces is padBytes, filled with spaces even under the flag 0.
func (p *printer) padSpaces(b []byte) {
	old := p.zero
	p.zero = false
	p.padBytes(b)
	p.zero = old
}

// integer writes u in the base; signed tells that u is an int64.
func (p *printer) integer(u uint64, base int, signed bool, verb rune, digits string) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	// The plain case, which is nearly every one.
	if base == 10 && !p.widPresent && !p.precPresent && !p.plus && !p.space {
		if negative {
			p.buf = append(p.buf, '-')
		}
		p.buf = strconv.AppendUint(p.buf, u, 10)
		return
	}
	buf := p.intbuf[:]
	if p.widPresent || p.precPresent {
		if width := 3 + p.wid + p.prec; width > len(buf) { // sign and prefix, zeros
			buf = make([]byte, width)
		}
	}
	// Leading zeros are asked for by a precision, or by the flag 0 and a width.
	least := 0
	if p.precPresent {
		least = p.prec
		if least == 0 && u == 0 { // no digits at all
			old := p.zero
			p.zero = false
			p.writePadding(p.wid)
			p.zero = old
			return
		}
	} else if p.zero && !p.minus && p.widPresent {
		least = p.wid
		if negative || p.plus || p.space {
			least--
		}
	}
	i := len(buf)
	switch base {
	case 10:
		for u >= 10 {
			i--
			next := u / 10
			buf[i] = byte('0' + u - next*10)
			u = next
		}
	case 16:
		for u >= 16 {
			i--
			buf[i] = digits[u&15]
			u >>= 4
		}
	case 8:
		for u >= 8 {
			i--
			buf[i] = byte('0' + u&7)
			u >>= 3
		}
	default:
		for u >= 2 {
			i--
			buf[i] = byte('0' + u&1)
			u >>= 1
		}
	}
	i--
	buf[i] = digits[u]
	for i > 0 && least > len(buf)-i {
		i--
		buf[i] = '0'
	}
	if p.sharp {
		switch base {
		case 2:
			i--
			buf[i] = 'b'
			i--
			buf[i] = '0'
		case 8:
			if buf[i] != '0' {
				i--
				buf[i] = '0'
			}
		case 16:
			i--
			buf[i] = digits[16]
			i--
			buf[i] = '0'
		}
	}
	if verb == 'O' {
		i--
		buf[i] = 'o'
		i--
		buf[i] = '0'
	}
	switch {
	case negative:
		i--
		buf[i] = '-'
	case p.plus:
		i--
		buf[i] = '+'
	case p.space:
		i--
		buf[i] = ' '
	}
	p.padSpaces(buf[i:])
}

// unicode writes U+0078, with the flag # also 'x'.
func (p *printer) unicode(u uint64) {
	least := 4
	if p.precPresent && p.prec > 4 {
		least = p.prec
	}
	buf := p.intbuf[:0]
	if n := least + 16; n > cap(buf) {
		buf = make([]byte, 0, n)
	}
	buf = append(buf, "U+"...)
	count := 1
	for x := u >> 4; x != 0; x >>= 4 {
		count++
	}
	for i := count; i < least; i++ {
		buf = append(buf, '0')
	}
	for i := count - 1; i >= 0; i-- {
		buf = append(buf, upperDigits[u>>uint(4*i)&15])
	}
	if p.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		buf = append(buf, " '"...)
		buf = utf8.AppendRune(buf, rune(u))
		buf = append(buf, '\'')
	}
	p.padSpaces(buf)
}

// char writes the rune itself.
func (p *printer) char(u uint64) {
	r := rune(u)
	if u > utf8.MaxRune {
		r = utf8.RuneError
	}
	p.padBytes(utf8.AppendRune(p.intbuf[:0], r))
}

// quotedChar writes a rune literal.
func (p *printer) quotedChar(u uint64) {
	r := rune(u)
	if u > utf8.MaxRune {
		r = utf8.RuneError
	}
	if p.plus {
		p.padBytes(strconv.AppendQuoteRuneToASCII(p.intbuf[:0], r))
	} else {
		p.padBytes(strconv.AppendQuoteRune(p.intbuf[:0], r))
	}
}

// truncate cuts s after precision runes.
func (p *printer) truncate(s string) string {
	if p.precPresent {
		n := p.prec
		for i := range s {
			n--
			if n < 0 {
				return s[:i]
			}
		}
	}
	return s
}

// truncateBytes cuts b after precision runes.
func (p *printer) truncateBytes(b []byte) []byte {
	if p.precPresent {
		n := p.prec
		for i := 0; i < len(b); {
			n--
			if n < 0 {
				return b[:i]
			}
			_, size := utf8.DecodeRune(b[i:])
			i += size
		}
	}
	return b
}

// fmtS writes s.
func (p *printer) fmtS(s string) { p.pad(p.truncate(s)) }

// fmtQ writes s as a literal.
func (p *printer) fmtQ(s string) {
	s = p.truncate(s)
	switch {
	case p.sharp && strconv.CanBackquote(s):
		p.pad("`" + s + "`")
	case p.plus:
		p.padBytes(strconv.AppendQuoteToASCII(p.intbuf[:0], s))
	default:
		p.padBytes(strconv.AppendQuote(p.intbuf[:0], s))
	}
}

// hexString writes s, or b if it is not nil, as hexadecimal bytes.
func (p *printer) hexString(s string, b []byte, digits string) {
	n := len(b)
	if b == nil {
		n = len(s)
	}
	if p.precPresent && p.prec < n {
		n = p.prec
	}
	width := 2 * n
	if width > 0 {
		if p.space { // each byte by itself
			if p.sharp {
				width *= 2
			}
			width += n - 1
		} else if p.sharp {
			width += 2
		}
	} else {
		if p.widPresent {
			p.writePadding(p.wid)
		}
		return
	}
	if p.widPresent && p.wid > width && !p.minus {
		p.writePadding(p.wid - width)
	}
	for i := 0; i < n; i++ {
		if p.space && i > 0 {
			p.buf = append(p.buf, ' ')
		}
		if p.sharp && (p.space || i == 0) {
			p.buf = append(p.buf, '0', digits[16])
		}
		c := byte(0)
		if b != nil {
			c = b[i]
		} else {
			c = s[i]
		}
		p.buf = append(p.buf, digits[c>>4], digits[c&15])
	}
	if p.widPresent && p.wid > width && p.minus {
		p.writePadding(p.wid - width)
	}
}

// float writes v by strconv, then applies sign, flags and width.
func (p *printer) float(v float64, size int, verb byte, prec int) {
	if p.precPresent {
		prec = p.prec
	}
	num := strconv.AppendFloat(p.intbuf[:1], v, verb, prec, size)
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	} else {
		num[0] = '+'
	}
	if p.space && num[0] == '+' && !p.plus {
		num[0] = ' '
	}
	// Infinities and NaN are never filled with zeros.
	if num[1] == 'I' || num[1] == 'N' {
		if num[1] == 'N' && !p.space && !p.plus {
			num = num[1:]
		} else if !p.plus && num[0] == '+' {
			num = num[1:]
			if num[0] == 'I' { // %v of +Inf shows its sign
				num = append(append(p.intbuf[:0], '+'), "Inf"...)
			}
		}
		p.padSpaces(num)
		return
	}
	if p.sharp && verb != 'b' {
		num = sharpFloat(num, verb, prec)
	}
	if p.plus || num[0] != '+' {
		// The sign comes before the filling zeros.
		if p.zero && !p.minus && p.widPresent && p.wid > len(num) {
			p.buf = append(p.buf, num[0])
			p.writePadding(p.wid - len(num))
			p.buf = append(p.buf, num[1:]...)
			return
		}
		p.padBytes(num)
		return
	}
	p.padBytes(num[1:])
}

// sharpFloat gives num, which has a sign, a decimal point and, under %g and %x, its trailing zeros.
func sharpFloat(num []byte, verb byte, prec int) []byte {
	digits := 0
	switch verb {
	case 'g', 'G', 'x':
		digits = prec
		if digits < 0 {
			digits = 6
		}
	}
	hex := verb|0x20 == 'x'
	end := len(num)
	sawPoint, sawNonzero := false, false
	for i := 1; i < len(num); i++ {
		c := num[i]
		if c == '.' {
			sawPoint = true
			continue
		}
		if c|0x20 == 'p' || c|0x20 == 'e' && !hex {
			end = i
			break
		}
		if c != '0' {
			sawNonzero = true
		}
		// Leading zeros are not significant; the x of 0x, as in Go, is.
		if sawNonzero {
			digits--
		}
	}
	tail := append([]byte(nil), num[end:]...)
	num = num[:end]
	if !sawPoint {
		// A lone leading 0 counts once there is a point behind it.
		if len(num) == 2 && num[1] == '0' {
			digits--
		}
		num = append(num, '.')
	}
	for ; digits > 0; digits-- {
		num = append(num, '0')
	}
	return append(num, tail...)
}
