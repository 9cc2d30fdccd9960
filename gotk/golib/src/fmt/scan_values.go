// SPDX-License-Identifier: BSD-3-Clause

// Scanning of values.
package fmt

import (
	"errors"
	"internal/rtype"
	"io"
	"math"
	"strconv"
	"unicode/utf8"
)

const (
	binaryDigits  = "01"
	octalDigits   = "01234567"
	decimalDigits = "0123456789"
	hexDigits     = "0123456789aAbBcCdDeEfF"
	signs         = "+-"
	exponents     = "eEpP"
	floatVerbs    = "beEfFgGv"
)

var (
	errComplex = errors.New("syntax error scanning complex number")
	errBool    = errors.New("syntax error scanning boolean")
)

// values scans the operands one after the other.
func (s *scanner) values(a []any) (n int, err error) {
	defer catch(&err)
	for _, v := range a {
		s.value('v', v)
		n++
	}
	// Scanln: only space up to the newline or the end.
	if s.nlIsEnd {
		for {
			r := s.getRune()
			if r == '\n' || r == eof {
				break
			}
			if !isSpace(r) {
				s.failText("expected newline")
			}
		}
	}
	return n, nil
}

// checkVerb fails unless the verb is one of the list.
func (s *scanner) checkVerb(verb rune, verbs, what string) {
	if !within(verb, verbs) {
		s.failText("bad verb '%" + string(verb) + "' for " + what)
	}
}

// value scans one operand, a pointer.
func (s *scanner) value(verb rune, arg any) {
	s.buf = s.buf[:0]
	// The input must not have ended before the operand, but for what reports it in its own way.
	if v, ok := arg.(Scanner); ok {
		if err := v.Scan(s, verb); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			s.fail(err)
		}
		return
	}
	ptr := rtype.ValueAt(&arg)
	if ptr.Kind() != rtype.Pointer {
		name := "<nil>"
		if ptr.IsValid() {
			name = ptr.Typ.String()
		}
		s.failText("type not a pointer: " + name)
	}
	v := ptr.Elem()
	bits := 8 * int(v.Typ.Size())
	switch v.Kind() {
	case rtype.Bool:
		*(*bool)(v.Ptr) = s.scanBool(verb)
	case rtype.Int8:
		*(*int8)(v.Ptr) = int8(s.scanInt(verb, bits))
	case rtype.Int16:
		*(*int16)(v.Ptr) = int16(s.scanInt(verb, bits))
	case rtype.Int32:
		*(*int32)(v.Ptr) = int32(s.scanInt(verb, bits))
	case rtype.Int, rtype.Int64:
		*(*int64)(v.Ptr) = s.scanInt(verb, bits)
	case rtype.Uint8:
		*(*uint8)(v.Ptr) = uint8(s.scanUint(verb, bits))
	case rtype.Uint16:
		*(*uint16)(v.Ptr) = uint16(s.scanUint(verb, bits))
	case rtype.Uint32:
		*(*uint32)(v.Ptr) = uint32(s.scanUint(verb, bits))
	case rtype.Uint, rtype.Uint64, rtype.Uintptr:
		*(*uint64)(v.Ptr) = s.scanUint(verb, bits)
	case rtype.Float32:
		*(*float32)(v.Ptr) = float32(s.scanFloat(verb, bits, v.Typ))
	case rtype.Float64:
		*(*float64)(v.Ptr) = s.scanFloat(verb, bits, v.Typ)
	case rtype.Complex64:
		*(*complex64)(v.Ptr) = complex64(s.scanComplex(verb, 64))
	case rtype.Complex128:
		*(*complex128)(v.Ptr) = s.scanComplex(verb, 128)
	case rtype.String:
		*(*string)(v.Ptr) = s.scanString(verb)
	case rtype.Slice:
		if v.Typ.Elem().Kind() != rtype.Uint8 {
			s.failText("can't scan type: " + ptr.Typ.String())
		}
		*(*[]byte)(v.Ptr) = []byte(s.scanString(verb))
	default:
		s.failText("can't scan type: " + ptr.Typ.String())
	}
}

