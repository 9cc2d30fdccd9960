// SPDX-License-Identifier: BSD-3-Clause

// Package bits counts, finds, moves and multiplies bits of unsigned integers.
//
// Counting and reversing are LLVM intrinsics; where an intrinsic has an i1 parameter (ctlz, cttz:
// "zero is poison") the compiler passes false.
package bits

const uintSize = 64

// UintSize is the size of a uint in bits.
const UintSize = uintSize

//gotk:intrinsic llvm.ctlz.i8
func ctlz8(x uint8) uint8

//gotk:intrinsic llvm.cttz.i8
func cttz8(x uint8) uint8

//gotk:intrinsic llvm.ctpop.i8
func ctpop8(x uint8) uint8

//gotk:intrinsic llvm.bitreverse.i8
func bitreverse8(x uint8) uint8

//gotk:intrinsic llvm.ctlz.i16
func ctlz16(x uint16) uint16

//gotk:intrinsic llvm.cttz.i16
func cttz16(x uint16) uint16

//gotk:intrinsic llvm.ctpop.i16
func ctpop16(x uint16) uint16

//gotk:intrinsic llvm.bitreverse.i16
func bitreverse16(x uint16) uint16

//gotk:intrinsic llvm.bswap.i16
func bswap16(x uint16) uint16

//gotk:intrinsic llvm.ctlz.i32
func ctlz32(x uint32) uint32

//gotk:intrinsic llvm.cttz.i32
func cttz32(x uint32) uint32

//gotk:intrinsic llvm.ctpop.i32
func ctpop32(x uint32) uint32

//gotk:intrinsic llvm.bitreverse.i32
func bitreverse32(x uint32) uint32

//gotk:intrinsic llvm.bswap.i32
func bswap32(x uint32) uint32

//gotk:intrinsic llvm.ctlz.i64
func ctlz64(x uint64) uint64

//gotk:intrinsic llvm.cttz.i64
func cttz64(x uint64) uint64

//gotk:intrinsic llvm.ctpop.i64
func ctpop64(x uint64) uint64

//gotk:intrinsic llvm.bitreverse.i64
func bitreverse64(x uint64) uint64

//gotk:intrinsic llvm.bswap.i64
func bswap64(x uint64) uint64

// LeadingZeros returns the number of leading zero bits in x; 64 for x == 0.
func LeadingZeros(x uint) int { return int(ctlz64(uint64(x))) }

// TrailingZeros returns the number of trailing zero bits in x; 64 for x == 0.
func TrailingZeros(x uint) int { return int(cttz64(uint64(x))) }

// OnesCount returns the number of one bits in x.
func OnesCount(x uint) int { return int(ctpop64(uint64(x))) }

// Len returns the number of bits needed to write x; 0 for x == 0.
func Len(x uint) int { return 64 - int(ctlz64(uint64(x))) }

// RotateLeft returns x rotated left by k mod 64 bits; a negative k rotates right.
func RotateLeft(x uint, k int) uint {
	s := uint(k) & 63
	return x<<s | x>>((64-s)&63)
}

// Reverse returns x with its bits in reverse order.
func Reverse(x uint) uint { return uint(bitreverse64(uint64(x))) }

// ReverseBytes returns x with its bytes in reverse order.
func ReverseBytes(x uint) uint { return uint(bswap64(uint64(x))) }

// LeadingZeros8 returns the number of leading zero bits in x; 8 for x == 0.
func LeadingZeros8(x uint8) int { return int(ctlz8(x)) }

// TrailingZeros8 returns the number of trailing zero bits in x; 8 for x == 0.
func TrailingZeros8(x uint8) int { return int(cttz8(x)) }

// OnesCount8 returns the number of one bits in x.
func OnesCount8(x uint8) int { return int(ctpop8(x)) }

// Len8 returns the number of bits needed to write x; 0 for x == 0.
func Len8(x uint8) int { return 8 - int(ctlz8(x)) }

// RotateLeft8 returns x rotated left by k mod 8 bits; a negative k rotates right.
func RotateLeft8(x uint8, k int) uint8 {
	s := uint(k) & 7
	return x<<s | x>>((8-s)&7)
}

// Reverse8 returns x with its bits in reverse order.
func Reverse8(x uint8) uint8 { return bitreverse8(x) }

// LeadingZeros16 returns the number of leading zero bits in x; 16 for x == 0.
func LeadingZeros16(x uint16) int { return int(ctlz16(x)) }

// TrailingZeros16 returns the number of trailing zero bits in x; 16 for x == 0.
func TrailingZeros16(x uint16) int { return int(cttz16(x)) }

// OnesCount16 returns the number of one bits in x.
func OnesCount16(x uint16) int { return int(ctpop16(x)) }

// Len16 returns the number of bits needed to write x; 0 for x == 0.
func Len16(x uint16) int { return 16 - int(ctlz16(x)) }

// RotateLeft16 returns x rotated left by k mod 16 bits; a negative k rotates right.
func RotateLeft16(x uint16, k int) uint16 {
	s := uint(k) & 15
	return x<<s | x>>((16-s)&15)
}

// Reverse16 returns x with its bits in reverse order.
func Reverse16(x uint16) uint16 { return bitreverse16(x) }

// ReverseBytes16 returns x with its bytes in reverse order.
func ReverseBytes16(x uint16) uint16 { return bswap16(x) }

// LeadingZeros32 returns the number of leading zero bits in x; 32 for x == 0.
func LeadingZeros32(x uint32) int { return int(ctlz32(x)) }

// TrailingZeros32 returns the number of trailing zero bits in x; 32 for x == 0.
func TrailingZeros32(x uint32) int { return int(cttz32(x)) }

// OnesCount32 returns the number of one bits in x.
func OnesCount32(x uint32) int { return int(ctpop32(x)) }

// Len32 returns the number of bits needed to write x; 0 for x == 0.
func Len32(x uint32) int { return 32 - int(ctlz32(x)) }

// RotateLeft32 returns x rotated left by k mod 32 bits; a negative k rotates right.
func RotateLeft32(x uint32, k int) uint32 {
	s := uint(k) & 31
	return x<<s | x>>((32-s)&31)
}

// Reverse32 returns x with its bits in reverse order.
func Reverse32(x uint32) uint32 { return bitreverse32(x) }

// ReverseBytes32 returns x with its bytes in reverse order.
func ReverseBytes32(x uint32) uint32 { return bswap32(x) }

// LeadingZeros64 returns the number of leading zero bits in x; 64 for x == 0.
func LeadingZeros64(x uint64) int { return int(ctlz64(x)) }

// TrailingZeros64 returns the number of trailing zero bits in x; 64 for x == 0.
func TrailingZeros64(x uint64) int { return int(cttz64(x)) }

// OnesCount64 returns the number of one bits in x.
func OnesCount64(x uint64) int { return int(ctpop64(x)) }

// Len64 returns the number of bits needed to write x; 0 for x == 0.
func Len64(x uint64) int { return 64 - int(ctlz64(x)) }

// RotateLeft64 returns x rotated left by k mod 64 bits; a negative k rotates right.
func RotateLeft64(x uint64, k int) uint64 {
	s := uint(k) & 63
	return x<<s | x>>((64-s)&63)
}

// Reverse64 returns x with its bits in reverse order.
func Reverse64(x uint64) uint64 { return bitreverse64(x) }

// ReverseBytes64 returns x with its bytes in reverse order.
func ReverseBytes64(x uint64) uint64 { return bswap64(x) }
