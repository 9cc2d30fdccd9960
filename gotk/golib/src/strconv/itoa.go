// SPDX-License-Identifier: BSD-3-Clause

// Integers to text.
package strconv

import "math/bits"

const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// pairs holds 00, 01, … 99.
const pairs = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

// small returns i, which is less than 100, without making memory.
func small(i int) string {
	if i < 10 {
		return digits[i : i+1]
	}
	return pairs[2*i : 2*i+2]
}

// FormatUint returns i in a base from 2 to 36.
func FormatUint(i uint64, base int) string {
	if i < 100 && base == 10 {
		return small(int(i))
	}
	var buf [65]byte
	return string(buf[format(&buf, i, base, false):])
}

// FormatInt returns i in a base from 2 to 36.
func FormatInt(i int64, base int) string {
	if uint64(i) < 100 && base == 10 {
		return small(int(i))
	}
	var buf [65]byte
	if i < 0 {
		return string(buf[format(&buf, -uint64(i), base, true):])
	}
	return string(buf[format(&buf, uint64(i), base, false):])
}

// Itoa is FormatInt(int64(i), 10).
func Itoa(i int) string {
	if uint(i) < 100 {
		return small(i)
	}
	return FormatInt(int64(i), 10)
}

// AppendInt appends FormatInt(i, base) to dst.
func AppendInt(dst []byte, i int64, base int) []byte {
	if uint64(i) < 10 && base == 10 {
		return append(dst, byte('0'+i))
	}
	var buf [65]byte
	if i < 0 {
		return append(dst, buf[format(&buf, -uint64(i), base, true):]...)
	}
	return append(dst, buf[format(&buf, uint64(i), base, false):]...)
}

// AppendUint appends FormatUint(i, base) to dst.
func AppendUint(dst []byte, i uint64, base int) []byte {
	if i < 10 && base == 10 {
		return append(dst, byte('0'+i))
	}
	var buf [65]byte
	return append(dst, buf[format(&buf, i, base, false):]...)
}

// format writes u and a sign to the end of buf and returns where they begin.
func format(buf *[65]byte, u uint64, base int, negative bool) int {
	if base < 2 || base > len(digits) {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	at := len(buf)
	switch {
	case base == 10:
		for u >= 100 {
			pair := u % 100 * 2
			u /= 100
			at -= 2
			buf[at] = pairs[pair]
			buf[at+1] = pairs[pair+1]
		}
		if u >= 10 {
			at--
			buf[at] = byte('0' + u%10)
			u /= 10
		}
		at--
		buf[at] = byte('0' + u)
	case base&(base-1) == 0:
		shift := uint(bits.TrailingZeros(uint(base)))
		mask := uint64(base - 1)
		for u > mask {
			at--
			buf[at] = digits[u&mask]
			u >>= shift
		}
		at--
		buf[at] = digits[u]
	default:
		b := uint64(base)
		for u >= b {
			at--
			buf[at] = digits[u%b]
			u /= b
		}
		at--
		buf[at] = digits[u]
	}
	if negative {
		at--
		buf[at] = '-'
	}
	return at
}
