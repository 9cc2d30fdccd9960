// SPDX-License-Identifier: BSD-3-Clause

// Numbers as text.
package big

import (
	"math/bits"
	"slices"
)

// MaxBase is the largest base of text: digits, small letters, capitals.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

const maxBaseSmall = 10 + ('z' - 'a' + 1)

const digitChars = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// maxPower returns the largest power of the base that is a word, and its exponent.
func maxPower(base Word) (p Word, n int) {
	p, n = base, 1
	for limit := ^Word(0) / base; p <= limit; n++ {
		p *= base
	}
	return p, n
}

// appendText appends x's digits.
func (x nat) appendText(buf []byte, base int) []byte {
	if base < 2 || base > MaxBase {
		panic("invalid base")
	}
	if len(x) == 0 {
		return append(buf, '0')
	}
	start := len(buf)
	if base&(base-1) == 0 {
		shift := uint(bits.TrailingZeros(uint(base)))
		for i := uint(0); i < uint(x.bitLen()); i += shift {
			j, s := i/wordBits, i%wordBits
			w := x[j] >> s
			if s+shift > wordBits && int(j)+1 < len(x) {
				w |= x[j+1] << (wordBits - s)
			}
			buf = append(buf, digitChars[w&Word(base-1)])
		}
		slices.Reverse(buf[start:])
		return buf
	}
	c := newConverter(Word(base))
	buf = c.convert(buf, append(nat(nil), x...), len(c.powers), 0)
	// Without leading zeros.
	end := start
	for end < len(buf)-1 && buf[end] == '0' {
		end++
	}
	return slices.Delete(buf, start, end)
}

// converter cuts numbers in halves by powers of the base whose exponents double.
type converter struct {
	base   Word
	word   Word  // the largest power in a word
	digits int   // its exponent
	powers []nat // powers[i] = word**(leafWords << i)
}

// leafWords is up to how many words are converted digit by digit; measured.
const leafWords = 32

func newConverter(base Word) *converter {
	c := &converter{base: base}
	c.word, c.digits = maxPower(base)
	return c
}

// power returns powers[i].
func (c *converter) power(i int) nat {
	for len(c.powers) <= i {
		var p nat
		if len(c.powers) == 0 {
			p = p.pow(nat{c.word}, leafWords)
		} else {
			p = p.sqr(c.powers[len(c.powers)-1])
		}
		c.powers = append(c.powers, p)
	}
	return c.powers[i]
}

// convert appends x's digits, at least width, with zeros in front; level: x < powers[level], if width is not 0. x is overwritten.
func (c *converter) convert(buf []byte, x nat, level, width int) []byte {
	if width == 0 { // the whole number: find the level
		level = 0
		if len(x) > leafWords {
			for 2*len(c.power(level))-1 <= len(x) { // its square may not be larger than x
				level++
			}
			level++
			width = c.digits * leafWords << level
		}
	}
	if level == 0 || len(x) <= leafWords {
		return c.leaf(buf, x, width)
	}
	low := c.digits * leafWords << (level - 1)
	q, r := nat(nil).div(nil, x, c.power(level-1))
	if width == 0 {
		width = 2 * low
	}
	buf = c.convert(buf, q, level-1, max(width-low, 1))
	return c.convert(buf, r, level-1, low)
}

func (c *converter) leaf(buf []byte, x nat, width int) []byte {
	start := len(buf)
	for len(x) > 0 {
		var w Word
		x, w = x.divWord(x, c.word)
		for i := 0; i < c.digits && (len(x) > 0 || w > 0); i++ {
			buf = append(buf, digitChars[w%c.base])
			w /= c.base
		}
	}
	for len(buf)-start < width {
		buf = append(buf, '0')
	}
	slices.Reverse(buf[start:])
	return buf
}

// digitValue returns a digit's value, MaxBase if c is none. Up to base 36, capitals are as good as small letters.
func digitValue(c byte, base int) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		if base <= maxBaseSmall {
			return int(c-'A') + 10
		}
		return int(c-'A') + maxBaseSmall
	}
	return MaxBase
}

// setDigits returns the number of these digits, which are valid: halves are put together by powers of the base.
func (z nat) setDigits(digits []byte, base int) nat {
	word, per := maxPower(Word(base))
	if len(digits) <= 200*per {
		z = z[:0]
		for len(digits) > 0 {
			n := (len(digits)-1)%per + 1
			var w Word
			scale := Word(1)
			for _, c := range digits[:n] {
				w = w*Word(base) + Word(digitValue(c, base))
				scale *= Word(base)
			}
			if n == per {
				scale = word
			}
			z = z.mulWord(z, scale, w)
			digits = digits[n:]
		}
		return z
	}
	low := len(digits) / 2
	upper := nat(nil).setDigits(digits[:len(digits)-low], base)
	lower := nat(nil).setDigits(digits[len(digits)-low:], base)
	z = z.mul(upper, nat(nil).pow(nat{Word(base)}, uint(low)))
	return z.add(z, lower)
}

// parse reads digits, of base 0 with a prefix and underscores, from s. It returns where they end.
func (z nat) parse(s string, base int) (n nat, end int, ok bool) {
	i := 0
	underscores, prefix := base == 0, false
	if base == 0 {
		base = 10
		if len(s) > 1 && s[0] == '0' {
			switch s[1] | 0x20 {
			case 'b':
				base, prefix = 2, true
			case 'o':
				base, prefix = 8, true
			case 'x':
				base, prefix = 16, true
			default:
				base = 8 // the 0 is the prefix and a digit
			}
			if prefix {
				i = 2
			}
		}
	}
	digits := make([]byte, 0, len(s))
	last := byte('0') // a digit or a prefix; '_' an underscore; 0 neither
	if !prefix {
		last = 0
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c == '_' && underscores {
			if last != '0' {
				return z, i, false
			}
			last = '_'
			continue
		}
		if digitValue(c, base) >= base {
			break
		}
		digits = append(digits, c)
		last = '0'
	}
	if len(digits) == 0 || last == '_' {
		return z, i, false
	}
	return z.setDigits(digits, base), i, true
}
