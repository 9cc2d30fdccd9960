// SPDX-License-Identifier: BSD-3-Clause

// Package fnv is the hash of Fowler, Noll and Vo, FNV-1 (multiply, then xor each byte) and FNV-1a (xor, then multiply).
// The numbers are those of draft-eastlake-fnv.
package fnv

import (
	"errors"
	"hash"
	"math/bits"
)

const (
	offset32    = 0x811c9dc5
	prime32     = 0x01000193
	offset64    = 0xcbf29ce484222325
	prime64     = 0x00000100000001b3
	offset128hi = 0x6c62272e07bb0142
	offset128lo = 0x62b821756295c58d
	// The 128-bit prime is 2^88 + prime128lo.
	prime128lo    = 0x13b
	prime128shift = 88 - 64
)

type (
	sum32  uint32
	sum32a uint32
	sum64  uint64
	sum64a uint64
	// The high word comes first.
	sum128  [2]uint64
	sum128a [2]uint64
)

// New32 returns an FNV-1 hash of 32 bits.
func New32() hash.Hash32 {
	s := sum32(offset32)
	return &s
}

// New32a returns an FNV-1a hash of 32 bits.
func New32a() hash.Hash32 {
	s := sum32a(offset32)
	return &s
}

// New64 returns an FNV-1 hash of 64 bits.
func New64() hash.Hash64 {
	s := sum64(offset64)
	return &s
}

// New64a returns an FNV-1a hash of 64 bits.
func New64a() hash.Hash64 {
	s := sum64a(offset64)
	return &s
}

// New128 returns an FNV-1 hash of 128 bits.
func New128() hash.Hash { return &sum128{offset128hi, offset128lo} }

// New128a returns an FNV-1a hash of 128 bits.
func New128a() hash.Hash { return &sum128a{offset128hi, offset128lo} }

func (s *sum32) Reset()   { *s = offset32 }
func (s *sum32a) Reset()  { *s = offset32 }
func (s *sum64) Reset()   { *s = offset64 }
func (s *sum64a) Reset()  { *s = offset64 }
func (s *sum128) Reset()  { *s = sum128{offset128hi, offset128lo} }
func (s *sum128a) Reset() { *s = sum128a{offset128hi, offset128lo} }

func (s *sum32) Sum32() uint32  { return uint32(*s) }
func (s *sum32a) Sum32() uint32 { return uint32(*s) }
func (s *sum64) Sum64() uint64  { return uint64(*s) }
func (s *sum64a) Sum64() uint64 { return uint64(*s) }

func (s *sum32) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h = h*prime32 ^ sum32(c)
	}
	*s = h
	return len(data), nil
}

func (s *sum32a) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h = (h ^ sum32a(c)) * prime32
	}
	*s = h
	return len(data), nil
}

func (s *sum64) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h = h*prime64 ^ sum64(c)
	}
	*s = h
	return len(data), nil
}

func (s *sum64a) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h = (h ^ sum64a(c)) * prime64
	}
	*s = h
	return len(data), nil
}

// times multiplies by the 128-bit prime.
func times(hi, lo uint64) (uint64, uint64) {
	carry, product := bits.Mul64(prime128lo, lo)
	return carry + lo<<prime128shift + hi*prime128lo, product
}

func (s *sum128) Write(data []byte) (int, error) {
	hi, lo := s[0], s[1]
	for _, c := range data {
		hi, lo = times(hi, lo)
		lo ^= uint64(c)
	}
	s[0], s[1] = hi, lo
	return len(data), nil
}

func (s *sum128a) Write(data []byte) (int, error) {
	hi, lo := s[0], s[1]
	for _, c := range data {
		hi, lo = times(hi, lo^uint64(c))
	}
	s[0], s[1] = hi, lo
	return len(data), nil
}

func (s *sum32) Size() int   { return 4 }
func (s *sum32a) Size() int  { return 4 }
func (s *sum64) Size() int   { return 8 }
func (s *sum64a) Size() int  { return 8 }
func (s *sum128) Size() int  { return 16 }
func (s *sum128a) Size() int { return 16 }