func (s *scanner) scanBool(verb rune) bool {
	s.SkipSpace()
	s.notEOF()
	s.checkVerb(verb, "tv", "boolean")
	switch s.getRune() {
	case '1':
		return true
	case 't', 'T': // t, or true
		if s.accept("rR") && (!s.accept("uU") || !s.accept("eE")) {
			s.fail(errBool)
		}
		return true
	case 'f', 'F': // f, or false
		if s.accept("aA") && (!s.accept("lL") || !s.accept("sS") || !s.accept("eE")) {
			s.fail(errBool)
		}
	}
	return false
}

// scanChar scans a rune as it is.
func (s *scanner) scanChar(bits int) int64 {
	s.notEOF()
	r := s.getRune()
	shift := uint(64 - bits)
	if x := int64(r) << shift >> shift; x != int64(r) {
		s.failText("overflow on character value " + string(r))
	}
	return int64(r)
}

// integerToken scans the text of an integer; base 0 if a prefix gives it.
func (s *scanner) integerToken(verb rune, signed bool) (token string, base int) {
	s.SkipSpace()
	s.notEOF()
	s.checkVerb(verb, "bdoUxXv", "integer")
	base = 10
	digits := decimalDigits
	switch verb {
	case 'b':
		base, digits = 2, binaryDigits
	case 'o':
		base, digits = 8, octalDigits
	case 'x', 'X', 'U':
		base, digits = 16, hexDigits
	}
	found := false
	if verb == 'U' {
		if !s.consume("U", false) || !s.consume("+", false) {
			s.failText("bad unicode format ")
		}
	} else {
		if signed {
			s.accept(signs)
		}
		if verb == 'v' {
			base, digits, found = s.basePrefix()
		}
	}
	if !found {
		s.notEOF()
		if !s.accept(digits) {
			s.failText("expected integer")
		}
	}
	for s.accept(digits) {
	}
	return string(s.buf), base
}

// basePrefix scans a prefix as Go's literals have it; found tells that it was a digit, or leads on to digits.
func (s *scanner) basePrefix() (base int, digits string, found bool) {
	if !s.peek("0") {
		return 0, decimalDigits + "_", false
	}
	s.accept("0")
	switch {
	case s.accept("bB"):
		return 0, binaryDigits + "_", true
	case s.accept("oO"):
		return 0, octalDigits + "_", true
	case s.accept("xX"):
		return 0, hexDigits + "_", true
	}
	return 0, octalDigits + "_", true
}

func (s *scanner) scanInt(verb rune, bits int) int64 {
	if verb == 'c' {
		return s.scanChar(bits)
	}
	token, base := s.integerToken(verb, true)
	i, err := strconv.ParseInt(token, base, 64)
	if err != nil {
		s.fail(err)
	}
	shift := uint(64 - bits)
	if i<<shift>>shift != i {
		s.failText("integer overflow on token " + token)
	}
	return i
}

func (s *scanner) scanUint(verb rune, bits int) uint64 {
	if verb == 'c' {
		return uint64(s.scanChar(bits))
	}
	token, base := s.integerToken(verb, false)
	i, err := strconv.ParseUint(token, base, 64)
	if err != nil {
		s.fail(err)
	}
	shift := uint(64 - bits)
	if i<<shift>>shift != i {
		s.failText("unsigned integer overflow on token " + token)
	}
	return i
}

// floatToken scans the text of a floating-point number, which may be wrong in the end.
func (s *scanner) floatToken() string {
	s.buf = s.buf[:0]
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.buf)
	}
	s.accept(signs)
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.buf)
	}
	digits := decimalDigits + "_"
	exponent := exponents
	if s.accept("0") && s.accept("xX") {
		digits = hexDigits + "_"
		exponent = "pP"
	}
	for s.accept(digits) {
	}
	if s.accept(".") {
		for s.accept(digits) {
		}
	}
	if s.accept(exponent) {
		s.accept(signs)
		for s.accept(decimalDigits + "_") {
		}
	}
	return string(s.buf)
}

