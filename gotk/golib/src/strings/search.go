// SPDX-License-Identifier: BSD-3-Clause

// Package strings searches, splits, joins and maps UTF-8 text.
//
// search.go: where something is. split.go: parts. transform.go: new text. builder.go, reader.go, replace.go: the types.
package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
)

// Compare returns -1, 0 or +1 by lexical order of bytes.
func Compare(a, b string) int { return bytealg.CompareString(a, b) }

// Contains reports whether substr is within s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny reports whether a rune of chars is within s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune reports whether r is within s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc reports whether f is true of a rune of s.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Index returns the index of the first substr in s, or -1.
func Index(s, substr string) int {
	switch n := len(substr); {
	case n == 0:
		return 0
	case n == 1:
		return bytealg.IndexByteString(s, substr[0])
	case n >= len(s):
		if s == substr {
			return 0
		}
		return -1
	}
	return bytealg.IndexString(s, substr)
}

// IndexByte returns the index of the first c in s, or -1.
func IndexByte(s string, c byte) int { return bytealg.IndexByteString(s, c) }

// LastIndexByte returns the index of the last c in s, or -1.
func LastIndexByte(s string, c byte) int { return bytealg.LastIndexByteString(s, c) }

// IndexRune returns the index of the first r in s, or -1. RuneError finds any invalid byte too.
func IndexRune(s string, r rune) int {
	switch {
	case 0 <= r && r < utf8.RuneSelf:
		return bytealg.IndexByteString(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return Index(s, string(r))
}

// LastIndex returns the index of the last substr in s, or -1.
func LastIndex(s, substr string) int {
	n := len(substr)
	if n == 0 {
		return len(s)
	}
	if n == 1 {
		return bytealg.LastIndexByteString(s, substr[0])
	}
	// Jump back from first byte to first byte; short of linear time only for texts made for it.
	for end := len(s) - n + 1; end > 0; {
		i := bytealg.LastIndexByteString(s[:end], substr[0])
		if i < 0 {
			return -1
		}
		if s[i:i+n] == substr {
			return i
		}
		end = i
	}
	return -1
}

// IndexAny returns the index of the first rune of s that is in chars, or -1.
func IndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	if len(chars) == 1 && chars[0] < utf8.RuneSelf {
		return bytealg.IndexByteString(s, chars[0])
	}
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexAny returns the index of the last rune of s that is in chars, or -1.
func LastIndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		if IndexRune(chars, r) >= 0 {
			return end
		}
	}
	return -1
}

// IndexFunc returns the index of the first rune of which f is true, or -1.
func IndexFunc(s string, f func(rune) bool) int { return indexFunc(s, f, true) }

// LastIndexFunc returns the index of the last rune of which f is true, or -1.
func LastIndexFunc(s string, f func(rune) bool) int { return lastIndexFunc(s, f, true) }

func indexFunc(s string, f func(rune) bool, truth bool) int {
	for i, r := range s {
		if f(r) == truth {
			return i
		}
	}
	return -1
}

func lastIndexFunc(s string, f func(rune) bool, truth bool) int {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if f(r) == truth {
			return i
		}
	}
	return -1
}

// Count returns how many times substr occurs in s without overlap; for "" it is the runes of s plus one.
func Count(s, substr string) int {
	switch len(substr) {
	case 0:
		return utf8.RuneCountInString(s) + 1
	case 1:
		return bytealg.CountString(s, substr[0])
	}
	n := 0
	for {
		i := Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// EqualFold reports whether s and t are equal but for case, by Unicode simple folding.
func EqualFold(s, t string) bool {
	for i := 0; i < len(s) && i < len(t); i++ { // as long as both are ASCII
		a, b := s[i], t[i]
		if a|b >= utf8.RuneSelf {
			return equalFold(s[i:], t[i:])
		}
		if a != b {
			if a |= 0x20; a != b|0x20 || a < 'a' || 'z' < a {
				return false
			}
		}
	}
	return len(s) == len(t)
}

func equalFold(s, t string) bool {
	for s != "" && t != "" {
		a, b := rune(s[0]), rune(t[0])
		na, nb := 1, 1
		if a >= utf8.RuneSelf {
			a, na = utf8.DecodeRuneInString(s)
		}
		if b >= utf8.RuneSelf {
			b, nb = utf8.DecodeRuneInString(t)
		}
		s, t = s[na:], t[nb:]
		if a == b {
			continue
		}
		if a < utf8.RuneSelf && b < utf8.RuneSelf {
			if a|0x20 != b|0x20 || a|0x20 < 'a' || 'z' < a|0x20 {
				return false
			}
			continue
		}
		r := unicode.SimpleFold(a)
		for r != a && r != b {
			r = unicode.SimpleFold(r)
		}
		if r != b {
			return false
		}
	}
	return s == t
}
