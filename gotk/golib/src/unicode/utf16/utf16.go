// SPDX-License-Identifier: BSD-3-Clause

// Package utf16 converts between runes and UTF-16: runes from U+10000 on are two surrogates of 10 bits each.
package utf16

const (
	high    = 0xd800  // first of the surrogates that come first
	low     = 0xdc00  // first of those that come second
	end     = 0xe000  // past the surrogates
	first2  = 0x10000 // first rune of two surrogates
	maxRune = '\U0010FFFF'
	invalid = '\uFFFD'
)

// IsSurrogate reports whether r is one half of a pair.
func IsSurrogate(r rune) bool { return high <= r && r < end }

// DecodeRune returns the rune of a pair, or U+FFFD.
func DecodeRune(r1, r2 rune) rune {
	if high <= r1 && r1 < low && low <= r2 && r2 < end {
		return (r1-high)<<10 | (r2 - low) + first2
	}
	return invalid
}

// EncodeRune returns r's pair, or U+FFFD twice if r needs none or is no rune.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < first2 || r > maxRune {
		return invalid, invalid
	}
	r -= first2
	return high + r>>10, low + r&0x3ff
}

// RuneLen returns how many words encode r: 1 or 2, -1 for a surrogate or what is no rune.
func RuneLen(r rune) int {
	switch {
	case 0 <= r && r < high, end <= r && r < first2:
		return 1
	case first2 <= r && r <= maxRune:
		return 2
	}
	return -1
}

// AppendRune appends the encoding of r, of U+FFFD if r has none.
func AppendRune(a []uint16, r rune) []uint16 {
	switch RuneLen(r) {
	case 1:
		return append(a, uint16(r))
	case 2:
		r1, r2 := EncodeRune(r)
		return append(a, uint16(r1), uint16(r2))
	}
	return append(a, invalid)
}

// Encode returns the encoding of s.
func Encode(s []rune) []uint16 {
	n := len(s)
	for _, r := range s {
		if r >= first2 {
			n++
		}
	}
	a := make([]uint16, 0, n)
	for _, r := range s {
		a = AppendRune(a, r)
	}
	return a
}

// Decode returns the runes of s; a half without the other is U+FFFD.
func Decode(s []uint16) []rune {
	a := make([]rune, 0, len(s))
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			pair := rune(invalid)
			if i+1 < len(s) {
				pair = DecodeRune(r, rune(s[i+1]))
			}
			if pair != invalid {
				i++
			}
			r = pair
		}
		a = append(a, r)
	}
	return a
}
