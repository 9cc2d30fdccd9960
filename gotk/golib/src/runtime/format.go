// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// Numbers as text, for the print builtins and the texts of errors: this package cannot import strconv.

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, "true"...)
	}
	return append(b, "false"...)
}

func appendUint(b []byte, v uint64) []byte {
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + v%10)
		v /= 10
		if v == 0 {
			return append(b, digits[i:]...)
		}
	}
}

func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		return appendUint(b, uint64(-v))
	}
	return appendUint(b, uint64(v))
}

func appendHex(b []byte, v uint64) []byte {
	var digits [16]byte
	i := len(digits)
	for {
		i--
		digits[i] = "0123456789abcdef"[v&15]
		v >>= 4
		if v == 0 {
			return append(b, digits[i:]...)
		}
	}
}

// shortestfloat stores the digits of the shortest decimal d.ddd × 10^exponent that reads back as v (the bits of a positive
// float64) in a float of that many bits, and returns how many there are.
//
//gotk:native shortestfloat
func shortestfloat(v uint64, bits int, digits *byte) (n int, exponent int)

// appendFloat appends the shortest decimal that reads back as v, in the form that strconv calls 'g'.
func appendFloat(b []byte, v float64, bits int) []byte {
	if v != v {
		return append(b, "NaN"...)
	}
	sign := *(*uint64)(unsafe.Pointer(&v)) >> 63
	if v > 1.7976931348623157e308 {
		return append(b, "+Inf"...)
	}
	if v < -1.7976931348623157e308 {
		return append(b, "-Inf"...)
	}
	if sign != 0 {
		b = append(b, '-')
		v = -v
	}
	if v == 0 {
		return append(b, '0')
	}
	var digits [24]byte
	n, exponent := shortestfloat(*(*uint64)(unsafe.Pointer(&v)), bits, &digits[0])
	if exponent < -4 || exponent >= 6 {
		b = append(b, digits[0])
		if n > 1 {
			b = append(b, '.')
			b = append(b, digits[1:n]...)
		}
		b = append(b, 'e')
		if exponent < 0 {
			b = append(b, '-')
			exponent = -exponent
		} else {
			b = append(b, '+')
		}
		if exponent < 10 {
			b = append(b, '0')
		}
		return appendInt(b, int64(exponent))
	}
	if exponent < 0 {
		b = append(b, "0."...)
		for i := -1; i > exponent; i-- {
			b = append(b, '0')
		}
		return append(b, digits[:n]...)
	}
	for i := 0; i <= exponent; i++ {
		if i < n {
			b = append(b, digits[i])
		} else {
			b = append(b, '0')
		}
	}
	if n > exponent+1 {
		b = append(b, '.')
		b = append(b, digits[exponent+1:n]...)
	}
	return b
}

// appendComplex appends (a+bi); bits is the size of each part.
func appendComplex(b []byte, v complex128, bits int, parentheses bool) []byte {
	if parentheses {
		b = append(b, '(')
	}
	b = appendFloat(b, real(v), bits)
	start := len(b)
	b = appendFloat(b, imag(v), bits)
	if c := b[start]; c != '-' && c != '+' {
		b = append(b, 0)
		copy(b[start+1:], b[start:])
		b[start] = '+'
	}
	b = append(b, 'i')
	if parentheses {
		b = append(b, ')')
	}
	return b
}
