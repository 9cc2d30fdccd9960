// SPDX-License-Identifier: BSD-3-Clause

// Go string and rune literals: writing them.
package strconv

import (
	"unicode"
	"unicode/utf8"
)

const (
	lowerHex = "0123456789abcdef"

	// What a quoted rune may show as itself.
	showPrint   = iota - 1 // what IsPrint accepts
	showASCII              // printable ASCII only
	showGraphic            // what IsGraphic accepts
)

// IsPrint reports whether Go calls r printable: letters, marks, numbers, punctuation, symbols, ASCII space.
func IsPrint(r rune) bool {
	if uint32(r) < 0x7F {
		return r >= 0x20
	}
	return unicode.IsPrint(r)
}

// IsGraphic reports whether r is printable or a space of category Zs.
func IsGraphic(r rune) bool { return unicode.IsGraphic(r) }

// appendQuoted appends s as a literal between quotes.
func appendQuoted(dst []byte, s string, quote byte, show int) []byte {
	dst = append(dst, quote)
	from := 0 // s[from:i] is plain text not yet appended
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 0x20 && c != 0x7F && c != quote && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[from:i]...)
			dst = appendEscaped(dst, rune(c), quote, show)
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 {
			dst = append(dst, s[from:i]...)
			dst = append(dst, '\\', 'x', lowerHex[c>>4], lowerHex[c&15])
		} else {
			dst = append(dst, s[from:i]...)
			dst = appendEscaped(dst, r, quote, show)
		}
		i += size
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, quote)
}

// appendEscaped appends r as it stands within quotes.
func appendEscaped(dst []byte, r rune, quote byte, show int) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	switch show {
	case showASCII:
		if r < utf8.RuneSelf && IsPrint(r) {
			return append(dst, byte(r))
		}
	case showGraphic:
		if IsGraphic(r) {
			return utf8.AppendRune(dst, r)
		}
	default:
		if IsPrint(r) {
			return utf8.AppendRune(dst, r)
		}
	}
	switch r {
	case '\a':
		return append(dst, '\\', 'a')
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	case '\v':
		return append(dst, '\\', 'v')
	}
	if r < ' ' || r == 0x7F {
		return append(dst, '\\', 'x', lowerHex[byte(r)>>4], lowerHex[byte(r)&15])
	}
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	n := 12
	if r < 0x10000 {
		dst = append(dst, '\\', 'u')
	} else {
		dst = append(dst, '\\', 'U')
		n = 28
	}
	for ; n >= 0; n -= 4 {
		dst = append(dst, lowerHex[r>>uint(n)&15])
	}
	return dst
}

func appendQuotedRune(dst []byte, r rune, show int) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	dst = append(dst, '\'')
	dst = appendEscaped(dst, r, '\'', show)
	return append(dst, '\'')
}

// Quote returns s as a double-quoted Go literal.
func Quote(s string) string {
	return string(appendQuoted(make([]byte, 0, 3*len(s)/2+2), s, '"', showPrint))
}

// AppendQuote appends Quote(s) to dst.
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', showPrint) }

// QuoteToASCII is Quote with everything outside ASCII escaped.
func QuoteToASCII(s string) string {
	return string(appendQuoted(make([]byte, 0, 3*len(s)/2+2), s, '"', showASCII))
}

// AppendQuoteToASCII appends QuoteToASCII(s) to dst.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', showASCII) }

// QuoteToGraphic is Quote with graphic characters left as they are.
func QuoteToGraphic(s string) string {
	return string(appendQuoted(make([]byte, 0, 3*len(s)/2+2), s, '"', showGraphic))
}

// AppendQuoteToGraphic appends QuoteToGraphic(s) to dst.
func AppendQuoteToGraphic(dst []byte, s string) []byte {
	return appendQuoted(dst, s, '"', showGraphic)
}

// QuoteRune returns r as a Go rune literal.
func QuoteRune(r rune) string { return string(appendQuotedRune(nil, r, showPrint)) }

// AppendQuoteRune appends QuoteRune(r) to dst.
func AppendQuoteRune(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, showPrint) }

// QuoteRuneToASCII is QuoteRune with everything outside ASCII escaped.
func QuoteRuneToASCII(r rune) string { return string(appendQuotedRune(nil, r, showASCII)) }

// AppendQuoteRuneToASCII appends QuoteRuneToASCII(r) to dst.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, showASCII) }

// QuoteRuneToGraphic is QuoteRune with graphic characters left as they are.
func QuoteRuneToGraphic(r rune) string { return string(appendQuotedRune(nil, r, showGraphic)) }

// AppendQuoteRuneToGraphic appends QuoteRuneToGraphic(r) to dst.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	return appendQuotedRune(dst, r, showGraphic)
}

// CanBackquote reports whether s can stand between backquotes, unchanged, on one line.
func CanBackquote(s string) bool {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if size > 1 {
			if r == '\uFEFF' {
				return false
			}
			continue
		}
		if r == utf8.RuneError || r < ' ' && r != '\t' || r == '`' || r == 0x7F {
			return false
		}
	}
	return true
}