func (s *sum32) BlockSize() int   { return 1 }
func (s *sum32a) BlockSize() int  { return 1 }
func (s *sum64) BlockSize() int   { return 1 }
func (s *sum64a) BlockSize() int  { return 1 }
func (s *sum128) BlockSize() int  { return 1 }
func (s *sum128a) BlockSize() int { return 1 }

func put32(b []byte, v uint32) []byte {
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func put64(b []byte, v uint64) []byte { return put32(put32(b, uint32(v>>32)), uint32(v)) }

func get64(b []byte) (v uint64) {
	for _, c := range b[:8] {
		v = v<<8 | uint64(c)
	}
	return v
}

func (s *sum32) Sum(b []byte) []byte   { return put32(b, uint32(*s)) }
func (s *sum32a) Sum(b []byte) []byte  { return put32(b, uint32(*s)) }
func (s *sum64) Sum(b []byte) []byte   { return put64(b, uint64(*s)) }
func (s *sum64a) Sum(b []byte) []byte  { return put64(b, uint64(*s)) }
func (s *sum128) Sum(b []byte) []byte  { return put64(put64(b, s[0]), s[1]) }
func (s *sum128a) Sum(b []byte) []byte { return put64(put64(b, s[0]), s[1]) }

// A saved state is four bytes that name the hash, then the sum.
const (
	magic32   = "fnv\x01"
	magic32a  = "fnv\x02"
	magic64   = "fnv\x03"
	magic64a  = "fnv\x04"
	magic128  = "fnv\x05"
	magic128a = "fnv\x06"
)

// state returns the sum of n bytes in a saved state.
func state(b []byte, magic string, n int) ([]byte, error) {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, errors.New("hash/fnv: invalid hash state identifier")
	}
	if len(b) != len(magic)+n {
		return nil, errors.New("hash/fnv: invalid hash state size")
	}
	return b[len(magic):], nil
}

func (s *sum32) AppendBinary(b []byte) ([]byte, error)   { return s.Sum(append(b, magic32...)), nil }
func (s *sum32a) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, magic32a...)), nil }
func (s *sum64) AppendBinary(b []byte) ([]byte, error)   { return s.Sum(append(b, magic64...)), nil }
func (s *sum64a) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, magic64a...)), nil }
func (s *sum128) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, magic128...)), nil }
func (s *sum128a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, magic128a...)), nil }

func (s *sum32) MarshalBinary() ([]byte, error)   { return s.AppendBinary(nil) }
func (s *sum32a) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum64) MarshalBinary() ([]byte, error)   { return s.AppendBinary(nil) }
func (s *sum64a) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum128) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum128a) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

func (s *sum32) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic32, 4)
	if err == nil {
		*s = sum32(uint32(v[0])<<24 | uint32(v[1])<<16 | uint32(v[2])<<8 | uint32(v[3]))
	}
	return err
}

func (s *sum32a) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic32a, 4)
	if err == nil {
		*s = sum32a(uint32(v[0])<<24 | uint32(v[1])<<16 | uint32(v[2])<<8 | uint32(v[3]))
	}
	return err
}

func (s *sum64) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic64, 8)
	if err == nil {
		*s = sum64(get64(v))
	}
	return err
}

func (s *sum64a) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic64a, 8)
	if err == nil {
		*s = sum64a(get64(v))
	}
	return err
}

func (s *sum128) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic128, 16)
	if err == nil {
		s[0], s[1] = get64(v), get64(v[8:])
	}
	return err
}

func (s *sum128a) UnmarshalBinary(b []byte) error {
	v, err := state(b, magic128a, 16)
	if err == nil {
		s[0], s[1] = get64(v), get64(v[8:])
	}
	return err
}

func (s *sum32) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}

func (s *sum32a) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}

func (s *sum64) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}

func (s *sum64a) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}

func (s *sum128) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}

func (s *sum128a) Clone() (hash.Cloner, error) {
	c := *s
	return &c, nil
}
