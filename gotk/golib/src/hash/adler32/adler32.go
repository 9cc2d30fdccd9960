// SPDX-License-Identifier: BSD-3-Clause

// Package adler32 is the checksum of zlib (RFC 1950): a is one plus the sum of the bytes, b the sum of the a's, both modulo 65521.
package adler32

import (
	"errors"
	"hash"
)

// Size is the size of a checksum in bytes.
const Size = 4

const (
	mod = 65521
	// Of so many bytes, starting from a and b below mod, the sums fit in 32 bits:
	// 255 n(n+1)/2 + (n+1)(mod-1) < 2^32.
	chunk = 5552
)

func update(sum uint32, p []byte) uint32 {
	a, b := sum&0xffff, sum>>16
	for len(p) > 0 {
		n := min(len(p), chunk)
		part := p[:n]
		for len(part) >= 16 { // b grows by 16 a's, and the bytes by how many a's they are in
			var s, t uint32
			for i, c := range part[:16] {
				s += uint32(c)
				t += uint32(16-i) * uint32(c)
			}
			b += 16*a + t
			a += s
			part = part[16:]
		}
		for _, c := range part {
			a += uint32(c)
			b += a
		}
		a %= mod
		b %= mod
		p = p[n:]
	}
	return b<<16 | a
}

// Checksum returns the checksum of data.
func Checksum(data []byte) uint32 { return update(1, data) }

type digest uint32

// New returns a running checksum.
func New() hash.Hash32 {
	d := digest(1)
	return &d
}

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 4 }
func (d *digest) Reset()         { *d = 1 }
func (d *digest) Sum32() uint32  { return uint32(*d) }

func (d *digest) Write(p []byte) (int, error) {
	*d = digest(update(uint32(*d), p))
	return len(p), nil
}

func (d *digest) Sum(b []byte) []byte {
	v := uint32(*d)
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

// A saved state is magic and the checksum.
const magic = "adl\x01"

func (d *digest) AppendBinary(b []byte) ([]byte, error) { return d.Sum(append(b, magic...)), nil }
func (d *digest) MarshalBinary() ([]byte, error)        { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/adler32: invalid hash state identifier")
	}
	if len(b) != len(magic)+4 {
		return errors.New("hash/adler32: invalid hash state size")
	}
	*d = digest(uint32(b[4])<<24 | uint32(b[5])<<16 | uint32(b[6])<<8 | uint32(b[7]))
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