// toFloat converts a token. Besides Go's syntax it knows decimal mantissas with binary exponents, 1p5, as %b prints them.
func (s *scanner) toFloat(token string, bits int) float64 {
	split := -1
	for i := 0; i < len(token); i++ {
		switch token[i] {
		case 'p':
			split = i
		case 'x', 'X':
			split = len(token)
		}
		if split >= 0 {
			break
		}
	}
	if split < 0 || split == len(token) {
		f, err := strconv.ParseFloat(token, bits)
		if err != nil {
			s.fail(err)
		}
		return f
	}
	f, err := strconv.ParseFloat(token[:split], bits)
	if err != nil {
		if e, ok := err.(*strconv.NumError); ok {
			e.Num = token
		}
		s.fail(err)
	}
	m, err := strconv.Atoi(token[split+1:])
	if err != nil {
		if e, ok := err.(*strconv.NumError); ok {
			e.Num = token
		}
		s.fail(err)
	}
	return math.Ldexp(f, m)
}

func (s *scanner) scanFloat(verb rune, bits int, t *rtype.Type) float64 {
	if t.PkgPath() == "" { // as in Go, any verb will do for a defined type
		s.checkVerb(verb, floatVerbs, t.String())
	}
	s.SkipSpace()
	s.notEOF()
	return s.toFloat(s.floatToken(), bits)
}

// scanComplex scans a+bi, perhaps in parentheses.
func (s *scanner) scanComplex(verb rune, bits int) complex128 {
	s.checkVerb(verb, floatVerbs, "complex")
	s.SkipSpace()
	s.notEOF()
	parens := s.accept("(")
	re := s.floatToken()
	s.buf = s.buf[:0]
	if !s.accept(signs) {
		s.fail(errComplex)
	}
	sign := string(s.buf)
	im := s.floatToken()
	if !s.accept("i") || parens && !s.accept(")") {
		s.fail(errComplex)
	}
	return complex(s.toFloat(re, bits/2), s.toFloat(sign+im, bits/2))
}

func (s *scanner) scanString(verb rune) string {
	s.checkVerb(verb, "svqxX", "string")
	s.SkipSpace()
	s.notEOF()
	switch verb {
	case 'q':
		return s.quotedString()
	case 'x', 'X':
		return s.hexBytes()
	}
	return string(s.token(true, notSpace))
}

func (s *scanner) quotedString() string {
	s.notEOF()
	quote := s.getRune()
	switch quote {
	case '`':
		for {
			r := s.mustReadRune()
			if r == quote {
				return string(s.buf)
			}
			s.buf = utf8.AppendRune(s.buf, r)
		}
	case '"':
		s.buf = append(s.buf, '"')
		for {
			r := s.mustReadRune()
			s.buf = utf8.AppendRune(s.buf, r)
			if r == '\\' { // what follows is not the end, whatever it is
				s.buf = utf8.AppendRune(s.buf, s.mustReadRune())
			} else if r == '"' {
				break
			}
		}
		text, err := strconv.Unquote(string(s.buf))
		if err != nil {
			s.fail(err)
		}
		return text
	}
	s.failText("expected quoted string")
	return ""
}

func hexDigit(r rune) (v byte, ok bool) {
	switch {
	case '0' <= r && r <= '9':
		return byte(r - '0'), true
	case 'a' <= r && r <= 'f':
		return byte(r - 'a' + 10), true
	case 'A' <= r && r <= 'F':
		return byte(r - 'A' + 10), true
	}
	return 0, false
}

// hexBytes scans pairs of hexadecimal digits.
func (s *scanner) hexBytes() string {
	s.notEOF()
	for {
		r := s.getRune()
		if r == eof {
			break
		}
		high, ok := hexDigit(r)
		if !ok {
			s.UnreadRune()
			break
		}
		low, ok := hexDigit(s.mustReadRune())
		if !ok {
			s.failText("illegal hex digit")
		}
		s.buf = append(s.buf, high<<4|low)
	}
	if len(s.buf) == 0 {
		s.failText("no hex data for %x string")
	}
	return string(s.buf)
}
