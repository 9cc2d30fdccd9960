// SPDX-License-Identifier: BSD-3-Clause

// Floating-point numbers to text: layouts. The digits come from ftoa_digits.go.
package strconv

import (
	"math"
	"math/bits"
)

// floatFormat describes an IEEE 754 binary format.
type floatFormat struct {
	mantBits uint // explicit bits of the mantissa
	expBits  uint
	bias     int // exponent of an integral mantissa is expField - bias
}

var (
	float32Format = floatFormat{23, 8, 127 + 23}
	float64Format = floatFormat{52, 11, 1023 + 52}
)

// decimal is 0.d[0]d[1]… * 10**dp without trailing zeros; zero has no digits.
type decimal struct {
	d      []byte
	nd, dp int
}

// FormatFloat writes f, of bitSize 32 or 64, in one of the layouts b, e, E, f, g, G, x, X.
// prec is the digits after the point (e, E, f, x, X) or in all (g, G); -1 asks for
// the fewest digits that read back as f.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	var buf [32]byte
	return string(AppendFloat(buf[:0], f, fmt, prec, bitSize))
}

// AppendFloat appends FormatFloat(f, fmt, prec, bitSize) to dst.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	var b uint64
	var format *floatFormat
	switch bitSize {
	case 32:
		b = uint64(math.Float32bits(float32(f)))
		format = &float32Format
	case 64:
		b = math.Float64bits(f)
		format = &float64Format
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	negative := b>>(format.mantBits+format.expBits) != 0
	field := int(b>>format.mantBits) & (1<<format.expBits - 1)
	mant := b & (1<<format.mantBits - 1)
	if field == 1<<format.expBits-1 {
		switch {
		case mant != 0:
			return append(dst, "NaN"...)
		case negative:
			return append(dst, "-Inf"...)
		}
		return append(dst, "+Inf"...)
	}
	if field == 0 {
		field++
	} else {
		mant |= 1 << format.mantBits
	}
	exp := field - format.bias // f is mant * 2**exp

	switch fmt {
	case 'b':
		return formatB(dst, negative, mant, exp)
	case 'x', 'X':
		return formatX(dst, prec, fmt, negative, mant, exp)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		return append(dst, '%', fmt)
	}

	var buf [24]byte
	digs := decimal{d: buf[:]}
	shortest := prec < 0
	if mant == 0 {
		if shortest && fmt != 'f' && fmt != 'g' && fmt != 'G' {
			prec = 0
		} else if shortest {
			prec = 0
			if fmt != 'f' {
				prec = 6
			}
		}
	} else if shortest {
		shortestDigits(&digs, mant, exp, format)
		switch fmt {
		case 'e', 'E':
			prec = digs.nd - 1
		case 'f':
			prec = max(digs.nd-digs.dp, 0)
		default:
			prec = digs.nd
		}
	} else {
		switch fmt {
		case 'e', 'E':
			fixedDigits(&digs, mant, exp, prec+1, false)
		case 'f':
			fixedDigits(&digs, mant, exp, prec, true)
		default:
			if prec == 0 {
				prec = 1
			}
			fixedDigits(&digs, mant, exp, prec, false)
		}
	}

	switch fmt {
	case 'e', 'E':
		return formatE(dst, negative, &digs, prec, fmt)
	case 'f':
		return formatF(dst, negative, &digs, prec)
	}
	eprec := prec
	if eprec > digs.nd && digs.nd >= digs.dp {
		eprec = digs.nd
	}
	if shortest {
		eprec = 6 // so that 1e6 has an exponent, but 123456789 only with %v's change of threshold
	}
	if x := digs.dp - 1; digs.nd > 0 && (x < -4 || x >= eprec) {
		if prec > digs.nd {
			prec = digs.nd
		}
		return formatE(dst, negative, &digs, prec-1, fmt+'e'-'g')
	}
	return formatF(dst, negative, &digs, max(digs.nd-digs.dp, 0))
}

// formatE writes -d.ddde±dd.
func formatE(dst []byte, negative bool, digs *decimal, prec int, fmt byte) []byte {
	if negative {
		dst = append(dst, '-')
	}
	first := byte('0')
	exp := 0
	if digs.nd > 0 {
		first = digs.d[0]
		exp = digs.dp - 1
	}
	dst = append(dst, first)
	if prec > 0 {
		dst = append(dst, '.')
		i := 1
		if m := min(digs.nd, prec+1); i < m {
			dst = append(dst, digs.d[i:m]...)
			i = m
		}
		for ; i <= prec; i++ {
			dst = append(dst, '0')
		}
	}
	dst = append(dst, fmt)
	if exp < 0 {
		dst = append(dst, '-')
		exp = -exp
	} else {
		dst = append(dst, '+')
	}
	if exp >= 100 {
		dst = append(dst, byte('0'+exp/100))
		exp %= 100
	}
	return append(dst, byte('0'+exp/10), byte('0'+exp%10))
}

// formatF writes -ddd.ddd.
func formatF(dst []byte, negative bool, digs *decimal, prec int) []byte {
	if negative {
		dst = append(dst, '-')
	}
	if digs.dp > 0 {
		m := min(digs.nd, digs.dp)
		dst = append(dst, digs.d[:m]...)
		for ; m < digs.dp; m++ {
			dst = append(dst, '0')
		}
	} else {
		dst = append(dst, '0')
	}
	if prec > 0 {
		dst = append(dst, '.')
		i := 0 // digits after the point
		for ; i < prec && digs.dp+i < 0; i++ {
			dst = append(dst, '0')
		}
		if from, to := digs.dp+i, min(digs.dp+prec, digs.nd); from < to {
			dst = append(dst, digs.d[from:to]...)
			i += to - from
		}
		for ; i < prec; i++ {
			dst = append(dst, '0')
		}
	}
	return dst
}

// formatB writes -ddddp±ddd, the mantissa and the exponent in decimal.
func formatB(dst []byte, negative bool, mant uint64, exp int) []byte {
	if negative {
		dst = append(dst, '-')
	}
	dst = AppendUint(dst, mant, 10)
	dst = append(dst, 'p')
	if exp >= 0 {
		dst = append(dst, '+')
	}
	return AppendInt(dst, int64(exp), 10)
}

// formatX writes -0x1.yyyyp±dd.
func formatX(dst []byte, prec int, fmt byte, negative bool, mant uint64, exp int) []byte {
	const top = 60 // the position of the leading 1 while digits are cut off above it, 4 bits each
	if mant == 0 {
		exp = 0
	} else {
		shift := bits.LeadingZeros64(mant) - (63 - top)
		mant <<= uint(shift)
		exp += top - shift
	}
	if prec >= 0 && prec < top/4 {
		shift := uint(prec * 4)
		extra := mant << shift & (1<<top - 1)
		mant >>= top - shift
		if extra|mant&1 > 1<<(top-1) {
			mant++
		}
		mant <<= top - shift
		if mant&(1<<(top+1)) != 0 {
			mant >>= 1
			exp++
		}
	}
	hex := "0123456789abcdef"
	if fmt == 'X' {
		hex = "0123456789ABCDEF"
	}
	if negative {
		dst = append(dst, '-')
	}
	dst = append(dst, '0', fmt, '0'+byte(mant>>top)&1)
	mant <<= 64 - top
	if prec < 0 && mant != 0 {
		dst = append(dst, '.')
		for mant != 0 {
			dst = append(dst, hex[mant>>60])
			mant <<= 4
		}
	} else if prec > 0 {
		dst = append(dst, '.')
		for i := 0; i < prec; i++ {
			dst = append(dst, hex[mant>>60])
			mant <<= 4
		}
	}
	dst = append(dst, fmt-('x'-'p'))
	if exp < 0 {
		dst = append(dst, '-')
		exp = -exp
	} else {
		dst = append(dst, '+')
	}
	if exp < 10 {
		dst = append(dst, '0')
	}
	return AppendInt(dst, int64(exp), 10)
}

// FormatComplex writes c as (a+bi), both parts by FormatFloat; bitSize is 64 or 128.
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	bitSize >>= 1
	buf := make([]byte, 0, 48)
	buf = append(buf, '(')
	buf = AppendFloat(buf, real(c), fmt, prec, bitSize)
	at := len(buf)
	buf = AppendFloat(buf, imag(c), fmt, prec, bitSize)
	// The imaginary part always has a sign; NaN gets one too.
	if buf[at] != '+' && buf[at] != '-' {
		im := string(buf[at:])
		buf = append(append(buf[:at], '+'), im...)
	}
	return string(append(buf, "i)"...))
}
