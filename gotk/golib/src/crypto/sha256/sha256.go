// SPDX-License-Identifier: BSD-3-Clause

// Package sha256 is the hash functions SHA-224 and SHA-256 (FIPS 180-4).
package sha256

import (
	"crypto"
	"errors"
	"hash"
	"unsafe"
)

// Sizes of hashes in bytes.
const (
	Size    = 32
	Size224 = 28
)

// BlockSize is the size of a block in bytes.
const BlockSize = 64

func init() {
	crypto.RegisterHash(crypto.SHA224, New224)
	crypto.RegisterHash(crypto.SHA256, New)
}

//gotk:native sha256_blocks
//gotk:noescape
func blocks(state *[8]uint32, p unsafe.Pointer, n int)

// piece bounds one call of the native, which is not preempted.
const piece = 64 << 10

type digest struct {
	state [8]uint32
	n     int // bytes of buf
	buf   [BlockSize]byte
	size  uint64 // bytes written
	is224 bool
}

func (d *digest) Reset() {
	if d.is224 {
		d.state = [8]uint32{0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4}
	} else {
		d.state = [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	}
	d.n = 0
	d.size = 0
}

// New returns a running SHA-256.
func New() hash.Hash {
	d := new(digest)
	d.Reset()
	return d
}

// New224 returns a running SHA-224.
func New224() hash.Hash {
	d := &digest{is224: true}
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
	var text [Size]byte
	for i, w := range d.state {
		text[4*i], text[4*i+1], text[4*i+2], text[4*i+3] = byte(w>>24), byte(w>>16), byte(w>>8), byte(w)
	}
	return append(b, text[:]...)
}

func (d *digest) Sum(b []byte) []byte {
	c := *d
	c.finish()
	b = c.words(b)
	return b[:len(b)-Size+d.Size()]
}

func (d *digest) Size() int {
	if d.is224 {
		return Size224
	}
	return Size
}

func (d *digest) BlockSize() int { return BlockSize }

// Sum256 returns the SHA-256 of data.
func Sum256(data []byte) [Size]byte {
	var d digest
	d.Reset()
	d.Write(data)
	d.finish()
	var sum [Size]byte
	d.words(sum[:0])
	return sum
}

// Sum224 returns the SHA-224 of data.
func Sum224(data []byte) [Size224]byte {
	d := digest{is224: true}
	d.Reset()
	d.Write(data)
	d.finish()
	var sum [Size]byte
	d.words(sum[:0])
	return [Size224]byte(sum[:Size224])
}

// A saved state is magic, the state's words, the buffer (a whole block), and the length.
const (
	magic224 = "sha\x02"
	magic256 = "sha\x03"
)

func (d *digest) magic() string {
	if d.is224 {
		return magic224
	}
	return magic256
}

const savedSize = 4 + 8*4 + BlockSize + 8

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.magic()...)
	for _, w := range d.state {
		b = append(b, byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	b = append(b, d.buf[:d.n]...)
	b = append(b, make([]byte, BlockSize-d.n)...)
	return append(b, byte(d.size>>56), byte(d.size>>48), byte(d.size>>40), byte(d.size>>32), byte(d.size>>24), byte(d.size>>16), byte(d.size>>8), byte(d.size)), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, savedSize)) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || string(b[:4]) != d.magic() {
		return errors.New("crypto/sha256: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/sha256: invalid hash state size")
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
