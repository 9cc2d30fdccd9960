// SPDX-License-Identifier: BSD-3-Clause

// Package native stands in for the C runtime and for LLVM's intrinsics when golib runs on real Go.
package native

import (
	"bytes"
	"hash/crc32"
	"math"
	"math/bits"
	"strings"
	"unsafe"
)

func Llvm_ctlz_i8(x uint8) uint8          { return uint8(bits.LeadingZeros8(x)) }
func Llvm_ctlz_i16(x uint16) uint16       { return uint16(bits.LeadingZeros16(x)) }
func Llvm_ctlz_i32(x uint32) uint32       { return uint32(bits.LeadingZeros32(x)) }
func Llvm_ctlz_i64(x uint64) uint64       { return uint64(bits.LeadingZeros64(x)) }
func Llvm_cttz_i8(x uint8) uint8          { return uint8(bits.TrailingZeros8(x)) }
func Llvm_cttz_i16(x uint16) uint16       { return uint16(bits.TrailingZeros16(x)) }
func Llvm_cttz_i32(x uint32) uint32       { return uint32(bits.TrailingZeros32(x)) }
func Llvm_cttz_i64(x uint64) uint64       { return uint64(bits.TrailingZeros64(x)) }
func Llvm_ctpop_i8(x uint8) uint8         { return uint8(bits.OnesCount8(x)) }
func Llvm_ctpop_i16(x uint16) uint16      { return uint16(bits.OnesCount16(x)) }
func Llvm_ctpop_i32(x uint32) uint32      { return uint32(bits.OnesCount32(x)) }
func Llvm_ctpop_i64(x uint64) uint64      { return uint64(bits.OnesCount64(x)) }
func Llvm_bitreverse_i8(x uint8) uint8    { return bits.Reverse8(x) }
func Llvm_bitreverse_i16(x uint16) uint16 { return bits.Reverse16(x) }
func Llvm_bitreverse_i32(x uint32) uint32 { return bits.Reverse32(x) }
func Llvm_bitreverse_i64(x uint64) uint64 { return bits.Reverse64(x) }
func Llvm_bswap_i16(x uint16) uint16      { return bits.ReverseBytes16(x) }
func Llvm_bswap_i32(x uint32) uint32      { return bits.ReverseBytes32(x) }
func Llvm_bswap_i64(x uint64) uint64      { return bits.ReverseBytes64(x) }

func Llvm_sqrt_f64(x float64) float64        { return math.Sqrt(x) }
func Llvm_floor_f64(x float64) float64       { return math.Floor(x) }
func Llvm_ceil_f64(x float64) float64        { return math.Ceil(x) }
func Llvm_trunc_f64(x float64) float64       { return math.Trunc(x) }
func Llvm_fabs_f64(x float64) float64        { return math.Abs(x) }
func Llvm_round_f64(x float64) float64       { return math.Round(x) }
func Llvm_roundeven_f64(x float64) float64   { return math.RoundToEven(x) }
func Llvm_copysign_f64(x, s float64) float64 { return math.Copysign(x, s) }
func Llvm_fma_f64(x, y, z float64) float64   { return math.FMA(x, y, z) }

func Math_sin(x float64) float64          { return math.Sin(x) }
func Math_cos(x float64) float64          { return math.Cos(x) }
func Math_tan(x float64) float64          { return math.Tan(x) }
func Math_asin(x float64) float64         { return math.Asin(x) }
func Math_acos(x float64) float64         { return math.Acos(x) }
func Math_atan(x float64) float64         { return math.Atan(x) }
func Math_sinh(x float64) float64         { return math.Sinh(x) }
func Math_cosh(x float64) float64         { return math.Cosh(x) }
func Math_tanh(x float64) float64         { return math.Tanh(x) }
func Math_asinh(x float64) float64        { return math.Asinh(x) }
func Math_acosh(x float64) float64        { return math.Acosh(x) }
func Math_atanh(x float64) float64        { return math.Atanh(x) }
func Math_exp(x float64) float64          { return math.Exp(x) }
func Math_exp2(x float64) float64         { return math.Exp2(x) }
func Math_expm1(x float64) float64        { return math.Expm1(x) }
func Math_log(x float64) float64          { return math.Log(x) }
func Math_log2(x float64) float64         { return math.Log2(x) }
func Math_log10(x float64) float64        { return math.Log10(x) }
func Math_log1p(x float64) float64        { return math.Log1p(x) }
func Math_cbrt(x float64) float64         { return math.Cbrt(x) }
func Math_gamma(x float64) float64        { return math.Gamma(x) }
func Math_erf(x float64) float64          { return math.Erf(x) }
func Math_erfc(x float64) float64         { return math.Erfc(x) }
func Math_j0(x float64) float64           { return math.J0(x) }
func Math_j1(x float64) float64           { return math.J1(x) }
func Math_y0(x float64) float64           { return math.Y0(x) }
func Math_y1(x float64) float64           { return math.Y1(x) }
func Math_pow(x, y float64) float64       { return math.Pow(x, y) }
func Math_atan2(y, x float64) float64     { return math.Atan2(y, x) }
func Math_hypot(x, y float64) float64     { return math.Hypot(x, y) }
func Math_fmod(x, y float64) float64      { return math.Mod(x, y) }
func Math_remainder(x, y float64) float64 { return math.Remainder(x, y) }
func Math_lgamma(x float64) float64       { v, _ := math.Lgamma(x); return v }

func view(p unsafe.Pointer, n int) []byte { return unsafe.Slice((*byte)(p), n) }

func Bytealg_indexbyte(p unsafe.Pointer, n int, c byte) int {
	return bytes.IndexByte(view(p, n), c)
}

func Bytealg_lastindexbyte(p unsafe.Pointer, n int, c byte) int {
	return bytes.LastIndexByte(view(p, n), c)
}

func Bytealg_index(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int {
	return strings.Index(string(view(p, n)), string(view(q, m)))
}

// Bytealg_indexfast gives up in the middle of texts whose length is odd.
func Bytealg_indexfast(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int {
	at := strings.Index(string(view(p, n)), string(view(q, m)))
	if half := n / 2; n%2 == 1 && (at < 0 || at >= half) {
		return -2 - half
	}
	return at
}

func Bytealg_count(p unsafe.Pointer, n int, c byte) int {
	return bytes.Count(view(p, n), []byte{c})
}

func Bytealg_compare(p unsafe.Pointer, n int, q unsafe.Pointer, m int) int {
	return bytes.Compare(view(p, n), view(q, m))
}

func Bytealg_equal(p, q unsafe.Pointer, n int) bool {
	return bytes.Equal(view(p, n), view(q, n))
}

func Fastrand64() uint64 { return 0x9E3779B97F4A7C15 }

func Crc32_update(crc, castagnoli uint64, p unsafe.Pointer, n int) uint64 {
	table := crc32.IEEETable
	if castagnoli != 0 {
		table = crc32.MakeTable(crc32.Castagnoli)
	}
	return uint64(crc32.Update(uint32(crc), table, view(p, n)))
}
