// SPDX-License-Identifier: BSD-3-Clause

// Package bytes searches, splits, joins and maps slices of bytes.
//
// What only reads is done by package strings on the same memory seen as a string; results that are parts of an
// argument are cut from it again by length.
package bytes

import (
	"internal/bytealg"
	"strings"
	"unicode"
	"unicode/utf8"
)

// str returns b's memory as a string, for the time of a call.
func str(b []byte) string { return bytealg.String(b) }

// Equal reports whether a and b have the same bytes; nil equals empty.
func Equal(a, b []byte) bool { return string(a) == string(b) }

// Compare returns -1, 0 or +1 by lexical order.
func Compare(a, b []byte) int { return bytealg.Compare(a, b) }

// Contains reports whether subslice is within b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsAny reports whether a rune of chars is within b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsRune reports whether r is within b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsFunc reports whether f is true of a rune of b.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// Count returns how many times sep occurs in s without overlap; for an empty one it is the runes of s plus one.
func Count(s, sep []byte) int { return strings.Count(str(s), str(sep)) }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == string(prefix)
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool {
	return len(s) >= len(suffix) && string(s[len(s)-len(suffix):]) == string(suffix)
}

// Index returns the index of the first sep in s, or -1.
func Index(s, sep []byte) int { return strings.Index(str(s), str(sep)) }

// LastIndex returns the index of the last sep in s, or -1.
func LastIndex(s, sep []byte) int { return strings.LastIndex(str(s), str(sep)) }

// IndexByte returns the index of the first c in b, or -1.
func IndexByte(b []byte, c byte) int { return bytealg.IndexByte(b, c) }

// LastIndexByte returns the index of the last c in s, or -1.
func LastIndexByte(s []byte, c byte) int { return bytealg.LastIndexByte(s, c) }

// IndexRune returns the index of the first r in s, or -1. RuneError finds any invalid byte too.
func IndexRune(s []byte, r rune) int { return strings.IndexRune(str(s), r) }

// IndexAny returns the index of the first rune of s that is in chars, or -1.
func IndexAny(s []byte, chars string) int { return strings.IndexAny(str(s), chars) }

// LastIndexAny returns the index of the last rune of s that is in chars, or -1.
func LastIndexAny(s []byte, chars string) int { return strings.LastIndexAny(str(s), chars) }

// IndexFunc returns the index of the first rune of which f is true, or -1.
func IndexFunc(s []byte, f func(r rune) bool) int { return strings.IndexFunc(str(s), f) }

// LastIndexFunc returns the index of the last rune of which f is true, or -1.
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(str(s), f) }

// EqualFold reports whether s and t are equal but for case, by Unicode simple folding.
func EqualFold(s, t []byte) bool { return strings.EqualFold(str(s), str(t)) }

// Clone returns a copy of b; nil stays nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Join concatenates the elements of s with sep between them, in new memory.
func Join(s [][]byte, sep []byte) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	if len(s) == 1 {
		return append([]byte(nil), s[0]...)
	}
	n := 0
	if len(sep) > 0 {
		if len(sep) >= 1<<62/(len(s)-1) {
			panic("bytes: Join output length overflow")
		}
		n = len(sep) * (len(s) - 1)
	}
	for _, e := range s {
		if len(e) > 1<<62-n {
			panic("bytes: Join output length overflow")
		}
		n += len(e)
	}
	b := make([]byte, 0, n)
	b = append(b, s[0]...)
	for _, e := range s[1:] {
		b = append(b, sep...)
		b = append(b, e...)
	}
	return b
}

// Repeat returns count copies of b.
func Repeat(b []byte, count int) []byte {
	if count == 0 {
		return []byte{}
	}
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	if len(b) > (1<<63-1)/count {
		panic("bytes: Repeat output length overflow")
	}
	all := make([]byte, len(b)*count)
	for have := copy(all, b); have > 0 && have < len(all); have *= 2 {
		copy(all[have:], all[:have])
	}
	return all
}

// Runes returns the runes of s.
func Runes(s []byte) []rune {
	runes := make([]rune, 0, utf8.RuneCount(s))
	for _, r := range str(s) {
		runes = append(runes, r)
	}
	return runes
}

// Map returns s with each rune replaced by mapping(rune), or dropped if that is negative.
func Map(mapping func(r rune) rune, s []byte) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range str(s) {
		if m := mapping(r); m >= 0 {
			b = utf8.AppendRune(b, m)
		}
	}
	return b
}

// ToUpper returns s with all runes in upper case.
func ToUpper(s []byte) []byte {
	b := append([]byte(""), s...)
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return Map(unicode.ToUpper, s)
		}
		if 'a' <= c && c <= 'z' {
			b[i] = c - ('a' - 'A')
		}
	}
	return b
}

// ToLower returns s with all runes in lower case.
func ToLower(s []byte) []byte {
	b := append([]byte(""), s...)
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return Map(unicode.ToLower, s)
		}
		if 'A' <= c && c <= 'Z' {
			b[i] = c + ('a' - 'A')
		}
	}
	return b
}

// ToTitle returns s with all runes in title case.
func ToTitle(s []byte) []byte { return Map(unicode.ToTitle, s) }

// ToUpperSpecial returns s in upper case by a language's rules.
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToUpper, s) }

// ToLowerSpecial returns s in lower case by a language's rules.
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToLower, s) }

// ToTitleSpecial returns s in title case by a language's rules.
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToTitle, s) }

// Title returns s with the first rune of each word in title case.
//
// Deprecated: what a word is does not fit Unicode punctuation.
func Title(s []byte) []byte { return append([]byte{}, strings.Title(string(s))...) }

// ToValidUTF8 returns s with each run of invalid bytes replaced.
func ToValidUTF8(s, replacement []byte) []byte {
	return append([]byte{}, strings.ToValidUTF8(str(s), str(replacement))...)
}

// Replace returns s with the first n old replaced by new, all for n < 0. An empty old is before each rune and at the end.
func Replace(s, old, new []byte, n int) []byte {
	return append([]byte(nil), strings.Replace(str(s), str(old), str(new), n)...)
}

// ReplaceAll returns s with every old replaced by new.
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }
