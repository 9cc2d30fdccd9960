// SPDX-License-Identifier: BSD-3-Clause

// Arithmetic on two words: add and subtract with carry, full-width multiply, divide.
package bits

type arithError string

func (e arithError) Error() string { return string(e) }

// RuntimeError marks the value as a runtime.Error without an import of runtime.
func (e arithError) RuntimeError() {}

const (
	overflowError arithError = "runtime error: integer overflow"
	divideError   arithError = "runtime error: integer divide by zero"
)

// Add returns x + y + carry and the carry out; carry must be 0 or 1.
func Add(x, y, carry uint) (sum, carryOut uint) {
	sum = x + y + carry
	// A carry left the top bit if both had it, or one had it and the sum has not.
	carryOut = ((x & y) | ((x | y) &^ sum)) >> 63
	return sum, carryOut
}

// Sub returns x - y - borrow and the borrow out; borrow must be 0 or 1.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	diff = x - y - borrow
	borrowOut = ((^x & y) | (^(x ^ y) & diff)) >> 63
	return diff, borrowOut
}

// Add32 returns x + y + carry and the carry out; carry must be 0 or 1.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	sum = x + y + carry
	// A carry left the top bit if both had it, or one had it and the sum has not.
	carryOut = ((x & y) | ((x | y) &^ sum)) >> 31
	return sum, carryOut
}

// Sub32 returns x - y - borrow and the borrow out; borrow must be 0 or 1.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	diff = x - y - borrow
	borrowOut = ((^x & y) | (^(x ^ y) & diff)) >> 31
	return diff, borrowOut
}

// Add64 returns x + y + carry and the carry out; carry must be 0 or 1.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	// A carry left the top bit if both had it, or one had it and the sum has not.
	carryOut = ((x & y) | ((x | y) &^ sum)) >> 63
	return sum, carryOut
}

// Sub64 returns x - y - borrow and the borrow out; borrow must be 0 or 1.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	borrowOut = ((^x & y) | (^(x ^ y) & diff)) >> 63
	return diff, borrowOut
}

// Mul returns the full product of x and y.
func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 returns the full product of x and y.
func Mul32(x, y uint32) (hi, lo uint32) {
	p := uint64(x) * uint64(y)
	return uint32(p >> 32), uint32(p)
}

// Mul64 returns the full product of x and y.
func Mul64(x, y uint64) (hi, lo uint64) {
	const mask = 1<<32 - 1
	x0, x1 := x&mask, x>>32
	y0, y1 := y&mask, y>>32
	p00 := x0 * y0
	p10 := x1*y0 + p00>>32
	p01 := x0*y1 + p10&mask
	return x1*y1 + p10>>32 + p01>>32, x * y
}

// Div returns the quotient and remainder of (hi, lo) / y. It panics for y == 0 and for
// y <= hi, when the quotient does not fit.
func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 returns the quotient and remainder of (hi, lo) / y, as Div does.
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y == 0 {
		panic(error(divideError))
	}
	if y <= hi {
		panic(error(overflowError))
	}
	z := uint64(hi)<<32 | uint64(lo)
	return uint32(z / uint64(y)), uint32(z % uint64(y))
}

// Div64 returns the quotient and remainder of (hi, lo) / y, as Div does.
//
// Schoolbook division in base 2^32 by a divisor normalised so that its top bit is set (Knuth,
// TAOCP volume 2, 4.3.1, algorithm D, with two quotient digits).
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		panic(error(divideError))
	}
	if y <= hi {
		panic(error(overflowError))
	}
	if hi == 0 {
		return lo / y, lo % y
	}
	s := uint(LeadingZeros64(y))
	d := y << s
	// Go's shift by 64 gives 0, as wanted for s == 0.
	n2 := hi<<s | lo>>(64-s)
	n10 := lo << s
	q1, r := divStep(n2, n10>>32, d)
	q0, r := divStep(r, n10&(1<<32-1), d)
	return q1<<32 | q0, r >> s
}

// divStep divides r*2^32 + next by d, given r < d and d's top bit set.
func divStep(r, next, d uint64) (q, rem uint64) {
	d1, d0 := d>>32, d&(1<<32-1)
	q = r / d1
	part := r % d1
	for q >= 1<<32 || q*d0 > part<<32|next {
		q--
		part += d1
		if part >= 1<<32 {
			break
		}
	}
	return q, r<<32 + next - q*d
}

// Rem returns the remainder of (hi, lo) / y. It panics for y == 0 only.
func Rem(hi, lo, y uint) uint {
	return uint(Rem64(uint64(hi), uint64(lo), uint64(y)))
}

// Rem32 returns the remainder of (hi, lo) / y. It panics for y == 0 only.
func Rem32(hi, lo, y uint32) uint32 {
	return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y))
}

// Rem64 returns the remainder of (hi, lo) / y. It panics for y == 0 only.
func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}
