// SPDX-License-Identifier: BSD-3-Clause

// Package sha1 is the hash function SHA-1 (FIPS 180-4). It is broken as a cryptographic one.
package sha1

import (
	"crypto"
	"errors"
	"hash"
	"unsafe"
)

// Size is the size of a hash in bytes.
const Size = 20

// BlockSize is the size of a block in bytes.
const BlockSize = 64

func init() {
	crypto.RegisterHash(crypto.SHA1, New)
}

//gotk:native sha1_blocks
//gotk:noescape
func blocks(state *[5]uint32, p unsafe.Pointer, n int)

// piece bounds one call of the native, which is not preempted.
const piece = 64 << 10

type digest struct {
	state [5]uint32
	n     int // bytes of buf
	buf   [BlockSize]byte
	size  uint64 // bytes written
}

func (d *digest) Reset() {
	d.state = [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
	d.n = 0
	d.size = 0
}

// New returns a running hash.
func New() hash.Hash {
	d := new(digest)
	d.Reset()
	return d
}

func (d *digest) Write(p []byte) (int, error) {
	size := len(p)
	d.size += uint64(size)
	if d.n > 0 {
		k := copy(d.buf[d.n:], p)
		d.n += k
		p = p[k:]
		if d.n < BlockSize {
			return size, nil
		}
		blocks(&d.state, unsafe.Pointer(&d.buf), 1)
		d.n = 0
	}
	for len(p) >= BlockSize {
		whole := min(len(p), piece) / BlockSize
		blocks(&d.state, unsafe.Pointer(&p[0]), whole)
		p = p[whole*BlockSize:]
	}
	d.n = copy(d.buf[:], p)
	return size, nil
}

// finish adds the end mark and the length, and leaves the hash in d.state.
func (d *digest) finish() {
	d.buf[d.n] = 0x80
	clear(d.buf[d.n+1:])
	if d.n >= BlockSize-8 {
		blocks(&d.state, unsafe.Pointer(&d.buf), 1)
		clear(d.buf[:])
	}
	bits := d.size << 3
	for i := range 8 {
		d.buf[BlockSize-1-i] = byte(bits)
		bits >>= 8
	}
	blocks(&d.state, unsafe.Pointer(&d.buf), 1)
}

// words appends the state.
func (d *digest) words(b []byte) []byte {
	for _, w := range d.state {
		b = append(b, byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	return b
}

func (d *digest) Sum(b []byte) []byte {
	c := *d
	c.finish()
	return c.words(b)
}

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return BlockSize }

// Sum returns the hash of data.
func Sum(data []byte) [Size]byte {
	var d digest
	d.Reset()
	d.Write(data)
	d.finish()
	var sum [Size]byte
	d.words(sum[:0])
	return sum
}

// A saved state is magic, the state's words, the buffer (a whole block), and the length.
const magic = "sha\x01"

const savedSize = 4 + 5*4 + BlockSize + 8

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, magic...)
	for _, w := range d.state {
		b = append(b, byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	b = append(b, d.buf[:d.n]...)
	b = append(b, make([]byte, BlockSize-d.n)...)
	return append(b, byte(d.size>>56), byte(d.size>>48), byte(d.size>>40), byte(d.size>>32), byte(d.size>>24), byte(d.size>>16), byte(d.size>>8), byte(d.size)), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, savedSize)) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || string(b[:4]) != magic {
		return errors.New("crypto/sha1: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/sha1: invalid hash state size")
	}
	b = b[4:]
	for i := range d.state {
		d.state[i] = uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
		b = b[4:]
	}
	b = b[copy(d.buf[:], b):]
	d.size = 0
	for _, c := range b {
		d.size = d.size<<8 | uint64(c)
	}
	d.n = int(d.size % BlockSize)
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
